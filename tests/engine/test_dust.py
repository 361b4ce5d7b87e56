"""Dust and scratches that are found without a network."""

from __future__ import annotations

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from engine.dust import find_damage
from engine.errors import Canceled
from engine.image_io import Image
from engine.run_context import RunContext

Plane = NDArray[np.uint8]


def scratched(photo: NDArray[np.uint8], value: int) -> tuple[NDArray[np.uint8], Plane]:
    """The photo with two scratches and specks of dust, and where they are."""
    damage = np.zeros(photo.shape[:2], np.uint8)
    cv2.line(damage, (40, 0), (70, 299), 255, 1, cv2.LINE_AA)
    cv2.polylines(damage, [np.array([[200, 40], [260, 120], [300, 260]])], False, 255, 1, cv2.LINE_AA)
    rng = np.random.default_rng(2)
    for _ in range(12):
        cv2.circle(damage, tuple(int(at) for at in rng.integers(20, [430, 280])), 1, 255, -1)
    alpha = damage[..., None] / 255
    return (photo * (1 - alpha) + value * alpha).round().astype(np.uint8), damage


@pytest.mark.parametrize("value", [255, 0])
def test_scratches_and_specks_are_found(photo: NDArray[np.uint8], value: int) -> None:
    pixels, damage = scratched(photo, value)
    found = find_damage(Image(pixels), 0.6, RunContext()) > 0
    # Bright defects on bright fur, dark ones on dark: nobody could see those.
    is_visible = (damage > 127) & (np.abs(photo.astype(int).mean(axis=2) - value) > 90)
    assert found[is_visible].mean() > 0.7
    near = cv2.dilate(damage, np.ones((9, 9), np.uint8)) > 0
    assert found[~near].mean() < 0.02


def test_a_clean_photo_is_nearly_left_alone(photo: NDArray[np.uint8]) -> None:
    assert (find_damage(Image(photo), 0.5, RunContext()) > 0).mean() < 0.01
    smooth = np.linspace(0, 200, 300)[:, None, None] * np.ones((1, 400, 3))
    noisy = smooth + np.random.default_rng(0).normal(0, 3, smooth.shape)
    assert not find_damage(Image(noisy.clip(0, 255).astype(np.uint8)), 0.5, RunContext()).any()


def test_more_sensitivity_finds_more(photo: NDArray[np.uint8]) -> None:
    pixels, _ = scratched(photo, 200)
    counts = [(find_damage(Image(pixels), share, RunContext()) > 0).sum() for share in (0, 0.5, 1)]
    assert counts[0] < counts[1] < counts[2]


def test_all_kinds_of_samples_give_the_same(photo: NDArray[np.uint8]) -> None:
    pixels, _ = scratched(photo, 255)
    found = find_damage(Image(pixels), 0.5, RunContext())
    assert set(np.unique(found)) == {0, 255}
    for other in (pixels.astype(np.uint16) * 257, (pixels / 255).astype(np.float32)):
        assert (find_damage(Image(other), 0.5, RunContext()) == found).mean() > 0.999
    gray = pixels[..., :1].copy()
    assert find_damage(Image(gray), 0.5, RunContext()).shape == gray.shape[:2]


@pytest.mark.parametrize("size", [(1, 1), (1, 40), (3, 2)])
def test_tiny_pictures_have_no_damage(size: tuple[int, int]) -> None:
    assert not find_damage(Image(np.full((*size, 3), 99, np.uint8)), 1.0, RunContext()).any()


def test_the_search_can_be_stopped(photo: NDArray[np.uint8]) -> None:
    ctx = RunContext()
    ctx.cancel()
    with pytest.raises(Canceled):
        find_damage(Image(photo), 0.5, ctx)
