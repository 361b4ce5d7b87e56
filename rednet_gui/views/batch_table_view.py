"""The table of a batch."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QIcon, QImage, QKeyEvent, QPainter, QPalette, QResizeEvent, QShowEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from rednet_gui.models.batch_table import BatchTable, Column, Status
from rednet_gui.views.theme import SPACE, Color, icon

_ROW_PX = 46
_PICTURE = QSize(52, 38)
_WIDTHS = {Column.PHOTO: 320, Column.STATUS: 130, Column.TIME: 76}

_LOOKS = {
    Status.RUNNING: Color.TEXT,
    Status.WRITING: Color.TEXT,
    Status.DONE: Color.SUCCESS,
    Status.FAILED: Color.ERROR,
}


class BatchTableView(QTableView):
    """Shows the pictures; several can be selected.

    Signals:
        sight_changed: the first and the last row that can be seen.
        skip_requested: the Delete key was pressed.
    """

    sight_changed = Signal(int, int)
    skip_requested = Signal()

    def __init__(self, table: BatchTable, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("batchTable")
        self._table = table
        self.setModel(table)
        self.setItemDelegate(_Painter(self))
        self.setAccessibleName(self.tr("Photos of the batch"))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        rows, columns = self.verticalHeader(), self.horizontalHeader()
        rows.hide()
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        rows.setDefaultSectionSize(_ROW_PX)
        columns.setHighlightSections(False)
        columns.setStretchLastSection(True)
        for column, width in _WIDTHS.items():
            self.setColumnWidth(column, width)
        self.verticalScrollBar().valueChanged.connect(self._tell_sight)
        for signal in (table.modelReset, table.rowsInserted):
            signal.connect(self._tell_sight)

    @property
    def selected_rows(self) -> list[int]:
        """Where the selected pictures stand, from the top."""
        return sorted(index.row() for index in self.selectionModel().selectedRows())

    def _tell_sight(self) -> None:
        top, bottom = self.rowAt(0), self.rowAt(self.viewport().height() - 1)
        if self.isVisible() and self._table.rowCount():
            self.sight_changed.emit(max(0, top), bottom if bottom >= 0 else self._table.rowCount() - 1)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Delete:
            self.skip_requested.emit()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._tell_sight()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._tell_sight()


class _Painter(QStyledItemDelegate):
    """Draws the thumbnail beside the name, and how far a picture is in its colour."""

    def initStyleOption(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> None:
        super().initStyleOption(option, index)
        option.state &= ~option.state.State_HasFocus  # the whole row is selected
        table = index.model()
        assert isinstance(table, BatchTable)
        status = table.entry_at(index.row()).status
        color = Color.TEXT
        if index.column() != Column.PHOTO:
            color = _LOOKS.get(status, Color.MUTED) if index.column() == Column.STATUS else Color.MUTED
        elif status is Status.SKIPPED:
            color = Color.MUTED
        for role in (QPalette.ColorRole.Text, QPalette.ColorRole.HighlightedText):
            option.palette.setColor(role, color.now)
        if index.column() == Column.PHOTO:
            option.icon = QIcon()
            option.features &= ~option.ViewItemFeature.HasDecoration
            option.textElideMode = Qt.TextElideMode.ElideMiddle

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        if index.column() != Column.PHOTO:
            super().paint(painter, option, index)
            return
        room = QRect(option.rect.topLeft() + QPoint(SPACE, (option.rect.height() - _PICTURE.height()) // 2), _PICTURE)
        beside = QStyleOptionViewItem(option)
        beside.rect = option.rect.adjusted(_PICTURE.width() + SPACE, 0, 0, 0)
        super().paint(painter, beside, index)
        painter.save()
        painter.fillRect(
            QRect(option.rect.topLeft(), QSize(_PICTURE.width() + SPACE, option.rect.height() - 1)),
            (Color.RAISED if option.state & option.state.State_Selected else Color.CANVAS).now,
        )
        line = QRect(option.rect.bottomLeft(), QSize(_PICTURE.width() + SPACE, 1))
        painter.fillRect(line, Color.LINE.now)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        thumbnail = index.data(Qt.ItemDataRole.DecorationRole)
        self._paint_picture(painter, room, thumbnail)
        painter.restore()

    def _paint_picture(self, painter: QPainter, room: QRect, thumbnail: QImage) -> None:
        if thumbnail.isNull():
            inner = QRect(0, 0, 20, 20)
            inner.moveCenter(room.center())
            icon("photo", Color.FAINT).paint(painter, inner)
            return
        size = thumbnail.size().scaled(room.size(), Qt.AspectRatioMode.KeepAspectRatio).expandedTo(QSize(1, 1))
        frame = QRect(QPoint(), size)
        frame.moveCenter(room.center())
        painter.drawImage(frame, thumbnail)
