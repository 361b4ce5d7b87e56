from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from engine.training.config import TrainConfig
from engine.training.plan import Plan
from rednet_gui.models.session import Session
from rednet_gui.models.training import RunState, Stage, Training
from rednet_gui.views.train_page import TrainPage
from rednet_gui.views.train_run import TrainRun
from rednet_gui.views.train_words import verdict_words

BETTER: dict[str, Any] = {
    **{"stock": 30.0, "own": 30.5, "gain": 0.5, "low": 0.3, "high": 0.7},
    **{"pictures": 6, "is_better": True},
}
CHANCE = BETTER | {"own": 30.1, "gain": 0.1, "low": -0.2, "high": 0.4, "is_better": False}
WORSE = BETTER | {"own": 29.5, "gain": -0.5, "low": -0.7, "high": -0.3, "is_better": False}
TOO_FEW = BETTER | {"low": None, "high": None, "pictures": 2, "is_better": False}


@pytest.fixture
def training(session: Session) -> Training:
    made = Training()
    pictures = tuple(Path("Archive", f"{number}.png") for number in range(3))
    made.begin(Path("run"), Plan(TrainConfig(steps=400), Path("Archive"), pictures[:2], pictures[2:]))
    return made


@pytest.fixture
def run(qtbot: QtBot, training: Training) -> TrainRun:
    made = TrainRun(training)
    qtbot.addWidget(made)
    made.show()
    return made


@pytest.mark.parametrize(
    ("stage", "shown", "enabled"),
    [
        (Stage.STARTING, {"pause", "finish"}, set()),
        (Stage.RUNNING, {"pause", "finish"}, {"pause", "finish"}),
        (Stage.STOPPING, {"pause", "finish"}, set()),
        (Stage.PAUSED, {"resume"}, {"resume", "discard"}),
    ],
)
def test_each_stage_has_its_buttons(
    run: TrainRun, training: Training, stage: Stage, shown: set[str], enabled: set[str]
) -> None:
    training.set_stage(stage)
    buttons = {name: getattr(run, name) for name in ("pause", "finish", "resume", "keep", "discard")}
    assert {name for name, button in buttons.items() if button.isVisible()} == shown | {"discard"}
    assert {name for name, button in buttons.items() if button.isVisible() and button.isEnabled()} == enabled


def test_how_far_it_is(run: TrainRun, training: Training) -> None:
    training.set_stage(Stage.RUNNING)
    training.set_state(RunState(100, 400, 150.0))
    assert run.facts.text() == "Denoise\nStep 100 of 400 · about 2 min left"
    assert run.bar.value() == run.bar.maximum() / 4


def test_a_problem_is_told_until_the_run_goes_on(run: TrainRun, training: Training) -> None:
    training.set_stage(Stage.PAUSED, "The disk is full; make room and go on.")
    assert run.problem.isVisible()
    assert run.problem.text() == "The disk is full; make room and go on."
    training.set_stage(Stage.STARTING)
    assert not run.problem.isVisible()


@pytest.mark.parametrize(
    ("result", "keep", "meant"), [(BETTER, "Keep the model", "keep"), (WORSE, "Keep it all the same", "discard")]
)
def test_the_button_that_is_meant_follows_the_result(
    qtbot: QtBot, run: TrainRun, training: Training, result: dict[str, Any], keep: str, meant: str
) -> None:
    training.set_result(result)
    training.set_stage(Stage.ENDED)
    assert run.keep.text() == keep
    assert [name for name in ("keep", "discard") if getattr(run, name).property("role") == "primary"] == [meant]
    assert run.name.text() == "Archive"
    assert run.facts.text() == "Denoise"
    run.name.setText("Mine")
    with qtbot.waitSignal(run.keep_requested) as kept:
        run.keep.click()
    assert kept.args == ["Mine"]


@pytest.mark.parametrize(
    ("result", "title", "words"),
    [
        (BETTER, "Better than the stock model: +0.50 dB", "between +0.30 dB and +0.70 dB."),
        (CHANCE, "Not clearly better than the stock model: +0.10 dB", "That may be chance."),
        (WORSE, "Not better than the stock model: −0.50 dB", "between −0.70 dB and −0.30 dB."),
        (TOO_FEW, "Not clearly better than the stock model: +0.50 dB", "These are too few photos to tell."),
    ],
)
def test_the_verdict(qtbot: QtBot, result: dict[str, Any], title: str, words: str) -> None:
    found = verdict_words(result)
    assert found[0] == title
    assert found[1].endswith(words)
    assert f"stock: 30.00 dB, measured on photos that neither learned from: {result['pictures']}." in found[1]


def test_the_page_says_at_once_that_it_gets_ready(qtbot: QtBot) -> None:
    page = TrainPage(Training())
    qtbot.addWidget(page)
    page.training.set_stage(Stage.STARTING)
    assert page.run.isVisibleTo(page)
    assert (page.run.title.text(), page.run.facts.text()) == ("Getting ready…", "")
