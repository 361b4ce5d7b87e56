from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
import torch
from numpy.typing import NDArray

from engine.errors import Canceled, KernelError, LevelError
from engine.image_io import Image
from engine.kernels import disk_kernel
from engine.parts import cut
from engine.restore import Restorer
from engine.run_context import RunContext
from engine.tasks import TASKS, Level, Task, task_named
from engine.tensors import to_pixels, to_tensor
from engine.tiling import Part
from tests.engine.conftest import EXACT, tiny_net

by_task = pytest.mark.parametrize("task", TASKS, ids=lambda task: task.name)
PART: Part = (slice(71, 130), slice(103, 190))
CORNER: Part = (slice(189, 200), slice(240, 260))
WHOLE: Part = (slice(0, 200), slice(0, 260))


@pytest.fixture
def image(photo: NDArray[np.uint8]) -> Image:
    pixels = to_pixels(to_tensor(photo[:200, :260]), np.dtype(np.float32))
    return Image(pixels, pixels[..., 0].copy())


def level_for(task: Task, image: Image) -> Level:
    level = task.sample_level((image.height, image.width), torch.Generator().manual_seed(1))
    if task.needs_kernel:
        return replace(level, kernel=torch.from_numpy(disk_kernel(2.5)), value=5.0)
    return level


@by_task
@pytest.mark.parametrize(("part", "stride"), [(PART, 1), (PART, 2), (CORNER, 2), (WHOLE, 2)])
def test_a_part_is_restored_as_the_whole(task: Task, part: Part, stride: int, image: Image) -> None:
    restorer, level = Restorer(tiny_net(task, stride=stride), task, EXACT), level_for(task, image)
    scale = task.scale(level)
    rows, columns = (slice(side.start * scale, side.stop * scale) for side in part)
    whole = restorer.restore(image, level, RunContext())
    made = restorer.restore_part(image, level, part, RunContext())
    wanted = cut(whole, (rows, columns))
    assert made.pixels.shape == wanted.pixels.shape
    tolerance = 0.5 / 255 if task.needs_whole_picture else 1e-5  # an inverse filter has no end
    assert np.abs(made.pixels - wanted.pixels).max() < tolerance
    assert made.alpha is not None
    assert wanted.alpha is not None
    np.testing.assert_allclose(made.alpha, wanted.alpha, atol=1e-5)


def test_deblurring_a_part_sees_far_enough(image: Image) -> None:
    task = task_named("deblur")
    wide = Image(np.tile(image.pixels, (1, 10, 1)))
    restorer, level, part = Restorer(tiny_net(task), task, EXACT), level_for(task, wide), (PART[0], slice(1203, 1290))
    whole, layers = restorer.restore(wide, level, RunContext()), list[int]()
    made = restorer.restore_part(wide, level, part, RunContext(lambda progress: layers.append(progress.total)))
    assert np.abs(made.pixels - whole.pixels[part]).max() < 0.5 / 255
    assert layers[0] == 6, "the net runs once"


def test_thick_holes_elsewhere_count_as_in_the_whole(image: Image) -> None:
    task = task_named("inpaint")
    mask = torch.zeros(1, image.height, image.width, dtype=torch.bool)
    mask[:, 10:70, 10:70] = True
    mask[:, 150:160, 100:250] = True
    restorer, level = Restorer(tiny_net(task), task, EXACT), Level(0, mask=mask)
    assert task.coarser(image.pixels, level) is not None
    whole = restorer.restore(image, level, RunContext())
    for part in ((slice(140, 180), slice(190, 250)), (slice(30, 60), slice(50, 100))):
        made = restorer.restore_part(image, level, part, RunContext())
        np.testing.assert_allclose(made.pixels, whole.pixels[part], atol=1e-5)


def test_between_whole_factors_a_part_has_its_own_size_and_place(image: Image) -> None:
    task = task_named("super_resolution")
    restorer, level, part = Restorer(tiny_net(task), task, EXACT), Level(2.7), (slice(100, 160), slice(101, 191))
    whole = restorer.restore(image, level, RunContext()).pixels
    made = restorer.restore_part(image, level, part, RunContext()).pixels
    assert made.shape == (162, 243, 3)
    errors = {
        (down, right): np.abs(made - whole[270 + down :, 273 + right :][:162, :243]).mean()
        for down in (-3, 0, 3)
        for right in (-3, 0, 3)
    }
    assert min(errors, key=lambda moved: errors[moved]) == (0, 0)


def test_only_the_part_is_worked_on(image: Image) -> None:
    task = task_named("denoise")
    large = Image(np.tile(image.pixels, (8, 8, 1)))
    restorer, layers = Restorer(tiny_net(task), task, EXACT), list[int]()
    restorer.restore_part(large, Level(25), PART, RunContext(lambda progress: layers.append(progress.total)))
    assert layers[0] == 6, "one tile"


def test_a_part_is_checked_and_canceled_like_the_whole(image: Image) -> None:
    deblur, denoise = task_named("deblur"), task_named("denoise")
    large_kernel = Level(0, torch.full((301, 301), 1 / 301**2))
    with pytest.raises((KernelError, LevelError)):
        Restorer(tiny_net(deblur), deblur, EXACT).restore_part(image, large_kernel, PART, RunContext())
    ctx = RunContext()
    ctx.cancel()
    with pytest.raises(Canceled):
        Restorer(tiny_net(denoise), denoise, EXACT).restore_part(image, Level(25), PART, ctx)
