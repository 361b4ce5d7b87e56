"""Undoing strokes: what a plane looked like, kept in small packed tiles."""

from __future__ import annotations

import math
import time
import zlib
from collections import deque

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QRect

Plane = NDArray[np.uint8]
Packed = int | bytes
"""A tile: one value if all pixels have it, else packed pixels."""
Step = dict[tuple[int, int], tuple[Packed, Packed]]
"""What tiles, by row and column, held before and after."""

_TILE_PX = 256
_LIMIT_BYTES = 64 << 20
_TILE_BYTES = 200  # what even a tile of one value takes


class MaskHistory:
    """Steps that can be taken back. A step costs as much memory as its changed tiles hold, packed.

    Args:
        limit_bytes: the oldest steps are forgotten beyond it.
    """

    def __init__(self, limit_bytes: int = _LIMIT_BYTES) -> None:
        self._limit_bytes = limit_bytes
        self._undo = deque[tuple[float, Step]]()
        self._redo = list[tuple[float, Step]]()
        self._open: dict[tuple[int, int], Packed] = {}

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

    @property
    def undo_s(self) -> float:
        """When the step was made that is taken back next, by `time.perf_counter`; long ago without one."""
        return self._undo[-1][0] if self._undo else -math.inf

    @property
    def redo_s(self) -> float:
        """When the step was made that comes again next; far in the future without one."""
        return self._redo[-1][0] if self._redo else math.inf

    def keep(self, pixels: Plane, rect: QRect) -> None:
        """Note what is in a rectangle, within the plane, before it changes; once per tile and step."""
        for row in range(rect.top() // _TILE_PX, rect.bottom() // _TILE_PX + 1):
            for column in range(rect.left() // _TILE_PX, rect.right() // _TILE_PX + 1):
                if (row, column) not in self._open:
                    self._open[row, column] = _packed(_tile(pixels, row, column))

    def end(self, pixels: Plane) -> None:
        """The step is complete; what was taken back before cannot come again."""
        if self._open:
            self.add({place: (packed, _packed(_tile(pixels, *place))) for place, packed in self._open.items()})
            self._open = {}

    def add(self, step: Step) -> None:
        """Take a step that was made elsewhere."""
        self._undo.append((time.perf_counter(), step))
        self._redo.clear()
        while len(self._undo) > 1 and sum(_size_bytes(step) for _, step in self._undo) > self._limit_bytes:
            self._undo.popleft()

    def forget_undone(self) -> None:
        """What was taken back does not come again."""
        self._redo.clear()

    def cancel(self, pixels: Plane) -> QRect:
        """Take back the step that is being made; the rectangle that changed."""
        kept, self._open = self._open, {}
        return _put_back(pixels, kept)

    def undo(self, pixels: Plane) -> QRect:
        """Take back the last step; the rectangle that changed."""
        self._redo.append(self._undo.pop())
        return _put_back(pixels, {place: before for place, (before, _) in self._redo[-1][1].items()})

    def redo(self, pixels: Plane) -> QRect:
        """Make the step again that was taken back last; the rectangle that changed."""
        self._undo.append(self._redo.pop())
        return _put_back(pixels, {place: after for place, (_, after) in self._undo[-1][1].items()})


def step_between(before: Plane, after: Plane) -> Step:
    """The step from one plane to another of the same size; may take long, and runs on any thread."""
    step: Step = {}
    for top in range(0, before.shape[0], _TILE_PX):
        for left in range(0, before.shape[1], _TILE_PX):
            place = top // _TILE_PX, left // _TILE_PX
            old, new = _tile(before, *place), _tile(after, *place)
            if not np.array_equal(old, new):
                step[place] = _packed(old), _packed(new)
    return step


def rect_of(step: Step, pixels: Plane) -> QRect:
    """What a step may change."""
    changed = QRect()
    for row, column in step:
        height, width = _tile(pixels, row, column).shape
        changed |= QRect(column * _TILE_PX, row * _TILE_PX, width, height)
    return changed


def _tile(pixels: Plane, row: int, column: int) -> Plane:
    top, left = row * _TILE_PX, column * _TILE_PX
    return pixels[top : top + _TILE_PX, left : left + _TILE_PX]


def _packed(tile: Plane) -> Packed:
    value = int(tile[0, 0])
    return value if (tile == value).all() else zlib.compress(tile.tobytes(), 1)


def _size_bytes(step: Step) -> int:
    return sum(_TILE_BYTES + sum(len(packed) for packed in tile if isinstance(packed, bytes)) for tile in step.values())


def _put_back(pixels: Plane, tiles: dict[tuple[int, int], Packed]) -> QRect:
    """Fill tiles with what they held; where that was."""
    changed = QRect()
    for (row, column), packed in tiles.items():
        tile = _tile(pixels, row, column)
        if isinstance(packed, int):
            tile[:] = packed
        else:
            tile[:] = np.frombuffer(zlib.decompress(packed), np.uint8).reshape(tile.shape)
        changed |= QRect(column * _TILE_PX, row * _TILE_PX, tile.shape[1], tile.shape[0])
    return changed
