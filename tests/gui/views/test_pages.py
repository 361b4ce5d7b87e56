from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QToolButton

from engine.image_io import Image
from engine.steps import Step
from rednet_gui.errors import ErrorText
from rednet_gui.models.session import Session
from rednet_gui.views.main_window import MainWindow
from tests.gui.conftest import pixels_of, source_of

IMAGE = Image(pixels_of())


def switch(window: MainWindow) -> list[QToolButton]:
    return window.menuBar().findChildren(QToolButton, "pageButton")


def test_a_lone_page_needs_no_switch(window: MainWindow) -> None:
    assert not any(button.isVisible() for button in switch(window))
    assert not window.pages.menu.menuAction().isVisible()


def test_a_click_and_a_key_go_to_a_page(window: MainWindow) -> None:
    page = QLabel("elsewhere")
    window.pages.add(page, "&Elsewhere", "Do something else")
    desk, elsewhere = switch(window)
    QTest.mouseClick(elsewhere, Qt.MouseButton.LeftButton)
    assert page.isVisible()
    assert elsewhere.isChecked()
    assert not desk.isChecked()
    QTest.keyClick(window, Qt.Key.Key_1, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier)
    assert not page.isVisible()
    assert window.pages.is_desk_shown


def test_keys_of_the_desk_do_nothing_while_another_page_is_in_sight(window: MainWindow) -> None:
    page = QLabel("elsewhere")
    window.pages.add(page, "&Elsewhere", "Do something else")
    filmstrip = window.actions_.filmstrip
    was_shown = filmstrip.isChecked()
    window.pages.show(page)
    QTest.keyClick(window, Qt.Key.Key_F9)
    assert filmstrip.isChecked() == was_shown
    window.pages.show_desk()
    QTest.keyClick(window, Qt.Key.Key_F9)
    assert filmstrip.isChecked() != was_shown


def test_menus_of_all_pages_stay(window: MainWindow) -> None:
    page = QLabel("elsewhere")
    window.pages.add(page, "&Elsewhere", "Do something else")
    window.pages.show(page)
    on = [action.text() for action in window.menuBar().actions() if action.isEnabled()]
    assert on == ["&File", "&Go", "&Help"]


def test_the_switch_leaves_mnemonics_to_the_menu(window: MainWindow) -> None:
    window.pages.add(QLabel("elsewhere"), "&Elsewhere", "Do something else")
    window.pages.add(QLabel("training"), "학습(&T)", "Train a model")
    assert [button.text() for button in switch(window)] == ["One photo", "Elsewhere", "학습"]


def test_another_step_of_a_photo_leaves_the_message_the_keyboard_and_the_page(
    window: MainWindow, session: Session
) -> None:
    session.set_source(source_of(IMAGE))
    page = QLabel("elsewhere")
    window.pages.add(page, "&Elsewhere", "Do something else")
    snapshot, box = session.snapshot(), window.panel.level.number
    assert snapshot is not None
    session.noticed.emit("1 step stays off.")
    box.setFocus()
    session.recall(replace(snapshot, source=replace(snapshot.source, done=(Step("denoise", 25.0),))))
    assert window.banner.isVisible()
    assert window.focusWidget() is box
    window.pages.show(page)
    session.recall(snapshot)
    assert page.isVisible()
    session.set_source(source_of(IMAGE))
    assert not window.banner.isVisible()
    assert window.focusWidget() is window.canvas
    assert window.pages.is_desk_shown


def test_a_message_is_seen_on_every_page(window: MainWindow, session: Session) -> None:
    page = QLabel("elsewhere")
    window.pages.add(page, "&Elsewhere", "Do something else")
    window.pages.show(page)
    session.failed.emit(ErrorText("This picture cannot be opened", "It is no picture.", "Try another one."))
    assert window.banner.isVisible()
    assert page.rect().contains(window.banner.geometry())
    window.pages.show_desk()
    assert window.banner.isVisible(), "it stays until it is closed"
    assert window.stage.isAncestorOf(window.banner)
    window.banner.close_button.click()
    window.pages.show(page)
    assert not window.banner.isVisible()
