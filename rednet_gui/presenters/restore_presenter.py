"""Running the network on the open picture."""

from __future__ import annotations

import logging
import time

from PySide6.QtCore import QObject, Slot

from engine.run_context import Progress, RunContext
from rednet_gui.errors import describe
from rednet_gui.jobs import Job, Runner
from rednet_gui.models.engine import Engine
from rednet_gui.models.picture_view import PictureView
from rednet_gui.models.session import Activity, Result, RunProgress, Session, Source

log = logging.getLogger(__name__)

_ETA_FROM_S = 0.5


class RestorePresenter(QObject):
    """Restores the session's picture at the session's level."""

    def __init__(self, engine: Engine, runner: Runner, session: Session, *, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._engine = engine
        self._runner = runner
        self._session = session
        self._job: Job | None = None
        self._started_s: float | None = None

    @Slot()
    def restore(self) -> None:
        """Start; does nothing while something else is going on."""
        source = self._session.source
        if source is None or not self._session.can_restore:
            return
        log.info("restoring %d x %d", source.view.width, source.view.height)
        self._job = self._job_for(source)
        self._job.progressed.connect(self._on_progressed)
        self._job.noticed.connect(self._session.noticed)
        self._job.succeeded.connect(self._on_succeeded)
        self._job.failed.connect(self._on_failed)
        self._job.finished.connect(self._on_finished)
        self._started_s = None
        self._session.set_activity(Activity.RESTORING)
        self._runner.start(self._job)

    @Slot()
    def cancel(self) -> None:
        """Stop; the last result stays."""
        if self._job is not None:
            self._job.cancel()

    def _job_for(self, source: Source) -> Job:
        task = self._session.task
        # An automatic level that is not known yet is estimated by the job itself.
        is_known = not self._session.is_auto or self._session.estimate is not None
        chosen = self._session.level if is_known else None

        def run(ctx: RunContext) -> Result:
            started = time.perf_counter()
            level = self._engine.estimate(source.image, task) if chosen is None else chosen
            restored = self._engine.restore(source.image, task, level, ctx)
            seconds = time.perf_counter() - started
            image = restored.image
            view = PictureView.of(image.pixels, alpha=image.alpha, icc=image.metadata.icc)
            return Result(image, view, task.name, level, seconds, restored.device, restored.precision)

        return Job(run)

    @Slot(object)
    def _on_progressed(self, progress: Progress) -> None:
        fraction = progress.done / progress.total
        now = time.perf_counter()
        if self._started_s is None or fraction == 0:  # loading the network is no measure of speed
            self._started_s = now
        elapsed = now - self._started_s
        has_eta = fraction > 0 and elapsed > _ETA_FROM_S
        remaining = elapsed / fraction * (1 - fraction) if has_eta else None
        self._session.set_progress(RunProgress(fraction, remaining))

    @Slot(object)
    def _on_succeeded(self, result: Result) -> None:
        log.info("restored in %.1f s on %s in %s", result.seconds, result.device, result.precision)
        self._session.set_result(result)

    @Slot(object)
    def _on_failed(self, error: BaseException) -> None:
        self._session.failed.emit(describe(error))

    @Slot()
    def _on_finished(self) -> None:
        self._job = None
        if self._session.activity is Activity.RESTORING:
            self._session.set_activity(Activity.IDLE)
