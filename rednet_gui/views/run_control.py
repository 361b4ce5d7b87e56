"""Restore, and while it runs: how far it is, and Cancel."""

from __future__ import annotations

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from rednet_gui.models.session import Session
from rednet_gui.plan_text import describe_shortage
from rednet_gui.text import time_left_words
from rednet_gui.views.theme import SPACE, Color, icon
from rednet_gui.views.widgets import ICON_PX, label, percent_words, set_meant

_BAR_STEPS = 1000


class RunControl(QStackedWidget):
    """One of two pages: the button that starts, with what speaks against it, or the progress of what it started.

    Signals:
        restore_requested, cancel_requested: the buttons.
    """

    restore_requested = Signal()
    cancel_requested = Signal()

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.restore = QPushButton(self.tr("Restore"))
        self.restore.setProperty("role", "primary")
        self.restore.setIcon(icon("restore", Color.PRIMARY_TEXT))
        self.restore.setIconSize(QSize(ICON_PX, ICON_PX))
        self.restore.setToolTip(self.tr("Repair the whole photo with the chosen task; its file stays as it is"))
        self.warning = label(role="strong", is_wrapped=True)
        self.cancel = QPushButton(self.tr("Cancel"))
        self.cancel.setToolTip(self.tr("Stop; the last result stays"))
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(self.tr("Progress"))
        self.percent = label(role="strong")
        self.remaining = label(role="muted")
        self._lay_out()
        self.restore.clicked.connect(self.restore_requested)
        self.cancel.clicked.connect(self.cancel_requested)
        session.activity_changed.connect(self._show_activity)
        session.activity_changed.connect(self._offer_cancel)
        session.source_changed.connect(self._show_activity)
        session.task_changed.connect(self._show_activity)
        session.kernel_changed.connect(self._show_activity)
        session.mask.is_empty_changed.connect(self._show_activity)
        session.progress_changed.connect(self._show_progress)
        session.plan.changed.connect(self._show_warning)
        self._show_warning()
        self._show_activity()

    def _lay_out(self) -> None:
        start = QWidget()
        start_layout = QVBoxLayout(start)
        start_layout.setContentsMargins(0, 0, 0, 0)
        start_layout.addStretch(1)
        start_layout.addWidget(self.warning)
        start_layout.addWidget(self.restore)
        running = QWidget()
        words = QHBoxLayout()
        words.setSpacing(SPACE)
        words.addWidget(self.percent)
        words.addWidget(self.remaining, 1)
        words.addWidget(self.cancel)
        running_layout = QVBoxLayout(running)
        running_layout.setContentsMargins(0, 0, 0, 0)
        running_layout.setSpacing(SPACE)
        running_layout.addStretch(1)
        running_layout.addLayout(words)
        running_layout.addWidget(self.bar)
        self.addWidget(start)
        self.addWidget(running)

    def _show_activity(self) -> None:
        is_running = self._session.is_running
        if is_running:
            self.setCurrentIndex(1)
        # Enabled before its page comes back, Restore can take the focus that lay on the other page.
        self.restore.setEnabled(self._session.can_restore)
        if not is_running:
            self.setCurrentIndex(0)

    def _offer_cancel(self) -> None:
        """A new run can be canceled, also one that begins while another one stops."""
        self.cancel.setEnabled(True)

    def show_meant(self, *, is_meant: bool) -> None:
        """Show whether Restore is what most people want now."""
        set_meant(self.restore, is_meant=is_meant)
        self.restore.setIcon(icon("restore", Color.PRIMARY_TEXT if is_meant else Color.TEXT))

    def _show_warning(self) -> None:
        known = self._session.plan
        words = describe_shortage(known.plan, known.problem)
        self.warning.setText(words)
        self.warning.setVisible(bool(words))

    def show_canceling(self) -> None:
        """Say that Cancel was heard; the work stops at its next checkpoint."""
        if self.cancel.hasFocus():
            self.bar.setFocus()  # keeps it on this page
        self.cancel.setEnabled(False)
        self.remaining.setText(self.tr("Stopping…"))

    def _show_progress(self) -> None:
        progress = self._session.progress
        if progress is None:
            self.bar.setRange(0, 0)  # moves without saying how far it is
            self.percent.setText(self.tr("Starting…"))
            self.remaining.clear()
            return
        self.bar.setRange(0, _BAR_STEPS)
        self.bar.setValue(round(progress.fraction * _BAR_STEPS))
        self.percent.setText(percent_words(progress.fraction))
        if self.cancel.isEnabled():
            left_s = progress.remaining_s
            self.remaining.setText("" if left_s is None else time_left_words(left_s))
