from __future__ import annotations

import numpy as np
import pytest

from rednet_gui.models.growing_view import GrowingView
from rednet_gui.models.picture_view import PictureView
from tests.gui.conftest import pixels_of

SIZE = (700, 1100)


def whole(view: GrowingView | PictureView, scale: float) -> np.ndarray[tuple[int, ...], np.dtype[np.uint8]]:
    width, height = round(view.width * scale), round(view.height * scale)
    return view.render(scale, left=0, top=0, width=width, height=height)


@pytest.mark.parametrize("dtype", ["uint8", "uint16"])
@pytest.mark.parametrize("scale", [0.25, 0.4, 1.0, 3.0])
def test_once_all_tiles_are_there_it_looks_like_the_restored_picture(dtype: str, scale: float) -> None:
    restored = pixels_of(*SIZE, dtype=dtype)
    view = GrowingView(PictureView.of(pixels_of(*SIZE)), restored)
    for top in range(0, SIZE[0], 512):
        for left in range(0, SIZE[1], 512):
            view.add(slice(top, min(SIZE[0], top + 512)), slice(left, min(SIZE[1], left + 512)))
    np.testing.assert_array_equal(whole(view, scale), whole(PictureView.of(restored), scale))


def test_where_no_tile_is_yet_the_old_picture_shows() -> None:
    before, after = np.full((*SIZE, 3), 50, np.uint8), np.full((*SIZE, 3), 200, np.uint8)
    view = GrowingView(PictureView.of(before), after)
    assert (whole(view, 1) == 50).all()
    view.add(slice(0, 512), slice(512, 1024))
    for scale in (1, 0.25):
        shown = whole(view, scale)
        tile = shown[: int(512 * scale), int(512 * scale) : int(1024 * scale)]
        assert (tile == 200).all()
        assert (shown == 200).sum() == tile.size


def test_a_smaller_picture_lies_enlarged_under_its_enlargement() -> None:
    view = GrowingView(PictureView.of(np.full((350, 550, 1), 50, np.uint8)), np.full((*SIZE, 1), 200, np.uint8))
    view.add(slice(0, 512), slice(0, 512))
    shown = view.render(2.0, left=1000, top=0, width=100, height=50)
    assert (shown[:, :24] == 200).all()
    assert (shown[:, 24:] == 50).all()


def test_the_picture_under_the_tiles_stays_as_it_was() -> None:
    under = PictureView.of(np.full((31, 37, 3), 50, np.uint8))
    view = GrowingView(under, np.full((31, 37, 3), 200, np.uint8))
    view.add(slice(0, 31), slice(0, 10))
    assert (whole(view, 1)[:, :10] == 200).all()
    assert (under.planes[0] == 50).all()
