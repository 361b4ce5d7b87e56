"""The picture before and after, side by side along a divider."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPen

from rednet_gui.models.picture_view import PictureView
from rednet_gui.models.viewport import Viewport
from rednet_gui.views.layer import Layer
from rednet_gui.views.theme import SPACE, Color

_GRIP_RADIUS = 15
_GRAB_WIDTH = 12


class Comparison:
    """Paints a picture, or a picture and its restored version on either side of a divider.

    Attributes:
        split: where the divider stands, from 0 at the left of what is visible of the picture to 1 at its right.
        is_original_shown: whether the restored version is hidden.
        before_words, after_words: what the two sides are called.
    """

    def __init__(self, before_words: str, after_words: str) -> None:
        self.split = 0.5
        self.is_original_shown = False
        self.before_words, self.after_words = before_words, after_words
        self._before: Layer | None = None
        self._after: Layer | None = None
        self._before_width = 1

    @property
    def has_divider(self) -> bool:
        """Whether both versions are shown."""
        return self._after is not None and not self.is_original_shown

    def show(self, before: PictureView | None, after: PictureView | None) -> None:
        """Take other pictures."""
        self._before = None if before is None else Layer(before)
        self._after = None if after is None else Layer(after)
        self._before_width = 1 if before is None else before.width

    def divider_px(self, viewport: Viewport) -> int:
        """Where the divider stands, in device pixels from the left of the window."""
        visible = QRect(*viewport.visible)
        return visible.left() + round(self.split * visible.width())

    def is_on_divider(self, x_px: float, viewport: Viewport, ratio: float) -> bool:
        """Whether a place in the window, in device pixels, is near enough to grab the divider."""
        return self.has_divider and abs(x_px - self.divider_px(viewport)) <= _GRAB_WIDTH * ratio

    def split_at(self, x_px: float, viewport: Viewport) -> float:
        """The `split` that puts the divider there."""
        visible = QRect(*viewport.visible)
        return min(1.0, max(0.0, (x_px - visible.left()) / max(1, visible.width())))

    def paint(self, painter: QPainter, viewport: Viewport, ratio: float) -> None:
        """Paint all of it; the painter is in the widget's own coordinates."""
        painter.save()
        painter.scale(1 / ratio, 1 / ratio)  # pictures are drawn in device pixels
        self._paint_pictures(painter, viewport)
        painter.restore()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.has_divider:
            self._paint_divider(painter, viewport, ratio)
        if self._after is not None:
            self._paint_labels(painter, viewport, ratio)

    def _paint_pictures(self, painter: QPainter, viewport: Viewport) -> None:
        visible, origin = QRect(*viewport.visible), QPoint(*viewport.origin)
        before_scale = viewport.scale * viewport.picture[0] / self._before_width
        split = self.divider_px(viewport) if self.has_divider else visible.right() + 1
        left, right = QRect(visible), QRect(visible)
        left.setRight(split - 1)
        right.setLeft(split)
        if self._before is not None and not left.isEmpty():
            self._before.paint(painter, left, scale=before_scale, origin=origin, visible=visible)
        if self._after is not None and not right.isEmpty():
            self._after.paint(painter, right, scale=viewport.scale, origin=origin, visible=visible)

    def _paint_divider(self, painter: QPainter, viewport: Viewport, ratio: float) -> None:
        visible = QRect(*viewport.visible)
        x, top, bottom = self.divider_px(viewport) / ratio, visible.top() / ratio, (visible.bottom() + 1) / ratio
        painter.setPen(Qt.PenStyle.NoPen)
        painter.fillRect(QRectF(x - 1.5, top, 3, bottom - top), QColor(0, 0, 0, 90))
        painter.fillRect(QRectF(x - 0.75, top, 1.5, bottom - top), QColor(Color.BRIGHT))
        middle = QPointF(x, (top + bottom) / 2)
        painter.setBrush(QColor(0, 0, 0, 70))
        painter.drawEllipse(middle, _GRIP_RADIUS + 1.5, _GRIP_RADIUS + 1.5)
        painter.setBrush(QColor(Color.BRIGHT))
        painter.drawEllipse(middle, _GRIP_RADIUS, _GRIP_RADIUS)
        painter.setPen(QPen(QColor(Color.INK), 1.8, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
        for side in (-1, 1):
            tip = middle + QPointF(side * 8, 0)
            painter.drawPolyline([tip + QPointF(-side * 4, -4), tip, tip + QPointF(-side * 4, 4)])

    def _paint_labels(self, painter: QPainter, viewport: Viewport, ratio: float) -> None:
        """Name the two sides, where there is room."""
        visible = QRect(*viewport.visible)
        left, right, top = visible.left() / ratio, (visible.right() + 1) / ratio, visible.top() / ratio
        divider = self.divider_px(viewport) / ratio if self.has_divider else right
        metrics = QFontMetrics(painter.font())
        height = metrics.height() + SPACE
        for words, is_left in ((self.before_words, True), (self.after_words, False)):
            width = metrics.horizontalAdvance(words) + 2.5 * SPACE
            room = divider - left if is_left else right - divider
            if room < width + 3 * SPACE:
                continue
            x = left + 1.5 * SPACE if is_left else right - 1.5 * SPACE - width
            box = QRectF(x, top + 1.5 * SPACE, width, height)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(0, 0, 0, 150))
            painter.drawRoundedRect(box, height / 2, height / 2)
            painter.setPen(QColor(Color.BRIGHT))
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, words)
