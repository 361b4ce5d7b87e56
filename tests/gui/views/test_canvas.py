from __future__ import annotations

import os
import subprocess
import sys
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QColorSpace, QImage, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from rednet_gui.models.picture_view import PictureView
from rednet_gui.views.canvas import Canvas
from tests.gui.conftest import pixels_of

SIZE = (500, 400)


def seen(canvas: Canvas) -> NDArray[np.uint8]:
    """(H, W, 3) what the canvas shows."""
    image = canvas.grab().toImage().convertToFormat(QImage.Format.Format_RGB888)
    lines = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.bytesPerLine())
    return lines[:, : image.width() * 3].reshape(image.height(), image.width(), 3).copy()


def flat(gray: int, height: int = 200, width: int = 300) -> PictureView:
    return PictureView.of(np.full((height, width, 3), gray, np.uint8))


P3_TO_SRGB = np.array([[1.2249402, -0.2249402, 0], [-0.0420570, 1.0420570, 0], [-0.0196376, -0.0786361, 1.0982736]])
"""Source: CSS Color 4, sample code: the P3 and sRGB matrices multiplied."""


def to_linear(value: float) -> float:
    """Undo the gamma of sRGB, which Display P3 shares, above its straight part."""
    return float(((value + 0.055) / 1.055) ** 2.4)


