"""The mask over the photo, in a colour."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPoint, QRect
from PySide6.QtGui import QColor, QImage, QPainter

from rednet_gui.models.mask import Mask
from rednet_gui.models.mask_options import COLORS, MaskOptions
from rednet_gui.models.mask_view import MaskView, Part, changed_part
from rednet_gui.settings import MASK_COLOR, MASK_OPACITY
from rednet_gui.views.canvas_tool import CanvasTool, Placement


class MaskOverlay(CanvasTool):
    """Draws what is visible of the mask once, and then only what was painted since.

    Attributes:
        is_shown: whether it paints; set it with `set_shown`.
    """

    def __init__(self, mask: Mask, options: MaskOptions) -> None:
        super().__init__()
        self.is_shown = True
        self._mask, self._options = mask, options
        self._view = MaskView(mask.pixels)
        self._view.update(mask.bounds)
        self._dirty = QRect()
        self._drawn: tuple[float, Part] | None = None
        self._drawing = np.zeros((0, 0), np.uint32)
        self._colors = np.zeros(256, np.uint32)
        mask.changed.connect(self._on_mask_changed)
        options.changed.connect(self._take_look)
        self._take_look()

    def set_shown(self, is_shown: bool) -> None:
        """Show the mask, or hide it."""
        self.is_shown = is_shown
        self.changed.emit()

    def paint(self, painter: QPainter, placement: Placement) -> None:
        if not self.is_shown or self._mask.is_empty:
            return
        viewport = placement.viewport
        visible, origin = QRect(*viewport.visible), QPoint(*viewport.origin)
        if visible.isEmpty():
            return
        window = visible.translated(-origin)
        part = (window.left(), window.top(), window.width(), window.height())
        self._draw(viewport.scale * placement.enlargement, part)
        height, width = self._drawing.shape
        format_ = QImage.Format.Format_ARGB32_Premultiplied
        painter.save()
        painter.scale(1 / placement.ratio, 1 / placement.ratio)
        painter.drawImage(visible.topLeft(), QImage(self._drawing.data, width, height, 4 * width, format_))
        painter.restore()

    def _draw(self, scale: float, part: Part) -> None:
        if self._drawn != (scale, part):
            self._drawn, self._drawing = (scale, part), self._colored(scale, part)
        elif not self._dirty.isEmpty():
            fresh = left, top, width, height = changed_part(self._dirty, scale, part)
            if width and height:
                rows, columns = (
                    slice(top - part[1], top - part[1] + height),
                    slice(left - part[0], left - part[0] + width),
                )
                self._drawing[rows, columns] = self._colored(scale, fresh)
        self._dirty = QRect()

    def _colored(self, scale: float, part: Part) -> NDArray[np.uint32]:
        return self._colors[self._view.render(scale, part)]

    def _on_mask_changed(self, rect: QRect) -> None:
        if self._mask.pixels is not self._view.pixels:
            self._view, self._drawn = MaskView(self._mask.pixels), None
            if self._mask.is_empty:
                self.changed.emit()
                return  # its smaller copies are empty too
        self._view.update(rect)
        self._dirty |= rect
        self.changed.emit()

    def _take_look(self) -> None:
        color = QColor(COLORS.get(self._options.get(MASK_COLOR), COLORS["red"]))
        alpha = np.arange(256) * (self._options.get(MASK_OPACITY) / 100)
        channels = [(alpha * (value / 255)).round() for value in (color.blue(), color.green(), color.red(), 255)]
        colors = sum(channel.astype(np.uint32) << (8 * place) for place, channel in enumerate(channels))
        if not np.array_equal(colors, self._colors):
            self._colors = np.asarray(colors, np.uint32)
            self._drawn = None
            self.changed.emit()
