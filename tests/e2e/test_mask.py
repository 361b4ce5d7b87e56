"""Painting on the photo in the real program: what is filled, what is limited, and what is kept."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from engine.cli.main import main as rednet
from engine.image_io import read_image, write_image
from rednet_gui.settings import IS_AUTO, LEVEL, TASK, Settings
from rednet_gui.views.main_window import MainWindow
from tests.e2e.conftest import Condition, click, play

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("qapp", "tiny_models")]

LEFT, PLAIN = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier


def choose(task: str, level: float) -> None:
    settings = Settings()
    settings.set(TASK, task)
    settings.set(LEVEL, level)
    settings.set(IS_AUTO, False)
    settings.sync()


def paint(window: MainWindow) -> None:
    """A stroke, and another one that is soft."""
    canvas, keys = window.canvas, QTest.keyClick
    middle = canvas.rect().center()
    for start, end in ((QPoint(-100, -60), QPoint(40, -20)), (QPoint(-80, 40), QPoint(90, 60))):
        QTest.mousePress(canvas, LEFT, PLAIN, middle + start)
        QTest.mouseMove(canvas, middle + (start + end) / 2)
        QTest.mouseMove(canvas, middle + end)
        QTest.mouseRelease(canvas, LEFT, PLAIN, middle + end)
        for _ in range(4):
            keys(window, Qt.Key.Key_Comma, Qt.KeyboardModifier.ControlModifier)


@pytest.mark.parametrize(("task", "mode"), [("inpaint", "only"), ("denoise", "only"), ("denoise", "except")])
def test_the_command_line_does_the_same_with_the_saved_mask(photo: Path, task: str, mode: str) -> None:
    source = photo.with_suffix(".png")
    write_image(source, read_image(photo))
    target, mask, reference = (photo.with_name(name) for name in ("a.png", "mask.png", "b.png"))
    choose(task, 20.0 if task == "denoise" else 0.0)

    def script(window: MainWindow) -> Iterator[Condition]:
        desk = window.mask_desk
        yield desk.actions.brush.isEnabled
        desk.actions.brush.setChecked(True)
        paint(window)
        if task == "denoise":
            desk.actions.modes.actions()[1 if mode == "only" else 2].trigger()
        desk.save_requested.emit(mask)
        yield mask.exists
        yield window.panel.run.restore.isEnabled
        click(window.panel.run.restore)
        yield window.panel.save.isEnabled
        window.save_requested.emit(target)
        yield target.exists
        yield window.panel.save.isEnabled
        window.close()

    play(script, source)
    arguments = ["restore", str(source), "-o", str(reference), "--task", task, "--mask", str(mask)]
    arguments += ["--mask-mode", mode, "--level", "20" if task == "denoise" else "0"]
    assert rednet(arguments) == 0
    assert target.read_bytes() == reference.read_bytes()
    painted, before, after = (read_image(path).pixels for path in (mask, source, target))
    is_outside = painted[..., 0] == (0 if mode == "only" else 255)
    assert 0.02 < (painted > 0).mean() < 0.5
    assert is_outside.any()
    np.testing.assert_array_equal(after[is_outside], before[is_outside])
    assert (after[~is_outside] != before[~is_outside]).mean() > 0.3


def test_the_mask_is_there_when_the_program_starts_again(photo: Path) -> None:
    painted = list[np.ndarray[tuple[int, ...], np.dtype[np.uint8]]]()

    def first(window: MainWindow) -> Iterator[Condition]:
        yield window.mask_desk.actions.brush.isEnabled
        window.mask_desk.actions.brush.setChecked(True)
        paint(window)
        painted.append(window._session.mask.pixels.copy())
        window.close()

    def second(window: MainWindow) -> Iterator[Condition]:
        yield window.mask_desk.actions.brush.isEnabled
        yield lambda: not window._session.mask.is_empty
        painted.append(window._session.mask.pixels.copy())
        window.close()

    play(first, photo)
    play(second, photo)
    assert painted[0].any()
    np.testing.assert_array_equal(painted[0], painted[1])
