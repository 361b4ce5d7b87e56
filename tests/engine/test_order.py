from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
import torch
from numpy.typing import NDArray
from torch import Tensor

from engine.errors import Canceled
from engine.image_io import Image
from engine.model import REDNet
from engine.order import GLIMPSE_PX, Order, Patchwork
from engine.restore import Restorer
from engine.run_context import Progress, RunContext
from engine.tasks import Level, task_named
from engine.tiling import Grid, Tile
from tests.engine.conftest import EXACT, level_for, tiny_net

DENOISE = task_named("denoise")
SIGHT = slice(110, 530), slice(205, 745)
LEVEL = Level(20)


@pytest.fixture(scope="module")
def large(photo: NDArray[np.uint8]) -> Image:
    """One whose tiles are larger than what is in sight."""
    return Image(np.tile(photo, (3, 3, 1))[:750, :1100])


class Screen:
    """Keeps what is shown, as it was when it was told; may cancel after some parts.

    Attributes:
        told: the parts in order, with their pixels.
        progress: what the context was told.
    """

    def __init__(self, sight: tuple[slice, slice] = SIGHT, *, last: int | None = None) -> None:
        self.order = Order(sight, self._start, self._show)
        self.progress = list[Progress]()
        self.ctx = RunContext(self.progress.append)
        self.told = list[tuple[Tile, NDArray[np.generic]]]()
        self.work: Patchwork | None = None
        self._last = last

    @property
    def areas(self) -> list[int]:
        return [pixels.shape[0] * pixels.shape[1] for _, pixels in self.told]

    def _start(self, work: Patchwork) -> None:
        self.work = work

    def _show(self, tile: Tile) -> None:
        assert self.work is not None
        self.told.append((tile, self.work.pixels[tile.rows, tile.columns].copy()))
        if len(self.told) == self._last:
            self.ctx.cancel()


def covers(tile: Tile, part: tuple[slice, slice]) -> bool:
    return all(a.start <= b.start and a.stop >= b.stop for a, b in zip((tile.rows, tile.columns), part, strict=True))


@pytest.mark.parametrize("name", ["denoise", "super_resolution", "deblur", "inpaint"])
def test_a_small_middle_comes_first_then_what_is_in_sight_then_the_tiles(name: str, large: Image) -> None:
    task, screen = task_named(name), Screen()
    picture = large if name != "super_resolution" else Image(large.pixels[:400, :600])
    level, options = level_for(task, picture), replace(EXACT, tile_px=768)
    plain = Restorer(tiny_net(task), task, options).restore(picture, level, RunContext())
    shown = Restorer(tiny_net(task), task, options).restore(picture, level, screen.ctx, order=screen.order)
    np.testing.assert_array_equal(shown.pixels, plain.pixels)
    (glimpse, _), (sight, _) = screen.told[:2]
    assert 0.9 * GLIMPSE_PX < screen.areas[0] < 1.25 * GLIMPSE_PX, "it starts at aligned pixels"
    middle = [(side.start + side.stop) / 2 for side in SIGHT]
    found = [(side.start + side.stop) / 2 for side in (glimpse.rows, glimpse.columns)]
    assert np.abs(np.subtract(middle, found)).max() <= 8 + task.alignment_px / 2
    assert covers(sight, SIGHT)
    assert screen.areas[1] < 1.25 * 420 * 540
    assert sum(screen.areas[2:]) == plain.width * plain.height
    for tile, pixels in screen.told:
        final = plain.pixels[tile.rows, tile.columns]
        assert np.abs(pixels.astype(int) - final).max() <= 1, "what is shown early is what comes of it"


def test_what_comes_ahead_is_no_progress(large: Image) -> None:
    screen = Screen()
    Restorer(tiny_net(DENOISE), DENOISE, EXACT).restore(large, LEVEL, screen.ctx, order=screen.order)
    shares = [progress.done / progress.total for progress in screen.progress]
    assert shares == sorted(shares)
    assert (shares[0], shares[-1]) == (0, 1)


def test_nothing_is_restored_twice_where_that_would_not_be_sooner(large: Image) -> None:
    whole = Screen((slice(0, large.height), slice(0, large.width)))
    Restorer(tiny_net(DENOISE), DENOISE, EXACT).restore(large, LEVEL, whole.ctx, order=whole.order)
    assert len(whole.told) == 1 + 2, "a small middle and the tiles"
    small = Screen((slice(0, 300), slice(0, 400)))
    picture = Image(large.pixels[:300, :400])
    Restorer(tiny_net(DENOISE), DENOISE, EXACT).restore(picture, LEVEL, small.ctx, order=small.order)
    assert small.areas == [300 * 400]


