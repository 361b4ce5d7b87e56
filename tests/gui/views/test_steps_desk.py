from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QInputDialog, QLabel, QLineEdit, QMessageBox, QToolButton
from pytestqt.qtbot import QtBot

from engine.image_io import Image
from engine.steps import Step, Steps
from engine.strength import Strength
from engine.tasks import TASKS
from rednet_gui.models.presets import Preset, Presets
from rednet_gui.models.session import Activity, Session
from rednet_gui.models.step_list import Line
from rednet_gui.settings import SHOWS_STEPS, Settings
from rednet_gui.views.main_window import MainWindow
from rednet_gui.views.presets_dialog import PresetsDialog
from rednet_gui.views.steps_desk import StepsDesk
from tests.gui.conftest import pixels_of, result_of, source_of
from tests.gui.views.conftest import actions_of, in_menus

IMAGE = Image(pixels_of(200, 300))
A, B, C = Step("deblock", 40.0), Step("denoise"), Step("super_resolution", 2.0)
OLD = Preset("Old scans", Path("old-scans.json"), Steps((A, B), "Old scans"))
NEWER = Preset("newer", Path("newer.json"), None, "it was made by a newer version")


@pytest.fixture
def presets(qapp: object) -> Presets:
    return Presets()


@pytest.fixture
def desk(session: Session, presets: Presets, settings: Settings, window: MainWindow) -> StepsDesk:
    return StepsDesk(session, presets, settings, window)


def work_on(session: Session, *items: Step, current: int = 0) -> None:
    session.set_source(source_of(IMAGE))
    session.steps.amend(Line(items, current))


def click(widget: object) -> None:
    assert hasattr(widget, "isVisible")
    assert widget.isVisible()
    QTest.mouseClick(widget, Qt.MouseButton.LeftButton)  # type: ignore[call-overload]  # any widget


def test_a_single_step_leaves_the_room_to_the_photo(desk: StepsDesk, session: Session, window: MainWindow) -> None:
    work_on(session, A)
    assert not desk.panel.isVisible()
    click(
        next(
            found
            for found in window.view_bar.children()
            if getattr(found, "defaultAction", lambda: None)() is desk.shown
        )
    )
    assert desk.panel.isVisible()
    assert [row.isVisible() for row in desk.panel.rows] == [True]
    assert not desk.panel.rows[0].switch.isEnabled()


def test_several_steps_show_themselves_once_and_are_put_away(
    desk: StepsDesk, session: Session, window: MainWindow, settings: Settings
) -> None:
    work_on(session, A, B, current=1)
    assert desk.panel.isVisible()
    assert settings.get(SHOWS_STEPS)
    QTest.keyClick(window, Qt.Key.Key_F4)
    assert not desk.panel.isVisible()
    session.steps.amend(Line((A, B, C), 2))
    assert not desk.panel.isVisible(), "who hides them wants them hidden"


def test_rows_say_what_the_steps_do(desk: StepsDesk, session: Session) -> None:
    halved = Step("denoise", 25.0, Strength(0.5, 0.5))
    work_on(session, A, halved, Step("super_resolution", 3.0, is_on=False), Step("deblur", mask=""), current=1)
    rows = desk.panel.rows
    assert [row.button.accessibleName() for row in rows] == [
        "Step 1: Remove JPEG artifacts",
        "Step 2: Denoise",
        "Step 3: Enlarge",
        "Step 4: Deblur",
    ]
    details = [row.button.accessibleDescription() for row in rows]
    assert details == ["quality 40", "25 · 50%", "3×", "auto · painted part"]
    assert [row.button.isChecked() for row in rows] == [False, True, False, False]
    assert [row.switch.isChecked() for row in rows] == [True, True, False, True]
    assert not rows[2].button.isEnabled()
    assert desk.panel.hint.text().startswith("You see the photo after step 2.")


