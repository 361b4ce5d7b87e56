"""Non-blind deblurring: the blur kernel is known."""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np
import torch
from torch import Tensor

from engine.deconvolution import convolve, deconvolve
from engine.errors import LevelError
from engine.jpeg_traces import told_quality
from engine.kernels import LARGEST_PX, Kernel, disk_kernel, gaussian_kernel, shake_kernel
from engine.metadata import Metadata
from engine.noise_level import estimate_sigma
from engine.tasks.base import Level, LevelRange, Task, gaussian_noise, level_plane, numpy_rng, uniform
from engine.tensors import rounded

_LEAST_ESTIMATE = 0.7
"""For what shows no traces of JPEG, and may have some nevertheless: photos that were saved at 85 and then shrunk lose
half a dB beside 1, photos that never were JPEGs gain 0.7."""

_SIGMA_OF_JPEG = 0.66
"""JPEG leaves errors that are no white noise, and that undoing a blur enlarges all the same: times the root of what the
quality lacks of 100. For held-out photos, blurred and saved at 97, 92 and 80, the best sigmas are about 1.2, 2, 3."""

_SIGMA_OF_OTHER_CODECS = 2.5
"""Their files do not tell how much they left out. The best for WebP of quality 95, 85 and 60: 2, 4 and 5; with
0.7 they lose 1.5 to 4 dB."""

_NOISELESS_SHARE = 0.15
_ROUNDED_SHARE = 0.5
_LARGEST_DRAWN_PX = 31


class Deblur(Task):
    """Sharpens with a known kernel; the level is the noise sigma in 8-bit units."""

    name = "deblur"
    levels = LevelRange("sigma", 0, 10, 2.55, standard=(2.55, 7.65))
    condition_channels = 4
    needs_kernel = True
    needs_whole_picture = True  # an inverse filter has no end
    can_estimate = True
    context_px = _LARGEST_DRAWN_PX // 2

    def sample_level(self, shape: tuple[int, int], rng: torch.Generator) -> Level:
        sigma = uniform(0, 1, rng) ** 2 * self.levels.maximum if uniform(0, 1, rng) > _NOISELESS_SHARE else 0.0
        return Level(sigma, kernel=torch.from_numpy(_random_kernel(numpy_rng(rng))))

    def degrade(self, clean: Tensor, level: Level, rng: torch.Generator) -> Tensor:
        """Convolve with the kernel (mirrored borders), then add white Gaussian noise."""
        blurred = convolve(clean, _kernel_of(level))
        return blurred + gaussian_noise(clean, level.value, rng)

    def training_input(self, clean: Tensor, level: Level, rng: torch.Generator) -> Tensor:
        """As `degrade`; half of the patches are clipped and rounded to 8 bits, which counts where there is no noise."""
        blurred = self.degrade(clean, level, rng)
        return rounded(blurred) if uniform(0, 1, rng) < _ROUNDED_SHARE else blurred

    def network_input(self, degraded: Tensor, level: Level) -> Tensor:
        """The image with the blur undone by `deconvolve`, the blurred image itself, and the sigma plane."""
        return self.whole_input(degraded, level)

    def whole_input(self, degraded: Tensor, level: Level, check_canceled: Callable[[], None] = lambda: None) -> Tensor:
        undone = deconvolve(degraded, _kernel_of(level), level.value, check_canceled)
        return torch.cat([undone, degraded, level_plane(level.value / self.levels.maximum, degraded)])

    def estimate_level(self, degraded: Tensor, metadata: Metadata) -> float:
        """Sigma in 8-bit units: a blur leaves white noise as it is; at least what the errors of the file are like."""
        least = max(_LEAST_ESTIMATE, _SIGMA_OF_JPEG * math.sqrt(100 - told_quality(degraded, metadata)))
        if metadata.is_lossy and metadata.jpeg_quality is None:
            least = max(least, _SIGMA_OF_OTHER_CODECS)
        return min(max(estimate_sigma(degraded), least), self.levels.maximum)

    def check_level(self, level: Level) -> None:
        Task.check_level(self, level)
        kernel = _kernel_of(level)
        if kernel.ndim != 2 or not all(side % 2 and side <= LARGEST_PX for side in kernel.shape):
            raise LevelError(self.name, f"a kernel has two odd sides of at most {LARGEST_PX} pixels")
        if not torch.isfinite(kernel).all() or not math.isclose(float(kernel.sum()), 1, abs_tol=1e-3):
            raise LevelError(self.name, "the numbers of a kernel must be finite and sum to 1")


def _kernel_of(level: Level) -> Tensor:
    if level.kernel is None:
        raise ValueError("a deblur level carries its kernel")
    return level.kernel


def _random_kernel(rng: np.random.Generator) -> Kernel:
    kind = rng.random()
    if kind < 0.3:
        return gaussian_kernel(25, rng.uniform(0.6, 3.5), rng.uniform(0.6, 3.5), rng.uniform(0, math.pi))
    if kind < 0.5:
        return disk_kernel(rng.uniform(1, 8))
    return shake_kernel(2 * int(rng.integers(9, _LARGEST_DRAWN_PX // 2 + 1)) + 1, rng)
