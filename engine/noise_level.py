"""How noisy a picture is."""

from __future__ import annotations

import math

import torch
import torch.nn.functional as F
from torch import Tensor

from engine.tensors import with_channels

_PATCH = 7
_MAX_PATCHES = 80_000
_LEAST_PATCHES = 400
_ROUNDS = 10
_BOUND = 81.8  # of the energy: 1 - 1e-6 of the patches of unit noise are under it
_CLIP_MARGIN = 1.0  # sigmas that a patch's mean keeps away from black and white, where those clip
_WIDEST_MARGIN = 0.3
_HALVINGS = 24
_CONSTANT = 1e-10  # the energy of an area in which no sample differs from another: frames, drawings, cut-outs

_RIPPLE = ((1.0, -2.0, 1.0), (-2.0, 4.0, -2.0), (1.0, -2.0, 1.0))  # Immerkaer's, blind to edges and ramps
_PLACE_PX = 12
_DARK = 0.08
_LEAST_PLACES = 30
_FLAT_SHARE = 0.1
_BUSY_SHARE = 0.75  # of a place: in framed photos from 0.89 on, in drawings up to 0.49
# Fitted to synthetic noise of strength 10 to 100 on pictures of data/train.
_STRENGTH_SCALE = 18.0
_STRENGTH_POWER = 0.8


def estimate_sigma(degraded: Tensor) -> float:
    """Deviation of white noise in 8-bit units, from the covariance of the patches with the least texture.

    Texture spans few directions and noise all of them, so the smallest eigenvalue is the noise's; and a patch whose
    gradients are no larger than noise of that strength makes has no texture: the two are found in turns. Where the
    picture is clipped, as files are, patches near black and white are left out and the rest is set right.
    Source: Liu, Tanaka, Okutomi, "Single-Image Noise Level Estimation for Blind Denoising", IEEE TIP 22(12), 2013.

    Args:
        degraded: (C, H, W) float32, nominally [0, 1]; of colours the green channel is looked at.
    """
    plane = (with_channels(degraded, 1) if degraded.shape[0] == 1 else degraded[1:2])[0]
    if min(plane.shape) < 2 * _PATCH:
        return 0.0
    is_clipped = bool(plane.min() >= 0) and bool(plane.max() <= 1)
    patches, energy, mean = _sample_patches(plane)
    variance = _least_variance(patches)
    for _ in range(_ROUNDS):
        chosen = _flat(energy, mean, variance, is_clipped)
        found = _least_variance(patches[chosen])
        if is_clipped:
            found = _unclipped(found, mean[chosen])
        is_settled = abs(found - variance) <= 1e-3 * variance
        variance = found
        if is_settled:
            break
    return math.sqrt(variance) * 255


def _sample_patches(plane: Tensor) -> tuple[Tensor, Tensor, Tensor]:
    """(H, W) to evenly spread patches (N, 49), the squares of their gradients in all (N,), and their means (N,).

    Constant ones are no part of what has noise, and left out if others are enough.
    """
    rows, columns = (length - _PATCH + 1 for length in plane.shape)
    step = max(1, round((rows * columns / _MAX_PATCHES) ** 0.5))
    across, down = plane[:, 2:] - plane[:, :-2], plane[2:] - plane[:-2]
    energy = _window_sums(across.square() / 4, (_PATCH, _PATCH - 2), step)
    energy += _window_sums(down.square() / 4, (_PATCH - 2, _PATCH), step)
    mean = _window_sums(plane, (_PATCH, _PATCH), step) / _PATCH**2
    view = plane.unfold(0, _PATCH, step).unfold(1, _PATCH, step)
    patches, energy, mean = view.reshape(-1, _PATCH * _PATCH), energy.flatten(), mean.flatten()
    has_noise = energy > _CONSTANT
    if int(has_noise.sum()) < _LEAST_PATCHES:
        return patches, energy, mean
    return patches[has_noise], energy[has_noise], mean[has_noise]


def _window_sums(plane: Tensor, size: tuple[int, int], step: int) -> Tensor:
    return F.avg_pool2d(plane[None], size, step)[0] * (size[0] * size[1])


