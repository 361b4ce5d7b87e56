"""The picture, before and after, with a divider to drag, zoom and pan."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, QRectF, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QFontMetrics,
    QKeyEvent,
    QMouseEvent,
    QNativeGestureEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QWidget

from rednet_gui.models.picture_view import PictureView
from rednet_gui.models.viewport import Viewport
from rednet_gui.views.layer import Layer
from rednet_gui.views.theme import SPACE, Color

_GRIP_RADIUS = 15
_GRAB_WIDTH = 12
_WHEEL_STEP = 120
_ZOOM_PER_STEP = 1.25
_PAN_STEP = 80


class Canvas(QWidget):
    """Shows a picture, or a picture and its restored version on either side of a divider.

    Signals:
        view_changed: the scale, the divider or what is shown.
    """

    view_changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setAccessibleName(self.tr("Photo"))
        self.setMinimumSize(320, 240)
        self._before: Layer | None = None
        self._after: Layer | None = None
        self._before_width = 1
        self._viewport: Viewport | None = None
        self._split = 0.5
        self._is_original_shown = False
        self._is_space_held = False
        self._drag_from: QPointF | None = None
        self._is_split_dragged = False

    @property
    def scale_factor(self) -> float | None:
        """Screen pixels per picture pixel; None without a picture."""
        return None if self._viewport is None else self._viewport.scale

    @property
    def split(self) -> float:
        """Where the divider stands, from 0 at the left of what is visible of the picture to 1 at its right."""
        return self._split

    @property
    def is_original_shown(self) -> bool:
        """Whether the restored version is hidden."""
        return self._is_original_shown

    def show_pictures(self, before: PictureView | None, after: PictureView | None) -> None:
        """Show a picture and its restored version; zoom and place stay if the size does."""
        self._before = None if before is None else Layer(before)
        self._after = None if after is None else Layer(after)
        shown = after or before
        if before is None or shown is None:
            self._viewport = None
        else:
            self._before_width = before.width
            size = (shown.width, shown.height)
            if self._viewport is None or self._viewport.picture != size:
                self._viewport = Viewport.fitting(size, self._window_px())
        self._changed()

    def reset_view(self) -> None:
        """Show all of the picture with the divider in the middle."""
        self._split = 0.5
        self.zoom_to_fit()

    def zoom_to_fit(self) -> None:
        """Show all of the picture."""
        if self._viewport is not None:
            self._viewport = self._viewport.fitted()
            self._changed()

    def zoom_to_actual(self) -> None:
        """Show one picture pixel on one screen pixel."""
        if self._viewport is not None:
            self._viewport = self._viewport.scaled(1.0, self._middle_px())
            self._changed()

    def zoom_in(self) -> None:
        """Show less of the picture, larger."""
        self._zoom(_ZOOM_PER_STEP**2, self._middle_px())

    def zoom_out(self) -> None:
        """Show more of the picture, smaller."""
        self._zoom(_ZOOM_PER_STEP**-2, self._middle_px())

    def set_split(self, split: float) -> None:
        """Move the divider."""
        self._split = min(1.0, max(0.0, split))
        self._changed()

    def set_original_shown(self, is_shown: bool) -> None:
        """Hide the restored version for a while, or show it again."""
        self._is_original_shown = is_shown
        self._changed()

    def _changed(self) -> None:
        self._update_cursor(self.mapFromGlobal(self.cursor().pos()).toPointF())
        self.update()
        self.view_changed.emit()

    def _zoom(self, factor: float, at: tuple[float, float]) -> None:
        if self._viewport is not None:
            self._viewport = self._viewport.zoomed(factor, at)
            self._changed()

    def _pan(self, dx_px: float, dy_px: float) -> None:
        if self._viewport is not None:
            self._viewport = self._viewport.panned(dx_px, dy_px)
            self._changed()

    def _window_px(self) -> tuple[int, int]:
        ratio = self.devicePixelRatioF()
        return round(self.width() * ratio), round(self.height() * ratio)

    def _middle_px(self) -> tuple[float, float]:
        width, height = self._window_px()
        return width / 2, height / 2

    def _to_px(self, position: QPointF) -> tuple[float, float]:
        ratio = self.devicePixelRatioF()
        return position.x() * ratio, position.y() * ratio

    def _visible_px(self) -> QRect:
        return QRect() if self._viewport is None else QRect(*self._viewport.visible)

    @property
    def _has_divider(self) -> bool:
        return self._after is not None and not self._is_original_shown

    def _divider_px(self) -> int:
        visible = self._visible_px()
        return visible.left() + round(self._split * visible.width())

    def _is_on_divider(self, position: QPointF) -> bool:
        distance = position.x() - self._divider_px() / self.devicePixelRatioF()
        return self._has_divider and abs(distance) <= _GRAB_WIDTH

    def _drag_split(self, position: QPointF) -> None:
        visible = self._visible_px()
        self.set_split((self._to_px(position)[0] - visible.left()) / max(1, visible.width()))

    def _update_cursor(self, position: QPointF) -> None:
        if self._is_split_dragged or (self._drag_from is None and self._is_on_divider(position)):
            self.setCursor(Qt.CursorShape.SplitHCursor)
        elif self._viewport is not None and self._viewport.can_pan:
            is_held = self._drag_from is not None
            self.setCursor(Qt.CursorShape.ClosedHandCursor if is_held else Qt.CursorShape.OpenHandCursor)
        else:
            self.setCursor(Qt.CursorShape.ArrowCursor)

    def _paint_pictures(self, painter: QPainter, viewport: Viewport) -> None:
        visible, origin = self._visible_px(), QPoint(*viewport.origin)
        before_scale = viewport.scale * viewport.picture[0] / self._before_width
        split = self._divider_px() if self._has_divider else visible.right() + 1
        left, right = QRect(visible), QRect(visible)
        left.setRight(split - 1)
        right.setLeft(split)
        if self._before is not None and not left.isEmpty():
            self._before.paint(painter, left, scale=before_scale, origin=origin, visible=visible)
        if self._after is not None and not right.isEmpty():
            self._after.paint(painter, right, scale=viewport.scale, origin=origin, visible=visible)

    def _paint_divider(self, painter: QPainter) -> None:
        ratio = self.devicePixelRatioF()
        visible = self._visible_px()
        x, top, bottom = self._divider_px() / ratio, visible.top() / ratio, (visible.bottom() + 1) / ratio
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
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

    def _paint_labels(self, painter: QPainter) -> None:
        """Name the two sides, where there is room."""
        ratio = self.devicePixelRatioF()
        visible = self._visible_px()
        left, right, top = visible.left() / ratio, (visible.right() + 1) / ratio, visible.top() / ratio
        divider = self._divider_px() / ratio if self._has_divider else right
        metrics = QFontMetrics(self.font())
        height = metrics.height() + SPACE
        for words, is_left in ((self.tr("Before"), True), (self.tr("After"), False)):
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

    def _release_space(self) -> None:
        if self._is_space_held:
            self._is_space_held = False
            self.set_original_shown(False)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(Color.CANVAS))
        if self._viewport is None:
            return
        ratio = self.devicePixelRatioF()
        painter.save()
        painter.scale(1 / ratio, 1 / ratio)  # pictures are drawn in device pixels
        self._paint_pictures(painter, self._viewport)
        painter.restore()
        if self._has_divider:
            self._paint_divider(painter)
        if self._after is not None:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            self._paint_labels(painter)

    def resizeEvent(self, event: QResizeEvent) -> None:
        if self._viewport is not None:
            self._viewport = self._viewport.resized(self._window_px())
            self._changed()

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.DevicePixelRatioChange and self._viewport is not None:
            self._viewport = self._viewport.resized(self._window_px())
            self._changed()
        if isinstance(event, QNativeGestureEvent) and event.gestureType() == Qt.NativeGestureType.ZoomNativeGesture:
            self._zoom(1 + event.value(), self._to_px(event.position()))
            return True
        return super().event(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        steps = event.angleDelta().y() / _WHEEL_STEP
        if steps:
            self._zoom(_ZOOM_PER_STEP**steps, self._to_px(event.position()))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() not in (Qt.MouseButton.LeftButton, Qt.MouseButton.MiddleButton):
            return
        self._drag_from = event.position()
        self._is_split_dragged = event.button() == Qt.MouseButton.LeftButton and self._is_on_divider(event.position())
        self._update_cursor(event.position())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._is_split_dragged:
            self._drag_split(event.position())
        elif self._drag_from is not None:
            ratio = self.devicePixelRatioF()
            moved = event.position() - self._drag_from
            self._drag_from = event.position()
            self._pan(moved.x() * ratio, moved.y() * ratio)
        self._update_cursor(event.position())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._drag_from = None
        self._is_split_dragged = False
        self._update_cursor(event.position())

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if self._viewport is None or self._is_on_divider(event.position()):
            return
        if self._viewport.is_fitted:
            self._viewport = self._viewport.scaled(1.0, self._to_px(event.position()))
            self._changed()
        else:
            self.zoom_to_fit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = _PAN_STEP * self.devicePixelRatioF()
        moves = {
            Qt.Key.Key_Left: (step, 0.0),
            Qt.Key.Key_Right: (-step, 0.0),
            Qt.Key.Key_Up: (0.0, step),
            Qt.Key.Key_Down: (0.0, -step),
        }
        if event.key() == Qt.Key.Key_Space and not event.isAutoRepeat():
            self._is_space_held = True
            self.set_original_shown(True)
        elif (move := moves.get(Qt.Key(event.key()))) is not None:
            self._pan(*move)
        else:
            super().keyPressEvent(event)

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Space and not event.isAutoRepeat():
            self._release_space()
        else:
            super().keyReleaseEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self._release_space()  # its release would go to another widget
        super().focusOutEvent(event)
