"""How one paints: the brush, the wand, and how the mask is shown."""

from __future__ import annotations

from typing import TypeVar

from PySide6.QtCore import QObject, Signal

from rednet_gui.settings import BRUSH_HARDNESS, BRUSH_SIZE, Setting, Settings

T = TypeVar("T", bool, int, float, str)

COLORS = {
    "red": "#ff3b30",
    "orange": "#ff9f0a",
    "yellow": "#ffe620",
    "green": "#32d74b",
    "cyan": "#27d3f5",
    "blue": "#3d7dff",
    "magenta": "#ff2fd0",
    "white": "#ffffff",
}
"""What the mask can be shown in."""

_SIZE_STEP = 1.15
_HARDNESS_STEP = 0.1
_SIZES_PX = (1.0, 1000.0)


class MaskOptions(QObject):
    """Settings that take effect at once.

    Signals:
        changed: one of them has another value.
    """

    changed = Signal()

    def __init__(self, settings: Settings, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._settings = settings

    def get(self, setting: Setting[T]) -> T:
        """The value."""
        return self._settings.get(setting)

    def set(self, setting: Setting[T], value: T) -> None:
        """Take another value, also for the next time."""
        if value != self.get(setting):
            self._settings.set(setting, value)
            self.changed.emit()

    def resize_brush(self, steps: float) -> None:
        """Make the brush larger, or smaller with a negative number; by a pixel at least."""
        size = self.get(BRUSH_SIZE)
        change = size * (_SIZE_STEP ** abs(steps) - 1)
        target = size + max(1.0, change) if steps > 0 else size - max(1.0, change / _SIZE_STEP ** abs(steps))
        self.set(BRUSH_SIZE, float(round(min(_SIZES_PX[1], max(_SIZES_PX[0], target)))))

    def harden_brush(self, steps: float) -> None:
        """Make the brush's edge sharper, or softer with a negative number."""
        hardness = self.get(BRUSH_HARDNESS) + steps * _HARDNESS_STEP
        self.set(BRUSH_HARDNESS, round(min(1.0, max(0.0, hardness)), 2))
