from __future__ import annotations

import cv2
import numpy as np
import pytest
import torch
from numpy.typing import NDArray

from engine.classical import FILTERS, Filter, filter_part
from engine.image_io import Image
from engine.kernels import gaussian_kernel
from engine.metrics import psnr
from engine.tasks import TASKS, Level, task_named
from engine.tasks.inpaint import random_mask
from engine.tensors import to_pixels, to_tensor
from engine.tiling import Part

PART: Part = (slice(90, 170), slice(110, 220))
SIZE = (80, 110)


@pytest.fixture
def clean(photo: NDArray[np.uint8]) -> Image:
    return Image(photo[:200, :260])


def damaged(task_name: str, clean: Image, kind: Filter) -> tuple[Image, Level]:
    task, rng = task_named(task_name), torch.Generator().manual_seed(1)
    value = {"denoise": 25.0, "super_resolution": 2.0, "deblur": 2.55, "inpaint": 0.0}[task_name]
    kernel = torch.from_numpy(gaussian_kernel(15, 1.6, 1.6, 0)) if task.needs_kernel else None
    mask = random_mask(clean.pixels.shape[:2], np.random.default_rng(3)) if task.needs_mask else None
    level = Level(value, kernel, None if mask is None else torch.from_numpy(mask)[None])
    return Image(to_pixels(task.degrade(to_tensor(clean.pixels), level, rng), np.dtype(np.uint8))), level


def test_every_task_says_which_filters_serve_it() -> None:
    assert set(FILTERS) == {task.name for task in TASKS}
    assert sorted(kind for kinds in FILTERS.values() for kind in kinds) == sorted(Filter)


by_filter = pytest.mark.parametrize(
    ("task_name", "kind"), [(name, kind) for name, kinds in FILTERS.items() for kind in kinds]
)


@by_filter
def test_a_filter_repairs_a_photo(task_name: str, kind: Filter, clean: Image) -> None:
    image, level = damaged(task_name, clean, kind)
    factor = 2 if task_name == "super_resolution" else 1
    part = PART if factor == 1 else (slice(45, 85), slice(55, 110))
    made = filter_part(kind, image, level, part)
    wanted = clean.pixels[PART]
    assert made.pixels.shape == wanted.shape
    assert made.pixels.dtype == np.uint8
    before = image.pixels[PART] if factor == 1 else np.repeat(np.repeat(image.pixels[part], 2, 0), 2, 1)
    gain = psnr(to_tensor(made.pixels), to_tensor(wanted)) - psnr(to_tensor(before), to_tensor(wanted))
    assert gain > 0.5


@by_filter
@pytest.mark.parametrize("dtype", [np.uint16, np.float32])
@pytest.mark.parametrize("channels", [1, 3])
def test_a_filter_takes_all_samples_and_parts_at_corners(
    task_name: str, kind: Filter, dtype: type[np.generic], channels: int, clean: Image
) -> None:
    image, level = damaged(task_name, clean, kind)
    samples = to_pixels(to_tensor(image.pixels[..., :channels]), np.dtype(dtype))
    part = (slice(0, 9), slice(image.width - 7, image.width))
    made = filter_part(kind, Image(samples, samples[..., 0]), level, part)
    reference = filter_part(kind, Image(image.pixels[..., :channels].copy()), level, part)
    np.testing.assert_allclose(made.pixels, reference.pixels, atol=1)
    assert made.alpha is not None
    assert made.alpha.shape == made.pixels.shape[:2]


def test_a_part_is_what_the_whole_would_be(clean: Image) -> None:
    image, level = damaged("denoise", clean, Filter.NON_LOCAL_MEANS)
    everything = (slice(0, image.height), slice(0, image.width))
    whole = filter_part(Filter.NON_LOCAL_MEANS, image, level, everything).pixels
    np.testing.assert_array_equal(filter_part(Filter.NON_LOCAL_MEANS, image, level, PART).pixels, whole[PART])


@pytest.mark.parametrize("factor", [2.0, 2.7])
def test_enlarging_keeps_things_where_they_are(factor: float, clean: Image) -> None:
    made = filter_part(Filter.BICUBIC, clean, Level(factor), PART)
    size = (round(SIZE[0] * factor), round(SIZE[1] * factor))
    assert made.pixels.shape[:2] == size
    back = cv2.resize(made.pixels, SIZE[::-1], interpolation=cv2.INTER_AREA)
    assert np.abs(back.astype(float) - clean.pixels[PART]).mean() < 4


def test_no_noise_is_left_alone(clean: Image) -> None:
    made = filter_part(Filter.NON_LOCAL_MEANS, clean, Level(0), PART)
    assert np.abs(made.pixels.astype(int) - clean.pixels[PART]).max() <= 1


@pytest.mark.parametrize("kind", FILTERS["super_resolution"])
def test_what_lies_behind_transparency_is_not_mixed_in(kind: Filter) -> None:
    alpha = cv2.circle(np.zeros((48, 56), np.uint8), (28, 24), 15, 255, -1, cv2.LINE_AA)
    pixels = np.zeros((48, 56, 3), np.uint8)
    pixels[alpha > 0] = (230, 60, 40)
    made = filter_part(kind, Image(pixels, alpha), Level(2.0), (slice(4, 44), slice(4, 52)))
    assert made.alpha is not None
    assert np.abs(made.pixels[made.alpha > 8].astype(int) - (230, 60, 40)).max() <= 1
