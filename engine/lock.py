"""One program at a time: for what two must not write to."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from filelock import FileLock, Timeout


@contextmanager
def only_one(path: Path) -> Iterator[None]:
    """Hold a lock file, which is gone afterwards.

    Raises: TimeoutError: another program holds it. OSError: it cannot be made.
    """
    lock = FileLock(path, timeout=0)
    try:
        lock.acquire()
    except Timeout as error:
        raise TimeoutError from error
    try:
        yield
    finally:
        with suppress(OSError):  # Windows removes it on release; elsewhere it must go while it is still held
            path.unlink()
        lock.release()
