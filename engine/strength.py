"""How much of a restoration is used: mixing the restored picture with its original, without the net."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import cv2
import numpy as np
from numpy.typing import NDArray

from engine.errors import DeviceMemoryError
from engine.image_io import Image
from engine.large_arrays import empty, release
from engine.tensors import Pixels, Size, enlarge, full_scale, resized_window, to_pixels, to_tensor

SCALES = 3
"""How many sizes of detail `Strength.texture` tells apart: about 2, 4 and 8 pixels."""

REACH_PX = 2 * (2**SCALES - 1)
"""How far beyond a pixel the texture looks."""

Plane = NDArray[np.float32]
"""(H, W)"""

Samples = NDArray[np.float32]
"""(H, W, C)"""

_LUMA = np.array([[77, 150, 29]], np.float32) / 256
_DEPTHS = {"uint8": cv2.CV_8U, "uint16": cv2.CV_16U, "float32": cv2.CV_32F}
_SPLINE = (1 / 16, 4 / 16, 6 / 16, 4 / 16, 1 / 16)
_LATTICE = 64.0
_THRESHOLD = 2.0
_CHUNK_PX = 64  # stays in the processor's cache
_ENLARGE_MARGIN_PX = 4
_SAMPLE_PX = 96
_SAMPLES_PER_SIDE = 6
_MAD_OF_NORMAL = 0.6745


@dataclass(frozen=True, slots=True)
class Strength:
    """How much of a restoration is used, each from 0 to 1.

    Attributes:
        luma: of the change in brightness.
        color: of the change in colour; without meaning for gray pictures.
        texture: of the fine detail that went with the noise and stands out of it.
    """

    luma: float = 1.0
    color: float = 1.0
    texture: float = 0.0

    def __post_init__(self) -> None:
        if not all(0 <= part <= 1 for part in (self.luma, self.color, self.texture)):
            raise ValueError(f"strengths are from 0 to 1: {self}")

    @property
    def is_neutral(self) -> bool:
        """Whether the restoration is used as it is."""
        return self == Strength()


def apply_strength(
    original: Image,
    restored: Image,
    strength: Strength,
    *,
    mask: NDArray[np.uint8] | None = None,
    strip_px: int = 256,
) -> Image:
    """Mix a restored picture with its original, strip by strip; the result is the same for all sizes of strips.

    With integer samples the change is that of the restored picture's rounded ones, and is rounded once more.
    What fills holes stays in them without a mask, since everywhere else it has changed nothing.

    Args:
        restored: as large as `original`, or larger; then it is mixed with the bicubic enlargement.
        mask: (H, W) of `original`: where it is 0 the samples stay the original's, where it is 255 the strength
            counts in full. None for everywhere.
    Returns: `restored` itself if nothing is to be done.
    Raises: ValueError: the sizes do not fit. DeviceMemoryError: neither memory nor disk has room.
    """
    if strength.is_neutral and mask is None:
        return restored
    size = enlarged_size(original.pixels, restored.pixels)
    sigmas = removed_sigmas(original.pixels, restored.pixels) if strength.texture else None
    try:
        pixels = empty(restored.pixels.shape, restored.pixels.dtype)
    except MemoryError as error:
        raise DeviceMemoryError(restored.pixels.nbytes) from error
    columns = slice(0, restored.width)
    for start in range(0, restored.height, strip_px):
        rows = slice(start, min(restored.height, start + strip_px))
        seen = slice(max(0, rows.start - REACH_PX), min(restored.height, rows.stop + REACH_PX))
        inner = slice(rows.start - seen.start, rows.stop - seen.start)
        source = enlarged_window(original.pixels, size, seen, columns)
        detail = None if sigmas is None else removed_detail(source, restored.pixels[seen], sigmas)[inner]
        part = None if mask is None else enlarged_window(mask[..., None], size, rows, columns)[..., 0]
        pixels[rows] = blend(source[inner], restored.pixels[rows], strength, detail=detail, mask=part)
        for samples in (pixels, original.pixels, restored.pixels):
            release(samples)
    return replace(restored, pixels=pixels)


def blend(
    original: Pixels,
    restored: Pixels,
    strength: Strength,
    *,
    detail: Plane | None = None,
    mask: NDArray[np.uint8] | None = None,
) -> Pixels:
    """Mix two windows of the same size, each pixel by itself.

    Args:
        detail: of `removed_detail`; None for no texture.
        mask: (H, W), as in `apply_strength`.
    Returns: (H, W, C) of the same sample type; integers are rounded and clipped, floats neither.
    """
    mixed = np.empty_like(restored)
    channels, unit = restored.shape[2], full_scale(restored.dtype) / 255
    own = strength.luma if channels == 1 else strength.color
    for start in range(0, len(restored), _CHUNK_PX):
        rows = slice(start, start + _CHUNK_PX)
        change = _change(original[rows], restored[rows])
        shared = np.zeros(change.shape[:2], np.float32)
        if own != strength.luma:
            shared += _luma(change) * np.float32(strength.luma - own)
        if detail is not None:
            shared -= detail[rows] * np.float32(strength.luma * strength.texture * unit)
        change *= np.float32(own)
        change += _repeated(shared, channels)
        if mask is not None:
            change *= _repeated(mask[rows] * np.float32(1 / 255), channels)
        # Rounds the change, adds and clips at once.
        mixed[rows] = cv2.add(change, original[rows], dtype=_DEPTHS[restored.dtype.name]).reshape(change.shape)
    return mixed


def removed_sigmas(original: Pixels, restored: Pixels) -> tuple[float, ...]:
    """How strong the noise in what was removed is at each scale, finest first, in 8-bit units.

    The robust deviation over windows that are spread over the whole picture; pixels that did not change do not count.
    """
    size = enlarged_size(original, restored)
    found: list[list[Plane]] = [[] for _ in range(SCALES)]
    for top in _sample_starts(restored.shape[0]):
        for left in _sample_starts(restored.shape[1]):
            rows, columns = slice(top, top + _SAMPLE_PX), slice(left, left + _SAMPLE_PX)
            part = restored[rows, columns]
            rows, columns = slice(top, top + part.shape[0]), slice(left, left + part.shape[1])
            change = _luma_8bit(enlarged_window(original, size, rows, columns), part)
            is_changed = change != 0
            for collected, band in zip(found, _bands(change, SCALES), strict=True):
                collected.append(np.abs(band[is_changed]))
    magnitudes = [np.concatenate(collected) for collected in found]
    return tuple(float(np.median(band)) / _MAD_OF_NORMAL if band.size else 0.0 for band in magnitudes)


def removed_detail(original: Pixels, restored: Pixels, sigmas: tuple[float, ...]) -> Plane:
    """What stands out of the noise in what was removed from a window.

    Args:
        original, restored: (H, W, C), the same size.
        sigmas: of `removed_sigmas`; without the finest ones for windows of a picture that is shown smaller.
    Returns: (H, W) luma in 8-bit units, to be taken off the restored picture; exact `REACH_PX` away from
        edges that are not the picture's.
    """
    detail = np.zeros(restored.shape[:2], np.float32)
    for band, sigma in zip(_bands(_luma_8bit(original, restored), len(sigmas)), sigmas, strict=True):
        threshold = np.float32(_THRESHOLD * sigma)
        detail += band
        detail -= band.clip(-threshold, threshold)
    return detail


def enlarged_size(original: Pixels, restored: Pixels) -> Size:
    """Height and width of the restored picture. Raises: ValueError: it is no enlargement of the original."""
    height, width = restored.shape[:2]
    pairs = list(zip(original.shape[:2], (height, width), strict=True))
    lowest, highest = (op((after + half) / before for before, after in pairs) for op, half in ((max, -1), (min, 1)))
    is_larger = all(after >= before for before, after in pairs)
    if not is_larger or lowest > highest or original.shape[2] != restored.shape[2]:
        raise ValueError(f"{restored.shape} is no enlargement of {original.shape}")
    return height, width


def enlarged_window(pixels: Pixels, size: Size, rows: slice, columns: slice) -> Pixels:
    """A window of the bicubic enlargement of (H, W, C) samples, in its own pixels; floats are not clipped."""
    if size == pixels.shape[:2]:
        return pixels[rows, columns]
    factor = size[0] // pixels.shape[0]
    if size != (factor * pixels.shape[0], factor * pixels.shape[1]):
        return resized_window(pixels, size, rows, columns)
    sources, inners = [], []
    for window, length in zip((rows, columns), pixels.shape, strict=False):
        first = max(0, window.start // factor - _ENLARGE_MARGIN_PX)
        last = min(length, -(-window.stop // factor) + _ENLARGE_MARGIN_PX)
        sources.append(slice(first, last))
        inners.append(slice(window.start - first * factor, window.stop - first * factor))
    larger = enlarge(to_tensor(pixels[sources[0], sources[1]]), factor)
    return to_pixels(larger[:, inners[0], inners[1]], pixels.dtype)


def _sample_starts(length: int) -> list[int]:
    count = min(_SAMPLES_PER_SIDE, -(-length // _SAMPLE_PX))
    return [int(start) for start in np.linspace(0, max(0, length - _SAMPLE_PX), count)]


def _change(original: Pixels, restored: Pixels) -> Samples:
    """(H, W, C) float32, in the pictures' own units."""
    return np.asarray(cv2.subtract(restored, original, dtype=cv2.CV_32F), np.float32).reshape(restored.shape)


