"""Kernels against slow references, against what they were blurred with, and from bad files."""

from __future__ import annotations

import math
from itertools import pairwise
from pathlib import Path

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from engine.errors import ImageReadError, KernelError
from engine.kernels import (
    LARGEST_PX,
    LENGTH_PX,
    RADIUS_PX,
    SIGMA_PX,
    Kernel,
    centered,
    disk_kernel,
    kernel_from_point_light,
    motion_kernel,
    path_kernel,
    read_kernel,
    round_gaussian_kernel,
    shake_kernel,
    trimmed,
)


def slow_path(points: list[tuple[float, float]], size: int) -> NDArray[np.float64]:
    """A path walked in tiny steps, each shared by the four nearest pixels; (0, 0) is in the middle."""
    plane = np.zeros((size, size))
    for (x0, y0), (x1, y1) in pairwise(points):
        steps = max(1, int(math.dist((x0, y0), (x1, y1)) * 100))
        for step in range(steps):
            share = (step + 0.5) / steps
            x, y = x0 + share * (x1 - x0) + size // 2, y0 + share * (y1 - y0) + size // 2
            for column in (math.floor(x), math.floor(x) + 1):
                for row in (math.floor(y), math.floor(y) + 1):
                    weight = (1 - abs(x - column)) * (1 - abs(y - row))
                    plane[row, column] += weight * math.dist((x0, y0), (x1, y1)) / steps
    plane /= plane.sum()
    return plane


