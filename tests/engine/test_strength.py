"""Mixing a restored picture with its original, against the formulas written out."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from engine.image_io import Image
from engine.strength import (
    REACH_PX,
    Strength,
    apply_strength,
    blend,
    removed_detail,
    removed_sigmas,
)
from engine.tensors import enlarge, resize_pixels, to_pixels, to_tensor

TOP = {"uint8": 255, "uint16": 65535, "float32": 1}


def noise(height: int = 61, width: int = 53, channels: int = 3, dtype: str = "uint8", seed: int = 1) -> NDArray[Any]:
    samples = np.random.default_rng(seed).random((height, width, channels))
    scaled = samples * TOP[dtype]
    return (scaled if dtype == "float32" else scaled.round()).astype(dtype)


def photo_with_lines(sigma: float, *, contrast: float = 60) -> tuple[NDArray[np.uint8], NDArray[np.uint8]]:
    """A noisy gray surface with thin bright lines, and a restoration that took the lines away with the noise."""
    clean = np.full((256, 256, 3), 120.0)
    clean[:, ::64] += contrast
    noisy = clean + np.random.default_rng(2).normal(0, sigma, clean.shape[:2])[..., None]
    return noisy.round().clip(0, 255).astype(np.uint8), np.full(clean.shape, 120, np.uint8)


@pytest.mark.parametrize("dtype", TOP)
@pytest.mark.parametrize("channels", [1, 3])
def test_luma_and_color_are_mixed_apart(dtype: str, channels: int) -> None:
    original, restored = (noise(channels=channels, dtype=dtype, seed=seed) for seed in (1, 2))
    mixed = blend(original, restored, Strength(0.3, 0.8))
    change = restored.astype(float) - original
    luma = change @ ([0.299, 0.587, 0.114] if channels == 3 else [1.0])
    expected = original + 0.3 * luma[..., None] + 0.8 * (change - luma[..., None])
    if dtype != "float32":
        expected = expected.clip(0, TOP[dtype])
    # Half a step for rounding, and the weights of luma are fractions of 256.
    assert np.abs(mixed - expected).max() <= 0.002 * TOP[dtype] + (0 if dtype == "float32" else 0.5)
    assert mixed.dtype == original.dtype


@pytest.mark.parametrize("dtype", TOP)
def test_neutral_gives_the_restored_picture_itself_and_nothing_the_original(dtype: str) -> None:
    original, restored = Image(noise(dtype=dtype)), Image(noise(dtype=dtype, seed=2))
    assert apply_strength(original, restored, Strength()) is restored
    np.testing.assert_array_equal(apply_strength(original, restored, Strength(0, 0, 1)).pixels, original.pixels)


def test_half_of_everything_is_the_mean() -> None:
    original, restored = noise(), noise(seed=2)
    mean = (original.astype(int) + restored) / 2
    assert np.abs(blend(original, restored, Strength(0.5, 0.5)) - mean).max() <= 0.5


@pytest.mark.parametrize("factor", [1, 2, 3])
def test_the_strips_do_not_show(factor: int) -> None:
    original = Image(noise(61, 53))
    restored = Image(noise(61 * factor, 53 * factor, seed=2))
    mask = noise(61, 53, 1)[..., 0]
    strength = Strength(0.35, 0.7, 0.9)
    whole = apply_strength(original, restored, strength, mask=mask, strip_px=10_000).pixels
    for strip_px in (1, 17, 50):
        strips = apply_strength(original, restored, strength, mask=mask, strip_px=strip_px).pixels
        np.testing.assert_array_equal(strips, whole)


def test_detail_of_a_window_is_that_of_the_picture() -> None:
    original, restored = noise(120, 140), noise(120, 140, seed=2)
    whole = removed_detail(original, restored, (20.0, 8.0, 3.0))
    window = (slice(31, 90), slice(23, 111))
    part = removed_detail(original[window], restored[window], (20.0, 8.0, 3.0))
    inner = slice(REACH_PX, -REACH_PX)
    np.testing.assert_array_equal(part[inner, inner], whole[window][inner, inner])


@pytest.mark.parametrize("strength", [Strength(), Strength(0.5, 0.2, 1)])
def test_outside_the_mask_nothing_changes(strength: Strength) -> None:
    original, restored = Image(noise()), Image(noise(seed=2))
    mask = np.zeros((61, 53), np.uint8)
    mask[20:40, 10:30] = 255
    mask[40:45, 10:30] = 100
    mixed = apply_strength(original, restored, strength, mask=mask).pixels
    np.testing.assert_array_equal(mixed[mask == 0], original.pixels[mask == 0])
    everywhere = apply_strength(original, restored, strength).pixels
    np.testing.assert_array_equal(mixed[mask == 255], everywhere[mask == 255])
    soft = original.pixels + 100 / 255 * (everywhere.astype(float) - original.pixels)
    is_whole = (everywhere > 0) & (everywhere < 255)
    assert np.abs(mixed - soft)[(mask == 100)[..., None] & is_whole].max() <= 1


def test_an_enlarged_picture_is_mixed_with_the_bicubic_enlargement() -> None:
    original, restored = Image(noise(20, 30)), Image(noise(80, 120, seed=2))
    bicubic = to_pixels(enlarge(to_tensor(original.pixels), 4), np.dtype(np.uint8))
    np.testing.assert_array_equal(apply_strength(original, restored, Strength(0, 0)).pixels, bicubic)
    mask = np.zeros((20, 30), np.uint8)
    mask[:, 15:] = 255
    mixed = apply_strength(original, restored, Strength(), mask=mask).pixels
    np.testing.assert_array_equal(mixed[:, :48], bicubic[:, :48])
    np.testing.assert_array_equal(mixed[:, 72:], restored.pixels[:, 72:])


@pytest.mark.parametrize("height", [122, 100])
def test_lights_brighter_than_white_stay_when_enlarged(height: int) -> None:
    original, restored = np.full((61, 53, 3), 3.0, np.float32), np.full((height, height * 53 // 61, 3), 3.0, np.float32)
    mixed = apply_strength(Image(original), Image(restored), Strength(0.5, 0.5)).pixels
    np.testing.assert_allclose(mixed, 3.0, rtol=1e-4)


def test_any_enlargement_is_mixed_with_the_bicubic_one() -> None:
    original, restored = Image(noise(20, 31)), Image(noise(54, 84, seed=2))
    bicubic = resize_pixels(original.pixels, (54, 84))
    np.testing.assert_array_equal(apply_strength(original, restored, Strength(0, 0)).pixels, bicubic)
    strips = [apply_strength(original, restored, Strength(0.4, 0.7, 1), strip_px=px).pixels for px in (7, 100)]
    np.testing.assert_array_equal(strips[0], strips[1])


def test_texture_brings_back_detail_but_not_noise() -> None:
    original, restored = photo_with_lines(8)
    mixed = apply_strength(Image(original), Image(restored), Strength(texture=1)).pixels.astype(float)
    lines = np.arange(0, 256, 64)
    between = mixed[:, 32::64]
    assert mixed[:, lines[1:]].mean() > 120 + 0.5 * 60
    assert between.std() < 0.2 * 8
    half = apply_strength(Image(original), Image(restored), Strength(texture=0.5)).pixels.astype(float)
    assert half[:, lines[1:]].mean() == pytest.approx((120 + mixed[:, lines[1:]].mean()) / 2, abs=1)


def test_texture_is_measured_by_the_noise_of_the_picture() -> None:
    sigmas = [removed_sigmas(*photo_with_lines(sigma, contrast=0)) for sigma in (4, 16)]
    np.testing.assert_allclose(np.divide(sigmas[1], sigmas[0]), 4, rtol=0.15)
    # Source: the response of the first two wavelets to white noise, Starck, Murtagh, 2006, table A.1.
    assert sigmas[1][0] / 16 == pytest.approx(0.889, rel=0.1)
    assert sigmas[1][1] / 16 == pytest.approx(0.200, rel=0.1)


def test_what_did_not_change_tells_nothing_about_the_noise() -> None:
    original, restored = photo_with_lines(16)
    filled = original.copy()
    filled[:100, :100] = restored[:100, :100]
    assert removed_sigmas(original, filled)[0] == pytest.approx(removed_sigmas(original, restored)[0], rel=0.1)
    assert removed_sigmas(original, original) == (0, 0, 0)


@pytest.mark.parametrize("shape", [(1, 1), (1, 40), (3, 5)])
def test_tiny_pictures(shape: tuple[int, int]) -> None:
    original, restored = Image(noise(*shape)), Image(noise(*shape, seed=2))
    assert apply_strength(original, restored, Strength(0.5, 0.2, 1)).pixels.shape == (*shape, 3)


def test_sizes_that_do_not_fit_are_refused() -> None:
    for size in ((30, 50), (20, 29), (10, 15)):
        with pytest.raises(ValueError, match="no enlargement"):
            apply_strength(Image(noise(20, 30)), Image(noise(*size)), Strength(0.5))
    with pytest.raises(ValueError, match="from 0 to 1"):
        Strength(1.5)
