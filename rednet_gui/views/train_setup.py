"""The three steps to a training: good photos, what to repair, start."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDoubleSpinBox,
    QFileDialog,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QPushButton,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from rednet_gui.models.training import Training
from rednet_gui.models.training_setup import MOST_STEPS
from rednet_gui.text import task_text
from rednet_gui.views.dialogs import folder_dialog
from rednet_gui.views.dropping import accept_copy, local_paths
from rednet_gui.views.theme import SPACE
from rednet_gui.views.train_words import check_words, refused_words
from rednet_gui.views.widgets import label, scrolled, separator, shape_number_box

_STEPS_WIDTH = 96


class FolderButton(QPushButton):
    """Chooses a folder, by a dialog or by what is dropped on it.

    Signals:
        folder_chosen: a path.
    """

    folder_chosen = Signal(Path)

    def __init__(self, title: str, help_: str) -> None:
        super().__init__(title)
        self._title = title
        self.setToolTip(help_)
        self.setAcceptDrops(True)
        self._folder: Path | None = None
        self.clicked.connect(self._ask)

    def show_folder(self, folder: Path | None) -> None:
        """Show which one is chosen."""
        self._folder = folder
        self.setText(self._title if folder is None else f"{folder.name or folder}")
        self.setAccessibleDescription("" if folder is None else str(folder))

    def _ask(self) -> None:
        dialog = folder_dialog(self, str(self._folder or Path.home()))
        dialog.setWindowTitle(self._title)
        dialog.filesSelected.connect(lambda names: self.folder_chosen.emit(Path(names[0])))
        dialog.open()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if dropped_folder(event) is not None:
            accept_copy(event)

    def dropEvent(self, event: QDropEvent) -> None:
        folder = dropped_folder(event)
        if folder is not None:
            accept_copy(event)
            self.folder_chosen.emit(folder)


def dropped_folder(event: QDropEvent) -> Path | None:
    """The folder that is dropped, or that of the first photo."""
    paths = local_paths(event.mimeData())
    if not paths:
        return None
    return paths[0] if paths[0].is_dir() else paths[0].parent


class TrainSetup(QFrame):
    """From top to bottom what one does.

    Signals:
        folder_requested: the folder of good photos.
        setup_requested: another `Setup`.
        start_requested, models_requested: no more to say.
        export_requested: a path to write the recipe to.

    Attributes:
        folder, check_line, task, pairs_switch, pairs_folder, low, high, more, steps, scratch, export, start, models,
        problem: the controls.
    """

    folder_requested = Signal(Path)
    setup_requested = Signal(object)
    start_requested = Signal()
    models_requested = Signal()
    export_requested = Signal(Path)

    def __init__(self, training: Training, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("sidePanel")
        self._training = training
        self.folder = FolderButton(
            self.tr("Choose good photos…"), self.tr("A folder of sharp, clean photos; drop it here. It is only read.")
        )
        self.check_line = label(role="muted", is_wrapped=True)
        self._make_damage()
        self._make_more()
        self.start = QPushButton(self.tr("Start"))
        self.start.setProperty("role", "primary")
        self.start.setToolTip(self.tr("Train a model of your own; you can pause at any time and lose nothing"))
        self.models = QPushButton(self.tr("My models…"))
        self.models.setToolTip(self.tr("Rename, export, import or delete models that you trained"))
        self.problem = label(role="muted", is_wrapped=True)
        self._lay_out()
        self._connect()
        self._show_setup()
        self._show_report()

    def _make_damage(self) -> None:
        self.task = QComboBox()
        self.task.setAccessibleName(self.tr("What to repair"))
        self.task.setToolTip(self.tr("What the model shall repair in your photos"))
        for task in self._training.tasks:
            self.task.addItem(task_text(task.name).title, task.name)
        self.low, self.high = (
            self._level_box(self.tr("Weakest damage"), self.tr("The weakest damage that it learns to repair")),
            self._level_box(self.tr("Strongest damage"), self.tr("The strongest damage that it learns to repair")),
        )
        self.pairs_switch = QCheckBox(self.tr("I have damaged copies of these photos"))
        self.pairs_switch.setToolTip(
            self.tr(
                "Learn from pairs, such as high and low ISO, or scans before and after cleaning, instead of damage "
                "that the program makes; both photos have the same name and are aligned automatically"
            )
        )
        self.pairs_folder = FolderButton(
            self.tr("Choose damaged photos…"), self.tr("A folder of the same photos, damaged, with the same names")
        )

    def _make_more(self) -> None:
        self.more = QPushButton(self.tr("More"))
        self.more.setCheckable(True)
        self.more.setProperty("role", "toggle")
        self.more.setToolTip(self.tr("How long, where to start from, and the recipe as a file"))
        self.steps = QSpinBox()
        shape_number_box(self.steps)
        self.steps.setFixedWidth(_STEPS_WIDTH)
        self.steps.setRange(1, MOST_STEPS)
        self.steps.setGroupSeparatorShown(True)
        self.steps.setKeyboardTracking(False)
        self.steps.setAccessibleName(self.tr("Steps"))
        self.steps.setToolTip(self.tr("How long it learns at most; it stops by itself when it gets no better"))
        self.scratch = QCheckBox(self.tr("Start from nothing"))
        self.scratch.setToolTip(self.tr("Forget what the stock model knows; that takes hours instead of minutes"))
        self.export = QPushButton(self.tr("Export the recipe…"))
        self.export.setToolTip(self.tr("Write all numbers of the training to a file for “rednet train --recipe”"))

    def _level_box(self, name: str, help_: str) -> QDoubleSpinBox:
        box = QDoubleSpinBox()
        shape_number_box(box)
        box.setKeyboardTracking(False)
        box.setDecimals(0)
        box.setAccessibleName(name)
        box.setToolTip(help_)
        return box

    def _lay_out(self) -> None:
        content = QWidget()
        layout = QVBoxLayout(content)
        layout.setContentsMargins(2 * SPACE, 2 * SPACE, 2 * SPACE, 2 * SPACE)
        layout.setSpacing(SPACE)
        layout.addWidget(label(self.tr("1  Good photos"), role="section"))
        layout.addWidget(self.folder)
        layout.addWidget(self.check_line)
        layout.addWidget(separator())
        layout.addWidget(label(self.tr("2  What to repair"), role="section"))
        layout.addWidget(self.task)
        layout.addWidget(self._level_row())
        layout.addWidget(self.pairs_switch)
        layout.addWidget(self.pairs_folder)
        layout.addWidget(separator())
        layout.addWidget(self.more)
        layout.addWidget(self._more_rows())
        layout.addStretch(1)
        layout.addWidget(self.models)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(scrolled(content, 2 * SPACE), 1)
        outer.addLayout(self._start_row())

    def _level_row(self) -> QWidget:
        self._levels = QWidget()
        row = QHBoxLayout(self._levels)
        row.setContentsMargins(0, 0, 0, 0)
        self._level_title = label(role="muted")
        row.addWidget(self._level_title)
        row.addStretch(1)
        row.addWidget(self.low)
        row.addWidget(label("–", role="muted"))
        row.addWidget(self.high)
        return self._levels

    def _more_rows(self) -> QWidget:
        self._more = QWidget()
        grid = QGridLayout(self._more)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.addWidget(label(self.tr("Steps at most"), role="muted"), 0, 0)
        grid.addWidget(self.steps, 0, 1)
        grid.addWidget(self.scratch, 1, 0, 1, 2)
        grid.addWidget(self.export, 2, 0, 1, 2)
        grid.setColumnStretch(0, 1)
        self._more.hide()
        return self._more

    def _start_row(self) -> QVBoxLayout:
        row = QVBoxLayout()
        row.setContentsMargins(2 * SPACE, SPACE, 2 * SPACE, 2 * SPACE)
        row.addWidget(label(self.tr("3  Start"), role="section"))
        row.addWidget(self.problem)
        row.addWidget(self.start)
        return row

    def _connect(self) -> None:
        training = self._training
        self.folder.folder_chosen.connect(self.folder_requested)
        self.pairs_folder.folder_chosen.connect(lambda folder: self._ask(pairs=folder, wants_pairs=True))
        self.pairs_switch.toggled.connect(lambda is_on: self._ask(wants_pairs=is_on))
        self.task.currentIndexChanged.connect(lambda _: self._ask(task=self.task.currentData(), low=None, high=None))
        self.low.valueChanged.connect(self._ask_levels)
        self.high.valueChanged.connect(self._ask_levels)
        self.steps.valueChanged.connect(lambda steps: self._ask(steps=steps))
        self.scratch.toggled.connect(lambda is_on: self._ask(is_from_scratch=is_on))
        self.more.toggled.connect(self._more.setVisible)
        self.start.clicked.connect(self.start_requested)
        self.models.clicked.connect(self.models_requested)
        self.export.clicked.connect(self._ask_target)
        training.setup_changed.connect(self._show_setup)
        training.report_changed.connect(self._show_report)
        training.stage_changed.connect(self._show_report)

    def _ask(self, **changes: object) -> None:
        self.setup_requested.emit(replace(self._training.setup, **changes))  # type: ignore[arg-type]  # by name

    def _ask_levels(self) -> None:
        low, high = self.low.value(), max(self.low.value(), self.high.value())
        is_all = (low, high) == (self.low.minimum(), self.high.maximum())
        self._ask(low=None if is_all else low, high=None if is_all else high)

    def _ask_target(self) -> None:
        dialog = QFileDialog(self, self.tr("Export the recipe"), str(Path.home()))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setNameFilter(self.tr("Recipes (*.toml)"))
        dialog.setDefaultSuffix("toml")
        dialog.selectFile("recipe.toml")
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(lambda name: self.export_requested.emit(Path(name)))
        dialog.open()

    def _show_setup(self) -> None:
        setup = self._training.setup
        blockers = [QSignalBlocker(box) for box in (self.task, self.low, self.high, self.pairs_switch, self.steps)]
        blockers.append(QSignalBlocker(self.scratch))
        self.folder.show_folder(setup.data)
        self.pairs_folder.show_folder(setup.pairs)
        self.task.setCurrentIndex(self.task.findData(setup.task))
        levels = next(task.levels for task in self._training.tasks if task.name == setup.task)
        for box, value in ((self.low, setup.low), (self.high, setup.high)):
            box.setRange(levels.minimum, levels.maximum)
            box.setValue((levels.minimum if box is self.low else levels.maximum) if value is None else value)
        words = task_text(setup.task)
        self._level_title.setText(words.level_title)
        has_levels = levels.minimum < levels.maximum and setup.used_pairs is None and not setup.lacks_pairs
        self._levels.setVisible(has_levels)
        self.pairs_switch.setVisible(setup.can_pair)
        self.pairs_switch.setChecked(setup.wants_pairs)
        self.pairs_folder.setVisible(setup.can_pair and setup.wants_pairs)
        self.steps.setValue(setup.steps)
        self.scratch.setChecked(setup.is_from_scratch)
        del blockers
        self._show_report()

    def _show_report(self) -> None:
        training = self._training
        self.check_line.setText(check_words(training))
        self.check_line.setToolTip(refused_words(training))
        self.check_line.setVisible(bool(self.check_line.text()))
        problem = training.problem if training.report is not None or training.setup.data is None else ""
        self.problem.setText(problem)
        self.problem.setVisible(bool(problem))
        self.start.setEnabled(training.can_start)