def fitted(plane: NDArray[np.float64], kernel: Kernel) -> NDArray[np.float64]:
    """The middle of a plane, as large as the kernel."""
    top, left = ((length - side) // 2 for length, side in zip(plane.shape, kernel.shape, strict=True))
    return plane[top : top + kernel.shape[0], left : left + kernel.shape[1]]


def centre_of_mass(kernel: Kernel) -> tuple[float, float]:
    """Rows and columns from the middle pixel."""
    rows, columns = np.mgrid[: kernel.shape[0], : kernel.shape[1]]
    return (
        float((rows * kernel).sum()) - kernel.shape[0] // 2,
        float((columns * kernel).sum()) - kernel.shape[1] // 2,
    )


@pytest.mark.parametrize(("length", "angle"), [(1, 0), (7, 0), (6.3, 30), (11, 90), (20, 135), (9, -45)])
def test_a_straight_motion_is_walked_evenly(length: float, angle: float) -> None:
    kernel = motion_kernel(length, angle)
    end = length / 2 * math.cos(math.radians(angle)), -length / 2 * math.sin(math.radians(angle))
    expected = slow_path([(-end[0], -end[1]), end], 31)
    np.testing.assert_allclose(kernel, fitted(expected, kernel), atol=2e-3)


def test_angles_are_counted_counter_clockwise() -> None:
    kernel = motion_kernel(8, 45)
    assert kernel[1, -2] > 0.05
    assert kernel[1, 1] == 0
    assert motion_kernel(8, 0).shape[0] == motion_kernel(8, 90).shape[1] == 1


def test_a_drawn_path_keeps_its_shape_wherever_it_was_drawn() -> None:
    points = [(100.3, 50.0), (110.3, 50.0), (110.3, 58.0)]
    kernel = path_kernel(np.array(points))
    middle = (5 * 10 + 10 * 8) / 18 + 100.3, (10 * 0 + 8 * 4) / 18 + 50
    expected = slow_path([(x - middle[0], y - middle[1]) for x, y in points], 31)
    np.testing.assert_allclose(kernel, fitted(expected, kernel), atol=2e-3)
    np.testing.assert_allclose(path_kernel(np.array([[3.0, 4.0], [3.0, 4.0]])), [[1]])


def test_a_path_that_is_too_wide_is_refused() -> None:
    with pytest.raises(KernelError, match="wider than 191"):
        path_kernel(np.array([[0.0, 0.0], [400.0, 3.0]]))


@pytest.mark.parametrize(
    "kernel",
    [
        *(disk_kernel(radius) for radius in (*RADIUS_PX, 3.3)),
        *(round_gaussian_kernel(sigma) for sigma in (*SIGMA_PX, 2.2)),
        *(motion_kernel(length, angle) for length in (*LENGTH_PX, 12.5) for angle in (0, 20, 90)),
    ],
)
def test_kernels_have_odd_sides_sum_to_one_and_lie_in_the_middle(kernel: Kernel) -> None:
    assert kernel.dtype == np.float32
    assert all(side % 2 == 1 and side <= LARGEST_PX for side in kernel.shape)
    assert float(kernel.sum()) == pytest.approx(1, abs=1e-5)
    assert kernel.min() >= 0
    np.testing.assert_allclose(centre_of_mass(kernel), 0, atol=1e-4)


def test_a_gaussian_has_its_sigma() -> None:
    kernel = round_gaussian_kernel(3.0)
    rows = np.arange(kernel.shape[0]) - kernel.shape[0] // 2
    assert math.sqrt(float((kernel.sum(1) * rows**2).sum())) == pytest.approx(3, rel=0.01)


@pytest.mark.parametrize("kernel", [disk_kernel(4), motion_kernel(14, 25), shake_kernel(21, np.random.default_rng(1))])
def test_a_point_light_shows_its_blur(kernel: Kernel) -> None:
    night = np.full((60, 70, 3), 0.1, np.float32)
    night[30, 37] += 0.7 / float(kernel.max())
    night[5:7, 60:63] += 0.2  # another light
    blurred = np.asarray(cv2.filter2D(night, -1, kernel[::-1, ::-1]))
    noisy = (blurred + np.random.default_rng(2).normal(0, 0.004, night.shape)).astype(np.float32)
    found = kernel_from_point_light(noisy)
    reference = centered(kernel)
    side = max(*found.shape, *reference.shape)
    pair = [np.pad(k, [((side - n) // 2,) * 2 for n in k.shape]) for k in (found, reference)]
    assert np.abs(pair[0] - pair[1]).sum() < 0.15
    assert float(found.sum()) == pytest.approx(1, abs=1e-5)


@pytest.mark.parametrize(
    ("patch", "reason"),
    [
        (np.full((20, 20, 3), 0.4, np.float32), "no light"),
        (np.random.default_rng(3).normal(0.5, 0.05, (30, 30, 1)).astype(np.float32), "no light"),
        (np.pad(np.ones((20, 9, 1), np.float32), [(0, 0), (8, 8), (0, 0)]), "edge of the frame"),
        (np.ones((2, 9, 3), np.float32), "too small"),
    ],
)
def test_a_frame_without_a_whole_light_is_told(patch: NDArray[np.float32], reason: str) -> None:
    with pytest.raises(KernelError, match=reason):
        kernel_from_point_light(patch)


def test_a_light_larger_than_any_kernel_is_told() -> None:
    patch = np.zeros((300, 300, 1), np.float32)
    patch[40:260, 40:260] = 1
    with pytest.raises(KernelError, match="at most 191"):
        kernel_from_point_light(patch)


def test_centering_moves_whole_pixels_and_loses_nothing() -> None:
    kernel = np.zeros((9, 9), np.float32)
    kernel[1, 2:5] = (0.25, 0.5, 0.25)
    np.testing.assert_allclose(centered(kernel), [[0.25, 0.5, 0.25]])


def test_trimming_keeps_the_middle_in_the_middle() -> None:
    kernel = np.zeros((9, 11), np.float32)
    kernel[4, 5], kernel[3, 5], kernel[4, 8] = 0.5, 0.25, 0.25
    found = trimmed(kernel)
    assert found.shape == (3, 7)
    assert (found[1, 3], found[0, 3], found[1, 6]) == (0.5, 0.25, 0.25)


def test_kernel_files_keep_their_proportions(tmp_path: Path) -> None:
    plane = np.zeros((5, 4), np.uint8)
    plane[2, 1:3] = 50, 150
    cv2.imwrite(str(tmp_path / "커널.png"), np.repeat(plane[..., None], 3, 2))
    np.save(tmp_path / "kernel.npy", plane.astype(np.int16) - 1)
    np.testing.assert_allclose(read_kernel(tmp_path / "커널.png"), [[0.25, 0.75, 0]], atol=1e-6)
    np.testing.assert_allclose(read_kernel(tmp_path / "kernel.npy"), [[49 / 198, 149 / 198, 0]], atol=1e-6)


def test_a_box_is_a_kernel_when_it_is_given_as_numbers(tmp_path: Path) -> None:
    np.save(tmp_path / "box.npy", np.ones((3, 5)))
    np.testing.assert_allclose(read_kernel(tmp_path / "box.npy"), np.full((3, 5), 1 / 15), atol=1e-7)


@pytest.mark.parametrize(
    ("plane", "reason"),
    [
        (np.zeros((5, 5)), "all black"),
        (-np.ones((5, 5)), "all black"),
        (np.full((3, 3), np.nan), "not finite"),
        (np.array([[1.0, np.inf, 1.0]]), "not finite"),
        (np.ones((3, 3, 3)), "plane of numbers"),
        (np.ones((0, 3)), "plane of numbers"),
        (np.pad(np.ones((1, 400)), 1), "400 x|401 x"),
        (np.array([["a"]]), "no array of numbers"),
        (np.array([[None]]), "no array of numbers"),
    ],
)
def test_arrays_that_are_no_kernels_are_one_sentence(tmp_path: Path, plane: NDArray[np.generic], reason: str) -> None:
    path = tmp_path / "kernel.npy"
    np.save(path, plane, allow_pickle=True)
    with pytest.raises(ImageReadError, match=reason) as caught:
        read_kernel(path)
    assert "kernel.npy" in str(caught.value)


@pytest.mark.parametrize(("gray", "reason"), [(0, "all black"), (255, "same everywhere"), (90, "same everywhere")])
def test_plain_pictures_are_no_kernels(tmp_path: Path, gray: int, reason: str) -> None:
    cv2.imwrite(str(tmp_path / "plain.png"), np.full((9, 9), gray, np.uint8))
    with pytest.raises(ImageReadError, match=reason):
        read_kernel(tmp_path / "plain.png")


def test_a_photo_is_no_kernel(tmp_path: Path, photo: NDArray[np.uint8]) -> None:
    cv2.imwrite(str(tmp_path / "photo.png"), photo)
    with pytest.raises(ImageReadError, match=r"451 x 301 pixels, a kernel has at most 191"):
        read_kernel(tmp_path / "photo.png")
    with pytest.raises(ImageReadError, match="no such file"):
        read_kernel(tmp_path / "missing.png")
