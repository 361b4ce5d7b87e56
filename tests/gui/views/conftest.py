"""Views with the program's look."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from rednet_gui.models.album import Album
from rednet_gui.models.session import Activity, Session
from rednet_gui.settings import Settings
from rednet_gui.views import theme
from rednet_gui.views.canvas import Canvas
from rednet_gui.views.main_window import MainWindow


@pytest.fixture(scope="session", autouse=True)
def _look(qapp: QApplication) -> None:
    theme.apply(qapp)


@pytest.fixture
def canvas(qtbot: QtBot) -> Canvas:
    """Shown, 500 x 400, without a picture."""
    made = Canvas()
    qtbot.addWidget(made)
    made.resize(500, 400)
    made.show()
    return made


@pytest.fixture
def window(session: Session, settings: Settings, qtbot: QtBot) -> Iterator[MainWindow]:
    """Shown, without a picture; asks nothing when it is closed."""
    made = MainWindow(session, Album(session), settings)
    qtbot.addWidget(made)
    made.show()
    qtbot.waitExposed(made)
    yield made
    session.set_activity(Activity.IDLE)
    session.mark_saved()


def actions_of(window: MainWindow) -> list[QAction]:
    """All that `Actions` has, and whatever else has a key."""
    own = [action for action in vars(window.actions_).values() if isinstance(action, QAction)]
    return own + [action for action in window.findChildren(QAction) if action.shortcuts() and action not in own]


def in_menu(menu: QMenu) -> Iterator[QAction]:
    """The actions of a menu and of the menus in it."""
    for action in menu.actions():
        inner = action.menu()
        if isinstance(inner, QMenu):
            yield from in_menu(inner)
        elif not action.isSeparator():
            yield action


def in_menus(window: MainWindow) -> list[QAction]:
    """The actions of all menus of the window."""
    menus = [action.menu() for action in window.menuBar().actions()]
    return [action for menu in menus if isinstance(menu, QMenu) for action in in_menu(menu)]
