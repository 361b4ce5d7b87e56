from __future__ import annotations

import numpy as np
import pytest

from rednet_gui.models.picture_view import PictureView
from tests.gui.conftest import pixels_of


def whole(view: PictureView, scale: float = 1.0) -> np.ndarray[tuple[int, ...], np.dtype[np.uint8]]:
    width, height = max(1, round(view.width * scale)), max(1, round(view.height * scale))
    return view.render(scale, left=0, top=0, width=width, height=height)


@pytest.mark.parametrize(("height", "width"), [(31, 37), (1, 1), (1, 900), (700, 1)])
@pytest.mark.parametrize("channels", [1, 3])
def test_at_100_percent_pixels_are_shown_as_they_are(height: int, width: int, channels: int) -> None:
    pixels = pixels_of(height, width, channels)
    drawn = whole(PictureView.of(pixels))
    assert drawn.shape == (height, width, 3)
    np.testing.assert_array_equal(drawn, np.broadcast_to(pixels, (height, width, 3)))


def test_16_bits_are_rounded_to_8() -> None:
    pixels = pixels_of(dtype="uint16")
    np.testing.assert_array_equal(whole(PictureView.of(pixels)), np.rint(pixels / 257).astype(np.uint8))


def test_floats_are_clipped_to_what_a_screen_can_show() -> None:
    pixels = np.array([[[-0.5, 0.5, 1.5]]], np.float32)
    np.testing.assert_array_equal(whole(PictureView.of(pixels)), [[[0, 128, 255]]])


def test_alpha_becomes_the_fourth_channel() -> None:
    pixels, alpha = pixels_of(), pixels_of(channels=1)[..., 0]
    drawn = whole(PictureView.of(pixels, alpha=alpha))
    np.testing.assert_array_equal(drawn, np.dstack([pixels, alpha]))


def test_half_size_averages_four_pixels() -> None:
    pixels = pixels_of(600, 800)
    means = pixels.reshape(300, 2, 400, 2, 3).mean((1, 3))
    np.testing.assert_allclose(whole(PictureView.of(pixels), 0.5), means, atol=0.51)


def test_a_power_of_two_repeats_pixels() -> None:
    pixels = pixels_of(5, 7)
    drawn = whole(PictureView.of(pixels), 4.0)
    np.testing.assert_array_equal(drawn, pixels.repeat(4, 0).repeat(4, 1))


@pytest.mark.parametrize("scale", [0.21, 0.5, 0.77, 1.0, 1.4, 3.0])
def test_a_part_is_what_the_whole_shows_there(scale: float) -> None:
    view = PictureView.of(pixels_of(700, 1100))
    left, top, width, height = 60, 40, 71, 63
    part = view.render(scale, left=left, top=top, width=width, height=height)
    expected = whole(view, scale)[top : top + height, left : left + width]
    assert np.abs(part.astype(int) - expected).max() <= 1


def test_small_copies_end_at_a_screenful() -> None:
    view = PictureView.of(pixels_of(1001, 2003))
    assert [plane.shape[:2] for plane in view.planes] == [(1001, 2003), (501, 1002), (251, 501)]
    assert view.planes[0].dtype == view.planes[1].dtype == np.uint8


def test_the_pixels_are_not_copied() -> None:
    pixels = pixels_of(dtype="uint16")
    assert PictureView.of(pixels).planes[0] is pixels
