"""Which pictures of a folder a run learns from, which draw its curve, and which judge it."""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from engine.training.comparison import LEAST_PICTURES
from engine.training.config import RunPaths, TrainConfig
from engine.training.data import list_pictures
from engine.training.plan import Plan, read_plan, write_plan
from engine.training.validation import HeldOut


def plan_of(count: int, every: int) -> Plan:
    pictures = [Path(f"{number:04}.png") for number in range(count)]
    return Plan.of(TrainConfig(holdout_every=every), Path("data"), pictures)


@pytest.mark.parametrize("every", [2, 3, 20])
def test_what_judges_a_run_neither_taught_it_nor_stopped_it(every: int) -> None:
    for count in range(2 * every, 200):
        plan = plan_of(count, every)
        parts = [set(plan.training), set(plan.watched), set(plan.judged)]
        assert sum(map(len, parts)) == len(set.union(*parts)) == count
        assert len(plan.judged) >= len(plan.watched) >= 1


@pytest.mark.parametrize(
    ("held_out", "watched", "judged"),
    [(2, 1, 1), (5, 1, 4), (6, 1, 5), (8, 3, 5), (10, 5, 5), (13, 6, 7), (48, 24, 24)],
)
def test_of_few_pictures_most_judge(held_out: int, watched: int, judged: int) -> None:
    plan = plan_of(2 * held_out, 2)
    assert (len(plan.watched), len(plan.judged)) == (watched, judged)
    assert (len(plan.judged) >= LEAST_PICTURES) is (held_out > 5)


def test_a_single_held_out_picture_draws_the_curve_and_judges_nothing() -> None:
    plan = plan_of(2, 20)
    assert plan.watched == plan.judged == plan.held_out
    assert len(plan.judged) < LEAST_PICTURES


def test_the_curve_and_the_verdict_show_other_pictures(tmp_path: Path, photo: NDArray[np.uint8]) -> None:
    for number in range(12):
        cv2.imwrite(str(tmp_path / f"{number:02}.png"), photo[10 * number : 10 * number + 72, :72, ::-1])
    plan = Plan.of(TrainConfig(holdout_every=2), tmp_path, list_pictures(tmp_path))
    watched, judged = plan.held_out_crops().crops, plan.judged_crops().crops
    assert (len(watched), len(judged)) == (1, 5)
    assert not any(one.clean.equal(other.clean) for one in watched for other in judged)


def test_a_plan_is_kept_in_the_folder_of_its_run(tmp_path: Path) -> None:
    plan = Plan.of(TrainConfig(), tmp_path, [tmp_path / f"{number}.png" for number in range(40)])
    write_plan(RunPaths(tmp_path / "run"), plan)
    assert read_plan(RunPaths(tmp_path / "run")) == plan


def test_a_held_out_picture_of_a_few_pixels_is_left_out(tmp_path: Path, photo: NDArray[np.uint8]) -> None:
    for number, side in enumerate((5, 100, 1)):
        cv2.imwrite(str(tmp_path / f"{number}.png"), photo[:side, :side, ::-1])
    (crop,) = HeldOut.read(tmp_path, list_pictures(tmp_path)).crops
    assert crop.clean.shape == (3, 96, 96)
