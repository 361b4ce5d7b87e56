"""Tiles do not show: where two meet there is no step that the picture does not have."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from itertools import product

import numpy as np
import pytest
import torch
from numpy.typing import NDArray

from engine.image_io import Image
from engine.order import Order, Patchwork
from engine.restore import RestoreOptions, Restorer
from engine.run_context import RunContext
from engine.tasks import TASKS, Level, Task
from engine.tiling import Tile
from tests.engine.conftest import EXACT, level_for, tiny_net

LIMIT = 1 / 255
Samples = NDArray[np.float32]

by_task = pytest.mark.parametrize("task", TASKS, ids=lambda task: task.name)


def flat(height: int, width: int) -> Samples:
    return np.full((height, width, 3), (0.5, 0.5, 0.5), np.float32)


def gradient(height: int, width: int) -> Samples:
    """Rises by a fifth of an 8-bit step with each pixel."""
    rows, columns = np.mgrid[:height, :width]
    return np.repeat((0.1 + (rows + columns) * LIMIT / 5)[..., None] % 0.9, 3, 2).astype(np.float32)


def sky(height: int, width: int) -> Samples:
    """Blue, brighter below and about a corner."""
    rows, columns = np.mgrid[:height, :width]
    glow = 0.1 * np.exp(-((rows / 150) ** 2 + ((columns - width) / 200) ** 2))
    fall = 0.15 * rows / max(height, 100)
    return np.stack([0.3 + fall + glow, 0.5 + fall + glow, 0.8 + fall / 2 + glow / 2], 2).astype(np.float32)


def restored(restorer: Restorer, pixels: Samples) -> tuple[Samples, list[Tile]]:
    """The result and its tiles."""
    image, tiles = Image(pixels), list[Tile]()
    order = Order((slice(0, 0), slice(0, 0)), on_start=_nothing, on_tile=tiles.append)
    result = restorer.restore(image, _level(restorer.task, image), RunContext(), order=order)
    return np.asarray(result.pixels, np.float32), tiles


def _nothing(_: Patchwork) -> None:
    """Do not care."""


def _level(task: Task, image: Image) -> Level:
    if not task.needs_mask:
        return level_for(task, image)
    rows, columns = np.mgrid[: image.height, : image.width]
    return Level(0, mask=torch.from_numpy((rows - columns // 2) % 40 < 3)[None])  # scratches, across all tiles


def largest_step(result: Samples, tiles: Iterable[Tile]) -> float:
    """The largest step across a border of two tiles."""
    columns, rows = ({starts(tile).start for tile in tiles} - {0} for starts in (_columns, _rows))
    across = [np.abs(result[:, at] - result[:, at - 1]).max() for at in columns]
    down = [np.abs(result[at] - result[at - 1]).max() for at in rows]
    return float(max([*across, *down]))


def _columns(tile: Tile) -> slice:
    return tile.columns


def _rows(tile: Tile) -> slice:
    return tile.rows


@by_task
def test_no_step_at_a_border_that_the_whole_does_not_have(task: Task) -> None:
    pixels = sky(71, 139)
    tiled, tiles = restored(Restorer(tiny_net(task), task, replace(EXACT, tile_px=64)), pixels)
    whole, _ = restored(Restorer(tiny_net(task), task, replace(EXACT, tile_px=1024)), pixels)
    assert len(tiles) >= 6
    assert largest_step(tiled - whole, tiles) < LIMIT / 100


def test_a_step_is_found() -> None:
    tiles = [Tile(slice(0, 8), part, slice(0, 8), part) for part in (slice(0, 6), slice(6, 12))]
    picture = flat(8, 12)
    assert largest_step(picture, tiles) == 0
    picture[3, 6:] += LIMIT
    assert largest_step(picture, tiles) == pytest.approx(LIMIT, rel=1e-3)


@pytest.mark.slow
@pytest.mark.parametrize("task", TASKS, ids=lambda task: task.name)
@pytest.mark.parametrize(
    ("precision", "tile_px", "make"),
    [
        *product(["float32"], [64, 100, 128, 256, 512, 1024], [flat, gradient, sky]),
        # Minutes each, with larger tiles, on a processor that has no such format.
        *[("bfloat16", 64, flat), ("bfloat16", 100, gradient), ("bfloat16", 128, sky)],
    ],
)
def test_no_shipped_net_shows_its_tiles(
    task: Task, precision: str, tile_px: int, make: Callable[[int, int], Samples]
) -> None:
    tiled, whole = (Restorer.for_task(task, RestoreOptions("cpu", precision, side_px)) for side_px in (tile_px, 2048))
    scale = task.scale(level_for(task, Image(flat(45, 45))))
    length = (tile_px + 27) // scale + 1
    for height, width in ((45, length), (length, 45)):
        pixels = make(height, width)
        result, tiles = restored(tiled, pixels)
        assert len(tiles) > 1
        # The net's own texture may be as high as that, so what counts is what it does not make of the whole.
        assert largest_step(result - restored(whole, pixels)[0], tiles) < LIMIT / 4
