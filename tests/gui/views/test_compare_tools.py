"""The ways to compare, the loupe, the histogram and the reference, as actions drive them."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QMainWindow, QToolButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from engine.image_io import Image
from engine.metrics import Fidelity
from rednet_gui.models.reference import Scores
from rednet_gui.models.session import Session
from rednet_gui.settings import COMPARE_MODE, Settings
from rednet_gui.views.actions import Actions
from rednet_gui.views.canvas import Canvas
from rednet_gui.views.canvas_feed import CanvasFeed
from rednet_gui.views.compare_tools import CompareTools
from rednet_gui.views.comparison import CompareMode
from rednet_gui.views.view_bar import ViewBar
from tests.gui.conftest import result_of, source_of

KEYS = {
    CompareMode.SPLIT: (Qt.Key.Key_F5, Qt.KeyboardModifier.NoModifier),
    CompareMode.SPLIT_ACROSS: (Qt.Key.Key_F6, Qt.KeyboardModifier.NoModifier),
    CompareMode.SIDE_BY_SIDE: (Qt.Key.Key_F7, Qt.KeyboardModifier.NoModifier),
    CompareMode.DIFFERENCE: (Qt.Key.Key_F8, Qt.KeyboardModifier.NoModifier),
    CompareMode.REMOVED: (Qt.Key.Key_F8, Qt.KeyboardModifier.ShiftModifier),
}
BEFORE, AFTER = Image(np.full((400, 600, 3), 60, np.uint8)), Image(np.full((400, 600, 3), 180, np.uint8))


class Desk(QMainWindow):
    """As much of the window as compares."""

    def __init__(self, session: Session, settings: Settings) -> None:
        super().__init__()
        self.acts, self.canvas = Actions(self), Canvas()
        self.tools = CompareTools(session, self.acts, self.canvas, settings)
        self.feed = CanvasFeed(session, self.canvas)
        self.bar = ViewBar(session, self.acts)
        session.result_changed.connect(self.feed.show)
        central = QWidget()
        layout = QVBoxLayout(central)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.bar)
        layout.addWidget(self.canvas, 1)
        self.setCentralWidget(central)
        self.resize(800, 600)

    def seen(self) -> NDArray[np.uint8]:
        image = self.canvas.grab().toImage().convertToFormat(QImage.Format.Format_RGB888)
        lines = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.bytesPerLine())
        return lines[:, : image.width() * 3].reshape(image.height(), image.width(), 3).copy()

    def point_at(self, pixel: tuple[int, int]) -> QPoint:
        """Where a pixel of the picture is in the canvas."""
        placement = self.canvas.placement
        assert placement is not None
        left, top = placement.viewport.origin
        return QPoint(
            round(left + pixel[0] * placement.viewport.scale), round(top + pixel[1] * placement.viewport.scale)
        )


@pytest.fixture
def desk(session: Session, settings: Settings, qtbot: QtBot) -> Desk:
    made = Desk(session, settings)
    qtbot.addWidget(made)
    made.show()
    qtbot.waitExposed(made)
    return made


@pytest.fixture
def shown(desk: Desk, session: Session) -> Desk:
    """With a picture and its restored version."""
    session.set_source(source_of(BEFORE, Path("/photos/holiday.jpg")))
    session.set_result(result_of(AFTER))
    return desk


@pytest.mark.parametrize("mode", CompareMode)
def test_every_mode_has_its_key_and_is_remembered(
    shown: Desk, session: Session, settings: Settings, qtbot: QtBot, mode: CompareMode
) -> None:
    QTest.keyClick(shown, Qt.Key.Key_F6 if mode is CompareMode.SPLIT else Qt.Key.Key_F5)
    key, modifier = KEYS[mode]
    QTest.keyClick(shown, key, modifier)
    assert shown.canvas.comparison.mode is mode
    later = Desk(session, settings)
    qtbot.addWidget(later)
    assert later.canvas.comparison.mode is mode
    assert [action.data() for action in later.acts.modes.actions() if action.isChecked()] == [mode]


def test_a_mode_that_no_longer_exists_is_the_first(session: Session, settings: Settings, qtbot: QtBot) -> None:
    settings.set(COMPARE_MODE, "onion-skin")
    made = Desk(session, settings)
    qtbot.addWidget(made)
    assert made.canvas.comparison.mode is CompareMode.SPLIT


def test_without_a_result_there_is_nothing_to_compare(desk: Desk, session: Session) -> None:
    button = next(found for found in desk.bar.findChildren(QToolButton) if found.menu() is desk.acts.compare_menu)
    session.set_source(source_of(BEFORE))
    QTest.keyClick(desk, Qt.Key.Key_F7)
    assert desk.acts.modes.actions()[0].isChecked()
    assert not button.isEnabled()
    session.set_result(result_of(AFTER))
    assert button.isEnabled()
    before = button.icon().cacheKey()
    desk.acts.compare_menu.actions()[2].trigger()
    assert desk.canvas.comparison.mode is CompareMode.SIDE_BY_SIDE
    assert button.icon().cacheKey() != before, "the button shows what is chosen"
    session.set_result(None)
    assert not button.isEnabled()


def test_the_loupe_follows_the_pointer(shown: Desk) -> None:
    loupe = shown.tools.loupe
    QTest.mouseMove(shown.canvas, shown.point_at((200, 100)))
    assert not loupe.isVisible()
    QTest.keyClick(shown, Qt.Key.Key_L)
    QTest.mouseMove(shown.canvas, at := shown.point_at((150, 120)))
    assert loupe.isVisible()
    assert (loupe.geometry().center() - at).manhattanLength() <= 2
    lens = shown.seen()[at.y() - 40 : at.y() + 40, at.x() - 80 : at.x() + 80, 0]
    assert (lens[:, :75] == 60).all(), "before on the left"
    assert (lens[:, 85:] == 180).all(), "after on the right, wherever the divider is"
    QTest.mouseMove(shown.canvas, QPoint(2, 2))
    assert not loupe.isVisible(), "beside the picture there is nothing to enlarge"
    QTest.mouseMove(shown.canvas, at)
    QTest.keyClick(shown, Qt.Key.Key_L)
    assert not loupe.isVisible()


def test_the_loupe_enlarges_what_is_under_the_pointer(desk: Desk, session: Session) -> None:
    pixels = np.zeros((400, 600, 3), np.uint8)
    pixels[200, 300] = 255
    session.set_source(source_of(Image(pixels)))
    desk.acts.loupe.setChecked(True)
    QTest.mouseMove(desk.canvas, at := desk.point_at((300, 200)))
    viewport = desk.tools.loupe.viewport
    assert viewport is not None
    assert viewport.scale == 4
    rows, columns = np.nonzero(desk.seen()[at.y() - 60 : at.y() + 60, at.x() - 60 : at.x() + 60].min(2) > 250)
    assert int(np.ptp(rows)) + 1 == int(np.ptp(columns)) + 1 == 4
    assert abs(columns.mean() - 60) < 3


@pytest.mark.parametrize(("steps", "enlarged"), [(-4, 1), (-1, 2), (0, 4), (2, 8), (6, 1.25**12)])
def test_the_loupe_shows_whole_pixels(desk: Desk, session: Session, steps: int, enlarged: float) -> None:
    session.set_source(source_of(Image(np.zeros((3000, 4800, 3), np.uint8))))
    desk.canvas.zoom_to_actual()
    for _ in range(abs(steps)):
        (desk.canvas.zoom_in if steps > 0 else desk.canvas.zoom_out)()
    desk.acts.loupe.setChecked(True)
    for x in (390, 400):
        QTest.mouseMove(desk.canvas, QPoint(x, 300))
    viewport = desk.tools.loupe.viewport
    assert viewport is not None
    assert viewport.scale == pytest.approx(enlarged)


@pytest.mark.parametrize("mode", [CompareMode.SIDE_BY_SIDE, CompareMode.DIFFERENCE])
def test_the_loupe_shows_the_same_place_in_every_mode(shown: Desk, mode: CompareMode) -> None:
    shown.canvas.set_mode(mode)
    shown.acts.loupe.setChecked(True)
    QTest.mouseMove(shown.canvas, at := QPoint(600, 300))
    lens = shown.seen()[at.y() - 40 : at.y() + 40, at.x() - 80 : at.x() + 80, 0]
    if mode is CompareMode.DIFFERENCE:
        assert (lens == 255).all()
    else:
        assert (lens[:, :75] == 60).all()
        assert (lens[:, 85:] == 180).all()


def test_the_histogram_shows_what_is_visible(shown: Desk, qtbot: QtBot) -> None:
    panel = shown.tools.histogram
    assert not panel.isVisible()
    QTest.keyClick(shown, Qt.Key.Key_H)
    assert panel.isVisible()
    corner = panel.geometry().bottomRight() - QPoint(shown.canvas.width(), shown.canvas.height())
    assert max(abs(corner.x()), abs(corner.y())) < 24

    def peak() -> int:
        """The brightness whose column is highest, from what is painted."""
        image = panel.grab().toImage().convertToFormat(QImage.Format.Format_Grayscale8)
        heights = [
            sum(image.pixelColor(x, y).lightness() > 60 for y in range(image.height())) for x in range(image.width())
        ]
        return round((float(np.argmax(heights)) - 8) * 255 / (image.width() - 16))

    assert peak() == pytest.approx(180, abs=3)
    shown.canvas.set_original_shown(True)
    qtbot.waitUntil(lambda: peak() == pytest.approx(60, abs=3))


def test_loupe_and_histogram_are_remembered(shown: Desk, session: Session, settings: Settings, qtbot: QtBot) -> None:
    shown.acts.loupe.trigger()
    shown.acts.histogram.trigger()
    later = Desk(session, settings)
    qtbot.addWidget(later)
    assert later.tools.loupe.is_on
    assert later.acts.histogram.isChecked()
    later.show()
    assert later.tools.histogram.isVisible()


def test_a_reference_is_asked_for_beside_the_photo(shown: Desk, qtbot: QtBot, tmp_path: Path) -> None:
    asked = list[Path]()
    shown.tools.reference_requested.connect(asked.append)
    QTest.keyClick(shown, Qt.Key.Key_R, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    (dialog,) = shown.findChildren(QFileDialog)
    assert dialog.fileMode() is QFileDialog.FileMode.ExistingFile
    dialog.fileSelected.emit("/photos/clean.png")
    dialog.reject()
    assert asked == [Path("/photos/clean.png")]


@pytest.mark.parametrize("modifier", [Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.NoModifier])
@pytest.mark.parametrize("has_photo", [True, False])
def test_a_file_dropped_with_alt_is_the_reference(
    desk: Desk, session: Session, modifier: Qt.KeyboardModifier, has_photo: bool
) -> None:
    if has_photo:
        session.set_source(source_of(BEFORE))
    asked = list[Path]()
    desk.tools.reference_requested.connect(asked.append)
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile("/photos/clean.png")])
    event = QDropEvent(QPointF(9, 9), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, modifier)
    is_meant = has_photo and modifier is Qt.KeyboardModifier.AltModifier
    assert desk.tools.takes_drop(event) == is_meant
    assert asked == ([Path("/photos/clean.png")] if is_meant else [])


def test_the_card_shows_the_scores(shown: Desk, session: Session) -> None:
    card, reference = shown.tools.card, session.reference
    assert not card.isVisible()
    reference.set_image(AFTER, "clean.png")
    reference.set_measuring(True)
    words = [[value.text() for value in row] for row in card.values]
    assert words == [["…", "…"], ["…", "…"]]
    reference.set_scores(Scores(Fidelity(24.126, 0.71236), Fidelity(np.inf, np.nan)))
    words = [[value.text() for value in row] for row in card.values]
    assert words == [["24.13 dB", "∞ dB"], ["0.7124", "–"]]
    assert card.accessibleName() == "Against clean.png: PSNR 24.13 dB, ∞ dB; SSIM 0.7124, –"
    assert card.isVisible()
    assert shown.canvas.rect().contains(card.geometry())
    dropped = list[bool]()
    card.dropped.connect(lambda: dropped.append(True))
    QTest.mouseClick(card.close_button, Qt.MouseButton.LeftButton)
    assert dropped == [True]
    reference.set_image(None)
    assert not card.isVisible()


def test_the_card_keeps_its_corner_and_a_long_name_short(shown: Desk, session: Session) -> None:
    session.reference.set_image(AFTER, "a very long name of a file " * 5 + ".png")
    card = shown.tools.card
    assert card.width() < 260
    shown.resize(900, 700)
    assert card.x() == shown.canvas.height() - card.geometry().bottom() - 1 == 16
