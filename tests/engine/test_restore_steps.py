from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from engine.errors import Canceled, ImageReadError, LevelError
from engine.image_io import Image, write_image
from engine.kernels import disk_kernel
from engine.level_estimate import estimate_level
from engine.masks import with_mask
from engine.restore import RestoreOptions, Restorer
from engine.restore_steps import output_size, run_step, run_steps
from engine.run_context import Progress, RunContext
from engine.steps import FrozenArray, Step, Steps
from engine.strength import Strength, apply_strength
from engine.tasks import Level, Task, task_named
from tests.engine.conftest import tiny_net

_RESTORERS: dict[str, Restorer] = {}


def restore(image: Image, task: Task, level: Level, ctx: RunContext) -> Image:
    if task.name not in _RESTORERS:
        _RESTORERS[task.name] = Restorer(tiny_net(task), task, RestoreOptions("cpu", "float32"))
    return _RESTORERS[task.name].restore(image, level, ctx)


@pytest.fixture
def image(photo: NDArray[np.uint8]) -> Image:
    noise = np.random.default_rng(0).normal(0, 20, (60, 80, 3))
    return Image((photo[100:160, 100:180] + noise).clip(0, 255).astype(np.uint8))


def painted(image: Image) -> NDArray[np.uint8]:
    mask = np.zeros((image.height, image.width), np.uint8)
    mask[20:30, :40] = 255
    return mask


def test_each_step_works_on_what_the_one_before_gave(image: Image) -> None:
    strength = Strength(0.5, 0.75, 0.25)
    steps = Steps((Step("denoise", 20.0, strength), Step("deblock", 40.0, is_on=False), Step("super_resolution", 2.0)))
    found, done = run_steps(image, steps, restore, RunContext())
    first = apply_strength(image, restore(image, task_named("denoise"), Level(20), RunContext()), strength)
    expected = restore(first, task_named("super_resolution"), Level(2), RunContext())
    np.testing.assert_array_equal(found.pixels, expected.pixels)
    assert done.items == steps.active
    assert output_size(steps, 60, 80) == (120, 160)


def test_an_automatic_level_is_estimated_from_what_the_step_gets(image: Image) -> None:
    steps = Steps((Step("denoise", 20.0, Strength(0.5, 0.5)), Step("denoise")))
    _, done = run_steps(image, steps, restore, RunContext())
    task = task_named("denoise")
    first = run_step(image, steps.items[0], restore, RunContext())
    assert done.items[1].level is None
    assert done.items[1].estimated == estimate_level(first.image, task)
    assert done.items[1].estimated != estimate_level(image, task)


def test_a_mask_limits_a_step_and_says_where_to_fill(image: Image) -> None:
    mask = painted(image)
    limited = run_step(image, Step("denoise", 20.0, mask=FrozenArray.of(mask)), restore, RunContext())
    np.testing.assert_array_equal(limited.image.pixels[mask == 0], image.pixels[mask == 0])
    np.testing.assert_array_equal(limited.image.pixels[mask != 0], limited.restored.pixels[mask != 0])
    filled = run_step(image, Step("inpaint", mask=FrozenArray.of(mask)), restore, RunContext())
    expected = restore(image, task_named("inpaint"), with_mask(Level(0), mask), RunContext())
    np.testing.assert_array_equal(filled.image.pixels, expected.pixels)
    assert (filled.image.pixels != image.pixels).any()


def test_a_mask_comes_from_a_file_of_any_size(image: Image, tmp_path: Path) -> None:
    mask = painted(image)
    path = tmp_path / "mask.png"
    write_image(path, Image(np.repeat(np.repeat(mask, 2, 0), 2, 1)[..., None]))
    given, read = (
        run_step(image, Step("denoise", 20.0, mask=found), restore, RunContext()).image
        for found in (FrozenArray.of(mask), str(path))
    )
    np.testing.assert_array_equal(given.pixels, read.pixels)
    with pytest.raises(ImageReadError):
        run_step(image, Step("denoise", 20.0, mask=str(tmp_path / "missing.png")), restore, RunContext())


def test_a_mask_that_is_not_kept_is_asked_for(image: Image) -> None:
    with pytest.raises(LevelError, match="painted and not kept"):
        run_step(image, Step("denoise", 20.0, mask=""), restore, RunContext())


def test_a_kernel_is_part_of_the_step(image: Image) -> None:
    step = Step("deblur", 2.0, kernel=FrozenArray.of(disk_kernel(2)))
    found = run_step(image, step, restore, RunContext()).image
    expected = restore(image, task_named("deblur"), step.level_at(2), RunContext())
    np.testing.assert_array_equal(found.pixels, expected.pixels)
    other = run_step(image, replace(step, kernel=FrozenArray.of(disk_kernel(3))), restore, RunContext()).image
    assert (other.pixels != found.pixels).any()


def test_progress_runs_once_over_all_steps_by_their_pixels(image: Image) -> None:
    told = list[Progress]()
    steps = Steps((Step("denoise", 20.0), Step("super_resolution", 2.0)))
    run_steps(image, steps, restore, RunContext(told.append))
    fractions = [progress.done / progress.total for progress in told]
    assert fractions == sorted(fractions)
    assert (fractions[0], fractions[-1]) == (0, 1)
    assert 0.2 in fractions, "the first step makes a quarter of the pixels of the second"


def test_canceling_stops_within_a_step(image: Image) -> None:
    ctx = RunContext(lambda progress: ctx.cancel() if progress.done > 6000 else None)
    steps = Steps((Step("denoise", 20.0), Step("deblock", 40.0)))
    with pytest.raises(Canceled):
        run_steps(image, steps, restore, ctx)


def test_nothing_to_do_gives_the_picture_itself(image: Image) -> None:
    found, done = run_steps(image, Steps((Step("denoise", is_on=False),)), restore, RunContext())
    assert found is image
    assert not done.items
