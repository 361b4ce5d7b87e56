"""Camera noise: what high ISO leaves in photos, uneven, in blotches and stronger in color."""

from __future__ import annotations

import math

import torch
from torch import Tensor

from engine.camera_noise import Camera, take_picture
from engine.metadata import Metadata
from engine.noise_level import estimate_camera_noise
from engine.tasks.base import Level, LevelRange, Task, integer, level_plane, numpy_rng, uniform

_UNCERTAINTY = 0.3
"""Deviation of the logarithm of the strength in training: nobody knows a photo's well."""


class CameraNoise(Task):
    """Removes the noise of cameras; the level is how little light there was."""

    name = "camera_noise"
    levels = LevelRange("strength", 0, 100, 30, standard=(15, 30, 60))
    can_estimate = True

    def sample_level(self, shape: tuple[int, int], rng: torch.Generator) -> Level:
        return Level(self.levels.maximum * uniform(0, 1, rng) ** 1.3)

    def degrade(self, clean: Tensor, level: Level, rng: torch.Generator) -> Tensor:
        """Take a picture of it with an ordinary camera, as a JPEG of quality 90."""
        return _taken(clean, level.value, Camera(), rng)

    def training_input(self, clean: Tensor, level: Level, rng: torch.Generator) -> Tensor:
        """With any camera, held in any way, at about this strength."""
        strength = level.value * math.exp(_UNCERTAINTY * float(torch.randn((), generator=rng)))
        turns, flipped = integer(0, 4, rng), [2] if uniform(0, 1, rng) < 0.5 else []
        # Its mosaic too begins at any of four pixels then, as in photos that were cropped or turned.
        scene = torch.rot90(clean, turns, (1, 2)).flip(flipped)
        taken = _taken(scene, min(strength, self.levels.maximum), Camera.drawn(numpy_rng(rng)), rng)
        return torch.rot90(taken.flip(flipped), -turns, (1, 2)).contiguous()

    def network_input(self, degraded: Tensor, level: Level) -> Tensor:
        return torch.cat([degraded, level_plane(level.value / self.levels.maximum, degraded)])

    def estimate_level(self, degraded: Tensor, metadata: Metadata) -> float:
        """See `estimate_camera_noise`."""
        return min(estimate_camera_noise(degraded), self.levels.maximum)


def _taken(clean: Tensor, strength: float, camera: Camera, rng: torch.Generator) -> Tensor:
    picture = clean.permute(1, 2, 0).contiguous().numpy()
    taken = take_picture(picture, strength, camera, numpy_rng(rng))
    return torch.from_numpy(taken.copy()).permute(2, 0, 1).contiguous()
