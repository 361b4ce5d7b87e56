"""A recipe of several stages is one command."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from engine.cli.main import main
from engine.errors import Canceled, TrainingError
from engine.run_context import RunContext
from engine.training.config import TrainConfig, read_recipe
from engine.training.trainer import Trainer

RECIPES = sorted((Path(__file__).parents[2] / "resources" / "recipes").glob("*.toml"))
RECIPE = """
batch = 2
patch_px = 24
depth = 6
width = 8
warmup_steps = 1
holdout_every = 4
validate_every = 2

[[stages]]
steps = 2
loss = "psnr"

[[stages]]
steps = 3
"""


@pytest.fixture
def command(tmp_path: Path, photo: NDArray[np.uint8]) -> list[str]:
    folder = tmp_path / "pictures"
    folder.mkdir()
    for number in range(4):
        cv2.imwrite(str(folder / f"{number}.png"), photo[20 * number : 20 * number + 80, :90, ::-1])
    (tmp_path / "recipe.toml").write_text(RECIPE)
    return ["train", "--data", str(folder), "--run", str(tmp_path / "run"), "--recipe", str(tmp_path / "recipe.toml")]


def steps_of(folder: Path) -> list[int]:
    lines = (json.loads(line) for line in (folder / "curves.jsonl").read_text().splitlines())
    return [line["step"] for line in lines if "validation" in line]


def test_each_stage_starts_from_the_one_before(command: list[str], tmp_path: Path) -> None:
    run = tmp_path / "run"
    assert main(command) == 0
    assert steps_of(run / "stage-1")[-1] == 2
    assert steps_of(run)[-1] == 3
    assert json.loads((run / "run.json").read_text())["start_from"] == str(run / "stage-1" / "model.safetensors")
    assert not (run / "stage-2").exists()


def test_the_same_command_goes_on_with_the_stage_that_was_stopped(
    command: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run, run_stage = tmp_path / "run", Trainer.run

    def stop(trainer: Trainer, ctx: RunContext) -> None:
        raise Canceled

    monkeypatch.setattr(Trainer, "run", stop)
    assert main(command) != 0
    assert (run / "stage-1" / "run.json").exists()
    assert not (run / "run.json").exists()
    trained: list[int] = []

    def note(trainer: Trainer, ctx: RunContext) -> None:
        trained.append(trainer.config.steps)
        run_stage(trainer, ctx)

    monkeypatch.setattr(Trainer, "run", note)
    assert main(command) == 0
    assert trained == [2, 3]
    assert main(command) == 0
    assert trained == [2, 3, 3]  # the first stage is done


def test_all_stages_hold_out_the_same_pictures(
    command: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run_stage = Trainer.run

    def add_a_picture(trainer: Trainer, ctx: RunContext) -> None:
        run_stage(trainer, ctx)
        for name in ("before.png", "x.png"):
            shutil.copy(tmp_path / "pictures" / "0.png", tmp_path / "pictures" / name)

    monkeypatch.setattr(Trainer, "run", add_a_picture)
    assert main(command) == 0
    first, second = (
        json.loads((folder / "run.json").read_text()) for folder in (tmp_path / "run" / "stage-1", tmp_path / "run")
    )
    assert (first["training"], first["held_out"]) == (second["training"], second["held_out"])


@pytest.mark.parametrize("option", [["--json"], ["--obey"]])
def test_stages_are_not_for_programs(command: list[str], option: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main([*command, *option]) != 0
    assert "several stages" in "".join(capsys.readouterr())


def test_a_run_of_stages_does_not_go_on_without_its_recipe(
    command: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "run" / "stage-1").mkdir(parents=True)
    assert main(["train", "--run", str(tmp_path / "run")]) != 0
    assert "give the whole command again" in capsys.readouterr().err


def test_what_holds_for_all_stages_can_be_changed_in_one(tmp_path: Path) -> None:
    (tmp_path / "recipe.toml").write_text(RECIPE + "batch = 5\n")
    first, second = read_recipe(tmp_path / "recipe.toml")
    assert (first.steps, first.loss, first.batch, first.seed) == (2, "psnr", 2, 0)
    assert (second.steps, second.loss, second.batch, second.seed) == (3, TrainConfig().loss, 5, 1)
    assert [stage.seed for stage in read_recipe(tmp_path / "recipe.toml", seed=7)] == [7, 7]


@pytest.mark.parametrize("text", ["stages = 3", "stages = []", "stages = [1]"])
def test_stages_that_are_none_are_one_sentence(text: str, tmp_path: Path) -> None:
    (tmp_path / "recipe.toml").write_text(text)
    with pytest.raises(TrainingError, match=r"under \[\[stages\]\]"):
        read_recipe(tmp_path / "recipe.toml")


@pytest.mark.parametrize("path", RECIPES, ids=lambda path: path.stem)
def test_the_recipes_of_the_shipped_nets_can_be_read(path: Path) -> None:
    assert {stage.task for stage in read_recipe(path)} == {path.stem}
