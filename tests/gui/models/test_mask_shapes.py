"""Outlines, areas of one colour, and changes of the whole mask."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from engine.errors import Canceled
from engine.run_context import RunContext
from rednet_gui.models.mask_shapes import feathered, grown, inverted, polygon, rectangle, shrunk, similar_area

Plane = NDArray[np.uint8]


def on_page(shape: tuple[int, int, Plane], size: int = 100) -> Plane:
    left, top, coverage = shape
    page = np.zeros((size, size), np.uint8)
    page[top : top + coverage.shape[0], left : left + coverage.shape[1]] = coverage
    return page


def disc(radius: float, size: int = 201) -> Plane:
    y, x = np.indices((size, size)) - size // 2
    return np.where(np.hypot(x, y) <= radius, 255, 0).astype(np.uint8)


def test_an_outline_covers_the_pixels_inside() -> None:
    page = on_page(polygon([(10, 20), (50, 20), (50, 60), (10, 60)]))
    assert (page[21:59, 11:49] == 255).all()
    assert not page[:19].any()
    assert not page[:, 52:].any()
    assert 1600 <= page.sum() / 255 <= 1600 + 0.7 * 160, "OpenCV adds half a pixel all around"


def test_a_slanted_outline_has_smooth_edges_and_the_right_area() -> None:
    page = on_page(polygon([(10, 10), (80, 30.5), (30, 90)]))
    area = 0.5 * abs(70 * 80 - 20 * 20.5)
    assert area <= page.sum() / 255 <= area + 0.7 * (73 + 78 + 83)
    assert len(np.unique(page)) > 20


def test_a_rectangle_has_sharp_edges_from_corner_to_corner() -> None:
    for start, end in (((10.2, 20.4), (29.6, 50)), ((29.6, 20.4), (10.2, 50))):
        page = on_page(rectangle(start, end))
        assert (page[20:50, 10:30] == 255).all()
        assert page.sum() == 255 * 30 * 20
    assert rectangle((5, 5), (5.2, 40))[2].size == 0


@pytest.mark.parametrize("dtype", ["uint8", "uint16", "float32"])
@pytest.mark.parametrize("channels", [1, 3])
def test_the_wand_takes_what_is_connected_and_alike(dtype: str, channels: int) -> None:
    unit = {"uint8": 1.0, "uint16": 257.0, "float32": 1 / 255}[dtype]
    gray = np.full((60, 80), 50.0)
    gray[10:30, 10:40] = 200
    gray[40:50, 60:70] = 200  # alike, but elsewhere
    gray += np.random.default_rng(0).normal(0, 4, gray.shape)
    pixels = np.repeat((gray * unit).astype(dtype)[..., None], channels, 2)
    area = similar_area(pixels, 20, 20, tolerance=30)
    expected = np.zeros((60, 80), bool)
    expected[10:30, 10:40] = True
    np.testing.assert_array_equal(area > 127, expected)
    assert similar_area(pixels, 20, 20, tolerance=255).all()
    assert 0 < similar_area(pixels, 0, 59, tolerance=3).sum() / 255 < 4000


def test_the_wand_tells_colours_of_one_brightness_apart() -> None:
    pixels = np.zeros((20, 40, 3), np.uint8)
    pixels[:, :20, 0] = pixels[:, 20:, 1] = 120
    area = similar_area(pixels, 3, 3, tolerance=40)
    assert area[:, :20].all()
    assert not area[:, 20:].any()


@pytest.mark.parametrize("amount", [1, 5, 13, 40])
def test_growing_and_shrinking_move_the_edge_that_far(amount: int) -> None:
    for change, radius in ((grown, 50 + amount), (shrunk, 50 - amount)):
        changed = change(disc(50), amount, RunContext()) > 0
        rows = np.flatnonzero(changed[:, 100])
        assert (rows[0], rows[-1]) == (100 - radius, 100 + radius)
        assert changed.sum() == pytest.approx(np.pi * radius**2, rel=0.13)


def test_shrinking_stops_at_the_border_of_the_picture() -> None:
    assert (shrunk(np.full((50, 60), 255, np.uint8), 20, RunContext()) == 255).all()


def test_feathering_fades_the_edge_and_keeps_its_middle() -> None:
    soft = feathered(disc(60), 10, RunContext())
    row = soft[100].astype(int)
    assert row[100] == 255
    assert row[160] == pytest.approx(127, abs=15)
    assert row[175] < 5
    assert (np.diff(row[100:]) <= 0).all()


def test_inverting_twice_gives_the_same() -> None:
    mask = feathered(disc(30), 4, RunContext())
    assert inverted(mask)[0, 0] == 255
    np.testing.assert_array_equal(inverted(inverted(mask)), mask)


def test_a_change_that_is_no_longer_wanted_stops() -> None:
    ctx = RunContext()
    ctx.cancel()
    for change in (grown, shrunk, feathered):
        with pytest.raises(Canceled):
            change(disc(30), 5, ctx)
