"""Everything by mouse, keyboard and screen reader."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QAccessible, QAction, QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSlider,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QFileDialog,
    QScrollBar,
    QSlider,
    QWidget,
)
from pytestqt.qtbot import QtBot

from engine.image_io import Image
from engine.tasks import TASKS, Task
from rednet_gui.models.samples import sample_of
from rednet_gui.models.session import Session
from rednet_gui.views.main_window import MainWindow
from tests.gui.conftest import pixels_of, result_of, source_of
from tests.gui.views.conftest import actions_of, in_menus

IMAGE = Image(pixels_of(200, 300))
CONTROLS = (QAbstractButton, QAbstractSlider, QAbstractSpinBox, QComboBox, QAbstractItemView)
MOST_TABS = 200


@pytest.fixture
def window(window: MainWindow) -> MainWindow:
    """Tall enough for every control."""
    window.resize(1280, 1400)
    return window


def work_on(session: Session, task: Task) -> None:
    session.set_task(task)
    session.set_source(source_of(IMAGE))
    session.mask.blend(5, 5, np.full((9, 9), 255, np.uint8))
    session.mask.end_step()
    session.set_result(result_of(IMAGE))


def is_left_to_arrows(control: QWidget) -> bool:
    if not isinstance(control, QAbstractButton) or control.isChecked():
        return False
    group = control.group()
    return group is not None and group.exclusive()


def controls_of(window: MainWindow) -> set[QWidget]:
    """What can be used now; among those that exclude each other arrows move, so one is enough."""
    return {
        found
        for kind in CONTROLS
        for found in window.findChildren(kind)
        if found.isVisible()
        and found.isEnabled()
        and not isinstance(found, QScrollBar)
        and not is_left_to_arrows(found)
        and found.objectName() != "qt_menubar_ext_button"
    }


def reached_by_tab(window: MainWindow) -> set[QWidget]:
    window.canvas.setFocus()
    reached = set[QWidget]()
    for _ in range(MOST_TABS):
        focus = window.focusWidget()
        if focus is None or focus in reached:
            break
        reached.add(focus)
        QTest.keyClick(focus, Qt.Key.Key_Tab)
    return reached


def spoken(widget: QWidget) -> str:
    """What a screen reader calls it."""
    found = QAccessible.queryAccessibleInterface(widget)
    return "" if found is None else found.text(QAccessible.Text.Name)


def help_of(control: QWidget) -> str:
    """A tooltip that is more than the text."""
    text = control.text() if isinstance(control, QAbstractButton) else ""
    return control.toolTip() if control.toolTip() != text else ""


@pytest.mark.parametrize("task", TASKS, ids=lambda task: task.name)
def test_every_control_is_reached_by_tab_named_and_explained(window: MainWindow, session: Session, task: Task) -> None:
    work_on(session, task)
    controls, reached = controls_of(window), reached_by_tab(window)
    assert window.canvas in reached
    missed = [(control, spoken(control)) for control in controls - reached]
    assert not missed
    nameless = [widget for widget in reached if not spoken(widget)]
    assert not nameless
    buttons = [control for control in controls if not isinstance(control, QAbstractItemView)]
    silent = [spoken(control) for control in buttons if not help_of(control)]
    assert not silent


def test_arrows_choose_a_task(window: MainWindow, session: Session) -> None:
    window.panel.tasks.task_requested.connect(lambda name: session.set_task(_task(name)))
    window.panel.tasks.row(TASKS[0].name).setFocus()
    chosen = []
    for _ in TASKS[1:]:
        QTest.keyClick(window.focusWidget(), Qt.Key.Key_Down)
        chosen.append(session.task)
    assert chosen == list(TASKS[1:])


def test_the_empty_window_can_be_used_by_keyboard(window: MainWindow) -> None:
    window.empty_hint.button.setFocus()
    reached = set[QWidget | None]()
    for _ in range(MOST_TABS):
        reached.add(window.focusWidget())
        QTest.keyClick(window.focusWidget(), Qt.Key.Key_Tab)
        if window.focusWidget() in reached:
            break
    assert controls_of(window) <= reached
    assert set(window.empty_hint.samples.buttons) < reached


def test_everything_that_can_be_done_is_in_a_menu(window: MainWindow) -> None:
    missing = set(actions_of(window)) - set(in_menus(window))
    assert not [action.text() for action in missing]


def test_what_came_of_a_sample_is_not_saved_among_the_samples(
    window: MainWindow, session: Session, qtbot: QtBot
) -> None:
    sample = sample_of("deblock")
    session.set_source(source_of(IMAGE, sample.path))
    session.set_result(result_of(IMAGE))
    window.actions_.save.trigger()
    qtbot.waitUntil(lambda: bool(window.findChildren(QFileDialog)))
    (dialog,) = window.findChildren(QFileDialog)
    (suggested,) = dialog.selectedFiles()
    assert Path(suggested).name == "compressed-rocket-restored.jpg"
    assert Path(suggested).is_relative_to(Path.home())
    dialog.reject()


def test_no_two_entries_of_a_menu_have_the_same_letter(window: MainWindow) -> None:
    for bar_entry in window.menuBar().actions():
        entries = [entry for entry in _entries(bar_entry) if "&" in entry.text()]
        letters = [entry.text()[entry.text().index("&") + 1].lower() for entry in entries]
        twice = {letter for letter in letters if letters.count(letter) > 1}
        assert not twice, (bar_entry.text(), twice)


def test_the_menus_offer_samples_looks_languages_and_the_order_of_the_photos(window: MainWindow) -> None:
    asked = list[str]()
    window.sample_requested.connect(asked.append)
    entries = {action.text().replace("&", ""): action for action in in_menus(window)}
    assert {"Light", "한국어", "By name"} < set(entries)
    entries["Deblur"].trigger()
    assert asked == ["deblur"]


def _task(name: str) -> Task:
    return next(task for task in TASKS if task.name == name)


def _entries(bar_entry: QAction) -> list[QAction]:
    menu = bar_entry.menu()
    assert isinstance(menu, QWidget)
    return menu.actions()


def test_page_keys_move_a_control_and_go_to_no_other_photo(window: MainWindow, session: Session) -> None:
    session.set_source(source_of(IMAGE))
    chosen = list[bool]()
    window.actions_.next_picture.setEnabled(True)
    window.actions_.next_picture.triggered.connect(lambda: chosen.append(True))
    level = window.panel.level
    before = level.slider.value(), level.number.value()
    for box in (level.slider, level.number):
        QTest.keyClick(box, Qt.Key.Key_PageDown)
    assert level.slider.value() < before[0]
    assert level.number.value() < before[1]
    for control in (*window.findChildren(QSlider), *window.findChildren(QAbstractSpinBox)):
        event = QKeyEvent(QEvent.Type.ShortcutOverride, Qt.Key.Key_PageDown, Qt.KeyboardModifier.NoModifier)
        event.ignore()
        QApplication.sendEvent(control, event)
        assert event.isAccepted(), control.accessibleName()
    assert not chosen
    window.canvas.setFocus()
    QTest.keyClick(window.canvas, Qt.Key.Key_PageDown)
    assert chosen
