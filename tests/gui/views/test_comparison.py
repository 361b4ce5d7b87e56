"""The ways to compare, by what they paint."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from engine.image_io import Image
from rednet_gui.models.picture_view import PictureView
from rednet_gui.models.session import Session
from rednet_gui.views.canvas import Canvas
from rednet_gui.views.canvas_feed import CanvasFeed
from rednet_gui.views.canvas_tool import CanvasTool, Touch
from rednet_gui.views.comparison import CompareMode, Comparison
from tests.gui.conftest import pixels_of, result_of, source_of
from tests.gui.views.test_canvas import flat, scroll, seen

WHOLE_MODES = [CompareMode.DIFFERENCE, CompareMode.REMOVED]


@pytest.fixture
def canvas(canvas: Canvas) -> Canvas:
    """Wide enough for two halves of 300 pixels and the gap between them."""
    canvas.resize(602, 400)
    return canvas


def test_the_divider_can_lie(canvas: Canvas) -> None:
    canvas.show_pictures(flat(50), flat(200))
    canvas.set_mode(CompareMode.SPLIT_ACROSS)
    column = seen(canvas)[100:300, 400, 0]
    assert (column[:90] == 50).all()
    assert (column[110:] == 200).all()
    QTest.mousePress(canvas, Qt.MouseButton.LeftButton, pos=QPoint(400, 200))
    QTest.mouseMove(canvas, QPoint(420, 250))
    assert canvas.cursor().shape() is Qt.CursorShape.SplitVCursor
    QTest.mouseRelease(canvas, Qt.MouseButton.LeftButton, pos=QPoint(420, 250))
    assert canvas.split == pytest.approx(0.75)
    column = seen(canvas)[100:300, 400, 0]
    assert (column[40:140] == 50).all()
    assert (column[160:] == 200).all()


def test_side_by_side_both_show_the_same_part(canvas: Canvas) -> None:
    pixels = pixels_of(900, 1000)
    canvas.show_pictures(PictureView.of(pixels), PictureView.of(np.invert(pixels)))
    canvas.set_mode(CompareMode.SIDE_BY_SIDE)
    canvas.zoom_to_actual()

    def halves_match() -> bool:
        shown = seen(canvas)
        return np.array_equal(shown[60:, :300], np.invert(shown[60:, 302:]))

    assert halves_match()
    QTest.mousePress(canvas, Qt.MouseButton.LeftButton, pos=QPoint(400, 300))
    QTest.mouseMove(canvas, QPoint(290, 200))
    QTest.mouseRelease(canvas, Qt.MouseButton.LeftButton, pos=QPoint(290, 200))
    assert halves_match()
    np.testing.assert_array_equal(seen(canvas)[60:, :300], pixels[450 - 40 :, 350 + 110 :][:340, :300])
    scroll(canvas, QPoint(450, 200), 5)  # single pixels again
    assert halves_match()


def test_zooming_in_the_right_pane_keeps_what_is_under_the_pointer(canvas: Canvas) -> None:
    pixels = np.zeros((2000, 3000, 3), np.uint8)
    pixels[990:1010, 2240:2260] = 255
    canvas.show_pictures(PictureView.of(pixels), PictureView.of(pixels))
    canvas.set_mode(CompareMode.SIDE_BY_SIDE)
    at = QPoint(302 + 225, 200)
    scroll(canvas, at, 8)
    assert seen(canvas)[at.y(), at.x()].min() > 200
    assert seen(canvas)[at.y(), at.x() - 302].min() > 200


def test_a_tool_is_told_the_same_place_in_both_panes(canvas: Canvas) -> None:
    class Keeper(CanvasTool):
        def press(self, touch: Touch) -> None:
            touches.append(touch)

    touches = list[Touch]()
    canvas.show_pictures(flat(50), flat(200))
    canvas.set_mode(CompareMode.SIDE_BY_SIDE)
    canvas.set_tool(Keeper())
    for x in (120, 302 + 120):
        QTest.mouseClick(canvas, Qt.MouseButton.LeftButton, pos=QPoint(x, 230))
    assert touches[0].point == touches[1].point
    assert touches[0].point.x() == pytest.approx(120, abs=1)


@pytest.mark.parametrize(("mode", "value"), [(CompareMode.DIFFERENCE, 80), (CompareMode.REMOVED, 88)])
@pytest.mark.parametrize("factor", [1, 2])
def test_changes_are_shown_over_the_whole_picture(canvas: Canvas, mode: CompareMode, value: int, factor: int) -> None:
    canvas.show_pictures(flat(50, 150, 200), flat(60, 150 * factor, 200 * factor))
    canvas.set_mode(mode)
    assert (seen(canvas)[200, 220:380] == value).all()
    canvas.set_original_shown(True)
    assert (seen(canvas)[200, 220:380] == 50).all()


@pytest.mark.parametrize("mode", CompareMode)
def test_without_a_result_every_mode_shows_the_picture(canvas: Canvas, mode: CompareMode) -> None:
    pixels = pixels_of(200, 300)
    canvas.set_mode(mode)
    canvas.show_pictures(PictureView.of(pixels), None)
    np.testing.assert_array_equal(seen(canvas)[100:300, 151:451], pixels)


def test_the_way_back_fits_again(canvas: Canvas) -> None:
    canvas.show_pictures(flat(50, 1000, 2000), flat(60, 1000, 2000))
    canvas.set_mode(CompareMode.SIDE_BY_SIDE)
    assert canvas.scale_factor == pytest.approx(300 / 2000)
    canvas.set_mode(CompareMode.SPLIT)
    assert canvas.scale_factor == pytest.approx(602 / 2000)


def test_an_enlarged_result_keeps_zoom_and_place(canvas: Canvas) -> None:
    small = PictureView.of(pixels_of(400, 500))
    canvas.show_pictures(small, None)
    canvas.zoom_in()
    QTest.keyClick(canvas, Qt.Key.Key_Right)
    before = seen(canvas)
    scale = canvas.scale_factor
    canvas.show_pictures(small, PictureView.of(pixels_of(400, 500).repeat(2, 0).repeat(2, 1)))
    assert scale is not None
    assert canvas.scale_factor == pytest.approx(scale / 2)
    canvas.set_original_shown(True)
    np.testing.assert_array_equal(seen(canvas)[60:, 90:], before[60:, 90:])
    canvas.show_pictures(small, None)
    assert canvas.scale_factor == pytest.approx(scale)


def test_a_small_picture_stays_as_large_when_its_enlargement_comes(canvas: Canvas) -> None:
    small = flat(50, 100, 150)
    canvas.show_pictures(small, None)
    canvas.show_pictures(small, flat(50, 200, 300))
    assert canvas.scale_factor == 0.5
    canvas.zoom_out()
    assert canvas.scale_factor == 0.5, "zooming out does not enlarge"
    canvas.zoom_to_fit()
    assert canvas.scale_factor == 1


def test_a_second_result_takes_the_place_of_the_first(canvas: Canvas, session: Session) -> None:
    feed = CanvasFeed(session, canvas)
    session.result_changed.connect(feed.show)
    session.set_source(source_of(Image(np.full((200, 300, 3), 50, np.uint8))))
    for gray in (120, 200):
        session.set_result(result_of(Image(np.full((200, 300, 3), gray, np.uint8))))
        assert (seen(canvas)[280, 320:440] == gray).all()


def test_the_loupe_follows_to_another_picture(canvas: Canvas) -> None:
    loupe = Comparison()
    for gray in (50, 60):
        canvas.show_pictures(flat(gray), flat(200), flat(gray + 1))
        loupe.show_as(canvas.comparison)
        assert loupe.shown_view is canvas.comparison.shown_view
    canvas.set_original_shown(True)
    loupe.show_as(canvas.comparison)
    assert loupe.shown_view is canvas.comparison.shown_view
