"""What restoring a picture will take: known before it begins."""

from __future__ import annotations

import math
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from engine.device import available_memory_bytes
from engine.errors import ImageWriteError
from engine.file_size import estimate_file_bytes
from engine.image_io import Image, check_target, default_quality
from engine.large_arrays import IN_MEMORY_BYTES, scratch_folder
from engine.restore import Restorer
from engine.restore_steps import output_size
from engine.steps import Step, Steps
from engine.tasks import Level, Task, task_named

_CALM = 1.25  # an estimate is made of parts; what is refused must be clear


@dataclass(frozen=True, slots=True)
class RestorePlan:
    """What a run will take, about.

    Attributes:
        width, height: of the result.
        tiles: of all steps.
        memory_bytes: the most at a time, besides the program itself.
        seconds: of the nets; reading and saving come on top.
        file_bytes: of the result's file.
        scratch_bytes: of what lies on the disk while it is worked on.
        free_bytes: where the result goes.
        available_bytes: of main memory; None where that cannot be known.
    """

    width: int
    height: int
    tiles: int
    memory_bytes: int
    seconds: float
    file_bytes: int
    scratch_bytes: int
    free_bytes: int
    available_bytes: int | None = None

    @property
    def is_memory_short(self) -> bool:
        """Whether the run will have to do with smaller tiles, or without a result."""
        return self.available_bytes is not None and self.memory_bytes > self.available_bytes


def plan_restoration(
    image: Image,
    steps: Steps,
    target: Path,
    restorer_of: Callable[[Task], Restorer],
    *,
    quality: int | None = None,
) -> RestorePlan:
    """Find out what taking a picture through steps and saving it will take; nothing of it is done.

    Args:
        quality: of JPEG and WebP; None for that of the source.
    Raises: ImageWriteError: it cannot be saved there, or a disk is too small.
    """
    height, width = output_size(steps, image.height, image.width)
    check_target(target, width, height, pixel_bytes=image.channels * image.pixels.dtype.itemsize)
    tiles, memory, seconds, scratch = 0, 0, 0.0, 0
    size = (image.height, image.width)
    for step in steps.active:
        made = output_size(Steps((step,)), *size)
        outlook = restorer_of(task_named(step.task)).outlook(_level_of(step), *size, image.channels)
        arrays = [_bytes_of(image, shape) for shape in (size, _raw_size(step, size), made)]
        tiles, seconds = tiles + outlook.tiles, seconds + outlook.seconds
        in_memory = [array for array in arrays if array <= IN_MEMORY_BYTES]
        memory = max(memory, outlook.memory_bytes + sum(in_memory))
        scratch = max(scratch, sum(arrays) - sum(in_memory))
        size = made
    quality = quality or default_quality(image.metadata)
    file_bytes = estimate_file_bytes(image, (height, width), target.suffix, quality=quality)
    free = shutil.disk_usage(target.resolve().parent).free
    plan = RestorePlan(width, height, tiles, memory, seconds, file_bytes, scratch, free, available_memory_bytes())
    _check_room(plan, target)
    return plan


def _check_room(plan: RestorePlan, target: Path) -> None:
    if not plan.scratch_bytes:
        _refuse_if(2 * plan.file_bytes, plan.free_bytes, target, "the disk is too small")
        return
    try:
        folder = scratch_folder()
        is_same_disk = folder.stat().st_dev == target.resolve().parent.stat().st_dev
    except OSError as error:
        reason = "there is no folder for what is worked on; check the permissions of the user's cache folder"
        raise ImageWriteError(target, reason) from error
    while_saving = 2 * plan.file_bytes  # one is made of the other
    needed = while_saving + (plan.scratch_bytes if is_same_disk else 0)
    _refuse_if(needed, plan.free_bytes, target, "the disk is too small")
    if not is_same_disk:
        free = shutil.disk_usage(folder).free
        _refuse_if(plan.scratch_bytes, free, target, f"the disk of {folder}, for what is worked on, is too small")


def _refuse_if(needed: int, free: int, target: Path, reason: str) -> None:
    if needed > free * _CALM:
        amounts = f"about {needed / 2**20:.0f} MiB are needed and {free / 2**20:.0f} MiB are free"
        raise ImageWriteError(target, f"{reason}: {amounts}; make room or choose another disk")


def _bytes_of(image: Image, size: tuple[int, int]) -> int:
    samples = image.channels + (image.alpha is not None)
    return math.prod(size) * samples * np.dtype(image.pixels.dtype).itemsize


def _level_of(step: Step) -> Level:
    """As far as the amount of work depends on it."""
    return step.level_at(task_named(step.task).levels.default if step.level is None else step.level)


def _raw_size(step: Step, size: tuple[int, int]) -> tuple[int, int]:
    """Of what the net gives, before it is shrunk."""
    scale = task_named(step.task).scale(_level_of(step))
    return size[0] * scale, size[1] * scale
