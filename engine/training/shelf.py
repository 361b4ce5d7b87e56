"""Where training takes its pictures from: all of them while they fit into memory, else parts, exchanged bit by bit."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import numpy as np
import torch

from engine.errors import ImageReadError, TrainingError
from engine.image_io import read_image
from engine.tasks.base import integer
from engine.tensors import Pixels
from engine.thumbnail import read_shape

LARGEST_BYTES = 2**30
"""What the pictures may take in memory."""

_AREA_CAP = 450_000
"""A picture larger than this is drawn no more often: it holds more pixels, not more subjects."""

_PARTS = 192
_PART_PX = 512
_GROUP = 4
_GROUPS = _PARTS // _GROUP
_STEPS_PER_GROUP = 32
"""A group of parts is exchanged for another after so many steps: reading it is a tenth of their work at most."""

_TRIES = 20


@dataclass(frozen=True, slots=True)
class Specimen:
    """A picture to train with, or a part of one.

    Attributes:
        clean: what the net should make.
        damaged: what it is given, pixel by pixel the same place; None to damage the clean one.
        levels: what the net may be told of the damage; empty to draw a level.
    """

    clean: Pixels
    damaged: Pixels | None = None
    levels: tuple[float, ...] = ()

    def part(self, rows: slice, columns: slice) -> Specimen:
        """A copy of a part."""
        damaged = None if self.damaged is None else self.damaged[rows, columns].copy()
        return Specimen(self.clean[rows, columns].copy(), damaged, self.levels)


Read = Callable[[Path], Specimen]
"""Opens a picture to train with. Raises: ImageReadError, TrainingError."""


class Shelf(Protocol):
    """Gives pictures to cut patches from."""

    def draw(self, step: int, count: int, rng: torch.Generator) -> list[Specimen]:
        """Pictures for a step; a function of `step`, and of the seed of `rng`, alone."""


def read_clean(path: Path) -> Specimen:
    """A picture that is damaged later."""
    return Specimen(read_image(path).pixels)


def generator(*words: int) -> torch.Generator:
    """A generator that depends on these numbers alone."""
    seeds = np.random.SeedSequence(words).generate_state(1, np.uint64)
    return torch.Generator().manual_seed(int(seeds[0] >> np.uint64(1)))


def fill_shelf(
    folder: Path,
    pictures: Sequence[Path],
    least_px: int,
    seed: int,
    read: Read,
    on_unusable: Callable[[Path, str], None],
    largest_bytes: int = LARGEST_BYTES,
) -> Shelf:
    """Take the pictures of a folder, as many as are usable.

    Args:
        least_px: what a side must have.
        on_unusable: told of each that is left out, and why; later too, for what disappears.
    Raises: TrainingError: none is usable.
    """
    usable, total_bytes = [], 0
    for path in pictures:
        try:
            height, width, size_bytes = read_shape(path)
        except ImageReadError as error:
            on_unusable(path, error.reason)
            continue
        if min(height, width) < least_px:
            on_unusable(path, "too small to learn from")
            continue
        usable.append((path, height * width))
        total_bytes += size_bytes
    if total_bytes > largest_bytes:
        return _Changing(folder, usable, least_px, seed, read, on_unusable)
    specimens = [found for path, _ in usable if (found := _usable(path, least_px, read, on_unusable)) is not None]
    if not specimens:
        raise TrainingError(folder, f"none of its pictures is readable and at least {least_px} pixels wide")
    return _Whole(specimens)


def _usable(path: Path, least_px: int, read: Read, on_unusable: Callable[[Path, str], None]) -> Specimen | None:
    try:
        specimen = read(path)
    except (ImageReadError, TrainingError) as error:
        on_unusable(path, error.reason)
        return None
    if min(specimen.clean.shape[:2]) < least_px:
        on_unusable(path, "too small to learn from")
        return None
    return specimen


def _shares(areas: Sequence[int]) -> torch.Tensor:
    return torch.tensor([min(area, _AREA_CAP) for area in areas], dtype=torch.float64)


class _Whole:
    """All pictures in memory."""

    def __init__(self, specimens: list[Specimen]) -> None:
        self._specimens = specimens
        self._shares = _shares([found.clean.shape[0] * found.clean.shape[1] for found in specimens])

    def draw(self, step: int, count: int, rng: torch.Generator) -> list[Specimen]:
        chosen = torch.multinomial(self._shares, count, replacement=True, generator=rng)
        return [self._specimens[index] for index in chosen.tolist()]


class _Changing:
    """Some parts of pictures in memory. Which ones follows from seed and step, so a resumed run has the same."""

    def __init__(
        self,
        folder: Path,
        usable: list[tuple[Path, int]],
        least_px: int,
        seed: int,
        read: Read,
        on_unusable: Callable[[Path, str], None],
    ) -> None:
        self._folder, self._least_px, self._seed, self._read = folder, least_px, seed, read
        self._paths = [path for path, _ in usable]
        self._shares = _shares([area for _, area in usable])
        self._told: set[Path] = set()
        self._on_unusable = on_unusable
        self._groups: dict[int, tuple[int, tuple[Specimen, ...]]] = {}

    def draw(self, step: int, count: int, rng: torch.Generator) -> list[Specimen]:
        places = torch.randint(_PARTS, (count,), generator=rng)
        return [self._group(place // _GROUP, step)[place % _GROUP] for place in places.tolist()]

    def _group(self, number: int, step: int) -> tuple[Specimen, ...]:
        turn = (step // _STEPS_PER_GROUP + number) // _GROUPS
        held = self._groups.get(number)
        if held is None or held[0] != turn:
            self._groups[number] = held = (turn, self._take(generator(self._seed, number, turn, 1)))
        return held[1]

    def _take(self, rng: torch.Generator) -> tuple[Specimen, ...]:
        """Parts of one large picture, for opening it takes long, or of several small ones."""
        parts: list[Specimen] = []
        for _ in range(_TRIES):
            path = self._paths[int(torch.multinomial(self._shares, 1, generator=rng))]
            specimen = _usable(path, self._least_px, self._read, self._tell)
            if specimen is not None:
                height, width = specimen.clean.shape[:2]
                for _ in range(max(1, height * width // (2 * _PART_PX**2))):
                    parts.append(specimen.part(_some(height, rng), _some(width, rng)))
                    if len(parts) == _GROUP:
                        return tuple(parts)
        raise TrainingError(self._folder, "its pictures cannot be read any more; check the disk, then go on")

    def _tell(self, path: Path, reason: str) -> None:
        if path not in self._told:
            self._told.add(path)
            self._on_unusable(path, reason)


def _some(length: int, rng: torch.Generator) -> slice:
    taken = min(length, _PART_PX)
    start = integer(0, length - taken + 1, rng)
    return slice(start, start + taken)
