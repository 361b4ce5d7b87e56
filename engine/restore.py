"""The one way to run a network: preview, export, command line and evaluation all call it."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from engine.checkpoint import load_model
from engine.device import Precision, is_out_of_memory, release_memory
from engine.errors import CheckpointError, DeviceMemoryError, KernelError, LevelError
from engine.image_io import Image
from engine.large_arrays import IN_MEMORY_BYTES, empty, release
from engine.model import REDNet
from engine.net_runner import NetRunner
from engine.order import Order, Patchwork
from engine.parts import cut, grid_of, inner, seen_by, within
from engine.run_context import RunContext
from engine.tasks import Level, Task
from engine.tensors import resize_pixels, to_pixels, to_tensor, with_channels
from engine.tile_guard import TileGuard
from engine.tiling import Grid, Part, Tile, size_of
from engine.transparency import enlarged_alpha, part_with_visible_colors, with_visible_colors
from engine.zoo import load_shipped

DEFAULT_TILE_PX = 1024
_FLOATS_PER_SAMPLE = 4  # the window, the net's input, what it gives, and what is merged
_WHOLE_FLOATS_PER_PIXEL = 20  # spectra, and the net's input, which has the picture twice


@dataclass(frozen=True, slots=True)
class RestoreOptions:
    """How to run, not what to do.

    Attributes:
        device: "auto", "cpu", "cuda" or "mps".
        precision: "auto", "float32", "bfloat16" or "float16".
        tile_px: side of a tile without its halo; None for `DEFAULT_TILE_PX`.
        has_ensemble: average over the eight flips and rotations: eight times the work.
    """

    device: str = "auto"
    precision: str = "auto"
    tile_px: int | None = None
    has_ensemble: bool = False


@dataclass(frozen=True, slots=True)
class Outlook:
    """What a restoration will take, about.

    Attributes:
        tiles: how many there are.
        memory_bytes: besides the picture and the result.
        seconds: for the net.
    """

    tiles: int
    memory_bytes: int
    seconds: float


class Restorer:
    """A network ready to restore pictures of one task.

    Attributes:
        task: what it restores.
    """

    def __init__(self, net: REDNet, task: Task, options: RestoreOptions = RestoreOptions()) -> None:
        """Take over `net`: it is moved to the device and converted. Raises: DeviceError."""
        self.task = task
        self._options = options
        self._runner = NetRunner(net, options.device, options.precision, has_ensemble=options.has_ensemble)

    @property
    def device(self) -> torch.device:
        """Where it runs; the processor from the moment on that a card had too little memory."""
        return self._runner.device

    @property
    def precision(self) -> Precision:
        """In which number format it runs."""
        return self._runner.precision

    @classmethod
    def for_task(
        cls, task: Task, options: RestoreOptions = RestoreOptions(), *, model_path: Path | None = None
    ) -> Restorer:
        """The shipped net of a task, or the one in a model file.

        Raises:
            NoModelError: nothing is shipped for the task and no file is named.
            CheckpointError: the file is missing, damaged or made for another task.
            DeviceError: there is no such device.
        """
        if model_path is None:
            return cls(load_shipped(task.name)[0], task, options)
        net, header = load_model(model_path)
        if header.task != task.name:
            raise CheckpointError(model_path, f"it was trained for {header.task}, not for {task.name}")
        return cls(net, task, options)

    def restore(
        self,
        image: Image,
        level: Level,
        ctx: RunContext,
        *,
        begun: Patchwork | None = None,
        order: Order | None = None,
        only: Part | None = None,
    ) -> Image:
        """Restore a picture, tile by tile.

        Args:
            begun: what an earlier run of this Restorer on the same picture at the same level left; it is finished.
            order: where to begin, and whom to tell; the result is the same bits without it.
            only: the part of the result that matters, for tasks that do not enlarge; the rest may hold anything.
        Returns: a picture of the same sample type and metadata, of the task's `output_size`;
            integer samples are rounded, floats are neither clipped nor rounded.
        Raises:
            Canceled: memory is kept for the run that often follows; `release_memory` gives it back.
            LevelError, KernelError, DeviceMemoryError (in main memory, at the smallest tile).
        """
        self.task.check_level(level)
        self._check_sizes(image, level)
        if self.task.scale(level) > 1:
            image = with_visible_colors(image, ctx.check_canceled)
        return self._restore_visible(image, level, ctx, begun, order, only)

    def _restore_visible(
        self,
        image: Image,
        level: Level,
        ctx: RunContext,
        begun: Patchwork | None,
        order: Order | None,
        only: Part | None,
    ) -> Image:
        """As `restore`, whatever lies behind transparent pixels."""
        if doubt := self.task.doubt(level):
            ctx.notify(doubt)
        whole_bytes = _whole_bytes(image.height, image.width) if self.task.needs_whole_picture else 0
        if whole_bytes > IN_MEMORY_BYTES:
            amount = f"{whole_bytes / 2**30:.1f} GB"
            ctx.notify(f"This task needs the whole picture in memory at once: about {amount}.")
        with torch.inference_mode():
            try:
                work = begun or self.begin(image, level)
                pixels = self._restore_pixels(image.pixels, level, ctx, work, order, only)
                size = self.task.output_size(level, image.height, image.width)
                if pixels.shape[:2] != size:
                    pixels = resize_pixels(pixels, size, ctx.check_canceled)
            except (RuntimeError, MemoryError) as error:
                self.release_memory()
                if is_out_of_memory(error):
                    raise DeviceMemoryError(4 * image.pixels.size * self.task.scale(level) ** 2) from error
                raise
            self.release_memory()
            alpha = None if image.alpha is None else enlarged_alpha(image.alpha, pixels.shape[:2], ctx.check_canceled)
        return replace(image, pixels=pixels, alpha=alpha)

    def restore_part(self, image: Image, level: Level, part: Part, ctx: RunContext) -> Image:
        """Restore a part of a picture as `restore` does the whole, without the work on the rest.

        Deblurring, which mixes all pixels, mixes those within `INVERSE_REACH_PX` here.

        Returns: the part, in the task's `output_size` for it; not at a whole factor within a pixel of its place.
        Raises: as `restore`.
        """
        self.task.check_level(level)
        self._check_sizes(image, level)
        with torch.inference_mode():
            level = self._with_fill(image.pixels, level, ctx)
        window = seen_by(self._runner.config, self.task, level, image, part)
        is_enlarged = self.task.scale(level) > 1
        seen = part_with_visible_colors(image, window) if is_enlarged else cut(image, window)
        only = None if is_enlarged else within(window, part)
        restored = self._restore_visible(seen, level.window(*window), ctx, None, None, only)
        size = self.task.output_size(level, *size_of(part))
        return inner(restored, window, part, size)

    def release_memory(self) -> None:
        """Give what no run uses back to the system, which takes moments in which no other thread gets any."""
        release_memory(self.device)

    def begin(self, image: Image, level: Level) -> Patchwork:
        """Make room for a result; no tile of it is done. Raises: DeviceMemoryError: neither memory nor disk has it."""
        scale = self.task.scale(level)
        height, width, channels = image.pixels.shape
        try:
            return Patchwork(empty((height * scale, width * scale, channels), image.pixels.dtype))
        except MemoryError as error:
            raise DeviceMemoryError(image.pixels.nbytes * scale**2) from error

    def outlook(self, level: Level, height: int, width: int, channels: int) -> Outlook:
        """What restoring a picture of that size will take. Runs the net for a moment."""
        scale, config = self.task.scale(level), self._runner.config
        grid = grid_of(config, self.task, level, height * scale, width * scale)
        tiles = grid.tiles(self._options.tile_px or DEFAULT_TILE_PX)
        windows = [size_of((tile.halo_rows, tile.halo_columns)) for tile in tiles]
        largest_read = max(math.prod(size_of(grid.around(tile.rows, tile.columns))) for tile in tiles)
        runs = channels if config.image_channels == 1 else 1
        seconds = runs * sum(map(math.prod, windows)) / self._runner.pixels_per_second()
        memory = self._runner.needed_bytes(*max(windows, key=math.prod))
        memory += _FLOATS_PER_SAMPLE * 4 * channels * largest_read
        if self.task.needs_whole_picture:
            memory += _whole_bytes(height, width)
        return Outlook(len(tiles), memory, seconds)

    def _check_sizes(self, image: Image, level: Level) -> None:
        size = f"{image.width} x {image.height} pixels"
        if level.mask is not None and level.mask.shape[1:] != image.pixels.shape[:2]:
            raise LevelError(self.task.name, f"the mask must be {size}, like the picture")
        if level.kernel is not None and (level.kernel.shape[0] > image.height or level.kernel.shape[1] > image.width):
            height, width = level.kernel.shape
            raise KernelError(f"it is {width} x {height} pixels, larger than the picture of {size}: take a smaller one")

    def _with_fill(self, pixels: NDArray[Any], level: Level, ctx: RunContext) -> Level:
        """The level with a coarser restoration to start from, if the task wants one."""
        coarser = self.task.coarser(pixels, level)
        if coarser is None:
            return level
        smaller, coarser_level = Image(to_pixels(coarser[0], np.dtype(np.float32))), coarser[1]
        work = self.begin(smaller, coarser_level)
        fill = self._restore_pixels(smaller.pixels, coarser_level, ctx.without_progress(), work, None)
        return replace(level, fill=to_tensor(fill))

    def _restore_pixels(
        self,
        pixels: NDArray[Any],
        level: Level,
        ctx: RunContext,
        work: Patchwork,
        order: Order | None,
        only: Part | None = None,
    ) -> NDArray[Any]:
        config = self._runner.config
        grid = grid_of(config, self.task, level, *work.pixels.shape[:2])
        tile_px = self._options.tile_px or DEFAULT_TILE_PX
        tiles = grid.tiles(tile_px) if only is None else grid.cover(*only, tile_px)
        pending = _arranged([tile for tile in tiles if tile not in work.done], order)
        if order is not None:
            order.tell(work)
        if not pending:  # making the net's input can be as long as a tile
            ctx.report(1, 1, unit="layer")
            return work.pixels
        level = self._with_fill(pixels, level, ctx)
        source = _Source(pixels, level, self.task, grid, config.image_channels, ctx.check_canceled)
        layers = config.depth * (8 if self._options.has_ensemble else 1) * source.inputs
        guard = TileGuard(self._runner, ctx)
        if order is not None:
            ahead = order.ahead(grid, pending, tile_px)
            self._restore_ahead(source, work, order, ahead, guard, _Meter(ctx.without_progress(), 0, 1, layers))
        while pending:
            meter = _Meter(ctx, len(work.done), len(work.done) + len(pending), layers)
            part = guard.attempt(partial(self._restore_tile, source, pending[0], meter, guard))
            if part is not None:
                _keep(work, pending.pop(0), part, order)
                release(pixels)
            elif smaller_px := guard.smaller_tile(pending[0]):
                pending = [smaller for tile in pending for smaller in grid.split(tile, smaller_px)]
            else:
                guard.fall_back_to_processor(pending[0])
                work.done.clear()
                pending = _arranged(tiles, order)
        ctx.report(1, 1, unit="layer")
        return work.pixels

    def _restore_ahead(
        self, source: _Source, work: Patchwork, order: Order, tiles: Iterator[Tile], guard: TileGuard, meter: _Meter
    ) -> None:
        """Restore what is to be shown before the tiles; without enough memory for it they come at once."""
        for tile in tiles:
            if tile in work.ahead:
                continue
            part = guard.attempt(partial(self._restore_tile, source, tile, meter, guard))
            if part is None:
                return
            work.put_ahead(tile, to_pixels(part, work.pixels.dtype))
            order.on_tile(tile)

    def _restore_tile(self, source: _Source, tile: Tile, meter: _Meter, guard: TileGuard) -> Tensor:
        """The restored part of one tile: (C, H, W) float32 on the CPU."""
        degraded, level = source.part(tile.rows, tile.columns)
        if self.task.leaves_alone(level):
            return degraded
        runs = [guard.run(seen, tile.inner, meter.step) for seen in source.network_inputs(tile)]
        return self.task.merge(degraded, with_channels(torch.cat(runs), degraded.shape[0]), level)


def _whole_bytes(height: int, width: int) -> int:
    """About what a task takes that mixes all pixels of a picture."""
    return _WHOLE_FLOATS_PER_PIXEL * 4 * height * width


def _arranged(tiles: list[Tile], order: Order | None) -> list[Tile]:
    return tiles if order is None else order.sorted(tiles)


def _keep(work: Patchwork, tile: Tile, part: Tensor, order: Order | None) -> None:
    """Note a finished tile, and tell of it."""
    work.pixels[tile.rows, tile.columns] = to_pixels(part, work.pixels.dtype)
    release(work.pixels)
    work.done.append(tile)
    if order is not None:
        order.on_tile(tile)


class _Source:
    """The degraded picture, as the net is to see it.

    Attributes:
        inputs: how often the net runs on each tile: for each channel if it is a gray net.
    """

    def __init__(
        self,
        pixels: NDArray[Any],
        level: Level,
        task: Task,
        grid: Grid,
        image_channels: int,
        check_canceled: Callable[[], None],
    ) -> None:
        self._pixels, self._level, self._task, self._grid = pixels, level, task, grid
        self._image_channels = image_channels
        whole = partial(task.whole_input, check_canceled=check_canceled)
        self._whole = self._seen(to_tensor(pixels), level, whole) if task.needs_whole_picture else None
        self.inputs = pixels.shape[2] if image_channels == 1 else 1

    def part(self, rows: slice, columns: slice) -> tuple[Tensor, Level]:
        """(C, H, W) degraded picture and level of a part of the result."""
        scale = self._task.scale(self._level)
        rows, columns = (slice(side.start // scale, -(-side.stop // scale)) for side in (rows, columns))
        return to_tensor(self._pixels[rows, columns]), self._level.window(rows, columns)

    def network_inputs(self, tile: Tile) -> list[Tensor]:
        """What the net sees of a tile: once, or once for each channel if the net is a gray one."""
        halo = (tile.halo_rows, tile.halo_columns)
        if self._whole is not None:
            return [seen[:, *halo] for seen in self._whole]
        window = self._grid.around(tile.rows, tile.columns)
        rows, columns = within(window, halo)
        return [seen[:, rows, columns] for seen in self._seen(*self.part(*window), self._task.network_input)]

    def _seen(self, degraded: Tensor, level: Level, seen: Callable[[Tensor, Level], Tensor]) -> list[Tensor]:
        if self._image_channels == 1:
            channels = enumerate(degraded[:, None])
            return [seen(image, level.channel(index)) for index, image in channels]
        return [seen(with_channels(degraded, self._image_channels), level)]


class _Meter:
    """Reports progress layer by layer, which also makes a run stop within a part of a layer's time."""

    def __init__(self, ctx: RunContext, tiles_done: int, tiles: int, layers: int) -> None:
        self._ctx = ctx
        self._begun = tiles_done * layers
        self._total = tiles * layers
        self._layer: int | None = None

    def step(self, layer: int) -> None:
        if layer != self._layer:
            self._layer = layer
            self._begun += 1
        self._ctx.report(self._begun - 1, self._total, unit="layer")
