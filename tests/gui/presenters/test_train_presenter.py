from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any, cast

import cv2
import numpy as np
import pytest
from filelock import FileLock
from PySide6.QtCore import QObject, Signal

from engine.errors import CheckpointError, TrainingError
from engine.model_library import ModelLibrary
from engine.tasks import TASKS, Task
from engine.training.config import RunPaths
from engine.training.plan import Plan, read_plan
from rednet_gui.models.session import Session
from rednet_gui.models.training import Stage, Training
from rednet_gui.models.training_runs import RunStore
from rednet_gui.models.training_setup import LEAST_PX, Setup, recipe_for
from rednet_gui.presenters.train_presenter import TrainPresenter
from rednet_gui.training_process import TrainingProcess
from tests.gui.conftest import ImmediateRunner

RESULT: dict[str, Any] = {
    **{"stock": 30.0, "own": 30.5, "gain": 0.5, "low": 0.3, "high": 0.7},
    **{"pictures": 6, "is_better": True},
}


class FakeProcess(QObject):
    told = Signal(object)
    ended = Signal(int, str)

    def __init__(self) -> None:
        super().__init__()
        self.done: list[object] = []

    def start(self, arguments: list[str]) -> None:
        self.done.append(arguments)

    def pause(self) -> None:
        self.done.append("pause")

    def finish(self) -> None:
        self.done.append("finish")


class Desk:
    def __init__(self, session: Session, folder: Path) -> None:
        self.runner, self.process, self.store = ImmediateRunner(), FakeProcess(), RunStore(folder)
        self.training = Training()
        self.parent = QObject()
        process = cast(TrainingProcess, self.process)
        changes = {"patch_px": 24, "depth": 6, "width": 8}
        self.presenter = TrainPresenter(
            self.runner, self.training, self.store, process, changes=changes, parent=self.parent
        )
        self.noticed: list[str] = []
        self.presenter.noticed.connect(self.noticed.append)

    def start(self, photos: Path) -> Path:
        self.presenter.choose_folder(photos)
        self.presenter.start()
        assert self.training.run is not None
        return self.training.run


@pytest.fixture
def photos(tmp_path: Path) -> Path:
    folder = tmp_path / "photos"
    folder.mkdir()
    for number in range(7):
        photo = np.random.default_rng(number).integers(0, 255, (100, 110, 3), dtype=np.uint8)
        cv2.imwrite(str(folder / f"{number}.png"), photo)
    return folder


@pytest.fixture
def desk(session: Session, tmp_path: Path) -> Desk:
    return Desk(session, tmp_path / "data")


def test_a_start_keeps_the_plan_before_the_process_runs(desk: Desk, photos: Path) -> None:
    run = desk.start(photos)
    assert desk.process.done == [["--run", str(run), "--compare"]]
    assert desk.training.stage is Stage.STARTING
    plan = read_plan(RunPaths(run))
    assert (plan.data, plan.start_from, plan.config.levels) == (photos, "stock", (0, 75))
    assert len(plan.training) + len(plan.held_out) == 7


def test_from_nothing_and_for_a_range_of_levels(desk: Desk, photos: Path) -> None:
    desk.presenter.change(replace(desk.training.setup, is_from_scratch=True, low=10, high=30, steps=5000))
    plan = read_plan(RunPaths(desk.start(photos)))
    assert (plan.start_from, plan.baseline) == ("", "stock")
    assert (plan.config.levels, plan.config.steps, plan.config.loss) == ((10, 30), 5000, "l1")


def test_what_is_changed_while_a_run_starts_is_not_trained(desk: Desk, photos: Path) -> None:
    desk.presenter.choose_folder(photos)
    desk.runner.is_held = True
    desk.presenter.start()
    desk.presenter.change(replace(desk.training.setup, is_from_scratch=True, low=10, high=30))
    desk.runner.release()
    assert desk.training.run is not None
    plan = read_plan(RunPaths(desk.training.run))
    assert (plan.start_from, plan.config.levels) == ("stock", (0, 75))


