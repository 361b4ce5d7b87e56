"""From file pixels to tensors and back, and the resampling that tests and tasks share."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import cv2
import numpy as np
import torch
import torch.nn.functional as F
from numpy.typing import NDArray
from torch import Tensor

from engine.large_arrays import empty, release

Pixels = NDArray[Any]
"""(H, W, C) uint8, uint16 or float32; gamma-encoded as in the file."""

Size = tuple[int, int]
"""Height and width."""

_STRIP_PX = 64


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


def rounded(picture: Tensor) -> Tensor:
    """A (C, H, W) picture as an 8-bit file would keep it."""
    return to_tensor(to_pixels(picture, np.dtype(np.uint8)))


def to_8bit(samples: Pixels) -> NDArray[np.uint8]:
    """Samples of a file as 8-bit ones, clipped and rounded; those that are keep their memory."""
    if samples.dtype == np.uint8:
        return samples
    bounded = samples if samples.dtype.kind == "u" else samples.clip(0, 1)
    scaled = cv2.convertScaleAbs(bounded, alpha=255 / full_scale(samples.dtype))
    return np.asarray(scaled, np.uint8).reshape(samples.shape)


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


def full_range_luma(tensor: Tensor) -> Tensor:
    """(3, H, W) RGB to (H, W) Y' in the same range, as JPEG has it; of gray its plane.

    Source: ITU-R BT.601.
    """
    if tensor.shape[0] == 1:
        return tensor[0]
    return torch.einsum("c,chw->hw", tensor.new_tensor([0.299, 0.587, 0.114]), tensor)


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


def resize_pixels(pixels: Pixels, size: Size, check: Callable[[], None] = lambda: None) -> Pixels:
    """(H, W, C) samples to any size, antialiased bicubic as MATLAB's imresize, strip by strip.

    Args:
        check: called before every strip; may raise.
    Raises: MemoryError: neither the memory nor the disk has room.
    """
    resized = empty((*size, pixels.shape[2]), pixels.dtype)
    for start in range(0, size[0], _STRIP_PX):
        check()
        rows = slice(start, min(size[0], start + _STRIP_PX))
        resized[rows] = resized_window(pixels, size, rows, slice(0, size[1]))
        release(resized)
        release(pixels)
    return resized


def resized_window(pixels: Pixels, size: Size, rows: slice, columns: slice) -> Pixels:
    """A window of `resize_pixels`, in its own pixels; the same bits as there."""
    (near_rows, row_weights), (near_columns, column_weights) = (
        _taps(length, wanted, window)
        for length, wanted, window in zip(pixels.shape, size, (rows, columns), strict=False)
    )
    top, left = int(near_rows.min()), int(near_columns.min())
    part = to_tensor(pixels[top : int(near_rows.max()) + 1, left : int(near_columns.max()) + 1])
    lines = sum(part[:, near_rows[:, tap] - top] * row_weights[:, tap, None] for tap in range(near_rows.shape[1]))
    assert isinstance(lines, Tensor)
    mixed = sum(
        lines[:, :, near_columns[:, tap] - left] * column_weights[:, tap] for tap in range(near_columns.shape[1])
    )
    assert isinstance(mixed, Tensor)
    return to_pixels(mixed, pixels.dtype)


def _taps(length: int, wanted: int, window: slice) -> tuple[Tensor, Tensor]:
    """For a window of `wanted` samples the samples, of `length`, that each is mixed of, and their weights: (N, taps).

    Source: MATLAB's imresize: a cubic with a = -0.5, stretched when shrinking, borders mirrored.
    """
    scale = wanted / length
    stretch = min(scale, 1.0)
    center = (torch.arange(window.start, window.stop, dtype=torch.float64) + 0.5) / scale - 0.5
    first = torch.floor(center - 2 / stretch)
    near = first[:, None] + torch.arange(int(np.ceil(4 / stretch)) + 2)
    distance = ((near - center[:, None]) * stretch).abs()
    inner = 1.5 * distance**3 - 2.5 * distance**2 + 1
    outer = -0.5 * distance**3 + 2.5 * distance**2 - 4 * distance + 2
    weights = torch.where(distance <= 1, inner, torch.where(distance <= 2, outer, 0))
    mirrored = near.long() % (2 * length)
    mirrored = torch.minimum(mirrored, 2 * length - 1 - mirrored)
    return mirrored, (weights / weights.sum(1, keepdim=True)).float()
