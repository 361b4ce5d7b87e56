"""A batch as the window shows it: what is asked for, and how far it is."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from engine.batch.names import DEFAULT_TEMPLATE
from engine.batch.queue import Entry, Status
from engine.steps import Steps
from rednet_gui.models.batch_table import BatchTable, work_of
from rednet_gui.models.session import RunProgress

_ETA_FROM_S = 0.5


class Stage(StrEnum):
    """What is going on; the names stand in the settings."""

    IDLE = "idle"
    RUNNING = "running"
    PAUSED = "paused"
    STOPPING = "stopping"


@dataclass(frozen=True, slots=True)
class BatchSetup:
    """What the user asks for.

    Attributes:
        preset: the file of the preset to use; None for what is chosen for one photo.
        folder: where the results go; None for beside each photo.
        template: their names.
        overwrites: whether files that are there are replaced.
    """

    preset: Path | None = None
    folder: Path | None = None
    template: str = DEFAULT_TEMPLATE
    overwrites: bool = False


@dataclass(frozen=True, slots=True)
class Offer:
    """What would be done now.

    Attributes:
        steps: to each photo.
        example: what the first photo would be called.
        replaces_sources: whether the original would be lost.
        problem: why nothing can be done, one sentence.
    """

    steps: Steps = field(default_factory=Steps)
    example: str = ""
    replaces_sources: bool = False
    problem: str = ""


class Pace:
    """Measures how fast it goes, not counting pauses."""

    def __init__(self, now: Callable[[], float] = time.monotonic) -> None:
        self._now = now
        self._since: float | None = None
        self._passed = 0.0
        self.finished = 0

    def begin(self) -> None:
        """Nothing is done yet."""
        self._passed, self.finished = 0.0, 0
        self._since = self._now()

    def hold(self) -> None:
        """Count no time from now on."""
        if self._since is not None:
            self._passed += self._now() - self._since
            self._since = None

    def go_on(self) -> None:
        """Count the time again."""
        if self._since is None:
            self._since = self._now()

    def remaining_s(self, share: float, left: float) -> float | None:
        """An estimate; None while there is too little to tell from.

        Args:
            share: how much of the current picture is done, as work.
            left: how much work is not settled, with the whole of the current picture.
        """
        passed = self._passed + (0 if self._since is None else self._now() - self._since)
        done = self.finished + share
        return None if passed < _ETA_FROM_S or done <= 0 else passed / done * max(0.0, left - share)


class Batch(QObject):
    """What presenters change and the Batch page shows.

    Signals:
        stage_changed, setup_changed, progress_changed: read the attributes.
        failed: an `ErrorText` to show.
        noticed: one sentence to show.

    Attributes:
        table: the pictures.
        stage, is_held: what is going on, and whether it waits for the other page.
        is_kept: whether it goes on at the next start; the batch of a second window ends with it.
        setup, offer: what is asked for, and what comes of it.
        progress: how far it is; None while nothing has begun.
        report: the page about what was done; None if there is none yet.
        is_reporting: whether it is being written.
    """

    stage_changed = Signal()
    setup_changed = Signal()
    progress_changed = Signal()
    failed = Signal(object)
    noticed = Signal(str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.table = BatchTable(self)
        self.stage, self.is_held = Stage.IDLE, False
        self.is_kept = True
        self.setup, self.offer = BatchSetup(), Offer()
        self.report: Path | None = None
        self.is_reporting = False
        self.pace = Pace()

    @property
    def can_start(self) -> bool:
        """Whether there is something to do, and it is known what."""
        has_some = self.table.unsettled > 0
        return self.stage is Stage.IDLE and has_some and not self.offer.problem and not self.is_reporting

    @property
    def is_busy(self) -> bool:
        """Whether what is asked for is settled, since it is being done."""
        return self.stage is not Stage.IDLE

    @property
    def is_finished(self) -> bool:
        """Whether all photos are settled, and there were some."""
        return self.stage is Stage.IDLE and self.table.rowCount() > 0 and not self.table.unsettled

    @property
    def progress(self) -> RunProgress:
        """How far the whole is."""
        table = self.table
        share, left = table.current_work, table.unsettled_work
        remaining = None if self.stage is not Stage.RUNNING else self.pace.remaining_s(share, left)
        total = table.work.total()
        return RunProgress((total - left + share) / max(1, total), remaining)

    def set_stage(self, stage: Stage, *, is_held: bool = False) -> None:
        """Say what is going on."""
        self.stage, self.is_held = stage, is_held
        counts_time = stage is Stage.RUNNING and not is_held
        (self.pace.go_on if counts_time else self.pace.hold)()
        self.stage_changed.emit()
        self.progress_changed.emit()

    def set_setup(self, setup: BatchSetup, offer: Offer) -> None:
        """Say what is asked for, and what would be done."""
        if (setup, offer) != (self.setup, self.offer):
            self.setup, self.offer = setup, offer
            self.setup_changed.emit()
            self.stage_changed.emit()

    def set_report(self, report: Path | None, *, is_reporting: bool = False) -> None:
        """Say which page tells of it, or that it is being written."""
        self.report, self.is_reporting = report, is_reporting
        self.stage_changed.emit()

    def put(self, entry: Entry) -> None:
        """Show what has become of a picture."""
        self.table.put(entry)
        self.pace.finished += work_of(entry) if entry.status in (Status.DONE, Status.FAILED) else 0
        self.progress_changed.emit()

    def set_share(self, number: int, share: float) -> None:
        """Say how much of a picture is done."""
        self.table.set_share(number, share)
        self.progress_changed.emit()

    def add(self, entries: tuple[Entry, ...]) -> None:
        """Put new pictures at the end."""
        self.table.add(entries)
        self.report = None
        self.stage_changed.emit()
        self.progress_changed.emit()

    def set_entries(self, entries: tuple[Entry, ...]) -> None:
        """Show these pictures only."""
        self.table.set_entries(entries)
        self.report = None
        self.stage_changed.emit()
        self.progress_changed.emit()
