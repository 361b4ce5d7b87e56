"""A round lens at the pointer."""

from __future__ import annotations

import math

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from rednet_gui.models.viewport import Viewport
from rednet_gui.views.canvas import Canvas
from rednet_gui.views.comparison import CompareMode, Comparison
from rednet_gui.views.theme import Color
from rednet_gui.views.widgets import percent_words

_DIAMETER = 200
_MAGNIFICATION = 4.0
_MAX_SCALE = 8.0
_RING = 3.0
_LABEL_HEIGHT = 20


class Loupe(QWidget):
    """Shows what lies under the pointer larger, the left half before and the right half after."""

    def __init__(self, canvas: Canvas) -> None:
        super().__init__(canvas)
        self._canvas = canvas
        self._comparison = Comparison()
        self._at: QPointF | None = None
        self.is_on = False
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFixedSize(_DIAMETER, _DIAMETER)
        self.hide()
        canvas.pointer_moved.connect(self._follow)
        canvas.view_changed.connect(self._refresh)

    def set_on(self, is_on: bool) -> None:
        """Show the lens while the pointer is on the picture, or never."""
        self.is_on = is_on
        self._comparison = Comparison()  # lest it keep the pictures that it showed
        self._refresh()

    @property
    def viewport(self) -> Viewport | None:
        """What the lens shows; None while there is nothing under it."""
        placement = self._canvas.placement
        if self._at is None or placement is None:
            return None
        point = self._canvas.picture_point(self._at) * placement.enlargement
        shown = placement.viewport
        if not QRectF(0, 0, *shown.picture).contains(point):
            return None
        side = round(_DIAMETER * placement.ratio)
        scale = max(shown.scale, _scale_over(shown.scale))
        return Viewport(shown.picture, (side, side), scale, (point.x(), point.y()), is_fitted=False)

    def _follow(self, at: QPointF | None) -> None:
        self._at = at
        self._refresh()

    def _refresh(self) -> None:
        is_shown = self.is_on and self.viewport is not None
        if is_shown and self._at is not None:
            self.move(round(self._at.x() - _DIAMETER / 2), round(self._at.y() - _DIAMETER / 2))
            self.update()
        self.setVisible(is_shown)

    def paintEvent(self, event: QPaintEvent) -> None:
        viewport = self.viewport
        if viewport is None:
            return
        lens = QRectF(self.rect()).adjusted(_RING, _RING, -_RING, -_RING)
        round_ = QPainterPath()
        round_.addEllipse(lens)
        painter = QPainter(self)
        painter.save()
        painter.setClipPath(round_)
        painter.fillRect(self.rect(), Color.CANVAS.now)
        ratio = self.devicePixelRatioF()
        painter.scale(1 / ratio, 1 / ratio)
        self._paint_halves(painter, viewport)
        painter.restore()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self._comparison.has_divider:
            painter.fillRect(QRectF(_DIAMETER / 2 - 0.5, lens.top(), 1, lens.height()), Color.BRIGHT.now)
        painter.setPen(QPen(QColor(0, 0, 0, 140), _RING))
        painter.drawEllipse(lens)
        painter.setPen(QPen(Color.BRIGHT.now, 1.5))
        painter.drawEllipse(lens)
        self._paint_scale(painter, viewport.scale)

    def _paint_halves(self, painter: QPainter, viewport: Viewport) -> None:
        shown, own = self._canvas.comparison, self._comparison
        own.show_as(shown)
        if own.mode in (CompareMode.SPLIT_ACROSS, CompareMode.SIDE_BY_SIDE):
            own.mode = CompareMode.SPLIT
        middle = viewport.window[0] / 2
        own.split = own.split_at((middle, middle), viewport)
        own.paint_pictures(painter, viewport)

    def _paint_scale(self, painter: QPainter, scale: float) -> None:
        words = percent_words(scale)
        width = painter.fontMetrics().horizontalAdvance(words) + 16
        box = QRect((_DIAMETER - width) // 2, _DIAMETER - 3 * _LABEL_HEIGHT // 2 - 6, width, _LABEL_HEIGHT)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(0, 0, 0, 160))
        painter.drawRoundedRect(box, _LABEL_HEIGHT / 2, _LABEL_HEIGHT / 2)
        painter.setPen(Color.BRIGHT.now)
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, words)


def _scale_over(scale: float) -> float:
    """About four times as large: single pixels, or 2, 4 or 8 screen pixels for each."""
    return min(_MAX_SCALE, max(1.0, 2.0 ** round(math.log2(_MAGNIFICATION * scale))))
