from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QImage, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from engine.tasks import TASKS
from rednet_gui.views.empty_hint import EmptyHint
from rednet_gui.views.samples import SampleMenu

_RGB = QImage.Format.Format_RGB888


@pytest.fixture
def hint(qtbot: QtBot) -> EmptyHint:
    made = EmptyHint(QKeySequence("Ctrl+O"))
    qtbot.addWidget(made)
    made.resize(980, 700)
    made.show()
    qtbot.waitExposed(made)
    return made


def test_every_task_has_a_sample_to_click(hint: EmptyHint) -> None:
    asked = list[str]()
    hint.sample_requested.connect(asked.append)
    for button in hint.samples.buttons:
        QTest.mouseClick(button, Qt.MouseButton.LeftButton, pos=QPoint(40, 40))
    assert asked == [task.name for task in TASKS]


def test_a_sample_is_opened_by_keyboard(hint: EmptyHint) -> None:
    asked = list[str]()
    hint.sample_requested.connect(asked.append)
    hint.button.setFocus()
    QTest.keyClick(hint.button, Qt.Key.Key_Tab)
    QTest.keyClick(hint.focusWidget(), Qt.Key.Key_Space)
    assert asked == [TASKS[0].name]


def test_every_sample_shows_its_own_photo_and_says_what_it_is(hint: EmptyHint) -> None:
    buttons = hint.samples.buttons
    drawn = {bytes(button.grab().toImage().convertToFormat(_RGB).constBits()) for button in buttons}
    assert len(drawn) == len(TASKS)
    assert all(button.accessibleName() and button.toolTip() for button in buttons)
    assert len({button.toolTip() for button in buttons}) == len(TASKS)


@pytest.mark.parametrize("width", [580, 980, 1900])
def test_nothing_is_cut_off_at_any_width(hint: EmptyHint, width: int) -> None:
    hint.resize(width, 520)
    parts: list[QWidget] = [hint.button, *hint.samples.buttons]
    for part in parts:
        assert hint.rect().contains(part.rect().translated(part.mapTo(hint, QPoint())))
    lefts = [button.mapTo(hint, QPoint()).x() for button in hint.samples.buttons]
    rights = [left + button.width() for left, button in zip(lefts, hint.samples.buttons, strict=True)]
    assert all(right < left for right, left in zip(rights, lefts[1:], strict=False))
    assert lefts[0] == pytest.approx(width - rights[-1], abs=2)  # in the middle


@pytest.mark.parametrize("language", ["en", "ko"])
def test_no_words_are_cut(qtbot: QtBot, request: pytest.FixtureRequest, language: str) -> None:
    if language == "ko":
        request.getfixturevalue("korean")
    hint = EmptyHint(QKeySequence("Ctrl+O"))
    qtbot.addWidget(hint)
    hint.resize(580, 520)
    hint.show()
    for words in hint.findChildren(QLabel):
        if words.wordWrap():
            assert words.heightForWidth(words.width()) <= words.height(), words.text()
        else:
            assert words.sizeHint().width() <= words.width(), words.text()


def test_a_photo_that_is_about_to_be_dropped_is_expected(hint: EmptyHint) -> None:
    calm = hint.grab().toImage()
    hint.set_lit(True)
    assert hint.grab().toImage() != calm
    hint.set_lit(False)
    assert hint.grab().toImage() == calm


def test_the_menu_offers_the_same(qtbot: QtBot) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    menu = SampleMenu(parent)
    asked = list[str]()
    menu.sample_requested.connect(asked.append)
    for action in menu.actions():
        action.trigger()
    assert asked == [task.name for task in TASKS]
