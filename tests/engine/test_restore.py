from __future__ import annotations

import threading
import time
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch
from numpy.typing import NDArray

from engine.errors import (
    Canceled,
    CheckpointError,
    DeviceError,
    KernelError,
    LevelError,
)
from engine.image_io import Image
from engine.level_estimate import estimate_level
from engine.metadata import Metadata
from engine.order import Order, Patchwork
from engine.restore import RestoreOptions, Restorer
from engine.run_context import Progress, RunContext
from engine.tasks import TASKS, Level, Task, task_named
from engine.tensors import resize_pixels, to_pixels, to_tensor
from engine.tiling import Tile
from tests.engine.conftest import EXACT, as_float, level_for, save_tiny, tiny_net

by_task = pytest.mark.parametrize("task", TASKS, ids=lambda task: task.name)


@by_task
@pytest.mark.parametrize("stride", [1, 2])
@pytest.mark.parametrize("has_ensemble", [False, True])
@pytest.mark.parametrize("size", [(131, 137), (37, 31)])
def test_tiled_equals_whole(
    task: Task, stride: int, has_ensemble: bool, size: tuple[int, int], photo: NDArray[np.uint8]
) -> None:
    if task.alignment_px > 1:  # its halo is wide: the picture must be much larger than a window
        size = (size[0], 4 * size[1])
    image = as_float(Image(np.tile(photo, (1, 2, 1))[: size[0], : size[1]]))
    level = level_for(task, image)
    options = replace(EXACT, has_ensemble=has_ensemble)
    whole = Restorer(tiny_net(task, stride=stride), task, options).restore(image, level, RunContext())
    tiled_options = replace(options, tile_px=64)
    tiled = Restorer(tiny_net(task, stride=stride), task, tiled_options).restore(image, level, RunContext())
    assert np.abs(tiled.pixels - whole.pixels).max() < 1e-5
    assert np.abs(whole.pixels - as_float(image).pixels if task.scale(level) == 1 else 1).max() > 1e-3


@by_task
@pytest.mark.parametrize("dtype", [np.uint8, np.uint16, np.float32])
@pytest.mark.parametrize("channels", [1, 3])
@pytest.mark.parametrize("size", [(1, 1), (37, 31)])
def test_sample_type_gray_alpha_and_metadata_are_kept(
    task: Task, dtype: type[np.generic], channels: int, size: tuple[int, int]
) -> None:
    rng = np.random.default_rng(0)
    full = 1 if dtype == np.float32 else np.iinfo(dtype).max  # type: ignore[type-var]
    pixels, alpha = ((rng.random((*size, c)) * full).astype(dtype) for c in (channels, 1))
    image = Image(pixels, alpha[..., 0], Metadata(icc=b"profile"))
    level = level_for(task, image)
    restored = Restorer(tiny_net(task), task, EXACT).restore(image, level, RunContext())
    scale = task.scale(level)
    assert restored.pixels.shape == (size[0] * scale, size[1] * scale, channels)
    assert restored.pixels.dtype == dtype
    assert restored.alpha is not None
    assert restored.alpha.shape == restored.pixels.shape[:2]
    assert restored.metadata == image.metadata
    if scale == 1:
        np.testing.assert_array_equal(restored.alpha, image.alpha)


def test_integers_are_the_rounded_floats(photo: NDArray[np.uint8]) -> None:
    task = task_named("denoise")
    image = Image(photo[:60, :60])
    rounded, exact = (
        Restorer(tiny_net(task), task, EXACT).restore(picture, Level(20), RunContext())
        for picture in (image, as_float(image))
    )
    np.testing.assert_array_equal(rounded.pixels, to_pixels(to_tensor(exact.pixels), np.dtype(np.uint8)))


