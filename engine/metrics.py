"""Picture quality: PSNR and SSIM, in float64."""

from __future__ import annotations

import math

import cv2
import numpy as np
from numpy.typing import NDArray
from torch import Tensor

Plane = NDArray[np.float64]
"""(H, W)"""

_SSIM_RADIUS = 5
_SSIM_SIGMA = 1.5


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
    return float(np.mean([_ssim_plane(x, y) for x, y in channels]))


def _ssim_plane(x: Plane, y: Plane) -> float:
    mean_x, mean_y = _blur(x), _blur(y)
    variance = _blur(x * x) + _blur(y * y) - mean_x**2 - mean_y**2
    covariance = _blur(x * y) - mean_x * mean_y
    c1, c2 = 0.01**2, 0.03**2
    numerator = (2 * mean_x * mean_y + c1) * (2 * covariance + c2)
    return float((numerator / ((mean_x**2 + mean_y**2 + c1) * (variance + c2))).mean())


def _blur(plane: Plane) -> Plane:
    size, crop = 2 * _SSIM_RADIUS + 1, slice(_SSIM_RADIUS, -_SSIM_RADIUS)
    return np.asarray(cv2.GaussianBlur(plane, (size, size), _SSIM_SIGMA), np.float64)[crop, crop]