def scroll(canvas: Canvas, at: QPoint, steps: int) -> None:
    event = QWheelEvent(
        QPointF(at),
        QPointF(canvas.mapToGlobal(at)),
        QPoint(),
        QPoint(0, 120 * steps),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(canvas, event)


@pytest.mark.parametrize("channels", [1, 3])
def test_a_small_picture_is_shown_pixel_by_pixel_in_the_middle(canvas: Canvas, channels: int) -> None:
    pixels = pixels_of(200, 300, channels)
    canvas.show_pictures(PictureView.of(pixels), None)
    shown = seen(canvas)
    np.testing.assert_array_equal(shown[100:300, 100:400], np.broadcast_to(pixels, (200, 300, 3)))
    assert (shown[:99] == shown[0, 0]).all()


def test_a_large_picture_is_fitted(canvas: Canvas) -> None:
    canvas.show_pictures(flat(200, 4000, 6000), None)
    assert canvas.scale_factor == pytest.approx(500 / 6000)
    canvas.zoom_to_actual()
    assert canvas.scale_factor == 1
    canvas.zoom_to_fit()
    assert canvas.scale_factor == pytest.approx(500 / 6000)


def test_before_is_left_and_after_is_right_of_the_divider(canvas: Canvas) -> None:
    canvas.show_pictures(flat(50), flat(200))
    canvas.set_split(0.25)
    line = seen(canvas)[280, 100:400, 0]
    assert (line[:70] == 50).all()
    assert (line[80:] == 200).all()


def test_after_several_steps_the_original_is_what_was_opened(canvas: Canvas) -> None:
    canvas.show_pictures(flat(50), None, flat(10, 100, 150))
    canvas.set_original_shown(True)
    assert (seen(canvas)[200, 250] == 10).all(), "before this step has a result, and in its size"
    canvas.show_pictures(flat(50), flat(200), flat(10, 100, 150))
    assert (seen(canvas)[200, [150, 350]] == 10).all()
    canvas.set_original_shown(False)
    assert seen(canvas)[200, [150, 350], 0].tolist() == [50, 200]


def test_the_original_can_be_shown_alone(canvas: Canvas) -> None:
    canvas.show_pictures(flat(50), flat(200))
    QTest.keyPress(canvas, Qt.Key.Key_Space)
    assert (seen(canvas)[280, 100:400] == 50).all()
    QTest.keyRelease(canvas, Qt.Key.Key_Space)
    assert (seen(canvas)[280, 300:400] == 200).all()


def test_an_enlarged_result_lies_over_its_source(canvas: Canvas) -> None:
    small = pixels_of(100, 120)
    canvas.show_pictures(PictureView.of(small), PictureView.of(small.repeat(2, 0).repeat(2, 1)))
    canvas.set_split(1.0)
    before = seen(canvas)[150:250, 200:300]
    canvas.set_split(0.0)
    np.testing.assert_array_equal(seen(canvas)[150:250, 200:300], before)


def test_alpha_shows_a_checkerboard(canvas: Canvas) -> None:
    pixels = np.full((200, 300, 3), 255, np.uint8)
    alpha = np.zeros((200, 300), np.uint8)
    alpha[:, 150:] = 255
    canvas.show_pictures(PictureView.of(pixels, alpha=alpha), None)
    shown = seen(canvas)[100:300, 100:400]
    assert len(np.unique(shown[:, :150])) == 2
    assert (shown[:, 150:] == 255).all()


def test_a_profile_is_converted_to_the_screens(canvas: Canvas) -> None:
    icc = bytes(QColorSpace(QColorSpace.NamedColorSpace.DisplayP3).iccProfile().data())
    pixels = np.full((200, 300, 3), (200, 100, 50), np.uint8)
    canvas.show_pictures(PictureView.of(pixels, icc=icc), None)
    linear = P3_TO_SRGB @ np.array([to_linear(200 / 255), to_linear(100 / 255), to_linear(50 / 255)])
    expected = [255 * (1.055 * value ** (1 / 2.4) - 0.055) for value in linear]
    np.testing.assert_allclose(seen(canvas)[200, 250], expected, atol=1)


@pytest.mark.qt_log_ignore("fromIccProfile")
def test_a_damaged_profile_is_ignored(canvas: Canvas) -> None:
    pixels = pixels_of(200, 300)
    canvas.show_pictures(PictureView.of(pixels, icc=b"no profile"), None)
    np.testing.assert_array_equal(seen(canvas)[100:300, 100:400], pixels)


def test_the_wheel_zooms_about_the_cursor(canvas: Canvas) -> None:
    pixels = np.zeros((2000, 3000, 3), np.uint8)
    pixels[500:520, 700:720] = 255
    canvas.show_pictures(PictureView.of(pixels), None)
    at = QPoint(round(710 / 6), round(510 / 6 + (400 - 2000 / 6) / 2))
    scroll(canvas, at, 6)
    assert canvas.scale_factor is not None
    assert canvas.scale_factor > 0.6
    assert seen(canvas)[at.y(), at.x()].min() > 200


def test_dragging_pans_and_dragging_the_divider_does_not(canvas: Canvas) -> None:
    canvas.show_pictures(PictureView.of(pixels_of(800, 1000)), PictureView.of(pixels_of(800, 1000)))
    canvas.zoom_to_actual()
    before = seen(canvas)
    QTest.mousePress(canvas, Qt.MouseButton.LeftButton, pos=QPoint(100, 300))
    QTest.mouseMove(canvas, QPoint(140, 310))
    QTest.mouseRelease(canvas, Qt.MouseButton.LeftButton, pos=QPoint(140, 310))
    after = seen(canvas)
    np.testing.assert_array_equal(after[320:390, 50:200], before[310:380, 10:160])
    QTest.mousePress(canvas, Qt.MouseButton.LeftButton, pos=QPoint(250, 300))
    QTest.mouseMove(canvas, QPoint(350, 300))
    QTest.mouseRelease(canvas, Qt.MouseButton.LeftButton, pos=QPoint(350, 300))
    assert canvas.split == pytest.approx(0.7)
    np.testing.assert_array_equal(seen(canvas)[320:390, 50:200], after[320:390, 50:200])


def test_arrow_keys_pan(canvas: Canvas) -> None:
    canvas.show_pictures(PictureView.of(pixels_of(800, 1000)), None)
    canvas.zoom_to_actual()
    before = seen(canvas)
    QTest.keyClick(canvas, Qt.Key.Key_Right)
    np.testing.assert_array_equal(seen(canvas)[:, :420], before[:, 80:])


def test_double_click_goes_to_100_percent_and_back(canvas: Canvas) -> None:
    canvas.show_pictures(flat(9, 2000, 3000), None)
    QTest.mouseDClick(canvas, Qt.MouseButton.LeftButton, pos=QPoint(100, 100))
    assert canvas.scale_factor == 1
    QTest.mouseDClick(canvas, Qt.MouseButton.LeftButton, pos=QPoint(100, 100))
    assert canvas.scale_factor == pytest.approx(1 / 6)


def test_only_what_is_seen_is_drawn(canvas: Canvas, monkeypatch: pytest.MonkeyPatch) -> None:
    drawn = list[int]()
    render = PictureView.render

    def counting(self: PictureView, scale: float, **part: int) -> NDArray[Any]:
        drawn.append(part["width"] * part["height"])
        return render(self, scale, **part)

    monkeypatch.setattr(PictureView, "render", counting)
    canvas.show_pictures(flat(9, 4000, 6000), None)
    for show in (canvas.zoom_to_actual, canvas.zoom_in, canvas.zoom_to_fit):
        show()
        canvas.grab()
    assert max(drawn) <= SIZE[0] * SIZE[1]
    count = len(drawn)
    canvas.grab()
    assert len(drawn) == count, "nothing moved, so nothing is drawn anew"


HIGH_DPI = """
import sys
import numpy as np
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication
from rednet_gui.models.picture_view import PictureView
from rednet_gui.views.canvas import Canvas
from rednet_gui.views.comparison import CompareMode
from rednet_gui.views.loupe import Loupe
app = QApplication([])
pixels = np.random.default_rng(0).integers(0, 256, (1500, 1600, 3), dtype=np.uint8)
canvas = Canvas()
canvas.resize(500, 400)
canvas.show()
canvas.show_pictures(PictureView.of(pixels), None)
canvas.zoom_to_actual()
ratio = float(sys.argv[1])
width, height = round(500 * ratio), round(400 * ratio)

def seen(widget):
    image = widget.grab().toImage().convertToFormat(QImage.Format.Format_RGB888)
    lines = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), -1)
    return lines[:, : image.width() * 3].reshape(image.height(), image.width(), 3).copy()

def part(width):
    left, top = (1600 - width) // 2, (1500 - height) // 2
    return pixels[top : top + height, left : left + width]

assert (seen(canvas) == part(width)).all()
canvas.show_pictures(PictureView.of(pixels), PictureView.of(255 - pixels))
canvas.set_mode(CompareMode.SIDE_BY_SIDE)
canvas.zoom_to_actual()
both, pane, labels = seen(canvas), (width - 2) // 2, round(60 * ratio)
assert (both[labels:, :pane] == part(pane)[labels:]).all()
assert (both[labels:, -pane:] == 255 - part(pane)[labels:]).all()
canvas.set_mode(CompareMode.DIFFERENCE)
loupe = Loupe(canvas)
loupe.set_on(True)
canvas.pointer_moved.emit(canvas.rect().center().toPointF())
lens = seen(loupe)
middle = lens.shape[0] // 2
assert lens.shape[0] == round(200 * ratio) and loupe.viewport.scale == 4
cells = lens[middle - 32 : middle + 32, middle - 32 : middle + 32]
assert (np.diff(cells.astype(int), axis=0) != 0).any((1, 2)).sum() in (15, 16), "four device pixels for each"
"""


@pytest.mark.slow
@pytest.mark.parametrize("ratio", ["1.5", "2"])
def test_100_percent_is_one_pixel_per_device_pixel(ratio: str) -> None:
    environment = {**os.environ, "QT_SCALE_FACTOR": ratio}
    subprocess.run([sys.executable, "-c", HIGH_DPI, ratio], env=environment, check=True, timeout=60)


def test_the_result_is_back_when_the_focus_goes_while_space_is_held(canvas: Canvas) -> None:
    canvas.show_pictures(flat(50), flat(200))
    canvas.setFocus()
    QTest.keyPress(canvas, Qt.Key.Key_Space)
    assert canvas.is_original_shown
    canvas.clearFocus()
    assert not canvas.is_original_shown
