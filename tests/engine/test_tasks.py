from __future__ import annotations

import math

import cv2
import numpy as np
import pytest
import torch
from numpy.typing import NDArray
from torch import Tensor

from engine.errors import LevelError
from engine.kernels import disk_kernel, gaussian_kernel, shake_kernel
from engine.metadata import Metadata
from engine.metrics import psnr
from engine.tasks import TASKS, Level, Task, task_named
from engine.tasks.inpaint import random_mask
from engine.tensors import enlarge, to_tensor

by_task = pytest.mark.parametrize("task", TASKS, ids=lambda task: task.name)


def rng(seed: int = 0) -> torch.Generator:
    return torch.Generator().manual_seed(seed)


def named(name: str) -> Task:
    return next(task for task in TASKS if task.name == name)


@pytest.fixture
def clean(photo: NDArray[np.uint8]) -> Tensor:
    return to_tensor(photo[100:196, 120:216])


@by_task
def test_the_same_seed_gives_the_same_damage(task: Task, clean: Tensor) -> None:
    for draw in (task.degrade, task.training_input):
        levels = [task.sample_level((96, 96), rng(5)) for _ in range(2)]
        first, second = (draw(clean, level, rng(7)) for level in levels)
        assert torch.equal(first, second)
        assert first.dtype == torch.float32


@by_task
def test_the_net_sees_the_image_and_the_promised_planes(task: Task, clean: Tensor) -> None:
    level = task.sample_level((96, 96), rng(1))
    degraded = task.degrade(clean, level, rng(2))
    seen = task.network_input(degraded, level)
    scale = task.scale(level)
    assert seen.shape == (3 + task.condition_channels, degraded.shape[1] * scale, degraded.shape[2] * scale)
    assert torch.isfinite(seen).all()
    assert psnr(seen[:3], clean) > 10


@by_task
def test_sampled_levels_are_allowed_and_differ(task: Task) -> None:
    levels = [task.sample_level((48, 60), rng(seed)) for seed in range(40)]
    for level in levels:
        task.check_level(level)
    parts = {(level.value, None if level.mask is None else int(level.mask.sum())) for level in levels}
    assert len(parts) > 2


@by_task
@pytest.mark.parametrize("value", [math.nan, math.inf, -1.0, 1e9])
def test_impossible_levels_are_one_sentence(task: Task, value: float) -> None:
    good = task.sample_level((48, 48), rng())
    with pytest.raises(LevelError) as caught:
        task.check_level(Level(value, good.kernel, good.mask))
    assert task.name in str(caught.value)


@by_task
def test_a_level_that_lacks_its_kernel_or_mask_is_refused(task: Task) -> None:
    if task.needs_kernel or task.needs_mask:
        with pytest.raises(LevelError, match="needed"):
            task.check_level(Level(task.levels.default))
    else:
        task.check_level(Level(task.levels.default))


@by_task
def test_loss_weights_count_at_least_one_pixel(task: Task) -> None:
    level = task.sample_level((36, 48), rng(3))
    weight = task.loss_weight(level, (36, 48))
    assert weight.shape == (1, 36, 48)
    assert weight.sum() > 0


@by_task
def test_single_pixels_and_gray_pass_through(task: Task) -> None:
    level = task.sample_level((1, 1), rng())
    seen = task.network_input(torch.full((1, 1, 1), 0.5), level)
    assert torch.isfinite(seen).all()
    assert seen.shape[1:] == (task.scale(level), task.scale(level))


@pytest.mark.parametrize("sigma", [5, 25, 60])
def test_noise_has_its_sigma_and_is_not_clipped(sigma: float) -> None:
    noise = named("denoise").degrade(torch.zeros(3, 200, 200), Level(sigma), rng())
    assert float(noise.std()) * 255 == pytest.approx(sigma, rel=0.02)
    assert float(noise.mean()) == pytest.approx(0, abs=0.003)
    assert noise.min() < 0


def test_a_share_of_the_training_noise_is_that_of_8_bit_files() -> None:
    task = named("denoise")
    inputs = [task.training_input(torch.zeros(1, 16, 16), Level(30), rng(seed)) for seed in range(60)]
    clipped = [bool((seen >= 0).all()) for seen in inputs]
    assert 5 < sum(clipped) < 40


