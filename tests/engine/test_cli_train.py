"""`rednet train`: what a run is begun with, and goes on with."""

from __future__ import annotations

import json
from pathlib import Path

import cv2
import numpy as np
import pytest
from filelock import FileLock

from engine.cli.main import main
from engine.tasks import task_named
from engine.training.config import RunPaths, TrainConfig
from engine.training.plan import Plan, read_plan
from tests.engine.conftest import save_tiny

Captured = pytest.CaptureFixture[str]
SMALL = ["--batch", "2", "--patch", "24", "--depth", "6", "--width", "8", "--validate-every", "2", "--device", "cpu"]


def photos_in(folder: Path, count: int = 4) -> Path:
    folder.mkdir()
    for number in range(count):
        photo = np.random.default_rng(number).integers(0, 255, (40, 44, 3), dtype=np.uint8)
        cv2.imwrite(str(folder / f"{number}.png"), photo)
    return folder


@pytest.fixture
def photos(tmp_path: Path) -> Path:
    return photos_in(tmp_path / "photos")


def measured_steps(run: Path) -> list[int]:
    lines = [json.loads(line) for line in RunPaths(run).curves.read_text(encoding="utf-8").splitlines()]
    return [line["step"] for line in lines if "validation" in line]


def test_a_run_goes_on_longer_by_its_folder_alone(
    photos: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = tmp_path / "run"
    monkeypatch.chdir(tmp_path)
    assert main(["train", "--data", "photos", "--run", "run", "--steps", "2", *SMALL]) == 0
    monkeypatch.chdir(photos)
    assert main(["train", "--run", str(run), "--steps", "6"]) == 0
    assert measured_steps(run) == [2, 4, 6]
    assert read_plan(RunPaths(run)).config.steps == 6


@pytest.mark.parametrize(
    ("options", "code", "words"),
    [
        (["--data", "{other}"], 1, "its run has --data"),
        (["--data", "{photos}", "--start-from", "stock"], 1, "its run has --start-from nothing"),
        (["--start-from", "stock"], 2, "need --data"),
        (["--task", "deblock"], 1, "another recipe"),
        (["--seed", "9"], 1, "another recipe"),
    ],
)
def test_what_a_run_was_not_begun_with_is_refused(
    photos: Path, tmp_path: Path, capsys: Captured, options: list[str], code: int, words: str
) -> None:
    run, other = tmp_path / "run", photos_in(tmp_path / "other")
    assert main(["train", "--data", str(photos), "--run", str(run), "--steps", "2", *SMALL]) == 0
    before = {path.name: path.read_bytes() for path in run.iterdir()}
    asked = [option.format(photos=photos, other=other) for option in options]
    assert main(["train", "--run", str(run), "--steps", "4", *SMALL, *asked]) == code
    assert words in capsys.readouterr().err
    assert {path.name: path.read_bytes() for path in run.iterdir()} == before


def test_a_run_goes_on_without_the_model_that_it_started_from(photos: Path, tmp_path: Path) -> None:
    start, run = save_tiny(tmp_path / "start.safetensors", task_named("denoise")), tmp_path / "run"
    call = ["train", "--data", str(photos), "--run", str(run), "--start-from", str(start), *SMALL]
    assert main([*call, "--steps", "2"]) == 0
    start.unlink()
    assert main(["train", "--run", str(run), "--steps", "4"]) == 0
    assert measured_steps(run) == [2, 4]


def test_two_programs_do_not_train_in_one_folder(photos: Path, tmp_path: Path, capsys: Captured) -> None:
    run = tmp_path / "run"
    run.mkdir()
    with FileLock(run / ".lock"):
        assert main(["train", "--data", str(photos), "--run", str(run), "--steps", "2", *SMALL]) == 1
    assert "another program is training in it" in capsys.readouterr().err
    assert not RunPaths(run).state.exists()


def test_too_few_pictures_to_keep_a_model_are_told_before_the_work(
    photos: Path, tmp_path: Path, capsys: Captured
) -> None:
    call = ["train", "--data", str(photos), "--run", str(tmp_path / "run"), "--steps", "2", "--keep-as", "Mine", *SMALL]
    assert main(call) == 1
    assert "--keep-as takes at least 12" in capsys.readouterr().err
    assert not RunPaths(tmp_path / "run").state.exists()


@pytest.mark.parametrize("count", [12, 20, 60, 100, 1000])
def test_the_usual_recipe_holds_out_enough_to_keep_a_model(count: int) -> None:
    plan = Plan.of(TrainConfig(), Path("data"), [Path(f"{number}.png") for number in range(count)])
    assert len(plan.judged) >= 5


def test_usage_without_a_folder_is_wrong(capsys: Captured) -> None:
    assert main(["train", "--data", "photos"]) == 2
    assert main(["train", "--check"]) == 2
    assert capsys.readouterr().err.count("\n") == 2


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (["--level-low", "500"], 2, "500"),
        (["--level-low", "50", "--level-high", "10"], 2, "50"),
        (["--depth", "3"], 2, "depth"),
        (["--start-from", "nowhere.safetensors"], 1, "no such file"),
    ],
)
def test_what_is_wrong_is_told_before_anything_is_made(
    photos: Path, tmp_path: Path, capsys: Captured, arguments: list[str], code: int, words: str
) -> None:
    assert main(["train", "--data", str(photos), "--run", str(tmp_path / "run"), *arguments]) == code
    assert words in capsys.readouterr().err
    assert not (tmp_path / "run").exists()
