"""Finding out how large the file of an enlarged picture becomes."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Slot

from engine.errors import ImageWriteError
from engine.file_size import estimate_file_bytes
from engine.image_io import check_target
from engine.run_context import RunContext
from rednet_gui.engine_words import in_words
from rednet_gui.jobs import Runner
from rednet_gui.models.output_file import quality_for
from rednet_gui.models.output_size import OutputSize
from rednet_gui.models.session import Session
from rednet_gui.presenters.work import Work
from rednet_gui.settings import Settings

_SETTLED_MS = 150


@dataclass(frozen=True, slots=True)
class _Guess:
    file_bytes: int | None
    problem: str = ""


class SizePresenter(QObject):
    """Keeps `OutputSize` in step with the session.

    Attributes:
        size: what was found out.

    Args:
        runner: for short work on files; must not be the one that restores, which would make it wait.
    """

    def __init__(
        self, runner: Runner, session: Session, size: OutputSize, settings: Settings, *, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._session = session
        self.size = size
        self._settings = settings
        self._work = Work(runner, session, self)
        self._work.succeeded.connect(self._on_succeeded)
        self._timer = QTimer(self, singleShot=True, interval=_SETTLED_MS)
        self._timer.timeout.connect(self._start)
        for signal in (session.source_changed, session.task_changed, session.level_changed):
            signal.connect(self.follow)

    @Slot()
    def follow(self) -> None:
        """Find out anew, once nothing changes any more."""
        self._work.cancel()
        source = self._session.source
        self.size.tell(None, "" if source is None else source.format)
        if source is not None and self.size.is_meant:
            self._timer.start()

    @Slot()
    def _start(self) -> None:
        source, pixels = self._session.source, self.size.pixels
        if source is None or pixels is None or not self.size.is_meant:
            return
        width, height = pixels
        suffix, quality = source.format, quality_for(self._settings, source)

        def guess(ctx: RunContext) -> _Guess:
            try:
                check_target(Path.home() / f"enlarged{suffix}", width, height)
            except ImageWriteError as error:
                return _Guess(None, in_words(error.reason))
            return _Guess(estimate_file_bytes(source.image, (height, width), suffix, quality=quality))

        self._work.start(guess)

    @Slot(object)
    def _on_succeeded(self, guess: _Guess) -> None:
        self.size.tell(guess.file_bytes, self.size.suffix, guess.problem)
