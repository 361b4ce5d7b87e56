"""Painting more than a stroke at once: outlines, areas of one colour, and changes of the whole mask."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from engine.run_context import RunContext
from engine.tensors import to_8bit
from rednet_gui.models.picture_view import Pixels

Plane = NDArray[np.uint8]
Points = Sequence[tuple[float, float]]
"""x and y in picture pixels; (0, 0) is the corner of the first pixel."""

MAX_AMOUNT_PX = 100
_FRACTION_BITS = 4  # of a pixel, that OpenCV draws with
_RADIUS_AT_ONCE_PX = 8  # larger discs are sums of such: their cost grows with the area
_SEED_REACH_PX = 2


def polygon(points: Points) -> tuple[int, int, Plane]:
    """Left, top and coverage of the area inside an outline, with smooth edges."""
    corners = np.asarray(points, np.float64)
    left, top = (math.floor(edge) - 1 for edge in corners.min(0))
    right, bottom = (math.ceil(edge) + 1 for edge in corners.max(0))
    coverage = np.zeros((bottom - top, right - left), np.uint8)
    # OpenCV's whole numbers are the middles of pixels.
    fixed = ((corners - (left + 0.5, top + 0.5)) * (1 << _FRACTION_BITS)).round().astype(np.int32)
    cv2.fillPoly(coverage, [fixed], 255, cv2.LINE_AA, _FRACTION_BITS)
    return left, top, coverage


def rectangle(start: tuple[float, float], end: tuple[float, float]) -> tuple[int, int, Plane]:
    """Left, top and coverage of the pixels between two corners; none lie between corners in one place."""
    left, right = sorted((round(start[0]), round(end[0])))
    top, bottom = sorted((round(start[1]), round(end[1])))
    return left, top, np.full((bottom - top, right - left), 255, np.uint8)


def similar_area(pixels: Pixels, x: int, y: int, tolerance: int) -> Plane:
    """(H, W), 255 where the picture goes on in the colour that it has around a pixel.

    Args:
        pixels: (H, W, C) of any type.
        tolerance: how far each channel may be off, in 8-bit steps.
    """
    around = slice(max(0, y - _SEED_REACH_PX), y + 3), slice(max(0, x - _SEED_REACH_PX), x + 3)
    seed = np.median(to_8bit(pixels[around]).reshape(-1, pixels.shape[2]), axis=0).round()
    samples = to_8bit(pixels)
    area = np.asarray(cv2.inRange(samples, seed - tolerance, seed + tolerance), np.uint8)
    area[y, x] = 255  # noise may have taken the very pixel out
    reached = np.zeros((area.shape[0] + 2, area.shape[1] + 2), np.uint8)
    flags = 4 | (255 << 8) | cv2.FLOODFILL_MASK_ONLY
    cv2.floodFill(area, reached, (x, y), 0, flags=flags)
    return np.asarray(cv2.morphologyEx(reached[1:-1, 1:-1], cv2.MORPH_CLOSE, _disc(1)), np.uint8)


def grown(mask: Plane, amount_px: int, ctx: RunContext) -> Plane:
    """A mask with edges that far outside of its own."""
    return _spread(cv2.dilate, mask, amount_px, ctx)


def shrunk(mask: Plane, amount_px: int, ctx: RunContext) -> Plane:
    """A mask with edges that far inside of its own; what reaches over the picture's border stays there."""
    return _spread(cv2.erode, mask, amount_px, ctx)


def feathered(mask: Plane, amount_px: int, ctx: RunContext) -> Plane:
    """A mask that fades out over about that many pixels on either side of its edges."""
    ctx.check_canceled()
    return np.asarray(cv2.GaussianBlur(mask, (0, 0), amount_px / 2, borderType=cv2.BORDER_REPLICATE), np.uint8)


def inverted(mask: Plane) -> Plane:
    """What is painted becomes free, and what is free painted."""
    return ~mask


def _spread(operation: Callable[..., Any], mask: Plane, amount_px: int, ctx: RunContext) -> Plane:
    left_px = amount_px
    while left_px > 0:
        ctx.check_canceled()
        radius = min(left_px, _RADIUS_AT_ONCE_PX)
        mask = np.asarray(operation(mask, _disc(radius)), np.uint8)
        left_px -= radius
    return mask


def _disc(radius: int) -> Plane:
    return np.asarray(cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (2 * radius + 1,) * 2), np.uint8)
