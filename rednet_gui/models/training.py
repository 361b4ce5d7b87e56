"""The state of the Train page: what is asked for, how the run goes, and what came of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from statistics import fmean
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject, Signal

from engine.tasks import TASKS
from engine.training.folder_check import FolderReport
from engine.training.plan import Plan
from rednet_gui.models.training_runs import Preview as Preview
from rednet_gui.models.training_runs import StoredRun
from rednet_gui.models.training_setup import Setup

Pair = tuple[NDArray[np.uint8], NDArray[np.uint8]]
"""Damaged and good, 8-bit RGB."""


class Stage(StrEnum):
    """Where the page is."""

    SETUP = "setup"
    STARTING = "starting"
    RUNNING = "running"
    STOPPING = "stopping"
    PAUSED = "paused"
    ENDED = "ended"


@dataclass(slots=True)
class Curves:
    """What is drawn of a run.

    Attributes:
        losses: step and loss.
        scores: step and mean PSNR in dB on held-out pictures.
        stock: the mean PSNR of the model to beat; None while it is not known.
    """

    losses: list[tuple[int, float]] = field(default_factory=list)
    scores: list[tuple[int, float]] = field(default_factory=list)
    stock: float | None = None

    def add(self, record: Mapping[str, Any]) -> None:
        """Take a line of the curves; what comes after its step is not so any more."""
        step = int(record["step"])
        for points, key in ((self.losses, "loss"), (self.scores, "validation")):
            if key in record:
                while points and points[-1][0] >= step:
                    points.pop()
                value = record[key]
                points.append((step, fmean(value.values()) if key == "validation" else float(value)))


@dataclass(frozen=True, slots=True)
class RunState:
    """How far a run is.

    Attributes:
        step, steps: done, and in all.
        left_s: an estimate; None while there is too little to tell from.
    """

    step: int = 0
    steps: int = 0
    left_s: float | None = None


class Training(QObject):
    """The model of the Train page.

    Signals:
        setup_changed, report_changed, sheet_changed, stage_changed, state_changed, curves_changed, previews_changed:
            read the attribute.

    Attributes:
        tasks: all of them.
        setup: what is asked for.
        report: what the check of its folder found; None while it is not known.
        checked: how much of the folder has been looked at; None if nothing is.
        sheet: pairs that the run would learn from.
        stage, state, curves: of the run.
        problem: why the folder cannot be used, or why the run ended; one sentence.
        run: its folder.
        previews: held-out pictures, and what is made of them.
        result: how its model compares with the one to beat.
        suggested_name: for the model.
    """

    setup_changed = Signal()
    report_changed = Signal()
    sheet_changed = Signal()
    stage_changed = Signal()
    state_changed = Signal()
    curves_changed = Signal()
    previews_changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.tasks = TASKS
        self.setup = Setup()
        self.report: FolderReport | None = None
        self.checked: float | None = None
        self.sheet: list[Pair] = []
        self.stage = Stage.SETUP
        self.state = RunState()
        self.curves = Curves()
        self.problem = ""
        self._is_usable = True
        self.run: Path | None = None
        self.plan: Plan | None = None
        self.previews: tuple[Preview, ...] = ()
        self.result: dict[str, Any] | None = None

    @property
    def can_start(self) -> bool:
        """Whether there is enough to train with."""
        has_pictures = self.report is not None and self.report.is_enough
        return self.stage is Stage.SETUP and has_pictures and not self.setup.lacks_pairs and self._is_usable

    @property
    def is_busy(self) -> bool:
        """Whether a process is at work."""
        return self.stage in (Stage.STARTING, Stage.RUNNING, Stage.STOPPING)

    @property
    def suggested_name(self) -> str:
        """After the folder."""
        return self.plan.data.name if self.plan is not None else ""

    def set_setup(self, setup: Setup) -> None:
        """Ask for something else."""
        if setup != self.setup:
            self.setup = setup
            self.setup_changed.emit()

    def set_report(self, report: FolderReport | None, *, checked: float | None = None, problem: str = "") -> None:
        """Show what a check found, or how far it is."""
        self.report, self.checked, self.problem = report, checked, problem
        self._is_usable = not problem  # what went wrong at a start may go right at the next
        self.report_changed.emit()

    def set_sheet(self, sheet: Iterable[Pair]) -> None:
        """Show pairs."""
        self.sheet = list(sheet)
        self.sheet_changed.emit()

    def set_stage(self, stage: Stage, problem: str = "") -> None:
        """Go on to another stage."""
        self.stage, self.problem = stage, problem
        self.stage_changed.emit()

    def begin(self, run: Path, plan: Plan) -> None:
        """Show a run that begins, or that is found again."""
        self.run, self.plan = run, plan
        self.state = RunState(0, plan.config.steps)
        self.curves = Curves()
        self.previews, self.result = (), None
        for signal in (self.state_changed, self.curves_changed, self.previews_changed):
            signal.emit()

    def recall(self, stored: StoredRun, previews: tuple[Preview, ...]) -> None:
        """Show a run that is found again."""
        self.begin(stored.folder, stored.plan)
        for record in stored.curve:
            self.curves.add(record)
        if stored.stock:
            self.curves.stock = fmean(stored.stock.values())
        last = max((int(record["step"]) for record in stored.curve), default=0)
        self.state = RunState(last, stored.plan.config.steps)
        self.result, self.previews = stored.result, previews
        self.set_stage(Stage.PAUSED if stored.result is None else Stage.ENDED)
        for signal in (self.state_changed, self.curves_changed, self.previews_changed):
            signal.emit()

    def close_run(self) -> None:
        """Go back to what can be asked for."""
        self.run, self.plan, self.previews, self.result = None, None, (), None
        self.curves, self.state = Curves(), RunState()
        self.set_stage(Stage.SETUP)

    def set_state(self, state: RunState) -> None:
        """Note how far the run is."""
        self.state = state
        self.state_changed.emit()

    def set_stock(self, scores: Mapping[str, float]) -> None:
        """Note what is to be beaten."""
        self.curves.stock = fmean(scores.values())
        self.curves_changed.emit()

    def add_record(self, record: Mapping[str, Any]) -> None:
        """Take a line of the curves."""
        self.curves.add(record)
        self.curves_changed.emit()

    def set_previews(self, previews: tuple[Preview, ...]) -> None:
        """Show what is made of the held-out pictures now."""
        self.previews = previews
        self.previews_changed.emit()

    def set_result(self, result: dict[str, Any]) -> None:
        """Note how the model compares."""
        self.result = result