def test_the_list_fits_into_its_place(desk: StepsDesk, session: Session, qtbot: QtBot) -> None:
    limited = Step("deblock", None, Strength(0.5, 0.5), mask="")
    work_on(session, limited, B, current=1)
    panel = desk.panel
    qtbot.waitUntil(lambda: panel.rows[0].width() > 0)
    room = panel.contentsRect().width()
    for part in (*panel.rows, panel.add, panel.hint):
        assert part.mapTo(panel, part.rect().topRight()).x() < room
    title = next(
        found for found in panel.rows[0].button.findChildren(QLabel) if found.text() == "Remove JPEG artifacts"
    )
    assert title.width() >= title.sizeHint().width(), "the longest name is not cut off"


def test_an_estimated_level_is_told(desk: StepsDesk, session: Session) -> None:
    work_on(session, B)
    session.set_estimate(17.26)
    session.steps.amend(Line((B,)))
    assert desk.panel.rows[0].button.accessibleDescription() == "auto 17.3"


def test_rows_ask_for_what_is_clicked(desk: StepsDesk, session: Session) -> None:
    work_on(session, A, B, C, current=1)
    asked = list[tuple[object, ...]]()
    desk.choose_requested.connect(lambda number: asked.append(("choose", number)))
    desk.switch_requested.connect(lambda number: asked.append(("switch", number)))
    desk.move_requested.connect(lambda number, to: asked.append(("move", number, to)))
    desk.remove_requested.connect(lambda number: asked.append(("remove", number)))
    rows = desk.panel.rows
    click(rows[2].button)
    assert rows[1].button.isChecked(), "what is current says the session"
    QTest.mouseClick(rows[0].switch, Qt.MouseButton.LeftButton, pos=rows[0].switch.rect().center())
    rows[0].down.trigger()
    rows[2].up.trigger()
    rows[1].remove.trigger()
    assert asked == [("choose", 2), ("switch", 0), ("move", 0, 1), ("move", 2, 1), ("remove", 1)]
    assert not rows[0].up.isEnabled()
    assert not rows[2].down.isEnabled()


