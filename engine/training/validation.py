"""Held-out pictures: what a run is judged on while it trains, and afterwards."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from statistics import fmean

import numpy as np
import torch
from torch import Tensor

from engine.errors import ImageReadError, TrainingError
from engine.image_io import Image
from engine.metrics import psnr
from engine.model import REDNet
from engine.restore import RestoreOptions, Restorer
from engine.run_context import RunContext
from engine.tasks import Level, Task
from engine.tensors import Pixels, rounded, to_pixels, to_tensor
from engine.training.shelf import Read, Specimen, read_clean

PAIRS = "pairs"
"""What stands for the level where pairs are judged."""

_CROP_PX = 240
_PICTURES = 8
_MULTIPLE_PX = 12
_FLOAT32 = np.dtype(np.float32)
_BEST_DB = 60.0


@dataclass(frozen=True, slots=True)
class Crop:
    """The middle of a held-out picture.

    Attributes:
        clean: (3, H, W) float32, sides multiples of 12.
        damaged: the same place in the damaged picture of a pair; None to damage the clean one.
        told: what a net may be told of a pair's damage.
    """

    clean: Tensor
    damaged: Tensor | None = None
    told: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class Trial:
    """A damaged picture, to be restored.

    Attributes:
        clean: (3, H, W) what it should become.
        damaged: (3, H / scale, W / scale).
        level: what the net is told.
    """

    clean: Tensor
    damaged: Image
    level: Level

    def restored(self, restorer: Restorer, ctx: RunContext) -> Tensor:
        """(3, H, W), rounded to 8 bits."""
        result = restorer.restore(self.damaged, self.level, ctx)
        return rounded(to_tensor(result.pixels))

    def score(self, restorer: Restorer, ctx: RunContext) -> float:
        """PSNR of the restored picture in dB, at most 60: one that comes back exactly must not decide a mean."""
        return min(psnr(self.restored(restorer, ctx), self.clean), _BEST_DB)


@dataclass(frozen=True, slots=True)
class HeldOut:
    """The middle of some pictures that are never trained on.

    Attributes:
        crops: they.
        levels: where pictures are judged; empty for the task's standard ones, or for pairs.
    """

    crops: tuple[Crop, ...]
    levels: tuple[float, ...] = ()

    @classmethod
    def read(
        cls,
        folder: Path,
        pictures: Sequence[Path],
        *,
        count: int = _PICTURES,
        side_px: int = _CROP_PX,
        levels: tuple[float, ...] = (),
        read: Read = read_clean,
    ) -> HeldOut:
        """Read up to `count` of the pictures, evenly spread. Raises: TrainingError: none is usable."""
        crops = []
        for path in pictures[:: max(1, len(pictures) // count)][:count]:
            try:
                crop = _middle(read(path), side_px)  # no name for the whole, so that no two are in memory at a time
            except (ImageReadError, TrainingError):
                continue
            if crop.clean.numel():
                crops.append(crop)
        if not crops:
            raise TrainingError(folder, "none of the pictures kept for judging is readable")
        return cls(tuple(crops), levels)

    def scores(self, net: REDNet, task: Task, ctx: RunContext, options: RestoreOptions) -> dict[str, float]:
        """Mean PSNR in dB of 8-bit results, by level; the same damage on every call."""
        restorer = Restorer(net, task, options)
        by_level = self.scores_by_picture(restorer, ctx)
        return {level: round(fmean(scores), 4) for level, scores in by_level.items()}

    def scores_by_picture(self, restorer: Restorer, ctx: RunContext, *, told: int = 0) -> dict[str, list[float]]:
        """PSNR of every picture, by level.

        Args:
            told: of pairs: which of `Crop.told` the net is told.
        """
        return {
            name: [
                self.trial(number, name, restorer.task, told).score(restorer, ctx) for number in range(len(self.crops))
            ]
            for name in self.names(restorer.task)
        }

    def names(self, task: Task) -> list[str]:
        """The levels that are judged, as keys of the scores."""
        if self.crops[0].damaged is not None:
            return [PAIRS]
        return [f"{value:g}" for value in self.levels or task.levels.standard]

    def trial(self, number: int, name: str, task: Task, told: int = 0) -> Trial:
        """One of the crops, damaged; always in the same way."""
        crop = self.crops[number]
        if crop.damaged is not None:
            level = Level(crop.told[min(told, len(crop.told) - 1)])
            return Trial(crop.clean, Image(to_pixels(crop.damaged, _FLOAT32)), level)
        rng = torch.Generator().manual_seed(number)
        drawn = task.sample_level((crop.clean.shape[1], crop.clean.shape[2]), rng)
        level = replace(drawn, value=float(name))
        is_large = min(crop.clean.shape[1:]) > 4 * task.context_px  # a kernel fits into what is left
        clean, damaged = (
            task.inside(picture) if is_large else picture
            for picture in (crop.clean, task.degrade(crop.clean, level, rng))
        )
        return Trial(clean, Image(to_pixels(damaged, _FLOAT32)), level)


def _middle(specimen: Specimen, side_px: int) -> Crop:
    rows, columns = (_middle_of(length, side_px) for length in specimen.clean.shape[:2])
    part = specimen.part(rows, columns)
    damaged = None if part.damaged is None else _colored(part.damaged)
    return Crop(_colored(part.clean), damaged, part.levels)


def _middle_of(length: int, side_px: int) -> slice:
    taken = min(length, side_px) // _MULTIPLE_PX * _MULTIPLE_PX
    start = (length - taken) // 2
    return slice(start, start + taken)


def _colored(pixels: Pixels) -> Tensor:
    return to_tensor(np.broadcast_to(pixels, (*pixels.shape[:2], 3)))
