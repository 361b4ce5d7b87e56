"""A training that runs, or ran: how far it is, and what to do with it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QFrame,
    QLineEdit,
    QProgressBar,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from rednet_gui.models.training import Stage, Training
from rednet_gui.text import task_text
from rednet_gui.views.dialogs import Question
from rednet_gui.views.theme import SPACE
from rednet_gui.views.train_words import progress_words, verdict_words
from rednet_gui.views.widgets import label, separator, set_meant

_FINE = 1000


class TrainRun(QFrame):
    """The column beside the curves.

    Signals:
        pause_requested, resume_requested, finish_requested, discard_requested: no more to say.
        keep_requested: the name for the model.

    Attributes:
        title, facts, bar, problem, pause, resume, finish, verdict, name, keep, discard: the controls.
    """

    pause_requested = Signal()
    resume_requested = Signal()
    finish_requested = Signal()
    discard_requested = Signal()
    keep_requested = Signal(str)

    def __init__(self, training: Training, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("sidePanel")
        self._training = training
        self.title = label(role="title", is_wrapped=True)
        self.facts = label(role="muted", is_wrapped=True)
        self.bar = QProgressBar()
        self.bar.setRange(0, _FINE)
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(self.tr("Progress of the training"))
        self.problem = label(role="muted", is_wrapped=True)
        self.pause = self._button(self.tr("Pause"), self.tr("Save the training and end it for now; nothing is lost"))
        self.resume = self._button(self.tr("Go on"), self.tr("Go on exactly where the training was stopped"))
        self.finish = self._button(
            self.tr("Finish now"), self.tr("Learn no more, and see whether the model is better than the stock model")
        )
        self.verdict = label(role="muted", is_wrapped=True)
        self.name = QLineEdit()
        self.name.setMaxLength(60)
        self.name.setAccessibleName(self.tr("Name of the model"))
        self.name.setPlaceholderText(self.tr("Name of the model"))
        self.name.setToolTip(self.tr("What the model is called in your list"))
        self.keep = self._button(self.tr("Keep the model"), self.tr("Put the model into the list of its task"))
        self.discard = self._button(self.tr("Discard…"), self.tr("Delete the training and what it has learned"))
        self.resume.setProperty("role", "primary")
        self._lay_out()
        self._connect()
        self._show_stage()

    def _button(self, words: str, help_: str) -> QPushButton:
        button = QPushButton(words)
        button.setToolTip(help_)
        return button

    def _lay_out(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(2 * SPACE, 2 * SPACE, 2 * SPACE, 2 * SPACE)
        layout.setSpacing(int(1.5 * SPACE))
        for widget in (self.title, self.facts, self.bar, self.problem, self.pause, self.resume, self.finish):
            layout.addWidget(widget)
        layout.addWidget(self.verdict)
        layout.addWidget(self.name)
        layout.addWidget(self.keep)
        layout.addStretch(1)
        layout.addWidget(separator())
        layout.addWidget(self.discard)

    def _connect(self) -> None:
        training = self._training
        self.pause.clicked.connect(self.pause_requested)
        self.resume.clicked.connect(self.resume_requested)
        self.finish.clicked.connect(self.finish_requested)
        self.keep.clicked.connect(lambda: self.keep_requested.emit(self.name.text()))
        self.discard.clicked.connect(self._ask_discard)
        training.stage_changed.connect(self._show_stage)
        training.state_changed.connect(self._show_state)

    def _show_stage(self) -> None:
        training, stage = self._training, self._training.stage
        result = training.result if stage is Stage.ENDED else None
        is_ended, is_better = result is not None, result is not None and bool(result["is_better"])
        titles = {
            Stage.STARTING: self.tr("Getting ready…"),
            Stage.RUNNING: self.tr("Learning"),
            Stage.STOPPING: self.tr("Finishing this step…"),
            Stage.PAUSED: self.tr("Paused"),
        }
        self.title.setText(titles.get(stage, ""))
        self.problem.setText(training.problem)
        self.problem.setVisible(bool(training.problem) and not is_ended)
        self.pause.setVisible(training.is_busy)
        self.finish.setVisible(training.is_busy)
        self.pause.setEnabled(stage is Stage.RUNNING)
        self.finish.setEnabled(stage is Stage.RUNNING)
        self.resume.setVisible(stage is Stage.PAUSED)
        self.bar.setVisible(not is_ended)
        for widget in (self.verdict, self.name, self.keep):
            widget.setVisible(is_ended)
        if result is not None:
            title, words = verdict_words(result)
            self.title.setText(title)
            self.verdict.setText(words)
            self.keep.setText(self.tr("Keep the model") if is_better else self.tr("Keep it all the same"))
            set_meant(self.keep, is_meant=is_better)
            self.name.setText(training.suggested_name)
        set_meant(self.discard, is_meant=is_ended and not is_better)
        self.discard.setEnabled(not training.is_busy)
        self._show_state()

    def _show_state(self) -> None:
        training = self._training
        task = "" if training.plan is None else task_text(training.plan.task.name).title
        has_progress = training.plan is not None and training.stage is not Stage.ENDED
        self.facts.setText(f"{task}\n{progress_words(training)}" if has_progress else task)
        state = training.state
        self.bar.setValue(round(_FINE * state.step / max(1, state.steps)))

    def _ask_discard(self) -> None:
        words, details = (
            self.tr("Discard this training?"),
            self.tr("What it has learned is lost. Your photos stay as they are."),
        )
        question = Question(self, words, details, self.tr("Go back"), self.tr("Discard it"))
        question.accepted.connect(self.discard_requested)
        question.open()
