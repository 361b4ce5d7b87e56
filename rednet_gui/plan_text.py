"""What a restoration will take, in words."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QLocale

from engine.restore_plan import RestorePlan
from rednet_gui.text import duration_words

translate = QCoreApplication.translate


def describe_plan(plan: RestorePlan) -> str:
    """All of it, in one line."""
    amount = QLocale().formattedDataSize
    words = translate("plan", "Restoring: %1, %2, %3 of memory; file %4, %5 free")
    tiles = translate("plan", "1 tile") if plan.tiles == 1 else _counted(translate("plan", "%1 tiles"), plan.tiles)
    for number, fact in enumerate((duration_words(plan.seconds), tiles, amount(plan.memory_bytes, 1)), 1):
        words = words.replace(f"%{number}", fact)
    return words.replace("%4", amount(plan.file_bytes, 1)).replace("%5", amount(plan.free_bytes, 0))


def describe_shortage(plan: RestorePlan | None, problem: str) -> str:
    """What will not do; empty if all will.

    Args:
        problem: why the result could not be saved, half a sentence.
    """
    if problem:
        return translate("plan", "It could not be saved: %1.").replace("%1", problem)
    if plan is None or not plan.is_memory_short or plan.available_bytes is None:
        return ""
    amount = QLocale().formattedDataSize
    words = translate("plan", "It needs about %1 of memory, and %2 is free: close other programs, or it becomes slow.")
    return words.replace("%1", amount(plan.memory_bytes, 1)).replace("%2", amount(plan.available_bytes, 1))


def _counted(words: str, count: int) -> str:
    return words.replace("%1", QLocale().toString(count))
