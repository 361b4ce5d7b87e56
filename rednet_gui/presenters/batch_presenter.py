"""Working through a batch, and what the user does with it."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Signal, Slot

from engine.batch import runner as engine_batch
from engine.batch.queue import BatchOptions, Entry, Queue, Status
from engine.batch.report import write_report
from engine.image_io import Image
from engine.picture_search import Plan, plan
from engine.restore_steps import Restore
from engine.run_context import Progress, RunContext
from engine.steps import Steps
from rednet_gui.engine_words import in_words
from rednet_gui.errors import describe
from rednet_gui.jobs import Job, Runner
from rednet_gui.models.batch import Batch, Stage
from rednet_gui.models.batch_store import BatchStore
from rednet_gui.models.session import Session
from rednet_gui.presenters.batch_setup_presenter import BatchSetupPresenter
from rednet_gui.saved_text import describe_saved
from rednet_gui.settings import BATCH_STAGE, Settings
from rednet_gui.step_text import describe_done

log = logging.getLogger(__name__)

_REPORT_NAME = "rednet-report.html"
_AGAIN = (Status.FAILED, Status.SKIPPED)
_LEFT_OUT = (Status.WAITING, Status.RUNNING)


class BatchPresenter(QObject):
    """Does what the Batch page asks for; the queue itself is touched on other threads only.

    While one photo is restored on the other page, the batch waits.

    Args:
        restore: runs a network that nothing else uses.
        runner: for the batch alone.
        file_runner: for short work on files.

    Signals:
        report_ready: the page that the user wanted to see.
    """

    report_ready = Signal(Path)
    # Emitted on any thread, received on the window's.
    _changed = Signal(object)
    _progressed = Signal(int, object)

    def __init__(
        self,
        restore: Restore,
        runner: Runner,
        file_runner: Runner,
        session: Session,
        batch: Batch,
        setup: BatchSetupPresenter,
        store: BatchStore,
        settings: Settings,
        *,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._runner, self._file_runner, self._session = runner, file_runner, session
        self._batch, self._setup, self._store, self._settings = batch, setup, store, settings
        self._job: Job | None = None
        self._is_closing = False
        self._changed.connect(self._on_changed)
        self._progressed.connect(self._on_progressed)
        tools = engine_batch.Tools(restore, self._context, describe_done, describe_saved)
        self._work = engine_batch.Batch(Queue(BatchOptions(Steps())), tools, self._changed.emit)
        session.activity_changed.connect(self._give_way)
        self._do(lambda ctx: self._load(), self._on_loaded)

    @Slot(list)
    def add(self, paths: list[Path]) -> None:
        """Put photos, and all that are in folders, at the end."""
        folder = self._batch.setup.folder
        left_out = [] if folder is None or folder in paths else [folder]
        options = self._setup.options()

        def find(ctx: RunContext) -> tuple[Plan, int, tuple[Entry, ...]]:
            found = plan(paths, keeps_names=True, leaves_out=left_out, ctx=ctx)
            items = found.items if options is None else options.without_results(found.items)
            return found, len(found.items) - len(items), self._work.add(items)

        self._do(find, self._on_found)

    @Slot()
    def start(self) -> None:
        """Restore all that wait."""
        options = self._setup.options() if self._batch.stage is Stage.IDLE else None
        if options is not None and self._batch.can_start:
            self._run(options)

    @Slot()
    def pause(self) -> None:
        """Hold within the current photo."""
        if self._batch.stage is Stage.RUNNING:
            self._work.pause()
            self._set_stage(Stage.PAUSED)

    @Slot()
    def resume(self) -> None:
        """Go on with what was paused, also before the program was closed."""
        if self._batch.stage is not Stage.PAUSED:
            return
        if self._job is None:
            self._run(None)
        else:
            self._set_stage(Stage.RUNNING)
            self._give_way()

    @Slot()
    def stop(self) -> None:
        """End; what is not done waits."""
        if self._batch.stage not in (Stage.RUNNING, Stage.PAUSED):
            return
        self._set_stage(Stage.IDLE if self._job is None else Stage.STOPPING)
        self._cancel()
        self._setup.refresh()  # what is done at the next start, if nothing has to end before

    @Slot(list)
    def skip(self, rows: Sequence[int]) -> None:
        """Leave the pictures of some rows out."""
        numbers = self._batch.table.numbers(rows, *_LEFT_OUT)
        self._do(lambda ctx: self._work.skip(*numbers))

    @Slot(list)
    def retry(self, rows: Sequence[int]) -> None:
        """Let the pictures of some rows wait again, if they failed or were left out, and go on."""
        numbers = self._batch.table.numbers(rows, *_AGAIN)
        if numbers:
            self._do(lambda ctx: self._work.retry(*numbers), lambda _: self.start())

    @Slot()
    def retry_failed(self) -> None:
        """Let all that failed wait again, and go on."""
        table = self._batch.table
        self.retry([row for row in range(table.rowCount()) if table.entry_at(row).status is Status.FAILED])

    @Slot()
    def clear(self) -> None:
        """Empty the list; the files stay."""
        if self._batch.stage is Stage.IDLE:
            self._do(lambda ctx: self._work.clear(), lambda _: self._batch.set_entries(()))

    @Slot()
    def ask_report(self) -> None:
        """Show the report, which may not be written yet."""
        if self._batch.report is not None and self._batch.report.exists():
            self.report_ready.emit(self._batch.report)
        elif self._batch.stage is Stage.IDLE and not self._batch.is_reporting:
            self._report(is_wanted=True)

    def shutdown(self) -> None:
        """Leave all as it is, to go on with it at the next start; the runners are stopped afterwards."""
        self._is_closing = True
        self._cancel()
        for signal in (self._changed, self._progressed):  # what is still on its way comes too late
            signal.disconnect()

    def close(self) -> None:
        """Let another window have the queue; after the runners have stopped."""
        self._store.close()

    def _load(self) -> tuple[Entry, ...]:
        self._work.queue = self._store.open()
        return tuple(self._work.queue.entries)

    def _on_loaded(self, entries: tuple[Entry, ...]) -> None:
        batch, queue = self._batch, self._work.queue
        batch.is_kept = queue.path is not None
        batch.set_entries(entries)
        if self._store.problem is not None:
            batch.failed.emit(describe(self._store.problem))
        elif self._store.is_lent:
            batch.noticed.emit(
                self.tr("Another window has the list of the last batch; that of this window ends with it.")
            )
        elif not batch.is_kept:
            words = self.tr("The list of this batch is not kept for the next start: %1 cannot be written.")
            batch.noticed.emit(words.replace("%1", str(self._store.folder)))
        before = self._settings.get(BATCH_STAGE)
        if batch.table.unsettled and before in (Stage.RUNNING, Stage.PAUSED):
            batch.noticed.emit(self.tr("The batch goes on where it was."))
            if before == Stage.RUNNING:
                self._run(None)
            else:
                self._set_stage(Stage.PAUSED)
                self._setup.show(queue.options)
        else:
            self._setup.refresh()

    def _on_found(self, found: tuple[Plan, int, tuple[Entry, ...]]) -> None:
        planned, results, entries = found
        self._batch.add(entries)
        self._setup.refresh()
        if planned.problems:
            self._batch.noticed.emit(in_words(planned.problems[0]))
        elif not planned.items:
            self._batch.noticed.emit(self.tr("There are no photos in it."))
        elif not entries:
            self._batch.noticed.emit(self.tr("These photos are in the list already."))
        elif results:
            self._batch.noticed.emit(self.tr("%n photo(s) are results of others and were left out.", "", results))

    def _run(self, options: BatchOptions | None) -> None:
        """Work; with None, as it was asked for before."""
        self._work.resume()
        self._batch.pace.begin()
        self._set_stage(Stage.RUNNING)
        self._setup.show(options or self._work.queue.options)
        self._give_way()

        def work(ctx: RunContext) -> None:
            self._work.prepare(options)
            self._work.run(ctx)

        log.info("working through the batch")
        job = self._job = Job(work)
        job.failed.connect(self._on_failed)
        job.succeeded.connect(self._on_succeeded)
        job.canceled.connect(self._end)
        self._runner.start(job)

    def _cancel(self) -> None:
        if self._job is not None:
            self._job.cancel()
            self._work.stop()

    @contextmanager
    def _context(self, entry: Entry, image: Image) -> Iterator[RunContext]:
        yield RunContext(
            lambda progress: self._progressed.emit(entry.number, progress),
            lambda sentence: self._batch.noticed.emit(in_words(sentence)),
        )

    @Slot()
    def _give_way(self) -> None:
        """Hold while one photo is restored on the other page."""
        if self._batch.stage is Stage.RUNNING:
            is_held = self._session.is_running
            (self._work.pause if is_held else self._work.resume)()
            self._batch.set_stage(Stage.RUNNING, is_held=is_held)

    def _set_stage(self, stage: Stage) -> None:
        if self._work.queue.path is not None:
            self._settings.set(BATCH_STAGE, str(Stage.IDLE if stage is Stage.STOPPING else stage))
        self._batch.set_stage(stage)

    @Slot(object)
    def _on_changed(self, entry: Entry) -> None:
        self._batch.put(entry)

    @Slot(int, object)
    def _on_progressed(self, number: int, progress: Progress) -> None:
        self._batch.set_share(number, progress.done / progress.total)

    @Slot()
    def _on_succeeded(self) -> None:
        if self._is_closing:
            return
        if self._batch.stage is Stage.RUNNING and self._work.queue.next_waiting() is not None:
            self._run(None)  # something was added at the last moment
            return
        self._end()
        if self._batch.is_finished and self._batch.table.counts[Status.DONE]:
            self._report(is_wanted=False)

    @Slot(object)
    def _on_failed(self, error: BaseException) -> None:
        self._tell(error)
        self._end()

    @Slot()
    def _end(self) -> None:
        self._job = None
        if not self._is_closing:
            self._set_stage(Stage.IDLE)
            self._setup.refresh()

    def _report(self, *, is_wanted: bool) -> None:
        page = (self._work.queue.options.folder or self._store.reports) / _REPORT_NAME
        job = Job(lambda ctx: write_report(page, self._work.queue, ctx.check_canceled))

        def show(written: Path | None) -> None:
            if not self._is_closing:
                self._batch.set_report(written)
                if is_wanted and written is not None:
                    self.report_ready.emit(written)

        self._batch.set_report(None, is_reporting=True)
        job.succeeded.connect(show)
        job.failed.connect(lambda _: show(None))
        job.failed.connect(self._tell)
        self._runner.start(job)

    def _do(self, act: Callable[[RunContext], Any], then: Callable[[Any], None] | None = None) -> None:
        """Do something with the queue, which may have to wait for the disk."""
        job = Job(act)
        if then is not None:
            job.succeeded.connect(lambda result: None if self._is_closing else then(result))
        job.failed.connect(self._tell)
        self._file_runner.start(job)

    @Slot(object)
    def _tell(self, error: BaseException) -> None:
        if not self._is_closing:
            self._batch.failed.emit(describe(error))
