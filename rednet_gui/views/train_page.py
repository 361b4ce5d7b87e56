"""The Train page: a model of the user's own, from their own photos."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from rednet_gui.models.training import Stage, Training
from rednet_gui.views.dropping import accept_copy
from rednet_gui.views.theme import SPACE, Color
from rednet_gui.views.train_curves import TrainCurves
from rednet_gui.views.train_pictures import PairSheet, PreviewTable
from rednet_gui.views.train_run import TrainRun
from rednet_gui.views.train_setup import TrainSetup, dropped_folder
from rednet_gui.views.widgets import IconLabel, label, scrolled

_WIDTH = 300
_HINT_WIDTH = 460
_NOTICE_MS = 10_000
_CENTER = Qt.AlignmentFlag.AlignHCenter


class TrainPage(QWidget):
    """At the right what one does, at the left what comes of it.

    Signals:
        folder_requested: a folder was dropped.

    Attributes:
        training: what is shown.
        setup, run: the columns, one in sight.
        hint, sheet, progress: what fills the rest, one in sight.
        curves, previews: on `progress`.
        notice: a sentence that goes by itself.
    """

    folder_requested = Signal(Path)

    def __init__(self, training: Training, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.training = training
        self.setAcceptDrops(True)
        self.setup = TrainSetup(training)
        self.run = TrainRun(training)
        self.hint = self._make_hint()
        self.sheet = PairSheet(training)
        self.curves = TrainCurves(training)
        self.previews = PreviewTable(training)
        self.progress = self._make_progress()
        self.notice = label(role="muted", is_wrapped=True)
        self.notice.hide()
        self._timer = QTimer(self, singleShot=True, interval=_NOTICE_MS)
        self._timer.timeout.connect(self.notice.hide)
        self._lay_out()
        self.setup.folder_requested.connect(self.folder_requested)
        for signal in (training.stage_changed, training.sheet_changed):
            signal.connect(self._show)
        self._show()

    def show_notice(self, sentence: str) -> None:
        """Show a sentence for a while."""
        self.notice.setText(sentence)
        self.notice.show()
        self._timer.start()

    def _make_hint(self) -> QWidget:
        column = QVBoxLayout()
        column.setSpacing(0)
        column.addStretch(1)
        column.addWidget(IconLabel("photo", color=Color.FAINT, side=48), 0, _CENTER)
        column.addSpacing(SPACE)
        column.addWidget(label(self.tr("Drop a folder of good photos here"), role="title"), 0, _CENTER)
        words = label(
            self.tr(
                "Your camera, your scanner, your archive: the program damages your good photos as your bad ones are, "
                "learns to repair them, and tells whether it is better than the stock model on photos that it has "
                "never seen. You decide whether to keep it. Nothing leaves this computer."
            ),
            role="muted",
            is_wrapped=True,
        )
        words.setAlignment(_CENTER)
        words.setFixedWidth(_HINT_WIDTH)
        column.addSpacing(SPACE)
        column.addWidget(words)
        column.addStretch(1)
        made = QWidget()
        row = QHBoxLayout(made)  # not by alignment: the words would get the height of wider ones
        row.addStretch(1)
        row.addLayout(column)
        row.addStretch(1)
        return made

    def _make_progress(self) -> QWidget:
        content = QWidget()
        layout = QVBoxLayout(content)
        layout.setContentsMargins(3 * SPACE, 2 * SPACE, 2 * SPACE, 2 * SPACE)
        layout.setSpacing(2 * SPACE)
        layout.addWidget(self.curves)
        layout.addWidget(self.previews)
        layout.addStretch(1)
        return scrolled(content, 2 * SPACE)

    def _lay_out(self) -> None:
        self._stage = QStackedWidget()
        for widget in (self.hint, self.sheet, self.progress):
            self._stage.addWidget(widget)
        self._column = QStackedWidget()
        self._column.setFixedWidth(_WIDTH)
        self._column.addWidget(self.setup)
        self._column.addWidget(self.run)
        left = QVBoxLayout()
        left.setSpacing(0)
        left.addWidget(self._stage, 1)
        left.addWidget(self.notice)
        self.notice.setContentsMargins(3 * SPACE, SPACE, 2 * SPACE, SPACE)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(left, 1)
        layout.addWidget(self._column)

    def _show(self) -> None:
        training = self.training
        is_setup = training.stage is Stage.SETUP
        self._column.setCurrentWidget(self.setup if is_setup else self.run)
        waiting = self.sheet if training.sheet else self.hint
        self._stage.setCurrentWidget(waiting if is_setup or training.run is None else self.progress)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if self.training.stage is Stage.SETUP and dropped_folder(event) is not None:
            accept_copy(event)

    def dropEvent(self, event: QDropEvent) -> None:
        folder = dropped_folder(event)
        if folder is not None:
            accept_copy(event)
            self.folder_requested.emit(folder)
