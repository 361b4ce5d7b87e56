"""What a batch shall do, and Start."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QFrame, QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from rednet_gui.models.batch import Batch, BatchSetup, Stage
from rednet_gui.models.presets import Presets
from rednet_gui.step_text import describe_steps
from rednet_gui.views.dialogs import folder_dialog
from rednet_gui.views.theme import SPACE
from rednet_gui.views.widgets import label, scrolled, separator


class BatchSetupPanel(QFrame):
    """From top to bottom what one does.

    Signals:
        setup_requested: another `BatchSetup`.
        start_requested, pause_requested, resume_requested, stop_requested: no more to say.

    Attributes:
        what, words, place, template, example, overwrites, problem, start, pause, resume, stop, hint: the controls.
    """

    setup_requested = Signal(object)
    start_requested = Signal()
    pause_requested = Signal()
    resume_requested = Signal()
    stop_requested = Signal()

    def __init__(self, batch: Batch, presets: Presets, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("sidePanel")
        self._batch, self._presets = batch, presets
        self._make_setup()
        self._make_buttons()
        self._lay_out()
        self._connect()
        self._fill()
        self._show_stage()

    def _make_setup(self) -> None:
        self.what = QComboBox()
        self.what.setAccessibleName(self.tr("What is done"))
        self.what.setToolTip(self.tr("What is done to each photo: what is chosen for one photo now, or a preset"))
        self.words = label(role="muted", is_wrapped=True)
        self.place = QComboBox()
        self.place.setAccessibleName(self.tr("Where the results go"))
        self.place.setToolTip(
            self.tr("Beside each photo, or into one folder, in which the folders of the photos are made again")
        )
        self.template = QLineEdit()
        self.template.setAccessibleName(self.tr("What the results are called"))
        self.template.setToolTip(
            self.tr(
                "{name} and {ext} are those of the photo, {task} and {level} what is done, {n} or {n:03} its number; "
                "a name that is taken gets a number"
            )
        )
        self.example = label(role="muted", is_wrapped=True)
        self.overwrites = QCheckBox(self.tr("Replace files that are there"))
        self.overwrites.setToolTip(self.tr("Otherwise no file is ever replaced: a name that is taken gets a number"))

    def _make_buttons(self) -> None:
        self.problem = label(role="muted", is_wrapped=True)
        self.start = self._button(
            self.tr("Start"), self.tr("Restore all photos that wait, and save the results as it is said above")
        )
        self.pause = self._button(self.tr("Pause"), self.tr("Hold at once, within the photo that is being restored"))
        self.resume = self._button(self.tr("Go on"), self.tr("Go on exactly where the batch was paused"))
        self.stop = self._button(self.tr("Stop"), self.tr("End now; photos that are not done yet wait for a new start"))
        self.start.setProperty("role", "primary")
        self.resume.setProperty("role", "primary")
        self.hint = label(role="muted", is_wrapped=True)

    def _button(self, words: str, help_: str) -> QPushButton:
        button = QPushButton(words)
        button.setToolTip(help_)
        return button

    def _lay_out(self) -> None:
        content = QWidget()
        top = QVBoxLayout(content)
        top.setContentsMargins(2 * SPACE, 2 * SPACE, 2 * SPACE, SPACE)
        top.setSpacing(SPACE)
        parts: tuple[tuple[str, tuple[QWidget, ...]], ...] = (
            (self.tr("What is done"), (self.what, self.words)),
            (self.tr("Where the results go"), (self.place,)),
            (self.tr("What they are called"), (self.template, self.example)),
        )
        for title, widgets in parts:
            top.addWidget(label(title, role="section"))
            for widget in widgets:
                top.addWidget(widget)
            top.addSpacing(SPACE)
        top.addWidget(self.overwrites)
        top.addStretch(1)
        bottom = QVBoxLayout()
        bottom.setContentsMargins(2 * SPACE, SPACE, 2 * SPACE, 2 * SPACE)
        bottom.setSpacing(SPACE)
        for control in (self.hint, self.problem, self.start):
            bottom.addWidget(control)
        row = QHBoxLayout()
        for control in (self.pause, self.resume, self.stop):
            row.addWidget(control)
        bottom.addLayout(row)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(scrolled(content, 2 * SPACE), 1)
        layout.addWidget(separator())
        layout.addLayout(bottom)

    def _connect(self) -> None:
        self.what.activated.connect(self._choose_what)
        self.place.activated.connect(self._choose_place)
        self.template.textEdited.connect(lambda text: self._request(template=text))
        self.overwrites.toggled.connect(lambda is_on: self._request(overwrites=is_on))
        self.start.clicked.connect(self.start_requested)
        self.pause.clicked.connect(self.pause_requested)
        self.resume.clicked.connect(self.resume_requested)
        self.stop.clicked.connect(self.stop_requested)
        self._presets.changed.connect(self._fill)
        self._batch.setup_changed.connect(self._show_setup)
        self._batch.stage_changed.connect(self._show_stage)

    def _fill(self) -> None:
        self.what.clear()
        self.what.addItem(self.tr("As chosen for one photo"), None)
        for preset in self._presets.items:
            self.what.addItem(preset.name, preset.path)
        self._show_setup()

    def _show_setup(self) -> None:
        setup, offer = self._batch.setup, self._batch.offer
        paths = [self.what.itemData(row) for row in range(self.what.count())]
        self.what.setCurrentIndex(paths.index(setup.preset) if setup.preset in paths else 0)
        self.words.setText(describe_steps(offer.steps))
        self._show_place(setup.folder)
        if self.template.text() != setup.template:
            self.template.setText(setup.template)
        with QSignalBlocker(self.overwrites):
            self.overwrites.setChecked(setup.overwrites)
        lost = self.tr("%1 – in the place of the original, which is lost")
        example = lost if offer.replaces_sources else self.tr("For example: %1")
        self.example.setText(example.replace("%1", offer.example) if offer.example else offer.problem)
        self.problem.setText(offer.problem if offer.example else "")
        self.problem.setVisible(bool(self.problem.text()))

    def _show_place(self, folder: Path | None) -> None:
        self.place.clear()
        self.place.addItem(self.tr("Beside each photo"))
        if folder is not None:
            self.place.addItem(folder.name or str(folder), folder)
            self.place.setCurrentIndex(1)
        self.place.addItem(self.tr("Choose a folder…"))
        self.place.setAccessibleDescription("" if folder is None else str(folder))

    def _show_stage(self) -> None:
        batch, stage = self._batch, self._batch.stage
        for control in (self.what, self.place, self.template, self.overwrites):
            control.setEnabled(not batch.is_busy)
        is_focused = self.pause.hasFocus() or self.resume.hasFocus()
        self.start.setVisible(not batch.is_busy)
        self.start.setEnabled(batch.can_start)
        self.resume.setVisible(stage is Stage.PAUSED)
        self.pause.setVisible(stage in (Stage.RUNNING, Stage.STOPPING))
        self.stop.setVisible(batch.is_busy)
        self.pause.setEnabled(stage is Stage.RUNNING)
        self.stop.setEnabled(stage is not Stage.STOPPING)
        if is_focused:  # the same key pauses and goes on
            (self.resume if stage is Stage.PAUSED else self.pause).setFocus()
        goes_on = self.tr("You may close the window: the batch goes on at the next start.")
        if not batch.is_kept:
            goes_on = self.tr("This batch ends with this window: its list is not kept.")
        waits = self.tr("Meanwhile you can work on one photo; while that is restored, the batch waits.")
        self.hint.setText(f"{waits} {goes_on}")
        self.hint.setVisible(batch.is_busy)

    def _choose_what(self, row: int) -> None:
        self.setup_requested.emit(replace(self._batch.setup, preset=self.what.itemData(row)))

    def _choose_place(self, row: int) -> None:
        if row == self.place.count() - 1:
            self._show_place(self._batch.setup.folder)  # as it was, until one is chosen
            dialog = folder_dialog(self, str(self._batch.setup.folder or Path.home()))
            dialog.setWindowTitle(self.tr("Choose a folder for the results"))
            dialog.filesSelected.connect(lambda names: self._request(folder=Path(names[0])))
            dialog.open()
        else:
            self._request(folder=self.place.itemData(row))

    def _request(self, **changes: object) -> None:
        setup: BatchSetup = replace(self._batch.setup, **changes)  # type: ignore[arg-type]
        self.setup_requested.emit(setup)
