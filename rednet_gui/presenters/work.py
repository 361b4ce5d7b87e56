"""What every presenter does with its jobs."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal, Slot

from engine.run_context import RunContext
from rednet_gui.errors import describe
from rednet_gui.jobs import Job, Runner
from rednet_gui.models.session import Session


class Work(QObject):
    """One job at a time: a newer one cancels the older. Failures and notices go to the session.

    Signals:
        progressed, succeeded, failed: as the job says it.
        finished: always last, unless a newer job has taken the place.
    """

    progressed = Signal(object)
    succeeded = Signal(object)
    failed = Signal(object)
    finished = Signal()

    def __init__(self, runner: Runner, session: Session, parent: QObject) -> None:
        super().__init__(parent)
        self._runner = runner
        self._session = session
        self._job: Job | None = None

    def start(self, fn: Callable[[RunContext], object], *, is_owed: bool = False) -> None:
        """Run `fn` on the worker thread; see `Job`."""
        if self._job is not None and not self._job.is_owed:
            self._job.cancel()
        job = self._job = Job(fn, is_owed=is_owed)
        job.progressed.connect(self.progressed)
        job.noticed.connect(self._session.noticed)
        job.succeeded.connect(self.succeeded)
        job.failed.connect(self._on_failed)
        job.finished.connect(self._on_finished)
        self._runner.start(job)

    def cancel(self) -> None:
        """Stop what is running, if anything is."""
        if self._job is not None:
            self._job.cancel()

    @Slot(object)
    def _on_failed(self, error: BaseException) -> None:
        self._session.failed.emit(describe(error))
        self.failed.emit(error)

    @Slot()
    def _on_finished(self) -> None:
        if self.sender() is self._job:
            self._job = None
            self.finished.emit()
