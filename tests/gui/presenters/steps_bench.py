"""What the tests of steps share: a presenter connected as in the program, and what is to be seen of a session."""

from __future__ import annotations

from engine.image_io import Image
from engine.steps import Step
from rednet_gui.models.blur import BlurKind
from rednet_gui.models.limit import LimitMode
from rednet_gui.models.mask_store import MaskStore
from rednet_gui.models.session import Session
from rednet_gui.presenters.restore_presenter import RestorePresenter
from rednet_gui.presenters.steps_presenter import StepsPresenter
from tests.gui.conftest import FakeEngine, ImmediateRunner, pixels_of, source_of

IMAGE = Image(pixels_of())


def connected(engine: FakeEngine, runner: ImmediateRunner, session: Session, masks: MaskStore) -> StepsPresenter:
    """Connected as in the program."""
    session.set_auto(False)
    session.set_source(source_of(IMAGE))
    made = StepsPresenter(engine, runner, session, masks)
    restore = RestorePresenter(engine, runner, session, parent=made)
    made.started.connect(restore.cancel)
    made.begun.connect(restore.follow)
    made.arrived.connect(restore.go_on)
    restore.renews_with(made.renew)
    restore.restore()
    return made


def done_by(session: Session) -> tuple[Step, ...]:
    assert session.source is not None
    return session.source.done


def limit_of(session: Session) -> LimitMode:
    return session.limit.mode


def items_of(session: Session) -> tuple[Step, ...]:
    return session.steps.line.items


def blur_of(session: Session) -> tuple[BlurKind, float]:
    return session.blur.kind, session.blur.numbers.radius


def tasks_of(session: Session) -> list[str]:
    return [step.task for step in session.steps.line.items]
