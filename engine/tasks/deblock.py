"""Deblocking: removing the traces of JPEG compression."""

from __future__ import annotations

import cv2
import numpy as np
import torch
from torch import Tensor

from engine.jpeg_traces import told_quality
from engine.metadata import Metadata
from engine.tasks.base import Level, LevelRange, Task, integer, level_plane
from engine.tensors import to_pixels, to_tensor

_SAMPLINGS = (cv2.IMWRITE_JPEG_SAMPLING_FACTOR_420, cv2.IMWRITE_JPEG_SAMPLING_FACTOR_444)


class Deblock(Task):
    """Removes JPEG artefacts; the level is the quality the file was saved with."""

    name = "deblock"
    levels = LevelRange("quality", 5, 95, 30, standard=(10, 20, 30, 40))
    metric_channels = "gray"
    can_estimate = True

    def sample_level(self, shape: tuple[int, int], rng: torch.Generator) -> Level:
        return Level(integer(5, 96, rng))

    def degrade(self, clean: Tensor, level: Level, rng: torch.Generator) -> Tensor:
        """Compress with a real JPEG encoder: gray, or colour at 4:2:0."""
        return _compress(clean, level.value, _SAMPLINGS[0])

    def training_input(self, clean: Tensor, level: Level, rng: torch.Generator) -> Tensor:
        """As `degrade`, with 4:2:0 or 4:4:4 chroma by chance."""
        return _compress(clean, level.value, _SAMPLINGS[integer(0, 2, rng)])

    def network_input(self, degraded: Tensor, level: Level) -> Tensor:
        return torch.cat([degraded, level_plane((100 - level.value) / 100, degraded)])

    def estimate_level(self, degraded: Tensor, metadata: Metadata) -> float:
        """The quality that the tables of the file or the pixels tell; the highest where nothing does."""
        return float(min(max(told_quality(degraded, metadata), self.levels.minimum), self.levels.maximum))


def _compress(clean: Tensor, quality: float, sampling: int) -> Tensor:
    pixels = to_pixels(clean, np.dtype(np.uint8))[..., ::-1]
    options = [cv2.IMWRITE_JPEG_QUALITY, round(quality), cv2.IMWRITE_JPEG_SAMPLING_FACTOR, sampling]
    _, data = cv2.imencode(".jpg", pixels, options)
    decoded = np.asarray(cv2.imdecode(data, cv2.IMREAD_UNCHANGED))
    return to_tensor(np.atleast_3d(decoded)[..., ::-1].copy())
