"""Where in the picture a restoration counts."""

from __future__ import annotations

from enum import StrEnum

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject, Signal

from engine.steps import FrozenArray
from rednet_gui.models.mask import Mask

Plane = NDArray[np.uint8]


class LimitMode(StrEnum):
    """What the mask does to a restoration that does not fill."""

    EVERYWHERE = "everywhere"
    ONLY = "only"
    EXCEPT = "except"


class Limit(QObject):
    """Makes the mask say where a restoration counts.

    Signals:
        mode_changed: read the attribute.
        changed: the restoration counts elsewhere now.

    Attributes:
        mode: what the mask does.
    """

    mode_changed = Signal()
    changed = Signal()

    def __init__(self, mask: Mask, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.mode = LimitMode.EVERYWHERE
        self._mask = mask
        mask.changed.connect(self._on_mask_changed)

    @property
    def plane(self) -> Plane | None:
        """(H, W): 255 where the restoration counts in full; None for everywhere. Changes with the mask."""
        match self.mode:
            case LimitMode.ONLY:
                return self._mask.pixels
            case LimitMode.EXCEPT:
                return ~self._mask.pixels
        return None

    @property
    def value(self) -> FrozenArray | None:
        """The same as steps hold it."""
        if self.mode is LimitMode.EVERYWHERE:
            return None
        return self._mask.painting.value(is_inverted=self.mode is LimitMode.EXCEPT)

    @property
    def is_nothing(self) -> bool:
        """Whether nothing is painted where only what is painted counts."""
        return self.mode is LimitMode.ONLY and self._mask.is_empty

    def set_mode(self, mode: LimitMode) -> None:
        """Choose what the mask does."""
        if mode is not self.mode:
            self.mode = mode
            self.mode_changed.emit()
            self.changed.emit()

    def _on_mask_changed(self) -> None:
        if self.mode is not LimitMode.EVERYWHERE:
            self.changed.emit()