def test_a_gray_net_restores_each_channel(photo: NDArray[np.uint8]) -> None:
    task = task_named("denoise")
    net = tiny_net(task, image_channels=1)
    colour = Restorer(net, task, EXACT).restore(as_float(Image(photo[:40, :50])), Level(20), RunContext())
    for channel in range(3):
        gray = as_float(Image(photo[:40, :50, channel : channel + 1]))
        alone = Restorer(net, task, EXACT).restore(gray, Level(20), RunContext())
        np.testing.assert_allclose(colour.pixels[..., channel], alone.pixels[..., 0], atol=1e-6)


def test_the_ensemble_is_the_mean_over_eight_views(photo: NDArray[np.uint8]) -> None:
    task = task_named("denoise")
    image = as_float(Image(photo[:40, :52]))
    ensemble = Restorer(tiny_net(task), task, replace(EXACT, has_ensemble=True))
    single = Restorer(tiny_net(task), task, EXACT)
    total = np.zeros(image.pixels.shape)
    for turns in range(4):
        for step in (1, -1):
            view = np.ascontiguousarray(np.rot90(image.pixels, turns)[:, ::step])
            output = single.restore(Image(view), Level(20), RunContext()).pixels
            total += np.rot90(output[:, ::step], -turns)
    np.testing.assert_allclose(ensemble.restore(image, Level(20), RunContext()).pixels, total / 8, atol=1e-5)


def test_bfloat16_is_near_float32(photo: NDArray[np.uint8]) -> None:
    task = task_named("denoise")
    image = as_float(Image(photo[:60, :60]))
    coarse, exact = (
        Restorer(tiny_net(task), task, replace(EXACT, precision=precision)).restore(image, Level(20), RunContext())
        for precision in ("bfloat16", "float32")
    )
    difference = np.abs(coarse.pixels - exact.pixels)
    assert difference.max() > 0
    assert difference.mean() < 0.004


@pytest.mark.parametrize("image_channels", [1, 3])
@pytest.mark.parametrize("has_ensemble", [False, True])
def test_progress_rises_to_its_end_without_gaps(
    photo: NDArray[np.uint8], image_channels: int, has_ensemble: bool
) -> None:
    seen: list[Progress] = []
    task = task_named("denoise")
    options = replace(EXACT, tile_px=160, has_ensemble=has_ensemble)
    net = tiny_net(task, image_channels=image_channels)
    Restorer(net, task, options).restore(Image(photo), Level(20), RunContext(seen.append))
    total = 6 * 6 * (8 if has_ensemble else 1) * (3 if image_channels == 1 else 1)
    assert [(p.done, p.total) for p in seen] == [(number, total) for number in range(total)] + [(1, 1)]


