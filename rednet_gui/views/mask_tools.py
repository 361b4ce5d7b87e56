"""What paints the mask on the photo: brush, lasso, rectangle and wand."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QCursor, QPainter, QPen, QPolygonF

from rednet_gui.models.brush import Brush, Stroke
from rednet_gui.models.mask import Mask, Painting
from rednet_gui.models.mask_options import MaskOptions
from rednet_gui.models.mask_shapes import polygon, rectangle
from rednet_gui.settings import BRUSH_HARDNESS, BRUSH_SIZE
from rednet_gui.views.canvas_tool import CanvasTool, Placement, Touch
from rednet_gui.views.theme import Color

_SMALLEST_OUTLINE_PX = 4.0
_DASHES = (4.0, 4.0)


def erases(touch: Touch) -> bool:
    """Whether paint is taken away: with the right button, or with Alt."""
    return touch.button is Qt.MouseButton.RightButton or bool(touch.modifiers & Qt.KeyboardModifier.AltModifier)


class BrushTool(CanvasTool):
    """Strokes; Shift goes straight on from where the last one ended; Ctrl and the wheel change the size."""

    def __init__(self, mask: Mask, options: MaskOptions) -> None:
        super().__init__()
        self._mask, self._options = mask, options
        self._stroke: Stroke | None = None
        self._last: tuple[Painting, float, float] | None = None
        self._at: QPointF | None = None
        self._diameter_px = 0.0  # on screen, as painted last
        options.changed.connect(self.changed)

    def cursor(self) -> QCursor:
        is_outlined = self._diameter_px >= _SMALLEST_OUTLINE_PX
        return QCursor(Qt.CursorShape.BlankCursor if is_outlined else Qt.CursorShape.CrossCursor)

    def press(self, touch: Touch) -> None:
        size, hardness = self._options.get(BRUSH_SIZE), self._options.get(BRUSH_HARDNESS)
        self._stroke = Stroke(self._mask, Brush(size, hardness, erases(touch)))
        is_straight = bool(touch.modifiers & Qt.KeyboardModifier.ShiftModifier)
        if is_straight and self._last is not None and self._last[0] is self._mask.painting:
            self._stroke.draw_to(*self._last[1:], touch.pressure)
        self._draw(touch)

    def move(self, touch: Touch) -> None:
        self._at = touch.position
        if self._stroke is not None:
            self._draw(touch)
        else:
            self.changed.emit()

    def release(self, touch: Touch) -> None:
        if self._stroke is not None:
            if self._stroke.end is not None:
                self._last = (self._mask.painting, *self._stroke.end)
            self._stroke = None
            self._mask.end_step()

    def leave(self) -> None:
        self._at = None
        self.changed.emit()

    def cancel(self) -> None:
        if self._stroke is not None:
            self._stroke = None
            self._mask.cancel_step()

    def scroll(self, steps: float, modifiers: Qt.KeyboardModifier) -> bool:
        if not modifiers & Qt.KeyboardModifier.ControlModifier:
            return False
        self._options.resize_brush(steps)
        return True

    def paint(self, painter: QPainter, placement: Placement) -> None:
        self._diameter_px = self._options.get(BRUSH_SIZE) * placement.scale
        if self._at is None or self._diameter_px < _SMALLEST_OUTLINE_PX:
            return
        radius = self._diameter_px / 2
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for pen in (QPen(QColor(0, 0, 0, 160), 3), QPen(Color.BRIGHT.now, 1.25)):
            painter.setPen(pen)
            painter.drawEllipse(self._at, radius, radius)

    def _draw(self, touch: Touch) -> None:
        assert self._stroke is not None
        self._at = touch.position
        self._stroke.draw_to(touch.point.x(), touch.point.y(), touch.pressure)


class OutlineTool(CanvasTool):
    """Marks, or frees, what lies inside an outline that is drawn."""

    def __init__(self, mask: Mask) -> None:
        super().__init__()
        self._mask = mask
        self._points: list[QPointF] = []
        self._erases = False

    def press(self, touch: Touch) -> None:
        self._points, self._erases = [touch.point], erases(touch)
        self.changed.emit()

    def move(self, touch: Touch) -> None:
        if self._points:
            self._extend(touch.point)
            self.changed.emit()

    def release(self, touch: Touch) -> None:
        if self._points:
            self._extend(touch.point)
            self._mark()
        self.cancel()

    def cancel(self) -> None:
        self._points = []
        self.changed.emit()

    def paint(self, painter: QPainter, placement: Placement) -> None:
        if not self._points:
            return
        outline = QPolygonF([placement.to_widget(point) for point in self._corners()])
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        dashed = QPen(Color.BRIGHT.now, 1.25)
        dashed.setDashPattern(_DASHES)
        for pen in (QPen(QColor(0, 0, 0, 160), 2.5), dashed):
            painter.setPen(pen)
            painter.drawPolygon(outline)

    def _corners(self) -> list[QPointF]:
        return self._points

    def _extend(self, point: QPointF) -> None:
        self._points.append(point)

    def _mark(self) -> None:
        if len(self._points) > 2:
            self._mask.blend(*polygon([(point.x(), point.y()) for point in self._points]), erases=self._erases)
            self._mask.end_step()


class LassoTool(OutlineTool):
    """An outline drawn freely; its ends are joined."""


class RectangleTool(OutlineTool):
    """An outline from one corner to the opposite one."""

    def _corners(self) -> list[QPointF]:
        box = QRectF(self._points[0], self._points[-1])
        return [box.topLeft(), box.topRight(), box.bottomRight(), box.bottomLeft()]

    def _extend(self, point: QPointF) -> None:
        self._points[1:] = [point]

    def _mark(self) -> None:
        start, end = self._points[0], self._points[-1]
        left, top, coverage = rectangle((start.x(), start.y()), (end.x(), end.y()))
        self._mask.blend(left, top, coverage, erases=self._erases)
        self._mask.end_step()


class WandTool(CanvasTool):
    """Asks for what is connected with a pixel and looks like it.

    Signals:
        picked: the pixel, and whether paint is to be taken away there.
    """

    picked = Signal(QPoint, bool)

    def __init__(self, mask: Mask) -> None:
        super().__init__()
        self._mask = mask
        self._is_down = False

    def press(self, touch: Touch) -> None:
        self._is_down = True

    def release(self, touch: Touch) -> None:
        pixel = QPoint(int(touch.point.x() // 1), int(touch.point.y() // 1))
        if self._is_down and self._mask.bounds.contains(pixel):
            self.picked.emit(pixel, erases(touch))
        self._is_down = False

    def cancel(self) -> None:
        self._is_down = False
