"""What was done to a picture, in words."""

from __future__ import annotations

from engine.image_io import Image
from engine.steps import Step, Steps
from engine.tasks import task_named


def describe_step(step: Step) -> str:
    """A step for people."""
    task = task_named(step.task)
    level = step.estimated if step.level is None else step.level
    value = "estimated" if level is None else f"{level:.3g}"
    return f"{task.name}, {task.levels.unit} {value}"


def describe(restored: Image, steps: Steps) -> str:
    """All steps, and the size that came of them."""
    return f"{'; '.join(map(describe_step, steps.active))}, {restored.width} x {restored.height}"
