"""A mask as the screen needs it: only what is visible, and only what has changed."""

from __future__ import annotations

import math

import cv2
import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QRect

from rednet_gui.models.picture_view import PictureView, smaller_sizes

Plane = NDArray[np.uint8]
Part = tuple[int, int, int, int]
"""Left, top, width, height in screen pixels from the picture's corner."""

_CHANGE_MARGIN_PX = 3


class MaskView:
    """Smaller copies of a mask that is being painted. A pixel of a copy is the strongest of its four, so that no
    scratch vanishes, however small the picture is shown.

    Attributes:
        pixels: the mask itself, shared.
    """

    def __init__(self, pixels: Plane) -> None:
        self.pixels = pixels
        self._planes = [pixels, *(np.zeros(size, np.uint8) for size in smaller_sizes(*pixels.shape))]
        self._view = PictureView(tuple(plane[..., None] for plane in self._planes))

    def update(self, rect: QRect) -> None:
        """Take in what was painted in a rectangle."""
        rows, columns = (
            slice(start, start + length) for start, length in ((rect.top(), rect.height()), (rect.left(), rect.width()))
        )
        for finer, coarser in zip(self._planes, self._planes[1:], strict=False):
            rows, columns = (slice(part.start // 2, math.ceil(part.stop / 2)) for part in (rows, columns))
            source = finer[2 * rows.start : 2 * rows.stop, 2 * columns.start : 2 * columns.stop]
            # The anchor makes each pixel the strongest of itself and those right and below.
            spread = cv2.dilate(source, np.ones((2, 2), np.uint8), anchor=(0, 0))
            coarser[rows, columns] = spread[::2, ::2]

    def render(self, scale: float, part: Part) -> Plane:
        """(height, width) of a part at a scale."""
        left, top, width, height = part
        drawn = self._view.render(scale, left=left, top=top, width=width, height=height)
        return np.ascontiguousarray(drawn[..., 0])


def changed_part(rect: QRect, scale: float, part: Part) -> Part:
    """What of a visible part looks different after a change in a rectangle of the picture; maybe empty."""
    left, top, width, height = part
    margin = _CHANGE_MARGIN_PX * max(1.0, scale) + 1
    first_x, last_x = rect.left() * scale - margin, (rect.left() + rect.width()) * scale + margin
    first_y, last_y = rect.top() * scale - margin, (rect.top() + rect.height()) * scale + margin
    x0, y0 = max(left, math.floor(first_x)), max(top, math.floor(first_y))
    x1, y1 = min(left + width, math.ceil(last_x)), min(top + height, math.ceil(last_y))
    return x0, y0, max(0, x1 - x0), max(0, y1 - y0)
