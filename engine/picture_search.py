"""Which pictures some files and folders stand for."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from engine.errors import ImageReadError
from engine.image_io import READABLE_SUFFIXES, sniff_format
from engine.run_context import RunContext

_FOREIGN_FOLDERS = {"__macosx", "@eadir", "$recycle.bin", "system volume information"}


@dataclass(frozen=True, slots=True)
class Planned:
    """A picture to restore.

    Attributes:
        source: its file.
        folder: where it lies within the folder that was asked for, to be mirrored; "." for a file.
    """

    source: Path
    folder: Path = Path()


@dataclass(frozen=True, slots=True)
class Plan:
    """What was found.

    Attributes:
        items: the pictures; each once.
        ignored: how many other files there were, such as Thumbs.db and .DS_Store.
        problems: folders that cannot be looked into, one sentence each.
        strangers: those of the ignored that were named themselves.
    """

    items: tuple[Planned, ...]
    ignored: int = 0
    problems: tuple[str, ...] = ()
    strangers: tuple[Path, ...] = ()


def plan(
    paths: Iterable[Path],
    *,
    is_recursive: bool = True,
    keeps_names: bool = False,
    leaves_out: Iterable[Path] = (),
    ctx: RunContext | None = None,
) -> Plan:
    """Find the pictures, folders by name; may take long.

    Args:
        keeps_names: whether what lies in a folder is mirrored below the name of that folder.
        leaves_out: files and folders that are none of it, such as where the results go.
        ctx: asked for each folder whether the search is still wanted.
    """
    left_out = {_absolute(path) for path in leaves_out}
    search, strangers = _Search(is_recursive, left_out, ctx or RunContext()), list[Path]()
    for path in map(_absolute, paths):
        if is_folder(path):
            search.look_into(path, Path(path.name) if keeps_names else Path())
        elif _is_wanted(path):
            search.take(Planned(path))
        else:
            search.ignored += 1
            strangers.append(path)
    return Plan(tuple(search.found.values()), search.ignored, tuple(search.problems), tuple(strangers))


def is_folder(path: Path) -> bool:
    """Whether it is one that can be looked at; what else it is, opening it tells."""
    return os.path.isdir(path)  # noqa: PTH112  # Path.is_dir raises where nobody may look, and for names too long


def natural_key(name: str) -> list[tuple[int, str]]:
    """Sorts "2.jpg" before "10.jpg"."""
    return [(int(part), "") if part.isdecimal() else (-1, part) for part in re.split(r"(\d+)", name.casefold())]


class _Search:
    def __init__(self, is_recursive: bool, left_out: set[Path], ctx: RunContext) -> None:
        self._is_recursive, self._left_out, self._ctx = is_recursive, left_out, ctx
        self.found: dict[Path, Planned] = {}
        self.ignored = 0
        self.problems: list[str] = []

    def take(self, planned: Planned) -> None:
        if planned.source not in self._left_out:
            self.found.setdefault(planned.source, planned)

    def look_into(self, top: Path, mirrored: Path) -> None:
        for where, folders, files in os.walk(top, onerror=self._note):
            self._ctx.check_canceled()
            folder = Path(where)
            inner = [name for name in folders if _is_own(name) and folder / name not in self._left_out]
            folders[:] = sorted(inner, key=natural_key) if self._is_recursive else []
            for name in sorted(files, key=natural_key):
                if name.startswith(".") or Path(name).suffix.lower() not in READABLE_SUFFIXES:
                    self.ignored += 1
                else:
                    self.take(Planned(folder / name, mirrored / folder.relative_to(top)))

    def _note(self, error: OSError) -> None:
        self.problems.append(f"Cannot look into {error.filename}: {(error.strerror or 'reading failed').lower()}.")


def _is_own(folder_name: str) -> bool:
    return not folder_name.startswith(".") and folder_name.casefold() not in _FOREIGN_FOLDERS


def _is_wanted(path: Path) -> bool:
    """A file that was named itself counts by its content, too; one that is not there is told later."""
    if path.suffix.lower() in READABLE_SUFFIXES and not path.name.startswith("._"):
        return True
    try:
        sniff_format(path)
    except ImageReadError:
        return not os.path.exists(path)  # noqa: PTH110  # as above
    return True


def _absolute(path: Path) -> Path:
    return Path(os.path.abspath(path))  # noqa: PTH100  # resolve() would rename links
