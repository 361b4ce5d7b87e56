from __future__ import annotations

import math

import numpy as np
import pytest
import torch
from numpy.typing import NDArray
from skimage.metrics import structural_similarity

from engine.errors import Canceled
from engine.metrics import Fidelity, fidelity, psnr, ssim
from engine.tensors import luma, to_tensor


def test_psnr_of_a_known_error() -> None:
    assert psnr(torch.full((3, 4, 4), 0.6), torch.full((3, 4, 4), 0.5)) == pytest.approx(20, abs=1e-4)
    assert psnr(torch.zeros(1, 2, 2), torch.zeros(1, 2, 2)) == math.inf


@pytest.mark.parametrize("is_gray", [False, True])
def test_ssim_equals_scikit_image(photo: NDArray[np.uint8], is_gray: bool) -> None:
    clean = to_tensor(photo[:37, :61])
    clean = luma(clean) if is_gray else clean
    noisy = (clean + 0.1 * torch.randn(clean.shape, generator=torch.Generator().manual_seed(0))).clamp(0, 1)
    expected = structural_similarity(  # type: ignore[no-untyped-call]  # scikit-image has no types
        noisy.double().numpy(),
        clean.double().numpy(),
        channel_axis=0,
        data_range=1,
        gaussian_weights=True,
        sigma=1.5,
        use_sample_covariance=False,
    )
    assert ssim(noisy, clean) == pytest.approx(expected, abs=1e-6)


def test_ssim_of_a_picture_smaller_than_its_window_is_not_a_number() -> None:
    assert math.isnan(ssim(torch.zeros(1, 10, 30), torch.zeros(1, 10, 30)))


@pytest.mark.parametrize("height", [11, 64, 70, 75, 150])
def test_fidelity_in_strips_is_that_of_the_whole(photo: NDArray[np.uint8], height: int) -> None:
    clean = photo[:height, :61]
    noisy = (clean + np.random.default_rng(0).normal(0, 20, clean.shape)).clip(0, 255).astype(np.uint8)
    found = fidelity(noisy, (clean * np.uint16(257)), lambda: None)
    first, second = to_tensor(noisy), to_tensor(clean)
    assert found.psnr == pytest.approx(psnr(first, second), abs=1e-6)
    assert found.ssim == pytest.approx(ssim(first, second), abs=1e-7)


def test_fidelity_of_equal_small_and_gray_pictures(photo: NDArray[np.uint8]) -> None:
    assert fidelity(photo, photo) == Fidelity(math.inf, 1)
    assert math.isnan(fidelity(photo[:10, :90], photo[:10, :90]).ssim)
    gray = np.full((20, 20, 1), 100, np.uint8)
    assert fidelity(gray.repeat(3, 2), gray).psnr == math.inf
    assert fidelity(gray, gray.repeat(3, 2)).psnr > 100


def test_fidelity_can_be_stopped(photo: NDArray[np.uint8]) -> None:
    strips = list[int]()

    def check() -> None:
        strips.append(1)
        if len(strips) == 3:
            raise Canceled

    with pytest.raises(Canceled):
        fidelity(photo, photo, check)
