"""Steps as the window makes them."""

from __future__ import annotations

from dataclasses import replace

from engine.steps import FrozenArray, Step
from engine.tasks import Level, Task, task_named
from rednet_gui.models.limit import LimitMode
from rednet_gui.models.mask import Painting
from rednet_gui.models.picture_state import PictureState
from rednet_gui.models.session import Session, Snapshot, Source


def step_of(task: Task, level: Level, *, is_auto: bool = False) -> Step:
    """What a run does: the task at that level, which was estimated if `is_auto`."""
    return Step(
        task.name,
        None if is_auto else level.value,
        kernel=None if level.kernel is None else FrozenArray.of(level.kernel.numpy()),
        mask=None if level.opacity is None else FrozenArray.of(level.opacity[0].numpy()),
        estimated=level.value if is_auto else None,
    )


def chosen_step(session: Session) -> Step:
    """What is chosen, with the mask as it is painted now, be it of use or not."""
    if session.mask.is_empty:
        mask = None if session.task.needs_mask else session.limit.value
        return replace(session.step, mask=mask, paint=painted(session))
    mask = session.mask.painting.value() if session.task.needs_mask else session.limit.value
    return replace(session.step, mask=mask, paint=painted(session) if mask is None else None)


def painted(session: Session) -> FrozenArray | str | None:
    """What is painted, as steps hold it; None for nothing."""
    painting = session.mask.painting
    return (painting.unread or None) if session.mask.is_empty else painting.value()


def snapshot_at(source: Source, step: Step, *, wants_auto: bool, limit: LimitMode = LimitMode.EVERYWHERE) -> Snapshot:
    """A picture about to go through a step.

    Args:
        wants_auto: whether the level follows the estimate for tasks that have one, should the step's have none.
        limit: what a mask does that the step does not have yet.
    """
    task = task_named(step.task)
    wants_auto = step.level is None or (wants_auto and not task.can_estimate)
    if step.mask is not None:
        limit = LimitMode.EVERYWHERE if task.needs_mask else LimitMode.ONLY
    level = task.levels.default if step.level is None else step.level
    state = PictureState(step.task, level, wants_auto, limit=limit)
    held = step.mask if step.paint is None and isinstance(step.mask, FrozenArray) else step.paint
    painting = Painting.of(held, source.view.width, source.view.height)
    return Snapshot(source, state, None, False, None, step.strength, painting)


def finished_step(session: Session) -> Step | None:
    """The step that gives what is shown: the result at the session's strength, where it counts; None without one."""
    result = session.result
    if result is None:
        return None
    limit = session.limit_of(result.task)
    mask = result.step.mask if limit is None else FrozenArray.of(limit)
    return replace(result.step, strength=session.strength, mask=mask)