def test_keys_work_on_the_current_step(desk: StepsDesk, session: Session, window: MainWindow) -> None:
    work_on(session, A, Step("denoise", is_on=False), C, current=2)
    asked = list[tuple[object, ...]]()
    desk.choose_requested.connect(lambda number: asked.append(("choose", number)))
    desk.move_requested.connect(lambda number, to: asked.append(("move", number, to)))
    desk.remove_requested.connect(lambda number: asked.append(("remove", number)))
    desk.copy_requested.connect(lambda: asked.append(("copy",)))
    shift = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    QTest.keyClick(window, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    QTest.keyClick(window, Qt.Key.Key_Up, shift)
    QTest.keyClick(window, Qt.Key.Key_Backspace, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClick(window, Qt.Key.Key_C, shift)
    assert asked == [("choose", 0), ("move", 2, 1), ("remove", 2), ("copy",)]
    assert not desk.next.isEnabled()
    assert not desk.down.isEnabled()
    assert not desk.paste.isEnabled()
    session.steps.copied = (A,)
    session.steps.changed.emit()
    assert desk.paste.isEnabled()


def test_a_step_is_added_by_its_task(desk: StepsDesk, session: Session) -> None:
    work_on(session, A)
    asked = list[str]()
    desk.add_requested.connect(asked.append)
    for action in desk.add:
        action.trigger()
    assert asked == [task.name for task in TASKS]


def test_nothing_can_be_changed_while_steps_are_run(desk: StepsDesk, session: Session, window: MainWindow) -> None:
    work_on(session, A, B, current=1)
    session.set_activity(Activity.STEPPING)
    assert not desk.panel.isEnabled()
    assert not desk.up.isEnabled()
    assert window.panel.run.cancel.isVisible()
    stopped = list[bool]()
    window.cancel_requested.connect(lambda: stopped.append(True))
    click(window.panel.run.cancel)
    assert stopped


def test_saving_waits_for_the_last_step(desk: StepsDesk, session: Session, window: MainWindow) -> None:
    work_on(session, A, B, current=0)
    session.set_result(result_of(IMAGE))
    assert not window.panel.save.isEnabled()
    session.steps.amend(Line((A, Step("denoise", is_on=False)), 0))
    assert window.panel.save.isEnabled()
    assert window.actions_.save.isEnabled()


def test_zoom_and_place_stay_between_the_steps_of_a_photo(
    desk: StepsDesk, session: Session, window: MainWindow
) -> None:
    work_on(session, A)
    window.canvas.zoom_to_actual()
    window.canvas.zoom_in()
    scale, source = window.canvas.scale_factor, session.source
    assert source is not None
    other = source_of(Image(np.invert(IMAGE.pixels)))
    session.set_source(replace(other, track=source.track, done=(A,)))
    assert window.canvas.scale_factor == scale
    session.set_source(source_of(IMAGE, Path("other.png")))
    assert window.canvas.scale_factor != scale


def paint(session: Session, left: int) -> None:
    session.mask.blend(left, 0, np.full((9, 9), 255, np.uint8))
    session.mask.end_step()


@pytest.mark.parametrize("is_tool_out", [False, True])
def test_changes_of_the_mask_and_of_the_steps_are_undone_in_their_order(
    desk: StepsDesk, session: Session, window: MainWindow, *, is_tool_out: bool
) -> None:
    work_on(session, A)
    window.undo_actions.undo_requested.connect(session.steps.undo)
    window.undo_actions.redo_requested.connect(session.steps.redo)
    window.mask_desk.actions.brush.setChecked(is_tool_out)
    control, changed = Qt.KeyboardModifier.ControlModifier, Step("deblock", 60.0)

    def stand() -> tuple[int, Step]:
        return session.mask.painting.painted, session.steps.line.step

    assert not desk.undo.isEnabled()
    paint(session, 0)
    session.steps.do(Line((changed,)))
    paint(session, 9)
    stands = [(162, changed), (81, changed), (81, A), (0, A)]
    assert stand() == stands[0]
    for later in stands[1:]:
        QTest.keyClick(window, Qt.Key.Key_Z, control)
        assert stand() == later
    assert not desk.undo.isEnabled()
    for earlier in stands[-2::-1]:
        QTest.keyClick(window, Qt.Key.Key_Z, control | Qt.KeyboardModifier.ShiftModifier)
        assert stand() == earlier
    assert not desk.redo.isEnabled()


@pytest.mark.parametrize("is_stroke_last", [False, True])
def test_what_was_taken_back_before_another_change_does_not_come_again(
    desk: StepsDesk, session: Session, window: MainWindow, *, is_stroke_last: bool
) -> None:
    work_on(session, A)
    changed = Step("deblock", 60.0)
    window.undo_actions.undo_requested.connect(session.steps.undo)
    window.undo_actions.redo_requested.connect(session.steps.redo)

    def stroke() -> None:
        paint(session, 0)

    def change() -> None:
        session.steps.do(Line((changed,)))

    first, last = (change, stroke) if is_stroke_last else (stroke, change)
    first()
    desk.undo.trigger()
    assert desk.redo.isEnabled()
    last()
    assert not desk.redo.isEnabled()
    desk.redo.trigger()
    desk.undo.trigger()
    desk.redo.trigger()
    assert not desk.redo.isEnabled()
    stand = (session.mask.painting.painted, session.steps.line.step)
    assert stand == ((81, A) if is_stroke_last else (0, changed))


def test_the_buttons_of_the_mask_say_that_they_undo_steps_too(desk: StepsDesk, window: MainWindow) -> None:
    names = {
        button.defaultAction(): button.accessibleName()
        for button in window.mask_desk.bar.findChildren(QToolButton)
        if button.defaultAction() is not None
    }
    assert (names[desk.undo], names[desk.redo]) == ("Undo", "Redo")


def test_nothing_is_undone_in_mid_stroke(desk: StepsDesk, session: Session, window: MainWindow) -> None:
    work_on(session, A)
    session.steps.do(Line((Step("deblock", 60.0),)))
    asked = list[str]()
    window.undo_actions.undo_requested.connect(lambda: asked.append("undo"))
    session.mask.blend(0, 0, np.full((9, 9), 255, np.uint8))
    QTest.keyClick(window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert not asked
    assert session.mask.is_changing
    session.mask.end_step()
    assert desk.undo.isEnabled()


def test_every_key_of_the_window_is_used_once(desk: StepsDesk, window: MainWindow) -> None:
    keys = [key.toString() for action in actions_of(window) for key in action.shortcuts()]
    assert sorted(keys) == sorted(set(keys))
    assert {desk.undo, desk.copy, desk.presets.save, desk.shown} <= set(in_menus(window))


def test_every_control_of_the_steps_says_what_it_is(desk: StepsDesk, session: Session) -> None:
    work_on(session, A, B, current=1)
    for row in desk.panel.rows:
        for control in (row.switch, row.button, row.more):
            assert control.accessibleName()
            assert control.toolTip()
            assert control.focusPolicy() & Qt.FocusPolicy.TabFocus
    assert desk.panel.add.toolTip()
    assert desk.panel.presets.accessibleName()


def test_presets_are_listed_and_applied(desk: StepsDesk, session: Session, presets: Presets) -> None:
    presets.set_items((NEWER, OLD))
    asked = list[Preset]()
    desk.presets.apply_requested.connect(asked.append)
    listed = [action for action in desk.presets.menu.actions() if isinstance(action.data(), Preset)]
    assert [action.text() for action in listed] == ["newer", "Old scans"]
    assert not listed[1].isEnabled()
    work_on(session, A)
    listed[1].trigger()
    assert asked == [OLD]
    assert listed[1].toolTip() == "Remove JPEG artifacts (quality 40) → Denoise (auto)"
    assert listed[0].toolTip() == "It cannot be used: it was made by a newer version."


def test_steps_are_kept_under_a_name(desk: StepsDesk, session: Session, window: MainWindow, qtbot: QtBot) -> None:
    work_on(session, A)
    names = list[str]()
    desk.presets.save_requested.connect(names.append)
    for typed in ("  ", "Night"):
        desk.presets.save.trigger()
        qtbot.waitUntil(lambda: bool(window.findChildren(QInputDialog)))
        dialog = window.findChildren(QInputDialog)[0]
        QTest.keyClicks(dialog.findChildren(QLineEdit)[0], typed)
        dialog.accept()
        qtbot.waitUntil(lambda: not window.findChildren(QInputDialog))
    assert names == ["Night"]


def test_presets_are_put_in_order(
    desk: StepsDesk, session: Session, presets: Presets, window: MainWindow, qtbot: QtBot
) -> None:
    work_on(session, A)
    presets.set_items((OLD, NEWER))
    asked = list[tuple[object, ...]]()
    desk.presets.rename_requested.connect(lambda preset, name: asked.append((preset, name)))
    desk.presets.delete_requested.connect(lambda preset: asked.append((preset,)))
    desk.presets.manage.trigger()
    dialog = window.findChildren(PresetsDialog)[0]
    qtbot.waitExposed(dialog)
    dialog.list.setCurrentRow(0)
    assert not dialog.apply.isEnabled()
    assert not dialog.rename.isEnabled()
    assert "cannot be used" in dialog.words.text()
    dialog.list.setCurrentRow(1)
    click(dialog.rename)
    editor = dialog.list.findChildren(QLineEdit)[0]
    QTest.keyClicks(editor, "Family")
    QTest.keyClick(editor, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: asked == [(OLD, "Family")])
    click(dialog.delete)
    box = dialog.findChildren(QMessageBox)[0]
    click(next(found for found in box.buttons() if found.text() == "Delete it"))
    assert asked == [(OLD, "Family"), (OLD,)]
    applied = list[Preset]()
    desk.presets.apply_requested.connect(applied.append)
    click(dialog.apply)
    assert applied == [OLD]
    qtbot.waitUntil(lambda: not window.findChildren(PresetsDialog))
    assert QApplication.activeModalWidget() is None
