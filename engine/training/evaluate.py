"""Scores on a test set, by the protocol of the literature's tables."""

from __future__ import annotations

import math
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from torch import Tensor

from engine.errors import LevelError
from engine.image_io import Image, read_image
from engine.metrics import psnr, ssim
from engine.restore import Restorer
from engine.run_context import RunContext
from engine.tasks import Level
from engine.tasks.base import MetricChannels
from engine.tensors import luma, to_pixels, to_tensor

_UINT8, _FLOAT32 = np.dtype(np.uint8), np.dtype(np.float32)


@dataclass(frozen=True, slots=True)
class Score:
    """One picture at one level.

    Attributes:
        picture: its file name.
        level: in the task's unit.
        psnr_in, psnr_out: in dB, of the degraded and of the restored picture; the former
            is not a number where the two differ in size.
        ssim_out: of the restored picture.
        seconds, megapixels: time in the Restorer, and size of its result.
    """

    picture: str
    level: float
    psnr_in: float
    psnr_out: float
    ssim_out: float
    seconds: float
    megapixels: float


def evaluate(
    restorer: Restorer,
    pictures: Sequence[Path],
    level: Level,
    ctx: RunContext,
    *,
    channels: MetricChannels | None = None,
) -> Iterator[Score]:
    """Degrade, restore and compare each picture.

    Damage is drawn from the picture's place in the sequence, stays float and is not clipped; results
    are rounded to 8 bits; a border as wide as the factor is cropped after enlarging.

    Args:
        level: its mask is ignored: inpainting draws one for each picture.
        channels: the task's own when None.
    Raises: ImageReadError, LevelError, and what `Restorer.restore` raises.
    """
    task = restorer.task
    channels = channels or task.metric_channels
    if not task.needs_mask:
        task.check_level(level)
    if task.network_level(level) != level:
        raise LevelError(task.name, f"a {task.levels.unit} of {level.value:g} cannot be compared, take a whole one")
    for number, path in enumerate(pictures):
        rng = torch.Generator().manual_seed(number)
        ctx.report(number, len(pictures), unit="picture")
        clean = _read_clean(path, channels, task.scale(level))
        if task.needs_mask:
            level = task.sample_level((clean.shape[1], clean.shape[2]), rng)
        degraded = task.degrade(clean, level, rng)
        started = time.perf_counter()
        result = restorer.restore(Image(to_pixels(degraded, _FLOAT32)), level, ctx.without_progress()).pixels
        seconds = time.perf_counter() - started
        restored = _rounded(to_tensor(result))
        border = task.scale(level) if task.scale(level) > 1 else 0
        pair = [_compared(picture, channels, border) for picture in (restored, clean)]
        is_same_size = degraded.shape == clean.shape
        psnr_in = psnr(_compared(_rounded(degraded), channels, border), pair[1]) if is_same_size else math.nan
        megapixels = restored.shape[1] * restored.shape[2] / 1e6
        yield Score(path.name, level.value, psnr_in, psnr(*pair), ssim(*pair), seconds, megapixels)


def _read_clean(path: Path, channels: MetricChannels, multiple: int) -> Tensor:
    picture = to_tensor(read_image(path).pixels)
    if channels == "gray":
        picture = _rounded(luma(picture))
    height, width = (length // multiple * multiple for length in picture.shape[1:])
    return picture[:, :height, :width]


def _rounded(picture: Tensor) -> Tensor:
    return to_tensor(to_pixels(picture, _UINT8))


def _compared(picture: Tensor, channels: MetricChannels, border: int) -> Tensor:
    height, width = picture.shape[1:]
    inner = picture[:, border : height - border, border : width - border]
    return _rounded(luma(inner)) if channels == "y" else inner
