"""What `rednet train` tells: lines for people, or one JSON object a line for programs, which can answer."""

from __future__ import annotations

import json
import os
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from engine.cli.terminal import complain, say
from engine.run_context import Progress, RunContext
from engine.training.comparison import Comparison
from engine.training.folder_check import FolderReport

_EVERY_S = 0.5
_WARM_UP_STEPS, _SETTLED_STEPS = 2, 2
_NICENESS = 5


class Report:
    """Is told what happens, and says nothing: of processes that train together one tells."""

    def tell(self, event: str, **facts: Any) -> None:
        """Something happened, see `JsonReport`."""

    def record(self, record: dict[str, Any]) -> None:
        """A line of the curves."""

    def progress(self, progress: Progress) -> None:
        """A step begins."""

    def left_out(self, path: Path, reason: str) -> None:
        """A picture cannot be used."""

    def checked(self, report: FolderReport) -> None:
        """What the check of the folder found."""

    def result(self, comparison: Comparison) -> None:
        """How the model compares with the one to beat."""


class LineReport(Report):
    """For people."""

    def tell(self, event: str, **facts: Any) -> None:
        if event == "done":
            say(f"The model is {facts['model']}.")
        elif event == "kept":
            say(f"It is kept as “{facts['name']}”.")

    def record(self, record: dict[str, Any]) -> None:
        if "validation" in record:
            scores = ", ".join(f"{score:.2f} dB at {level}" for level, score in record["validation"].items())
            say(f"step {record['step']}: {scores}")
        elif "skipped_loss" in record:
            complain(f"Step {record['step']} diverged and was skipped.")
        elif record.get("given_up"):
            complain("Learning goes astray; the best model so far is kept.")

    def progress(self, progress: Progress) -> None:
        """The bar shows it."""

    def left_out(self, path: Path, reason: str) -> None:
        complain(f"Left out {path}: {reason}.")

    def checked(self, report: FolderReport) -> None:
        for refused in report.refused:
            say(f"{refused.path}: {refused.fault}: {refused.reason}")
        counts = "".join(f", {count} {fault}" for fault, count in report.counts.items())
        say(f"{len(report.usable)} usable{counts}")

    def result(self, comparison: Comparison) -> None:
        words = f"{comparison.own:.2f} dB, stock {comparison.stock:.2f} dB: {comparison.gain:+.2f} dB"
        if comparison.low is not None:
            words += f" ({comparison.low:+.2f} to {comparison.high:+.2f})"
        if comparison.low is None:
            verdict = "too few to tell"
        else:
            verdict = "better" if comparison.is_better else "not measurably better"
        say(f"{words} on {comparison.pictures} held-out pictures: {verdict}.")


class JsonReport(Report):
    """For programs. Each line has an "event":

    start: what is trained: "task", "step", "steps", "pictures", "held_out", "previews".
    notice: a sentence, "text". error: the last line, a sentence, "text".
    stock: the scores to beat, "scores" by level.
    progress: "step", "steps", "seconds" so far, "left_s" still to go or null.
    curve: a line of curves.jsonl: "loss", or "validation" by level, "skipped_loss", "revived" or "given_up".
    preview: the pictures in the folder "previews" are those of "step" now.
    check, result: see `FolderReport` and `Comparison`. done: "model", "step". kept: "name".
    """

    def __init__(self) -> None:
        self._told_s = -_EVERY_S
        self._first, self._reports = (0.0, 0), 0

    def tell(self, event: str, **facts: Any) -> None:
        say(json.dumps({"event": event, **facts}))

    def record(self, record: dict[str, Any]) -> None:
        self.tell("curve", **record)

    def progress(self, progress: Progress) -> None:
        """Tell it twice a second; the time left is measured from the third step on, when all is warm."""
        now = time.monotonic()
        self._reports += 1
        if self._reports <= _WARM_UP_STEPS + 1:
            self._first = (now, progress.done)
        if now - self._told_s < _EVERY_S and progress.done < progress.total:
            return
        self._told_s = now
        elapsed, done = now - self._first[0], progress.done - self._first[1]
        left_s = None if done < _SETTLED_STEPS else round(elapsed / done * (progress.total - progress.done), 1)
        self.tell("progress", step=progress.done, steps=progress.total, left_s=left_s)

    def left_out(self, path: Path, reason: str) -> None:
        self.tell("notice", text=f"Left out {path.name}: {reason}.")

    def checked(self, report: FolderReport) -> None:
        self.tell("check", **report.to_json())

    def result(self, comparison: Comparison) -> None:
        self.tell("result", **comparison.to_json())


@contextmanager
def obeying(ctx: RunContext, finish: Callable[[], None]) -> Iterator[None]:
    """Do what standard input says: "finish" ends the run early, "pause", or its end, saves the run and ends.

    A signal would not do on Windows, nor when the program that started this one has crashed.
    """

    def listen() -> None:
        # Not through sys.stdin: its lock, held while this waits, would stop the interpreter from ending.
        while words := os.read(sys.stdin.fileno(), 1024).split():
            if b"finish" in words:
                finish()
            if b"pause" in words:
                break
        ctx.cancel()

    if hasattr(os, "nice"):
        os.nice(_NICENESS)  # the window that started this stays quick
    threading.Thread(target=listen, name="commands", daemon=True).start()
    yield
