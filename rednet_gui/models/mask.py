"""What is painted over the picture: where to fill, or where a restoration counts."""

from __future__ import annotations

import numpy as np
import torch
from numpy.typing import NDArray
from PySide6.QtCore import QObject, QRect, Signal
from torch import Tensor


class Mask(QObject):
    """A plane as large as the picture; soft edges allowed.

    Signals:
        changed: the rectangle that looks different now, in picture pixels.
        is_empty_changed: the first paint came, or the last went.

    Attributes:
        pixels: (H, W) uint8, 0 where nothing is painted, 255 where all is.
    """

    changed = Signal(QRect)
    is_empty_changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.pixels: NDArray[np.uint8] = np.zeros((0, 0), np.uint8)

    @property
    def is_empty(self) -> bool:
        """Whether nothing is painted."""
        return not self.pixels.any()

    def reset(self, width: int, height: int) -> None:
        """Start with nothing painted on a picture of that size."""
        self.pixels = np.zeros((height, width), np.uint8)
        self.changed.emit(QRect(0, 0, width, height))
        self.is_empty_changed.emit()

    def to_tensor(self) -> Tensor:
        """(1, H, W) bool, True where more than half is painted."""
        return torch.from_numpy(self.pixels > 127)[None]
