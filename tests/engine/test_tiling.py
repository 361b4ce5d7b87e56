from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.tiling import Grid

_GRIDS = st.builds(
    Grid,
    height=st.integers(1, 300),
    width=st.integers(1, 300),
    halo_px=st.integers(0, 70),
    alignment_px=st.sampled_from([1, 2, 6, 12, 64]),
    reach_px=st.integers(0, 130),
)


@given(grid=_GRIDS, tile_px=st.integers(1, 400))
def test_tiles_cover_every_pixel_once(grid: Grid, tile_px: int) -> None:
    count = np.zeros((grid.height, grid.width), int)
    for tile in grid.tiles(tile_px):
        count[tile.rows, tile.columns] += 1
    assert (count == 1).all()


@given(grid=_GRIDS, tile_px=st.integers(4, 400))
def test_windows_are_aligned_and_reach_the_halo_or_the_border(grid: Grid, tile_px: int) -> None:
    for tile in grid.tiles(tile_px):
        for part, window, length in (
            (tile.rows, tile.halo_rows, grid.height),
            (tile.columns, tile.halo_columns, grid.width),
        ):
            assert window.start % grid.alignment_px == 0
            assert window.start <= max(0, part.start - grid.halo_px)
            assert window.stop >= min(length, part.stop + grid.halo_px)


@given(grid=_GRIDS, tile_px=st.integers(4, 400))
def test_what_is_read_for_a_tile_is_its_halo_and_the_reach_around_it(grid: Grid, tile_px: int) -> None:
    for tile in grid.tiles(tile_px):
        windows = grid.around(tile.rows, tile.columns)
        parts, halos = (tile.rows, tile.columns), (tile.halo_rows, tile.halo_columns)
        far_px = grid.halo_px + grid.reach_px
        for window, part, halo, length in zip(windows, parts, halos, (grid.height, grid.width), strict=True):
            assert window.start % grid.alignment_px == 0
            assert window.start <= max(0, part.start - far_px)
            assert window.stop >= min(length, part.stop + far_px)
            assert window.start <= halo.start < halo.stop <= window.stop


@given(grid=_GRIDS, tile_px=st.integers(1, 400), smaller=st.integers(1, 200))
def test_split_tiles_cover_what_the_tile_covered(grid: Grid, tile_px: int, smaller: int) -> None:
    for tile in grid.tiles(tile_px)[:2]:
        count = np.zeros((grid.height, grid.width), int)
        for part in grid.split(tile, smaller):
            count[part.rows, part.columns] += 1
        assert (count[tile.rows, tile.columns] == 1).all()
        assert count.sum() == count[tile.rows, tile.columns].size


@pytest.mark.parametrize(("length", "tile_px", "largest"), [(1025, 1024, 514), (1024, 1024, 1024), (6000, 1024, 1000)])
def test_tiles_are_of_about_equal_size(length: int, tile_px: int, largest: int) -> None:
    tiles = Grid(1, length, 60, 2).tiles(tile_px)
    assert max(tile.columns.stop - tile.columns.start for tile in tiles) <= largest
