from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QColor, QColorSpace
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMainWindow
from pytestqt.qtbot import QtBot

from engine.image_io import Image
from engine.strength import Strength
from rednet_gui.models.contact_sheet import ContactSheet
from rednet_gui.models.session import Session
from rednet_gui.models.variants import Origin, Variant
from rednet_gui.presenters.contact_sheet_presenter import ContactSheetPresenter
from rednet_gui.views.actions import Actions
from rednet_gui.views.contact_cell import ContactCell
from rednet_gui.views.contact_sheet import ContactSheetDialog, sheet_button
from tests.gui.conftest import FakeEngine, ImmediateRunner, pixels_of, source_of

IMAGE = Image(pixels_of(600, 1000))
SHIFT = Qt.KeyboardModifier.ShiftModifier


class Desk:
    """A window with a contact sheet that is put together as the program does it."""

    def __init__(self, session: Session, runner: ImmediateRunner) -> None:
        self.window = QMainWindow()
        self.window.resize(1280, 800)
        self.actions = Actions(self.window)
        self.sheet = ContactSheet(self.window)
        self.dialog = ContactSheetDialog(session, self.sheet, self.actions, self.window)
        self.presenter = ContactSheetPresenter(FakeEngine(), runner, session, self.sheet, parent=self.window)
        self.chosen = list[Variant]()
        self.actions.contact_sheet.triggered.connect(self.presenter.open)
        self.dialog.window_changed.connect(self.sheet.set_window)
        self.dialog.place_requested.connect(self.sheet.move_to)
        self.dialog.zoom_requested.connect(self.sheet.set_zoom)
        self.dialog.chosen.connect(self.chosen.append)
        self.dialog.chosen.connect(self.presenter.choose)
        self.dialog.rejected.connect(self.presenter.close)
        self.presenter.level_chosen.connect(session.set_level)

    def cell(self, row: int, column: int) -> ContactCell:
        found = self.dialog.cell_at(row, column)
        assert found is not None
        return found

    def is_ready(self) -> bool:
        return bool(self.sheet.variants) and all(self.sheet.is_ready(variant) for variant in self.sheet.variants)

    @property
    def focus(self) -> tuple[int, int]:
        cell = QApplication.focusWidget()
        assert isinstance(cell, ContactCell)
        return cell.variant.place


