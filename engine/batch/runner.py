"""Working through a queue: the next picture is read and the former one written while one is restored.

The only module of the engine that knows threads; `on_change` is called on any of them.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Iterable
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Protocol

from engine.batch.names import free_path, key_of
from engine.batch.plan import Planned
from engine.batch.queue import SETTLED, BatchOptions, Entry, Queue, Status, exists, stamp
from engine.errors import Canceled, EngineError, ImageWriteError, LevelError, QueueError
from engine.image_io import Image, Saved, check_target, default_quality, read_image, write_image
from engine.restore_steps import Restore, output_size, run_steps
from engine.run_context import RunContext
from engine.steps import Steps, with_steps

log = logging.getLogger(__name__)

_LOOK_EVERY_S = 0.1
Context = Callable[[Entry, Image], AbstractContextManager[RunContext]]
"""Makes a new context for a picture; canceling it ends that picture, or the whole."""


class Write(Protocol):
    """Such as `write_image`."""

    def __call__(self, path: Path, image: Image, *, quality: int) -> Saved:
        """Save a picture; what was kept. Raises: ImageWriteError."""


def _nothing(entry: Entry) -> None:
    """Tell nobody."""


def _no_words(image: Image, steps: Steps) -> str:
    return ""


@dataclass(frozen=True, slots=True)
class Tools:
    """What the pictures are worked on with.

    Attributes:
        restore: runs a net.
        context: see `Context`.
        describe: what was done, in words.
    """

    restore: Restore
    context: Context
    describe: Callable[[Image, Steps], str] = _no_words
    read: Callable[[Path], Image] = read_image
    write: Write = write_image


class Batch:
    """A queue that is worked through; all calls but `run` may come from any thread.

    Args:
        on_change: called with an entry that has changed, in the order of the changes; must not wait for anything.
    """

    def __init__(self, queue: Queue, tools: Tools, on_change: Callable[[Entry], None] = _nothing) -> None:
        self.queue = queue
        self._tools, self._on_change = tools, on_change
        self._lock = threading.RLock()
        self._may_go_on = threading.Event()
        self._may_go_on.set()
        self._current: tuple[int, RunContext] | None = None
        self._unwanted: set[int] = set()
        self._taken: set[int] = set()

    @property
    def is_paused(self) -> bool:
        """Whether it holds within the current picture."""
        return not self._may_go_on.is_set()

    def run(self, ctx: RunContext) -> None:
        """Work until nothing waits any more. Raises: Canceled, when `ctx` or that of a picture is canceled."""
        self._taken.clear()
        with ThreadPoolExecutor(1, "read") as reader, ThreadPoolExecutor(1, "write") as writer:
            ahead, writing = self._read_next(reader), None
            while ahead is not None:
                entry, coming = ahead
                image = self._wait(coming, ctx)
                ahead = self._read_next(reader)
                if image is not None and (made := self._restore(entry, image, ctx)) is not None:
                    if writing is not None:
                        self._wait(writing, ctx)  # or results would pile up in the memory
                    writing = writer.submit(self._guard, entry, self._write, entry.number, *made)
                ahead = ahead or self._read_next(reader)  # something may have been added
            if writing is not None:
                self._wait(writing, ctx)

    def add(self, items: Iterable[Planned]) -> tuple[Entry, ...]:
        """Put pictures at the end, also while it runs; the new ones. Raises: QueueError."""
        with self._lock:
            added = self.queue.add(items)
            self.queue.aim()
            self.queue.save()
            return tuple(self.queue.entries[len(self.queue.entries) - added :])

    def prepare(self, options: BatchOptions | None = None) -> None:
        """Before it runs: take up what was left, and do something else with what waits, if so asked.

        Raises: QueueError.
        """
        with self._lock:
            self.queue.recover()
            if options is not None and options != self.queue.options:
                self.queue.change_options(options)
            self.queue.aim()
            self.queue.save()

    def clear(self) -> None:
        """Take all pictures out; never while it runs. Raises: QueueError."""
        with self._lock:
            self.queue.entries = []
            self.queue.save()

    def pause(self) -> None:
        """Hold within a layer's time."""
        self._may_go_on.clear()

    def resume(self) -> None:
        """Go on."""
        self._may_go_on.set()

    def stop(self) -> None:
        """End the current picture, which waits again; for when the context of `run` has been canceled."""
        current = self._current
        if current is not None:
            current[1].cancel()

    def skip(self, *numbers: int) -> None:
        """Leave pictures out, also the one that is being restored."""
        with self._lock:
            for number in numbers:
                if self._entry(number).status is Status.WAITING:
                    self._put(number, status=Status.SKIPPED)
                elif self._current is not None and self._current[0] == number:
                    self._unwanted.add(number)
                    self._current[1].cancel()
            self.queue.save()

    def retry(self, *numbers: int) -> None:
        """Let pictures that failed or were left out wait again."""
        with self._lock:
            for number in numbers:
                if self._entry(number).status in (Status.FAILED, Status.SKIPPED):
                    self._taken.discard(number)
                    self._put(number, status=Status.WAITING, reason="")
            self.queue.save()

    def _read_next(self, reader: ThreadPoolExecutor) -> tuple[Entry, Future[Image | None]] | None:
        with self._lock:
            waiting = (entry for entry in self.queue.entries if entry.status is Status.WAITING)
            entry = next((entry for entry in waiting if entry.number not in self._taken), None)
            if entry is None:
                return None
            self._taken.add(entry.number)
        return entry, reader.submit(self._guard, entry, self._read, entry)

    def _read(self, entry: Entry) -> Image:
        assert entry.target is not None
        image = self._tools.read(entry.source)
        height, width = output_size(self.queue.options.steps, image.height, image.width)
        if self.queue.options.folder is not None:
            _make_folder(entry.target.parent)
        pixel_bytes = image.channels * image.pixels.dtype.itemsize
        check_target(entry.target, width, height, pixel_bytes=pixel_bytes)
        return image

    def _restore(self, entry: Entry, image: Image, ctx: RunContext) -> tuple[Image, Steps, float] | None:
        with self._lock:
            if self._entry(entry.number).status is not Status.WAITING:
                return None
            self._change(entry.number, status=Status.RUNNING)
        with self._tools.context(entry, image) as own:
            self._current = (entry.number, own)
            try:
                made: tuple[Image, Steps, float] | None = self._guard(entry, self._run_steps, image, own, ctx)
            except BaseException as error:
                is_skipped = isinstance(error, Canceled) and entry.number in self._unwanted
                self._change(entry.number, status=Status.SKIPPED if is_skipped else Status.WAITING)
                if not is_skipped:
                    raise
                return None
            finally:
                self._current = None
                self._unwanted.discard(entry.number)
        return made

    def _run_steps(self, image: Image, own: RunContext, ctx: RunContext) -> tuple[Image, Steps, float]:
        def wait() -> None:
            while not (ctx.is_canceled or own.is_canceled or self._may_go_on.wait(_LOOK_EVERY_S)):
                pass
            ctx.check_canceled()

        started = time.monotonic()
        wait()
        restored, done = run_steps(image, self.queue.options.steps, self._tools.restore, own.held_by(wait))
        return restored, done, time.monotonic() - started

    def _write(self, number: int, restored: Image, done: Steps, seconds: float) -> None:
        options = self.queue.options
        with self._lock:
            target = self._entry(number).target
            assert target is not None
            if not options.overwrites:  # somebody else may have made such a file meanwhile
                others = {
                    key_of(entry.target) for entry in self.queue.entries if entry.target and entry.number != number
                }
                target = free_path(target, lambda path: key_of(path) in others or exists(path))
            self._change(number, status=Status.WRITING, target=target, was=stamp(target))
        started = time.monotonic()
        quality = options.quality or default_quality(restored.metadata)
        kept = self._tools.write(target, with_steps(restored, done, target), quality=quality).sentence
        seconds += time.monotonic() - started
        summary = self._tools.describe(restored, done)
        self._change(number, status=Status.DONE, summary=summary, kept=kept, seconds=seconds)

    def _guard(self, entry: Entry, act: Callable[..., Any], *args: Any) -> Any:
        """Do a part of the work; what goes wrong with a picture is noted and stops no other. Raises: Canceled."""
        try:
            return act(*args)
        except (Canceled, QueueError):
            raise
        except EngineError as error:
            # Of several pictures it must be clear which one a level does not suit.
            reason = f"{entry.source}: {error}" if isinstance(error, LevelError) else str(error)
        except Exception as error:  # a boundary: a bug that one picture brings out must not cost the others
            log.exception("unexpected error")
            reason = f"{entry.source}: something unexpected went wrong ({type(error).__name__}: {error})."
        self._change(entry.number, status=Status.FAILED, reason=reason)
        return None

    def _wait(self, future: Future[Any], ctx: RunContext) -> Any:
        while True:
            try:
                return future.result(_LOOK_EVERY_S)
            except TimeoutError:
                if future.done():
                    raise
                ctx.check_canceled()

    def _entry(self, number: int) -> Entry:
        return next(entry for entry in self.queue.entries if entry.number == number)

    def _change(self, number: int, **changes: Any) -> None:
        with self._lock:
            if self._put(number, **changes).status is not Status.RUNNING:  # that is as good as waiting after a crash
                self.queue.save()

    def _put(self, number: int, **changes: Any) -> Entry:
        entry = self.queue.update(number, **changes)
        self._on_change(entry)
        return entry


def is_finished(queue: Queue) -> bool:
    """Whether every picture is settled."""
    return all(entry.status in SETTLED for entry in queue.entries)


def retry_failed(queue: Queue) -> None:
    """Let what failed wait again."""
    queue.entries = [
        replace(entry, status=Status.WAITING, reason="") if entry.status is Status.FAILED else entry
        for entry in queue.entries
    ]


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ImageWriteError(folder, "the folder cannot be made, choose another") from error
