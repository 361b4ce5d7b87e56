"""The picture, before and after, with a divider to drag, zoom and pan."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPointF, QRect, QRectF, QSizeF, Qt, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QNativeGestureEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QTabletEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QWidget

from rednet_gui.models.picture_view import PictureView, View
from rednet_gui.models.viewport import Viewport
from rednet_gui.views.canvas_tool import CanvasTool, Placement, Touch
from rednet_gui.views.comparison import CompareMode, Comparison
from rednet_gui.views.screen_profile import screen_profile
from rednet_gui.views.theme import Color
from rednet_gui.views.tool_hand import ToolHand

_WHEEL_STEP = 120
_ZOOM_PER_STEP = 1.25
_PAN_STEP = 80


class Canvas(QWidget):
    """Shows a picture and its restored version; the wheel zooms, dragging pans, a tool may take the buttons.

    Where both are shown side by side, each in a pane of its own, places are told as in the left one.

    Signals:
        view_changed: the scale, the divider or what is shown.
        middle_changed: the point in the middle, from 0 at the picture's left and top to 1.
        pointer_moved: where it is in the widget, or None outside.
        tool_changed: another tool has the buttons, or none.

    Attributes:
        comparison: how the two versions are shown; call `refresh` after a change.
    """

    view_changed = Signal()
    middle_changed = Signal(float, float)
    pointer_moved = Signal(object)
    tool_changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setTabletTracking(True)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setAccessibleName(self.tr("Photo"))
        self.setMinimumSize(320, 240)
        self.comparison = Comparison()
        self._source: PictureView | None = None
        self._viewport: Viewport | None = None
        self._hand = ToolHand(self._touch)
        self._overlays: list[CanvasTool] = []
        self._pane = 0
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
        return self.comparison.split

    @property
    def is_original_shown(self) -> bool:
        """Whether the restored version is hidden."""
        return self.comparison.is_original_shown

    @property
    def placement(self) -> Placement | None:
        """Where the opened picture lies; None without a picture."""
        if self._viewport is None or self._source is None:
            return None
        return Placement(self._viewport, self._viewport.picture[0] / self._source.width, self.devicePixelRatioF())

    def picture_point(self, position: QPointF) -> QPointF:
        """The point of the opened picture that is shown at a place in the widget."""
        placement = self.placement
        return QPointF() if placement is None else placement.to_picture(self._in_pane(position))

    @property
    def tool(self) -> CanvasTool | None:
        """What takes the left and the right button; None lets the left one move the picture."""
        return self._hand.tool

    def set_tool(self, tool: CanvasTool | None) -> None:
        """Give the buttons to a tool, or take them back."""
        if tool is self.tool:
            return
        self._hand.cancel()
        if self.tool is not None:
            self.remove_overlay(self.tool)
        self._hand.tool = tool
        if tool is not None:
            self.add_overlay(tool)
        self.tool_changed.emit()
        self.refresh()

    def cancel_stroke(self) -> bool:
        """Give up what the tool has begun; whether there was anything."""
        return self._hand.is_busy and self._hand.cancel()

    def add_overlay(self, overlay: CanvasTool) -> None:
        """Let something paint over the picture, whether or not it is the tool."""
        self._overlays.append(overlay)
        overlay.changed.connect(self.update)
        self.update()

    def remove_overlay(self, overlay: CanvasTool) -> None:
        """End `add_overlay`."""
        self._overlays.remove(overlay)
        overlay.changed.disconnect(self.update)
        self.update()

    def show_pictures(
        self, before: PictureView | None, after: View | None, original: PictureView | None = None
    ) -> None:
        """Show a picture and its restored version; zoom and place stay while it is the same picture, or as large.

        Args:
            original: what was opened, where steps have made `before` of it.
        """
        self.comparison.show(before, after, original)
        shown = after or before
        if before is None or shown is None:
            self._viewport = None
        else:
            size = (shown.width, shown.height)
            if self._viewport is None or (before is not self._source and self._viewport.picture != size):
                self._viewport = Viewport.fitting(size, self._pane_px())
            elif self._viewport.picture != size:
                self._viewport = self._viewport.recast(size)
        self._source = before
        self._follow_panes()

    def set_mode(self, mode: CompareMode) -> None:
        """Choose how the two versions are compared."""
        self.comparison.mode = mode
        self._follow_panes()

    def reset_view(self) -> None:
        """Show all of the picture with the divider in the middle."""
        self.comparison.split = 0.5
        self.zoom_to_fit()

    def zoom_to_fit(self) -> None:
        """Show all of the picture."""
        if self._viewport is not None:
            self._move_to(self._viewport.fitted())

    def zoom_to_actual(self) -> None:
        """Show one picture pixel on one screen pixel."""
        if self._viewport is not None:
            self._move_to(self._viewport.scaled(1.0, self._middle_px()))

    def zoom_in(self) -> None:
        """Show less of the picture, larger."""
        self._zoom(_ZOOM_PER_STEP**2, self._middle_px())

    def zoom_out(self) -> None:
        """Show more of the picture, smaller."""
        self._zoom(_ZOOM_PER_STEP**-2, self._middle_px())

    def set_split(self, split: float) -> None:
        """Move the divider."""
        self.comparison.split = min(1.0, max(0.0, split))
        self.refresh()

    def set_original_shown(self, is_shown: bool) -> None:
        """Hide the restored version for a while, or show it again."""
        self.comparison.is_original_shown = is_shown
        self.refresh()

    def refresh(self) -> None:
        """Paint anew and tell that the view is another."""
        self._update_cursor(self.mapFromGlobal(self.cursor().pos()).toPointF())
        self.update()
        self.view_changed.emit()
        if self._viewport is not None:
            (x, y), (width, height) = self._viewport.center, self._viewport.picture
            self.middle_changed.emit(x / width, y / height)

    def _move_to(self, viewport: Viewport) -> None:
        self._viewport = viewport
        self.refresh()

    def _zoom(self, factor: float, at: tuple[float, float]) -> None:
        if self._viewport is not None:
            self._move_to(self._viewport.zoomed(factor, at))

    def _pan(self, dx_px: float, dy_px: float) -> None:
        if self._viewport is not None:
            self._move_to(self._viewport.panned(dx_px, dy_px))

    def _panes(self) -> list[QRect]:
        return self.comparison.panes((QSizeF(self.size()) * self.devicePixelRatioF()).toSize())

    def _pane_px(self) -> tuple[int, int]:
        pane = self._panes()[0]
        return pane.width(), pane.height()

    def _follow_panes(self) -> None:
        """Keep what is shown in the middle of panes that may have another size."""
        if self._viewport is not None and self._viewport.window != self._pane_px():
            self._viewport = self._viewport.resized(self._pane_px())
        self.refresh()

    def _in_pane(self, position: QPointF) -> QPointF:
        """A place in the widget as in the left pane; whoever drags stays in the pane where that began."""
        ratio = self.devicePixelRatioF()
        lefts = [pane.left() / ratio for pane in self._panes()]
        if self._drag_from is None and not self._hand.is_busy:
            self._pane = len(lefts) - 1 if position.x() >= lefts[-1] else 0
        return position - QPointF(lefts[min(self._pane, len(lefts) - 1)], 0)

    def _middle_px(self) -> tuple[float, float]:
        width, height = self._pane_px()
        return width / 2, height / 2

    def _to_px(self, position: QPointF) -> tuple[float, float]:
        ratio, at = self.devicePixelRatioF(), self._in_pane(position)
        return at.x() * ratio, at.y() * ratio

    def _is_on_divider(self, position: QPointF) -> bool:
        viewport, ratio = self._viewport, self.devicePixelRatioF()
        return viewport is not None and self.comparison.is_on_divider(self._to_px(position), viewport, ratio)

    def _update_cursor(self, position: QPointF) -> None:
        is_held = self._drag_from is not None
        if self._is_split_dragged or (not is_held and not self._hand.is_busy and self._is_on_divider(position)):
            is_across = self.comparison.is_across
            self.setCursor(Qt.CursorShape.SplitVCursor if is_across else Qt.CursorShape.SplitHCursor)
        elif self._viewport is not None and self.tool is not None and not is_held:
            self.setCursor(self.tool.cursor())
        elif self._viewport is not None and self._viewport.can_pan:
            self.setCursor(Qt.CursorShape.ClosedHandCursor if is_held else Qt.CursorShape.OpenHandCursor)
        else:
            self.setCursor(Qt.CursorShape.ArrowCursor)

    def _touch(self, event: QMouseEvent | QTabletEvent, button: Qt.MouseButton) -> Touch | None:
        if (placement := self.placement) is None:
            return None
        pressure = event.pressure() if isinstance(event, QTabletEvent) else 1.0
        position = self._in_pane(event.position())
        return Touch(position, placement.to_picture(position), button, event.modifiers(), pressure)

    def _tool_press(self, event: QMouseEvent | QTabletEvent) -> bool:
        """Whether the tool takes this press."""
        return not self._is_on_divider(event.position()) and self._hand.press(event)

    def _release_space(self) -> None:
        if self._is_space_held:
            self._is_space_held = False
            self.set_original_shown(False)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), Color.CANVAS.now)
        placement = self.placement
        if placement is None:
            return
        panes, ratio = self._panes(), placement.ratio
        self.comparison.screen = screen_profile(self.screen())
        self.comparison.paint(painter, placement.viewport, ratio, panes)
        for pane in panes:
            for overlay in self._overlays:
                painter.save()
                painter.translate(pane.left() / ratio, 0)
                painter.setClipRect(QRectF(0, 0, pane.width() / ratio, pane.height() / ratio))
                overlay.paint(painter, placement)
                painter.restore()

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._follow_panes()

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.DevicePixelRatioChange:
            self._follow_panes()
        if isinstance(event, QNativeGestureEvent) and event.gestureType() == Qt.NativeGestureType.ZoomNativeGesture:
            self._zoom(1 + event.value(), self._to_px(event.position()))
            return True
        return super().event(event)

    def leaveEvent(self, event: QEvent) -> None:
        if self.tool is not None:
            self.tool.leave()
        self.pointer_moved.emit(None)
        super().leaveEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        steps = event.angleDelta().y() / _WHEEL_STEP
        if steps and not (self.tool is not None and self.tool.scroll(steps, event.modifiers())):
            self._zoom(_ZOOM_PER_STEP**steps, self._to_px(event.position()))

    def tabletEvent(self, event: QTabletEvent) -> None:
        """Pens draw with pressure; what the tool does not want comes again as mouse events."""
        match event.type():
            case QEvent.Type.TabletPress if self._tool_press(event):
                event.accept()
            case QEvent.Type.TabletMove if self._hand.is_busy:
                self._hand.move(event)
                event.accept()
            case QEvent.Type.TabletRelease if self._hand.is_busy:
                self._hand.release(event)
                event.accept()
            case _:
                event.ignore()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if self._tool_press(event):
            return
        if event.button() in (Qt.MouseButton.LeftButton, Qt.MouseButton.MiddleButton):
            is_left = event.button() == Qt.MouseButton.LeftButton
            self._drag_from = event.position()
            self._is_split_dragged = is_left and self._is_on_divider(event.position())
        self._update_cursor(event.position())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._is_split_dragged and self._viewport is not None:
            self.set_split(self.comparison.split_at(self._to_px(event.position()), self._viewport))
        elif self._drag_from is not None:
            ratio = self.devicePixelRatioF()
            moved = event.position() - self._drag_from
            self._drag_from = event.position()
            self._pan(moved.x() * ratio, moved.y() * ratio)
        else:
            self._hand.move(event)
        self._update_cursor(event.position())
        self.pointer_moved.emit(event.position())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._hand.release(event)
        self._drag_from = None
        self._is_split_dragged = False
        self._update_cursor(event.position())

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if self.tool is not None:
            self.mousePressEvent(event)  # two quick strokes
        elif self._viewport is not None and not self._is_on_divider(event.position()):
            if self._viewport.is_fitted:
                self._move_to(self._viewport.scaled(1.0, self._to_px(event.position())))
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
