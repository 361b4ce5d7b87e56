"""Finding dust and scratches on scanned pictures without a network."""

from __future__ import annotations

import math
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from engine.image_io import Image
from engine.run_context import RunContext

Plane = NDArray[np.uint8]

_RADII_PX = (1, 2)  # of the filters; defects up to twice as wide are found
_FINEST_SIDE_PX = 400  # the shorter side of pictures that need no smaller copies of themselves
_WEAKEST, _STRONGEST = 30.0, 110.0  # 8-bit steps that a defect stands out, at full and at no sensitivity
_TEXTURE_WINDOW = 32  # filter widths: what is as strong all around is texture
_DEVIATIONS = 5.0  # that a defect stands out of texture, at half the sensitivity
_TAIL = 0.5  # a defect goes on where half of what starts it is left
_LEAST_CORE = 0.4  # of a defect that is strong enough to start it
_LENGTH, _THICKNESS = 6.0, 0.7  # of scratches, in filter widths; webs of texture are thicker for their length


def find_damage(image: Image, sensitivity: float, ctx: RunContext) -> Plane:
    """Mark thin bright or dark lines and specks that stand out from what is around them.

    Top-hat and black-hat filters on the picture and on smaller copies of it, so that large pictures have wider defects;
    what stands out from the texture starts a defect, which goes on along weaker pixels; of the components, those that
    are thin for their length or small are kept. The numbers are chosen so that at half the sensitivity less than a
    hundredth of clean photos is marked (Kodak's), and four fifths of drawn scratches are.

    Args:
        sensitivity: 0 for the plainest defects only, to 1.
    Returns: (H, W), 255 on defects and about a pixel around them, else 0.
    """
    gray = _luma(image.pixels)
    height, width = gray.shape
    found = np.zeros_like(gray)
    halvings = max(0, round(math.log2(min(height, width) / _FINEST_SIDE_PX)))
    steps = [(0, radius) for radius in _RADII_PX] + [(number + 1, _RADII_PX[-1]) for number in range(halvings)]
    for number, (halving, radius) in enumerate(steps):
        ctx.report(number, len(steps))
        if halving:
            gray = np.asarray(cv2.resize(gray, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA), np.uint8)
        marked = cv2.dilate(_marked(gray, radius, sensitivity), np.ones((3, 3), np.uint8))
        found |= np.asarray(cv2.resize(marked, (width, height), interpolation=cv2.INTER_NEAREST), np.uint8)
    ctx.report(len(steps), len(steps))
    return found


def _marked(gray: Plane, radius: int, sensitivity: float) -> Plane:
    """Defects up to twice the radius wide."""
    width = 2 * radius + 1
    kernel = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (width, width))
    marked = np.zeros_like(gray)
    for operation in (cv2.MORPH_TOPHAT, cv2.MORPH_BLACKHAT):
        response = np.asarray(cv2.morphologyEx(gray, operation, kernel), np.uint8)
        marked |= _defects(response, width, _limit(response, width, sensitivity))
    return marked


def _luma(pixels: NDArray[Any]) -> Plane:
    scale = 255 / (np.iinfo(pixels.dtype).max if pixels.dtype.kind == "u" else 1)
    plane = pixels[..., 0] if pixels.shape[2] == 1 else cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY)
    return np.asarray(cv2.convertScaleAbs(plane, alpha=scale), np.uint8)


def _limit(response: Plane, width: int, sensitivity: float) -> Plane:
    """What a filter's response must exceed to start a defect: more than texture does, and a visible step."""
    window = (_TEXTURE_WINDOW * width,) * 2
    mean = np.asarray(cv2.boxFilter(response, cv2.CV_32F, window), np.float32)
    deviation = np.asarray(cv2.sqrBoxFilter(response, cv2.CV_32F, window), np.float32)
    deviation -= mean * mean
    np.sqrt(np.maximum(deviation, 0, out=deviation), out=deviation)
    deviation *= np.float32(_DEVIATIONS * (1.5 - sensitivity))
    mean += deviation
    least = round(_STRONGEST + (_WEAKEST - _STRONGEST) * sensitivity)
    return np.asarray(cv2.max(cv2.convertScaleAbs(mean), np.full_like(response, least)), np.uint8)


def _defects(response: Plane, width: int, limit: Plane) -> Plane:
    """What of a filter's response is a defect, 255 or 0.

    Args:
        width: of the filter, in pixels.
        limit: what starts a defect.
    """
    starts = cv2.compare(response, limit, cv2.CMP_GT)
    weak = cv2.compare(response, cv2.convertScaleAbs(limit, alpha=_TAIL), cv2.CMP_GT)
    count, labels, stats, _ = cv2.connectedComponentsWithStats(weak, connectivity=8, ltype=cv2.CV_32S)
    lengths = np.hypot(stats[:, cv2.CC_STAT_WIDTH], stats[:, cv2.CC_STAT_HEIGHT])
    areas = stats[:, cv2.CC_STAT_AREA]
    core = np.bincount(labels[starts > 0], minlength=count)
    is_long = (lengths > _LENGTH * width) & (areas < _THICKNESS * width * lengths)
    is_defect = (core > _LEAST_CORE * areas) & (is_long | (lengths < width))
    is_defect[0] = False
    return np.asarray(is_defect[labels] * np.uint8(255), np.uint8)
