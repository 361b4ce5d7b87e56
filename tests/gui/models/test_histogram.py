from __future__ import annotations

import numpy as np
import pytest

from rednet_gui.models.histogram import histogram
from rednet_gui.models.picture_view import PictureView
from rednet_gui.models.viewport import Viewport
from tests.gui.conftest import pixels_of


def test_at_actual_size_every_visible_pixel_counts() -> None:
    pixels = pixels_of(150, 200)
    viewport = Viewport((200, 150), (80, 60), 1.0, (100, 75), is_fitted=False)
    left, top = (-start for start in viewport.origin)
    seen = pixels[top : top + 60, left : left + 80]
    counts = histogram(PictureView.of(pixels), viewport)
    for row, channel in enumerate(range(3), 1):
        expected = np.bincount(seen[..., channel].ravel(), minlength=256) / (80 * 60)
        np.testing.assert_allclose(counts[row], expected, atol=1e-6)


@pytest.mark.parametrize("scale", [0.1, 0.5, 3.0, 20.0])
@pytest.mark.parametrize("channels", [1, 3])
def test_flat_areas_have_their_share_at_every_scale(scale: float, channels: int) -> None:
    pixels = np.full((1000, 1200, channels), 40, np.uint8)
    pixels[:, 600:] = 200
    viewport = Viewport((1200, 1000), (500, 400), scale, (600, 500), is_fitted=False)
    counts = histogram(PictureView.of(pixels), viewport)
    np.testing.assert_allclose(counts.sum(1), 1, atol=1e-5)
    np.testing.assert_allclose(counts[:, [40, 200]], 0.5, atol=0.03)


def test_an_enlarged_result_is_counted_like_its_source() -> None:
    small, large = np.full((50, 60, 3), 40, np.uint8), np.full((100, 120, 3), 40, np.uint8)
    viewport = Viewport((120, 100), (300, 300), 1.0, (60, 50))
    for pixels in (small, large):
        assert histogram(PictureView.of(pixels), viewport)[0, 40] == 1


def test_where_nothing_is_visible_nothing_counts() -> None:
    viewport = Viewport((10, 10), (0, 5), 1.0, (500, 500), is_fitted=False)
    assert not histogram(PictureView.of(pixels_of(10, 10)), viewport).any()
