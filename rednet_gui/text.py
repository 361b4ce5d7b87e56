"""The words for tasks, levels and durations."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, QLocale

translate = QCoreApplication.translate

_MINUTE_S, _HOUR_S = 90, 5400


@dataclass(frozen=True, slots=True)
class TaskText:
    """A task in words.

    Attributes:
        title: its name on screen.
        summary: what it does, a few words.
        help: what it does to a photo, one or two sentences.
        level_title: what its level is called; empty where it has none to choose.
        level_help: what the level means, one sentence.
        estimate: how an estimated level is shown; %1 is the number.
    """

    title: str
    summary: str
    help: str
    level_title: str = ""
    level_help: str = ""
    estimate: str = ""


def task_text(name: str) -> TaskText:
    """The words for the task called `name`. Raises: KeyError: it has none."""
    return (_of_noise_and_size() | _of_other_damage())[name]


def level_number(task_name: str, level: float) -> str:
    """A level on screen, with a digit behind the point unless it is whole; two for an enlargement."""
    digits = 2 if task_name == "super_resolution" else 1
    return QLocale().toString(float(level), "f", digits if round(level, digits) % 1 else 0)


def duration_words(seconds: float) -> str:
    """About how long something takes."""
    if seconds < _MINUTE_S:
        return translate("text", "about %1 s").replace("%1", QLocale().toString(max(1, round(seconds))))
    if seconds < _HOUR_S:
        return translate("text", "about %1 min").replace("%1", QLocale().toString(round(seconds / 60)))
    return translate("text", "about %1 h").replace("%1", QLocale().toString(seconds / 3600, "f", 1))


def time_left_words(seconds: float) -> str:
    """About how long something still takes."""
    return translate("text", "%1 left").replace("%1", duration_words(seconds))


def _of_noise_and_size() -> dict[str, TaskText]:
    return {
        "denoise": TaskText(
            translate("text", "Denoise"),
            translate("text", "Removes even grain"),
            translate("text", "Takes away grain that is the same everywhere, as of scans and film, and keeps edges."),
            translate("text", "Noise level"),
            translate(
                "text", "Higher takes away more noise, and fine detail too: 25 is strong grain, 5 is hardly seen."
            ),
            translate("text", "Estimated from the photo: %1"),
        ),
        "camera_noise": TaskText(
            translate("text", "Camera noise"),
            translate("text", "For photos at high ISO"),
            translate("text", "Takes away the noise that cameras leave in the dark: uneven, in blotches and colors."),
            translate("text", "Noise level"),
            translate("text", "Higher takes away more noise, and fine detail with it. High ISO is about 30."),
            translate("text", "Estimated from the photo: about %1"),
        ),
        "super_resolution": TaskText(
            translate("text", "Enlarge"),
            translate("text", "More pixels, sharp edges"),
            translate("text", "Makes a photo up to four times as wide and high, sharper than plain enlarging does."),
            translate("text", "Enlargement"),
            translate("text", "How many times larger each side becomes."),
        ),
    }


def _of_other_damage() -> dict[str, TaskText]:
    return {
        "deblock": TaskText(
            translate("text", "Remove JPEG artifacts"),
            translate("text", "Cleans up strong compression"),
            translate("text", "Takes away the blocks and halos that come from saving as a small JPEG file."),
            translate("text", "JPEG quality of the photo"),
            translate("text", "The quality that the photo was saved with: lower takes away more blocks, and detail."),
            translate("text", "The photo is like a JPEG file of about quality %1."),
        ),
        "deblur": TaskText(
            translate("text", "Deblur"),
            translate("text", "Sharpens with a known blur"),
            translate("text", "Sharpens a photo that is out of focus, soft or shaken; you show how it was blurred."),
            translate("text", "Noise level"),
            translate("text", "Higher sharpens with less noise, but less: 2 is a clean photo, 10 a noisy one."),
            translate("text", "Estimated from the photo: %1"),
        ),
        "inpaint": TaskText(
            translate("text", "Inpaint"),
            translate("text", "Fills scratches and holes"),
            translate("text", "Fills what you paint, such as scratches, dust or a date, from what lies around it."),
        ),
    }
