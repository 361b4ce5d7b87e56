"""How far a batch is, and what came of it, in words."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QLocale

from rednet_gui.models.batch import Batch, Stage
from rednet_gui.models.batch_table import Status
from rednet_gui.text import time_left_words

translate = QCoreApplication.translate


def progress_words(batch: Batch) -> str:
    """Such as "12 of 40 photos · 2 failed · about 3 min left"."""
    table, locale = batch.table, QLocale()
    done = translate("batch", "%1 of %2 photos")
    words = [done.replace("%1", locale.toString(table.settled)).replace("%2", locale.toString(table.rowCount()))]
    if failed := table.counts[Status.FAILED]:
        words.append(_with(translate("batch", "%1 failed"), failed))
    words.append(_stage_words(batch))
    return " · ".join(filter(None, words))


def outcome_words(batch: Batch) -> str:
    """What came of it when all is done."""
    done, failed, skipped = (batch.table.counts[status] for status in (Status.DONE, Status.FAILED, Status.SKIPPED))
    words = [_with(translate("batch", "%1 restored"), done)]
    if failed:
        words.append(_with(translate("batch", "%1 failed"), failed))
    if skipped:
        words.append(_with(translate("batch", "%1 skipped"), skipped))
    if batch.is_reporting:
        words.append(translate("batch", "writing the report…"))
    return " · ".join(words)


def _with(words: str, number: int) -> str:
    return words.replace("%1", QLocale().toString(number))


def _stage_words(batch: Batch) -> str:
    match batch.stage:
        case Stage.PAUSED:
            return translate("batch", "paused")
        case Stage.STOPPING:
            return translate("batch", "stopping…")
        case Stage.RUNNING if batch.is_held:
            return translate("batch", "waiting while one photo is restored")
        case Stage.RUNNING:
            remaining_s = batch.progress.remaining_s
            return "" if remaining_s is None else time_left_words(remaining_s)
    return ""
