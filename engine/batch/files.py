"""Text files that are replaced in one step."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterable
from pathlib import Path


def replace_file(path: Path, chunks: Iterable[str]) -> None:
    """Write UTF-8 text; an old file stays until the new one is complete. Raises: OSError."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".rednet-", dir=path.parent) as folder:
        temporary = Path(folder, "complete")
        # Names that are no text at all are shown with their numbers.
        with temporary.open("w", encoding="utf-8", errors="backslashreplace", newline="") as file:
            file.writelines(chunks)
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(path)
