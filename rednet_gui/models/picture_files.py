"""Which picture files there are."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

from engine.image_io import READABLE_SUFFIXES
from engine.picture_search import is_folder, natural_key


def find_pictures(paths: Iterable[Path]) -> dict[Path, float | None]:
    """The pictures that some files and folders stand for, each with the time it was changed; may take long.

    Of a folder those that its suffixes promise, by name; among several files likewise, unless none does.
    """
    asked = [Path(os.path.abspath(path)) for path in paths]  # noqa: PTH100  # resolve() would rename links
    found = [picture for path in asked for picture in (_pictures_in(path) if is_folder(path) else [path])]
    promising = [path for path in found if path.suffix.lower() in READABLE_SUFFIXES]
    return modified_times(promising or found)


def modified_times(paths: Iterable[Path]) -> dict[Path, float | None]:
    """When files were changed, in seconds; None for one that is not there; may take long."""
    return {path: _modified_s(path) for path in paths}


def _pictures_in(folder: Path) -> list[Path]:
    try:
        names = [path for path in folder.iterdir() if not path.name.startswith(".")]
    except OSError:
        return []
    pictures = [path for path in names if path.suffix.lower() in READABLE_SUFFIXES and os.path.isfile(path)]  # noqa: PTH113
    return sorted(pictures, key=lambda path: natural_key(path.name))


def _modified_s(path: Path) -> float | None:
    try:
        return path.stat().st_mtime
    except OSError:
        return None
