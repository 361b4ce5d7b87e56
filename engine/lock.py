"""One program at a time: for what two must not write to."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from filelock import FileLock, Timeout

from engine.errors import EngineError


def is_held(path: Path) -> bool:
    """Whether another program holds a lock file now."""
    if not path.exists():
        return False
    try:
        with FileLock(path, timeout=0):
            return False
    except Timeout:
        return True
    except OSError:  # nobody can lock there
        return False


@contextmanager
def only_one(path: Path, held_error: EngineError, refused_error: EngineError) -> Iterator[None]:
    """Hold a lock file, which is gone afterwards; its folder is made.

    Raises: held_error: another program holds it. refused_error: it cannot be made.
    """
    lock = FileLock(path, timeout=0)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        lock.acquire()
    except Timeout as error:
        raise held_error from error
    except OSError as error:
        raise refused_error from error
    try:
        yield
    finally:
        with suppress(OSError):  # Windows removes it on release; elsewhere it must go while it is still held
            path.unlink()
        lock.release()
