"""The parts of the real program are connected."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import SIGNAL, QMetaMethod, QObject

from rednet_gui.app import Program
from rednet_gui.presenters.steps_presenter import StepsPresenter
from rednet_gui.settings import Settings

BY_CHOICE = {"Job", "Work"}
"""What listens where that is wanted."""
UNUSED = {"changed"}
"""Of the canvas' tools: the canvas listens to the one that is in use."""


@pytest.fixture
def program(qapp: object, settings: Settings) -> Iterator[Program]:
    made = Program(settings)
    yield made
    made.shutdown()


def own_signals(found: QObject) -> Iterator[str]:
    """The signatures of the signals that classes of the program define."""
    methods = found.metaObject()
    for number in range(methods.methodCount()):
        method = methods.method(number)
        name = bytes(method.name().data()).decode()
        is_own = any(name in vars(kind) for kind in type(found).__mro__ if kind.__module__.startswith("rednet_gui"))
        if method.methodType() is QMetaMethod.MethodType.Signal and is_own:
            yield bytes(method.methodSignature().data()).decode()


def test_every_signal_of_every_part_is_listened_to(program: Program) -> None:
    parts = [program, *program.findChildren(QObject), program.window, *program.window.findChildren(QObject)]
    signals = [
        (part, signature)
        for part in parts
        if type(part).__module__.startswith("rednet_gui") and type(part).__name__ not in BY_CHOICE
        for signature in own_signals(part)
    ]
    assert len(signals) > 200
    silent = {
        f"{type(part).__name__}.{signature}"
        for part, signature in signals
        if not part.receivers(SIGNAL(signature))
        and not (type(part).__name__.endswith("Tool") and signature.partition("(")[0] in UNUSED)
    }
    assert not silent


def test_a_restoration_renews_the_steps_before_it(program: Program) -> None:
    steps = next(found for found in program.findChildren(QObject) if isinstance(found, StepsPresenter))
    assert program._restore._renew == steps.renew
