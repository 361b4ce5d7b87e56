"""The restoration tasks."""

from __future__ import annotations

from engine.tasks.base import Level, LevelRange, Task
from engine.tasks.camera_noise import CameraNoise
from engine.tasks.deblock import Deblock
from engine.tasks.deblur import Deblur
from engine.tasks.denoise import Denoise
from engine.tasks.inpaint import Inpaint
from engine.tasks.super_resolution import SuperResolution

TASKS: tuple[Task, ...] = (Denoise(), CameraNoise(), SuperResolution(), Deblock(), Deblur(), Inpaint())
"""Every task, in the order in which they are shown."""


def task_named(name: str) -> Task:
    """The task called `name`; `KeyError` if there is none."""
    return {task.name: task for task in TASKS}[name]


__all__ = ["TASKS", "Level", "LevelRange", "Task", "task_named"]
