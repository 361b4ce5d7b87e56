"""Noting in the model of the Train page what the process of a training tells."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Slot

from rednet_gui.engine_words import in_words
from rednet_gui.models.training import RunState, Stage, Training
from rednet_gui.training_process import TrainingProcess

_PAUSED_EXIT = 130


class RunFollower(QObject):
    """Starts the process and follows it.

    Args:
        load_previews: called with the folder of a run whose pictures are new.
        notice: called with sentences.
    """

    def __init__(
        self,
        process: TrainingProcess,
        training: Training,
        load_previews: Callable[[Path], None],
        notice: Callable[[str], None],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._process, self._training = process, training
        self._load_previews, self._notice = load_previews, notice
        self._problem, self._is_done = "", False
        self._acts: dict[str, Callable[[dict[str, Any]], None]] = {
            "start": lambda event: training.set_state(RunState(event["step"], event["steps"])),
            "stock": self._on_stock,
            "progress": lambda event: training.set_state(RunState(event["step"], event["steps"], event["left_s"])),
            "curve": self._on_curve,
            "preview": self._on_preview,
            "result": self._on_result,
            "done": self._on_done,
            "notice": lambda event: notice(in_words(event["text"])),
            "error": self._on_error,
        }
        process.told.connect(self._on_told)
        process.ended.connect(self._on_ended)

    def start(self, folder: Path) -> None:
        """Begin the run of a folder, or go on with it."""
        self._problem, self._is_done = "", False
        self._process.start(["--run", str(folder), "--compare"])

    @Slot(object)
    def _on_told(self, event: dict[str, Any]) -> None:
        act = self._acts.get(str(event.get("event")))
        if act is not None:
            act(event)

    def _on_stock(self, event: dict[str, Any]) -> None:
        self._training.set_stock(event["scores"])
        if self._training.stage is Stage.STARTING:
            self._training.set_stage(Stage.RUNNING)

    def _on_curve(self, event: dict[str, Any]) -> None:
        self._training.add_record(event)
        if event.get("rolled_back"):
            self._notice(self.tr("The training went astray; it goes on from its last good state."))
        if event.get("given_up"):
            self._notice(self.tr("The training went astray and did not recover; its best state so far is judged."))

    def _on_preview(self, event: dict[str, Any]) -> None:
        if self._training.run is not None:
            self._load_previews(self._training.run)

    def _on_result(self, event: dict[str, Any]) -> None:
        self._training.set_result({key: value for key, value in event.items() if key != "event"})

    def _on_done(self, event: dict[str, Any]) -> None:
        self._is_done = True

    def _on_error(self, event: dict[str, Any]) -> None:
        self._problem = in_words(event["text"])

    @Slot(int, str)
    def _on_ended(self, code: int, complaint: str) -> None:
        if self._is_done and self._training.result is not None:
            self._training.set_stage(Stage.ENDED)
        elif code == _PAUSED_EXIT:
            self._training.set_stage(Stage.PAUSED)
        else:
            unknown = self.tr("The training ended unexpectedly; it goes on from the last minute that was saved.")
            self._training.set_stage(Stage.PAUSED, self._problem or complaint or unknown)
