"""Non-blind deblurring: the blur kernel is known."""

from __future__ import annotations

import math

import cv2
import numpy as np
import torch
from torch import Tensor

from engine.errors import LevelError
from engine.kernels import LARGEST_PX, Kernel, disk_kernel, gaussian_kernel, shake_kernel
from engine.metadata import Metadata
from engine.noise_level import estimate_sigma
from engine.tasks.base import Level, LevelRange, Task, gaussian_noise, level_plane, numpy_rng, uniform

_LEAST_ESTIMATE = 2.0
"""Rounding and JPEG leave errors that are no white noise, and that an inverse filter blows up all the same."""


class Deblur(Task):
    """Sharpens with a known kernel; the level is the noise sigma in 8-bit units."""

    name = "deblur"
    levels = LevelRange("sigma", 0, 10, 2.55, standard=(2.55, 7.65))
    condition_channels = 4
    needs_kernel = True
    needs_whole_picture = True  # an inverse filter has no end
    can_estimate = True

    def sample_level(self, shape: tuple[int, int], rng: torch.Generator) -> Level:
        sigma = uniform(0, 1, rng) ** 2 * self.levels.maximum
        return Level(sigma, kernel=torch.from_numpy(_random_kernel(numpy_rng(rng))))

    def degrade(self, clean: Tensor, level: Level, rng: torch.Generator) -> Tensor:
        """Convolve with the kernel (mirrored borders), then add white Gaussian noise."""
        blurred = _convolve(clean, _kernel_of(level))
        return blurred + gaussian_noise(clean, level.value, rng)

    def network_input(self, degraded: Tensor, level: Level) -> Tensor:
        """The inversely filtered image, the blurred image itself, and the sigma plane."""
        plane = level_plane(level.value / self.levels.maximum, degraded)
        return torch.cat([wiener(degraded, _kernel_of(level), level.value), degraded, plane])

    def estimate_level(self, degraded: Tensor, metadata: Metadata) -> float:
        """Sigma in 8-bit units, at least 2: a blur leaves white noise as it is, and files have errors besides."""
        return min(max(estimate_sigma(degraded), _LEAST_ESTIMATE), self.levels.maximum)

    def check_level(self, level: Level) -> None:
        Task.check_level(self, level)
        kernel = _kernel_of(level)
        if kernel.ndim != 2 or not all(side % 2 and side <= LARGEST_PX for side in kernel.shape):
            raise LevelError(self.name, f"a kernel has two odd sides of at most {LARGEST_PX} pixels")
        if not torch.isfinite(kernel).all() or not math.isclose(float(kernel.sum()), 1, abs_tol=1e-3):
            raise LevelError(self.name, "the numbers of a kernel must be finite and sum to 1")


def wiener(blurred: Tensor, kernel: Tensor, sigma_8bit: float) -> Tensor:
    """Undo a blur in the Fourier domain, regularised for pictures with 1/f^2 spectra.

    Args:
        blurred: (C, H, W).
        kernel: (h, w), odd sides, sum 1.
    Returns: (C, H, W); mirrored and tapered borders keep the ringing low.
    """
    margin = max(kernel.shape)
    padded = _mirror(_mirror(blurred, margin, -2, is_round=True), margin, -1, is_round=True)
    height, width = padded.shape[-2:]
    transfer = _transfer(kernel.to(blurred), height, width)
    weight = _ramp(height, margin)[:, None] * _ramp(width, margin)
    wrapped = torch.fft.irfft2(torch.fft.rfft2(padded) * transfer, s=(height, width))
    tapered = torch.lerp(wrapped, padded, weight.to(padded))
    rows = torch.sin(math.pi * torch.fft.fftfreq(height))[:, None] ** 2
    columns = torch.sin(math.pi * torch.fft.rfftfreq(width)) ** 2
    noise_to_signal = ((sigma_8bit / 255) ** 2 + 1e-6) * 25 * (4 * (rows + columns) + 0.02)
    inverse = transfer.conj() / (transfer.abs() ** 2 + noise_to_signal.to(blurred))
    restored: Tensor = torch.fft.irfft2(torch.fft.rfft2(tapered) * inverse, s=(height, width))
    return restored[..., margin : margin + blurred.shape[-2], margin : margin + blurred.shape[-1]]


def _transfer(kernel: Tensor, height: int, width: int) -> Tensor:
    """The spectrum of a kernel whose middle lies at the origin of a (height, width) plane."""
    plane = kernel.new_zeros(height, width)
    plane[: kernel.shape[0], : kernel.shape[1]] = kernel
    spectrum: Tensor = torch.fft.rfft2(plane.roll((-(kernel.shape[0] // 2), -(kernel.shape[1] // 2)), (0, 1)))
    return spectrum


def _ramp(length: int, margin: int) -> Tensor:
    """(length,) rising from 0 to 1 over the margin at both ends."""
    position = torch.arange(length)
    return (torch.minimum(position, length - 1 - position) / margin).clamp(max=1)


def _kernel_of(level: Level) -> Tensor:
    if level.kernel is None:
        raise ValueError("a deblur level carries its kernel")
    return level.kernel


def _convolve(image: Tensor, kernel: Tensor) -> Tensor:
    """(C, H, W) convolved with (h, w), borders mirrored; by FFT."""
    bottom, right = (side // 2 for side in kernel.shape)
    padded = _mirror(_mirror(image, bottom, -2), right, -1)
    size = [cv2.getOptimalDFTSize(padded.shape[axis] + kernel.shape[axis] - 1) for axis in (-2, -1)]
    product = torch.fft.rfft2(padded, s=size) * torch.fft.rfft2(kernel.to(image), s=size)
    full: Tensor = torch.fft.irfft2(product, s=size)
    return full[..., 2 * bottom : 2 * bottom + image.shape[-2], 2 * right : 2 * right + image.shape[-1]]


def _mirror(image: Tensor, margin: int, dim: int, *, is_round: bool = False) -> Tensor:
    """Mirror (C, H, W) along `dim` about its border pixels.

    Args:
        margin: how far, any number.
        is_round: whether to go further at the end, to a length that transforms fast.
    """
    length = image.shape[dim]
    total = length + 2 * margin
    if is_round:
        total = cv2.getOptimalDFTSize(total)
    period = max(1, 2 * (length - 1))
    position = torch.arange(-margin, total - margin, device=image.device) % period
    return image.index_select(dim, torch.minimum(position, period - position))


def _random_kernel(rng: np.random.Generator) -> Kernel:
    kind = rng.random()
    if kind < 0.3:
        return gaussian_kernel(25, rng.uniform(0.6, 3.5), rng.uniform(0.6, 3.5), rng.uniform(0, math.pi))
    if kind < 0.5:
        return disk_kernel(rng.uniform(1, 8))
    return shake_kernel(2 * int(rng.integers(9, 16)) + 1, rng)
