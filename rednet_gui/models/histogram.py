"""How often each brightness and colour occurs in what is on screen."""

from __future__ import annotations

import math

import cv2
import numpy as np
from numpy.typing import NDArray

from rednet_gui.models.picture_view import View
from rednet_gui.models.viewport import Viewport

_SAMPLES = 100_000


def histogram(view: View, viewport: Viewport) -> NDArray[np.float32]:
    """Count luma, red, green and blue in the visible part, from a copy that is small enough to be instant.

    Returns: (4, 256) shares of all samples, each row with sum 1; zeros where nothing is visible.
    """
    _, _, width, height = viewport.visible
    if not width or not height:
        return np.zeros((4, 256), np.float32)
    shrink = min(1.0 / max(1.0, viewport.scale), math.sqrt(_SAMPLES / (width * height)), 1.0)
    left, top = (max(0, -round(start * shrink)) for start in viewport.origin)
    scale = viewport.scale * viewport.picture[0] / view.width * shrink
    width, height = max(1, int(width * shrink)), max(1, int(height * shrink))
    pixels = np.ascontiguousarray(view.render(scale, left=left, top=top, width=width, height=height)[..., :3])
    planes = [cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY), *cv2.split(pixels)]
    counts = np.stack([np.bincount(plane.ravel(), minlength=256) for plane in planes])
    return np.asarray(counts / (width * height), np.float32)