def test_a_later_run_shows_at_once_what_an_earlier_one_had_in_sight(large: Image) -> None:
    restorer = Restorer(tiny_net(DENOISE), DENOISE, EXACT)
    plain = restorer.restore(large, LEVEL, RunContext())
    first, second = Screen(last=2), Screen()
    with pytest.raises(Canceled):
        restorer.restore(large, LEVEL, first.ctx, order=first.order)
    assert first.work is not None
    assert not first.work.done
    shown = restorer.restore(large, LEVEL, second.ctx, begun=first.work, order=second.order)
    assert [tile for tile, _ in second.told[:2]] == [tile for tile, _ in first.told]
    assert sum(second.areas[2:]) == large.width * large.height, "it is not restored ahead once more"
    np.testing.assert_array_equal(shown.pixels, plain.pixels)


def test_what_comes_ahead_leaves_finished_tiles_as_they_are() -> None:
    left, right = Grid(8, 16, 2).tiles(8)
    ahead = Grid(8, 16, 2).cover(slice(2, 6), slice(4, 12), 8)[0]
    work = Patchwork(np.zeros((8, 16, 1), np.uint8), [left])
    work.put_ahead(ahead, np.full((4, 8, 1), 9, np.uint8))
    assert not work.pixels[left.rows, left.columns].any()
    assert work.pixels[right.rows, right.columns].sum() == 9 * 4 * 4
    assert work.ahead == [ahead]


def test_finished_tiles_are_not_restored_ahead(large: Image) -> None:
    restorer, first, second = Restorer(tiny_net(DENOISE), DENOISE, EXACT), Screen(last=3), Screen()
    with pytest.raises(Canceled):
        restorer.restore(large, LEVEL, first.ctx, order=first.order)
    assert first.work is not None
    assert len(first.work.done) == 1, "besides what came ahead"
    first.work.ahead.clear()
    restorer.restore(large, LEVEL, second.ctx, begun=first.work, order=replace(second.order, sight=_part_of(first)))
    assert sum(second.areas) == large.width * large.height


def _part_of(screen: Screen) -> tuple[slice, slice]:
    """The middle of the last tile that was told."""
    tile = screen.told[-1][0]
    rows, columns = (slice(side.start + 100, side.stop - 100) for side in (tile.rows, tile.columns))
    return rows, columns


def test_without_enough_memory_for_what_is_in_sight_the_tiles_come_at_once(
    large: Image, monkeypatch: pytest.MonkeyPatch
) -> None:
    net = tiny_net(DENOISE)
    plain = Restorer(tiny_net(DENOISE), DENOISE, EXACT).restore(large, LEVEL, RunContext())
    _refuse_first(net, monkeypatch)
    screen = Screen()
    shown = Restorer(net, DENOISE, EXACT).restore(large, LEVEL, screen.ctx, order=screen.order)
    assert sum(screen.areas) == large.width * large.height
    np.testing.assert_array_equal(shown.pixels, plain.pixels)


def _refuse_first(net: REDNet, monkeypatch: pytest.MonkeyPatch) -> None:
    residual, calls = net.residual, list[int]()

    def refuse(x: Tensor, *args: Any) -> Tensor:
        calls.append(1)
        if len(calls) == 1:
            raise RuntimeError("CUDA out of memory.")
        return residual(x, *args)

    monkeypatch.setattr(net, "residual", refuse)


def test_a_cancel_ends_what_comes_ahead_within_a_layer(large: Image) -> None:
    screen, net, calls = Screen(), tiny_net(DENOISE), list[int]()

    def count(*_: object) -> None:
        calls.append(len(calls))
        if len(calls) == 2:
            screen.ctx.cancel()

    for layer in (*net.encoder, *net.decoder):
        layer.register_forward_hook(count)
    with pytest.raises(Canceled):
        Restorer(net, DENOISE, EXACT).restore(large, LEVEL, screen.ctx, order=screen.order)
    assert len(calls) == 2
    assert not screen.told


def test_a_canceled_run_keeps_its_memory_for_the_one_that_follows(
    large: Image, monkeypatch: pytest.MonkeyPatch
) -> None:
    released, restorer = list[torch.device](), Restorer(tiny_net(DENOISE), DENOISE, EXACT)
    monkeypatch.setattr("engine.restore.release_memory", released.append)
    screen = Screen(last=1)
    with pytest.raises(Canceled):
        restorer.restore(large, LEVEL, screen.ctx, order=screen.order)
    assert not released
    restorer.release_memory()
    restorer.restore(large, LEVEL, RunContext())
    assert released == [restorer.device] * 2
