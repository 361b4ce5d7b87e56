"""Steps as the window makes them."""

from __future__ import annotations

from dataclasses import replace

from engine.steps import Plane, Step
from engine.tasks import Level, Task
from rednet_gui.models.session import Session


def step_of(task: Task, level: Level, *, is_auto: bool = False) -> Step:
    """What a run does: the task at that level, which was estimated if `is_auto`."""
    return Step(
        task.name,
        None if is_auto else level.value,
        kernel=None if level.kernel is None else Plane.of(level.kernel.numpy()),
        mask=None if level.opacity is None else Plane.of(level.opacity[0].numpy()),
        estimated=level.value if is_auto else None,
    )


def finished_step(session: Session) -> Step | None:
    """The step that gives what is shown: the result at the session's strength, where it counts; None without one."""
    result = session.result
    if result is None:
        return None
    limit = session.limit_of(result.task)
    mask = result.step.mask if limit is None else Plane.of(limit)
    return replace(result.step, strength=session.strength, mask=mask)
