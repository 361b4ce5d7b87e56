from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import replace

import cv2
import numpy as np
import pytest
import torch
from numpy.typing import NDArray
from torch import Tensor

from engine.camera_noise import Camera, Picture, take_picture
from engine.image_io import Image
from engine.metrics import psnr
from engine.noise_level import estimate_camera_noise
from engine.restore import Restorer
from engine.run_context import RunContext
from engine.tasks import Level, task_named
from engine.tensors import to_pixels, to_tensor
from tests.engine.conftest import EXACT

FAITHFUL = Camera(quality=None)
CAMERAS = [
    FAITHFUL,
    replace(FAITHFUL, is_edge_aware=False),
    replace(FAITHFUL, is_halved=True),
    replace(FAITHFUL, gamma=1.9, contrast=0.5, red_gain=2.4),
    Camera(),
]


def even(value: float, side: int = 64) -> Picture:
    return np.full((side, side, 3), value, np.float32)


def noise_in(picture: Picture) -> NDArray[np.float64]:
    return np.asarray(picture.astype(np.float64).std((0, 1)))


@pytest.mark.parametrize("camera", CAMERAS)
@pytest.mark.parametrize("shape", [(1, 1, 3), (37, 31, 3), (24, 40, 1)])
def test_without_noise_an_even_picture_stays_as_it_is(camera: Camera, shape: tuple[int, int, int]) -> None:
    clean = np.broadcast_to(np.array([0.4, 0.5, 0.3][: shape[2]], np.float32), shape).copy()
    taken = take_picture(clean, 0, camera, np.random.default_rng(0))
    assert taken.shape == shape
    assert np.abs(taken - clean).max() < 2.6 / 255


def test_less_light_leaves_more_noise() -> None:
    noise = [noise_in(take_picture(even(0.5), s, FAITHFUL, np.random.default_rng(0))).mean() for s in (5, 15, 45)]
    assert noise[1] == pytest.approx(3 * noise[0], rel=0.35)
    assert noise[2] == pytest.approx(3 * noise[1], rel=0.35)


def test_red_and_blue_have_more_noise_than_green() -> None:
    red, green, blue = noise_in(take_picture(even(0.5), 30, FAITHFUL, np.random.default_rng(0)))
    assert red > 1.1 * green
    assert blue > green


def test_the_noise_of_neighbors_is_alike() -> None:
    """Unlike white noise: demosaicking spreads it."""
    green = take_picture(even(0.5), 30, FAITHFUL, np.random.default_rng(0))[..., 1]
    correlation = np.corrcoef(green[:, :-1].ravel(), green[:, 1:].ravel())[0, 1]
    assert correlation > 0.15


def test_the_same_draw_is_the_same_picture() -> None:
    one, other = (take_picture(even(0.5), 30, Camera(), np.random.default_rng(7)) for _ in range(2))
    assert np.array_equal(one, other)


@pytest.mark.parametrize("strength", [20, 40, 80])
def test_the_strength_is_told_within_a_factor_of_two(photo: NDArray[np.uint8], strength: float) -> None:
    clean = (photo / 255).astype(np.float32)
    taken = take_picture(clean, strength, Camera(), np.random.default_rng(1))
    found = estimate_camera_noise(torch.from_numpy(taken).permute(2, 0, 1))
    assert strength / 2 < found < strength * 2


def test_a_frame_does_not_hide_the_noise_of_a_photo(photo: NDArray[np.uint8]) -> None:
    taken = take_picture((photo / 255).astype(np.float32), 40, Camera(), np.random.default_rng(1))
    framed = np.pad(taken, ((100, 100), (100, 100), (0, 0)), constant_values=0.6)
    found = estimate_camera_noise(torch.from_numpy(framed).permute(2, 0, 1))
    assert 20 < found < 80


def test_training_knows_mosaics_that_begin_at_any_pixel() -> None:
    task, gray = task_named("camera_noise"), torch.full((3, 64, 64), 0.5)
    noisiest = list[int]()  # of four pixels that one whose red was measured, not guessed from its neighbors
    for seed in range(64):
        red = task.training_input(gray, Level(60), torch.Generator().manual_seed(seed))[0]
        noisiest.append(
            int(torch.stack([red[row::2, column::2].std() for row in (0, 1) for column in (0, 1)]).argmax())
        )
    assert max(Counter(noisiest).values()) < 32
    assert len(set(noisiest)) == 4


def test_a_photo_comes_out_as_well_when_it_was_turned(photo: NDArray[np.uint8]) -> None:
    task, clean, level = task_named("camera_noise"), to_tensor(photo[:, :450]), Level(15)  # even, or the mosaic stays
    noisy = task.degrade(clean, level, torch.Generator().manual_seed(0))
    restorer = Restorer.for_task(task, EXACT)

    def quality_of(turn: Callable[[Tensor], Tensor]) -> float:
        image = Image(to_pixels(turn(noisy), np.dtype(np.float32)))
        return psnr(to_tensor(restorer.restore(image, level, RunContext()).pixels), turn(clean))

    straight = quality_of(lambda picture: picture)
    for turn in (lambda p: p.flip(2), lambda p: torch.rot90(p, 1, (1, 2)), lambda p: p[:, 1:, 1:]):
        assert quality_of(turn) > straight - 0.25


def test_a_drawing_has_no_noise() -> None:
    page = np.full((600, 800, 3), 235, np.uint8)
    rng = np.random.default_rng(0)
    for _ in range(40):
        color = tuple(map(int, rng.integers(0, 255, 3)))
        cv2.circle(page, (int(rng.integers(800)), int(rng.integers(600))), int(rng.integers(10, 80)), color, -1)
    cv2.putText(page, "Title of a page", (60, 120), cv2.FONT_HERSHEY_SIMPLEX, 2, (20, 20, 20), 4, cv2.LINE_AA)
    assert estimate_camera_noise(to_tensor(page)) < 1