@pytest.mark.parametrize("sigma", [5, 10, 25, 50])
def test_sigma_is_estimated_within_a_tenth(photo: NDArray[np.uint8], sigma: float) -> None:
    task, clean = named("denoise"), to_tensor(photo)
    in_all = math.hypot(sigma, task.estimate_level(clean, Metadata()))  # the photo has some noise of its own
    noisy = task.degrade(clean, Level(sigma), rng())
    assert task.estimate_level(noisy, Metadata()) == pytest.approx(in_all, rel=0.1)


@by_task
def test_only_tasks_that_can_estimate_do(task: Task, clean: Tensor) -> None:
    for metadata in (Metadata(), Metadata(jpeg_quality=1), Metadata(jpeg_quality=100)):
        for picture in (clean, torch.zeros(1, 1, 1)):
            if task.can_estimate:
                assert task.levels.reason_against(task.estimate_level(picture, metadata)) is None
            else:
                with pytest.raises(LevelError, match="give a value"):
                    task.estimate_level(picture, metadata)


def test_the_quality_to_deblock_is_what_the_file_tells(clean: Tensor) -> None:
    assert named("deblock").estimate_level(clean, Metadata(jpeg_quality=42)) == 42
    assert named("deblock").estimate_level(clean, Metadata()) == 95


def test_the_quality_to_deblock_is_that_of_the_first_file_if_it_was_saved_again(photo: NDArray[np.uint8]) -> None:
    task = named("deblock")
    once = task.degrade(to_tensor(photo), Level(30), rng())
    again = task.degrade(once, Level(95), rng())
    assert task.estimate_level(once, Metadata()) == 30
    assert task.estimate_level(again, Metadata(jpeg_quality=95)) == 30


def test_super_resolution_shows_the_net_the_bicubic_enlargement(clean: Tensor) -> None:
    task = named("super_resolution")
    small = task.degrade(clean[:, :95, :94], Level(3), rng())
    assert small.shape == (3, 31, 31)
    assert torch.equal(task.network_input(small, Level(3))[:3], enlarge(small, 3))


@pytest.mark.parametrize(("value", "scale"), [(1, 2), (2, 2), (2.01, 3), (3, 3), (3.5, 4), (4, 4)])
def test_other_sizes_are_made_by_the_next_larger_factor(clean: Tensor, value: float, scale: int) -> None:
    task = named("super_resolution")
    task.check_level(Level(value))
    assert task.scale(Level(value)) == scale
    assert torch.equal(task.network_input(clean, Level(value)), task.network_input(clean, Level(scale)))
    assert task.output_size(Level(value), 100, 150) == (round(100 * value), round(150 * value))
    assert task.output_size(Level(1.001), 1, 1) == (1, 1)


def test_deblocking_uses_a_real_encoder(clean: Tensor) -> None:
    task = named("deblock")
    worse, better = (psnr(task.degrade(clean, Level(q), rng()), clean) for q in (10, 60))
    assert 20 < worse < better
    gray = clean[:1]
    bgr = np.round(gray[0].numpy() * 255).astype(np.uint8)
    data = cv2.imencode(".jpg", bgr, [cv2.IMWRITE_JPEG_QUALITY, 10])[1]
    expected = np.asarray(cv2.imdecode(data, cv2.IMREAD_UNCHANGED))
    np.testing.assert_allclose(task.degrade(gray, Level(10), rng())[0].numpy() * 255, expected, atol=1e-3)


def test_blur_is_a_convolution_with_mirrored_borders(clean: Tensor) -> None:
    kernel = shake_kernel(15, np.random.default_rng(4))
    blurred = named("deblur").degrade(clean, Level(0, torch.from_numpy(kernel)), rng())
    expected = cv2.filter2D(clean.permute(1, 2, 0).numpy(), -1, kernel[::-1, ::-1], borderType=cv2.BORDER_REFLECT_101)
    np.testing.assert_allclose(blurred.permute(1, 2, 0).numpy(), expected, atol=1e-5)


@pytest.mark.parametrize(
    "kernel", [gaussian_kernel(25, 1.6, 1.6), disk_kernel(4), shake_kernel(19, np.random.default_rng(1))]
)
def test_the_net_is_shown_a_sharpened_picture(clean: Tensor, kernel: NDArray[np.float32]) -> None:
    task = named("deblur")
    level = Level(0.5, torch.from_numpy(kernel))
    blurred = task.degrade(clean, level, rng())
    assert psnr(task.network_input(blurred, level)[:3], clean) > psnr(blurred, clean) + 0.5


