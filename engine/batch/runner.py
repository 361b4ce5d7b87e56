"""Working through a queue: the next picture is read and the former one written while one is restored.

`on_change` is called on any of its threads.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterable
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import AbstractContextManager, suppress
from dataclasses import dataclass, replace
from operator import attrgetter
from pathlib import Path
from typing import Any, Protocol

from engine.batch.ledger import Ledger, tell_nobody
from engine.batch.queue import SETTLED, Entry, Queue, Status, exists, size_of
from engine.errors import AlreadyRestoredError, Canceled, ImageWriteError, StepsError
from engine.image_io import Image, Saved, check_target, default_quality, read_image, write_image
from engine.metadata import Metadata
from engine.output_profile import in_profile
from engine.restore_steps import Restore, output_size, run_steps, with_masks
from engine.run_context import RunContext
from engine.steps import Steps, is_told_by, read_steps, with_steps

_LOOK_EVERY_S = 0.1
Context = Callable[[Entry, Image], AbstractContextManager[RunContext]]
"""Makes a new context for a picture; canceling it ends that picture, or the whole."""


class Write(Protocol):
    """Such as `write_image`."""

    def __call__(self, path: Path, image: Image, *, quality: int, replaces: bool) -> Saved:
        """Save a picture; what was kept. Raises: NameTakenError, ImageWriteError."""


def _no_words(image: Image, steps: Steps) -> str:
    return ""


@dataclass(frozen=True, slots=True)
class Tools:
    """What the pictures are worked on with.

    Attributes:
        restore: runs a net.
        context: see `Context`.
        describe, describe_saved: what was done and what the file has kept, in words.
    """

    restore: Restore
    context: Context
    describe: Callable[[Image, Steps], str] = _no_words
    describe_saved: Callable[[Saved], str] = attrgetter("sentence")
    read: Callable[[Path], Image] = read_image
    write: Write = write_image


class Batch(Ledger):
    """A queue that is worked through; all calls but `run` may come from any thread.

    Args:
        on_change: called with an entry that has changed, in the order of the changes; must not wait for anything.
    """

    def __init__(self, queue: Queue, tools: Tools, on_change: Callable[[Entry], None] = tell_nobody) -> None:
        super().__init__(queue, on_change)
        self._tools = tools
        self._may_go_on = threading.Event()
        self._may_go_on.set()
        self._current: tuple[int, RunContext] | None = None
        self._unwanted: set[int] = set()
        self._taken: set[int] = set()

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
            self._change(*self._with_status(numbers, Status.WAITING), status=Status.SKIPPED)
            if self._current is not None and self._current[0] in numbers:
                self._unwanted.add(self._current[0])
                self._current[1].cancel()

    def retry(self, *numbers: int) -> None:
        """Let pictures that failed or were left out wait again."""
        with self._lock:
            again = self._with_status(numbers, Status.FAILED, Status.SKIPPED)
            self._taken.difference_update(again)
            self._change(*again, status=Status.WAITING, reason="")

    def _with_status(self, numbers: Iterable[int], *statuses: Status) -> list[int]:
        return [number for number in numbers if self._entry(number).status in statuses]

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
            make_folder(entry.target.parent)
        check_replacing(entry, image.metadata, self.queue.options.steps)
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
        own.check_canceled()  # mixing, which comes last, does not ask
        return restored, done, time.monotonic() - started

    def _write(self, number: int, restored: Image, done: Steps, seconds: float) -> None:
        started, profile = time.monotonic(), self.queue.options.profile
        if profile is not None:
            restored = in_profile(restored, profile)
        options = self.queue.options
        quality = options.quality or default_quality(restored.metadata)

        def save(target: Path) -> Saved:
            whole = with_steps(restored, done, target)
            return self._tools.write(target, whole, quality=quality, replaces=options.overwrites)

        saved = self._publish(number, save)
        seconds += time.monotonic() - started
        summary = self._tools.describe(restored, done)
        kept = self._tools.describe_saved(saved)
        self._change(number, status=Status.DONE, summary=summary, kept=kept, seconds=seconds)

    def _wait(self, future: Future[Any], ctx: RunContext) -> Any:
        while True:
            try:
                return future.result(_LOOK_EVERY_S)
            except TimeoutError:
                if future.done():
                    raise
                ctx.check_canceled()


def is_finished(queue: Queue) -> bool:
    """Whether every picture is settled."""
    return all(entry.status in SETTLED for entry in queue.entries)


def retry_missing(queue: Queue) -> None:
    """Let what failed or was left out wait again, and what is done where its result is gone or its source is another
    file now.
    """
    queue.entries = [
        replace(entry, status=Status.WAITING, reason="", size_bytes=size_of(entry.source))
        if _is_missing(entry)
        else entry
        for entry in queue.entries
    ]


def _is_missing(entry: Entry) -> bool:
    if entry.status is not Status.DONE or entry.target is None:
        return entry.status in (Status.FAILED, Status.SKIPPED)
    is_replaced = not entry.is_in_place and size_of(entry.source) not in (0, entry.size_bytes)
    return is_replaced or not exists(entry.target)


def check_replacing(entry: Entry, metadata: Metadata, steps: Steps) -> None:
    """Find out whether a result may take the place of its source.

    Raises:
        AlreadyRestoredError: these steps have made it.
        ImageWriteError: it is more than the picture that is restored.
        ImageReadError: the file of a mask.
    """
    if not entry.is_in_place or entry.target is None:
        return
    with suppress(StepsError):
        done = read_steps(metadata, entry.source)
        if done is not None and is_told_by(done, with_masks(steps)):
            reason = "it was restored in this way already; to do that once more, choose another name"
            raise AlreadyRestoredError(entry.target, reason)
    if metadata.pages > 1:
        reason = "its other pages would be lost, for only the first is restored; choose another name"
        raise ImageWriteError(entry.target, reason)
    if metadata.has_layers:
        reason = "its layers would be lost, for only the picture is restored; choose another name"
        raise ImageWriteError(entry.target, reason)


def make_folder(folder: Path) -> None:
    """Make a folder for results, with those it lies in. Raises: ImageWriteError."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ImageWriteError(folder, "the folder cannot be made, choose another") from error
