"""The histogram in a corner of the canvas."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QEvent, QObject, QPointF, QRectF, Qt, QTimer
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPolygonF
from PySide6.QtWidgets import QWidget

from rednet_gui.models.histogram import histogram
from rednet_gui.views.canvas import Canvas
from rednet_gui.views.theme import SPACE

_SIZE = (272, 132)
_DELAY_MS = 30
_FILLS = (QColor(200, 200, 200, 110), QColor(214, 70, 64, 150), QColor(80, 176, 84, 150), QColor(76, 120, 224, 150))
_HEADROOM = 1.05
_SHARE_OF_BINS_WITHIN = 0.99


class HistogramPanel(QWidget):
    """Luma, red, green and blue of what is visible, after if there is a restored version."""

    def __init__(self, canvas: Canvas) -> None:
        super().__init__(canvas)
        self._canvas = canvas
        self._counts = np.zeros((4, 256), np.float32)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFixedSize(*_SIZE)
        self.setAccessibleName(self.tr("Histogram"))
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_DELAY_MS)
        self._timer.timeout.connect(self._count)
        canvas.view_changed.connect(self._follow)
        canvas.installEventFilter(self)
        self.hide()

    def set_on(self, is_on: bool) -> None:
        """Show it or not."""
        self.setVisible(is_on)
        self._place()
        self._count()

    def _follow(self) -> None:
        if self.isVisible() and not self._timer.isActive():
            self._timer.start()

    def _count(self) -> None:
        placement, view = self._canvas.placement, self._canvas.comparison.shown_view
        if self.isVisible():
            if placement is None or view is None:
                self._counts = np.zeros_like(self._counts)
            else:
                self._counts = histogram(view, placement.viewport)
            self.update()

    def _place(self) -> None:
        self.move(self._canvas.width() - _SIZE[0] - 2 * SPACE, self._canvas.height() - _SIZE[1] - 2 * SPACE)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            self._place()
        return False

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(16, 16, 16, 205))
        painter.drawRoundedRect(QRectF(self.rect()), SPACE, SPACE)
        room = QRectF(self.rect()).adjusted(SPACE, SPACE, -SPACE, -SPACE)
        # One flat area, such as a white border, must not press all others to the ground.
        top = max(1e-6, float(np.quantile(self._counts, _SHARE_OF_BINS_WITHIN))) * _HEADROOM
        for row, color in zip(self._counts, _FILLS, strict=True):
            heights = np.minimum(1.0, row / top) * room.height()
            step = room.width() / 255
            line = [QPointF(room.left() + i * step, room.bottom() - float(h)) for i, h in enumerate(heights)]
            painter.setBrush(color)
            painter.drawPolygon(QPolygonF([room.bottomLeft(), *line, room.bottomRight()]))
