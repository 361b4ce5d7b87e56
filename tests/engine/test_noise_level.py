from __future__ import annotations

import numpy as np
import pytest
import torch
from skimage import data
from torch import Tensor

from engine.noise_level import _clipped_variance, estimate_sigma
from engine.tensors import rounded, to_tensor


@pytest.fixture(scope="module")
def textured() -> Tensor:
    """A photo of gravel and grass-like detail beside flat parts, halved, so that it has little noise of its own."""
    pixels = data.astronaut()  # type: ignore[no-untyped-call]  # scikit-image has no types
    return torch.nn.functional.avg_pool2d(to_tensor(pixels), 2)


def noisy(clean: Tensor, sigma: float) -> Tensor:
    return clean + torch.randn(clean.shape, generator=torch.Generator().manual_seed(3)) * sigma / 255


@pytest.mark.parametrize("is_gray", [False, True])
@pytest.mark.parametrize("sigma", [5, 10, 25, 50])
def test_texture_does_not_count_as_noise(textured: Tensor, sigma: float, is_gray: bool) -> None:
    picture = noisy(textured.mean(0, keepdim=True) if is_gray else textured, sigma)
    assert estimate_sigma(picture) == pytest.approx(sigma, rel=0.1)


@pytest.mark.parametrize("sigma", [5, 25, 50])
def test_clipping_does_not_hide_noise(textured: Tensor, sigma: float) -> None:
    assert estimate_sigma(rounded(noisy(textured, sigma))) == pytest.approx(sigma, rel=0.1)


def test_burnt_out_parts_are_left_out(textured: Tensor) -> None:
    burnt = textured.clone()
    burnt[:, :170] = 1
    assert estimate_sigma(rounded(noisy(burnt, 20))) == pytest.approx(20, rel=0.1)


@pytest.mark.parametrize("shape", [(1, 1, 1), (3, 5, 40), (3, 14, 14), (1, 16, 300)])
def test_small_and_even_pictures_have_an_answer(shape: tuple[int, int, int]) -> None:
    assert estimate_sigma(torch.zeros(shape)) == 0
    assert np.isfinite(estimate_sigma(torch.rand(shape, generator=torch.Generator().manual_seed(0))))


@pytest.mark.parametrize("mean", [0.02, 0.5, 0.9])
def test_the_variance_of_clipped_noise_is_that_of_samples(mean: float) -> None:
    samples = np.random.default_rng(0).normal(mean, 0.2, 1_000_000).clip(0, 1)
    found = _clipped_variance(torch.tensor([mean], dtype=torch.float64), 0.2)
    assert found == pytest.approx(samples.var(), rel=0.01)


def test_frames_and_drawings_do_not_hide_the_noise_of_the_photo(textured: Tensor) -> None:
    framed = torch.full((3, 400, 400), 0.6)
    framed[:, 70:326, 70:326] = noisy(textured, 20)
    assert estimate_sigma(rounded(framed)) == pytest.approx(20, rel=0.1)