@pytest.fixture
def desk(session: Session, runner: ImmediateRunner, qtbot: QtBot) -> Iterator[Desk]:
    session.set_source(source_of(IMAGE))
    session.set_auto(False)
    session.set_level(24.0)
    made = Desk(session, runner)
    qtbot.addWidget(made.window)
    with qtbot.waitActive(made.window):
        made.window.show()
    with qtbot.waitActive(made.dialog):
        QTest.keyClick(made.window, Qt.Key.Key_T, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(made.is_ready)
    yield made
    made.dialog.reject()


def press(key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    """A key goes to what has the focus."""
    widget = QApplication.focusWidget()
    assert widget is not None
    QTest.keyClick(widget, key, modifier)


def pixels_in(cell: ContactCell) -> np.ndarray[tuple[int, ...], np.dtype[np.uint8]]:
    """The middle of what a cell shows, 60 x 60."""
    image = cell.grab().toImage()
    rgb = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.width(), 4)[..., 2::-1]
    room = cell._picture_rect
    top, left = room.top() + room.height() // 2 - 30, room.left() + room.width() // 2 - 30
    return rgb[top : top + 60, left : left + 60].copy()


def place_of(pixels: np.ndarray[tuple[int, ...], np.dtype[np.uint8]], source: Image) -> tuple[int, int]:
    """Where in a picture some pixels come from: column and row."""
    rows, columns = np.nonzero((source.pixels == pixels[0, 0]).all(2))
    for row, column in zip(rows, columns, strict=True):
        if np.array_equal(source.pixels[row : row + 60, column : column + 60], pixels):
            return int(column), int(row)
    raise AssertionError("it shows something else")


def test_every_cell_shows_its_version_of_the_middle_pixel_for_pixel(desk: Desk) -> None:
    photo = place_of(pixels_in(desk.cell(0, 0)), IMAGE)
    assert abs(photo[0] + 30 - 500) <= 2
    assert abs(photo[1] + 30 - 300) <= 2
    inverted = Image(~IMAGE.pixels)
    for column in range(1, 6):
        assert place_of(pixels_in(desk.cell(0, column)), inverted) == photo
    assert np.ptp(pixels_in(desk.cell(2, 1)).astype(int)) <= 1, "half of a picture and half of its inverse are gray"


def test_cells_show_the_colors_of_the_screen(
    session: Session, runner: ImmediateRunner, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    screen = QColorSpace(QColorSpace.NamedColorSpace.DisplayP3)
    monkeypatch.setattr("rednet_gui.views.contact_cell.screen_profile", lambda _: screen, raising=False)
    session.set_source(source_of(Image(np.full((600, 1000, 3), (200, 100, 50), np.uint8))))
    desk = Desk(session, runner)
    qtbot.addWidget(desk.window)
    desk.actions.contact_sheet.trigger()
    qtbot.waitUntil(desk.is_ready)
    to_screen = QColorSpace(QColorSpace.NamedColorSpace.SRgb).transformationToColorSpace(screen)
    for column, color in ((0, QColor(200, 100, 50)), (1, QColor(55, 155, 205))):  # the photo, and its inverse
        shown = to_screen.map(color)
        expected = (shown.red(), shown.green(), shown.blue())
        np.testing.assert_allclose(pixels_in(desk.cell(0, column))[0, 0], expected, atol=1)
    desk.dialog.reject()


def test_another_scale_of_the_screen_asks_for_other_pixels(desk: Desk, qtbot: QtBot) -> None:
    with qtbot.waitSignal(desk.dialog.window_changed):
        QApplication.sendEvent(desk.dialog, QEvent(QEvent.Type.DevicePixelRatioChange))


def test_every_cell_has_words(desk: Desk) -> None:
    names = [cell.accessibleName() for cell in desk.dialog.cells]
    assert len(names) == len(set(names)) == len(desk.sheet.variants)
    assert desk.cell(0, 3).accessibleName() == "Noise 24 · 100%"
    assert desk.cell(2, 1).accessibleName() == "Noise 12 · 50%"
    assert all(cell.toolTip() for cell in desk.dialog.cells)
    assert desk.dialog.back.toolTip()


def test_a_click_takes_a_version(desk: Desk, session: Session) -> None:
    cell = desk.cell(2, 4)
    QTest.mouseClick(cell, Qt.MouseButton.LeftButton)
    assert (session.level, session.strength) == (32.0, Strength(0.5, 0.5))
    assert not desk.dialog.isVisible()
    assert not desk.dialog.cells


@pytest.mark.parametrize("place", [(0, 0), (1, 0)])
def test_photo_and_filter_stay_to_look_at_and_say_so(desk: Desk, place: tuple[int, int]) -> None:
    cell = desk.cell(*place)
    QTest.mouseClick(cell, Qt.MouseButton.LeftButton)
    assert not desk.chosen
    assert desk.dialog.isVisible()
    assert "to compare with" in desk.dialog.help.text()
    if cell.variant.origin is Origin.FILTER:
        assert "cannot be chosen" in cell.toolTip()


def test_it_begins_at_what_is_used_now_and_arrows_go_on(desk: Desk) -> None:
    keys = {Qt.Key.Key_Right: (0, 4), Qt.Key.Key_Down: (1, 4), Qt.Key.Key_Left: (1, 3), Qt.Key.Key_Up: (0, 3)}
    assert desk.focus == (0, 3)
    for key, place in keys.items():
        press(key)
        assert desk.focus == place
    press(Qt.Key.Key_Up)
    assert desk.focus == (0, 3), "there is nothing above"


def test_arrows_reach_the_shorter_column(desk: Desk) -> None:
    desk.cell(2, 1).setFocus()
    press(Qt.Key.Key_Left)
    assert desk.focus == (1, 0)


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Space])
def test_the_keyboard_takes_a_version(desk: Desk, session: Session, key: Qt.Key) -> None:
    press(Qt.Key.Key_Left)
    press(key)
    assert session.level == 18.0
    assert not desk.dialog.isVisible()


