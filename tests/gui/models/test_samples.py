from __future__ import annotations

import runpy
import sys
from pathlib import Path

import numpy as np
import pytest

from engine.image_io import read_image
from engine.tasks import TASKS, Task
from rednet_gui.models.samples import SAMPLES, Sample, folder_for_result, is_sample, sample_of

ROOT = Path(__file__).parents[3]
LARGEST_BYTES = 150_000
OLDER = "noisy-coffee.jpg"


def test_every_task_has_a_sample() -> None:
    assert [sample.task for sample in SAMPLES] == [task.name for task in TASKS]


@pytest.mark.parametrize("task", TASKS, ids=lambda task: task.name)
def test_a_sample_can_be_read_and_repaired(task: Task) -> None:
    sample = sample_of(task.name)
    assert min(read_image(sample.path).pixels.shape[:2]) >= 100
    assert task.levels.reason_against(sample.level) is None
    assert sample.path.stat().st_size < LARGEST_BYTES or sample.file == OLDER


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: sample.file)
def test_a_sample_names_its_licence(sample: Sample) -> None:
    assert sample.file in (sample.path.parent / "LICENSE.txt").read_text()


@pytest.mark.slow
def test_the_samples_are_what_the_script_makes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "argv", ["make_samples.py", str(tmp_path)])
    runpy.run_path(str(ROOT / "docs" / "make_samples.py"), run_name="__main__")
    made = {path.name for path in tmp_path.iterdir()}
    assert made >= {sample.file for sample in SAMPLES} - {OLDER}
    for name in made:
        mine, shipped = read_image(tmp_path / name).pixels, read_image(SAMPLES[0].path.parent / name).pixels
        assert mine.shape == shipped.shape
        assert np.abs(mine.astype(int) - shipped).mean() < 1


def test_what_came_of_a_sample_goes_to_the_pictures(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    assert all(is_sample(sample.path) for sample in SAMPLES)
    for path in (SAMPLES[0].path, None):
        folder = folder_for_result(path)
        assert folder.is_dir()
        assert folder.is_relative_to(Path.home())
    assert folder_for_result(tmp_path / "holiday.jpg") == tmp_path
