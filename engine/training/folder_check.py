"""Which pictures of a folder are good to train on: counted, and with a reason for each that is not."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from engine.errors import ImageReadError
from engine.jpeg import read_quality
from engine.run_context import RunContext
from engine.thumbnail import read_gray, read_shape

LEAST_PICTURES = 6
"""Of fewer, none can be spared to judge on."""

_SEEN_PX = 2000
_LEAST_QUALITY = 75
_LARGEST_BLUR = 0.55
_BLOCKS = 3
_LEAST_BLOCK_PX = 48
_TINY_PX = 24
_LEAST_ALIKE = 0.995
_BLUR_PX = 9


class Fault(StrEnum):
    """Why a picture is left out."""

    UNREADABLE = "unreadable"
    TOO_SMALL = "too small"
    BLURRED = "blurred"
    DUPLICATE = "duplicate"
    COMPRESSED = "too compressed"


@dataclass(frozen=True, slots=True)
class Refused:
    """A picture that is left out.

    Attributes:
        reason: half a sentence.
    """

    path: Path
    fault: Fault
    reason: str


@dataclass(frozen=True, slots=True)
class FolderReport:
    """What a check found.

    Attributes:
        usable: good pictures, by name.
        refused: the others.
    """

    usable: tuple[Path, ...]
    refused: tuple[Refused, ...] = field(default=())

    @property
    def is_enough(self) -> bool:
        """Whether there are enough to train and to judge on."""
        return len(self.usable) >= LEAST_PICTURES

    @property
    def counts(self) -> dict[Fault, int]:
        """How many pictures have each fault, for those that occur."""
        found = Counter(refused.fault for refused in self.refused)
        return {fault: found[fault] for fault in Fault if found[fault]}

    def to_json(self) -> dict[str, Any]:
        """Plain values."""
        refused = [{"path": str(one.path), "fault": one.fault, "reason": one.reason} for one in self.refused]
        return {"usable": len(self.usable), "counts": self.counts, "refused": refused}


def check_folder(pictures: Sequence[Path], least_px: int, ctx: RunContext) -> FolderReport:
    """Look at every picture, made small where it is large.

    Args:
        least_px: what a side must have.
    Raises: Canceled.
    """
    usable: list[Path] = []
    refused: list[Refused] = []
    tiny = _Seen()
    for number, path in enumerate(pictures):
        ctx.report(number, len(pictures), unit="picture")
        fault = _fault_of(path, least_px, tiny)
        if fault is None:
            usable.append(path)
        else:
            refused.append(Refused(path, *fault))
    return FolderReport(tuple(usable), tuple(refused))


def blur_of(gray: NDArray[np.float32]) -> float:
    """How much less changes from pixel to pixel than could: 0 sharp, 1 blurred; of the sharpest part of the picture.

    Args:
        gray: (H, W) 0..255.
    Source: Crété-Roffet et al. 2007, "The Blur Effect: Perception and Estimation with a New No-Reference Perceptual
        Blur Metric".
    """
    height, width = gray.shape
    blocks = max(1, min(_BLOCKS, height // _LEAST_BLOCK_PX, width // _LEAST_BLOCK_PX))
    rows, columns = height // blocks, width // blocks
    parts = [
        gray[top * rows : (top + 1) * rows, left * columns : (left + 1) * columns]
        for top in range(blocks)
        for left in range(blocks)
    ]
    return min(max(_blur_along(part), _blur_along(part.T)) for part in parts)


def _blur_along(part: NDArray[np.float32]) -> float:
    """Crété's measure down the columns: what of the differences is gone after blurring once more."""
    blurred = cv2.blur(part, (1, _BLUR_PX))
    before, after = np.abs(np.diff(part, axis=0)), np.abs(np.diff(blurred, axis=0))
    total = float(before.sum())
    return 1.0 if total < before.size * 0.05 else 1 - float(np.maximum(0, before - after).sum()) / total


class _Seen:
    """The pictures so far, tiny, to find those that are there twice."""

    def __init__(self) -> None:
        self._rows = np.empty((256, _TINY_PX * _TINY_PX), np.float32)
        self._paths: list[Path] = []

    def same_as(self, gray: NDArray[np.float32]) -> Path | None:
        """Which of them this one is."""
        if not self._paths:
            return None
        alike = self._rows[: len(self._paths)] @ _tiny(gray)
        best = int(alike.argmax())
        return self._paths[best] if alike[best] >= _LEAST_ALIKE else None

    def add(self, path: Path, gray: NDArray[np.float32]) -> None:
        """Remember one."""
        if len(self._paths) == len(self._rows):
            self._rows = np.concatenate([self._rows, np.empty_like(self._rows)])
        self._rows[len(self._paths)] = _tiny(gray)
        self._paths.append(path)


def _tiny(gray: NDArray[np.float32]) -> NDArray[np.float32]:
    """The picture as a direction: brightness and contrast do not matter."""
    small = cv2.resize(gray, (_TINY_PX, _TINY_PX), interpolation=cv2.INTER_AREA).reshape(-1)
    centred = small - small.mean()
    length = float(np.linalg.norm(centred))
    return np.asarray(centred / max(length, 1e-3), np.float32)


def _fault_of(path: Path, least_px: int, seen: _Seen) -> tuple[Fault, str] | None:
    try:
        height, width, _ = read_shape(path)
        if min(height, width) < least_px:
            return Fault.TOO_SMALL, f"{width} x {height} pixels, {least_px} are the least"
        with path.open("rb") as file:
            quality = read_quality(file)
        if quality is not None and quality < _LEAST_QUALITY:
            return Fault.COMPRESSED, f"saved as JPEG of quality {quality}, {_LEAST_QUALITY} is the least"
        gray = read_gray(path, _SEEN_PX).astype(np.float32)
    except ImageReadError as error:
        return Fault.UNREADABLE, error.reason
    except OSError:
        return Fault.UNREADABLE, "it cannot be read; copy it to another disk first"
    if (same := seen.same_as(gray)) is not None:
        return Fault.DUPLICATE, f"the same as {same.name}"
    seen.add(path, gray)
    if blur_of(gray) > _LARGEST_BLUR:
        return Fault.BLURRED, "nothing in it is sharp"
    return None
