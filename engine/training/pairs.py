"""Pairs of pictures, clean and damaged: found by name, aligned by whole pixels, refused where they do not fit."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from engine.errors import TrainingError
from engine.image_io import Image, read_image
from engine.level_estimate import estimate_level
from engine.tasks import TASKS, Task
from engine.tensors import Pixels, to_8bit
from engine.training.data import list_pictures
from engine.training.shelf import Specimen

REACH_PX = 64
"""How far two pictures of a pair may be shifted against each other."""

_TEMPLATE_PX = 512
_LEAST_ALIKE = 0.6
_SMOOTHING_PX = 2.0


@dataclass(frozen=True, slots=True)
class Pairs:
    """Where the damaged picture of each clean one lies.

    Attributes:
        task: which tells the net of the damage.
        damaged: by the clean picture.
        bounds: the levels that the net may be told.
    """

    task: Task
    damaged: Mapping[Path, Path]
    bounds: tuple[float, float]

    def read(self, path: Path) -> Specimen:
        """Both pictures of a pair, cut to what they share. Raises: ImageReadError, TrainingError: they do not fit."""
        if path not in self.damaged:
            raise TrainingError(path, "there is no damaged picture of that name")
        clean, damaged = read_image(path), read_image(self.damaged[path])
        rows, columns = shift_between(clean.pixels, damaged.pixels, self.damaged[path])
        whole = damaged.pixels
        if clean.channels != damaged.channels:
            whole = np.broadcast_to(whole, (*whole.shape[:2], 3)) if damaged.channels == 1 else _gray(whole)[..., None]
        clean_part, damaged_part = _shared(clean.pixels, whole, rows, columns)
        return Specimen(clean_part, damaged_part, self._levels(damaged, clean_part, damaged_part))

    def _levels(self, damaged: Image, clean_part: Pixels, damaged_part: Pixels) -> tuple[float, ...]:
        """What the program estimates, as it will when the net is used; and for noise what the pair tells."""
        low, high = self.bounds
        found = []
        if self.task.can_estimate:
            found.append(estimate_level(damaged, self.task))
        if self.task.levels.unit == "sigma":
            found.append(float(np.std(to_8bit(damaged_part).astype(np.float32) - to_8bit(clean_part))))
        return tuple(min(max(value, low), high) for value in found or [self.task.levels.default])


def can_pair(task: Task) -> bool:
    """Whether a task can be learned from pairs: both are of one size, and all that the net is told is a number."""
    return not (task.needs_kernel or task.needs_mask) and task.levels.unit != "factor"


def find_pairs(task: Task, folder: Path, pictures: Sequence[Path], damaged: Path, bounds: tuple[float, float]) -> Pairs:
    """Look for the damaged picture of each clean one: the same name, whatever its suffix.

    Raises: TrainingError: there are none, or the task cannot learn from pairs.
    """
    if not can_pair(task):
        others = ", ".join(other.name for other in TASKS if can_pair(other))
        raise TrainingError(damaged, f"{task.name} cannot learn from pairs, these can: {others}")
    if folder.resolve() == damaged.resolve():
        raise TrainingError(damaged, "it is the folder of the good pictures too, choose the one of the damaged")
    named = {_key(path, damaged): path for path in list_pictures(damaged)}
    found = {path: named[key] for path in pictures if (key := _key(path, folder)) in named}
    if not found:
        raise TrainingError(damaged, "none of its pictures has the name of a good one, give both the same names")
    return Pairs(task, found, bounds)


def shift_between(clean: Pixels, damaged: Pixels, path: Path) -> tuple[int, int]:
    """How many rows and columns further a place lies in the damaged picture.

    Raises: TrainingError: it shows something else, is larger or smaller, or is shifted by more than `REACH_PX`.
    """
    sizes = list(zip(clean.shape[:2], damaged.shape[:2], strict=True))
    if any(abs(one - other) > REACH_PX for one, other in sizes):
        (height, damaged_height), (width, damaged_width) = sizes
        raise TrainingError(
            path,
            f"it has {damaged_width} x {damaged_height} pixels and the good one {width} x {height}, "
            "bring both to the same size",
        )
    shortest = min(min(pair) for pair in sizes)
    reach = min(REACH_PX, shortest // 4)
    side = min(_TEMPLATE_PX, shortest - 2 * reach)
    tops = [(one - side) // 2 for one, _ in sizes]
    template = _smooth(clean[tops[0] : tops[0] + side, tops[1] : tops[1] + side])
    starts = [max(0, top - reach) for top in tops]
    seen = damaged[starts[0] : tops[0] + side + reach, starts[1] : tops[1] + side + reach]
    alike = cv2.matchTemplate(_smooth(seen), template, cv2.TM_CCOEFF_NORMED)
    _, best, _, (column, row) = cv2.minMaxLoc(alike)
    is_at_edge = any(
        reach > 1 and place in (0, length - 1) for place, length in zip((row, column), alike.shape, strict=True)
    )
    if is_at_edge or not best >= _LEAST_ALIKE:
        raise TrainingError(
            path, "it does not show what the good picture of that name shows, or is turned or shifted far"
        )
    return starts[0] + row - tops[0], starts[1] + column - tops[1]


def _key(path: Path, folder: Path) -> str:
    return path.relative_to(folder).with_suffix("").as_posix().casefold()


def _gray(pixels: Pixels) -> NDArray[Any]:
    return np.asarray(cv2.cvtColor(np.ascontiguousarray(pixels), cv2.COLOR_RGB2GRAY))


def _smooth(pixels: Pixels) -> NDArray[np.float32]:
    """Gray, without the noise that hides where things are."""
    gray = pixels[..., 0] if pixels.shape[2] == 1 else _gray(pixels)
    return np.asarray(cv2.GaussianBlur(gray.astype(np.float32), (0, 0), _SMOOTHING_PX), np.float32)


def _shared(clean: Pixels, damaged: Pixels, rows: int, columns: int) -> tuple[Pixels, Pixels]:
    """Where a place in the clean picture is one in the damaged, that many rows and columns further."""
    parts = []
    for length, other, shift in zip(clean.shape[:2], damaged.shape[:2], (rows, columns), strict=True):
        start, stop = max(0, -shift), min(length, other - shift)
        parts.append((slice(start, stop), slice(start + shift, stop + shift)))
    (clean_rows, damaged_rows), (clean_columns, damaged_columns) = parts
    return clean[clean_rows, clean_columns].copy(), damaged[damaged_rows, damaged_columns].copy()
