"""Arrays that may be larger than the main memory: from some size on they lie in a file that nobody sees."""

from __future__ import annotations

import errno
import math
import mmap
import os
import shutil
import tempfile
from pathlib import Path
from typing import Any

import numpy as np
import platformdirs
from numpy.typing import NDArray

IN_MEMORY_BYTES = 512 * 2**20
"""What is larger lies on the disk. A batch holds four such at a time, and must stay below 3 GB."""

_MARGIN_BYTES = 2**28


def scratch_folder() -> Path:
    """Where large arrays lie; not the folder for temporary files, which is often kept in memory."""
    folder = Path(platformdirs.user_cache_dir("rednet-restore", appauthor=False))
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def empty(shape: tuple[int, ...], dtype: np.dtype[Any]) -> NDArray[Any]:
    """Like `np.empty`, whatever the size.

    Raises:
        MemoryError: there is no room, neither in memory nor on the disk.
    """
    size_bytes = math.prod(shape) * dtype.itemsize
    if size_bytes <= IN_MEMORY_BYTES:
        return np.empty(shape, dtype)
    try:
        folder = scratch_folder()
        if shutil.disk_usage(folder).free < size_bytes + _MARGIN_BYTES:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(folder))
        # The system removes it with the last array that looks at it, also when the program is killed.
        with tempfile.TemporaryFile(dir=folder, prefix="pixels-") as file:
            if hasattr(os, "posix_fallocate"):  # else a disk that is full later would kill the program
                os.posix_fallocate(file.fileno(), 0, size_bytes)
            return np.memmap(file, dtype, "w+", shape=shape)
    except OSError as error:
        raise MemoryError(f"no room for {size_bytes} bytes") from error


def is_on_disk(array: NDArray[Any]) -> bool:
    """Whether an array is so large that it lies in a file."""
    return _mapping(array) is not None


def release(array: NDArray[Any]) -> None:
    """Let go of the memory that a large array takes for now; what is in it stays. Does nothing to ordinary arrays."""
    mapping = _mapping(array)
    if mapping is not None and hasattr(mmap, "MADV_DONTNEED"):
        mapping.madvise(mmap.MADV_DONTNEED)  # the file keeps what was written: it is a shared mapping


def _mapping(array: NDArray[Any]) -> mmap.mmap | None:
    base: Any = array
    while isinstance(base, np.ndarray):
        base = base.base
    return base if isinstance(base, mmap.mmap) else None
