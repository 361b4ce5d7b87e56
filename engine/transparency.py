"""Colors behind transparent pixels, which nobody sees until something mixes them into their neighbors."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from engine.errors import DeviceMemoryError
from engine.image_io import Image
from engine.large_arrays import empty, release
from engine.parts import cut, widened, within
from engine.strength import enlarged_window
from engine.tensors import Size
from engine.tiling import Part

_REACH_PX = 16
_STRIP_PX = 512


def with_visible_colors(image: Image, check_canceled: Callable[[], None] = lambda: None) -> Image:
    """Let fully transparent pixels near visible ones have the color of the nearest, so that edges get no fringe.

    Returns: the picture itself if nothing is fully transparent, or all is.
    Raises: DeviceMemoryError: neither the memory nor the disk has room for a copy.
    """
    alpha = image.alpha
    if alpha is None or alpha.all() or not alpha.any():
        return image
    try:
        pixels = empty(image.pixels.shape, image.pixels.dtype)
    except MemoryError as error:
        raise DeviceMemoryError(image.pixels.nbytes) from error
    for start in range(0, image.height, _STRIP_PX):
        check_canceled()
        rows = slice(start, min(image.height, start + _STRIP_PX))
        pixels[rows] = part_with_visible_colors(image, (rows, slice(0, image.width))).pixels
        release(pixels)
        release(image.pixels)
    return replace(image, pixels=pixels)


def to_mix(original: Image, restored: Image, check_canceled: Callable[[], None] = lambda: None) -> Image:
    """The original as it may be mixed with a restored version, which enlarges it if that is larger.

    Raises: as `with_visible_colors`.
    """
    is_enlarged = original.pixels.shape != restored.pixels.shape
    return with_visible_colors(original, check_canceled) if is_enlarged else original


def enlarged_alpha(alpha: NDArray[Any], size: Size, check_canceled: Callable[[], None] = lambda: None) -> NDArray[Any]:
    """The transparency of a picture that was made larger, bicubic; the array itself if it was not.

    Raises: DeviceMemoryError: neither the memory nor the disk has room.
    """
    if alpha.shape == size:
        return alpha
    try:
        enlarged = empty(size, alpha.dtype)
    except MemoryError as error:
        raise DeviceMemoryError(alpha.nbytes) from error
    for start in range(0, size[0], _STRIP_PX):
        check_canceled()
        rows = slice(start, min(size[0], start + _STRIP_PX))
        strip = enlarged_window(alpha[..., None], size, rows, slice(0, size[1]))[..., 0]
        enlarged[rows] = strip.clip(0, 1) if alpha.dtype == np.float32 else strip
        release(enlarged)
    return enlarged


def visible_part(image: Image) -> Part:
    """The smallest part with all that is not fully transparent; the whole picture if everything is."""
    whole = slice(0, image.height), slice(0, image.width)
    if image.alpha is None or not image.alpha.any():
        return whole
    rows, columns = (np.flatnonzero(image.alpha.any(axis)) for axis in (1, 0))
    return slice(int(rows[0]), int(rows[-1]) + 1), slice(int(columns[0]), int(columns[-1]) + 1)


def part_with_visible_colors(image: Image, part: Part) -> Image:
    """Cut a part out of what `with_visible_colors` gives."""
    if image.alpha is None:
        return cut(image, part)
    around = widened(part, _REACH_PX, image)
    seen = cut(image, around)
    inner = cut(seen, within(around, part))
    hidden = image.alpha[around] == 0
    if not hidden.any() or hidden.all():
        return inner
    return replace(inner, pixels=_bled(seen.pixels, hidden)[within(around, part)])


def _bled(pixels: NDArray[Any], hidden: NDArray[np.bool_]) -> NDArray[Any]:
    distance, labels = cv2.distanceTransformWithLabels(
        hidden.astype(np.uint8), cv2.DIST_L2, cv2.DIST_MASK_5, labelType=cv2.DIST_LABEL_PIXEL
    )
    visible = np.flatnonzero(~hidden)
    nearest = np.zeros(len(visible) + 1, np.intp)
    nearest[labels.reshape(-1)[visible]] = visible
    near = hidden & (distance <= _REACH_PX)
    bled = pixels.copy()
    bled[near] = pixels.reshape(-1, pixels.shape[2])[nearest[labels[near]]]
    return bled