def test_progress_within_large_layers_counts_them_once(
    photo: NDArray[np.uint8], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("engine.model._BAND_PX", 1000)
    seen: list[Progress] = []
    task = task_named("denoise")
    Restorer(tiny_net(task), task, replace(EXACT, tile_px=160)).restore(
        Image(photo), Level(20), RunContext(seen.append)
    )
    done = [progress.done for progress in seen[:-1]]
    assert done == sorted(done)
    assert set(done) == set(range(36))
    assert len(done) > 100


def test_canceling_stops_within_a_layer_and_leaves_the_restorer_usable(photo: NDArray[np.uint8]) -> None:
    task = task_named("denoise")
    restorer = Restorer(tiny_net(task), task, EXACT)
    ctx = RunContext(lambda progress: ctx.cancel())
    with pytest.raises(Canceled):
        restorer.restore(Image(photo), Level(20), ctx)
    restorer.restore(Image(photo[:8, :8]), Level(20), RunContext())


@pytest.mark.slow
def test_a_large_picture_is_canceled_within_half_a_second() -> None:
    task = task_named("denoise")
    restorer = Restorer.for_task(task)
    ctx = RunContext()
    canceled_at: list[float] = []

    def cancel() -> None:
        canceled_at.append(time.monotonic())
        ctx.cancel()

    timer = threading.Timer(2.0, cancel)
    timer.start()
    with pytest.raises(Canceled):
        restorer.restore(Image(np.zeros((4000, 6000, 3), np.uint8)), Level(20), ctx)
    timer.join()
    assert time.monotonic() - canceled_at[0] < 0.5


def test_a_mask_of_another_size_is_refused(photo: NDArray[np.uint8]) -> None:
    task = task_named("inpaint")
    mask = torch.ones(1, 5, 5, dtype=torch.bool)
    with pytest.raises(LevelError, match="451 x 300"):
        Restorer(tiny_net(task), task, EXACT).restore(Image(photo), Level(0, mask=mask), RunContext())


@pytest.mark.parametrize("shape", [(3, 41), (39, 3)])
def test_a_kernel_larger_than_the_picture_is_refused(photo: NDArray[np.uint8], shape: tuple[int, int]) -> None:
    task = task_named("deblur")
    kernel = torch.full(shape, 1 / (shape[0] * shape[1]))
    with pytest.raises(KernelError, match=f"{shape[1]} x {shape[0]} pixels, larger than the picture of 40 x 38"):
        Restorer(tiny_net(task), task, EXACT).restore(Image(photo[:38, :40]), Level(1, kernel), RunContext())


@by_task
def test_a_model_file_serves_its_own_task_only(task: Task, tmp_path: Path) -> None:
    path = save_tiny(tmp_path / "own.safetensors", task)
    assert Restorer.for_task(task, EXACT, model_path=path).task is task
    other = next(candidate for candidate in TASKS if candidate is not task)
    with pytest.raises(CheckpointError, match=f"trained for {task.name}"):
        Restorer.for_task(other, EXACT, model_path=path)


def test_a_device_that_is_not_there_is_refused() -> None:
    task = task_named("denoise")
    with pytest.raises(DeviceError, match="use cpu"):
        Restorer(tiny_net(task), task, RestoreOptions(device="cuda"))


def test_estimates_need_no_more_than_a_part_of_the_picture() -> None:
    noise = np.random.default_rng(0).normal(128, 20, (2500, 2500, 1))
    image = Image(noise.clip(0, 255).round().astype(np.uint8))
    assert estimate_level(image, task_named("denoise")) == pytest.approx(20, rel=0.05)


@pytest.mark.parametrize("dtype", [np.uint8, np.uint16, np.float32])
def test_a_size_between_whole_factors_is_the_next_larger_one_shrunk(
    photo: NDArray[np.uint8], dtype: type[np.generic]
) -> None:
    task = task_named("super_resolution")
    pixels = to_pixels(to_tensor(photo[:41, :67]), np.dtype(dtype))
    image = Image(pixels, np.ascontiguousarray(pixels[..., 0]))
    restored, larger = (
        Restorer(tiny_net(task), task, EXACT).restore(image, Level(level), RunContext()) for level in (2.7, 3)
    )
    assert (restored.height, restored.width) == (111, 181)
    np.testing.assert_array_equal(restored.pixels, resize_pixels(larger.pixels, (111, 181)))
    assert restored.alpha is not None
    assert restored.alpha.shape == (111, 181)
    same = Restorer(tiny_net(task), task, EXACT).restore(image, Level(1), RunContext())
    assert same.pixels.shape == image.pixels.shape


def point(row: int, column: int) -> tuple[slice, slice]:
    """A sight that is too small to be restored by itself."""
    return slice(row, row), slice(column, column)


class Watcher:
    """Remembers what a run tells, and cancels it after some tiles."""

    def __init__(self, sight: tuple[slice, slice], *, last: int | None = None) -> None:
        self.order = Order(sight, self._start, self._tile)
        self.ctx = RunContext()
        self.work: Patchwork | None = None
        self.tiles: list[Tile] = []
        self._last = last

    def _start(self, work: Patchwork) -> None:
        self.work = work

    def _tile(self, tile: Tile) -> None:
        self.tiles.append(tile)
        if len(self.tiles) == self._last:
            self.ctx.cancel()


@pytest.mark.parametrize("name", ["denoise", "super_resolution"])
def test_what_is_looked_at_is_restored_first_with_the_same_bits(name: str, photo: NDArray[np.uint8]) -> None:
    task = task_named(name)
    image, options = Image(photo[:150, :226]), replace(EXACT, tile_px=64)
    level = level_for(task, image)
    plain = Restorer(tiny_net(task), task, options).restore(image, level, RunContext())
    middle = (round(0.9 * plain.height), round(0.1 * plain.width))
    watcher = Watcher(point(*middle))
    shown = Restorer(tiny_net(task), task, options).restore(image, level, watcher.ctx, order=watcher.order)
    np.testing.assert_array_equal(shown.pixels, plain.pixels)
    first = watcher.tiles[0]
    assert first.rows.start <= middle[0] < first.rows.stop
    assert first.columns.start <= middle[1] < first.columns.stop
    assert sum((t.rows.stop - t.rows.start) * (t.columns.stop - t.columns.start) for t in watcher.tiles) == (
        plain.width * plain.height
    )


def test_a_finished_tile_is_there_when_it_is_told(photo: NDArray[np.uint8]) -> None:
    task = task_named("denoise")
    plain = Restorer(tiny_net(task), task, EXACT).restore(Image(photo), Level(20), RunContext())
    seen = list[bool]()

    def on_tile(tile: Tile) -> None:
        assert watcher.work is not None
        part = watcher.work.pixels[tile.rows, tile.columns]
        seen.append(bool(np.abs(part.astype(int) - plain.pixels[tile.rows, tile.columns]).max() <= 1))

    watcher = Watcher(point(0, 0))
    order = replace(watcher.order, on_tile=on_tile)
    Restorer(tiny_net(task), task, replace(EXACT, tile_px=64)).restore(
        Image(photo), Level(20), RunContext(), order=order
    )
    assert len(seen) > 10
    assert all(seen)


def test_a_canceled_run_is_gone_on_with(photo: NDArray[np.uint8]) -> None:
    task, options = task_named("denoise"), replace(EXACT, tile_px=64)
    restorer = Restorer(tiny_net(task), task, options)
    plain = restorer.restore(Image(photo), Level(20), RunContext())
    first, second = Watcher(point(150, 200), last=7), Watcher(point(0, 0))
    with pytest.raises(Canceled):
        restorer.restore(Image(photo), Level(20), first.ctx, order=first.order)
    assert first.work is not None
    assert len(first.work.done) == 7
    counted = list[Progress]()
    ctx = RunContext(counted.append)
    done = restorer.restore(Image(photo), Level(20), ctx, begun=first.work, order=second.order)
    np.testing.assert_array_equal(done.pixels, plain.pixels)
    assert second.tiles[:7] == first.tiles, "what is there already is told at once"
    assert len(second.tiles) == len(set(map(repr, second.tiles)))
    assert counted[0].done > 0, "progress goes on from there"


@pytest.mark.parametrize("dtype", [np.uint8, np.uint16])
def test_filling_a_hole_leaves_all_other_pixels_alone(dtype: type, photo: NDArray[np.uint8]) -> None:
    task = task_named("inpaint")
    image = Image(photo.astype(dtype) * np.array(257 if dtype is np.uint16 else 1, dtype))
    mask = torch.zeros(1, image.height, image.width, dtype=torch.bool)
    mask[:, 40:52, 300:340] = True
    restorer = Restorer(tiny_net(task), task, replace(EXACT, tile_px=64))
    layers = list[Progress]()
    filled = restorer.restore(image, Level(0, mask=mask), RunContext(layers.append)).pixels
    hole = mask[0].numpy()
    np.testing.assert_array_equal(filled[~hole], image.pixels[~hole])
    assert (filled[hole] != image.pixels[hole]).any()
    assert len(layers) < 5 * 6, "the net runs only where there is a hole"
