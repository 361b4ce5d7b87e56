"""What the commands share: lines for pipes, a live bar for terminals, Ctrl-C."""

from __future__ import annotations

import os
import signal
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import TextIO

from rich.console import Console
from rich.progress import BarColumn, Progress, TaskID, TextColumn, TimeRemainingColumn

from engine import run_context
from engine.run_context import RunContext

CANCELED_EXIT = 130
_LINE_EVERY_S = 10.0
_CONSOLE = Console(stderr=True, highlight=False)


def say(line: str) -> None:
    """One line of results."""
    _print(line, sys.stdout)


def complain(line: str) -> None:
    """One line about something that went wrong."""
    _print(f"rednet: {line}", sys.stderr)


def _print(line: str, stream: TextIO | None) -> None:
    """Where nobody reads any more, or a disk is full, nothing is told, and the work goes on."""
    if stream is None:
        return
    try:
        print(line, file=stream, flush=True)
    except OSError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())  # or Python complains of it at its end


@contextmanager
def live_context(title: str, *, amount: float = 0, unit: str = "", has_bar: bool = True) -> Iterator[RunContext]:
    """A context with a live bar on a terminal and a line now and then in a pipe; Ctrl-C cancels it.

    Args:
        title: what is worked on.
        amount, unit: the size of the work, to show a rate, e.g. 24.2 and "MP".
        has_bar: False to show nothing, for output that a program reads.
    """
    with Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        TextColumn("{task.percentage:>3.0f} %"),
        TextColumn("{task.fields[rate]}"),
        TimeRemainingColumn(),
        console=_CONSOLE,
        transient=True,
        disable=not (has_bar and _CONSOLE.is_terminal),
        redirect_stdout=sys.stdout is not None and sys.stdout.isatty(),
    ) as bar:
        meter = _Meter(bar, bar.add_task(title, total=None, rate=""), title, amount, unit)
        ctx = RunContext(meter.update if has_bar else _nothing, complain)
        with _canceled_by_signals(ctx):
            yield ctx


def _nothing(progress: run_context.Progress) -> None:
    """Show nothing."""


class _Meter:
    """Shows progress and rate; the rate counts from the first report, since a resumed run starts late."""

    def __init__(self, bar: Progress, row: TaskID, title: str, amount: float, unit: str) -> None:
        self._bar, self._row, self._title, self._amount, self._unit = bar, row, title, amount, unit
        self._first: tuple[float, float] | None = None
        self._told_at = time.monotonic()

    def update(self, progress: run_context.Progress) -> None:
        now = time.monotonic()
        fraction = progress.done / progress.total
        started, before = self._first = self._first or (now, fraction)
        speed = (fraction - before) / max(now - started, 1e-3)
        rate = f"{speed * (self._amount or progress.total):.2f} {self._unit or f'{progress.unit}s'}/s"
        self._bar.update(self._row, completed=progress.done, total=progress.total, rate=rate)
        if not _CONSOLE.is_terminal and now - self._told_at > _LINE_EVERY_S and speed > 0:
            self._told_at = now
            line = f"{self._title}: {fraction:.0%}, {rate}, {(1 - fraction) / speed:.0f} s left"
            _print(line, sys.stderr)


@contextmanager
def _canceled_by_signals(ctx: RunContext) -> Iterator[None]:
    """Ctrl-C or a termination cancels the work; a second one ends the program at once."""
    numbers = (signal.SIGINT, signal.SIGTERM)

    def cancel(number: int, frame: FrameType | None) -> None:
        ctx.cancel()
        restore()

    def restore() -> None:
        for number, handler in before.items():
            signal.signal(number, handler)

    before = {number: signal.signal(number, cancel) for number in numbers}
    try:
        yield
    finally:
        restore()