def _luma(change: Samples) -> Plane:
    # The weights are fractions of 256, so that sums of 8-bit samples are exact in any order.
    return change[..., 0] if change.shape[2] == 1 else np.asarray(cv2.transform(change, _LUMA), np.float32)


def _luma_8bit(original: Pixels, restored: Pixels) -> Plane:
    return _luma(_change(original, restored)) * np.float32(255 / full_scale(restored.dtype))


def _repeated(plane: Plane, channels: int) -> Samples:
    return np.asarray(cv2.merge([plane] * channels), np.float32).reshape(*plane.shape, channels)


def _bands(plane: Plane, count: int) -> Iterator[Plane]:
    """A trous wavelets with a cubic spline, finest first.

    Source: Starck, Murtagh, "Astronomical Image and Data Analysis", 2006, section A.
    """
    # On a lattice this coarse each sum is exact, so no order of adding, hence no cut, can change a bit.
    smooth = np.rint(plane * _LATTICE)
    for scale in range(count):
        kernel = np.zeros(4 * 2**scale + 1, np.float32)
        kernel[:: 2**scale] = _SPLINE
        smoother = np.asarray(cv2.sepFilter2D(smooth, cv2.CV_32F, kernel, kernel), np.float32)
        np.rint(smoother, out=smoother)
        smooth -= smoother
        smooth *= np.float32(1 / _LATTICE)
        yield smooth
        smooth = smoother
