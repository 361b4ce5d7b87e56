"""Running the network on the open picture."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QObject, Slot

from engine.run_context import Progress, RunContext
from rednet_gui.jobs import Runner
from rednet_gui.models.engine import Engine
from rednet_gui.models.picture_view import PictureView
from rednet_gui.models.session import Activity, Result, RunProgress, Session, Source
from rednet_gui.presenters.work import Work

log = logging.getLogger(__name__)

_ETA_FROM_S = 0.5


class RestorePresenter(QObject):
    """Restores the session's picture at the session's level."""

    def __init__(self, engine: Engine, runner: Runner, session: Session, *, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._engine = engine
        self._session = session
        self._work = Work(runner, session, self)
        self._work.progressed.connect(self._on_progressed)
        self._work.succeeded.connect(self._on_succeeded)
        self._work.finished.connect(self._on_finished)
        self._started_s: float | None = None

    @Slot()
    def restore(self) -> None:
        """Start; does nothing while something else is going on."""
        source = self._session.source
        if source is None or not self._session.can_restore:
            return
        log.info("restoring %d x %d", source.view.width, source.view.height)
        self._started_s = None
        self._session.set_activity(Activity.RESTORING)
        self._work.start(self._restoring(source))

    @Slot()
    def cancel(self) -> None:
        """Stop; the last result stays."""
        self._work.cancel()

    def _restoring(self, source: Source) -> Callable[[RunContext], Result]:
        task = self._session.task
        # An automatic level that is not known yet is estimated by the job itself.
        is_known = not self._session.is_auto or self._session.estimate is not None
        chosen = self._session.level if is_known else None
        told = self._session.level_at(self._session.level)

        def run(ctx: RunContext) -> Result:
            started = time.perf_counter()
            level = self._engine.estimate(source.image, task) if chosen is None else chosen
            restored = self._engine.restore(source.image, task, replace(told, value=level), ctx)
            seconds = time.perf_counter() - started
            image = restored.image
            view = PictureView.of(image.pixels, alpha=image.alpha, icc=image.metadata.icc)
            return Result(image, view, task.name, level, seconds, restored.device, restored.precision)

        return run

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

    @Slot()
    def _on_finished(self) -> None:
        self._session.end_activity(Activity.RESTORING)
