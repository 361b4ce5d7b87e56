"""Files that take another one's place when they are complete, and leave no trace when they never are."""

from __future__ import annotations

import errno
import os
import secrets
import stat
import sys
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

if sys.platform != "win32":
    import fcntl

_PREFIX = ".rednet-"
_TOKEN_BYTES = 8
_TOKEN_PATTERN = "[0-9a-f]" * 2 * _TOKEN_BYTES
_LOCKED_PREFIX = ".rednet-locked-"
"""Of files whose program holds a lock while it lives; for disks of this machine, for others need not show its locks."""
_STALE_S = 86_400
_NO_NAMELESS = (errno.EOPNOTSUPP, errno.EISDIR, errno.ENOENT, errno.EINVAL)


class HiddenFile:
    """A file on its way.

    Attributes:
        file: open for reading and writing.
    """

    def __init__(self, folder: Path) -> None:
        """Begin one in a folder, with ordinary permissions. Raises: OSError."""
        self._folder = folder
        self._name: Path | None = None
        # Where the system knows files without a name it removes them itself, even if the program is killed.
        descriptor = _nameless(folder)
        if descriptor is None:
            _remove_stale(folder)
            self._name = _new_name(folder)
            flags = os.O_RDWR | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
            descriptor = os.open(self._name, flags, 0o666)
        self.file: BinaryIO = os.fdopen(descriptor, "w+b")

    def publish(self, target: Path, *, replaces: bool = True) -> None:
        """Let it take the place of `target`, which is in the same folder, and its permissions.

        Raises: FileExistsError: there is something, and it is not to be replaced. OSError. It stays as it was.
        """
        if os.name != "nt":
            with suppress(OSError):  # there is no such file, or the disk knows no permissions
                os.fchmod(self.file.fileno(), stat.S_IMODE(target.stat().st_mode))
        self.file.flush()
        os.fsync(self.file.fileno())
        if self._name is not None:
            self.file.close()  # or Windows, and some disks, would not rename it
        elif self._takes(target):
            self.file.close()
            return
        elif not replaces:
            raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(target))
        else:
            self._name = self._locked_name()
        if not replaces:
            _claim(target)
        try:
            self._name.replace(target)
        except OSError:
            if not replaces:
                target.unlink(missing_ok=True)  # the empty file of its name
            raise
        self._name = None
        self.file.close()  # and let go of the lock

    def _locked_name(self) -> Path:
        """Give a file without a name one that nobody takes for left over while this program lives."""
        _remove_let_go(self._folder)
        with suppress(OSError):  # a disk without locks: there nobody removes it at all
            fcntl.flock(self.file.fileno(), fcntl.LOCK_EX)
        name = _new_name(self._folder, _LOCKED_PREFIX)
        self._takes(name)
        return name

    def _takes(self, name: Path) -> bool:
        """Give a file without a name one that is free; whether it was."""
        descriptor = self.file.fileno()
        try:
            # The folder says nothing about an absolute path, but makes Python follow the link in /proc.
            os.link(f"/proc/self/fd/{descriptor}", name, src_dir_fd=descriptor)
        except FileExistsError:
            return False
        return True

    def discard(self) -> None:
        """Remove what was not published."""
        with suppress(OSError):  # of a disk that is full, or gone
            self.file.close()
        if self._name is not None:
            self._name.unlink(missing_ok=True)


@contextmanager
def hidden_file(folder: Path) -> Iterator[HiddenFile]:
    """A file that is gone afterwards, unless it was published. Raises: OSError."""
    hidden = HiddenFile(folder)
    try:
        yield hidden
    finally:
        hidden.discard()


def replace_file(path: Path, chunks: Iterable[bytes]) -> None:
    """Write a file, and its folders; an old one stays until the new one is complete. Raises: OSError."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with hidden_file(path.parent) as complete:
        complete.file.writelines(chunks)
        complete.publish(path)


def replace_text(path: Path, chunks: Iterable[str]) -> None:
    """Write UTF-8 likewise; names of files that are no text are shown with their numbers. Raises: OSError."""
    replace_file(path, (chunk.encode(errors="backslashreplace") for chunk in chunks))


def is_one_file(one: Path, other: Path) -> bool:
    """Whether two names lead to one file, though it may not be there yet."""
    with suppress(OSError):  # one of them is not there, or cannot be looked at
        return one.samefile(other)
    try:
        return one.resolve() == other.resolve()
    except (OSError, RuntimeError):  # a link that leads to itself, which saving will tell
        return False


def _nameless(folder: Path) -> int | None:
    if not hasattr(os, "O_TMPFILE") or not Path("/proc/self/fd").is_dir():
        return None
    try:
        return os.open(folder, os.O_TMPFILE | os.O_RDWR, 0o666)
    except OSError as error:
        if error.errno in _NO_NAMELESS:
            return None
        raise


def _new_name(folder: Path, prefix: str = _PREFIX) -> Path:
    return folder / f"{prefix}{secrets.token_hex(_TOKEN_BYTES)}"


def _claim(target: Path) -> None:
    """Take a name before a file that has one of its own takes it. Raises: FileExistsError: it is taken; OSError."""
    os.close(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o666))


def _remove_stale(folder: Path) -> None:
    """Remove what a program that was killed left here long ago."""
    for path in folder.glob(_PREFIX + _TOKEN_PATTERN):
        with suppress(OSError):
            if time.time() - path.stat().st_mtime > _STALE_S:
                path.unlink()


def _remove_let_go(folder: Path) -> None:
    """Remove what a program left here that was killed between giving a file its name and its place."""
    for path in folder.glob(_LOCKED_PREFIX + _TOKEN_PATTERN):
        with suppress(OSError), path.open("rb") as file:
            fcntl.flock(file.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)
            path.unlink()
