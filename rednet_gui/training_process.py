"""Training in a process of its own, whose crash cannot take the window down; the only file that starts one."""

from __future__ import annotations

import json
import logging
import sys
from pathlib import Path

from PySide6.QtCore import QObject, QProcess, Signal, Slot

import engine

log = logging.getLogger(__name__)

_PATIENCE_MS = 5000


def training_program() -> tuple[str, list[str]]:
    """The command line of this program: beside the window's in the bundle, a module of Python elsewhere."""
    if getattr(sys, "frozen", False):
        window = Path(sys.executable)
        return str(window.with_name(f"rednet{window.suffix}")), []
    return sys.executable, ["-m", "engine.cli"]


class TrainingProcess(QObject):
    """Runs `rednet train --json --obey` and passes on what it tells.

    Signals:
        told: a dictionary, see `engine.cli.train_report.JsonReport`.
        ended: the exit code, and the last line of complaint; 130 for a run that was paused.
    """

    told = Signal(object)
    ended = Signal(int, str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._process: QProcess | None = None
        self._complaint = ""
        self._is_ended = True

    @property
    def is_running(self) -> bool:
        """Whether there is a run that has not ended."""
        return not self._is_ended

    def start(self, arguments: list[str]) -> None:
        """Run `rednet train` with more arguments; nothing else may be running."""
        assert not self.is_running
        program, first = training_program()
        process = self._process = QProcess(self)
        process.setWorkingDirectory(str(Path(engine.__file__).parents[1]))
        process.readyReadStandardOutput.connect(self._on_output)
        process.readyReadStandardError.connect(self._on_complaint)
        process.finished.connect(self._on_finished)
        process.errorOccurred.connect(self._on_error)
        self._complaint, self._is_ended = "", False
        log.info("training starts")
        process.start(program, [*first, "train", "--json", "--obey", *arguments])

    def pause(self) -> None:
        """Save the run and end it."""
        self._say(b"pause\n")

    def finish(self) -> None:
        """End the run as if this were its last step."""
        self._say(b"finish\n")

    def shutdown(self) -> None:
        """Save the run and end it before the window goes; what does not end loses a minute at most."""
        if self._process is not None and self.is_running:
            self._process.closeWriteChannel()
            if not self._process.waitForFinished(_PATIENCE_MS):
                self._process.kill()
                self._process.waitForFinished(_PATIENCE_MS)

    def _say(self, words: bytes) -> None:
        if self._process is not None and self.is_running:
            self._process.write(words)

    @Slot()
    def _on_output(self) -> None:
        assert self._process is not None
        while self._process.canReadLine():
            line = bytes(self._process.readLine().data())
            try:
                event = json.loads(line)
            except ValueError:
                log.info("training says %s", line)
                continue
            if isinstance(event, dict):
                self.told.emit(event)

    @Slot()
    def _on_complaint(self) -> None:
        assert self._process is not None
        lines = bytes(self._process.readAllStandardError().data()).decode(errors="replace").strip().splitlines()
        if lines:
            self._complaint = lines[-1].removeprefix("rednet: ")

    @Slot(int, QProcess.ExitStatus)
    def _on_finished(self, code: int, status: QProcess.ExitStatus) -> None:
        self._on_output()
        self._end(code if status is QProcess.ExitStatus.NormalExit else 1)

    @Slot(QProcess.ProcessError)
    def _on_error(self, error: QProcess.ProcessError) -> None:
        if error is QProcess.ProcessError.FailedToStart:
            self._end(1)

    def _end(self, code: int) -> None:
        if self._is_ended:
            return
        self._is_ended = True
        log.info("training ended with %d", code)
        assert self._process is not None
        self._process.deleteLater()
        self._process = None
        self.ended.emit(code, self._complaint)
