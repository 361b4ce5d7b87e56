"""Painting the mask with the mouse and the pen."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QInputDevice, QPointingDevice, QTabletEvent, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from rednet_gui.models.mask import Mask
from rednet_gui.models.mask_options import MaskOptions
from rednet_gui.models.picture_view import PictureView
from rednet_gui.settings import BRUSH_HARDNESS, BRUSH_SIZE, Settings
from rednet_gui.views.canvas import Canvas
from rednet_gui.views.canvas_tool import CanvasTool
from rednet_gui.views.mask_overlay import MaskOverlay
from rednet_gui.views.mask_tools import BrushTool, LassoTool, RectangleTool, WandTool

LEFT, RIGHT = Qt.MouseButton.LeftButton, Qt.MouseButton.RightButton
ALT, SHIFT, CTRL = (
    Qt.KeyboardModifier.AltModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.ControlModifier,
)
PLAIN = Qt.KeyboardModifier.NoModifier


@pytest.fixture
def canvas(canvas: Canvas) -> Canvas:
    """Shows a photo of 1000 x 800 at half its size."""
    canvas.show_pictures(PictureView.of(np.full((800, 1000, 3), 100, np.uint8)), None)
    return canvas


@pytest.fixture
def mask(qapp: object) -> Mask:
    made = Mask()
    made.reset(1000, 800)
    return made


@pytest.fixture
def options(settings: Settings) -> MaskOptions:
    made = MaskOptions(settings)
    made.set(BRUSH_SIZE, 20.0)
    made.set(BRUSH_HARDNESS, 1.0)
    return made


@pytest.fixture
def brush(canvas: Canvas, mask: Mask, options: MaskOptions) -> BrushTool:
    made = BrushTool(mask, options)
    canvas.set_tool(made)
    return made


def drag(
    canvas: Canvas,
    points: Sequence[tuple[int, int]],
    button: Qt.MouseButton = LEFT,
    modifier: Qt.KeyboardModifier = PLAIN,
    *,
    releases: bool = True,
) -> None:
    """In pixels of the photo."""
    places = [QPoint(x // 2, y // 2) for x, y in points]
    QTest.mousePress(canvas, button, modifier, places[0])
    for place in places[1:]:
        QTest.mouseMove(canvas, place)
    if releases:
        QTest.mouseRelease(canvas, button, modifier, places[-1])


def use(canvas: Canvas, tool: CanvasTool) -> None:
    canvas.set_tool(tool)


@pytest.mark.usefixtures("brush")
def test_a_stroke_paints_and_is_one_step(canvas: Canvas, mask: Mask) -> None:
    drag(canvas, [(100, 100), (300, 100), (300, 400)])
    assert mask.pixels[100, 100:300].all()
    assert mask.pixels[100:400, 300].all()
    assert not mask.pixels[300, 150]
    assert mask.pixels[100, 88] == mask.pixels[113, 200] == 0, "it is as wide as the brush"
    mask.undo()
    assert mask.is_empty


@pytest.mark.usefixtures("brush")
@pytest.mark.parametrize(("button", "modifier"), [(RIGHT, PLAIN), (LEFT, ALT)])
def test_the_right_button_and_alt_erase(
    canvas: Canvas, mask: Mask, button: Qt.MouseButton, modifier: Qt.KeyboardModifier
) -> None:
    drag(canvas, [(100, 100), (300, 100)])
    drag(canvas, [(200, 80), (200, 120)], button, modifier)
    assert not mask.pixels[90:110, 195:205].any()
    assert mask.pixels[100, 120] == mask.pixels[100, 280] == 255


@pytest.mark.usefixtures("brush")
def test_shift_goes_straight_on_from_the_last_stroke(canvas: Canvas, mask: Mask) -> None:
    drag(canvas, [(100, 100)], modifier=SHIFT)
    assert (mask.pixels > 0).sum() < 500, "there is no last stroke yet"
    drag(canvas, [(100, 100)])
    drag(canvas, [(700, 400)], modifier=SHIFT)
    assert all(mask.pixels[100 + round(share / 2), 100 + share] == 255 for share in range(0, 600, 10))
    drag(canvas, [(700, 600)], modifier=SHIFT)
    assert mask.pixels[400:600, 700].all()
    mask.reset(1000, 800)
    drag(canvas, [(100, 100)], modifier=SHIFT)
    assert not mask.pixels[300:].any(), "no line comes from another photo"


@pytest.mark.usefixtures("brush")
def test_a_canceled_stroke_is_gone_and_the_next_one_works(canvas: Canvas, mask: Mask) -> None:
    drag(canvas, [(100, 100), (300, 100)])
    before = mask.pixels.copy()
    drag(canvas, [(100, 300), (400, 300)], releases=False)
    assert mask.pixels[300, 200]
    assert canvas.cancel_stroke()
    QTest.mouseMove(canvas, QPoint(250, 250))
    QTest.mouseRelease(canvas, LEFT, PLAIN, QPoint(250, 250))
    np.testing.assert_array_equal(mask.pixels, before)
    assert not canvas.cancel_stroke()
    drag(canvas, [(100, 300), (400, 300)])
    assert mask.pixels[300, 200]


def test_ctrl_and_the_wheel_change_the_brush_and_the_wheel_zooms(
    canvas: Canvas, brush: BrushTool, options: MaskOptions
) -> None:
    for modifier in (CTRL, PLAIN):
        at = QPointF(200, 200)
        event = QWheelEvent(
            at, at, QPoint(), QPoint(0, 120), Qt.MouseButton.NoButton, modifier, Qt.ScrollPhase.NoScrollPhase, False
        )
        scale = canvas.scale_factor
        QApplication.sendEvent(canvas, event)
        assert (canvas.scale_factor == scale) == (modifier is CTRL)
    assert options.get(BRUSH_SIZE) == 23


def test_the_brush_stays_within_its_sizes(options: MaskOptions) -> None:
    sizes = [options.get(BRUSH_SIZE)]
    for _ in range(60):
        options.resize_brush(-1)
        sizes.append(options.get(BRUSH_SIZE))
    assert sizes[-1] == 1
    assert all(later < earlier or later == 1 for earlier, later in pairwise(sizes))
    for _ in range(80):
        options.resize_brush(1)
    assert options.get(BRUSH_SIZE) == 1000
    for _ in range(12):
        options.harden_brush(-1)
    assert options.get(BRUSH_HARDNESS) == 0


def test_a_pen_paints_as_wide_as_it_is_pressed(
    canvas: Canvas, mask: Mask, brush: BrushTool, options: MaskOptions
) -> None:
    options.set(BRUSH_SIZE, 80.0)
    pen = QPointingDevice(
        "pen",
        1,
        QInputDevice.DeviceType.Stylus,
        QPointingDevice.PointerType.Pen,
        QInputDevice.Capability.Pressure,
        1,
        3,
    )
    kinds = [QEvent.Type.TabletPress, *[QEvent.Type.TabletMove] * 8, QEvent.Type.TabletRelease]
    for number, kind in enumerate(kinds):
        at, is_up = QPointF(50 + 40 * number, 200), kind is QEvent.Type.TabletRelease
        pressure = 0.0 if is_up else 0.1 + 0.1 * number
        event = QTabletEvent(
            kind, pen, at, at, pressure, 0, 0, 0.0, 0.0, 0.0, PLAIN, LEFT, Qt.MouseButton.NoButton if is_up else LEFT
        )
        QApplication.sendEvent(canvas, event)
    heights = (mask.pixels > 127).sum(axis=0)
    assert 4 < heights[110] < 20
    assert 60 < heights[730] < 80
    assert mask.can_undo


def test_the_outline_of_the_brush_is_the_pointer(canvas: Canvas, brush: BrushTool, options: MaskOptions) -> None:
    options.set(BRUSH_SIZE, 100.0)
    QTest.mouseMove(canvas, QPoint(200, 200))
    image = canvas.grab().toImage()
    assert image.pixelColor(200 + 25, 200).lightness() > 140
    assert image.pixelColor(200, 200).lightness() == 100
    QTest.mouseMove(canvas, QPoint(202, 200))
    assert canvas.cursor().shape() is Qt.CursorShape.BlankCursor
    options.set(BRUSH_SIZE, 4.0)
    canvas.grab()
    QTest.mouseMove(canvas, QPoint(204, 200))
    assert canvas.cursor().shape() is Qt.CursorShape.CrossCursor
    QApplication.sendEvent(canvas, QEvent(QEvent.Type.Leave))
    options.set(BRUSH_SIZE, 100.0)
    assert canvas.grab().toImage().pixelColor(229, 200).lightness() == 100


def test_the_lasso_fills_its_outline_and_frees_it_with_alt(canvas: Canvas, mask: Mask) -> None:
    use(canvas, LassoTool(mask))
    drag(canvas, [(100, 100), (500, 100), (500, 500), (100, 500)])
    assert mask.pixels[110:490, 110:490].all()
    assert not mask.pixels[:95].any()
    drag(canvas, [(200, 200), (300, 200), (300, 300), (200, 300)], LEFT, ALT)
    assert not mask.pixels[210:290, 210:290].any()
    mask.undo()
    assert mask.pixels[110:490, 110:490].all()
    drag(canvas, [(600, 600), (700, 600)], releases=False)
    canvas.cancel_stroke()
    QTest.mouseRelease(canvas, LEFT, PLAIN, QPoint(300, 350))
    drag(canvas, [(600, 600)])
    assert not mask.pixels[550:].any(), "a click and a canceled outline mark nothing"


@pytest.mark.parametrize("points", [[(100, 200), (400, 500)], [(400, 500), (250, 250), (100, 200)]])
def test_the_rectangle_goes_from_corner_to_corner(canvas: Canvas, mask: Mask, points: list[tuple[int, int]]) -> None:
    use(canvas, RectangleTool(mask))
    drag(canvas, points)
    expected = np.zeros((800, 1000), np.uint8)
    expected[200:500, 100:400] = 255
    np.testing.assert_array_equal(mask.pixels, expected)
    drag(canvas, points, RIGHT)
    assert mask.is_empty
    drag(canvas, [(900, 700), (2000, 2000)])
    assert mask.pixels[700:, 900:].all()


def test_an_outline_shows_while_it_is_drawn(canvas: Canvas, mask: Mask) -> None:
    use(canvas, RectangleTool(mask))
    drag(canvas, [(200, 200), (400, 400)], releases=False)
    image = canvas.grab().toImage()
    assert {image.pixelColor(x, 100).lightness() for x in range(105, 195)} != {100}
    canvas.cancel_stroke()
    image = canvas.grab().toImage()
    assert {image.pixelColor(x, 100).lightness() for x in range(105, 195)} == {100}


def test_the_wand_tells_the_pixel_and_whether_it_erases(canvas: Canvas, mask: Mask) -> None:
    tool, picked = WandTool(mask), list[tuple[QPoint, bool]]()
    tool.picked.connect(lambda pixel, is_erasing: picked.append((pixel, is_erasing)))
    use(canvas, tool)
    drag(canvas, [(300, 200)])
    drag(canvas, [(300, 200)], RIGHT)
    drag(canvas, [(300, 2000)])
    assert picked == [(QPoint(300, 200), False), (QPoint(300, 200), True)]


def test_the_mask_lies_over_the_photo_in_its_colour(canvas: Canvas, mask: Mask, options: MaskOptions) -> None:
    overlay = MaskOverlay(mask, options)
    canvas.add_overlay(overlay)
    brush = BrushTool(mask, options)
    canvas.set_tool(brush)
    drag(canvas, [(100, 100), (300, 100)])
    QApplication.sendEvent(canvas, QEvent(QEvent.Type.Leave))
    color = canvas.grab().toImage().pixelColor(100, 50)
    assert color.red() > 160
    assert color.green() < 100
    assert canvas.grab().toImage().pixelColor(100, 80).red() == 100
    overlay.set_shown(False)
    assert canvas.grab().toImage().pixelColor(100, 50).red() == 100
    overlay.set_shown(True)
    mask.undo()
    assert canvas.grab().toImage().pixelColor(100, 50).red() == 100


@pytest.mark.parametrize("zoom", ["fit", "actual", "large"])
def test_what_is_painted_since_looks_as_if_it_had_been_there(
    canvas: Canvas, mask: Mask, options: MaskOptions, zoom: str
) -> None:
    if zoom != "fit":
        canvas.zoom_to_actual()
    for _ in range(4 if zoom == "large" else 0):
        canvas.zoom_in()
    first = MaskOverlay(mask, options)
    canvas.add_overlay(first)
    mask.blend(480, 390, np.full((9, 7), 200, np.uint8))
    canvas.grab()
    rng = np.random.default_rng(1)
    for _ in range(12):
        left, top = (int(at) for at in rng.integers(380, 560, 2))
        mask.blend(left, top, rng.integers(0, 255, (37, 21), dtype=np.uint8), erases=bool(rng.random() < 0.3))
        canvas.grab()
    mask.end_step()
    grown = canvas.grab().toImage()
    canvas.remove_overlay(first)
    whole = MaskOverlay(mask, options)
    canvas.add_overlay(whole)
    assert canvas.grab().toImage() == grown


def test_a_thin_scratch_is_seen_however_small_the_photo_is(canvas: Canvas, options: MaskOptions) -> None:
    large = Mask()
    large.reset(8000, 6400)
    canvas.show_pictures(PictureView.of(np.full((6400, 8000, 1), 100, np.uint8)), None)
    canvas.add_overlay(MaskOverlay(large, options))
    large.blend(4000, 0, np.full((6400, 1), 255, np.uint8))
    image = canvas.grab().toImage()
    assert max(image.pixelColor(x, 200).red() for x in range(245, 256)) > 150
