"""The one way to run a network: preview, export, command line and evaluation all call it."""

from __future__ import annotations

import logging
import math
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from engine.checkpoint import load_model
from engine.device import choose_device, choose_precision, is_out_of_memory, release_memory
from engine.errors import CheckpointError, DeviceMemoryError, LevelError
from engine.image_io import Image
from engine.model import REDNet
from engine.run_context import RunContext
from engine.tasks import Level, Task
from engine.tensors import enlarge, pad_to_multiple, to_pixels, to_tensor, with_channels
from engine.tiling import Grid, Tile
from engine.zoo import load_shipped

log = logging.getLogger(__name__)

DEFAULT_TILE_PX = 1024
SMALLEST_TILE_PX = 64


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


class Restorer:
    """A network ready to restore pictures of one task.

    Attributes:
        task: what it restores.
        device, precision: where and in which number format it runs.
    """

    def __init__(self, net: REDNet, task: Task, options: RestoreOptions = RestoreOptions()) -> None:
        """Take over `net`: it is moved to the device and converted. Raises: DeviceError."""
        self.task = task
        self.device = choose_device(options.device)
        self.precision = choose_precision(self.device, options.precision)
        self._options = options
        self._net = net.requires_grad_(False).eval().to(self.precision.dtype)
        self._move_to(self.device)

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

    def restore(self, image: Image, level: Level, ctx: RunContext) -> Image:
        """Restore a picture, tile by tile.

        Returns: a picture of the same sample type and metadata, `scale` times as large;
            integer samples are rounded, floats are neither clipped nor rounded.
        Raises: LevelError, Canceled, DeviceMemoryError (in main memory, at the smallest tile).
        """
        self.task.check_level(level)
        if level.mask is not None and level.mask.shape[1:] != image.pixels.shape[:2]:
            raise LevelError(
                self.task.name, f"the mask must be {image.width} x {image.height} pixels, like the picture"
            )
        with torch.inference_mode():
            try:
                pixels = self._restore_pixels(image.pixels, level, ctx)
            finally:
                release_memory(self.device)
            alpha = None if image.alpha is None else self._enlarge_alpha(image.alpha, level)
        return replace(image, pixels=pixels, alpha=alpha)

    def _restore_pixels(self, pixels: NDArray[Any], level: Level, ctx: RunContext) -> NDArray[Any]:
        scale = self.task.scale(level)
        height, width, channels = pixels.shape[0] * scale, pixels.shape[1] * scale, pixels.shape[2]
        config = self._net.config
        halo = config.radius_px + self.task.reach_px(level)
        grid = Grid(height, width, halo, math.lcm(config.alignment_px, scale, self.task.alignment_px))
        tile_px = self._options.tile_px or DEFAULT_TILE_PX
        source = _Source(pixels, level, self.task, self._net.config.image_channels)
        result = np.empty((height, width, channels), pixels.dtype)
        done, pending = 0, grid.tiles(tile_px)
        while pending:
            meter = _Meter(ctx, done, done + len(pending), self._layers)
            tile = pending[0]
            try:
                part = self._restore_tile(source, tile, meter)
            except (RuntimeError, MemoryError) as error:
                if not is_out_of_memory(error):
                    raise
                tile_px = self._smaller(tile_px, tile, ctx)
                pending = [part for tile in pending for part in grid.split(tile, tile_px)]
                continue
            result[tile.rows, tile.columns] = to_pixels(part, pixels.dtype)
            done += 1
            pending.pop(0)
        return result

    @property
    def _layers(self) -> int:
        return self._net.config.depth * (8 if self._options.has_ensemble else 1)

    def _smaller(self, tile_px: int, tile: Tile, ctx: RunContext) -> int:
        """The tile size to go on with after running out of memory."""
        release_memory(self.device)
        side_px = max(tile.rows.stop - tile.rows.start, tile.columns.stop - tile.columns.start)
        smaller_px: int = max(SMALLEST_TILE_PX, min(tile_px, side_px) // 2)
        if smaller_px < tile_px:
            ctx.notify(f"Not enough memory on {self.device.type}: going on with tiles of {smaller_px} pixels.")
            return smaller_px
        if self.device.type != "cpu":
            ctx.notify(f"Not enough memory on {self.device.type}: going on with the processor, which is slower.")
            self._move_to(torch.device("cpu"))
            return tile_px
        window = (tile.halo_rows.stop - tile.halo_rows.start) * (tile.halo_columns.stop - tile.halo_columns.start)
        config = self._net.config
        live = config.half // 2 + 3  # skips, and a layer's input and output
        features = window // (config.stride * config.stride) * config.width
        raise DeviceMemoryError(features * live * self.precision.dtype.itemsize)

    def _move_to(self, device: torch.device) -> None:
        self.device = device
        self._net.to(device=device, memory_format=torch.channels_last)  # type: ignore[call-overload]  # torch's stub lacks it

    def _restore_tile(self, source: _Source, tile: Tile, meter: _Meter) -> Tensor:
        """The restored part of one tile: (C, H, W) float32 on the CPU."""
        degraded, level = source.part(tile)
        restored = torch.cat([self._run(seen, meter) for seen in source.network_inputs(tile)])
        merged = self.task.merge(degraded, with_channels(restored, degraded.shape[0]), level)
        inner_rows, inner_columns = tile.inner
        return merged[:, inner_rows, inner_columns]

    def _run(self, network_input: Tensor, meter: _Meter) -> Tensor:
        """(C + planes, H, W) through the net to (C, H, W), on the CPU."""
        if not self._options.has_ensemble:
            return self._run_once(network_input, meter)
        total = torch.zeros(())
        for turns in range(4):
            for is_flipped in (False, True):
                view = torch.rot90(network_input, turns, (1, 2))
                output = self._run_once(view.flip(2) if is_flipped else view, meter)
                total = total + torch.rot90(output.flip(2) if is_flipped else output, -turns, (1, 2))
        return total / 8

    def _run_once(self, network_input: Tensor, meter: _Meter) -> Tensor:
        height, width = network_input.shape[1:]
        config = self._net.config
        padded = pad_to_multiple(network_input, config.alignment_px)[None].to(self.device)
        padded = padded.contiguous(memory_format=torch.channels_last)
        residual = self._net.residual(padded, meter.step)
        return (padded[0, : config.image_channels] + residual[0])[:, :height, :width].cpu()

    def _enlarge_alpha(self, alpha: NDArray[Any], level: Level) -> NDArray[Any]:
        scale = self.task.scale(level)
        if scale == 1:
            return alpha
        return to_pixels(enlarge(to_tensor(alpha[..., None]), scale).clamp_(0, 1), alpha.dtype)[..., 0]


class _Source:
    """The degraded picture, as the net is to see it."""

    def __init__(self, pixels: NDArray[Any], level: Level, task: Task, image_channels: int) -> None:
        self._pixels, self._level, self._task, self._image_channels = pixels, level, task, image_channels
        self._whole = self._seen(to_tensor(pixels), level) if task.needs_whole_picture else None

    def part(self, tile: Tile) -> tuple[Tensor, Level]:
        """(C, H, W) degraded picture and level in the window of a tile."""
        scale = self._task.scale(self._level)
        rows, columns = (slice(s.start // scale, s.stop // scale) for s in (tile.halo_rows, tile.halo_columns))
        return to_tensor(self._pixels[rows, columns]), self._level.window(rows, columns)

    def network_inputs(self, tile: Tile) -> list[Tensor]:
        """What the net sees of a tile: once, or once for each channel if the net is a gray one."""
        if self._whole is not None:
            return [seen[:, tile.halo_rows, tile.halo_columns] for seen in self._whole]
        return self._seen(*self.part(tile))

    def _seen(self, degraded: Tensor, level: Level) -> list[Tensor]:
        is_gray_net = self._image_channels == 1
        images = degraded[:, None] if is_gray_net else [with_channels(degraded, self._image_channels)]
        return [self._task.network_input(image, level) for image in images]


class _Meter:
    """Reports progress layer by layer, which also makes a run stop within a layer's time."""

    def __init__(self, ctx: RunContext, tiles_done: int, tiles: int, layers: int) -> None:
        self._ctx = ctx
        self._done = tiles_done * layers
        self._total = tiles * layers

    def step(self) -> None:
        self._ctx.report(min(self._done, self._total), self._total, unit="layer")
        self._done += 1


def estimate_level(image: Image, task: Task) -> float:
    """The level that a task guesses from the picture, in its unit. Raises: LevelError: it cannot guess."""
    height, width = image.pixels.shape[:2]
    rows, columns = (slice(max(0, length // 2 - 1024), length // 2 + 1024) for length in (height, width))
    return task.estimate_level(to_tensor(image.pixels[rows, columns]))
