"""The folders of the window's trainings: found again after the window was closed, or crashed."""

from __future__ import annotations

import json
import logging
import shutil
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import platformdirs
from numpy.typing import NDArray

from engine.errors import ImageReadError, TrainingError
from engine.image_io import read_image
from engine.lock import is_held
from engine.tensors import to_8bit
from engine.training.config import RunPaths
from engine.training.plan import Plan, read_plan
from engine.training.previews import SHOWN
from rednet_gui import APP_NAME

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Preview:
    """A held-out picture, 8-bit RGB.

    Attributes:
        damaged: as the net gets it.
        stock, now: what the model to beat makes of it, and the one in training.
        clean: as it should become.
    """

    damaged: NDArray[np.uint8]
    stock: NDArray[np.uint8]
    now: NDArray[np.uint8]
    clean: NDArray[np.uint8]


@dataclass(frozen=True, slots=True)
class StoredRun:
    """A run as its folder tells of it.

    Attributes:
        folder: its folder.
        plan: what it works on.
        curve: lines of its curves.
        stock: the scores to beat, by level.
        result: how the model compares; None while the run is not at its end.
    """

    folder: Path
    plan: Plan
    curve: tuple[dict[str, Any], ...]
    stock: dict[str, float]
    result: dict[str, Any] | None


class RunStore:
    """Makes, finds and removes folders of runs. Runs on any thread.

    Args:
        folder: where they lie; None for the platform's own place.
    """

    def __init__(self, folder: Path | None = None) -> None:
        self.folder = (folder or platformdirs.user_data_path(APP_NAME, appauthor=False)) / "training"

    def new_folder(self) -> Path:
        """A folder that is not there yet."""
        stamp = time.strftime("%Y%m%d-%H%M%S")
        names = (stamp if number == 1 else f"{stamp}-{number}" for number in range(1, 1000))
        return next(path for name in names if not (path := self.folder / name).exists())

    def newest(self) -> StoredRun | None:
        """The run that was begun last and was neither kept nor discarded; none that another window trains."""
        for plan_file in sorted(self.folder.glob("*/run.json"), reverse=True):
            if _is_training(plan_file.parent):
                continue
            try:
                return read_run(plan_file.parent)
            except TrainingError as error:
                log.warning("a run cannot be used: %s", error.reason)
        return None

    def remove(self, folder: Path) -> None:
        """Delete a run for good; never a folder from elsewhere, nor a run that another window trains."""
        if folder.parent == self.folder and not _is_training(folder):
            shutil.rmtree(folder, ignore_errors=True)


def _is_training(folder: Path) -> bool:
    return is_held(folder / ".lock")


def read_run(folder: Path) -> StoredRun:
    """What there is of a run. Raises: TrainingError: it is none."""
    paths = RunPaths(folder)
    plan = read_plan(paths)
    return StoredRun(folder, plan, _lines(paths.curves), _json(paths.stock) or {}, _json(paths.result))


def read_previews(folder: Path) -> tuple[Preview, ...]:
    """The held-out pictures of a run and what is made of them; those that are not complete are left out."""
    found = []
    for number in range(SHOWN):
        files = [RunPaths(folder).previews / f"{number}-{kind}.png" for kind in ("damaged", "stock", "now", "clean")]
        try:
            found.append(Preview(*(to_8bit(read_image(path).pixels) for path in files)))
        except ImageReadError:
            break
    return tuple(found)


def _lines(path: Path) -> tuple[dict[str, Any], ...]:
    try:
        text = path.read_text(encoding="utf-8")
    except OSError:
        return ()
    found = []
    for line in text.splitlines():
        try:
            found.append(json.loads(line))
        except ValueError:  # the line that a kill cut off
            break
    return tuple(found)


def _json(path: Path) -> dict[str, Any] | None:
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return found if isinstance(found, dict) else None
