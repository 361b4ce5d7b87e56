"""Checking a folder, training in another process, and what becomes of it."""

from __future__ import annotations

import importlib
import logging
import os
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from engine.errors import EngineError
from engine.model_library import STOCK, ModelLibrary
from engine.run_context import Progress, RunContext
from engine.training.card import card_of
from engine.training.comparison import Comparison
from engine.training.config import RunPaths, recipe_text
from engine.training.data import list_pictures
from engine.training.folder_check import FolderReport, check_folder
from engine.training.plan import Plan, write_plan
from engine.training.previews import sheet
from rednet_gui.engine_words import in_words
from rednet_gui.errors import describe
from rednet_gui.jobs import Job, Runner
from rednet_gui.models.training import Stage, Training
from rednet_gui.models.training_runs import RunStore, StoredRun, read_previews, read_run
from rednet_gui.models.training_setup import LEAST_PX, Setup, recipe_for
from rednet_gui.presenters.run_follower import RunFollower
from rednet_gui.training_process import TrainingProcess

log = logging.getLogger(__name__)

_SHEET_COUNT = 12
_SETTLED_MS = 400


class TrainPresenter(QObject):
    """Does what the Train page asks for.

    Args:
        runner: for long work beside the network's.
        changes: entries of the recipe that are to be otherwise; `start_from` is a model file. For tests.

    Signals:
        kept: the name of a model that is in the library now.
        noticed: one sentence.
    """

    kept = Signal(str)
    noticed = Signal(str)

    def __init__(
        self,
        runner: Runner,
        training: Training,
        store: RunStore,
        process: TrainingProcess,
        *,
        changes: dict[str, Any] | None = None,
        start_from: str = STOCK,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._runner, self._training, self._store, self._process = runner, training, store, process
        self._changes, self._start_from = changes or {}, start_from
        self._check: Job | None = None
        self._is_keeping = False
        self._follower = RunFollower(process, training, self._load_previews, self.noticed.emit, self)
        self._settling = QTimer(self, singleShot=True, interval=_SETTLED_MS)
        self._settling.timeout.connect(self._show_sheet)
        self._do(self._find_run, self._recall)

    @Slot(Path)
    def choose_folder(self, folder: Path) -> None:
        """Take the good pictures from there, and check them."""
        self._training.set_setup(replace(self._training.setup, data=folder))
        self._check_folder(folder)

    @Slot(object)
    def change(self, setup: Setup) -> None:
        """Ask for something else."""
        before = self._training.setup
        self._training.set_setup(setup)
        if before != setup and self._training.report is not None:
            self._training.set_report(self._training.report)  # a problem may be gone
            self._settling.start()

    @Slot()
    def start(self) -> None:
        """Train with what is asked for."""
        training, setup, report = self._training, self._training.setup, self._training.report
        if not training.can_start or report is None:
            return
        folder = self._store.new_folder()
        training.set_stage(Stage.STARTING)

        def prepare(ctx: RunContext) -> Plan:
            _load_curves()
            plan = self._plan(setup, report)
            write_plan(RunPaths(folder), plan)
            return plan

        self._do(prepare, lambda plan: self._run(folder, plan), lambda sentence: self._back_to_setup(sentence))

    @Slot()
    def resume(self) -> None:
        """Go on with a run that was paused."""
        training = self._training
        if training.stage is Stage.PAUSED and training.run is not None and training.plan is not None:
            self._start_process(training.run)

    @Slot()
    def pause(self) -> None:
        """Save the run and end the process."""
        if self._training.is_busy:
            self._training.set_stage(Stage.STOPPING)
            self._process.pause()

    @Slot()
    def finish(self) -> None:
        """End the run now, and see what it has learned."""
        if self._training.stage is Stage.RUNNING:
            self._training.set_stage(Stage.STOPPING)
            self._process.finish()

    @Slot(str)
    def keep(self, name: str) -> None:
        """Put the model of the run into the library; the folder of the run goes."""
        training = self._training
        folder, plan, result = training.run, training.plan, training.result
        is_ended = training.stage is Stage.ENDED and not self._is_keeping
        if not is_ended or folder is None or plan is None or result is None:
            return
        self._is_keeping = True
        facts = {key: value for key, value in result.items() if key != "is_better"}

        def add(ctx: RunContext) -> str:
            paths = RunPaths(folder)
            added = ModelLibrary().add(paths.model, name, card_of(plan, paths, Comparison(**facts)))
            self._store.remove(folder)
            return added.name

        self._do(add, self._on_kept, self._on_not_kept, is_owed=True)

    @Slot()
    def discard(self) -> None:
        """Delete the run."""
        folder = self._training.run
        if folder is not None and not self._training.is_busy and not self._is_keeping:
            self._training.close_run()
            self._do(lambda ctx: self._store.remove(folder), lambda _: None, is_owed=True)

    @Slot(Path)
    def export_recipe(self, path: Path) -> None:
        """Write the recipe to a file, for `rednet train --recipe`."""
        text = recipe_text(recipe_for(self._training.setup, self._changes))
        words = self.tr("Saved as %1.").replace("%1", path.name)
        self._do(lambda ctx: _write(path, text), lambda _: self.noticed.emit(words), is_owed=True)

    def shutdown(self) -> None:
        """Save the run and end the process."""
        if self._check is not None:
            self._check.cancel()
        self._process.shutdown()

    def _plan(self, setup: Setup, report: FolderReport) -> Plan:
        assert setup.data is not None
        recipe = recipe_for(setup, self._changes)
        start = "" if setup.is_from_scratch else self._start_from
        return Plan.of(
            recipe, setup.data, report.usable, pairs=setup.used_pairs, start_from=start, baseline=self._start_from
        )

    def _check_folder(self, folder: Path) -> None:
        if self._check is not None:
            self._check.cancel()
        self._training.set_sheet(())
        self._training.set_report(None, checked=0.0)

        def check(ctx: RunContext) -> FolderReport:
            return check_folder(list_pictures(folder, ctx), LEAST_PX, ctx)

        self._check = self._do(check, self._on_checked, lambda words: self._training.set_report(None, problem=words))
        self._check.progressed.connect(self._on_checking)

    @Slot(object)
    def _on_checking(self, progress: Progress) -> None:
        if self.sender() is self._check:
            self._training.set_report(None, checked=progress.done / progress.total)

    def _on_checked(self, report: FolderReport) -> None:
        self._check = None
        self._training.set_report(report)
        self._show_sheet()

    @Slot()
    def _show_sheet(self) -> None:
        training, setup, report = self._training, self._training.setup, self._training.report
        if report is None or not report.is_enough or setup.lacks_pairs:
            training.set_sheet(())
            return

        def show_problem(words: str) -> None:
            training.set_sheet(())
            training.set_report(report, problem=words)

        self._do(lambda ctx: sheet(self._plan(setup, report), _SHEET_COUNT), training.set_sheet, show_problem)

    def _run(self, folder: Path, plan: Plan) -> None:
        self._training.begin(folder, plan)
        self._start_process(folder)

    def _start_process(self, folder: Path) -> None:
        self._training.set_stage(Stage.STARTING)
        self._follower.start(folder)

    def _back_to_setup(self, sentence: str) -> None:
        self._training.set_stage(Stage.SETUP, sentence)

    def _load_previews(self, run: Path) -> None:
        self._do(lambda ctx: read_previews(run), self._training.set_previews)

    def _on_not_kept(self, sentence: str) -> None:
        self._is_keeping = False
        self.noticed.emit(sentence)

    def _on_kept(self, name: str) -> None:
        self._is_keeping = False
        self._training.close_run()
        self.kept.emit(name)
        self.noticed.emit(self.tr("Kept as “%1”. Choose it below the tasks.").replace("%1", name))

    def _find_run(self, ctx: RunContext) -> tuple[StoredRun, Any] | None:
        stored = self._store.newest()
        if stored is None:
            return None
        _load_curves()
        return read_run(stored.folder), read_previews(stored.folder)

    def _recall(self, found: tuple[StoredRun, Any] | None) -> None:
        if found is not None and self._training.stage is Stage.SETUP:
            self._training.recall(*found)

    def _do(
        self,
        work: Callable[[RunContext], Any],
        then: Callable[[Any], None],
        otherwise: Callable[[str], None] | None = None,
        *,
        is_owed: bool = False,
    ) -> Job:
        """Run work on the runner's thread, then go on with what it gave, or with the words for its error."""

        def fail(error: BaseException) -> None:
            described = describe(error)
            words = in_words(str(error)) if isinstance(error, EngineError) else f"{described.title}: {described.text}"
            (otherwise or self.noticed.emit)(words)

        job = Job(work, is_owed=is_owed)
        job.succeeded.connect(then)
        job.failed.connect(fail)
        self._runner.start(job)
        return job


def _load_curves() -> None:
    """Import the library of the curves while the window goes on: it takes a second."""
    os.environ["PYQTGRAPH_QT_LIB"] = "PySide6"
    importlib.import_module("pyqtgraph")


def _write(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8")
