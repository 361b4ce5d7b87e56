"""The only bridge between Qt and long-running engine work, and the only file that knows threads.

A `Job` is a GUI-thread QObject that owns the signals; the work is a plain function `fn(ctx)`
that knows nothing of Qt. Connect first, then `JobRunner.start(job)`: a signal emitted before it
is connected is lost. One QThread runs the jobs of the engine in order, so the process keeps one
OpenMP pool and one CUDA stream; short work on files has another, which needs neither.
"""

from __future__ import annotations

import gc
import logging
import os
import sys
import threading
from collections.abc import Callable
from typing import Protocol

from PySide6.QtCore import QObject, Qt, QThread, QTimer, Signal, Slot

from engine.errors import Canceled, EngineError
from engine.run_context import RunContext
from rednet_gui.engine_words import in_words

log = logging.getLogger(__name__)

_GC_INTERVAL_MS = 50
_NICE = 5


class Job(QObject):
    """One unit of background work, seen from the GUI thread.

    Attributes:
        is_owed: the user counts on it, so it is done though the program ends; short work on files alone.

    Signals:
        progressed: a `Progress`, once per step the engine reports.
        noticed: one sentence, when the work goes on degraded.
        succeeded: the function's return value.
        failed: the exception; never a `Canceled`.
        canceled: the work stopped at a checkpoint, or never started.
        finished: always last, exactly once.
    """

    progressed = Signal(object)
    noticed = Signal(str)
    succeeded = Signal(object)
    failed = Signal(object)
    canceled = Signal()
    finished = Signal()
    _done = Signal(object, object)  # result, exception; crosses into the GUI thread

    def __init__(
        self, fn: Callable[[RunContext], object], parent: QObject | None = None, *, is_owed: bool = False
    ) -> None:
        super().__init__(parent)
        self.is_owed = is_owed
        self._fn: Callable[[RunContext], object] | None = fn
        self._ctx = RunContext(self.progressed.emit, lambda sentence: self.noticed.emit(in_words(sentence)))
        self._done.connect(self._on_done)

    def cancel(self) -> None:
        """Ask the work to stop at its next checkpoint. Safe to call at any time."""
        self._ctx.cancel()

    def run(self) -> None:
        """Do the work; called on the worker thread by the runner."""
        assert self._fn is not None
        try:
            self._ctx.check_canceled()
            result = self._fn(self._ctx)
        except BaseException as error:  # the thread boundary: nothing may escape it
            self._done.emit(None, error)
        else:
            self._done.emit(result, None)

    @Slot(object, object)
    def _on_done(self, result: object, error: BaseException | None) -> None:
        self._fn = None  # what it holds is freed here, on the GUI thread
        if isinstance(error, Canceled) or self._ctx.is_canceled:
            self.canceled.emit()
        elif error is not None:
            is_expected = isinstance(error, EngineError)
            log.log(logging.INFO if is_expected else logging.ERROR, "job failed", exc_info=error)
            self.failed.emit(error)
        else:
            self.succeeded.emit(result)
        self.finished.emit()


class Runner(Protocol):
    """What starts jobs; tests of presenters give one that runs them at once."""

    def start(self, job: Job) -> None:
        """Run `job` and keep it alive until it has finished."""


def _do_nothing() -> None:
    """Rest."""


class _Worker(QObject):
    """Lives on the thread and runs what is sent to it."""

    def __init__(self, on_idle: Callable[[], None]) -> None:
        super().__init__()
        self._on_idle = on_idle

    @Slot()
    def rest(self) -> None:
        self._on_idle()

    @Slot()
    def give_way(self) -> None:
        """Let the window's thread go first, where all processors are at work; those started here do likewise."""
        if sys.platform == "linux":  # elsewhere a QThread's priority does it
            thread = threading.get_native_id()
            os.setpriority(os.PRIO_PROCESS, thread, os.getpriority(os.PRIO_PROCESS, thread) + _NICE)

    @Slot(object)
    def run(self, job: Job) -> None:
        job.run()

    @Slot()
    def end(self) -> None:
        QThread.currentThread().quit()


class JobRunner(QObject):
    """Runs jobs one after another on one QThread and keeps each alive until it has finished.

    Args:
        on_idle: called on that thread when no job is left.
    """

    _submitted = Signal(object)
    _emptied = Signal()
    _ended = Signal()

    def __init__(
        self, parent: QObject | None = None, *, name: str = "engine", on_idle: Callable[[], None] = _do_nothing
    ) -> None:
        super().__init__(parent)
        self._live: set[Job] = set()
        self._worker = _Worker(on_idle)
        self._thread = QThread(self)
        self._thread.setObjectName(name)
        self._worker.moveToThread(self._thread)
        self._submitted.connect(self._worker.run, Qt.ConnectionType.QueuedConnection)
        self._emptied.connect(self._worker.rest, Qt.ConnectionType.QueuedConnection)
        self._ended.connect(self._worker.end, Qt.ConnectionType.QueuedConnection)
        self._thread.started.connect(self._worker.give_way)
        self._thread.start(QThread.Priority.LowPriority)

    def start(self, job: Job) -> None:
        """Run `job` after those started before it; takes it over."""
        job.setParent(self)
        self._live.add(job)
        job.finished.connect(self._on_job_finished)
        self._submitted.emit(job)

    def shutdown(self) -> None:
        """Cancel everything that is not owed, and wait. Never kills a thread."""
        for job in self._live:
            if not job.is_owed:
                job.cancel()
        self._ended.emit()  # behind all that was submitted
        self._thread.wait()

    @Slot()
    def _on_job_finished(self) -> None:
        job = self.sender()
        assert isinstance(job, Job)
        self._live.discard(job)
        job.deleteLater()
        if not self._live:
            self._emptied.emit()


class GuiGarbageCollector(QObject):
    """Runs Python's cyclic collector on the GUI thread only.

    A cycle that holds a QObject and is collected on the worker thread would delete the
    QObject there, which crashes. `stop` gives automatic collection back.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        gc.disable()
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._on_timeout)
        self._timer.start(_GC_INTERVAL_MS)

    def stop(self) -> None:
        """Hand collection back to the interpreter."""
        self._timer.stop()
        gc.enable()

    @Slot()
    def _on_timeout(self) -> None:
        for generation in (2, 1, 0):
            if gc.get_count()[generation] > gc.get_threshold()[generation] > 0:
                gc.collect(generation)
                return
