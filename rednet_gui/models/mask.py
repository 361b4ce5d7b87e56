"""What is painted over the picture: where to fill, or where a restoration counts."""

from __future__ import annotations

import cv2
import numpy as np
import torch
from numpy.typing import NDArray
from PySide6.QtCore import QObject, QRect, Signal
from torch import Tensor

from rednet_gui.models.mask_history import MaskHistory

Plane = NDArray[np.uint8]


class Mask(QObject):
    """A plane as large as the picture; soft edges allowed. Changes are steps that can be undone.

    Signals:
        changed: the rectangle that looks different now, in picture pixels.
        is_empty_changed: the first paint came, or the last went.
        steps_changed: a step was made, undone or made again, or all were forgotten.

    Attributes:
        pixels: (H, W) uint8, 0 where nothing is painted, 255 where all is. The array stays the same until `reset`.
    """

    changed = Signal(QRect)
    is_empty_changed = Signal()
    steps_changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.pixels: Plane = np.zeros((0, 0), np.uint8)
        self._history = MaskHistory()
        self._painted = 0

    @property
    def is_empty(self) -> bool:
        """Whether nothing is painted."""
        return not self._painted

    @property
    def is_changing(self) -> bool:
        """Whether a step is begun and not ended."""
        return self._history.is_open

    @property
    def can_undo(self) -> bool:
        """Whether there is a step to take back."""
        return self._history.can_undo and not self.is_changing

    @property
    def can_redo(self) -> bool:
        """Whether a step was taken back."""
        return self._history.can_redo and not self.is_changing

    @property
    def bounds(self) -> QRect:
        """All of the picture."""
        return QRect(0, 0, self.pixels.shape[1], self.pixels.shape[0])

    def reset(self, width: int, height: int, pixels: Plane | None = None) -> None:
        """Start with nothing painted on a picture of that size, or with a mask of that size; there is no way back."""
        self.pixels = np.zeros((height, width), np.uint8) if pixels is None else pixels.copy()
        self._history = MaskHistory()
        was_empty, self._painted = self.is_empty, _count(self.pixels)
        self._tell(self.bounds, was_empty=was_empty)
        self.steps_changed.emit()

    def blend(self, left: int, top: int, coverage: Plane, *, erases: bool = False) -> None:
        """Paint, or erase, a part; begins a step unless one is begun.

        Args:
            left, top: where `coverage` lies, maybe partly outside.
            coverage: (h, w), 255 where it works fully. Painting twice is the same as once.
        """
        rect = QRect(left, top, coverage.shape[1], coverage.shape[0]) & self.bounds
        if rect.isEmpty():
            return
        self._history.keep(self.pixels, rect)
        part = coverage[rect.top() - top :, rect.left() - left :][: rect.height(), : rect.width()]
        target = self._part(rect)
        was_empty, before = self.is_empty, _count(target)
        if erases:
            np.minimum(target, ~part, out=target)
        else:
            np.maximum(target, part, out=target)
        self._painted += _count(target) - before
        self._tell(rect, was_empty=was_empty)

    def replace(self, pixels: Plane) -> None:
        """Take another mask of the same size, as one step."""
        different = cv2.boundingRect(cv2.compare(self.pixels, pixels, cv2.CMP_NE))
        if (rect := QRect(*different)).isEmpty():
            return
        self._history.keep(self.pixels, rect)
        left, top, width, height = different
        self._part(rect)[:] = pixels[top : top + height, left : left + width]
        was_empty, self._painted = self.is_empty, _count(self.pixels)
        self._tell(rect, was_empty=was_empty)
        self.end_step()

    def end_step(self) -> None:
        """What was painted since the last step can be undone as one."""
        if self.is_changing:
            self._history.end()
            self.steps_changed.emit()

    def cancel_step(self) -> None:
        """Take back what was painted since the last step."""
        if self.is_changing:
            self._tell_swapped(self._history.cancel(self.pixels))

    def undo(self) -> None:
        """Take back a step, if there is one."""
        if self.can_undo:
            self._tell_swapped(self._history.undo(self.pixels))

    def redo(self) -> None:
        """Make a step again, if one was taken back."""
        if self.can_redo:
            self._tell_swapped(self._history.redo(self.pixels))

    def to_tensor(self) -> Tensor:
        """(1, H, W) bool, True where more than half is painted."""
        return torch.from_numpy(self.pixels > 127)[None]

    def _part(self, rect: QRect) -> Plane:
        return self.pixels[rect.top() : rect.top() + rect.height(), rect.left() : rect.left() + rect.width()]

    def _tell_swapped(self, rect: QRect) -> None:
        was_empty, self._painted = self.is_empty, _count(self.pixels)
        self._tell(rect, was_empty=was_empty)
        self.steps_changed.emit()

    def _tell(self, rect: QRect, *, was_empty: bool) -> None:
        self.changed.emit(rect)
        if self.is_empty is not was_empty:
            self.is_empty_changed.emit()


def _count(pixels: Plane) -> int:
    return cv2.countNonZero(pixels) if pixels.size else 0
