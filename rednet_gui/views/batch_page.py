"""The Batch page: the same for many photos."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QModelIndex, Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices, QDragEnterEvent, QDropEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import (
    QFileDialog,
    QFrame,
    QHBoxLayout,
    QProgressBar,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from rednet_gui.models.batch import Batch, Stage
from rednet_gui.models.batch_table import Status
from rednet_gui.models.presets import Presets
from rednet_gui.saved_text import cannot_open
from rednet_gui.settings import OPEN_FOLDER, Settings
from rednet_gui.views.banner import Banner
from rednet_gui.views.batch_setup import BatchSetupPanel
from rednet_gui.views.batch_table_view import BatchTableView
from rednet_gui.views.batch_words import outcome_words, progress_words
from rednet_gui.views.dialogs import folder_dialog, open_dialog
from rednet_gui.views.dropping import accept_copy, local_paths
from rednet_gui.views.theme import SPACE, Color
from rednet_gui.views.widgets import IconLabel, label

_WIDTH = 300
_HINT_WIDTH = 460
_FINE = 1000
_CENTER = Qt.AlignmentFlag.AlignHCenter


class BatchPage(QWidget):
    """At the left the photos, at the right what is done to them, below how far it is.

    Signals:
        add_requested: the paths of photos and folders.
        skip_requested, retry_requested: rows of the table.
        retry_failed_requested, clear_requested, report_requested: no more to say.
        shown: the page comes into sight.

    Attributes:
        add_photos, add_folder, skip, retry, clear: the buttons above the table.
        hint, table: one of them in sight.
        bar, words, retry_failed, report: below.
        setup: the column at the right.
        banner: what went wrong, or well.
    """

    add_requested = Signal(list)
    skip_requested = Signal(list)
    retry_requested = Signal(list)
    retry_failed_requested = Signal()
    clear_requested = Signal()
    report_requested = Signal()
    shown = Signal()

    def __init__(self, batch: Batch, presets: Presets, settings: Settings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._batch, self._settings = batch, settings
        self.setAcceptDrops(True)
        self._make_buttons()
        self.hint = self._make_hint()
        self.table = BatchTableView(batch.table)
        self.setup = BatchSetupPanel(batch, presets)
        self._make_foot()
        self._lay_out()
        self.banner = Banner(self._stage)
        self._connect()
        self._show()

    def open_report(self, page: Path) -> None:
        """Show it in the browser."""
        if not QDesktopServices.openUrl(QUrl.fromLocalFile(str(page))):
            self.banner.show_notice(cannot_open(page))

    def _make_buttons(self) -> None:
        self.add_photos = self._button(self.tr("Add photos…"), self.tr("Put photos at the end of the list"))
        self.add_folder = self._button(
            self.tr("Add a folder…"), self.tr("Put all photos of a folder, and of those in it, at the end of the list")
        )
        self.skip = self._button(self.tr("Skip"), self.tr("Leave the selected photos out (Del)"))
        self.retry = self._button(
            self.tr("Try again"), self.tr("Restore the selected photos that failed or were left out after all")
        )
        self.clear = self._button(self.tr("Clear the list"), self.tr("Empty the list; all files stay as they are"))
        self.retry_failed = self._button(
            self.tr("Try all failed again"), self.tr("Restore the photos that failed once more")
        )
        self.report = self._button(
            self.tr("Open the report"), self.tr("Show each photo before and after, and what was done, in the browser")
        )

    def _button(self, words: str, help_: str) -> QPushButton:
        button = QPushButton(words)
        button.setProperty("role", "small")
        button.setToolTip(help_)
        return button

    def _make_hint(self) -> QWidget:
        made = QWidget()
        column = QVBoxLayout(made)
        column.addStretch(1)
        column.addWidget(IconLabel("photo", color=Color.FAINT, side=48), 0, _CENTER)
        column.addSpacing(SPACE)
        column.addWidget(label(self.tr("Drop photos and folders here"), role="title"), 0, _CENTER)
        words = label(
            self.tr(
                "The same is done to all of them, one after another. A photo that cannot be read stops none of the "
                "others, and what is not done when you close the window goes on at the next start."
            ),
            role="muted",
            is_wrapped=True,
        )
        words.setAlignment(_CENTER)
        words.setFixedWidth(_HINT_WIDTH)
        column.addSpacing(SPACE)
        row = QHBoxLayout()  # an alignment in the column would cut it off after one line
        row.addStretch(1)
        row.addWidget(words)
        row.addStretch(1)
        column.addLayout(row)
        column.addStretch(1)
        return made

    def _make_foot(self) -> None:
        self.bar = QProgressBar()
        self.bar.setRange(0, _FINE)
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(self.tr("Progress of the batch"))
        self.words = label(role="muted", is_wrapped=True)
        self._foot = QFrame()
        self._foot.setObjectName("batchFoot")
        row = QHBoxLayout()
        row.setSpacing(SPACE)
        row.addWidget(self.words, 1)
        row.addWidget(self.retry_failed)
        row.addWidget(self.report)
        column = QVBoxLayout(self._foot)
        column.setContentsMargins(2 * SPACE, SPACE, 2 * SPACE, SPACE)
        column.setSpacing(SPACE)
        column.addWidget(self.bar)
        column.addLayout(row)

    def _lay_out(self) -> None:
        above = QFrame()
        above.setObjectName("batchBar")
        buttons = QHBoxLayout(above)
        buttons.setContentsMargins(2 * SPACE, SPACE, 2 * SPACE, SPACE)
        buttons.setSpacing(SPACE)
        for button in (self.add_photos, self.add_folder):
            buttons.addWidget(button)
        buttons.addStretch(1)
        for button in (self.skip, self.retry, self.clear):
            buttons.addWidget(button)
        self._stage = QStackedWidget()
        self._stage.addWidget(self.hint)
        self._stage.addWidget(self.table)
        self.setup.setFixedWidth(_WIDTH)
        left = QVBoxLayout()
        left.setSpacing(0)
        left.addWidget(above)
        left.addWidget(self._stage, 1)
        left.addWidget(self._foot)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(left, 1)
        layout.addWidget(self.setup)

    def _connect(self) -> None:
        batch = self._batch
        self.add_photos.clicked.connect(lambda: self._ask(open_dialog(self, self._settings.get(OPEN_FOLDER))))
        self.add_folder.clicked.connect(lambda: self._ask(folder_dialog(self, self._settings.get(OPEN_FOLDER))))
        self.skip.clicked.connect(self._skip)
        self.table.skip_requested.connect(self._skip)
        self.retry.clicked.connect(lambda: self.retry_requested.emit(self.table.selected_rows))
        self.retry_failed.clicked.connect(self.retry_failed_requested)
        self.clear.clicked.connect(self.clear_requested)
        self.report.clicked.connect(self.report_requested)
        self.table.selectionModel().selectionChanged.connect(self._show_choice)
        batch.table.dataChanged.connect(self._on_data_changed)
        batch.stage_changed.connect(self._show)
        batch.progress_changed.connect(self._show_progress)
        batch.failed.connect(self.banner.show_error)
        batch.noticed.connect(self.banner.show_notice)

    def _ask(self, dialog: QFileDialog) -> None:
        dialog.filesSelected.connect(lambda names: self.add_requested.emit([Path(name) for name in names]))
        dialog.open()

    def _skip(self) -> None:
        if self.skip.isEnabled():
            self.skip_requested.emit(self.table.selected_rows)

    def _on_data_changed(self, first: QModelIndex, last: QModelIndex) -> None:
        if first.column() != last.column():  # or only how far a photo is
            self._show_choice()

    def _show(self) -> None:
        batch = self._batch
        has_some = batch.table.rowCount() > 0
        self._stage.setCurrentWidget(self.table if has_some else self.hint)
        self.clear.setEnabled(has_some and not batch.is_busy and not batch.is_reporting)
        self._foot.setVisible(has_some)
        self.report.setVisible(batch.is_finished)
        self.report.setEnabled(not batch.is_reporting)
        self._show_choice()
        self._show_progress()

    def _show_choice(self) -> None:
        rows, table = self.table.selected_rows, self._batch.table
        self.skip.setEnabled(bool(table.numbers(rows, Status.WAITING, Status.RUNNING)))
        self.retry.setEnabled(bool(table.numbers(rows, Status.FAILED, Status.SKIPPED)))

    def _show_progress(self) -> None:
        batch = self._batch
        self.bar.setValue(round(batch.progress.fraction * _FINE))
        self.bar.setVisible(not batch.is_finished)
        self.words.setText(outcome_words(batch) if batch.is_finished else progress_words(batch))
        has_failed = batch.stage is Stage.IDLE and batch.table.counts[Status.FAILED] > 0
        self.retry_failed.setVisible(has_failed)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if local_paths(event.mimeData()):
            accept_copy(event)

    def dropEvent(self, event: QDropEvent) -> None:
        if paths := local_paths(event.mimeData()):
            accept_copy(event)
            self.add_requested.emit(paths)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.banner.place()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.shown.emit()
