"""What is known of the pictures of a queue while they are worked on: told at once, and kept in its file."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, TypeVar

from engine.batch.names import free_path, key_of
from engine.batch.queue import BatchOptions, Entry, Queue, Status, exists, stamp
from engine.errors import AlreadyRestoredError, Canceled, EngineError, FleetError, NameTakenError, QueueError
from engine.picture_search import Planned

log = logging.getLogger(__name__)

T = TypeVar("T")


def tell_nobody(entry: Entry) -> None:
    """Take a change and do nothing with it."""


class Ledger:
    """A queue whose changes are told and kept; all calls may come from any thread.

    Args:
        on_change: called with an entry that has changed, in the order of the changes; must not wait for anything.
    """

    def __init__(self, queue: Queue, on_change: Callable[[Entry], None] = tell_nobody) -> None:
        self.queue = queue
        self._on_change = on_change
        self._lock = threading.RLock()

    def add(self, items: Iterable[Planned]) -> tuple[Entry, ...]:
        """Put pictures at the end, also while it is worked through; the new ones. Raises: QueueError."""
        with self._lock:
            added = self.queue.add(items)
            self.queue.aim()
            self.queue.save()
            return tuple(self.queue.entries[len(self.queue.entries) - added :])

    def prepare(self, options: BatchOptions | None = None) -> None:
        """Before the work: take up what was left, and do something else with what waits, if so asked.

        Raises: QueueError.
        """
        with self._lock:
            self.queue.recover()
            if options is not None and options != self.queue.options:
                self.queue.change_options(options)
            self.queue.aim()
            self.queue.save()

    def clear(self) -> None:
        """Take all pictures out; never while it is worked through. Raises: QueueError."""
        with self._lock:
            self.queue.entries = []
            self.queue.save()

    def _entry(self, number: int) -> Entry:
        return next(entry for entry in self.queue.entries if entry.number == number)

    def _change(self, *numbers: int, **changes: Any) -> None:
        """Keep it, then tell it: who is told may fail."""
        with self._lock:
            entries = [self.queue.update(number, **changes) for number in numbers]
            if any(entry.status is not Status.RUNNING for entry in entries):  # that is as good as waiting after a crash
                self.queue.save()
            for entry in entries:
                self._on_change(entry)

    def _publish(self, number: int, save: Callable[[Path], T]) -> T:
        """Save a result where it goes, or under the next name if another program has just taken that."""
        while True:
            try:
                return save(self._begin_to_write(number))
            except NameTakenError:
                log.info("the name of picture %d was taken meanwhile", number)

    def _begin_to_write(self, number: int) -> Path:
        """Note where a result goes now, so that a restart knows whether it got there."""
        with self._lock:
            target = self._entry(number).target
            assert target is not None
            if not self.queue.options.overwrites:  # somebody else may have made such a file meanwhile
                others = {
                    key_of(entry.target) for entry in self.queue.entries if entry.target and entry.number != number
                }
                target = free_path(target, lambda path: key_of(path) in others or exists(path))
            self._change(number, status=Status.WRITING, target=target, was=stamp(target))
        return target

    def _guard(self, entry: Entry, act: Callable[..., Any], *args: Any) -> Any:
        """Do a part of the work; what goes wrong with a picture is noted and stops no other.

        Raises: Canceled, FleetError, QueueError: what concerns all of them.
        """
        try:
            return act(*args)
        except (Canceled, FleetError, QueueError):
            raise
        except AlreadyRestoredError as error:
            self._change(entry.number, status=Status.SKIPPED, reason=str(error))
            return None
        except EngineError as error:
            # Of several pictures it must be clear which one a level does not suit, or a kernel, or the memory.
            is_clear = getattr(error, "path", None) in (entry.source, entry.target)
            reason = str(error) if is_clear else f"{entry.source}: {error}"
        except Exception as error:  # a boundary: a bug that one picture brings out must not cost the others
            log.exception("unexpected error")
            reason = f"{entry.source}: something unexpected went wrong ({type(error).__name__}: {error})."
        self._change(entry.number, status=Status.FAILED, reason=reason)
        return None
