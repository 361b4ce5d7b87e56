"""Held-out pictures: what a run is judged on while it trains."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from torch import Tensor

from engine.errors import ImageReadError, TrainingError
from engine.image_io import Image, read_image
from engine.metrics import psnr
from engine.model import REDNet
from engine.restore import Restorer
from engine.run_context import RunContext
from engine.tasks import Level, Task
from engine.tensors import to_pixels, to_tensor

_CROP_PX = 240
_PICTURES = 8


@dataclass(frozen=True, slots=True)
class HeldOut:
    """The middle of some pictures that are never trained on.

    Attributes:
        crops: (3, H, W) float32 clean pictures, sides multiples of 12.
    """

    crops: tuple[Tensor, ...]

    @classmethod
    def read(cls, folder: Path, pictures: Sequence[Path]) -> HeldOut:
        """Read up to eight of the pictures, evenly spread. Raises: TrainingError: none is usable."""
        crops = []
        for path in pictures[:: max(1, len(pictures) // _PICTURES)][:_PICTURES]:
            try:
                pixels = read_image(path).pixels
            except ImageReadError:
                continue
            if min(pixels.shape[:2]) >= 12:
                crops.append(_middle(to_tensor(np.broadcast_to(pixels, (*pixels.shape[:2], 3)))))
        if not crops:
            raise TrainingError(folder, "none of the pictures kept for judging is readable")
        return cls(tuple(crops))

    def scores(self, net: REDNet, task: Task, ctx: RunContext) -> dict[str, float]:
        """Mean PSNR in dB of 8-bit results, by level; the same damage on every call."""
        restorer = Restorer(net, task)
        return {f"{value:g}": self._score(restorer, value, ctx) for value in task.levels.standard}

    def _score(self, restorer: Restorer, value: float, ctx: RunContext) -> float:
        total = 0.0
        for number, clean in enumerate(self.crops):
            rng = torch.Generator().manual_seed(number)
            drawn = restorer.task.sample_level((clean.shape[1], clean.shape[2]), rng)
            level = Level(value, drawn.kernel, drawn.mask)
            degraded = to_pixels(restorer.task.degrade(clean, level, rng), np.dtype(np.float32))
            restored = restorer.restore(Image(degraded), level, ctx)
            total += psnr(to_tensor(to_pixels(to_tensor(restored.pixels), np.dtype(np.uint8))), clean)
        return round(total / len(self.crops), 4)


def _middle(picture: Tensor) -> Tensor:
    height, width = (min(length, _CROP_PX) // 12 * 12 for length in picture.shape[1:])
    top, left = (picture.shape[1] - height) // 2, (picture.shape[2] - width) // 2
    return picture[:, top : top + height, left : left + width].contiguous()
