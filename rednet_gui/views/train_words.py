"""The words for what a check of a folder, a run and its model tell."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import QCoreApplication, QLocale

from rednet_gui.engine_words import in_words
from rednet_gui.models.own_models import OwnModel
from rednet_gui.models.training import Training
from rednet_gui.models.training_setup import LEAST_JUDGED
from rednet_gui.text import task_text, time_left_words
from rednet_gui.views.widgets import percent_words

translate = QCoreApplication.translate

_MOST_LINES = 12


def db_words(value: float, *, is_signed: bool = False) -> str:
    """A number of decibels."""
    words = QLocale().toString(abs(value), "f", 2)
    sign = ("+" if value >= 0 else "−") if is_signed else ("" if value >= 0 else "−")
    return translate("train", "%1 dB").replace("%1", f"{sign}{words}")


def check_words(training: Training) -> str:
    """What the check of the folder found."""
    report = training.report
    if training.checked is not None and report is None:
        return translate("train", "Looking at the photos… %1").replace("%1", percent_words(training.checked))
    if report is None:
        return training.problem
    counts = {str(fault): count for fault, count in report.counts.items()}
    faults = {
        "unreadable": translate("train", "unreadable: %1"),
        "too small": translate("train", "too small: %1"),
        "blurred": translate("train", "blurred: %1"),
        "duplicate": translate("train", "there twice: %1"),
        "too compressed": translate("train", "too compressed: %1"),
    }
    usable = translate("train", "Usable photos: %1").replace("%1", _number(len(report.usable)))
    found = [words.replace("%1", _number(counts[fault])) for fault, words in faults.items() if fault in counts]
    words = " · ".join([usable, *found])
    if not report.is_enough:
        words += "\n" + translate("train", "At least 6 are needed; add more, or choose another folder.")
    elif len(report.usable) < LEAST_JUDGED:
        words += "\n" + translate("train", "With 12 or more, it can also be told whether your model is better.")
    return words


def refused_words(training: Training) -> str:
    """Which photos are left out, and why: a few of them."""
    report = training.report
    if report is None:
        return ""
    lines = [f"{one.path.name}: {in_words(one.reason)}" for one in report.refused]
    if len(lines) > _MOST_LINES:
        lines[_MOST_LINES - 1 :] = ["…"]
    return "\n".join(lines)


def progress_words(training: Training) -> str:
    """How far the run is and how long it still takes."""
    state, locale = training.state, QLocale()
    words = (
        translate("train", "Step %1 of %2")
        .replace("%1", locale.toString(state.step))
        .replace("%2", locale.toString(state.steps))
    )
    if state.left_s is None:
        return words
    return f"{words} · {time_left_words(state.left_s)}"


def verdict_words(result: Mapping[str, Any]) -> tuple[str, str]:
    """The result in a title and a sentence."""
    gain = db_words(result["gain"], is_signed=True)
    both = (
        translate("train", "Yours: %1, stock: %2, measured on photos that neither learned from: %3.")
        .replace("%1", db_words(result["own"]))
        .replace("%2", db_words(result["stock"]))
        .replace("%3", _number(result["pictures"]))
    )
    if result["low"] is not None:
        both += " " + (
            translate("train", "With 95 % confidence the difference is between %1 and %2.")
            .replace("%1", db_words(result["low"], is_signed=True))
            .replace("%2", db_words(result["high"], is_signed=True))
        )
    if result["is_better"]:
        return translate("train", "Better than the stock model: %1").replace("%1", gain), both
    if result["low"] is None:
        both += " " + translate("train", "These are too few photos to tell.")
    elif result["gain"] > 0:
        both += " " + translate("train", "That may be chance.")
    if result["gain"] > 0:
        return translate("train", "Not clearly better than the stock model: %1").replace("%1", gain), both
    return translate("train", "Not better than the stock model: %1").replace("%1", gain), both


def card_words(model: OwnModel) -> str:
    """Where a model comes from and what it can do, line by line."""
    card, locale = model.card, QLocale()
    low, high = (locale.toString(value, "g", 4) for value in model.levels)
    lines = [
        translate("train", "Task: %1").replace("%1", task_text(model.task).title),
        translate("train", "Levels: %1 to %2").replace("%1", low).replace("%2", high),
    ]
    if "data" in card:
        photos = translate("train", "Photos: %1 (%2)").replace("%1", str(card["data"]))
        lines.append(photos.replace("%2", _number(int(card.get("pictures") or 0))))
    if card.get("date"):
        lines.append(translate("train", "Trained on %1").replace("%1", str(card["date"])))
    if isinstance(card.get("hours"), int | float):
        minutes = max(1, round(float(card["hours"]) * 60))
        lines.append(translate("train", "Training time: %1 min").replace("%1", _number(minutes)))
    if isinstance(card.get("gain"), int | float):
        gain = db_words(float(card["gain"]), is_signed=True)
        lines.append(translate("train", "Against the stock model: %1").replace("%1", gain))
    return "\n".join(lines)


def _number(value: int) -> str:
    return QLocale().toString(value)
