"""What the mouse does on the picture when it does more than move it."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QObject, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QCursor, QPainter

from rednet_gui.models.viewport import Viewport


@dataclass(frozen=True, slots=True)
class Placement:
    """Where the opened picture lies in the canvas.

    Attributes:
        viewport: zoom and pan of what is shown, which an enlarged result makes larger than the opened picture.
        enlargement: how many times larger what is shown is than the opened picture.
        ratio: device pixels per pixel of the widget.
    """

    viewport: Viewport
    enlargement: float
    ratio: float

    @property
    def scale(self) -> float:
        """Widget pixels per pixel of the opened picture."""
        return self.viewport.scale * self.enlargement / self.ratio

    def to_picture(self, position: QPointF) -> QPointF:
        """From the widget to the opened picture; (0, 0) is the corner of its first pixel."""
        left, top = self.viewport.origin
        return QPointF(
            (position.x() - left / self.ratio) / self.scale,
            (position.y() - top / self.ratio) / self.scale,
        )

    def to_widget(self, point: QPointF) -> QPointF:
        """From the opened picture to the widget."""
        left, top = self.viewport.origin
        return QPointF(point.x() * self.scale + left / self.ratio, point.y() * self.scale + top / self.ratio)

    @property
    def visible(self) -> QRectF:
        """The part of the widget that the picture covers."""
        left, top, width, height = (length / self.ratio for length in self.viewport.visible)
        return QRectF(left, top, width, height)


@dataclass(frozen=True, slots=True)
class Touch:
    """One place where the mouse or the pen is.

    Attributes:
        position: in the widget.
        point: in pixels of the opened picture, also outside it.
        button: the button that is held, `NoButton` while hovering.
        modifiers: keys held with it.
        pressure: of a pen, 0 to 1; 1 for a mouse.
    """

    position: QPointF
    point: QPointF
    button: Qt.MouseButton
    modifiers: Qt.KeyboardModifier
    pressure: float = 1.0


class CanvasTool(QObject):
    """Takes the left and the right button while it is the canvas's tool.

    The middle button and the wheel still move the picture.

    Signals:
        changed: what the tool paints over the picture looks different now.
    """

    changed = Signal()

    def cursor(self) -> QCursor:
        """The pointer's shape over the picture."""
        return QCursor(Qt.CursorShape.CrossCursor)

    def press(self, touch: Touch) -> None:
        """A button went down."""

    def move(self, touch: Touch) -> None:
        """The pointer moved, with or without a button."""

    def release(self, touch: Touch) -> None:
        """The button went up."""

    def scroll(self, steps: float, modifiers: Qt.KeyboardModifier) -> bool:
        """The wheel turned, up if positive; whether the tool wants that, which else zooms."""
        return False

    def leave(self) -> None:
        """The pointer left the canvas."""

    def cancel(self) -> None:
        """Give up what was begun and not finished."""

    def paint(self, painter: QPainter, placement: Placement) -> None:
        """Paint over the picture, in the widget's coordinates."""
