"""Which level suits a picture, from its middle."""

from __future__ import annotations

import numpy as np

from engine.image_io import Image
from engine.tasks import Task
from engine.tensors import to_tensor
from engine.transparency import visible_part

_LOOKED_AT_PX = 1024  # from the middle to all sides


def estimate_level(image: Image, task: Task) -> float:
    """The level that a task guesses from the picture, in its unit. Raises: LevelError: it cannot guess."""
    rows, columns = map(_middle, visible_part(image))
    pixels = image.pixels[rows, columns]
    if image.alpha is not None:  # constant, which no task takes for a part of the photo
        pixels = np.where(image.alpha[rows, columns, None] == 0, np.zeros_like(pixels), pixels)
    return task.estimate_level(to_tensor(pixels), image.metadata)


def _middle(side: slice) -> slice:
    middle = (side.start + side.stop) // 2
    return slice(max(side.start, middle - _LOOKED_AT_PX), min(side.stop, middle + _LOOKED_AT_PX))
