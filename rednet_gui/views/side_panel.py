"""The column of controls."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QCheckBox, QFrame, QPushButton, QVBoxLayout, QWidget

from rednet_gui.models.session import Session
from rednet_gui.settings import Settings
from rednet_gui.views.level_control import LevelControl
from rednet_gui.views.quality_control import QualityControl
from rednet_gui.views.run_control import RunControl
from rednet_gui.views.strength_control import StrengthControl
from rednet_gui.views.task_chooser import TaskChooser
from rednet_gui.views.theme import SPACE
from rednet_gui.views.widgets import label, scrolled, separator, set_meant

_WIDTH = 300


class SidePanel(QFrame):
    """From top to bottom what one does: choose, set, restore, save.

    Attributes:
        tasks, level, strength, live, run, quality_control, save: the controls; quality: the number.
    """

    def __init__(self, session: Session, settings: Settings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("sidePanel")
        self.setFixedWidth(_WIDTH)
        self._session = session
        self.tasks = TaskChooser(session)
        self.level = LevelControl(session)
        self.live = QCheckBox(self.tr("Restore as I adjust"))
        self.live.setToolTip(
            self.tr(
                "A change restores what you see first, then the rest. Deblur only shows a preview, and Inpaint waits: "
                "press Restore for them"
            )
        )
        self.live.setChecked(session.is_live)
        self.run = RunControl(session)
        self.quality_control = QualityControl(session, settings)
        self.quality = self.quality_control.number
        self.save = QPushButton(self.tr("Save as…"))
        self.save.setToolTip(self.tr("Save the restored photo as a new file; the original stays as it is"))
        self.strength = StrengthControl(session)
        self._extra = QVBoxLayout()
        self._lay_out()
        session.result_changed.connect(self._show_save)
        session.preview_changed.connect(self._show_save)
        session.saved_changed.connect(self._show_save)
        for signal in (session.task_changed, session.level_changed, session.kernel_changed, session.mask.steps_changed):
            signal.connect(self._show_save)
        session.activity_changed.connect(self._show_activity)
        self._show_save()

    def add_controls(self, controls: QWidget) -> None:
        """Put the controls of a tool below the level; they show themselves only for the tasks they serve."""
        self._extra.addWidget(controls)
        controls.installEventFilter(self)

    def _lay_out(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        self._upper = scrolled(self._choices(), 2 * SPACE)
        layout.addWidget(self._upper, 1)
        layout.addWidget(self._outcome())

    def _choices(self) -> QWidget:
        """What is done, and how; it scrolls where there is not enough room."""
        choices = QWidget()
        layout = QVBoxLayout(choices)
        layout.setContentsMargins(2 * SPACE, 2 * SPACE, 2 * SPACE, int(1.5 * SPACE))
        layout.setSpacing(0)
        layout.addWidget(label(self.tr("Task"), role="section"))
        layout.addSpacing(SPACE)
        layout.addWidget(self.tasks)
        layout.addSpacing(2 * SPACE)
        layout.addWidget(separator())
        layout.addSpacing(2 * SPACE)
        layout.addWidget(self.level)
        layout.addLayout(self._extra)
        layout.addWidget(self.strength)
        layout.addStretch(1)
        return choices

    def _outcome(self) -> QWidget:
        """Restore and save, always in sight."""
        outcome = QWidget()
        layout = QVBoxLayout(outcome)
        layout.setContentsMargins(2 * SPACE, 0, 2 * SPACE, 2 * SPACE)
        layout.setSpacing(0)
        layout.addWidget(self.live)
        layout.addSpacing(SPACE)
        layout.addWidget(self.run)
        layout.addSpacing(2 * SPACE)
        layout.addWidget(separator())
        layout.addSpacing(int(1.5 * SPACE))
        layout.addWidget(self.quality_control)
        layout.addSpacing(int(1.5 * SPACE))
        layout.addWidget(self.save)
        return outcome

    def _show_activity(self) -> None:
        can_choose = self._session.can_choose  # what is shown is what the result will be made with
        self.tasks.setEnabled(can_choose)
        self.level.setEnabled(can_choose)
        self._show_save()

    def _show_save(self) -> None:
        session = self._session
        self.save.setEnabled(session.can_save)
        set_meant(self.save, is_meant=session.can_save and session.has_unsaved_result and session.is_result_current)
        self.run.show_meant(is_meant=not session.is_result_current)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Bring the controls of a tool into sight when they come, or grow while they are used."""
        if isinstance(watched, QWidget) and (
            event.type() == QEvent.Type.Show
            or (event.type() == QEvent.Type.Resize and watched.isAncestorOf(self.window().focusWidget() or self))
        ):
            QTimer.singleShot(0, watched, lambda: self._upper.ensureWidgetVisible(watched, 0, SPACE))
        return super().eventFilter(watched, event)
