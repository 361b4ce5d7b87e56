"""Where a picture is restored, how much, and where it is filled."""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np
import pytest
import torch
from numpy.typing import NDArray

from engine.errors import ImageReadError, LevelError
from engine.image_io import Image, write_image
from engine.masks import has_paint, read_mask, resampled, with_mask
from engine.restore import RestoreOptions, Restorer
from engine.run_context import RunContext
from engine.tasks import Level, task_named
from tests.engine.conftest import EXACT, tiny_net

TASK = task_named("inpaint")


def ramp(height: int = 31, width: int = 37) -> NDArray[np.uint8]:
    """From black at the left to white at the right."""
    return np.broadcast_to(np.linspace(0, 255, width).round().astype(np.uint8), (height, width)).copy()


@pytest.mark.parametrize("dtype", ["uint8", "uint16", "float32"])
@pytest.mark.parametrize("channels", [1, 3])
def test_all_kinds_of_pictures_can_be_masks(tmp_path: Path, dtype: str, channels: int) -> None:
    unit = {"uint8": 1.0, "uint16": 257.0, "float32": 1 / 255}[dtype]
    pixels = np.repeat((ramp() * unit).astype(dtype)[..., None], channels, 2)
    write_image(tmp_path / "mask.tif", Image(pixels))
    np.testing.assert_array_equal(read_mask(tmp_path / "mask.tif"), ramp())


def test_any_colour_paints_and_what_is_transparent_does_not(tmp_path: Path) -> None:
    red = np.zeros((4, 6, 3), np.uint8)
    red[..., 0] = 255
    alpha = np.repeat(np.array([[255, 255, 128, 128, 0, 0]], np.uint8), 4, 0)
    write_image(tmp_path / "mask.png", Image(red, alpha))
    np.testing.assert_array_equal(read_mask(tmp_path / "mask.png"), alpha)


def test_black_paints_nothing(tmp_path: Path) -> None:
    dark = np.random.default_rng(0).integers(0, 5, (40, 40, 3), dtype=np.uint8)  # what JPEG makes of black
    write_image(tmp_path / "black.jpg", Image(dark))
    with pytest.raises(ImageReadError, match=r"black\.jpg: it is black everywhere"):
        read_mask(tmp_path / "black.jpg")
    assert not has_paint(np.zeros((0, 0), np.uint8))


@pytest.mark.parametrize("size", [(74, 62), (18, 15), (37, 31), (50, 20)])
def test_a_mask_takes_the_size_of_the_picture(size: tuple[int, int]) -> None:
    width, height = size
    mask = resampled(ramp(), width, height)
    assert mask.shape == (height, width)
    assert np.abs(mask[height // 2].astype(int) - ramp(1, width)[0]).max() < 12


def test_a_thin_scratch_outlives_being_made_smaller() -> None:
    scratch = np.zeros((400, 400), np.uint8)
    scratch[:, 200] = 255
    assert (resampled(scratch, 100, 100).max(axis=1) > 50).all()


@pytest.mark.parametrize("dtype", ["uint8", "uint16"])
def test_a_feathered_mask_mixes_and_leaves_the_rest_as_it_was(photo: NDArray[np.uint8], dtype: str) -> None:
    pixels = photo if dtype == "uint8" else photo.astype(np.uint16) * 256 + 3
    painted = np.zeros(pixels.shape[:2], np.uint8)
    painted[100:140, 150:260] = 255
    soft = np.asarray(cv2.GaussianBlur(painted, (0, 0), 4), np.uint8)
    level = with_mask(Level(0), soft)
    assert level.mask is not None
    restorer, image = Restorer(tiny_net(TASK), TASK, EXACT), Image(pixels)
    mixed = restorer.restore(image, level, RunContext()).pixels
    filled = restorer.restore(image, Level(0, mask=level.mask), RunContext()).pixels
    np.testing.assert_array_equal(mixed[soft == 0], pixels[soft == 0])
    np.testing.assert_array_equal(mixed[soft == 255], filled[soft == 255])
    is_clipped = (filled == 0) | (filled == np.iinfo(dtype).max)  # which is done after mixing
    is_soft = (soft > 7) & (soft < 255) & ~is_clipped.any(axis=2)
    share = soft[is_soft][:, None] / 255
    expected = pixels[is_soft] * (1 - share) + filled[is_soft] * share
    assert is_soft.sum() > 1000
    assert np.abs(mixed[is_soft] - expected).max() <= 1
    tiled = Restorer(tiny_net(TASK), TASK, RestoreOptions("cpu", "float32", tile_px=64))
    np.testing.assert_allclose(tiled.restore(image, level, RunContext()).pixels, mixed, atol=1)


def test_half_told_opacity_is_refused() -> None:
    level = with_mask(Level(0), np.full((4, 6), 255, np.uint8))
    with pytest.raises(LevelError, match="every pixel"):
        TASK.check_level(Level(0, mask=level.mask, opacity=torch.zeros(1, 4, 5, dtype=torch.uint8)))
