"""Named steps that the user keeps: one JSON file each."""

from __future__ import annotations

import logging
import re
from dataclasses import dataclass, replace
from pathlib import Path

import platformdirs
from PySide6.QtCore import QObject, Signal

from engine.errors import StepsError
from engine.picture_search import natural_key
from engine.safe_file import replace_text
from engine.steps import Steps, read_steps_file
from rednet_gui import APP_NAME

log = logging.getLogger(__name__)

_LONGEST_NAME = 60


@dataclass(frozen=True, slots=True)
class Preset:
    """Steps with a name.

    Attributes:
        name: as the user calls it.
        path: its file.
        steps: None if they cannot be used.
        reason: why not, one sentence.
    """

    name: str
    path: Path
    steps: Steps | None
    reason: str = ""


class Presets(QObject):
    """All presets, by name.

    Signals:
        changed: read the attribute.
    """

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.items: tuple[Preset, ...] = ()

    def set_items(self, items: tuple[Preset, ...]) -> None:
        """Show these."""
        self.items = tuple(sorted(items, key=lambda preset: natural_key(preset.name)))
        self.changed.emit()


class PresetStore:
    """Reads and writes presets. Every call may raise a `StepsError` that names the file; runs on any thread.

    Args:
        folder: where they lie; None for the platform's own place.
    """

    def __init__(self, folder: Path | None = None) -> None:
        self.folder = (folder or platformdirs.user_data_path(APP_NAME, appauthor=False)) / "presets"

    def load(self) -> tuple[Preset, ...]:
        """All there are; those that cannot be used say why."""
        return tuple(_read(path) for path in sorted(self.folder.glob("*.json")))

    def save(self, name: str, steps: Steps) -> str:
        """Keep steps under a name, or under a similar one if that is taken; the name."""
        taken = {preset.name for preset in self.load()}
        name = _free(" ".join(name.split())[:_LONGEST_NAME] or "1", taken)
        slug = re.sub(r"[^\w-]+", "-", name).strip("-").lower() or "preset"
        path = self.folder / f"{_free(slug, {path.stem for path in self.folder.glob('*.json')})}.json"
        write_steps_file(path, replace(steps, name=name))
        return name

    def rename(self, preset: Preset, name: str) -> None:
        """Call it otherwise; the file stays where it is."""
        name = " ".join(name.split())[:_LONGEST_NAME]
        if preset.steps is not None and name and name != preset.name:
            taken = {other.name for other in self.load() if other.path != preset.path}
            write_steps_file(preset.path, replace(preset.steps, name=_free(name, taken)))

    def delete(self, preset: Preset) -> None:
        """Remove it for good."""
        try:
            preset.path.unlink(missing_ok=True)
        except OSError as error:
            raise StepsError(preset.path, "it cannot be deleted; check the permissions of its folder") from error

    def take_in(self, path: Path) -> str:
        """Keep a copy of a file from elsewhere; its name."""
        steps = read_steps_file(path)
        return self.save(steps.name or path.stem, steps)


def write_steps_file(path: Path, steps: Steps) -> None:
    """Write steps; an old file stays until the new one is complete. Raises: StepsError."""
    try:
        replace_text(path, [steps.to_json(indent=2), "\n"])
    except OSError as error:
        raise StepsError(path, "it cannot be written; choose another folder, or make room") from error


def _read(path: Path) -> Preset:
    try:
        steps = read_steps_file(path)
    except StepsError as error:
        log.info("a preset cannot be used: %s", error.reason)
        return Preset(path.stem, path, None, error.reason)
    return Preset(steps.name or path.stem, path, steps)


def _free(name: str, taken: set[str]) -> str:
    """The name, or the next one with a number."""
    found, number = name, 2
    while found in taken:
        found, number = f"{name} {number}", number + 1
    return found
