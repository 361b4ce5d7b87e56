from __future__ import annotations

from pathlib import Path
from typing import cast

import pytest
from PySide6.QtCore import QObject, Signal

from rednet_gui.models.session import Session
from rednet_gui.models.training import Stage, Training
from rednet_gui.presenters.run_follower import RunFollower
from rednet_gui.training_process import TrainingProcess

RESULT = {"stock": 30.0, "own": 30.5, "gain": 0.5, "low": 0.3, "high": 0.7, "pictures": 6, "is_better": True}


class FakeProcess(QObject):
    told = Signal(object)
    ended = Signal(int, str)

    def __init__(self) -> None:
        super().__init__()
        self.started: list[list[str]] = []

    def start(self, arguments: list[str]) -> None:
        self.started.append(arguments)


class Desk:
    def __init__(self, session: Session) -> None:
        self.process = FakeProcess()
        self.training = Training()
        self.loaded: list[Path] = []
        self.noticed: list[str] = []
        self.parent = QObject()
        self.training.run = Path("run")
        self.training.set_stage(Stage.STARTING)
        self.follower = RunFollower(
            cast(TrainingProcess, self.process), self.training, self.loaded.append, self.noticed.append, self.parent
        )
        self.follower.start(Path("run"))

    def tell(self, event: str, **facts: object) -> None:
        self.process.told.emit({"event": event, **facts})


@pytest.fixture
def desk(session: Session) -> Desk:
    return Desk(session)


def test_what_a_run_tells_is_shown(desk: Desk) -> None:
    assert desk.process.started == [["--run", "run", "--compare"]]
    desk.tell("start", task="denoise", step=0, steps=90)
    before = desk.training.stage
    desk.tell("stock", scores={"15": 34.0, "50": 28.0})
    assert (before, desk.training.stage) == (Stage.STARTING, Stage.RUNNING)
    assert desk.training.curves.stock == 31
    desk.tell("progress", step=30, steps=90, left_s=12.5)
    desk.tell("curve", step=30, seconds=4, validation={"15": 35.0, "50": 28.0}, skipped=0)
    desk.tell("curve", step=50, seconds=9, loss=0.02, rate=0.1)
    desk.tell("preview", step=30)
    desk.tell("notice", text="Left out a.png: too small to learn from.")
    desk.tell("something newer")
    assert (desk.training.state.step, desk.training.state.left_s) == (30, 12.5)
    assert (desk.training.curves.scores, desk.training.curves.losses) == ([(30, 31.5)], [(50, 0.02)])
    assert desk.loaded == [Path("run")]
    assert desk.noticed == ["Left out a.png: too small to learn from."]


def test_a_run_that_goes_on_draws_no_step_twice(desk: Desk) -> None:
    for step, score in ((10, 30.0), (20, 31.0), (30, 32.0), (20, 31.0)):
        desk.tell("curve", step=step, validation={"25": score})
    assert desk.training.curves.scores == [(10, 30.0), (20, 31.0)]


def test_a_run_that_diverges_is_said_when_it_goes_back(desk: Desk) -> None:
    desk.tell("curve", step=31, skipped_loss=9.0, rolled_back=False)
    assert desk.noticed == []
    desk.tell("curve", step=35, skipped_loss=None, rolled_back=True)
    assert desk.noticed == ["The training went astray; it goes on from its last good state."]
    desk.tell("curve", step=40, given_up=True)
    assert desk.noticed[1:] == ["The training went astray and did not recover; its best state so far is judged."]


def test_a_run_at_its_end_is_judged(desk: Desk) -> None:
    desk.tell("result", **RESULT)
    desk.tell("done", model="model.safetensors", step=90)
    desk.process.ended.emit(0, "")
    assert desk.training.stage is Stage.ENDED
    assert desk.training.result == RESULT


def test_a_pause_is_no_problem(desk: Desk) -> None:
    desk.tell("paused")
    desk.process.ended.emit(130, "Canceled.")
    assert (desk.training.stage, desk.training.problem) == (Stage.PAUSED, "")


@pytest.mark.parametrize(
    ("told", "complaint", "words"),
    [
        ("Cannot train with x: make room.", "rednet says", "Cannot train with x: make room."),
        ("", "Something unexpected went wrong.", "Something unexpected went wrong."),
        ("", "", "The training ended unexpectedly; it goes on from the last minute that was saved."),
    ],
)
def test_a_failure_is_said_and_the_run_can_go_on(desk: Desk, told: str, complaint: str, words: str) -> None:
    if told:
        desk.tell("error", text=told)
    desk.process.ended.emit(1, complaint)
    assert (desk.training.stage, desk.training.problem) == (Stage.PAUSED, words)
    desk.follower.start(Path("run"))
    desk.process.ended.emit(130, "")
    assert desk.training.problem == ""
