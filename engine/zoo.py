"""The models that come with the program."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from importlib.resources import as_file, files
from pathlib import Path
from typing import Any

from engine.checkpoint import ModelHeader, load_model
from engine.errors import CheckpointError, NoModelError
from engine.model import REDNet

_MODELS = files("resources") / "models"


@cache
def manifest() -> dict[str, dict[str, Any]]:
    """What is known of each shipped model, by task: file, sha256, scores, ..."""
    entries: dict[str, dict[str, Any]] = json.loads((_MODELS / "manifest.json").read_text(encoding="utf-8"))
    return entries


def load_shipped(task: str) -> tuple[REDNet, ModelHeader]:
    """The shipped net of a task.

    Raises:
        NoModelError: there are no weights for the task yet.
        CheckpointError: the file is missing or not the one that was shipped.
    """
    with shipped_file(task) as path:
        return load_model(path)


@contextmanager
def shipped_file(task: str) -> Iterator[Path]:
    """The file of a task's shipped net, to be read only. Raises: as `load_shipped`."""
    entry = manifest().get(task)
    if entry is None:
        raise NoModelError(task)
    with as_file(_MODELS / entry["file"]) as path:
        if not path.is_file() or hashlib.sha256(path.read_bytes()).hexdigest() != entry["sha256"]:
            raise CheckpointError(path, "it is missing or damaged, install the program again")
        yield path
