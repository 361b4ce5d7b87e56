"""From file pixels to tensors and back, and the resampling that tests and tasks share."""

from __future__ import annotations

from typing import Any

import numpy as np
import torch
import torch.nn.functional as F
from numpy.typing import NDArray
from torch import Tensor

Pixels = NDArray[Any]
"""(H, W, C) uint8, uint16 or float32; gamma-encoded as in the file."""


def full_scale(dtype: np.dtype[Any]) -> float:
    """The sample value that means 1.0: 255, 65535 or 1."""
    return float(np.iinfo(dtype).max) if np.issubdtype(dtype, np.integer) else 1.0


def to_tensor(pixels: Pixels) -> Tensor:
    """(H, W, C) samples of a file to (C, H, W) float32, nominally [0, 1]."""
    scaled = pixels.astype(np.float32) * np.float32(1 / full_scale(pixels.dtype))
    return torch.from_numpy(np.ascontiguousarray(scaled.transpose(2, 0, 1)))


def to_pixels(tensor: Tensor, dtype: np.dtype[Any]) -> Pixels:
    """(C, H, W) float to (H, W, C) samples: clipped and rounded, unless `dtype` is a float."""
    array = tensor.permute(1, 2, 0).float().cpu()
    if np.issubdtype(dtype, np.integer):
        array = array.mul(full_scale(dtype)).round_().clamp_(0, full_scale(dtype))
    return array.contiguous().numpy().astype(dtype)


def with_channels(tensor: Tensor, channels: int) -> Tensor:
    """(C, H, W) with C in {1, 3} to `channels`: gray is repeated, colour is averaged."""
    if tensor.shape[0] == channels:
        return tensor
    return tensor.expand(channels, -1, -1) if channels > 1 else tensor.mean(0, keepdim=True)


def luma(tensor: Tensor) -> Tensor:
    """(3, H, W) RGB [0, 1] to (1, H, W) Y' in [16/255, 235/255]; gray passes through.

    Source: ITU-R BT.601, as MATLAB's rgb2ycbcr.
    """
    if tensor.shape[0] == 1:
        return tensor
    weights = torch.tensor([65.481, 128.553, 24.966], dtype=tensor.dtype, device=tensor.device)
    return (torch.einsum("c,chw->hw", weights, tensor)[None] + 16) / 255


def pad_symmetric(tensor: Tensor, margin: int) -> Tensor:
    """Mirror (C, H, W) at its borders by `margin` pixels, the border pixel repeated."""
    for dim in (-2, -1):
        length = tensor.shape[dim]
        position = torch.arange(-margin, length + margin, device=tensor.device) % (2 * length)
        tensor = tensor.index_select(dim, torch.minimum(position, 2 * length - 1 - position))
    return tensor


def pad_to_multiple(tensor: Tensor, multiple: int) -> Tensor:
    """Repeat the last row and column of (..., H, W) until both sides are multiples."""
    height, width = tensor.shape[-2:]
    bottom, right = -height % multiple, -width % multiple
    if not (bottom or right):
        return tensor
    return F.pad(tensor, (0, right, 0, bottom), mode="replicate")


def shrink(tensor: Tensor, factor: int) -> Tensor:
    """(C, H, W) to (C, H / factor, W / factor), antialiased bicubic as MATLAB's imresize."""
    if tensor.shape[-1] % factor or tensor.shape[-2] % factor:
        raise ValueError(f"sides {tuple(tensor.shape[-2:])} are not multiples of {factor}")
    return _resize(tensor, 1 / factor, margin=4 * factor)


def enlarge(tensor: Tensor, factor: int) -> Tensor:
    """(C, H, W) to (C, H * factor, W * factor), bicubic as MATLAB's imresize."""
    return _resize(tensor, factor, margin=4)


def _resize(tensor: Tensor, scale: float, margin: int) -> Tensor:
    # torch renormalises its kernel at the borders, MATLAB mirrors the picture there.
    padded = pad_symmetric(tensor, margin)[None]
    height, width = padded.shape[-2:]
    size = (round(height * scale), round(width * scale))
    resized = F.interpolate(padded, size=size, mode="bicubic", antialias=True)[0]
    crop = round(margin * scale)
    return resized[:, crop:-crop, crop:-crop]
