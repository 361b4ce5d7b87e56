"""The picture before and after, in one of several ways."""

from __future__ import annotations

from enum import StrEnum

from PySide6.QtCore import QCoreApplication, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPen, QTransform

from rednet_gui.models.blended_view import DIFFERENCE_GAIN, REMOVED_GAIN, Change, ChangeView, matched
from rednet_gui.models.picture_view import PictureView, View
from rednet_gui.models.viewport import Viewport
from rednet_gui.views.layer import Layer
from rednet_gui.views.screen_profile import SRGB
from rednet_gui.views.theme import SPACE, Color

_GRIP_RADIUS = 15
_GRAB_WIDTH = 12
_GAP = 2
_SWAPPED = QTransform(0, 1, 1, 0, 0, 0)
"""Makes a divider that stands lie."""

translate = QCoreApplication.translate


class CompareMode(StrEnum):
    """Ways to show the restored version beside, over or against the original; also the names of their icons."""

    SPLIT = "split"
    SPLIT_ACROSS = "split-across"
    SIDE_BY_SIDE = "side-by-side"
    DIFFERENCE = "difference"
    REMOVED = "removed"


_CHANGES = {CompareMode.DIFFERENCE: Change.DIFFERENCE, CompareMode.REMOVED: Change.REMOVED}


