from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import cv2
import numpy as np
import pytest
import torch
from numpy.typing import NDArray

from engine.errors import TrainingError
from engine.tasks import task_named
from engine.training.config import TrainConfig
from engine.training.data import PatchSource, draw_level, list_pictures
from engine.training.shelf import generator

DENOISE = task_named("denoise")
SMALL = TrainConfig(batch=4, patch_px=24, depth=6, width=8)


@pytest.fixture
def folder(tmp_path: Path, photo: NDArray[np.uint8]) -> Path:
    for number in range(12):
        cv2.imwrite(str(tmp_path / f"{number:02}.png"), photo[5 * number : 5 * number + 200, :300, ::-1])
    return tmp_path


def changing(folder: Path, largest_bytes: int = 100_000) -> PatchSource:
    return PatchSource(folder, list_pictures(folder), SMALL, largest_bytes=largest_bytes)


def test_batches_of_a_large_folder_depend_on_seed_and_step_alone(folder: Path) -> None:
    going_on, resumed = changing(folder), changing(folder)
    for step in range(0, 40):
        going_on.batch(step, DENOISE)
    for step in (40, 41, 2000):
        assert torch.equal(going_on.batch(step, DENOISE).inputs, resumed.batch(step, DENOISE).inputs)


def test_a_large_folder_takes_no_more_memory_than_its_parts(folder: Path, photo: NDArray[np.uint8]) -> None:
    source = changing(folder)
    reads: list[Path] = []
    read = source._shelf._read  # type: ignore[attr-defined]  # of the shelf that exchanges parts
    source._shelf._read = lambda path: reads.append(path) or read(path)  # type: ignore[attr-defined,func-returns-value]
    for step in range(60):
        source.batch(step, DENOISE)
    assert len(reads) <= 192 + 60 // 8 + 1
    before = len(reads)
    for step in range(60, 68):
        source.batch(step, DENOISE)
    assert len(reads) - before < 8 * SMALL.batch / 2  # most patches come from what is there
    assert not any(held.clean.base is not None for _, group in source._shelf._groups.values() for held in group)  # type: ignore[attr-defined]


def test_a_large_folder_shows_all_its_pictures_in_time(folder: Path) -> None:
    source = changing(folder)
    seen: set[Path] = set()
    read = source._shelf._read  # type: ignore[attr-defined]
    source._shelf._read = lambda path: seen.add(path) or read(path)  # type: ignore[attr-defined,func-returns-value]
    for step in range(0, 1600, 40):
        source.batch(step, DENOISE)
    assert len(seen) == 12


def test_a_large_picture_is_opened_once_for_several_parts(tmp_path: Path, photo: NDArray[np.uint8]) -> None:
    for number in range(3):
        cv2.imwrite(str(tmp_path / f"{number}.jpg"), cv2.resize(photo[10 * number :], (2400, 1800)))
    source = changing(tmp_path)
    reads: list[Path] = []
    read = source._shelf._read  # type: ignore[attr-defined]
    source._shelf._read = lambda path: reads.append(path) or read(path)  # type: ignore[attr-defined,func-returns-value]
    for step in range(4):
        source.batch(step, DENOISE)
    groups = source._shelf._groups  # type: ignore[attr-defined]
    assert len(reads) == len(groups)
    assert all(held.clean.shape[:2] == (512, 512) for _, group in groups.values() for held in group)
    first, second, *_ = groups[min(groups)][1]
    assert not np.array_equal(first.clean, second.clean)


def test_a_picture_that_disappears_is_told_once_and_replaced(folder: Path) -> None:
    told: list[str] = []
    pictures = list_pictures(folder)
    source = PatchSource(
        folder, pictures, SMALL, largest_bytes=1, on_unusable=lambda path, reason: told.append(path.name)
    )
    for path in pictures[:6]:
        path.unlink()
    for step in range(10):
        source.batch(step, DENOISE)
    assert sorted(told) == sorted({path.name for path in pictures[:6]})
    for path in pictures[6:]:
        path.unlink()
    with pytest.raises(TrainingError, match="cannot be read any more"):
        source.batch(4000, DENOISE)


def test_the_recipe_narrows_the_levels() -> None:
    rng = generator(1)
    config = replace(SMALL, level_low=20, level_high=30)
    drawn = [draw_level(DENOISE, config, (24, 24), rng).value for _ in range(50)]
    assert min(drawn) >= 20
    assert max(drawn) <= 30
    assert max(drawn) - min(drawn) > 5
    blurred = replace(SMALL, task="deblur", level_low=2.0, level_high=3.0)
    level = draw_level(task_named("deblur"), blurred, (24, 24), rng)
    assert 2 <= level.value <= 3
    assert level.kernel is not None


def test_where_a_narrow_range_is_judged() -> None:
    assert replace(SMALL, level_low=20, level_high=30).judged_levels == (25,)
    assert replace(SMALL, level_low=2, level_high=8).judged_levels == (5,)
    with pytest.raises(ValueError, match="must not be above"):
        replace(SMALL, level_low=9, level_high=8)
    with pytest.raises(ValueError, match="sigma must be from 0 to 75"):
        replace(SMALL, level_high=90)


@pytest.mark.parametrize("is_too_small", [False, True])
def test_a_blur_brings_in_what_lies_around_a_patch(tmp_path: Path, is_too_small: bool) -> None:
    deblur = task_named("deblur")
    margin = deblur.context_px
    dark = np.pad(np.zeros((24, 24), np.uint8), margin - is_too_small, constant_values=255)
    cv2.imwrite(str(tmp_path / "dark.png"), dark)
    config = replace(SMALL, task="deblur", batch=8)
    if is_too_small:
        with pytest.raises(TrainingError, match=f"at least {24 + 2 * margin} pixels"):
            PatchSource(tmp_path, list_pictures(tmp_path), config)
        return
    batch = PatchSource(tmp_path, list_pictures(tmp_path), config).batch(0, deblur)
    blurred = batch.inputs[:, 3:6]
    assert not batch.targets.any()
    assert blurred[:, :, :2].mean() > 0.1
    assert blurred[:, :, 10:14, 10:14].mean() < 0.1
