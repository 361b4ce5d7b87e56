"""Super-resolution: two, three or four times the size."""

from __future__ import annotations

import torch
from torch import Tensor

from engine.tasks.base import Level, LevelRange, Task, integer, level_plane
from engine.tensors import enlarge, shrink


class SuperResolution(Task):
    """Enlarges; the level is the factor. The net sees the bicubic enlargement."""

    name = "super_resolution"
    levels = LevelRange("factor", 2, 4, 2, choices=(2, 3, 4), standard=(2, 3, 4))
    patch_multiple_px = 12
    metric_channels = "y"

    def sample_level(self, shape: tuple[int, int], rng: torch.Generator) -> Level:
        return Level(integer(2, 5, rng))

    def degrade(self, clean: Tensor, level: Level, rng: torch.Generator) -> Tensor:
        """Shrink by the factor: antialiased bicubic, MATLAB-compatible, not rounded.

        Sides that are no multiples of the factor are cropped first, as the tables do.
        """
        factor = self.scale(level)
        height, width = (length // factor * factor for length in clean.shape[-2:])
        return shrink(clean[..., :height, :width], factor)

    def network_input(self, degraded: Tensor, level: Level) -> Tensor:
        enlarged = enlarge(degraded, self.scale(level))
        return torch.cat([enlarged, level_plane(level.value / self.levels.maximum, enlarged)])

    def scale(self, level: Level) -> int:
        return int(level.value)

    def reach_px(self, level: Level) -> int:
        return 3 * self.scale(level)  # the bicubic kernel spans two input pixels to each side
