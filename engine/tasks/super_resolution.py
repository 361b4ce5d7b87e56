"""Super-resolution: any size up to four times the sides."""

from __future__ import annotations

import math
from dataclasses import replace

import torch
from torch import Tensor

from engine.tasks.base import Level, LevelRange, Task, level_plane
from engine.tensors import enlarge, shrink

FACTORS = (2, 3, 4)
"""What the net is trained for."""

_SHARES = (0.5, 0.3, 0.2)
"""How often each factor is learned from: the smallest leaves the most detail to be gained by a well-trained net."""


class SuperResolution(Task):
    """Enlarges; the level is the factor. The net sees the bicubic enlargement.

    The net knows whole factors. Other sizes are made by the next larger one and shrunk.
    """

    name = "super_resolution"
    levels = LevelRange("factor", 1, 4, 2, standard=FACTORS)
    patch_multiple_px = 12
    metric_channels = "y"

    def sample_level(self, shape: tuple[int, int], rng: torch.Generator) -> Level:
        return Level(FACTORS[int(torch.multinomial(torch.tensor(_SHARES), 1, generator=rng))])

    def degrade(self, clean: Tensor, level: Level, rng: torch.Generator) -> Tensor:
        """Shrink by the factor: antialiased bicubic, MATLAB-compatible, not rounded.

        Factors are whole ones here. Sides that are no multiples of the factor are cropped first, as the tables do.
        """
        factor = self.scale(level)
        height, width = (length // factor * factor for length in clean.shape[-2:])
        return shrink(clean[..., :height, :width], factor)

    def network_input(self, degraded: Tensor, level: Level) -> Tensor:
        enlarged = enlarge(degraded, self.scale(level))
        return torch.cat([enlarged, level_plane(self.scale(level) / self.levels.maximum, enlarged)])

    def scale(self, level: Level) -> int:
        return max(FACTORS[0], math.ceil(level.value))

    def output_size(self, level: Level, height: int, width: int) -> tuple[int, int]:
        return max(1, round(height * level.value)), max(1, round(width * level.value))

    def network_level(self, level: Level) -> Level:
        return replace(level, value=self.scale(level))

    def reach_px(self, level: Level) -> int:
        return 3 * self.scale(level)  # the bicubic kernel spans two input pixels to each side
