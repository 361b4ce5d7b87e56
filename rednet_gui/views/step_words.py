"""What a step does, in a few words."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from rednet_gui.engine_words import in_words
from rednet_gui.models.presets import Preset
from rednet_gui.models.session import Session
from rednet_gui.step_text import describe_steps, level_words
from rednet_gui.text import task_text
from rednet_gui.views.widgets import percent_words

translate = QCoreApplication.translate


def step_details(session: Session, number: int) -> str:
    """The level of a step, its strength and where it works; as the session has them if it is the current one."""
    line = session.steps.line
    step, is_current = line.items[number], number == line.current
    words = [_level_words(session, number)] if task_text(step.task).level_title else []
    amount = (step.strength.luma + step.strength.color) / 2
    if amount < 1:
        words.append(percent_words(amount))
    if step.strength.texture:
        words.append(translate("steps", "texture %1").replace("%1", percent_words(step.strength.texture)))
    has_mask = session.limit_of(step.task) is not None if is_current else step.mask is not None
    if has_mask:
        words.append(translate("steps", "painted part"))
    return " · ".join(words)


def _level_words(session: Session, number: int) -> str:
    step = session.steps.line.items[number]
    return level_words(step.task, step.level, _estimated(session, number))


def _estimated(session: Session, number: int) -> float | None:
    """What an automatic level turned out to be; None if the step has not run."""
    line, source = session.steps.line, session.source
    if number == line.current:
        return session.estimate
    before = [index for index, step in enumerate(line.items[: line.current]) if step.is_on]
    has_run = source is not None and number in before and len(before) == len(source.done)
    return source.done[before.index(number)].estimated if source is not None and has_run else None


def steps_words(preset: Preset) -> str:
    """What a preset does, in one line; or why it cannot be used."""
    if preset.steps is None:
        reason = translate("steps", "It cannot be used: %1.")
        return reason.replace("%1", in_words(preset.reason))
    return describe_steps(preset.steps)
