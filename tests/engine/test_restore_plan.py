"""What is told before a run is what the run then takes."""

from __future__ import annotations

import os
import shutil
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from engine import restore_plan
from engine.cli.main import main
from engine.device import available_memory_bytes
from engine.errors import ImageWriteError
from engine.image_io import Image, write_image
from engine.order import Order
from engine.restore import Restorer
from engine.restore_plan import RestorePlan, plan_restoration
from engine.run_context import RunContext
from engine.steps import FrozenArray, Step, Steps
from engine.tasks import TASKS, Task, task_named
from engine.tiling import Tile
from tests.engine.conftest import EXACT, level_for, save_tiny, tiny_net

OPTIONS = replace(EXACT, tile_px=64)


def restorer_of(task: Task) -> Restorer:
    return Restorer(tiny_net(task), task, OPTIONS)


def planned(image: Image, target: Path, *steps: Step) -> RestorePlan:
    return plan_restoration(image, Steps(steps), target, restorer_of)


@pytest.mark.parametrize("task", [task for task in TASKS if not task.needs_mask], ids=lambda task: task.name)
def test_the_tiles_and_the_size_are_those_of_the_run(task: Task, photo: NDArray[np.uint8], tmp_path: Path) -> None:
    image = Image(photo[:150, :203])
    level, tiles = level_for(task, image), list[Tile]()
    kernel = None if level.kernel is None else FrozenArray.of(level.kernel.numpy())
    plan = planned(image, tmp_path / "a.png", Step(task.name, level.value, kernel=kernel))
    order = Order((slice(0, 0), slice(0, 0)), on_start=lambda work: None, on_tile=tiles.append)
    result = restorer_of(task).restore(image, level, RunContext(), order=order)
    assert plan.tiles == len(tiles) > 4
    assert (plan.height, plan.width) == result.pixels.shape[:2]
    assert 0 < plan.seconds < 60
    write_image(tmp_path / "a.png", image)
    shown = (tmp_path / "a.png").stat().st_size * task.scale(level) ** 2
    assert shown / 3 < plan.file_bytes < 3 * shown


def test_a_step_works_on_what_the_one_before_gave(photo: NDArray[np.uint8], tmp_path: Path) -> None:
    image, target = Image(photo[:100, :100]), tmp_path / "a.jpg"
    enlarge, denoise = Step("super_resolution", 3.0), Step("denoise", 20.0)
    plan = planned(image, target, enlarge, denoise)
    assert (plan.width, plan.height) == (300, 300)
    larger = planned(Image(np.zeros((300, 300, 3), np.uint8)), target, denoise)
    assert plan.tiles == planned(image, target, enlarge).tiles + larger.tiles


def test_what_is_too_large_for_the_memory_is_told_as_disk(
    photo: NDArray[np.uint8], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    image, step = Image(photo[:64, :64]), Step("denoise", 20.0)
    before = planned(image, tmp_path / "a.tif", step)
    assert before.scratch_bytes == 0
    monkeypatch.setattr(restore_plan, "IN_MEMORY_BYTES", 100)
    after = planned(image, tmp_path / "a.tif", step)
    assert after.scratch_bytes == 3 * image.pixels.nbytes
    assert after.memory_bytes == before.memory_bytes - 3 * image.pixels.nbytes


def test_deblurring_needs_memory_for_all_of_the_picture(tmp_path: Path) -> None:
    task = task_named("deblur")
    small, large = (
        restorer_of(task).outlook(level_for(task, Image(np.zeros((99, 99, 3)))), side, side, 3) for side in (500, 1000)
    )
    assert large.memory_bytes - small.memory_bytes > 750_000 * 3 * 8


def test_a_disk_that_is_too_small_is_refused(
    photo: NDArray[np.uint8], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    usage = shutil.disk_usage(tmp_path)._replace(free=100_000)
    monkeypatch.setattr(shutil, "disk_usage", lambda _: usage)
    image, step = Image(photo), Step("denoise", 20.0)
    assert planned(Image(photo[:40, :40]), tmp_path / "a.png", step).free_bytes == 100_000
    with pytest.raises(ImageWriteError, match=r"disk is too small: about .* MiB are needed and 0 MiB are free"):
        planned(image, tmp_path / "a.png", step)


def test_the_command_line_tells_the_plan_and_restores_nothing(
    photo: NDArray[np.uint8], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    model = save_tiny(tmp_path / "model.safetensors", task_named("denoise"))
    (tmp_path / "in").mkdir()
    for name in ("a.png", "b.jpg"):
        write_image(tmp_path / "in" / name, Image(photo[:64, :80]))
    (tmp_path / "in" / "broken.png").write_bytes(b"nothing")
    options = ["--model", str(model), "--device", "cpu", "--precision", "float32", "--tile", "64"]
    code = main(["restore", "--plan", str(tmp_path / "in"), "-o", str(tmp_path / "out"), *options])
    told = capsys.readouterr()
    assert code == 1
    assert "80 x 64, 2 tiles, about" in told.out
    assert "3 pictures, about" in told.out
    assert "broken.png" in told.err
    assert not (tmp_path / "out").exists()


def test_memory_that_will_not_do_is_told(
    photo: NDArray[np.uint8], tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    model = save_tiny(tmp_path / "model.safetensors", task_named("denoise"))
    write_image(tmp_path / "a.png", Image(photo[:64, :80]))
    call = ["restore", "--plan", str(tmp_path / "a.png"), "-o", str(tmp_path / "b.png"), "--model", str(model)]
    assert main([*call, "--device", "cpu"]) == 0
    assert "free" not in capsys.readouterr().out.partition("a file of")[0]
    monkeypatch.setattr(restore_plan, "available_memory_bytes", lambda: 10**5)
    assert main([*call, "--device", "cpu"]) == 0
    assert "of memory, of which only 0.1 MB is free, about" in capsys.readouterr().out


@pytest.mark.skipif(not Path("/proc/meminfo").exists(), reason="the system does not tell")
def test_the_memory_that_is_free_is_known() -> None:
    free = available_memory_bytes()
    assert free is not None
    assert 10**7 < free < os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")


def test_a_cache_folder_that_cannot_be_made_stops_only_what_needs_it(
    tmp_path: Path, photo: NDArray[np.uint8], monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail() -> Path:
        raise PermissionError

    monkeypatch.setattr(restore_plan, "scratch_folder", fail)
    assert planned(Image(photo[:64, :64]), tmp_path / "a.png", Step("denoise", 25.0)).scratch_bytes == 0
    monkeypatch.setattr(restore_plan, "IN_MEMORY_BYTES", 10)
    with pytest.raises(ImageWriteError, match="no folder for what is worked on"):
        planned(Image(photo[:64, :64]), tmp_path / "a.png", Step("denoise", 25.0))