def test_another_task_does_not_look_through_the_folder_again(
    desk: Desk, photos: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.presenter.choose_folder(photos)
    report = desk.training.report
    monkeypatch.setattr("rednet_gui.presenters.train_presenter.check_folder", lambda *args: pytest.fail("again"))
    for task in desk.training.tasks:
        desk.presenter.change(replace(desk.training.setup, task=task.name))
        assert desk.training.report is report
        assert desk.training.can_start


@pytest.mark.parametrize("count", [12, 17, 18, 35, 36, 100, 10_000])
def test_enough_photos_are_kept_to_judge_on(count: int) -> None:
    for task in ("denoise", "super_resolution"):
        config = recipe_for(Setup(task), {})
        plan = Plan.of(config, Path("data"), [Path(f"{number}.png") for number in range(count)])
        assert len(plan.judged) >= 5
        assert len(plan.training) >= count / 2


@pytest.mark.parametrize("task", TASKS, ids=lambda task: task.name)
def test_patches_of_every_task_fit_photos_that_pass_the_check(task: Task) -> None:
    assert recipe_for(Setup(task.name), {}).drawn_px <= LEAST_PX


def test_nothing_starts_without_enough_photos(desk: Desk, photos: Path) -> None:
    for number in (0, 1):
        (photos / f"{number}.png").unlink()
    desk.presenter.choose_folder(photos)
    desk.presenter.start()
    assert desk.process.done == []
    assert desk.training.stage is Stage.SETUP


def test_what_is_said_to_the_process(desk: Desk, photos: Path) -> None:
    run = desk.start(photos)
    desk.presenter.finish()  # nothing to judge yet
    desk.training.set_stage(Stage.RUNNING)
    desk.presenter.pause()
    assert desk.training.stage is Stage.STOPPING
    desk.process.ended.emit(130, "")
    desk.presenter.resume()
    desk.training.set_stage(Stage.RUNNING)
    desk.presenter.finish()
    started = ["--run", str(run), "--compare"]
    assert desk.process.done == [started, "pause", started, "finish"]


def test_a_run_is_found_again_by_the_next_window(desk: Desk, photos: Path, session: Session, tmp_path: Path) -> None:
    run = desk.start(photos)
    again = Desk(session, tmp_path / "data")
    assert (again.training.run, again.training.stage) == (run, Stage.PAUSED)
    again.presenter.discard()
    assert not run.exists()
    assert again.training.stage is Stage.SETUP


def test_a_run_that_another_window_trains_is_neither_offered_nor_deleted(
    desk: Desk, photos: Path, session: Session, tmp_path: Path
) -> None:
    run = desk.start(photos)
    second = Desk(session, tmp_path / "data")  # before the first one's process has begun
    with FileLock(run / ".lock"):
        second.presenter.discard()
        assert (run / "run.json").exists()
        assert Desk(session, tmp_path / "data").training.stage is Stage.SETUP
    assert Desk(session, tmp_path / "data").training.run == run


def test_a_model_that_cannot_be_kept_is_not_lost(desk: Desk, photos: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    run = desk.start(photos)
    desk.training.set_result(RESULT)
    desk.training.set_stage(Stage.ENDED)

    def fail(*args: object) -> None:
        raise CheckpointError(Path("model"), "it cannot be written, make room")

    with monkeypatch.context() as patch:
        patch.setattr(ModelLibrary, "add", fail)
        patch.setattr("rednet_gui.presenters.train_presenter.card_of", lambda *args: {})
        desk.presenter.keep("Mine")
    assert "make room" in desk.noticed[-1]
    assert (desk.training.stage, run.exists()) == (Stage.ENDED, True)


def test_photos_that_go_while_it_is_set_up_are_no_crash(desk: Desk, photos: Path) -> None:
    desk.presenter.choose_folder(photos)
    for path in photos.iterdir():
        path.unlink()
    desk.presenter.start()  # the process says what is missing
    assert desk.training.stage is Stage.STARTING
    desk.process.told.emit({"event": "error", "text": "None of its pictures is readable."})
    desk.process.ended.emit(1, "")
    assert (desk.training.stage, desk.training.problem) == (Stage.PAUSED, "None of its pictures is readable.")


def test_a_start_that_failed_can_be_tried_again(desk: Desk, photos: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*args: object) -> None:
        raise TrainingError(photos, "the disk is full")

    desk.presenter.choose_folder(photos)
    with monkeypatch.context() as full:
        full.setattr("rednet_gui.presenters.train_presenter.write_plan", fail)
        desk.presenter.start()
    assert desk.training.stage is Stage.SETUP
    assert "the disk is full" in desk.training.problem
    assert desk.training.can_start
    desk.presenter.start()
    assert desk.training.run is not None
