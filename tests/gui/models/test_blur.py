from __future__ import annotations

import json

import numpy as np
import pytest

from engine.errors import KernelError
from engine.kernels import Kernel, disk_kernel, motion_kernel, path_kernel, round_gaussian_kernel
from rednet_gui.models.blur import KEY, Blur, BlurKind

PATH = np.array([[10.0, 10.0], [16.0, 10.0], [16.0, 19.0]])


@pytest.fixture
def blur(qapp: object) -> Blur:
    return Blur()


def kernel_of(blur: Blur) -> Kernel:
    assert blur.kernel is not None
    assert float(blur.kernel.sum()) == pytest.approx(1, abs=1e-5)
    assert all(side % 2 for side in blur.kernel.shape)
    return blur.kernel


def test_numbers_make_the_kernel_of_their_kind(blur: Blur) -> None:
    blur.set_numbers(radius=4.5)
    np.testing.assert_array_equal(kernel_of(blur), disk_kernel(4.5))
    blur.set_kind(BlurKind.GAUSSIAN)
    blur.set_numbers(sigma=2.5)
    np.testing.assert_array_equal(kernel_of(blur), round_gaussian_kernel(2.5))
    blur.set_kind(BlurKind.MOTION)
    blur.set_numbers(length=12, angle=200)
    np.testing.assert_array_equal(kernel_of(blur), motion_kernel(12, 20))
    blur.set_kind(BlurKind.DISK)
    np.testing.assert_array_equal(kernel_of(blur), disk_kernel(4.5))


def test_impossible_numbers_become_the_nearest_possible(blur: Blur) -> None:
    blur.set_numbers(radius=0, sigma=-3, length=9999)
    assert (blur.numbers.radius, blur.numbers.sigma, blur.numbers.length) == (0.5, 0.2, 188)


def test_what_was_drawn_framed_or_loaded_comes_back_with_its_kind(blur: Blur) -> None:
    blur.set_kind(BlurKind.PATH)
    assert blur.kernel is None
    blur.take_path(PATH)
    np.testing.assert_array_equal(kernel_of(blur), path_kernel(PATH))
    light = np.zeros((21, 21, 3), np.float32)
    light[9:12, 9:12] = 0.8
    blur.take_light(light)
    assert blur.kind is BlurKind.LIGHT
    np.testing.assert_allclose(kernel_of(blur), np.full((3, 3), 1 / 9), atol=1e-6)
    blur.take_file(disk_kernel(9))
    blur.set_kind(BlurKind.PATH)
    np.testing.assert_array_equal(kernel_of(blur), path_kernel(PATH))


def test_what_gives_no_kernel_leaves_the_last_one(blur: Blur) -> None:
    before = kernel_of(blur)
    with pytest.raises(KernelError):
        blur.take_light(np.zeros((20, 20, 3), np.float32))
    with pytest.raises(KernelError):
        blur.take_path(np.array([[0.0, 0.0], [900.0, 0.0]]))
    assert blur.kernel is before
    assert blur.kind is BlurKind.DISK


def test_paint_adds_where_it_falls_and_keeps_the_sum(blur: Blur) -> None:
    before = kernel_of(blur)
    blur.paint(6, -4)
    painted = kernel_of(blur)
    middle = painted.shape[0] // 2, painted.shape[1] // 2
    assert painted[middle[0] - 4, middle[1] + 6] > 0
    assert painted[middle[0] + 4, middle[1] - 6] == 0
    assert painted[middle] < before[before.shape[0] // 2, before.shape[1] // 2]
    assert blur.is_edited
    blur.end_stroke()
    blur.start_over()
    np.testing.assert_array_equal(kernel_of(blur), before)
    assert not blur.is_edited


def test_erasing_takes_away_but_never_all(blur: Blur) -> None:
    blur.paint(8, 0)
    with_spot = kernel_of(blur).shape
    for _ in range(5):
        blur.paint(8, 0, erases=True)
    assert kernel_of(blur).shape[1] < with_spot[1]
    for _ in range(20):
        for x in range(-4, 5):
            for y in range(-4, 5):
                blur.paint(x, y, erases=True)
    assert kernel_of(blur).max() > 0


def test_a_kernel_can_be_painted_from_nothing(blur: Blur) -> None:
    blur.set_kind(BlurKind.FILE)
    blur.begin_stroke()
    blur.paint(0, 0)
    blur.paint(2, 0)
    blur.end_stroke()
    assert kernel_of(blur).shape[1] >= 5


def test_centering_moves_the_weight_into_the_middle(blur: Blur) -> None:
    off = np.zeros((9, 9), np.float32)
    off[2, 3] = 1
    blur.take_file(off)
    blur.center()
    np.testing.assert_array_equal(kernel_of(blur), [[1]])


def test_every_change_is_told_once(blur: Blur) -> None:
    told = list[BlurKind]()
    blur.changed.connect(lambda: told.append(blur.kind))
    blur.set_kind(BlurKind.MOTION)
    blur.set_numbers(angle=30)
    blur.take_path(PATH)
    blur.paint(0, 0)
    assert told == [BlurKind.MOTION, BlurKind.MOTION, BlurKind.PATH, BlurKind.PATH]


def give(blur: Blur, kind: BlurKind) -> None:
    blur.set_numbers(radius=4.5, sigma=2.5, length=12, angle=20)
    if kind is BlurKind.PATH:
        blur.take_path(PATH)
    elif kind is BlurKind.FILE:
        blur.take_file(disk_kernel(9))
    else:
        blur.set_kind(kind)


@pytest.mark.parametrize("kind", [kind for kind in BlurKind if kind is not BlurKind.LIGHT])
@pytest.mark.parametrize("is_edited", [False, True])
def test_it_is_the_same_after_it_was_kept(blur: Blur, kind: BlurKind, *, is_edited: bool) -> None:
    give(blur, kind)
    if is_edited:
        blur.paint(3, 0)
        blur.end_stroke()
    again = Blur()
    assert again.recall(json.loads(json.dumps(blur.to_keep()[KEY])))
    np.testing.assert_array_equal(kernel_of(again), kernel_of(blur))
    assert (again.kind, again.numbers, again.is_edited) == (kind, blur.numbers, is_edited)
    assert again.to_keep() == blur.to_keep()


@pytest.mark.parametrize(
    "change",
    [
        {"kind": "swirl"},
        {"kind": None},
        {"numbers": {"radius": "wide"}},
        {"numbers": {"radius": float("nan")}},
        {"numbers": {"spin": 2.0}},
        {"numbers": 3},
        {"kernel": {"size": [3, 3], "float32": "?"}},
        {"kernel": 7},
    ],
)
def test_what_makes_no_sense_changes_nothing(blur: Blur, change: dict[str, object]) -> None:
    other = Blur()
    give(other, BlurKind.FILE)
    data = other.to_keep()[KEY]
    assert isinstance(data, dict)
    before = kernel_of(blur)
    assert not blur.recall(data | change)
    assert not blur.recall([data])
    assert kernel_of(blur) is before
    assert blur.kind is BlurKind.DISK
