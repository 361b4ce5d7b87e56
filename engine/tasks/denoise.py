"""Denoising: white Gaussian noise of any strength."""

from __future__ import annotations

import torch
from torch import Tensor

from engine.metadata import Metadata
from engine.noise_level import estimate_sigma
from engine.tasks.base import Level, LevelRange, Task, gaussian_noise, level_plane, uniform
from engine.tensors import rounded

CLIPPED_SHARE = 0.2
"""Part of the training patches that are clipped and rounded like the 8-bit files of users."""


class Denoise(Task):
    """Removes white Gaussian noise; the level is its sigma in 8-bit units."""

    name = "denoise"
    levels = LevelRange("sigma", 0, 75, 25, standard=(15, 25, 50))
    can_estimate = True

    def sample_level(self, shape: tuple[int, int], rng: torch.Generator) -> Level:
        # Photos are seldom as noisy as the end of the range.
        return Level(self.levels.maximum * uniform(0, 1, rng) ** 1.5)

    def degrade(self, clean: Tensor, level: Level, rng: torch.Generator) -> Tensor:
        """Add white Gaussian noise; float, neither clipped nor rounded."""
        return clean + gaussian_noise(clean, level.value, rng)

    def training_input(self, clean: Tensor, level: Level, rng: torch.Generator) -> Tensor:
        """As `degrade`; a share of the patches is clipped and rounded to 8 bits."""
        noisy = self.degrade(clean, level, rng)
        if uniform(0, 1, rng) < CLIPPED_SHARE:
            noisy = rounded(noisy)
        return noisy

    def network_input(self, degraded: Tensor, level: Level) -> Tensor:
        return torch.cat([degraded, level_plane(level.value / self.levels.maximum, degraded)])

    def estimate_level(self, degraded: Tensor, metadata: Metadata) -> float:
        """Sigma in 8-bit units; see `estimate_sigma`."""
        return min(estimate_sigma(degraded), self.levels.maximum)
