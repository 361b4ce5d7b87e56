from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QMainWindow, QScrollArea
from pytestqt.qtbot import QtBot

from rednet_gui.views.key_sheet import KeyGroup, KeySheet, in_columns, key_groups
from rednet_gui.views.main_window import MainWindow
from tests.gui.views.conftest import actions_of


def sheet_of(window: MainWindow, qtbot: QtBot) -> KeySheet:
    QTest.keyClick(window, Qt.Key.Key_F1)
    qtbot.waitUntil(lambda: bool(window.findChildren(KeySheet)))
    return window.findChildren(KeySheet)[0]


def words_on(sheet: KeySheet) -> list[str]:
    return [label.text() for label in sheet.findChildren(QLabel)]


def test_f1_shows_every_action_that_has_a_key_with_its_keys(window: MainWindow, qtbot: QtBot) -> None:
    words = words_on(sheet_of(window, qtbot))
    for action in actions_of(window):
        for key in action.shortcuts():
            name = action.text().replace("&", "").removesuffix("…")
            assert key.toString(QKeySequence.SequenceFormat.NativeText) in words[words.index(name) :][:4], name


@pytest.mark.parametrize("key", [Qt.Key.Key_Escape, Qt.Key.Key_F1])
def test_escape_or_f1_closes_it(window: MainWindow, qtbot: QtBot, key: Qt.Key) -> None:
    sheet = sheet_of(window, qtbot)
    qtbot.waitUntil(sheet.isActiveWindow)
    QTest.keyClick(sheet, key)
    assert not sheet.isVisible()
    qtbot.waitUntil(lambda: not window.findChildren(KeySheet))


def test_it_fits_into_the_window_and_scrolls_by_keyboard(window: MainWindow, qtbot: QtBot) -> None:
    window.resize(window.minimumSize())
    sheet = sheet_of(window, qtbot)
    assert sheet.height() < window.height()
    assert sheet.width() < window.width()
    area = sheet.findChild(QScrollArea)
    assert isinstance(area, QScrollArea)
    assert area.hasFocus() or sheet.focusWidget() is area
    QTest.keyClick(area, Qt.Key.Key_PageDown)
    assert area.verticalScrollBar().value() > 0


def test_it_tells_what_the_mouse_does(window: MainWindow, qtbot: QtBot) -> None:
    words = words_on(sheet_of(window, qtbot))
    assert {"Wheel", "Double click", "Hold Space"} < set(words)


def test_groups_are_the_menus_as_they_are(qtbot: QtBot) -> None:
    window = QMainWindow()
    qtbot.addWidget(window)
    menu = window.menuBar().addMenu("&Photo")
    inner = menu.addMenu("&More…")
    assert not key_groups(window.menuBar())
    for place, words, key in ((menu, "&Restore…", "Ctrl+R"), (inner, "&Again", "F5")):
        action = QAction(words, window)
        action.setShortcut(key)
        place.addAction(action)
    menu.addAction("Without a key")
    assert key_groups(window.menuBar()) == [
        KeyGroup("Photo", (("Restore", ("Ctrl+R",)),)),
        KeyGroup("More", (("Again", ("F5",)),)),
    ]


@pytest.mark.parametrize("heights", [[5], [6, 9, 17, 5, 1, 5, 4], [1, 1, 1], [40, 1, 1, 1]])
def test_columns_keep_the_order_and_are_even(heights: list[int]) -> None:
    groups = [KeyGroup(str(number), (("", ()),) * height) for number, height in enumerate(heights)]
    columns = in_columns(groups, 3)
    assert [group for column in columns for group in column] == groups
    tallest = max(sum(group.height for group in column) for column in columns)
    assert tallest < sum(group.height for group in groups) / 3 + max(group.height for group in groups)
    assert len(columns) <= 3
