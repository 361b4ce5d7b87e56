"""Giving the mouse and the pen to the canvas's tool."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QMouseEvent, QTabletEvent

from rednet_gui.views.canvas_tool import CanvasTool, Touch

_BUTTONS = (Qt.MouseButton.LeftButton, Qt.MouseButton.RightButton)

Event = QMouseEvent | QTabletEvent


class ToolHand:
    """Holds the tool; a button that went down keeps it busy until it goes up, or until it is canceled.

    Args:
        touch: makes what the tool is told of an event and the button that is held; None without a picture.

    Attributes:
        tool: what is held.
    """

    def __init__(self, touch: Callable[[Event, Qt.MouseButton], Touch | None]) -> None:
        self.tool: CanvasTool | None = None
        self._touch = touch
        self._button = Qt.MouseButton.NoButton

    @property
    def is_busy(self) -> bool:
        """Whether the tool has begun something."""
        return self._button is not Qt.MouseButton.NoButton

    def press(self, event: Event) -> bool:
        """Whether the tool takes this press."""
        if self.tool is None or event.button() not in _BUTTONS:
            return False
        if not self.is_busy:
            self._button = event.button()
            if (touch := self._touch(event, self._button)) is not None:
                self.tool.press(touch)
        return True

    def move(self, event: Event) -> None:
        """The pointer is elsewhere."""
        if self.tool is not None and (touch := self._touch(event, self._button)) is not None:
            self.tool.move(touch)

    def release(self, event: Event) -> None:
        """The button went up."""
        if self.tool is not None and event.button() is self._button:
            touch = self._touch(event, self._button)
            self._button = Qt.MouseButton.NoButton
            if touch is not None:
                self.tool.release(touch)

    def cancel(self) -> bool:
        """Give up what the tool has begun; whether there was anything."""
        was_busy, self._button = self.is_busy, Qt.MouseButton.NoButton
        if self.tool is not None:
            self.tool.cancel()
        return was_busy
