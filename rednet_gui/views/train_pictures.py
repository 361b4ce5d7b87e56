"""Pictures of the Train page: what it would learn from, and what it makes of photos that it never learned from."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage, QPixmap
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from rednet_gui.models.training import Pair, Training
from rednet_gui.views.flow_layout import FlowLayout
from rednet_gui.views.theme import SPACE
from rednet_gui.views.widgets import label, scrolled

_CELL_PX = 144
_PREVIEW_PX = 216
_COLUMNS = 4
TABLE_WIDTH = _COLUMNS * _PREVIEW_PX + (_COLUMNS - 1) * SPACE
"""Of the pictures side by side."""


class PictureLabel(QLabel):
    """A small picture, one pixel of it on one of the screen's points."""

    def __init__(self, side_px: int) -> None:
        super().__init__()
        self.setFixedSize(side_px, side_px)
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)

    def show_pixels(self, pixels: NDArray[np.uint8], name: str) -> None:
        """Show 8-bit RGB."""
        held = np.ascontiguousarray(pixels)
        height, width, _ = held.shape
        image = QImage(held.data, width, height, held.strides[0], QImage.Format.Format_RGB888)
        pixmap = QPixmap.fromImage(image)  # copies
        if width > self.width() or height > self.height():
            size, mode = self.size(), Qt.TransformationMode.SmoothTransformation
            pixmap = pixmap.scaled(size, Qt.AspectRatioMode.KeepAspectRatio, mode)
        self.setPixmap(pixmap)
        self.setAccessibleName(name)


class PairSheet(QWidget):
    """Pairs that a run would learn from: damaged at the left, good at the right."""

    def __init__(self, training: Training, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._training = training
        content = QWidget()
        self._flow = FlowLayout(content, 2 * SPACE, 2 * SPACE)
        self._flow.setContentsMargins(0, 0, 0, 2 * SPACE)
        self.cells: list[PictureLabel] = []
        layout = QVBoxLayout(self)
        layout.setContentsMargins(3 * SPACE, 2 * SPACE, SPACE, 0)
        layout.setSpacing(SPACE)
        layout.addWidget(label(self.tr("What it will learn from"), role="title"))
        words = self.tr(
            "Left what it is given, right what it should make of it. Are these what your photos suffer from?"
        )
        layout.addWidget(label(words, role="muted", is_wrapped=True))
        layout.addWidget(scrolled(content, 2 * SPACE), 1)
        training.sheet_changed.connect(self._show)
        self._show()

    def _show(self) -> None:
        while (item := self._flow.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.deleteLater()
        self.cells = []
        for pair in self._training.sheet:
            self._flow.addWidget(self._make_pair(pair))

    def _make_pair(self, pair: Pair) -> QWidget:
        """Both pictures, edge to edge."""
        made = QWidget()
        row = QHBoxLayout(made)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(2)
        for pixels, name in zip(pair, (self.tr("Damaged"), self.tr("Good")), strict=True):
            cell = PictureLabel(_CELL_PX)
            cell.show_pixels(pixels, name)
            cell.setToolTip(name)
            row.addWidget(cell)
            self.cells.append(cell)
        return made


class PreviewTable(QWidget):
    """Held-out photos: damaged, by the stock model, by the one in training, and as they should become."""

    def __init__(self, training: Training, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._training = training
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 2 * SPACE, 2 * SPACE)
        self._grid.setSpacing(SPACE)
        self._titles = (self.tr("Damaged"), self.tr("Stock model"), self.tr("Yours"), self.tr("Good"))
        for column, title in enumerate(self._titles):
            self._grid.addWidget(label(title, role="section"), 0, column)
        self._grid.setColumnStretch(_COLUMNS, 1)
        self.rows: list[tuple[PictureLabel, ...]] = []
        training.previews_changed.connect(self._show)
        self._show()

    def _show(self) -> None:
        previews = self._training.previews
        while len(self.rows) < len(previews):
            row = tuple(PictureLabel(_PREVIEW_PX) for _ in range(_COLUMNS))
            self.rows.append(row)
            for column, cell in enumerate(row):
                self._grid.addWidget(cell, len(self.rows), column)
        for number, row in enumerate(self.rows):
            for cell in row:
                cell.setVisible(number < len(previews))
        for preview, row in zip(previews, self.rows, strict=False):
            pictures = (preview.damaged, preview.stock, preview.now, preview.clean)
            for cell, pixels, title in zip(row, pictures, self._titles, strict=True):
                cell.show_pixels(pixels, title)
                cell.setToolTip(title)
        self._grid.setRowStretch(len(self.rows) + 1, 1)
