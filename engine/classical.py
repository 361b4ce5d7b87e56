"""The filters that were used before networks, to compare with."""

from __future__ import annotations

from enum import StrEnum
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from engine.deconvolution import wiener
from engine.image_io import Image
from engine.parts import INVERSE_REACH_PX, cut, inner, widened
from engine.tasks import Level
from engine.tensors import Size, to_8bit, to_pixels, to_tensor
from engine.tiling import Part
from engine.transparency import part_with_visible_colors

Plane = NDArray[np.uint8]
"""(H, W, C), C in {1, 3}."""


class Filter(StrEnum):
    """A filter without training."""

    NON_LOCAL_MEANS = "non_local_means"
    BICUBIC = "bicubic"
    LANCZOS = "lanczos"
    WIENER = "wiener"
    TELEA = "telea"
    NAVIER_STOKES = "navier_stokes"


FILTERS: dict[str, tuple[Filter, ...]] = {
    "denoise": (Filter.NON_LOCAL_MEANS,),
    "camera_noise": (),
    "super_resolution": (Filter.BICUBIC, Filter.LANCZOS),
    "deblock": (),
    "deblur": (Filter.WIENER,),
    "inpaint": (Filter.TELEA, Filter.NAVIER_STOKES),
}
"""For each task those that serve it."""

_PATCH_PX = 3
_SEARCH_PX = 21
_STRENGTH_PER_SIGMA = 0.9
"""With patches this small, the best for CBSD68 at sigma 10 to 50."""

_FILL_RADIUS_PX = 5
_FILL_MARGIN_PX = 96
_RESAMPLE_MARGIN_PX = 8
_RESAMPLINGS = {Filter.BICUBIC: cv2.INTER_CUBIC, Filter.LANCZOS: cv2.INTER_LANCZOS4}
_FILLINGS = {Filter.TELEA: cv2.INPAINT_TELEA, Filter.NAVIER_STOKES: cv2.INPAINT_NS}


def filter_part(kind: Filter, image: Image, level: Level, part: Part) -> Image:
    """Apply a filter to a part of a picture, in 8 bits, to look at.

    Sources: Buades, Coll, Morel, "Non-Local Means Denoising", IPOL 2011; Telea, "An Image Inpainting Technique Based on
    the Fast Marching Method", 2004; Bertalmio, Bertozzi, Sapiro, "Navier-Stokes, Fluid Dynamics, and Image and Video
    Inpainting", CVPR 2001; all as in OpenCV. Wiener as `engine.deconvolution.wiener`.

    Args:
        level: of the task that the filter serves, with its kernel or its mask.
    Returns: the part, enlarged by the level for those that enlarge.
    """
    window = widened(part, _margin_px(kind), image)
    seen = part_with_visible_colors(image, window) if kind in _RESAMPLINGS else cut(image, window)
    pixels = np.ascontiguousarray(to_8bit(seen.pixels))
    size = (part[0].stop - part[0].start, part[1].stop - part[1].start)
    if kind in _RESAMPLINGS:
        made = _resized(pixels, _times(seen.pixels.shape[:2], level.value), kind)
        alpha = None if seen.alpha is None else _resized(seen.alpha[..., None], made.shape[:2], kind)[..., 0]
        return inner(Image(made, alpha, image.metadata), window, part, _times(size, level.value))
    made = _filtered(kind, pixels, level.window(*window))
    return inner(Image(made, seen.alpha, image.metadata), window, part, size)


def _filtered(kind: Filter, pixels: Plane, level: Level) -> Plane:
    if kind is Filter.NON_LOCAL_MEANS:
        return _without_noise(pixels, level.value)
    if kind is Filter.WIENER:
        if level.kernel is None:
            raise ValueError("a level for Wiener's filter carries its kernel")
        return to_pixels(wiener(to_tensor(pixels), level.kernel, level.value), pixels.dtype)
    if level.mask is None:
        raise ValueError("a level for filling carries its mask")
    holes = level.mask[0].numpy().astype(np.uint8)
    filled = cv2.inpaint(pixels, holes, _FILL_RADIUS_PX, _FILLINGS[kind])
    return np.asarray(filled, np.uint8).reshape(pixels.shape)


def _without_noise(pixels: Plane, sigma_8bit: float) -> Plane:
    strength = max(_STRENGTH_PER_SIGMA * sigma_8bit, 0.1)  # it divides by it
    # Colours as they are: OpenCV's own way for colour pictures, which takes them apart, is worse by half a decibel.
    made = cv2.fastNlMeansDenoising(pixels, None, strength, _PATCH_PX, _SEARCH_PX)
    return np.asarray(made, np.uint8).reshape(pixels.shape)


def _resized(samples: NDArray[Any], size: Size, kind: Filter) -> NDArray[Any]:
    made = cv2.resize(samples, size[::-1], interpolation=_RESAMPLINGS[kind])
    return np.asarray(made).reshape(*size, samples.shape[2])


def _margin_px(kind: Filter) -> int:
    """How far beyond a pixel the filter looks."""
    if kind in _RESAMPLINGS:
        return _RESAMPLE_MARGIN_PX
    if kind in _FILLINGS:
        return _FILL_MARGIN_PX
    if kind is Filter.WIENER:
        return INVERSE_REACH_PX
    return (_PATCH_PX + _SEARCH_PX) // 2


def _times(shape: tuple[int, ...], factor: float) -> Size:
    return max(1, round(shape[0] * factor)), max(1, round(shape[1] * factor))
