"""One version on a contact sheet."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QEnterEvent, QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QApplication, QSizePolicy, QWidget

from rednet_gui.models.contact_sheet import ContactSheet
from rednet_gui.models.variants import Variant
from rednet_gui.views.layer import Layer
from rednet_gui.views.screen_profile import screen_profile
from rednet_gui.views.theme import SPACE, Color

_CAPTION_HEIGHT = 26
_FRAME = 3
_SMALLEST = QSize(120, 100)


class ContactCell(QAbstractButton):
    """Shows a version, and the photo where that is not made yet; dragging moves what all cells show.

    Signals:
        dragged: how far the pointer has come since it was pressed.
        drag_begun: it will move.
        pointed: the pointer or the keyboard came here.

    Attributes:
        variant: the version.
    """

    dragged = Signal(QPointF)
    drag_begun = Signal()
    pointed = Signal()

    def __init__(self, sheet: ContactSheet, variant: Variant, photo: Layer, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.variant = variant
        self._sheet = sheet
        self._photo = photo
        self._made: Layer | None = None
        self._made_rect = QRect()
        self._pressed_at: QPointF | None = None
        self._is_dragged = False
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMinimumSize(_SMALLEST)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._show_cursor()

    @property
    def window_px(self) -> tuple[int, int]:
        """Width and height of the picture, in device pixels."""
        room = self._picture_rect
        return round(room.width() * self.devicePixelRatioF()), round(room.height() * self.devicePixelRatioF())

    def take_sample(self) -> None:
        """Show what is known of the version now."""
        sample = self._sheet.sample(self.variant)
        self._made = None if sample is None else Layer(sample.view)
        self._made_rect = QRect() if sample is None else sample.rect
        self.update()

    @property
    def _picture_rect(self) -> QRect:
        return self.rect().adjusted(_FRAME, _FRAME, -_FRAME, -_CAPTION_HEIGHT)

    @property
    def _is_current(self) -> bool:
        return self.variant == self._sheet.current

    def _show_cursor(self) -> None:
        if self._is_dragged:
            self.setCursor(Qt.CursorShape.ClosedHandCursor)
        else:
            is_choice = self.variant.can_be_chosen
            self.setCursor(Qt.CursorShape.PointingHandCursor if is_choice else Qt.CursorShape.OpenHandCursor)

    def _paint_picture(self, painter: QPainter) -> None:
        room, ratio = self._picture_rect, self.devicePixelRatioF()
        painter.save()
        painter.setClipRect(room)
        painter.fillRect(room, Color.CANVAS.now)
        painter.scale(1 / ratio, 1 / ratio)  # pictures are drawn in device pixels
        painter.translate(round(room.left() * ratio), round(room.top() * ratio))
        self._photo_and_made(painter)
        painter.restore()

    def _photo_and_made(self, painter: QPainter) -> None:
        for layer, rect in ((self._photo, None), (self._made, self._made_rect)):
            if layer is None:
                continue
            viewport = self._sheet.viewport(rect)
            visible = QRect(*viewport.visible)
            if not visible.isEmpty():
                layer.paint(painter, visible, viewport, screen_profile(self.screen()))

    def _paint_waiting(self, painter: QPainter) -> None:
        words, metrics = self.tr("Working…"), painter.fontMetrics()
        size = QSize(metrics.horizontalAdvance(words) + 2 * SPACE, metrics.height() + SPACE // 2)
        box = QRectF(0, 0, size.width(), size.height())
        box.moveBottomLeft(QRectF(self._picture_rect).bottomLeft() + QPointF(SPACE / 2, -SPACE / 2))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(0, 0, 0, 150))
        painter.drawRoundedRect(box, size.height() / 2, size.height() / 2)
        painter.setPen(Color.BRIGHT.now)
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, words)

    def _paint_caption(self, painter: QPainter) -> None:
        room = self.rect().adjusted(_FRAME + SPACE // 2, 0, -_FRAME - SPACE // 2, 0)
        room.setTop(self.rect().bottom() + 1 - _CAPTION_HEIGHT)
        flags = Qt.AlignmentFlag.AlignVCenter
        metrics = painter.fontMetrics()
        if self._is_current:
            now = self.tr("now")
            painter.setPen(Color.MUTED.now)
            painter.drawText(room, flags | Qt.AlignmentFlag.AlignRight, now)
            room.setRight(room.right() - metrics.horizontalAdvance(now) - SPACE)
        painter.setPen((Color.TEXT if self.variant.can_be_chosen else Color.MUTED).now)
        words = metrics.elidedText(self.text(), Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, flags | Qt.AlignmentFlag.AlignLeft, words)

    def _paint_frame(self, painter: QPainter) -> None:
        frame = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.underMouse() or self._is_current:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush((Color.HOVER if self.underMouse() else Color.RAISED).now)
            painter.drawRoundedRect(frame, SPACE / 2, SPACE / 2)

    def _paint_focus(self, painter: QPainter) -> None:
        if self.hasFocus():
            painter.setPen(QPen(Color.FOCUS.now, 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), SPACE / 2, SPACE / 2)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        self._paint_frame(painter)
        self._paint_picture(painter)
        if not self._sheet.is_ready(self.variant):
            self._paint_waiting(painter)
        self._paint_caption(painter)
        self._paint_focus(painter)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton:
            self._pressed_at = event.globalPosition()
        super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._pressed_at is None:
            return
        way = event.globalPosition() - self._pressed_at
        if not self._is_dragged and way.manhattanLength() >= QApplication.startDragDistance():
            self._is_dragged = True
            self.setDown(False)  # so that letting go is no click
            self.drag_begun.emit()
            self._show_cursor()
        if self._is_dragged:
            self.dragged.emit(way)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton:
            self._pressed_at, self._is_dragged = None, False
            self._show_cursor()
        super().mouseReleaseEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        match Qt.Key(event.key()):
            case Qt.Key.Key_Return | Qt.Key.Key_Enter:
                self.click()
            case Qt.Key.Key_Left | Qt.Key.Key_Right | Qt.Key.Key_Up | Qt.Key.Key_Down:
                event.ignore()  # the sheet's
            case _:
                super().keyPressEvent(event)

    def enterEvent(self, event: QEnterEvent) -> None:
        self.pointed.emit()
        self.update()
        super().enterEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        self.update()
        super().leaveEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        self.pointed.emit()
        super().focusInEvent(event)