@pytest.mark.parametrize("radius", [1, 2.5, 7])
def test_a_disk_kernel_has_its_radius(radius: float) -> None:
    kernel = disk_kernel(radius)
    assert kernel.sum() == pytest.approx(1)
    assert 1 / kernel.max() == pytest.approx(math.pi * radius**2, rel=0.05)


@pytest.mark.parametrize("kernel", [torch.ones(4, 3) / 12, torch.ones(3, 3), torch.full((3, 3), math.nan)])
def test_unusable_kernels_are_refused(kernel: Tensor) -> None:
    with pytest.raises(LevelError, match="kernel"):
        named("deblur").check_level(Level(1, kernel))


def test_inpainting_changes_nothing_outside_the_mask(clean: Tensor) -> None:
    task = named("inpaint")
    level = Level(0, mask=torch.from_numpy(random_mask((96, 96), np.random.default_rng(0)))[None])
    merged = task.merge(clean, torch.zeros_like(clean), level)
    assert level.mask is not None
    assert torch.equal(merged[:, ~level.mask[0]], clean[:, ~level.mask[0]])
    assert not merged[:, level.mask[0]].any()


@pytest.mark.parametrize("height", [1, 2, 3])
def test_the_prefill_of_a_narrow_picture_is_not_black(height: int) -> None:
    plain = torch.full((3, height, 40), 0.8)
    mask = torch.zeros(1, height, 40, dtype=torch.bool)
    mask[..., 10:16] = True
    task = named("inpaint")
    filled = task.network_input(plain * ~mask, Level(0, mask=mask))[:3]
    assert torch.allclose(filled, plain, atol=1e-3)


def test_the_prefill_continues_the_surroundings() -> None:
    ramp = torch.linspace(0.2, 0.8, 64).expand(3, 64, 64)
    mask = torch.zeros(1, 64, 64, dtype=torch.bool)
    mask[:, 28:36, 28:36] = True
    task = named("inpaint")
    damaged = task.degrade(ramp, Level(0, mask=mask), rng())
    filled = task.network_input(damaged, Level(0, mask=mask))[:3]
    assert (filled - ramp).abs().max() < 0.05


@pytest.mark.parametrize("share", [0.5, 0.8, 0.95])
def test_the_prefill_of_missing_pixels_is_closer_than_a_filter(share: float, photo: NDArray[np.uint8]) -> None:
    """The net has to begin with something like the picture: from flat blocks it learned no colours."""
    mask = np.random.default_rng(0).random(photo.shape[:2]) < share
    damaged = np.where(mask[..., None], 0, photo).astype(np.uint8)
    filtered = to_tensor(cv2.inpaint(damaged, mask.astype(np.uint8), 3, cv2.INPAINT_TELEA))
    filled = named("inpaint").network_input(to_tensor(damaged), Level(0, mask=torch.from_numpy(mask)[None]))[:3]
    clean = to_tensor(photo)
    assert psnr(filled.clamp(0, 1), clean) > psnr(filtered, clean) + 0.3


def test_the_prefill_sees_no_farther_than_it_says() -> None:
    task, at = named("inpaint"), 320
    level = Level(0, mask=torch.rand(1, 640, 640, generator=rng(1)) < 0.999)  # so few that all of the pyramid is needed
    near = slice(at - task.reach_px(level), at + task.reach_px(level) + 1)
    picture = torch.rand(3, 640, 640, generator=rng())
    cut = torch.zeros_like(picture)
    cut[:, near, near] = picture[:, near, near]
    filled, filled_near = (task.network_input(task.degrade(x, level, rng()), level)[:, at, at] for x in (picture, cut))
    assert torch.equal(filled, filled_near)


@pytest.mark.parametrize("task", TASKS, ids=lambda task: task.name)
def test_levels_are_floats_also_where_a_range_ends(task: Task) -> None:
    assert {type(value) for value in (task.levels.minimum, task.levels.maximum, task.levels.default)} == {float}


def test_an_estimate_at_the_end_of_its_range_is_a_float() -> None:
    noise = torch.rand(3, 64, 64, generator=torch.Generator().manual_seed(0))
    estimate = task_named("camera_noise").estimate_level(noise, Metadata())
    assert estimate == 100
    assert isinstance(estimate, float)
