"""Denoising: white Gaussian noise of any strength."""

from __future__ import annotations

import torch
from torch import Tensor

from engine.tasks.base import Level, LevelRange, Task, gaussian_noise, level_plane, uniform
from engine.tensors import with_channels

CLIPPED_SHARE = 0.2
"""Part of the training patches that are clipped and rounded like the 8-bit files of users."""

_PATCH = 8
_MAX_PATCHES = 60_000


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
            noisy = noisy.mul(255).round_().clamp_(0, 255).div_(255)
        return noisy

    def network_input(self, degraded: Tensor, level: Level) -> Tensor:
        return torch.cat([degraded, level_plane(level.value / self.levels.maximum, degraded)])

    def estimate_level(self, degraded: Tensor) -> float:
        """Sigma in 8-bit units, from the smallest eigenvalues of the covariance of patches.

        Flat and textured patches span few directions; in all others only the noise is left.
        Source: Chen, Zhu, Heng, "An Efficient Statistical Method for Image Noise Level
        Estimation", ICCV 2015.
        """
        gray = with_channels(degraded, 1) if degraded.shape[0] == 1 else degraded[1:2]
        if min(gray.shape[-2:]) < 2 * _PATCH:
            return 0.0
        patches = _sample_patches(gray[0]).double()
        values = torch.linalg.eigvalsh(torch.cov(patches.T)).clamp_min(0)
        for kept in range(len(values), 0, -1):
            mean = values[:kept].mean()
            if mean <= values[:kept].median():
                break
        return min(float(mean.sqrt()) * 255, self.levels.maximum)


def _sample_patches(plane: Tensor) -> Tensor:
    """(H, W) to (N, 64): evenly spread patches, at most about `_MAX_PATCHES`."""
    rows, columns = (length - _PATCH + 1 for length in plane.shape)
    step = max(1, int((rows * columns / _MAX_PATCHES) ** 0.5))
    view = plane.unfold(0, _PATCH, step).unfold(1, _PATCH, step)
    return view.reshape(-1, _PATCH * _PATCH)
