"""The bar, the actions and the tools of the mask in the window."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from engine.image_io import Image
from engine.tasks import TASKS
from rednet_gui.models.limit import LimitMode
from rednet_gui.models.session import Activity, Session
from rednet_gui.settings import BRUSH_SIZE, MASK_COLOR, MASK_FOLDER, Settings
from rednet_gui.views.main_window import MainWindow
from rednet_gui.views.mask_control import MaskControl
from rednet_gui.views.mask_desk import MaskDesk
from rednet_gui.views.mask_tools import RectangleTool
from tests.gui.conftest import result_of, source_of

IMAGE = Image(np.full((400, 600, 3), 100, np.uint8))
LEFT, PLAIN, CTRL = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def window(session: Session, window: MainWindow) -> MainWindow:
    """With a photo."""
    window.resize(1280, 800)
    session.set_source(source_of(IMAGE, Path("/photos/cat.jpg")))
    return window


@pytest.fixture
def desk(window: MainWindow) -> MaskDesk:
    return window.mask_desk


def choose(session: Session, name: str) -> None:
    session.set_task(next(task for task in TASKS if task.name == name))


def stroke(window: MainWindow, *, releases: bool = True) -> None:
    canvas = window.canvas
    middle = canvas.rect().center()
    QTest.mousePress(canvas, LEFT, PLAIN, middle)
    QTest.mouseMove(canvas, middle + QPoint(80, 0))
    if releases:
        QTest.mouseRelease(canvas, LEFT, PLAIN, middle + QPoint(80, 0))


def test_the_bar_comes_with_a_tool_and_goes_with_it(window: MainWindow, desk: MaskDesk, session: Session) -> None:
    assert not desk.bar.isVisible()
    QTest.keyClick(window, Qt.Key.Key_B)
    assert desk.bar.isVisible()
    assert window.canvas.tool is desk.brush
    QTest.keyClick(window, Qt.Key.Key_M)
    assert isinstance(window.canvas.tool, RectangleTool)
    QTest.keyClick(window, Qt.Key.Key_P)
    assert not desk.bar.isVisible()
    assert window.canvas.tool is None
    QTest.keyClick(window, Qt.Key.Key_P)
    assert isinstance(window.canvas.tool, RectangleTool), "the last one comes again"
    QTest.keyClick(window, Qt.Key.Key_M)
    assert window.canvas.tool is None


@pytest.mark.parametrize("width", [1280, 900])
@pytest.mark.parametrize("tool", ["brush", "wand", "lasso"])
def test_the_bar_takes_no_more_lines_than_it_must(window: MainWindow, desk: MaskDesk, width: int, tool: str) -> None:
    window.resize(width, 800)
    getattr(desk.actions, tool).trigger()
    window.grab()
    assert window.width() == width
    assert desk.bar.height() <= (40 if width == 1280 else 80)
    for child in desk.bar.findChildren(QWidget, options=Qt.FindChildOption.FindDirectChildrenOnly):
        if child.isVisible():
            assert desk.bar.rect().contains(child.geometry()), child


def test_only_the_options_of_the_tool_are_shown(desk: MaskDesk) -> None:
    desk.actions.brush.trigger()
    assert desk.bar.brush_size.isVisible()
    assert not desk.bar.tolerance.isVisible()
    desk.actions.wand.trigger()
    assert not desk.bar.brush_size.isVisible()
    assert desk.bar.tolerance.isVisible()


def test_undo_and_redo_by_key(window: MainWindow, desk: MaskDesk, session: Session) -> None:
    QTest.keyClick(window, Qt.Key.Key_B)
    assert not desk.actions.undo.isEnabled()
    stroke(window)
    painted = session.mask.pixels.copy()
    assert painted.any()
    QTest.keyClick(window, Qt.Key.Key_Z, CTRL)
    assert session.mask.is_empty
    assert not desk.actions.undo.isEnabled()
    QTest.keyClick(window, Qt.Key.Key_Z, CTRL | Qt.KeyboardModifier.ShiftModifier)
    np.testing.assert_array_equal(session.mask.pixels, painted)


def test_another_photo_in_mid_stroke_leaves_no_stroke_open(
    window: MainWindow, desk: MaskDesk, session: Session
) -> None:
    QTest.keyClick(window, Qt.Key.Key_B)
    stroke(window)
    painted = session.mask.pixels.copy()
    desk.options.set(BRUSH_SIZE, 150.0)
    stroke(window, releases=False)
    assert (session.mask.pixels != painted).any()
    snapshot = session.snapshot()
    assert snapshot is not None
    session.set_source(source_of(Image(IMAGE.pixels[:300]), Path("other.png")))
    assert session.mask.is_empty
    session.recall(snapshot)
    np.testing.assert_array_equal(session.mask.pixels, painted)
    assert session.mask.painting.painted == np.count_nonzero(painted)
    assert desk.actions.undo.isEnabled()
    QTest.keyClick(window, Qt.Key.Key_Z, CTRL)
    assert session.mask.is_empty


def test_escape_takes_the_stroke_back_and_leaves_the_run(window: MainWindow, session: Session) -> None:
    QTest.keyClick(window, Qt.Key.Key_B)
    session.set_activity(Activity.RESTORING)
    canceled = list[bool]()
    window.cancel_requested.connect(lambda: canceled.append(True))
    stroke(window, releases=False)
    assert not session.mask.is_empty
    QTest.keyClick(window, Qt.Key.Key_Escape)
    assert session.mask.is_empty
    assert not canceled
    QTest.mouseRelease(window.canvas, LEFT, PLAIN, window.canvas.rect().center())
    QTest.keyClick(window, Qt.Key.Key_Escape)
    assert canceled


def test_keys_change_the_brush(window: MainWindow, desk: MaskDesk) -> None:
    size = desk.options.get(BRUSH_SIZE)
    QTest.keyClick(window, Qt.Key.Key_Period)
    assert desk.options.get(BRUSH_SIZE) > size
    QTest.keyClick(window, Qt.Key.Key_Comma)
    assert desk.options.get(BRUSH_SIZE) == pytest.approx(size, abs=1)
    desk.bar.brush_size.setValue(desk.bar.brush_size.maximum())
    assert desk.options.get(BRUSH_SIZE) == 1000


def test_filling_offers_the_brush_and_says_what_to_do(window: MainWindow, desk: MaskDesk, session: Session) -> None:
    choose(session, "inpaint")
    assert window.canvas.tool is desk.brush
    assert desk.control.isVisibleTo(window.panel)
    assert desk.control.hint.text() == "Paint over what is to be filled."
    assert not window.panel.run.restore.isEnabled()
    assert not desk.actions.modes.isEnabled()
    stroke(window)
    assert window.panel.run.restore.isEnabled()
    assert desk.control.hint.text() != "Paint over what is to be filled."
    choose(session, "denoise")
    assert not desk.control.isVisibleTo(window.panel)
    assert not session.mask.is_empty, "the mask outlives a change of the task"
    assert desk.actions.modes.isEnabled()
    assert window.canvas.tool is None, "paint has no effect here"


def test_a_tool_whose_paint_has_an_effect_stays(window: MainWindow, desk: MaskDesk, session: Session) -> None:
    QTest.keyClick(window, Qt.Key.Key_B)
    stroke(window)
    session.limit.set_mode(LimitMode.ONLY)
    choose(session, "deblock")
    assert window.canvas.tool is desk.brush


def test_a_result_is_not_covered_by_the_mask(window: MainWindow, desk: MaskDesk, session: Session) -> None:
    choose(session, "inpaint")
    stroke(window)
    assert desk.overlay.is_shown
    before = session.mask.pixels.copy()
    session.set_result(replace(result_of(IMAGE), task="inpaint"))
    assert not desk.overlay.is_shown
    np.testing.assert_array_equal(session.mask.pixels, before)
    QTest.keyClick(window, Qt.Key.Key_Q)
    assert desk.overlay.is_shown
    QTest.keyClick(window, Qt.Key.Key_Q)
    QTest.mousePress(window.canvas, LEFT, PLAIN, QPoint(300, 300))
    assert desk.overlay.is_shown, "nobody paints blindly"
    QTest.mouseRelease(window.canvas, LEFT, PLAIN, QPoint(300, 300))


def test_the_mask_limits_what_is_seen_at_once(
    window: MainWindow, desk: MaskDesk, session: Session, qtbot: QtBot
) -> None:
    session.set_result(result_of(Image(np.full((400, 600, 3), 200, np.uint8))))
    window.canvas.set_split(0)
    QTest.keyClick(window, Qt.Key.Key_B)
    stroke(window)
    desk.actions.show.setChecked(False)
    inside, outside = window.canvas.rect().center() + QPoint(40, 0), window.canvas.rect().center() + QPoint(40, 60)

    def seen() -> tuple[int, int]:
        image = window.canvas.grab().toImage()
        return image.pixelColor(inside).red(), image.pixelColor(outside).red()

    def is_seen(expected: tuple[int, int]) -> bool:
        return seen() == expected

    assert seen() == (200, 200)
    for action, expected in zip(desk.actions.modes.actions(), ((200, 200), (200, 100), (100, 200)), strict=True):
        action.trigger()
        qtbot.waitUntil(partial(is_seen, expected))
    assert session.limit.mode is LimitMode.EXCEPT


def test_only_what_is_painted_says_that_nothing_is(desk: MaskDesk, window: MainWindow, session: Session) -> None:
    QTest.keyClick(window, Qt.Key.Key_2, Qt.KeyboardModifier.AltModifier)
    assert session.limit.mode is LimitMode.ONLY
    assert window.banner.title.text() == "Nothing is painted yet, so the photo stays as it is."
    assert window.canvas.tool is desk.brush
    assert desk.actions.modes.actions()[1].isChecked()


def test_the_tool_of_another_desk_puts_the_brush_away(window: MainWindow, desk: MaskDesk) -> None:
    QTest.keyClick(window, Qt.Key.Key_B)
    window.canvas.set_tool(window.blur_desk.arrow)
    assert not desk.bar.isVisible()
    assert desk.actions.tools.checkedAction() is None
    assert window.canvas.tool is window.blur_desk.arrow


def test_actions_need_something_to_work_on(window: MainWindow, desk: MaskDesk, session: Session) -> None:
    acts = desk.actions
    assert not any(action.isEnabled() for action in acts.operations)
    QTest.keyClick(window, Qt.Key.Key_B)
    stroke(window)
    assert all(action.isEnabled() for action in acts.operations)
    session.set_activity(Activity.SAVING)
    assert not any(action.isEnabled() for action in (*acts.operations, acts.brush, acts.load, acts.undo))
    assert window.canvas.tool is None


def test_nothing_is_painted_on_what_is_about_to_go(window: MainWindow, desk: MaskDesk, session: Session) -> None:
    choose(session, "inpaint")
    assert desk.actions.tools.checkedAction() is desk.actions.brush
    (control,) = window.findChildren(MaskControl)
    assert control.paint.isEnabled()
    session.set_activity(Activity.STEPPING)
    assert desk.actions.tools.checkedAction() is None
    assert not desk.actions.brush.isEnabled()
    assert not control.paint.isEnabled()


def test_long_work_is_asked_for(window: MainWindow, desk: MaskDesk) -> None:
    QTest.keyClick(window, Qt.Key.Key_B)
    stroke(window)
    asked = list[str]()
    for name in ("grow", "shrink", "feather", "invert", "clear", "dust"):
        getattr(desk, f"{name}_requested").connect(lambda name=name: asked.append(name))
    for action in (*desk.actions.operations[:3], desk.actions.invert, desk.actions.clear, desk.actions.find_dust):
        action.trigger()
    assert asked == ["grow", "shrink", "feather", "invert", "clear", "dust"]


@pytest.mark.parametrize("kind", ["load", "save"])
def test_masks_are_chosen_in_a_dialog(
    window: MainWindow, desk: MaskDesk, qtbot: QtBot, tmp_path: Path, settings: Settings, kind: str
) -> None:
    settings.set(MASK_FOLDER, str(tmp_path))
    (tmp_path / "mask.png").write_bytes(b"")
    QTest.keyClick(window, Qt.Key.Key_B)
    stroke(window)
    getattr(desk.actions, kind).trigger()
    qtbot.waitUntil(lambda: bool(window.findChildren(QFileDialog)))
    (dialog,) = window.findChildren(QFileDialog)
    name = dialog.findChild(QLineEdit, "fileNameEdit")
    assert isinstance(name, QLineEdit)
    if kind == "save":
        assert name.text() == "cat-mask.png"
        name.setText("new")
    else:
        name.setText("mask.png")
    with qtbot.waitSignal(getattr(desk, f"{kind}_requested")) as asked:
        dialog.accept()
    assert asked.args == [tmp_path / ("new.png" if kind == "save" else "mask.png")]


def test_the_colour_is_chosen_and_remembered(desk: MaskDesk, window: MainWindow, settings: Settings) -> None:
    QTest.keyClick(window, Qt.Key.Key_B)
    stroke(window)
    menu = desk.bar.look.menu()
    next(action for action in menu.actions() if action.text() == "Green").trigger()
    assert settings.get(MASK_COLOR) == "green"
    color = window.canvas.grab().toImage().pixelColor(window.canvas.rect().center() + QPoint(40, 0))
    assert color.green() > color.red() + 40
    assert any(action.text() == "✓ Green" for action in menu.actions())


def test_paint_that_limits_nothing_is_told_once(window: MainWindow, session: Session) -> None:
    told: list[str] = []
    session.noticed.connect(told.append)
    QTest.keyClick(window, Qt.Key.Key_B)
    stroke(window)
    stroke(window)
    assert told == ["The mask has no effect yet: choose “Restore only where painted” in the Mask menu (Alt+2)."]
    session.limit.set_mode(LimitMode.ONLY)
    session.set_source(source_of(IMAGE, Path("/photos/dog.jpg")))
    session.limit.set_mode(LimitMode.ONLY)
    QTest.keyClick(window, Qt.Key.Key_B)
    stroke(window)
    session.limit.set_mode(LimitMode.EVERYWHERE)
    choose(session, "inpaint")
    stroke(window)
    assert len(told) == 1, "there it has an effect"
    choose(session, "denoise")
    session.mask.replace(np.zeros_like(session.mask.pixels))
    assert len(told) == 1, "nothing is painted"
