"""Undoing a blur: the borders, where a real photo's scene goes on unseen, and the way out of it."""

from __future__ import annotations

import cv2
import numpy as np
import pytest
import torch
from numpy.typing import NDArray
from torch import Tensor

from engine.deconvolution import convolve, deconvolve, wiener
from engine.errors import Canceled
from engine.image_io import Image
from engine.kernels import disk_kernel, gaussian_kernel, shake_kernel
from engine.metadata import Metadata
from engine.metrics import psnr
from engine.restore import Restorer
from engine.run_context import RunContext
from engine.tasks import Level, task_named
from engine.tasks.base import gaussian_noise
from engine.tensors import rounded, to_pixels, to_tensor


@pytest.fixture
def clean(photo: NDArray[np.uint8]) -> Tensor:
    return to_tensor(photo[100:196, 120:216])


def seen(clean: Tensor, kernel: NDArray[np.float32], sigma_8bit: float) -> tuple[Tensor, Tensor]:
    """What a camera sees of the blurred scene, and the same part of the scene."""
    rows, columns = (side // 2 for side in kernel.shape)
    part = (slice(None), slice(rows, clean.shape[1] - rows), slice(columns, clean.shape[2] - columns))
    blurred = convolve(clean, torch.from_numpy(kernel))[part]
    return blurred + gaussian_noise(blurred, sigma_8bit, torch.Generator().manual_seed(0)), clean[part]


@pytest.mark.parametrize(
    ("kernel", "sigma_8bit", "gain_db"),
    [
        (disk_kernel(4), 0.0, 3.0),
        (gaussian_kernel(13, 1.6, 1.6), 0.0, 0.5),
        (shake_kernel(19, np.random.default_rng(1)), 2.55, 0.3),
        (shake_kernel(19, np.random.default_rng(1)), 7.65, 0.0),
    ],
)
def test_borders_do_not_ring_as_with_wieners_filter(
    clean: Tensor, kernel: NDArray[np.float32], sigma_8bit: float, gain_db: float
) -> None:
    blurred, scene = seen(clean, kernel, sigma_8bit)
    least_squares = psnr(deconvolve(blurred, torch.from_numpy(kernel), sigma_8bit), scene)
    assert least_squares > psnr(wiener(blurred, torch.from_numpy(kernel), sigma_8bit), scene) + gain_db
    assert least_squares > psnr(blurred, scene) + 1


@pytest.mark.parametrize("undo", [wiener, deconvolve])
@pytest.mark.parametrize("size", [(40, 40), (41, 52)])
def test_undoing_no_blur_changes_nearly_nothing(clean: Tensor, undo: object, size: tuple[int, int]) -> None:
    kernel = torch.zeros(5, 5)
    kernel[2, 2] = 1
    part = clean[:, : size[0], : size[1]]
    assert callable(undo)
    assert (undo(part, kernel, 0.0) - part).abs().max() < 1e-2


def test_a_kernel_nearly_as_large_as_the_picture_darkens_nothing() -> None:
    flat = torch.full((3, 60, 60), 0.5)
    assert (deconvolve(flat, torch.ones(51, 51) / 51**2, 5.0) - flat).abs().max() < 1e-3


def test_a_gray_picture_comes_out_as_its_only_channel(clean: Tensor) -> None:
    kernel = torch.from_numpy(disk_kernel(3))
    blurred = convolve(clean[:1], kernel)
    undone = deconvolve(blurred.repeat(3, 1, 1), kernel, 1.0)
    assert torch.equal(undone, undone[:1].expand(3, -1, -1))
    assert (undone[:1] - deconvolve(blurred, kernel, 1.0)).abs().max() < 1e-4


@pytest.mark.parametrize("sigma_8bit", [1.0, 2.55, 7.65])
def test_colors_get_less_noise_than_one_by_one(clean: Tensor, sigma_8bit: float) -> None:
    kernel = shake_kernel(19, np.random.default_rng(1))
    blurred, scene = seen(clean, kernel, sigma_8bit)
    undone, apart = (
        torch.cat([deconvolve(part, torch.from_numpy(kernel), sigma_8bit) for part in parts])
        for parts in ([blurred], [blurred[i : i + 1] for i in range(3)])
    )
    assert psnr(undone, scene) > psnr(apart, scene) + 0.3


@pytest.mark.parametrize("kernel", [gaussian_kernel(13, 1.6, 1.6), disk_kernel(4)])
def test_what_is_finer_than_8_bits_is_made_use_of(clean: Tensor, kernel: NDArray[np.float32]) -> None:
    blurred, scene = seen(clean, kernel, 0.0)
    fine, coarse = (deconvolve(part, torch.from_numpy(kernel), 0.0) for part in (blurred, rounded(blurred)))
    assert psnr(fine, scene) > psnr(coarse, scene) + 1


@pytest.mark.parametrize("is_rounded", [False, True])
@pytest.mark.parametrize("kernel", [gaussian_kernel(13, 1.6, 1.6), disk_kernel(4)])
def test_noise_that_nobody_sees_is_found_where_none_is_told(
    clean: Tensor, kernel: NDArray[np.float32], is_rounded: bool
) -> None:
    noisy, scene = seen(clean, kernel, 0.4)
    noisy = rounded(noisy) if is_rounded else noisy
    told, untold = (psnr(deconvolve(noisy, torch.from_numpy(kernel), sigma), scene) for sigma in (0.4, 0.0))
    assert untold > told - 0.2


@pytest.mark.parametrize(("suffix", "quality"), [(".png", 0), (".jpg", 97), (".jpg", 90), (".jpg", 75), (".webp", 90)])
def test_the_estimated_noise_suits_the_file(photo: NDArray[np.uint8], suffix: str, quality: int) -> None:
    """Rounding and JPEG are no white noise, but a net that is told of too little of it sharpens their traces."""
    task = task_named("deblur")
    kernel = disk_kernel(4)
    blurred, scene = seen(to_tensor(photo[80:300, 80:300]), kernel, 0.0)
    pixels = to_pixels(blurred, np.dtype(np.uint8))
    options = {".jpg": [cv2.IMWRITE_JPEG_QUALITY, quality], ".webp": [cv2.IMWRITE_WEBP_QUALITY, quality]}
    pixels = np.asarray(cv2.imdecode(cv2.imencode(suffix, pixels, options.get(suffix, []))[1], cv2.IMREAD_COLOR))
    estimated = task.estimate_level(to_tensor(pixels), Metadata(is_lossy=suffix == ".webp"))
    if suffix == ".jpg":
        assert estimated == task.estimate_level(to_tensor(pixels), Metadata(jpeg_quality=quality, is_lossy=True))
    restorer = Restorer.for_task(task)

    def score(sigma_8bit: float) -> float:
        level = Level(sigma_8bit, kernel=torch.from_numpy(kernel))
        return psnr(to_tensor(restorer.restore(Image(pixels), level, RunContext()).pixels), scene)

    found = score(estimated)
    assert found > score(2 * estimated) - 0.1
    assert found > score(estimated / 4) - (1.5 if suffix == ".png" else 0.1)  # of a file that once was a JPEG
    assert found > psnr(blurred, scene) + 1


def test_it_ends_when_canceled(clean: Tensor) -> None:
    calls = 0

    def cancel_at_the_third() -> None:
        nonlocal calls
        calls += 1
        if calls == 3:
            raise Canceled

    kernel = disk_kernel(4)
    blurred, _ = seen(clean, kernel, 0.0)
    with pytest.raises(Canceled):
        deconvolve(blurred, torch.from_numpy(kernel), 0.0, cancel_at_the_third)
    assert calls == 3
