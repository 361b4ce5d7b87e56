"""What the commands share: lines for pipes, a live bar for terminals, Ctrl-C."""

from __future__ import annotations

import signal
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

from rich.console import Console
from rich.progress import BarColumn, Progress, TaskID, TextColumn, TimeRemainingColumn

from engine import run_context
from engine.run_context import RunContext

CANCELED_EXIT = 130
_CONSOLE = Console(stderr=True, highlight=False)


def say(line: str) -> None:
    """One line of results."""
    print(line, flush=True)


def complain(line: str) -> None:
    """One line about something that went wrong."""
    print(f"rednet: {line}", file=sys.stderr, flush=True)


@contextmanager
def live_context(title: str, *, amount: float = 0, unit: str = "") -> Iterator[RunContext]:
    """A context with a live bar on a terminal and nothing in a pipe; Ctrl-C cancels it.

    Args:
        title: what is worked on.
        amount, unit: the size of the work, to show a rate, e.g. 24.2 and "MP".
    """
    with Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        TextColumn("{task.percentage:>3.0f} %"),
        TextColumn("{task.fields[rate]}"),
        TimeRemainingColumn(),
        console=_CONSOLE,
        transient=True,
        disable=not _CONSOLE.is_terminal,
    ) as bar:
        meter = _Meter(bar, bar.add_task(title, total=None, rate=""), amount, unit)
        ctx = RunContext(meter.update, complain)
        with _canceled_by_interrupt(ctx):
            yield ctx


class _Meter:
    def __init__(self, bar: Progress, row: TaskID, amount: float, unit: str) -> None:
        self._bar, self._row, self._amount, self._unit = bar, row, amount, unit
        self._started = time.monotonic()

    def update(self, progress: run_context.Progress) -> None:
        seconds = max(time.monotonic() - self._started, 1e-3)
        unit = self._unit or f"{progress.unit}s"
        rate = (self._amount or progress.total) * progress.done / progress.total / seconds
        self._bar.update(self._row, completed=progress.done, total=progress.total, rate=f"{rate:.2f} {unit}/s")


@contextmanager
def _canceled_by_interrupt(ctx: RunContext) -> Iterator[None]:
    def cancel(number: int, frame: FrameType | None) -> None:
        ctx.cancel()

    previous = signal.signal(signal.SIGINT, cancel)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, previous)