def test_dragging_moves_all_cells_in_step_and_is_no_click(desk: Desk, qtbot: QtBot) -> None:
    before = place_of(pixels_in(desk.cell(0, 0)), IMAGE)
    cell = desk.cell(0, 2)
    QTest.mousePress(cell, Qt.MouseButton.LeftButton, pos=QPoint(100, 90))
    for step in range(1, 6):
        QTest.mouseMove(cell, QPoint(100 + 12 * step, 90 - 5 * step))
    moved = place_of(pixels_in(desk.cell(0, 0)), IMAGE)
    assert (moved[0] - before[0], moved[1] - before[1]) == (-60, 25)
    QTest.mouseRelease(cell, Qt.MouseButton.LeftButton, pos=QPoint(160, 65))
    assert not desk.chosen
    qtbot.waitUntil(desk.is_ready)
    assert place_of(pixels_in(desk.cell(0, 5)), Image(~IMAGE.pixels)) == moved
    QTest.mouseClick(cell, Qt.MouseButton.LeftButton)
    assert [variant.place for variant in desk.chosen] == [(0, 2)]


def test_shift_and_arrows_move_the_place(desk: Desk) -> None:
    x, y = desk.sheet.center
    press(Qt.Key.Key_Right, SHIFT)
    press(Qt.Key.Key_Down, SHIFT)
    assert desk.sheet.center == (x + 64, y + 64)
    assert desk.focus == (0, 3)


def test_wheel_and_keys_zoom(desk: Desk) -> None:
    cell, handle = desk.cell(0, 0), desk.dialog.windowHandle()
    for delta in (60, 60, 120, 120):
        QTest.wheelEvent(handle, QPointF(cell.mapTo(desk.dialog, QPoint(50, 50))), QPoint(0, delta))
    assert desk.sheet.zoom == 4
    assert desk.dialog.zoom.text() == "400%"
    pixels = pixels_in(desk.cell(0, 0))
    assert np.diff(pixels[0].astype(int), axis=0).any(1).sum() <= 15, "four screen pixels for each of the picture's"
    press(Qt.Key.Key_Minus)
    assert desk.sheet.zoom == 2


@pytest.mark.parametrize("has_button", [False, True])
def test_escape_and_back_leave_all_as_it_was(desk: Desk, session: Session, has_button: bool) -> None:
    if has_button:
        QTest.mouseClick(desk.dialog.back, Qt.MouseButton.LeftButton)
    else:
        press(Qt.Key.Key_Escape)
    assert not desk.dialog.isVisible()
    assert desk.sheet.source is None
    assert (session.level, session.strength) == (24.0, Strength())


def test_it_opens_again_where_the_canvas_is_now(desk: Desk, qtbot: QtBot) -> None:
    desk.dialog.reject()
    desk.presenter.look_at(0.2, 0.3)
    desk.actions.contact_sheet.trigger()
    qtbot.waitUntil(desk.is_ready)
    assert desk.sheet.center == (200, 180)
    assert len(desk.dialog.cells) == len(desk.sheet.variants)


def test_a_version_that_is_being_made_shows_the_photo(desk: Desk, runner: ImmediateRunner) -> None:
    runner.is_held = True
    desk.sheet.move_to(300, 200)
    assert place_of(pixels_in(desk.cell(0, 3)), IMAGE) == place_of(pixels_in(desk.cell(0, 0)), IMAGE)


def test_action_and_button_follow_what_is_possible(session: Session, runner: ImmediateRunner, qtbot: QtBot) -> None:
    desk = Desk(session, runner)
    qtbot.addWidget(desk.window)
    button = sheet_button(desk.actions)
    qtbot.addWidget(button)
    assert not button.isEnabled()
    session.set_source(source_of(IMAGE))
    assert button.isEnabled()
    assert button.accessibleName()
    assert "Ctrl+T" in button.toolTip()
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert desk.dialog.isVisible()
    desk.dialog.reject()
