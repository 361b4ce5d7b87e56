"""What is shown at a strength is what is saved at it."""

from __future__ import annotations

from dataclasses import replace

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from engine.image_io import Image
from engine.restore_steps import finish
from engine.steps import Step
from engine.strength import Strength, apply_strength, removed_sigmas
from engine.tensors import enlarge, to_pixels, to_tensor
from rednet_gui.models.blended_view import BlendedView, Change, ChangeView, ViewPair, matched
from rednet_gui.models.picture_view import PictureView
from tests.gui.conftest import pixels_of, result_of, source_of

WINDOW = {"left": 37, "top": 21, "width": 90, "height": 70}


def images(channels: int = 3, factor: int = 1, dtype: str = "uint8") -> tuple[Image, Image]:
    """Noise, and a smoothed version that is `factor` times as large."""
    pixels = pixels_of(160, 200, channels, dtype)
    smooth = cv2.GaussianBlur(pixels.astype(np.float32), (0, 0), 2).reshape(pixels.shape)
    return Image(pixels), Image(smooth.round().astype(dtype).repeat(factor, 0).repeat(factor, 1))


def pair_of(original: Image, restored: Image) -> ViewPair:
    views = PictureView.of(original.pixels), PictureView.of(restored.pixels, alpha=restored.alpha)
    return ViewPair(*views, lambda: removed_sigmas(original.pixels, restored.pixels))


def soft_mask() -> NDArray[np.uint8]:
    return np.asarray(cv2.GaussianBlur(pixels_of(160, 200, 1), (0, 0), 4), np.uint8)


@pytest.mark.parametrize("scale", [1, 1.5, 2, 5.3])
@pytest.mark.parametrize(("channels", "factor"), [(1, 1), (3, 1), (3, 2)])
@pytest.mark.parametrize("is_local", [False, True])
def test_from_100_percent_on_the_saved_pixels_are_shown(
    scale: float, channels: int, factor: int, is_local: bool
) -> None:
    original, restored = images(channels, factor)
    mask = soft_mask() if is_local else None
    strength = Strength(0.4, 0.75, 0.9)
    saved = PictureView.of(apply_strength(original, restored, strength, mask=mask).pixels)
    shown = BlendedView(pair_of(original, restored), strength, mask)
    np.testing.assert_array_equal(shown.render(scale, **WINDOW), saved.render(scale, **WINDOW))
    whole = {"left": 0, "top": 0, "width": saved.width, "height": saved.height}
    np.testing.assert_array_equal(shown.render(1, **whole), saved.render(1, **whole))


def test_16_bits_are_shown_within_a_step() -> None:
    original, restored = images(dtype="uint16")
    saved = PictureView.of(apply_strength(original, restored, Strength(0.4, 0.7)).pixels).render(1, **WINDOW)
    shown = BlendedView(pair_of(original, restored), Strength(0.4, 0.7)).render(1, **WINDOW)
    assert np.abs(saved.astype(int) - shown).max() <= 1


@pytest.mark.parametrize("scale", [0.2, 0.5, 0.8])
def test_smaller_it_looks_as_the_saved_picture_would(scale: float) -> None:
    original, restored = (replace(image, pixels=cv2.GaussianBlur(image.pixels, (0, 0), 1.5)) for image in images())
    window = {"left": 3, "top": 5, "width": 30, "height": 20}
    saved = PictureView.of(apply_strength(original, restored, Strength(0.4, 0.7, 0.5)).pixels).render(scale, **window)
    shown = BlendedView(pair_of(original, restored), Strength(0.4, 0.7, 0.5)).render(scale, **window)
    assert np.abs(saved.astype(int) - shown).mean() < 1.5


def test_alpha_stays() -> None:
    original, restored = images()
    restored = Image(restored.pixels, pixels_of(160, 200, 1)[..., 0])
    pair = pair_of(original, restored)
    for strength in (Strength(), Strength(0.5, 0.5)):
        shown = BlendedView(pair, strength).render(1, **WINDOW)
        assert restored.alpha is not None
        np.testing.assert_array_equal(shown[..., 3], restored.alpha[21:91, 37:127])