class Comparison:
    """Paints a picture, or a picture and its restored version.

    Attributes:
        mode: how the two are shown.
        split: where the divider stands, from 0 at the left or top of what is visible of the picture to 1.
        is_original_shown: whether the restored version is hidden.
        screen: the colours that pictures are converted to.
    """

    def __init__(self) -> None:
        self.mode = CompareMode.SPLIT
        self.split = 0.5
        self.is_original_shown = False
        self.screen = SRGB
        self._before_view: PictureView | None = None
        self._before: Layer | None = None
        self._original_view: PictureView | None = None
        self._original: Layer | None = None
        self._after: Layer | None = None
        self._changes: dict[CompareMode, Layer] = {}

    @property
    def has_divider(self) -> bool:
        """Whether both versions are shown in one picture."""
        is_split = self.mode in (CompareMode.SPLIT, CompareMode.SPLIT_ACROSS)
        return self._after is not None and is_split and not self.is_original_shown

    @property
    def has_original(self) -> bool:
        """Whether the original is another picture than what is shown beside it, or alone."""
        return self._after is not None or self._original is not self._before

    @property
    def shown_view(self) -> View | None:
        """The restored version; the picture where there is none, the original where that is to be seen."""
        layer = self._original if self.is_original_shown else self._after or self._before
        return None if layer is None else layer.view

    @property
    def is_across(self) -> bool:
        """Whether the divider lies instead of standing."""
        return self.mode is CompareMode.SPLIT_ACROSS

    def show(self, before: PictureView | None, after: View | None, original: PictureView | None = None) -> None:
        """Take other pictures; the original is what was opened, where `before` is what steps have made of it."""
        if before is not self._before_view:
            self._before_view, self._before = before, None if before is None else Layer(before)
        if original is None or original is before:
            self._original = self._before
        elif original is not self._original_view:
            self._original = Layer(original)
        self._original_view = original
        self._after = None if after is None else Layer(after)
        self._changes.clear()

    def show_as(self, other: Comparison) -> None:
        """Show what another one shows, in the same way."""
        self.mode, self.is_original_shown, self.screen = other.mode, other.is_original_shown, other.screen
        if other._views != self._views:
            self.show(*other._views)

    @property
    def _views(self) -> tuple[PictureView | None, View | None, PictureView | None]:
        return self._before_view, None if self._after is None else self._after.view, self._original_view

    def panes(self, window: QSize) -> list[QRect]:
        """Where the picture is shown: once, or twice in step. All in device pixels."""
        if self.mode is not CompareMode.SIDE_BY_SIDE or self._after is None:
            return [QRect(0, 0, window.width(), window.height())]
        width = max(1, (window.width() - _GAP) // 2)
        return [QRect(left, 0, width, window.height()) for left in (0, window.width() - width)]

    def divider_px(self, viewport: Viewport) -> int:
        """Where the divider stands, in device pixels from the left or the top of the window."""
        start, length = self._visible_span(viewport)
        return start + round(self.split * length)

    def is_on_divider(self, at_px: tuple[float, float], viewport: Viewport, ratio: float) -> bool:
        """Whether a place in the window, in device pixels, is near enough to grab the divider."""
        return self.has_divider and abs(at_px[self.is_across] - self.divider_px(viewport)) <= _GRAB_WIDTH * ratio

    def split_at(self, at_px: tuple[float, float], viewport: Viewport) -> float:
        """The `split` that puts the divider there."""
        start, length = self._visible_span(viewport)
        return min(1.0, max(0.0, (at_px[self.is_across] - start) / max(1, length)))

    def paint(self, painter: QPainter, viewport: Viewport, ratio: float, panes: list[QRect]) -> None:
        """Paint all of it; the painter is in the widget's own coordinates, `viewport` is that of each pane."""
        painter.save()
        painter.scale(1 / ratio, 1 / ratio)  # pictures are drawn in device pixels
        for pane, is_after in zip(panes, (False, True), strict=False):
            painter.save()
            painter.translate(pane.topLeft())
            self.paint_pictures(painter, viewport, is_after=is_after or len(panes) == 1)
            painter.restore()
        painter.restore()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.has_divider:
            self._paint_divider(painter, viewport, ratio)
        if self._after is not None or (self.is_original_shown and self.has_original):
            self._paint_labels(painter, viewport, ratio, panes)

    def paint_pictures(self, painter: QPainter, viewport: Viewport, *, is_after: bool = True) -> None:
        """Paint what one pane shows, without divider and words; in device pixels."""
        visible = QRect(*viewport.visible)
        if visible.isEmpty():
            return
        first, second = QRect(visible), QRect(visible)
        if not self.has_divider:
            self._paint_layer(self._shown(is_after=is_after), painter, visible, viewport)
            return
        divider = self.divider_px(viewport)
        if self.is_across:
            first.setBottom(divider - 1)
            second.setTop(divider)
        else:
            first.setRight(divider - 1)
            second.setLeft(divider)
        self._paint_layer(self._before, painter, first, viewport)
        self._paint_layer(self._after, painter, second, viewport)

    def _shown(self, *, is_after: bool) -> Layer | None:
        """What a pane without a divider shows."""
        if self.is_original_shown and is_after:
            return self._original
        if self._before_view is None or self._after is None or not is_after:
            return self._before
        if self.mode not in _CHANGES:
            return self._after
        if self.mode not in self._changes:
            after = self._after.view
            self._changes[self.mode] = Layer(ChangeView(matched(self._before_view, after), after, _CHANGES[self.mode]))
        return self._changes[self.mode]

    def _paint_layer(self, layer: Layer | None, painter: QPainter, part: QRect, viewport: Viewport) -> None:
        if layer is not None and not part.isEmpty():
            layer.paint(painter, part, viewport, self.screen)

    def _visible_span(self, viewport: Viewport) -> tuple[int, int]:
        """Start and length of what is visible of the picture, along what the divider moves on."""
        axis = int(self.is_across)
        return viewport.visible[axis], viewport.visible[axis + 2]

    def _paint_divider(self, painter: QPainter, viewport: Viewport, ratio: float) -> None:
        axis = int(not self.is_across)
        top, length = viewport.visible[axis] / ratio, viewport.visible[axis + 2] / ratio
        x, bottom = self.divider_px(viewport) / ratio, top + length
        painter.save()
        if self.is_across:
            painter.setTransform(_SWAPPED, combine=True)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.fillRect(QRectF(x - 1.5, top, 3, length), QColor(0, 0, 0, 90))
        painter.fillRect(QRectF(x - 0.75, top, 1.5, length), Color.BRIGHT.now)
        middle = QPointF(x, (top + bottom) / 2)
        painter.setBrush(QColor(0, 0, 0, 70))
        painter.drawEllipse(middle, _GRIP_RADIUS + 1.5, _GRIP_RADIUS + 1.5)
        painter.setBrush(Color.BRIGHT.now)
        painter.drawEllipse(middle, _GRIP_RADIUS, _GRIP_RADIUS)
        painter.setPen(QPen(Color.INK.now, 1.8, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
        for side in (-1, 1):
            tip = middle + QPointF(side * 8, 0)
            painter.drawPolyline([tip + QPointF(-side * 4, -4), tip, tip + QPointF(-side * 4, 4)])
        painter.restore()

    def _paint_labels(self, painter: QPainter, viewport: Viewport, ratio: float, panes: list[QRect]) -> None:
        """Name what is shown, where there is room."""
        left, top, width, height = (length / ratio for length in viewport.visible)
        visible, divider = QRectF(left, top, width, height), self.divider_px(viewport) / ratio
        before, after = QRectF(visible), QRectF(visible)
        if len(panes) == 2:
            after.translate(panes[1].left() / ratio, 0)
        elif not self.has_divider:
            _paint_label(painter, visible, self._words(), is_left=True)
            return
        elif self.is_across:
            before.setBottom(divider)
            after.setTop(divider)
        else:
            before.setRight(divider)
            after.setLeft(divider)
        is_left = self.is_across or len(panes) == 2
        before_words = translate("comparison", "Before")
        if self._original is not self._before:
            before_words = translate("comparison", "Before this step")
        _paint_label(painter, before, before_words, is_left=True)
        last = translate("comparison", "Original") if self.is_original_shown else translate("comparison", "After")
        _paint_label(painter, after, last, is_left=is_left)

    def _words(self) -> str:
        """What a picture that is shown alone is called."""
        if self.is_original_shown:
            return translate("comparison", "Original")
        if self.mode is CompareMode.DIFFERENCE:
            return translate("comparison", "Difference × %1").replace("%1", str(DIFFERENCE_GAIN))
        return translate("comparison", "What was removed × %1").replace("%1", str(REMOVED_GAIN))


def _paint_label(painter: QPainter, room: QRectF, words: str, *, is_left: bool) -> None:
    metrics = QFontMetrics(painter.font())
    width, height = metrics.horizontalAdvance(words) + 2.5 * SPACE, metrics.height() + SPACE
    if room.width() < width + 3 * SPACE or room.height() < height + 3 * SPACE:
        return
    x = room.left() + 1.5 * SPACE if is_left else room.right() - 1.5 * SPACE - width
    box = QRectF(x, room.top() + 1.5 * SPACE, width, height)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(0, 0, 0, 150))
    painter.drawRoundedRect(box, height / 2, height / 2)
    painter.setPen(Color.BRIGHT.now)
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, words)
