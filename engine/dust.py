"""Finding dust and scratches on scanned pictures without a network."""

from __future__ import annotations

from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from engine.image_io import Image
from engine.run_context import RunContext

Plane = NDArray[np.uint8]

_SCALES = (1, 2)
_WIDTH_SHARE = 1 / 120  # of the shorter side: the widest defect of the first scale
_TEXTURE_WINDOW = 8  # kernel widths: what is as strong all around is texture
_WEAKEST, _STRONGEST = 14.0, 70.0  # 8-bit steps that a defect stands out, at full and at no sensitivity
_TEXTURE_FACTOR = 3.5
_TAIL = 0.5  # a defect goes on where half of what starts it is left
_ELONGATION = 5.0
_SPECK_PX = 6


def find_damage(image: Image, sensitivity: float, ctx: RunContext) -> Plane:
    """Mark thin bright or dark lines and specks that stand out from what is around them.

    Top-hat and black-hat filters at two scales; what stands out from the texture starts a defect, which goes on along
    weaker pixels; of the components, those that are long for their width or small are kept.

    Args:
        sensitivity: 0 for the plainest defects only, to 1.
    Returns: (H, W), 255 on defects and a pixel around them, else 0.
    """
    gray = _luma(image.pixels)
    found = np.zeros_like(gray)
    size = max(3, round(min(gray.shape) * _WIDTH_SHARE))
    threshold = _STRONGEST + (_WEAKEST - _STRONGEST) * sensitivity
    steps = [(scale, operation) for scale in _SCALES for operation in (cv2.MORPH_TOPHAT, cv2.MORPH_BLACKHAT)]
    for number, (scale, operation) in enumerate(steps):
        ctx.report(number, len(steps))
        width = 2 * size * scale + 1
        kernel = np.ones((width, width), np.uint8)
        response = np.asarray(cv2.morphologyEx(gray, operation, kernel), np.uint8)
        found |= _defects(response, width, threshold)
    ctx.report(len(steps), len(steps))
    return np.asarray(cv2.dilate(found, np.ones((3, 3), np.uint8)), np.uint8)


def _luma(pixels: NDArray[Any]) -> Plane:
    scale = 255 / (np.iinfo(pixels.dtype).max if pixels.dtype.kind == "u" else 1)
    plane = pixels[..., 0] if pixels.shape[2] == 1 else cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY)
    return np.asarray(cv2.convertScaleAbs(plane, alpha=scale), np.uint8)


def _defects(response: Plane, width: int, threshold: float) -> Plane:
    """What of a filter's response is a defect, 255 or 0.

    Args:
        width: of the filter, in pixels.
        threshold: the response that a defect must have somewhere, in 8-bit steps.
    """
    texture = cv2.blur(response, (_TEXTURE_WINDOW * width,) * 2)
    limit = cv2.max(cv2.convertScaleAbs(texture, alpha=_TEXTURE_FACTOR), np.full_like(response, round(threshold)))
    starts = cv2.compare(response, limit, cv2.CMP_GT)
    weak = cv2.compare(response, cv2.convertScaleAbs(limit, alpha=_TAIL), cv2.CMP_GT)
    _, labels, stats, _ = cv2.connectedComponentsWithStats(weak, connectivity=8, ltype=cv2.CV_32S)
    lengths = np.hypot(stats[:, cv2.CC_STAT_WIDTH], stats[:, cv2.CC_STAT_HEIGHT])
    areas = stats[:, cv2.CC_STAT_AREA]
    is_long = (lengths > 3 * width) & (lengths**2 > _ELONGATION * areas)
    is_speck = lengths < 1.5 * width
    has_start = np.zeros(len(stats), bool)
    has_start[labels[starts > 0]] = True
    is_defect = has_start & (is_long | is_speck)
    is_defect[0] = False
    return np.asarray(is_defect[labels] * np.uint8(255), np.uint8)
