"""Running the tasks that a picture goes through, each on what the one before gave."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path

from engine.errors import LevelError
from engine.image_io import Image
from engine.level_estimate import estimate_level
from engine.masks import Plane, read_mask, resampled, with_mask
from engine.run_context import RunContext
from engine.steps import FrozenArray, Step, Steps
from engine.strength import apply_strength
from engine.tasks import Level, Task, task_named
from engine.transparency import to_mix

_LIKE_SHAPES = 0.03  # of the ratio of two sides: as much as rounding makes of small masks

Restore = Callable[[Image, Task, Level, RunContext], Image]
"""`Restorer.restore` of a task."""

Estimate = Callable[[Image, Task], float]
"""Such as `engine.level_estimate.estimate_level`."""


@dataclass(frozen=True, slots=True)
class Done:
    """What came of a step.

    Attributes:
        step: with the level that was estimated, if it was, and the mask in it, if that lies in a file.
        restored: at full strength, everywhere.
        image: at the strength and within the mask of the step.
    """

    step: Step
    restored: Image
    image: Image

    @property
    def level(self) -> float:
        """What was used, in the task's unit."""
        level = self.step.estimated if self.step.level is None else self.step.level
        assert level is not None
        return level


def run_steps(
    image: Image, steps: Steps, restore: Restore, ctx: RunContext, *, estimate: Estimate = estimate_level
) -> tuple[Image, Steps]:
    """Take a picture through the steps that are on.

    Returns: the picture, and those steps with the levels that were estimated and the masks that lie in files.
    Raises: what `Restorer.restore` and reading a mask raise; Canceled.
    """
    done = []
    for step, (start, stop) in zip(steps.active, pairwise(_shares(image, steps)), strict=True):
        found = run_step(image, step, restore, ctx.for_share(start, stop), estimate=estimate)
        image = found.image
        done.append(found.step)
    return image, replace(steps, items=tuple(done))


def run_step(
    image: Image, step: Step, restore: Restore, ctx: RunContext, *, estimate: Estimate = estimate_level
) -> Done:
    """One step, on or not. Raises: as `run_steps`."""
    ctx.check_canceled()
    task, step = task_named(step.task), _with_mask(step)
    value = step.level
    if value is None:
        value = _automatic(image, task, estimate)
        step = replace(step, estimated=value)
    level = step.level_at(value)
    if isinstance(step.mask, FrozenArray) and _is_stretched(step.mask.shape, image):
        ctx.notify("The mask has another shape than the picture, to which it is stretched.")
    if task.needs_mask and (mask := mask_of(step, image)) is not None:
        level = with_mask(level, mask)
    restored = restore(image, task, level, ctx)
    return Done(step, restored, finish(image, restored, step))


def _is_stretched(shape: tuple[int, int], image: Image) -> bool:
    """Whether a mask of that shape is more than a smaller or a larger one of the picture's."""
    return abs(shape[1] * image.height / (shape[0] * image.width) - 1) > _LIKE_SHAPES


def finish(image: Image, restored: Image, step: Step) -> Image:
    """What a step makes of what the network gave: at its strength, where it counts."""
    mask = None if task_named(step.task).needs_mask else mask_of(step, image)
    if step.strength.is_neutral and mask is None:
        return restored
    return apply_strength(to_mix(image, restored), restored, step.strength, mask=mask)


def mask_of(step: Step, image: Image) -> Plane | None:
    """The mask of a step, as large as the picture. Raises: LevelError: it is not kept; ImageReadError."""
    if step.mask is None:
        return None
    if step.mask == "":
        raise LevelError(step.task, "the step had a mask that was painted and not kept, so give another one")
    mask = read_mask(Path(step.mask)) if isinstance(step.mask, str) else step.mask.to_array()
    return resampled(mask, image.width, image.height)


def with_masks(steps: Steps) -> Steps:
    """Those that are on, with the masks in them that lie in files. Raises: ImageReadError."""
    return replace(steps, items=tuple(map(_with_mask, steps.active)))


def _with_mask(step: Step) -> Step:
    if not isinstance(step.mask, str) or step.mask == "":
        return step
    return replace(step, mask=FrozenArray.of(read_mask(Path(step.mask))))


def output_size(steps: Steps, height: int, width: int) -> tuple[int, int]:
    """Height and width after all steps that are on."""
    for step in steps.active:
        task = task_named(step.task)
        height, width = task.output_size(Level(_value_for_size(step, task)), height, width)
    return height, width


def _automatic(image: Image, task: Task, estimate: Estimate) -> float:
    has_choice = task.levels.minimum < task.levels.maximum
    return estimate(image, task) if has_choice else task.levels.default


def _shares(image: Image, steps: Steps) -> list[float]:
    """Which fraction of the work is done before each step, and after the last: by the pixels that it makes."""
    height, width = image.pixels.shape[:2]
    totals = [0]
    for number in range(1, len(steps.active) + 1):
        made_height, made_width = output_size(replace(steps, items=steps.active[:number]), height, width)
        totals.append(totals[-1] + made_height * made_width)
    return [total / max(1, totals[-1]) for total in totals]


def _value_for_size(step: Step, task: Task) -> float:
    return task.levels.default if step.level is None else step.level
