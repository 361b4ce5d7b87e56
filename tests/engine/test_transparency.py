"""Nothing shows of the colors behind transparent pixels."""

from __future__ import annotations

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from engine import transparency
from engine.image_io import Image
from engine.level_estimate import estimate_level
from engine.restore import Restorer
from engine.restore_steps import run_step
from engine.run_context import RunContext
from engine.steps import Step
from engine.strength import Strength
from engine.tasks import Level, Task, task_named
from engine.tensors import to_pixels, to_tensor
from engine.transparency import enlarged_alpha, part_with_visible_colors, with_visible_colors
from tests.engine.conftest import EXACT, tiny_net

RED = (230, 60, 40)


@pytest.fixture
def sticker() -> Image:
    """A red disc with a smooth edge; behind what is transparent it is black, as most programs leave it."""
    alpha = cv2.circle(np.zeros((48, 56), np.uint8), (28, 24), 15, 255, -1, cv2.LINE_AA)
    pixels = np.zeros((48, 56, 3), np.uint8)
    pixels[alpha > 0] = RED
    return Image(pixels, alpha)


@pytest.mark.parametrize("factor", [2, 2.6, 4])
@pytest.mark.parametrize("strength", [Strength(), Strength(0.5, 0.5)], ids=["full", "half"])
def test_edges_get_no_fringe_when_they_are_enlarged(sticker: Image, factor: float, strength: Strength) -> None:
    def restore(image: Image, task: Task, level: Level, ctx: RunContext) -> Image:
        return Restorer.for_task(task).restore(image, level, ctx)

    made = run_step(sticker, Step("super_resolution", factor, strength), restore, RunContext()).image
    assert made.alpha is not None
    seen = made.pixels[made.alpha > 8].astype(int)
    assert np.abs(seen - RED).max() < 12


@pytest.mark.parametrize("seed", range(5))
def test_a_part_has_the_colors_of_the_whole(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    rng = np.random.default_rng(seed)
    pixels = rng.integers(0, 256, (150, 170, 3), np.uint8)
    alpha = np.where(rng.random((150, 170)) < 0.01, 255, 0).astype(np.uint8)
    image = Image(pixels, alpha)
    whole = with_visible_colors(image)
    monkeypatch.setattr(transparency, "_STRIP_PX", 37)
    np.testing.assert_array_equal(with_visible_colors(image).pixels, whole.pixels)
    for part in ((slice(40, 90), slice(50, 120)), (slice(0, 9), slice(160, 170)), (slice(70, 71), slice(0, 170))):
        np.testing.assert_array_equal(part_with_visible_colors(image, part).pixels, whole.pixels[part])


def test_only_hidden_colors_near_visible_ones_change(sticker: Image) -> None:
    assert sticker.alpha is not None
    made = with_visible_colors(sticker)
    hidden = np.all(made.pixels == 0, axis=2)
    assert np.all(made.pixels[~hidden] == RED)
    assert hidden[0, 0], "it is far away"
    assert not hidden[24, 8]
    assert made.alpha is sticker.alpha
    assert np.all(sticker.pixels[24, 8] == 0), "the picture itself stays as it is"


@pytest.mark.parametrize("value", [0, 255, None])
def test_a_picture_without_both_is_left_as_it_is(sticker: Image, value: int | None) -> None:
    image = Image(sticker.pixels, None if value is None else np.full(sticker.pixels.shape[:2], value, np.uint8))
    assert with_visible_colors(image) is image


def test_a_part_of_a_transparent_picture_is_enlarged_as_the_whole(sticker: Image) -> None:
    task, level = task_named("super_resolution"), Level(2)
    restorer = Restorer(tiny_net(task), task, EXACT)
    whole = restorer.restore(sticker, level, RunContext())
    part = (slice(0, 30), slice(20, 56))
    made = restorer.restore_part(sticker, level, part, RunContext())
    np.testing.assert_allclose(made.pixels, whole.pixels[0:60, 40:112], atol=1)


@pytest.mark.parametrize("behind", [0, 255])
def test_what_is_transparent_does_not_count_in_the_estimate(photo: NDArray[np.uint8], behind: int) -> None:
    rng, sigma = np.random.default_rng(0), 20
    noisy = np.clip(np.rint(photo + rng.normal(0, sigma, photo.shape)), 0, 255).astype(np.uint8)
    pixels, alpha = np.full((3000, 3000, 3), behind, np.uint8), np.zeros((3000, 3000), np.uint8)
    pixels[:300] = rng.integers(0, 256, (300, 3000, 3))  # strong noise that nobody sees
    pixels[2500:2800, 2500:2951], alpha[2500:2800, 2500:2951] = noisy, 255
    assert estimate_level(Image(pixels, alpha), task_named("denoise")) == pytest.approx(sigma, rel=0.1)


@pytest.mark.parametrize("dtype", ["uint8", "uint16", "float32"])
@pytest.mark.parametrize("size", [(144, 168), (125, 146)])
def test_transparency_is_enlarged_strip_by_strip_as_at_once(
    dtype: str, size: tuple[int, int], sticker: Image, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert sticker.alpha is not None
    alpha = to_pixels(to_tensor(sticker.alpha[..., None]), np.dtype(dtype))[..., 0]
    whole = enlarged_alpha(alpha, size)
    monkeypatch.setattr(transparency, "_STRIP_PX", 19)
    rounding = {"uint8": 0, "uint16": 1, "float32": 1e-5}[dtype]
    np.testing.assert_allclose(enlarged_alpha(alpha, size), whole, rtol=0, atol=rounding)
    assert whole.shape == size
    assert whole.dtype == dtype
    middle, top = whole[size[0] // 2, size[1] // 2], whole[0, 0]
    assert (middle, top) == (pytest.approx(alpha.max()), 0)
    assert whole.max() == alpha.max(), "it stays within what there is"
