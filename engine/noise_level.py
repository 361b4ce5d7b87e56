"""How noisy a picture is."""

from __future__ import annotations

import torch
from torch import Tensor

from engine.tensors import with_channels

_PATCH = 8
_MAX_PATCHES = 60_000


def estimate_sigma(degraded: Tensor) -> float:
    """Deviation of white noise in 8-bit units, from the smallest eigenvalues of the covariance of patches.

    Flat and textured patches span few directions; in all others only the noise is left.
    Source: Chen, Zhu, Heng, "An Efficient Statistical Method for Image Noise Level
    Estimation", ICCV 2015.

    Args:
        degraded: (C, H, W) float32, nominally [0, 1].
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
    return float(mean.sqrt()) * 255


def _sample_patches(plane: Tensor) -> Tensor:
    """(H, W) to (N, 64): evenly spread patches, at most about `_MAX_PATCHES`."""
    rows, columns = (length - _PATCH + 1 for length in plane.shape)
    step = max(1, int((rows * columns / _MAX_PATCHES) ** 0.5))
    view = plane.unfold(0, _PATCH, step).unfold(1, _PATCH, step)
    return view.reshape(-1, _PATCH * _PATCH)
