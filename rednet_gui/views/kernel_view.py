"""The blur kernel enlarged, to look at and to touch up."""

from __future__ import annotations

import math

import numpy as np
from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFocusEvent, QImage, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from rednet_gui.models.blur import Blur
from rednet_gui.views.theme import Color

SIDE = 132
"""Of the widget."""

_FEWEST_CELLS = 15
_ROOM = 1.3
_GAMMA = 0.5  # faint parts of a trace count too
_MOST_GRID_CELLS = 45
_BUTTONS = (Qt.MouseButton.LeftButton, Qt.MouseButton.RightButton)


class KernelView(QWidget):
    """Paints a `Blur`: the left button makes brighter, the right one darker; the arrow keys with + and - do too."""

    def __init__(self, blur: Blur, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._blur = blur
        self._cells = _FEWEST_CELLS
        self._held = Qt.MouseButton.NoButton
        self._cursor: tuple[int, int] | None = None
        self.setFixedSize(SIDE, SIDE)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.CrossCursor)
        self.setAccessibleName(self.tr("Blur kernel"))
        words = self.tr(
            "What the blur made of one point. Paint with the left button, erase with the right one;"
            " or move with the arrow keys and press + or -"
        )
        self.setAccessibleDescription(words)
        self.setToolTip(words)
        blur.changed.connect(self._show)
        self._show()

    @property
    def cells(self) -> int:
        """How many kernel pixels are shown on a side; odd."""
        return self._cells

    def to_kernel(self, position: QPointF) -> tuple[float, float]:
        """Kernel pixels from the middle of the middle one, across and down."""
        return tuple((at / SIDE - 0.5) * self._cells for at in (position.x(), position.y()))  # type: ignore[return-value]  # two of two

    def _show(self) -> None:
        kernel = self._blur.kernel
        if not self._blur.is_painted:  # cells stay in their places under the mouse
            side = 1 if kernel is None else max(kernel.shape)
            self._cells = max(_FEWEST_CELLS, 2 * (math.ceil(side * _ROOM) // 2) + 1)
        self.update()

    def _paint_at(self, position: QPointF) -> None:
        self._blur.paint(*self.to_kernel(position), erases=self._held is Qt.MouseButton.RightButton)

    def sizeHint(self) -> QSize:
        return QSize(SIDE, SIDE)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), Color.EDGE.now)
        cell = SIDE / self._cells
        if (kernel := self._blur.kernel) is not None:
            height, width = kernel.shape
            part = QRectF(0, 0, width * cell, height * cell)
            part.moveCenter(QPointF(SIDE / 2, SIDE / 2))
            painter.drawImage(part, _tones(kernel / kernel.max()))
        if self._cells <= _MOST_GRID_CELLS:
            painter.setPen(QPen(Color.SUNKEN.now, 0))
            for line in range(1, self._cells):
                at = line * cell
                painter.drawLine(QPointF(at, 0), QPointF(at, SIDE))
                painter.drawLine(QPointF(0, at), QPointF(SIDE, at))
        self._paint_marks(painter, cell)

    def _paint_marks(self, painter: QPainter, cell: float) -> None:
        """The middle, where the point lay; the cell that keys change; the frame."""
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(Color.RING.now, 0))
        for dx, dy in ((1, 0), (0, 1)):
            arm, middle = QPointF(dx, dy) * 4, QPointF(SIDE / 2, SIDE / 2)
            edge = QPointF(dx, dy) * SIDE / 2
            painter.drawLine(middle - edge, middle - edge + arm)
            painter.drawLine(middle + edge, middle + edge - arm)
        if self._cursor is not None and self.hasFocus():
            left, top = ((at + self._cells // 2) * cell for at in self._cursor)
            painter.setPen(QPen(Color.BRIGHT.now, 1))
            painter.drawRect(QRectF(left, top, cell, cell))
        painter.setPen(QPen((Color.FOCUS if self.hasFocus() else Color.LINE).now, 1))
        painter.drawRect(QRectF(0.5, 0.5, SIDE - 1, SIDE - 1))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() in _BUTTONS and self._held is Qt.MouseButton.NoButton:
            self._held = event.button()
            self._blur.begin_stroke()
            self._paint_at(event.position())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._held is not Qt.MouseButton.NoButton:
            self._paint_at(event.position())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() is self._held:
            self._held = Qt.MouseButton.NoButton
            self._blur.end_stroke()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        x, y = self._cursor or (0, 0)
        moves = {
            Qt.Key.Key_Left: (-1, 0),
            Qt.Key.Key_Right: (1, 0),
            Qt.Key.Key_Up: (0, -1),
            Qt.Key.Key_Down: (0, 1),
        }
        key = Qt.Key(event.key())
        if key in moves:
            reach = self._cells // 2
            x, y = (min(reach, max(-reach, at + step)) for at, step in zip((x, y), moves[key], strict=True))
        elif key in (Qt.Key.Key_Plus, Qt.Key.Key_Equal, Qt.Key.Key_Minus):
            self._blur.begin_stroke()
            self._blur.paint(x, y, erases=key is Qt.Key.Key_Minus)
            self._blur.end_stroke()
        else:
            super().keyPressEvent(event)
            return
        self._cursor = x, y
        self.update()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()


def _tones(kernel: np.ndarray[tuple[int, ...], np.dtype[np.float32]]) -> QImage:
    """(h, w) from 0 to 1 as a gray picture."""
    gray = np.ascontiguousarray(np.rint(kernel**_GAMMA * 255).astype(np.uint8))
    height, width = gray.shape
    return QImage(gray.data, width, height, width, QImage.Format.Format_Grayscale8).copy()
