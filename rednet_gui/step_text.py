"""Says in the user's words what steps do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QLocale

from rednet_gui.text import level_number, task_text

if TYPE_CHECKING:
    from engine.image_io import Image
    from engine.steps import Steps

translate = QCoreApplication.translate


def describe_steps(steps: Steps) -> str:
    """What the steps that are on will do, in one line."""
    return " → ".join(_step_words(step.task, step.level) for step in steps.active)


def describe_done(restored: Image, steps: Steps) -> str:
    """What the steps have done, at what levels, and the size that came of them, in one line."""
    done = " → ".join(_step_words(step.task, step.level, step.estimated) for step in steps.active)
    size = translate("steps", "%1 × %2 pixels")
    for place, length in (("%1", restored.width), ("%2", restored.height)):
        size = size.replace(place, QLocale().toString(length))
    return f"{done}, {size}"


def level_words(task: str, level: float | None, estimated: float | None = None) -> str:
    """A level in the task's unit; of an automatic one what it turned out to be, if that is known."""
    if level is not None:
        return _with_unit(task, level)
    if estimated is None:
        return translate("steps", "auto")
    return translate("steps", "auto %1").replace("%1", _with_unit(task, estimated))


def _step_words(task: str, level: float | None, estimated: float | None = None) -> str:
    words = task_text(task)
    return f"{words.title} ({level_words(task, level, estimated)})" if words.level_title else words.title


def _with_unit(task: str, level: float) -> str:
    words = {"super_resolution": "%1×", "deblock": translate("steps", "quality %1")}.get(task, "%1")
    return words.replace("%1", level_number(task, level))
