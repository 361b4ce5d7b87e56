"""Picture quality: PSNR and SSIM, in float64."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray
from torch import Tensor

from engine.tensors import Pixels, to_tensor, with_channels

Plane = NDArray[np.float64]
"""(H, W)"""

_SSIM_RADIUS = 5
_SSIM_SIGMA = 1.5
_STRIP_PX = 64


@dataclass(frozen=True, slots=True)
class Fidelity:
    """How near a picture is to its reference.

    Attributes:
        psnr: in dB; inf when they are equal.
        ssim: up to 1; not a number for pictures with less than 11 pixels at a side.
    """

    psnr: float
    ssim: float


def fidelity(pixels: Pixels, reference: Pixels, check: Callable[[], None] = lambda: None) -> Fidelity:
    """`psnr` and `ssim` of (H, W, C) samples of any types, strip by strip.

    Args:
        reference: as large; made gray or RGB like `pixels`.
        check: called before every strip; may raise.
    """
    height, width, channels = pixels.shape
    error, similarity = 0.0, 0.0
    for top in range(0, height, _STRIP_PX):
        check()
        rows = slice(top, top + _STRIP_PX + 2 * _SSIM_RADIUS)
        restored, clean = (with_channels(to_tensor(part[rows]), channels).double() for part in (pixels, reference))
        error += float((restored - clean)[:, :_STRIP_PX].square().sum())
        if min(clean.shape[1:]) > 2 * _SSIM_RADIUS:
            planes = zip(restored.numpy(), clean.numpy(), strict=True)
            similarity += sum(float(_ssim_map(x, y).sum()) for x, y in planes)
    valid = (height - 2 * _SSIM_RADIUS) * (width - 2 * _SSIM_RADIUS) * channels
    is_large = min(height, width) > 2 * _SSIM_RADIUS
    return Fidelity(
        -10 * math.log10(error / pixels.size) if error else math.inf, similarity / valid if is_large else math.nan
    )


def psnr(restored: Tensor, clean: Tensor) -> float:
    """Peak signal-to-noise ratio in dB over all pixels and channels of [0, 1] pictures; inf when equal."""
    error = float((restored.double() - clean.double()).square().mean())
    return -10 * math.log10(error) if error else math.inf


def ssim(restored: Tensor, clean: Tensor) -> float:
    """Structural similarity of (C, H, W) [0, 1] pictures, mean over channels.

    Sides are at least 11 pixels.
    Source: Wang et al. 2004: Gaussian window 11x11 with sigma 1.5, K = 0.01 and 0.03, valid region only.
    """
    if min(clean.shape[-2:]) < 2 * _SSIM_RADIUS + 1:
        return math.nan
    channels = zip(restored.double().cpu().numpy(), clean.double().cpu().numpy(), strict=True)
    return float(np.mean([_ssim_map(x, y).mean() for x, y in channels]))


def _ssim_map(x: Plane, y: Plane) -> Plane:
    mean_x, mean_y = _blur(x), _blur(y)
    variance = _blur(x * x) + _blur(y * y) - mean_x**2 - mean_y**2
    covariance = _blur(x * y) - mean_x * mean_y
    c1, c2 = 0.01**2, 0.03**2
    numerator = (2 * mean_x * mean_y + c1) * (2 * covariance + c2)
    return np.asarray(numerator / ((mean_x**2 + mean_y**2 + c1) * (variance + c2)), np.float64)


def _blur(plane: Plane) -> Plane:
    size, crop = 2 * _SSIM_RADIUS + 1, slice(_SSIM_RADIUS, -_SSIM_RADIUS)
    return np.asarray(cv2.GaussianBlur(plane, (size, size), _SSIM_SIGMA), np.float64)[crop, crop]
