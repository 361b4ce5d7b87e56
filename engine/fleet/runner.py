"""Working through a queue on a cluster: pictures are sent as files, results come back as files, and only this writes.

So whatever workers do, or do twice because one of them was lost, each result is written once.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from engine.batch.ledger import Ledger, tell_nobody
from engine.batch.queue import Entry, Queue, Status
from engine.batch.runner import check_replacing, make_folder
from engine.errors import ImageReadError, WorkerError
from engine.fleet.cluster import Cluster, WorkersLostError
from engine.fleet.worker import Errand, Outcome
from engine.image_io import check_target, read_metadata, sniff_format, write_encoded
from engine.restore import RestoreOptions
from engine.restore_steps import with_masks
from engine.run_context import RunContext

_LOOK_EVERY_S = 0.5
_MOST_BYTES = 2**30  # of a file that is sent: it lies in the scheduler's memory for a while


class Fleet(Ledger):
    """A queue that a cluster works through.

    Args:
        models: by task the model's file.
        options: how the workers run the nets.
        on_change: as that of `Ledger`.
    """

    def __init__(
        self,
        queue: Queue,
        cluster: Cluster,
        models: dict[str, bytes],
        options: RestoreOptions,
        on_change: Callable[[Entry], None] = tell_nobody,
    ) -> None:
        super().__init__(queue, on_change)
        self._cluster, self._models, self._options = cluster, models, options
        self._going: dict[Any, Entry] = {}

    def run(self, ctx: RunContext) -> None:
        """Work until nothing waits any more; progress is in pictures.

        Raises: Canceled; FleetError: the connection is lost. What is not done waits again.
        """
        is_waiting_told = False
        try:
            while self._send(ctx):
                for future in self._cluster.finished(self._going, _LOOK_EVERY_S):
                    self._take(future, ctx)
                if not self._cluster.worker_count() and not is_waiting_told:
                    ctx.notify("All workers are gone; it goes on when there is one again.")
                    is_waiting_told = True
        except BaseException:
            for entry in self._going.values():
                self._change(entry.number, status=Status.WAITING)
            self._cluster.call_off(self._going)
            self._going.clear()
            raise

    def _send(self, ctx: RunContext) -> bool:
        """Send as many pictures as there is room for; whether any is on its way."""
        self._report(ctx)
        room = self._cluster.room()
        while len(self._going) < room and (entry := self.queue.next_waiting()) is not None:
            ctx.check_canceled()
            errand: Errand | None = self._guard(entry, self._errand, entry)
            if errand is not None:
                self._change(entry.number, status=Status.RUNNING)
                self._going[self._cluster.send(errand)] = entry
        return bool(self._going)

    def _errand(self, entry: Entry) -> Errand:
        assert entry.target is not None
        has_one_picture = sniff_format(entry.source) in ("heic", "raw")
        if entry.is_in_place and not has_one_picture:
            check_replacing(entry, read_metadata(entry.source), self.queue.options.steps)
        if entry.source.stat().st_size > _MOST_BYTES:
            raise ImageReadError(entry.source, "it is too large to be sent; restore it without --scheduler")
        if self.queue.options.folder is not None:
            make_folder(entry.target.parent)
        check_target(entry.target, 1, 1)
        options = self.queue.options
        return Errand(
            *(str(entry.source), str(entry.target)),
            entry.source.read_bytes(),
            with_masks(options.steps),  # a worker cannot open their files
            options.quality,
            options.profile,
            self._models,
            self._options,
        )

    def _take(self, future: Any, ctx: RunContext) -> None:
        entry = self._going[future]
        if self._guard(entry, self._settle, entry, future, ctx) is not False:
            del self._going[future]

    def _settle(self, entry: Entry, future: Any, ctx: RunContext) -> bool:
        """Save what a worker made; whether there was anything."""
        try:
            outcome = self._cluster.outcome(future)
        except WorkersLostError as error:
            raise WorkerError(entry.source) from error
        if outcome is None:
            return False
        for notice in outcome.notices:
            ctx.notify(f"{entry.source}: {notice}")
        if outcome.data is None:
            self._change(entry.number, status=Status.FAILED, reason=outcome.reason)
        else:
            self._save(entry, outcome, outcome.data)
        return True

    def _save(self, entry: Entry, outcome: Outcome, data: bytes) -> None:
        overwrites = self.queue.options.overwrites
        self._publish(entry.number, lambda target: write_encoded(target, data, replaces=overwrites))
        words = {"summary": outcome.summary, "kept": outcome.kept, "seconds": outcome.seconds}
        self._change(entry.number, status=Status.DONE, **words)

    def _report(self, ctx: RunContext) -> None:
        entries = self.queue.entries
        settled = sum(entry.status not in (Status.WAITING, Status.RUNNING) for entry in entries)
        ctx.report(settled, len(entries), unit="picture")
