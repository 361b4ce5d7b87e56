"""A restored picture while it is being made: tile by tile over what was there before."""

from __future__ import annotations

import math
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from engine.tensors import to_8bit
from rednet_gui.models.picture_view import PictureView, View, smaller_sizes

Pixels = NDArray[Any]


class GrowingView:
    """Shows finished tiles over another picture of the same subject; has the interface of `PictureView`.

    A tile may be added on another thread than the one that shows them.

    Attributes:
        icc: the colour profile of the pixels, None for sRGB.
    """

    def __init__(self, under: View, pixels: Pixels) -> None:
        """Show `pixels`, (H, W, C), where tiles are added, and `under`, of any size, elsewhere.

        `pixels` is shared, not copied: a tile must be complete when it is added.
        """
        self.icc = under.icc
        self._under = under
        self._planes = [
            pixels,
            *(np.zeros((*size, pixels.shape[2]), np.uint8) for size in smaller_sizes(*pixels.shape[:2])),
        ]
        self._over = PictureView(tuple(self._planes), (), self.icc)
        self._tiles: list[tuple[slice, slice]] = []

    @property
    def width(self) -> int:
        """In pixels of the restored picture."""
        return self._over.width

    @property
    def height(self) -> int:
        """In pixels of the restored picture."""
        return self._over.height

    @property
    def channels(self) -> int:
        """1 or 3."""
        return self._over.channels

    @property
    def has_alpha(self) -> bool:
        """Whether parts of the picture may be see-through."""
        return self._under.has_alpha

    def add(self, rows: slice, columns: slice) -> None:
        """Show a tile, which lies in the pixels now."""
        tile = rows, columns
        for finer, coarser in zip(self._planes, self._planes[1:], strict=False):
            columns, rows = (slice(part.start // 2, math.ceil(part.stop / 2)) for part in (columns, rows))
            source = finer[2 * rows.start : 2 * rows.stop, 2 * columns.start : 2 * columns.stop]
            target = coarser[rows, columns]
            half = cv2.resize(source, target.shape[1::-1], interpolation=cv2.INTER_AREA)
            target[:] = to_8bit(half.reshape(target.shape))
        self._tiles.append(tile)  # last: it may be painted from now on

    def render(self, scale: float, *, left: int, top: int, width: int, height: int) -> NDArray[np.uint8]:
        """The part of the picture that a window shows; see `PictureView.render`."""
        part = {"left": left, "top": top, "width": width, "height": height}
        picture = self._under.render(scale * self.width / self._under.width, **part)
        over: NDArray[np.uint8] | None = None
        for rows, columns in tuple(self._tiles):
            y, x = _screen(rows, scale, top, height), _screen(columns, scale, left, width)
            if y.stop <= y.start or x.stop <= x.start:
                continue
            if over is None:
                over = self._over.render(scale, **part)
            picture[y, x, :3] = over[y, x, :3]
        return picture


def _screen(span: slice, scale: float, start: int, length: int) -> slice:
    """The screen pixels whose middle lies in a span of picture pixels."""
    first, last = (round(edge * scale) - start for edge in (span.start, span.stop))
    return slice(min(length, max(0, first)), min(length, max(0, last)))