def _least_variance(patches: Tensor) -> float:
    """The smallest eigenvalue of the covariance."""
    centered = patches - patches.mean(0)
    covariance = (centered.T @ centered).double() / max(1, len(patches) - 1)
    return max(0.0, float(torch.linalg.eigvalsh(covariance)[0]))


def _flat(energy: Tensor, mean: Tensor, variance: float, is_clipped: bool) -> Tensor:
    """Indices of the patches that noise of this variance explains; at least the flattest."""
    if is_clipped:
        margin = min(_CLIP_MARGIN * math.sqrt(variance), _WIDEST_MARGIN)
        is_inside = (mean > margin) & (mean < 1 - margin)
        if int(is_inside.sum()) >= _LEAST_PATCHES:
            energy = torch.where(is_inside, energy, torch.inf)
    chosen = torch.nonzero(energy < _BOUND * variance)[:, 0]
    return chosen if len(chosen) >= _LEAST_PATCHES else energy.argsort()[:_LEAST_PATCHES]


def _unclipped(variance: float, mean: Tensor) -> float:
    """The variance before clipping to [0, 1] that leaves this one in patches with these means; by halving."""
    some = mean[:: max(1, len(mean) // 1000)].double()
    low, high = math.sqrt(variance), 2 * math.sqrt(variance)
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        low, high = (middle, high) if _clipped_variance(some, middle) < variance else (low, middle)
    return low * low


def _clipped_variance(mean: Tensor, sigma: float) -> float:
    """Of normal samples that are clipped to [0, 1], averaged over the means."""
    if sigma == 0:
        return 0.0
    low, high = -mean / sigma, (1 - mean) / sigma
    inside = torch.special.ndtr(high) - torch.special.ndtr(low)
    at_low, at_high = (torch.exp(-0.5 * side.square()) / (2 * torch.pi) ** 0.5 for side in (low, high))
    above = torch.special.ndtr(-high)
    first = mean * inside + sigma * (at_low - at_high) + above
    second = mean.square() * inside + 2 * mean * sigma * (at_low - at_high)
    second += sigma**2 * (inside + low * at_low - high * at_high) + above
    return float((second - first.square()).mean())


def estimate_camera_noise(degraded: Tensor) -> float:
    """The strength of `engine.camera_noise` in a photo, roughly: within a factor of two.

    Its noise is correlated by demosaicking and JPEG, so what is looked at is the picture at half its size, where little
    is left of that: the ripple of the flattest tenth of its places that are neither black nor white nor constant.

    Args:
        degraded: (C, H, W) float32, nominally [0, 1]; of colours the green channel is looked at.
    Returns: not below 0; may be over 100.
    """
    plane = (degraded if degraded.shape[0] == 1 else degraded[1:2])[None]
    if min(plane.shape[2:]) < 4 * _PLACE_PX:
        return 0.0
    half = F.avg_pool2d(plane, 2)
    ripple = F.conv2d(half, plane.new_tensor(_RIPPLE)[None, None] / 6).square()
    energy = F.avg_pool2d(ripple, _PLACE_PX, _PLACE_PX // 2).flatten()
    mean = F.avg_pool2d(half[..., 1:-1, 1:-1], _PLACE_PX, _PLACE_PX // 2).flatten()
    is_inside = (mean > _DARK) & (mean < 1 - _DARK)
    is_busy = energy > _CONSTANT
    busy = F.avg_pool2d((ripple > _CONSTANT).float(), _PLACE_PX, _PLACE_PX // 2).flatten()[is_busy]
    if len(busy) and float(busy.mean()) > _BUSY_SHARE:  # else it is a drawing: an edge in what is constant
        is_inside &= is_busy
    flat = energy[is_inside] if int(is_inside.sum()) >= _LEAST_PLACES else energy
    ripple_8bit = 255 * math.sqrt(float(flat.quantile(_FLAT_SHARE)))
    return float(_STRENGTH_SCALE * ripple_8bit**_STRENGTH_POWER)
