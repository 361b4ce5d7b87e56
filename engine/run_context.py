"""Progress and cancellation without Qt: what every long piece of engine work is handed."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass

from engine.errors import Canceled

_FINE = 10_000


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a piece of work has come.

    Attributes:
        done: units finished, 0 <= done <= total.
        total: units in all, > 0.
        unit: what is counted, e.g. "tile" or "step".
    """

    done: int
    total: int
    unit: str = "tile"


def _ignore(_: object) -> None:
    """Take a report and do nothing with it."""


class RunContext:
    """Carries progress out of the work and cancellation into it.

    Args:
        on_progress: called on the thread that works, whenever a unit begins, and at the end.
        on_notice: called with one sentence when the work goes on degraded
            (a smaller tile, another device), so that the user can be told.
    """

    def __init__(
        self,
        on_progress: Callable[[Progress], None] = _ignore,
        on_notice: Callable[[str], None] = _ignore,
    ) -> None:
        self._on_progress = on_progress
        self._on_notice = on_notice
        self._event = threading.Event()

    @property
    def is_canceled(self) -> bool:
        """Whether `cancel` was called."""
        return self._event.is_set()

    def cancel(self) -> None:
        """Ask the work to stop at its next checkpoint; safe from any thread, at any time."""
        self._event.set()

    def check_canceled(self) -> None:
        """Raise `Canceled` if the work was asked to stop."""
        if self._event.is_set():
            raise Canceled

    def report(self, done: int, total: int, *, unit: str = "tile") -> None:
        """Say how far the work has come; raises `Canceled` if it was asked to stop."""
        self.check_canceled()
        self._on_progress(Progress(done, total, unit))

    def without_progress(self) -> RunContext:
        """A context for a part of the work: it is canceled with this one, and reports nothing."""
        return self.reporting_to(_ignore)

    def reporting_to(self, on_progress: Callable[[Progress], None]) -> RunContext:
        """A context for a part of the work that reports elsewhere; it is canceled with this one."""
        part = RunContext(on_progress, self._on_notice)
        part._event = self._event
        return part

    def held_by(self, wait: Callable[[], None]) -> RunContext:
        """This context, but `wait` is called before each report: it returns when the work may go on."""

        def report(progress: Progress) -> None:
            wait()
            self.check_canceled()
            self._on_progress(progress)

        return self.reporting_to(report)

    def for_share(self, start: float, stop: float) -> RunContext:
        """A context for a part of the work that takes it from one fraction to another; canceled with this one."""

        def report(progress: Progress) -> None:
            fraction = start + (stop - start) * progress.done / progress.total
            self._on_progress(Progress(round(fraction * _FINE), _FINE, "part"))

        return self.reporting_to(report)

    def notify(self, sentence: str) -> None:
        """Tell the user, in one sentence, that the work goes on degraded."""
        self._on_notice(sentence)