def test_what_lies_behind_transparency_shows_no_more_than_it_is_saved() -> None:
    original, restored = images(factor=2)
    hole = np.full((160, 200), 255, np.uint8)
    hole[40:90, 60:120] = 0
    original, step = Image(original.pixels, hole), Step("super_resolution", 2, Strength(0.5, 0.5, 0.5))
    result = result_of(Image(restored.pixels, hole.repeat(2, 0).repeat(2, 1)))
    source = replace(source_of(original), view=PictureView.of(original.pixels, alpha=original.alpha))
    pair = ViewPair.of(source, result)
    saved = finish(original, result.image, step)
    whole = {"left": 0, "top": 0, "width": saved.width, "height": saved.height}
    np.testing.assert_array_equal(BlendedView(pair, step.strength).render(1, **whole)[..., :3], saved.pixels)


def test_another_strength_draws_nothing_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    drawn = list[float]()
    render = PictureView.render

    def counting(self: PictureView, scale: float, **part: int) -> NDArray[np.uint8]:
        drawn.append(scale)
        return render(self, scale, **part)

    pair = pair_of(*images())
    monkeypatch.setattr(PictureView, "render", counting)
    shown = [BlendedView(pair, Strength(part, part, part)).render(1, **WINDOW) for part in (0.2, 0.4, 0.6)]
    assert len(drawn) == 2
    assert not np.array_equal(shown[0], shown[1])


@pytest.mark.parametrize("scale", [0.4, 0.7, 1.0, 2.0])
def test_the_original_is_enlarged_smoothly_beside_a_larger_result(scale: float) -> None:
    original, restored = images(factor=3)
    original = replace(original, pixels=cv2.GaussianBlur(original.pixels, (0, 0), 2))
    before = matched(PictureView.of(original.pixels), PictureView.of(restored.pixels))
    assert (before.width, before.height) == (600, 480)
    bicubic = to_pixels(enlarge(to_tensor(original.pixels), 3), np.dtype(np.uint8))
    expected = PictureView.of(bicubic).render(scale, **WINDOW)
    difference = np.abs(before.render(scale, **WINDOW).astype(int) - expected)
    assert difference.max() <= (1 if scale >= 1 else 6)
    assert difference.mean() < (0.01 if scale >= 1 else 1)


@pytest.mark.parametrize("scale", [1, 2.3])
def test_sizes_between_whole_factors_are_shown_as_they_are_saved(scale: float) -> None:
    original, restored = (
        Image(np.asarray(cv2.GaussianBlur(pixels_of(*size), (0, 0), 2), np.uint8)) for size in ((160, 200), (433, 541))
    )
    strength = Strength(0.4, 0.75, 0.9)
    saved = PictureView.of(apply_strength(original, restored, strength, mask=soft_mask()).pixels)
    shown = BlendedView(pair_of(original, restored), strength, soft_mask())
    np.testing.assert_array_equal(shown.render(scale, **WINDOW), saved.render(scale, **WINDOW))
    small = shown.render(0.5, **WINDOW).astype(int)
    assert np.abs(small - saved.render(0.5, **WINDOW)).mean() < 1, "nothing is shifted"


def test_changes_are_amplified() -> None:
    before, after = (PictureView.of(np.full((60, 60, 3), gray, np.uint8)) for gray in (100, 95))
    window = {"left": 0, "top": 0, "width": 60, "height": 60}
    assert (ChangeView(before, after, Change.DIFFERENCE).render(1, **window) == 40).all()
    assert (ChangeView(after, before, Change.DIFFERENCE).render(1, **window) == 40).all()
    assert (ChangeView(before, after, Change.REMOVED).render(1, **window) == 148).all()
    assert (ChangeView(after, before, Change.REMOVED).render(1, **window) == 108).all()
    assert (ChangeView(before, before, Change.REMOVED).render(1, **window) == 128).all()
