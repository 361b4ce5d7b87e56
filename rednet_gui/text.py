"""The words for tasks and levels."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication


@dataclass(frozen=True, slots=True)
class TaskText:
    """A task in words.

    Attributes:
        title: its name on screen.
        summary: what it does, a few words.
        level_title: what its level is called; empty where it has none to choose.
        level_help: what the level means, one sentence.
        estimate: how an estimated level is shown; %1 is the number.
    """

    title: str
    summary: str
    level_title: str = ""
    level_help: str = ""
    estimate: str = ""


def task_text(name: str) -> TaskText:
    """The words for the task called `name`. Raises: KeyError: it has none."""
    return {
        "denoise": TaskText(
            _tr("Denoise"),
            _tr("Removes noise and grain"),
            _tr("Noise strength"),
            _tr("The standard deviation of the noise (sigma), in steps of an 8-bit picture."),
            _tr("Estimated from the photo: %1"),
        ),
        "super_resolution": TaskText(
            _tr("Enlarge"),
            _tr("More pixels, sharp edges"),
            _tr("Enlargement"),
            _tr("How many times larger each side becomes."),
        ),
        "deblock": TaskText(
            _tr("Remove JPEG artifacts"),
            _tr("Cleans up strong compression"),
            _tr("JPEG quality of the photo"),
            _tr("The quality that the photo was saved with: low means strong artifacts."),
        ),
        "deblur": TaskText(
            _tr("Deblur"),
            _tr("Sharpens with a known blur"),
            _tr("Noise strength"),
            _tr("The standard deviation of the noise (sigma), in steps of an 8-bit picture."),
        ),
        "inpaint": TaskText(_tr("Inpaint"), _tr("Fills scratches and holes")),
    }[name]


def _tr(text: str) -> str:
    return QCoreApplication.translate("text", text)
