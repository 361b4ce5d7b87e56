"""The row of photos, with a real mouse and real keys."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu

from rednet_gui.models.album import Album, Entry, Order
from rednet_gui.settings import REOPENS, Settings
from rednet_gui.views.filmstrip import Filmstrip
from rednet_gui.views.main_window import MainWindow

PATHS = [Path(f"/photos/{name}.png") for name in ("10", "2", "a")]
TIMES = (3.0, 1.0, 2.0)
LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def window(window: MainWindow) -> MainWindow:
    """With three photos."""
    window.resize(1280, 800)
    album_of(window).add(dict(zip(PATHS, TIMES, strict=True)))
    return window


def album_of(window: MainWindow) -> Album:
    return window._album


def strip_of(window: MainWindow) -> Filmstrip:
    return window.filmstrip


def place_of(window: MainWindow, row: int) -> QPoint:
    pictures = strip_of(window).pictures
    return pictures.visualRect(album_of(window).index(row)).center()


def names(window: MainWindow) -> list[str]:
    return [entry.path.stem for entry in album_of(window).entries if entry.path is not None]


def test_a_click_and_keys_choose_a_photo(window: MainWindow) -> None:
    chosen: list[Entry] = []
    window.picture_requested.connect(chosen.append)
    window.picture_requested.connect(album_of(window).set_current)
    album, pictures = album_of(window), strip_of(window).pictures
    album.set_current(album.entries[0])
    QTest.mouseClick(pictures.viewport(), LEFT, pos=place_of(window, 2))
    QTest.mouseClick(pictures.viewport(), LEFT, pos=place_of(window, 2))
    assert chosen == [album.entries[2]], "the one that is shown is not asked for again"
    pictures.setFocus()
    QTest.keyClick(pictures, Qt.Key.Key_Left)
    QTest.keyClick(pictures, Qt.Key.Key_Home)
    assert chosen[1:] == [album.entries[1], album.entries[0]]


def test_the_next_and_the_previous_photo_are_offered_where_there_is_one(window: MainWindow) -> None:
    album, actions = album_of(window), window.actions_
    window.picture_requested.connect(album.set_current)
    offered = []
    for entry in album.entries:
        album.set_current(entry)
        offered.append((actions.previous_picture.isEnabled(), actions.next_picture.isEnabled()))
    assert offered == [(False, True), (True, True), (True, False)]
    actions.previous_picture.trigger()
    assert album.current is album.entries[1]


@pytest.mark.parametrize(
    ("order", "expected"),
    [(Order.ADDED, ["10", "2", "a"]), (Order.NAME, ["2", "10", "a"]), (Order.DATE, ["2", "a", "10"])],
)
def test_the_row_is_sorted(window: MainWindow, order: Order, expected: list[str]) -> None:
    strip, asked = strip_of(window), list[object]()
    strip.order_requested.connect(asked.append)
    strip.order_requested.connect(album_of(window).sort_by)
    next(action for action in strip.order_menu.actions() if action.data() == order).trigger()
    assert asked == [order]
    assert isinstance(asked[0], Order)
    assert names(window) == expected


def test_the_menu_removes_the_photo_under_the_mouse(window: MainWindow) -> None:
    removed: list[Entry] = []
    strip, album = strip_of(window), album_of(window)
    strip.remove_requested.connect(removed.append)
    album.set_current(album.entries[0])
    strip.pictures.menu_requested.emit(album.index(1), QPoint(10, 10))
    menu = next(found for found in strip.findChildren(QMenu) if found.isVisible())
    menu.actions()[0].trigger()
    menu.close()
    assert removed == [album.entries[1]]


def test_the_row_is_there_for_several_photos_and_as_long_as_it_is_wanted(window: MainWindow) -> None:
    strip, album = strip_of(window), album_of(window)
    assert strip.isVisible()
    window.actions_.filmstrip.trigger()
    assert not strip.isVisible()
    window.actions_.filmstrip.trigger()
    for entry in album.entries[1:]:
        album.remove(entry)
    assert not strip.isVisible()


def test_whether_photos_come_back_is_chosen_in_its_menu(window: MainWindow, settings: Settings) -> None:
    reopens = next(action for action in strip_of(window).order_menu.actions() if "again" in action.text())
    before = settings.get(REOPENS)
    reopens.trigger()
    assert settings.get(REOPENS) is not before
