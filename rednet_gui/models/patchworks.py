"""Results in the making, kept so that going back to a level goes on where it was left."""

from __future__ import annotations

import hashlib
from collections import OrderedDict

from torch import Tensor

from engine.image_io import Image
from engine.order import Patchwork
from engine.tasks import Level, Task

_LARGEST_BYTES = 1_000_000_000

Key = tuple[str, float, bytes, bytes, bytes]


class Patchworks:
    """The results of the picture that was restored last, at several levels, as far as they were computed."""

    def __init__(self, largest_bytes: int = _LARGEST_BYTES) -> None:
        self._largest_bytes = largest_bytes
        self._image: Image | None = None
        self._kept: OrderedDict[Key, Patchwork] = OrderedDict()

    def find(self, image: Image, task: Task, level: Level) -> Patchwork | None:
        """What there is of a picture at a level."""
        if self._image is None or image.pixels is not self._image.pixels:
            self._image = image
            self._kept.clear()
        return self._kept.get(_key(task, level))

    def keep(self, task: Task, level: Level, work: Patchwork) -> None:
        """Remember a result of the picture that was asked for last; the oldest go when there are too many."""
        key = _key(task, level)
        self._kept[key] = work
        self._kept.move_to_end(key)
        while len(self._kept) > 1 and sum(kept.pixels.nbytes for kept in self._kept.values()) > self._largest_bytes:
            self._kept.popitem(last=False)


def _key(task: Task, level: Level) -> Key:
    # What is shrunk afterwards is computed once for several sizes.
    return (
        task.name,
        task.network_level(level).value,
        _digest(level.kernel),
        _digest(level.mask),
        _digest(level.opacity),
    )


def _digest(plane: Tensor | None) -> bytes:
    return b"" if plane is None else hashlib.blake2b(plane.contiguous().numpy().tobytes()).digest()
