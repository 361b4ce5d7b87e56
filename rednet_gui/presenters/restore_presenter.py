"""Running the network on the open picture."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QObject, QRect, Signal, Slot

from engine.order import Order, Patchwork
from engine.run_context import Progress, RunContext
from engine.tiling import Tile
from rednet_gui.jobs import Runner
from rednet_gui.models.engine import Engine
from rednet_gui.models.growing_view import GrowingView
from rednet_gui.models.picture_steps import step_of
from rednet_gui.models.picture_view import PictureView
from rednet_gui.models.session import Activity, Result, RunProgress, Session, Source
from rednet_gui.presenters.work import Work

log = logging.getLogger(__name__)

_ETA_FROM_S = 0.5


class RestorePresenter(QObject):
    """Restores the session's picture at the session's level, beginning with what is in sight.

    Signals:
        failed: the error that ended a run.
    """

    failed = Signal(object)
    _grown = Signal(int, object)  # emitted on the worker thread: which run it is, and the view

    def __init__(self, engine: Engine, runner: Runner, session: Session, *, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._engine = engine
        self._session = session
        self._work = Work(runner, session, self)
        self._work.progressed.connect(self._on_progressed)
        self._work.succeeded.connect(self._on_succeeded)
        self._work.failed.connect(self.failed)
        self._work.finished.connect(self._on_finished)
        self._grown.connect(self._on_grown)
        self._started_s: float | None = None
        self._run = 0
        self._sight = QRect()
        self._is_awaited = False
        self._renew: Callable[[], Source | None] = lambda: session.source

    def renews_with(self, renew: Callable[[], Source | None]) -> None:
        """Ask `renew` for the input of each run: None if it has to make that again; then it asks for the run later."""
        self._renew = renew

    @Slot(QRect)
    def look_at(self, sight: QRect) -> None:
        """Note which part of the opened picture is in sight."""
        self._sight = sight

    @Slot()
    def restore(self) -> None:
        """Start; does nothing while something else is going on."""
        if self._session.can_restore:
            self._start(is_asked=True)

    @Slot()
    def go_on(self) -> None:
        """Restore what earlier steps have prepared; it was asked for if they were run for a run that was."""
        if self._session.can_restore:
            self._start(is_asked=self._is_awaited)

    @Slot()
    def follow(self) -> None:
        """Restore with what the user chose just now, instead of what is being restored."""
        if self._session.can_follow:
            self._start(is_asked=self._session.has_asked)
        elif self._session.is_live:
            self.cancel()

    @Slot()
    def cancel(self) -> None:
        """Stop; the last result stays."""
        self._is_awaited = False
        self._run += 1  # tiles that are still on their way come too late
        self._work.cancel()

    def _start(self, *, is_asked: bool) -> None:
        self._session.has_asked = is_asked
        source = self._renew()
        self._is_awaited = is_asked and source is None
        if source is None:
            return
        log.info("restoring %d x %d", source.view.width, source.view.height)
        self._started_s = None
        self._run += 1
        self._session.set_activity(Activity.RESTORING)
        self._work.start(self._restoring(source, self._run))

    def _restoring(self, source: Source, run_number: int) -> Callable[[RunContext], tuple[Source, Result]]:
        task = self._session.task
        # An automatic level that is not known yet is estimated by the job itself.
        has_estimate = self._session.estimate is not None and source is self._session.source
        is_known = not self._session.is_auto or has_estimate
        chosen = self._session.level if is_known else None
        told, is_auto = self._session.level_at(self._session.level), self._session.is_auto
        last, model = self._session.result, self._engine.model_file(task.name)
        picture = QRect(0, 0, source.view.width, source.view.height)
        sight = (self._sight & picture) or picture

        def run(ctx: RunContext) -> tuple[Source, Result]:
            started = time.perf_counter()
            value = self._engine.estimate(source.image, task) if chosen is None else chosen
            level = replace(told, value=value)
            shown = _Shown(source, last, lambda view: self._grown.emit(run_number, view))
            order = Order(_slices(sight, task.scale(level)), shown.begin, shown.add)
            restored = self._engine.restore(source.image, task, level, ctx, order)
            seconds = time.perf_counter() - started
            image = restored.image
            view = PictureView.of(image.pixels, alpha=image.alpha, icc=image.metadata.icc)
            step = step_of(task, level, is_auto=is_auto)
            ran = (restored.device, restored.precision)
            return source, Result(image, view, task.name, value, seconds, *ran, step, model)

        return run

    @Slot(int, object)
    def _on_grown(self, run_number: int, view: GrowingView) -> None:
        if run_number == self._run:
            self._session.set_preview(view)

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
    def _on_succeeded(self, made: tuple[Source, Result]) -> None:
        source, result = made
        log.info("restored in %.1f s on %s in %s", result.seconds, result.device, result.precision)
        if source is not self._session.source:
            self._take(source, result)
            return
        self._session.preview = None  # the result takes its place; the signal tells of both
        self._session.set_result(result)

    def _take(self, source: Source, result: Result) -> None:
        """Go on as before with another input and what was made of it, which are seen and saved together."""
        self._session.mask.end_step()  # what is being painted stays
        snapshot, estimate = self._session.snapshot(), result.step.estimated
        assert snapshot is not None
        made = replace(snapshot, source=source, result=result, is_result_saved=False, estimate=estimate)
        self._session.recall(made)

    @Slot()
    def _on_finished(self) -> None:
        self._run += 1
        self._session.set_preview(None)
        self._session.end_activity(Activity.RESTORING)


class _Shown:
    """The view of a result in the making; lives on the worker thread, as making its small versions takes moments."""

    def __init__(self, source: Source, last: Result | None, tell: Callable[[GrowingView], None]) -> None:
        self._source, self._last, self._tell = source, last, tell
        self._view: GrowingView | None = None

    def begin(self, work: Patchwork) -> None:
        """Start with what was there before."""
        last = self._last
        is_same_size = last is not None and (last.view.height, last.view.width) == work.pixels.shape[:2]
        under = last.view if last is not None and is_same_size else self._source.view
        self._view = GrowingView(under, work.pixels)
        self._tell(self._view)

    def add(self, tile: Tile) -> None:
        """Show a tile."""
        assert self._view is not None
        self._view.add(tile.rows, tile.columns)
        self._tell(self._view)


def _slices(rect: QRect, scale: int) -> tuple[slice, slice]:
    rows, columns = (
        slice(start * scale, (start + length) * scale)
        for start, length in ((rect.top(), rect.height()), (rect.left(), rect.width()))
    )
    return rows, columns
