"""Telling the blur on the picture: an arrow along the smear, its path, or a frame around a light."""

from __future__ import annotations

import math

from PySide6.QtCore import QPointF, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPainterPath, QPen

from rednet_gui.views.canvas_tool import CanvasTool, Placement, Touch
from rednet_gui.views.theme import Color

_HEAD_PX = 9
_SNAP_DEG = 15
_CLICK_PX = 4
_CLICK_FRAME_PX = 64
_CLOSEST_PX = 0.5


class ArrowTool(CanvasTool):
    """An arrow from one end of a smear to the other; Shift turns it in steps.

    Signals:
        drawn: how far the motion went, in picture pixels, and its angle in degrees, counter-clockwise; also while
            the arrow is being dragged.
    """

    drawn = Signal(float, float)

    def __init__(self) -> None:
        super().__init__()
        self._ends: tuple[QPointF, QPointF] | None = None

    def press(self, touch: Touch) -> None:
        """Start the arrow."""
        self._ends = touch.point, touch.point

    def move(self, touch: Touch) -> None:
        """Point it."""
        if self._ends is None or touch.button is Qt.MouseButton.NoButton:
            return
        start = self._ends[0]
        end = touch.point
        if touch.modifiers & Qt.KeyboardModifier.ShiftModifier:
            end = _snapped(start, end)
        self._ends = start, end
        self.changed.emit()
        length = _length(end - start)
        if length >= 1:
            self.drawn.emit(length, math.degrees(math.atan2(start.y() - end.y(), end.x() - start.x())))

    def cancel(self) -> None:
        """Forget the arrow."""
        self._ends = None
        self.changed.emit()

    def paint(self, painter: QPainter, placement: Placement) -> None:
        """A line with a head."""
        if self._ends is None or self._ends[0] == self._ends[1]:
            return
        start, end = (placement.to_widget(point) for point in self._ends)
        angle = math.atan2(end.y() - start.y(), end.x() - start.x())
        path = QPainterPath(start)
        path.lineTo(end)
        for side in (-1, 1):
            path.moveTo(end)
            turn = angle + side * math.radians(150)
            path.lineTo(end + QPointF(math.cos(turn), math.sin(turn)) * _HEAD_PX)
        _stroke(painter, path)


class PathTool(CanvasTool):
    """The path that a point took while the shutter was open.

    Signals:
        drawn: x and y of its points, in picture pixels; also while it is being drawn.
    """

    drawn = Signal(list)

    def __init__(self) -> None:
        super().__init__()
        self._points: list[QPointF] = []

    def press(self, touch: Touch) -> None:
        """Start the path."""
        self._points = [touch.point]
        self.changed.emit()

    def move(self, touch: Touch) -> None:
        """Go on with it."""
        if not self._points or touch.button is Qt.MouseButton.NoButton:
            return
        if _length(touch.point - self._points[-1]) >= _CLOSEST_PX:
            self._points.append(touch.point)
            self.changed.emit()
            self.drawn.emit([(point.x(), point.y()) for point in self._points])

    def cancel(self) -> None:
        """Forget the path."""
        self._points = []
        self.changed.emit()

    def paint(self, painter: QPainter, placement: Placement) -> None:
        """The path."""
        if len(self._points) < 2:
            return
        path = QPainterPath(placement.to_widget(self._points[0]))
        for point in self._points[1:]:
            path.lineTo(placement.to_widget(point))
        _stroke(painter, path)


class LightTool(CanvasTool):
    """A frame around a point of light; a click frames its surroundings.

    Signals:
        framed: the part of the picture, which may lie partly outside it.
    """

    framed = Signal(QRect)

    def __init__(self) -> None:
        super().__init__()
        self._ends: tuple[QPointF, QPointF] | None = None
        self._pressed_at = QPointF()

    def press(self, touch: Touch) -> None:
        """Start the frame."""
        self._ends = touch.point, touch.point
        self._pressed_at = touch.position

    def move(self, touch: Touch) -> None:
        """Draw it larger."""
        if self._ends is not None and touch.button is not Qt.MouseButton.NoButton:
            self._ends = self._ends[0], touch.point
            self.changed.emit()

    def release(self, touch: Touch) -> None:
        """Tell of the frame."""
        if self._ends is None:
            return
        if _length(touch.position - self._pressed_at) < _CLICK_PX:
            reach = QPointF(_CLICK_FRAME_PX / 2, _CLICK_FRAME_PX / 2)
            self._ends = touch.point - reach, touch.point + reach
        self.changed.emit()
        self.framed.emit(QRectF(*self._ends).normalized().toAlignedRect())

    def cancel(self) -> None:
        """Forget the frame."""
        self._ends = None
        self.changed.emit()

    def paint(self, painter: QPainter, placement: Placement) -> None:
        """The frame."""
        if self._ends is not None and self._ends[0] != self._ends[1]:
            path = QPainterPath()
            path.addRect(QRectF(*(placement.to_widget(point) for point in self._ends)).normalized())
            _stroke(painter, path)


def _length(vector: QPointF) -> float:
    return math.hypot(vector.x(), vector.y())


def _snapped(start: QPointF, end: QPointF) -> QPointF:
    vector = end - start
    step = math.radians(_SNAP_DEG)
    angle = round(math.atan2(vector.y(), vector.x()) / step) * step
    return start + QPointF(math.cos(angle), math.sin(angle)) * _length(vector)


def _stroke(painter: QPainter, path: QPainterPath) -> None:
    """A light line with a dark rim, to be seen on any photo."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    for color, width in ((Color.INK, 4.0), (Color.BRIGHT, 1.75)):
        pen = QPen(color.now, width)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        painter.setPen(pen)
        painter.drawPath(path)
