"""Undoing strokes: what a plane looked like, kept in small packed tiles."""

from __future__ import annotations

import zlib
from collections import deque

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QRect

Plane = NDArray[np.uint8]
Step = dict[tuple[int, int], int | bytes]
"""Tiles by row and column: one value if all pixels have it, else packed pixels."""

_TILE_PX = 256
_LIMIT_BYTES = 64 << 20
_TILE_BYTES = 100  # what even a tile of one value takes


class MaskHistory:
    """Steps that can be taken back. A step costs as much memory as its changed tiles hold, packed.

    Args:
        limit_bytes: the oldest steps are forgotten beyond it.
    """

    def __init__(self, limit_bytes: int = _LIMIT_BYTES) -> None:
        self._limit_bytes = limit_bytes
        self._undo = deque[Step]()
        self._redo = list[Step]()
        self._open: Step = {}

    @property
    def is_open(self) -> bool:
        """Whether a step is being made."""
        return bool(self._open)

    @property
    def can_undo(self) -> bool:
        """Whether there is a step to take back."""
        return bool(self._undo)

    @property
    def can_redo(self) -> bool:
        """Whether a step was taken back."""
        return bool(self._redo)

    def keep(self, pixels: Plane, rect: QRect) -> None:
        """Note what is in a rectangle, within the plane, before it changes; once per tile and step."""
        for row in range(rect.top() // _TILE_PX, rect.bottom() // _TILE_PX + 1):
            for column in range(rect.left() // _TILE_PX, rect.right() // _TILE_PX + 1):
                if (row, column) not in self._open:
                    self._open[row, column] = _packed(_tile(pixels, row, column))

    def end(self) -> None:
        """The step is complete; what was taken back before cannot come again."""
        if self._open:
            self._undo.append(self._open)
            self._open = {}
            self._redo.clear()
        while len(self._undo) > 1 and sum(map(_size_bytes, self._undo)) > self._limit_bytes:
            self._undo.popleft()

    def cancel(self, pixels: Plane) -> QRect:
        """Take back the step that is being made; the rectangle that changed."""
        step, self._open = self._open, {}
        return _swap(pixels, step)[1]

    def undo(self, pixels: Plane) -> QRect:
        """Take back the last step; the rectangle that changed."""
        inverse, rect = _swap(pixels, self._undo.pop())
        self._redo.append(inverse)
        return rect

    def redo(self, pixels: Plane) -> QRect:
        """Make the step again that was taken back last; the rectangle that changed."""
        inverse, rect = _swap(pixels, self._redo.pop())
        self._undo.append(inverse)
        return rect


def _tile(pixels: Plane, row: int, column: int) -> Plane:
    top, left = row * _TILE_PX, column * _TILE_PX
    return pixels[top : top + _TILE_PX, left : left + _TILE_PX]


def _packed(tile: Plane) -> int | bytes:
    value = int(tile[0, 0])
    return value if (tile == value).all() else zlib.compress(tile.tobytes(), 1)


def _size_bytes(step: Step) -> int:
    return sum(_TILE_BYTES + (len(packed) if isinstance(packed, bytes) else 0) for packed in step.values())


def _swap(pixels: Plane, step: Step) -> tuple[Step, QRect]:
    """Put kept tiles back; the step that undoes this, and where it was."""
    inverse: Step = {}
    changed = QRect()
    for (row, column), packed in step.items():
        tile = _tile(pixels, row, column)
        inverse[row, column] = _packed(tile)
        if isinstance(packed, int):
            tile[:] = packed
        else:
            tile[:] = np.frombuffer(zlib.decompress(packed), np.uint8).reshape(tile.shape)
        changed |= QRect(column * _TILE_PX, row * _TILE_PX, tile.shape[1], tile.shape[0])
    return inverse, changed
