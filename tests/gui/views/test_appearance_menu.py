from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QStyleHints
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from rednet_gui.settings import APPEARANCE, Settings
from rednet_gui.views import theme
from rednet_gui.views.appearance_menu import AppearanceMenu, System
from rednet_gui.views.theme import Appearance


class FakeSystem(System):
    """A system that can be told what its user wants."""

    def __init__(self) -> None:
        super().__init__()
        self.light, self.contrast = True, False
        self.followed: list[Appearance] = []

    @property
    def is_light(self) -> bool:
        return self.light

    @property
    def wants_contrast(self) -> bool:
        return self.contrast

    def follow(self, appearance: Appearance) -> None:
        self.followed.append(appearance)


@pytest.fixture
def system(qapp: QApplication) -> Iterator[FakeSystem]:
    yield FakeSystem()
    theme.apply(qapp, theme.DARK)


@pytest.fixture
def parent(qtbot: QtBot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    return made


def choose(menu: AppearanceMenu, appearance: Appearance) -> None:
    next(action for action in menu.actions() if action.data() == appearance).trigger()


def test_dark_is_the_start_whatever_the_system_is(settings: Settings, parent: QWidget, system: FakeSystem) -> None:
    menu = AppearanceMenu(settings, parent, system)
    assert theme.current_look() is theme.DARK
    assert [action.isChecked() for action in menu.actions()] == [True, False, False]


def test_a_choice_acts_at_once_and_at_the_next_start(
    settings: Settings, parent: QWidget, system: FakeSystem, qapp: QApplication
) -> None:
    choose(AppearanceMenu(settings, parent, system), Appearance.LIGHT)
    assert theme.current_look() is theme.LIGHT
    assert system.followed[-1] is Appearance.LIGHT
    theme.apply(qapp, theme.DARK)
    again = AppearanceMenu(settings, parent, system)
    assert theme.current_look() is theme.LIGHT
    assert [action.isChecked() for action in again.actions()] == [False, True, False]


def test_the_system_is_followed_while_the_window_is_open(
    settings: Settings, parent: QWidget, system: FakeSystem
) -> None:
    menu = AppearanceMenu(settings, parent, system)
    choose(menu, Appearance.SYSTEM)
    assert theme.current_look() is theme.LIGHT
    system.light = False
    system.changed.emit()
    assert theme.current_look() is theme.DARK


@pytest.mark.parametrize(
    ("appearance", "look"),
    [(Appearance.DARK, theme.DARK_CONTRAST), (Appearance.LIGHT, theme.LIGHT_CONTRAST)],
)
def test_a_wish_for_contrast_is_met_in_every_look(
    settings: Settings, parent: QWidget, system: FakeSystem, appearance: Appearance, look: theme.Look
) -> None:
    choose(AppearanceMenu(settings, parent, system), appearance)
    system.contrast = True
    system.changed.emit()
    assert theme.current_look() is look


def test_a_damaged_setting_is_dark(settings: Settings, parent: QWidget, system: FakeSystem) -> None:
    settings.set(APPEARANCE, "purple")
    AppearanceMenu(settings, parent, system)
    assert theme.current_look() is theme.DARK


def test_the_real_system_can_be_asked(qapp: QApplication, monkeypatch: pytest.MonkeyPatch) -> None:
    system = System()
    for scheme, is_light in ((Qt.ColorScheme.Light, True), (Qt.ColorScheme.Dark, False)):
        with monkeypatch.context() as patched:
            patched.setattr(QStyleHints, "colorScheme", lambda _, scheme=scheme: scheme)
            assert system.is_light is is_light
    assert not system.wants_contrast
    system.follow(Appearance.SYSTEM)
