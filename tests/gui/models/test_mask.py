"""What is painted over a picture, and how it is taken back."""

from __future__ import annotations

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray
from PySide6.QtCore import QRect

from engine.steps import FrozenArray
from rednet_gui.models.mask import Change, Mask
from rednet_gui.models.mask_history import MaskHistory

Plane = NDArray[np.uint8]


@pytest.fixture
def mask(qapp: object) -> Mask:
    made = Mask()
    made.reset(700, 400)
    return made


def square(side: int = 40, value: int = 255) -> Plane:
    return np.full((side, side), value, np.uint8)


def test_paint_adds_up_to_the_strongest_and_is_erased_again(mask: Mask) -> None:
    mask.blend(10, 20, square(value=100))
    mask.blend(30, 20, square(value=200))
    np.testing.assert_array_equal(mask.pixels[25, 8:72:20], [0, 100, 200, 200])
    mask.blend(10, 20, square(value=155), erases=True)
    np.testing.assert_array_equal(mask.pixels[25, 8:72:20], [0, 100, 100, 200])
    mask.blend(10, 20, square(60), erases=True)
    assert mask.is_empty


def test_a_mask_is_told_from_what_it_was_and_known_again_after_undo(mask: Mask) -> None:
    mask.blend(10, 20, square())
    mask.end_step()
    held = mask.painting.value()
    assert mask.painting.is_held_by(held)
    mask.blend(100, 20, square())
    mask.end_step()
    assert not mask.painting.is_held_by(held)
    mask.undo()
    assert mask.painting.is_held_by(held)
    assert not mask.painting.is_held_by(FrozenArray.of(np.zeros((2, 2), np.uint8)))


@pytest.mark.parametrize(("left", "top"), [(-20, -30), (690, 380), (-50, 5), (800, 800)])
def test_what_lies_outside_the_picture_is_left_out(mask: Mask, left: int, top: int) -> None:
    coverage = np.arange(1, 41, dtype=np.uint8)[None] * np.ones((40, 1), np.uint8)
    mask.blend(left, top, coverage)
    expected = np.zeros((600, 1000), np.uint8)
    expected[top + 100 : top + 140, left + 100 : left + 140] = coverage[: 600 - top, : max(0, 900 - left)]
    np.testing.assert_array_equal(mask.pixels, expected[100:500, 100:800])


def test_steps_go_back_and_forth(mask: Mask) -> None:
    states = [mask.pixels.copy()]
    for number in range(3):
        mask.blend(200 * number, 100, square(100, 80 + number))
        mask.blend(200 * number + 30, 120, square(100, 80 + number), erases=number == 1)
        mask.end_step()
        states.append(mask.pixels.copy())
    for state in states[-2::-1]:
        mask.undo()
        np.testing.assert_array_equal(mask.pixels, state)
    assert mask.is_empty
    assert not mask.can_undo
    for state in states[1:]:
        mask.redo()
        np.testing.assert_array_equal(mask.pixels, state)
    assert not mask.can_redo
    mask.undo()
    mask.blend(0, 0, square())
    mask.end_step()
    assert not mask.can_redo, "a new stroke ends what could come again"


def test_a_canceled_stroke_leaves_nothing(mask: Mask) -> None:
    mask.blend(50, 60, square())
    mask.end_step()
    before = mask.pixels.copy()
    mask.blend(240, 60, square())
    assert not mask.can_undo, "a stroke is under way"
    mask.cancel_step()
    np.testing.assert_array_equal(mask.pixels, before)
    mask.undo()
    assert mask.is_empty
    assert not mask.can_undo


def test_a_change_made_elsewhere_is_one_step(mask: Mask) -> None:
    mask.blend(50, 60, square())
    mask.end_step()
    before = mask.pixels.copy()
    after = np.asarray(cv2.GaussianBlur(before, (0, 0), 9), np.uint8)
    rects = list[QRect]()
    mask.changed.connect(rects.append)
    mask.apply(Change.between(before, after))
    np.testing.assert_array_equal(mask.pixels, after)
    assert rects == [QRect(0, 0, 256, 256)], "only what changed is told"
    mask.undo()
    np.testing.assert_array_equal(mask.pixels, before)
    mask.redo()
    np.testing.assert_array_equal(mask.pixels, after)
    mask.replace(after.copy())
    mask.undo()
    np.testing.assert_array_equal(mask.pixels, before)


def test_the_first_and_the_last_paint_are_told(mask: Mask) -> None:
    told = list[bool]()
    mask.is_empty_changed.connect(lambda: told.append(mask.is_empty))
    mask.blend(0, 0, square())
    mask.blend(9, 9, square())
    mask.blend(0, 0, square(99), erases=True)
    assert told == [False, True]
    mask.blend(0, 0, square())
    mask.end_step()
    mask.undo()
    mask.redo()
    mask.replace(np.zeros_like(mask.pixels))
    mask.undo()
    mask.reset(30, 20)
    assert told == [False, True, False, True, False, True, False, True]


def test_an_earlier_painting_comes_back_with_its_steps(mask: Mask) -> None:
    mask.blend(50, 60, square())
    mask.end_step()
    first, before = mask.painting, mask.pixels.copy()
    mask.reset(30, 20)
    assert mask.pixels.shape == (20, 30)
    assert not mask.can_undo
    mask.recall(first)
    np.testing.assert_array_equal(mask.pixels, before)
    mask.undo()
    assert mask.is_empty


def test_earlier_paint_comes_back_as_nothing_that_was_done(mask: Mask) -> None:
    told = list[str]()
    mask.done.connect(lambda: told.append("done"))
    mask.is_empty_changed.connect(lambda: told.append("empty"))
    mask.steps_changed.connect(lambda: told.append("steps"))
    mask.changed.connect(lambda rect: told.append("all" if rect == mask.bounds else "part"))
    mask.blend(0, 0, square(value=99))
    told.clear()
    mask.lay_under(np.full((400, 700), 50, np.uint8))
    assert (mask.pixels[0, 0], mask.pixels[399, 699]) == (99, 50)
    assert not mask.is_changing
    assert not mask.can_undo
    assert told == ["all", "steps"]
    mask.reset(9, 9)
    told.clear()
    mask.lay_under(np.full((9, 9), 50, np.uint8))
    assert told == ["all", "empty", "steps"]


def test_a_mask_starts_with_what_a_step_holds(mask: Mask) -> None:
    half = np.zeros((40, 70), np.uint8)
    half[:, :35] = 255
    held = FrozenArray.of(half)
    mask.reset(70, 40, held)
    np.testing.assert_array_equal(mask.pixels, half)
    assert mask.painting.value() is held
    mask.reset(140, 80, held)
    assert (mask.pixels[:, 0] == 255).all()
    assert mask.painting.painted == np.count_nonzero(mask.pixels)
    np.testing.assert_array_equal(mask.painting.value().to_array(), mask.pixels)
    mask.reset(70, 40, "file.png")
    assert mask.is_empty
    assert mask.painting.unread == "file.png"


def test_old_steps_go_when_the_memory_is_used_up() -> None:
    history, pixels = MaskHistory(limit_bytes=300_000), np.zeros((256, 256), np.uint8)
    rng = np.random.default_rng(0)
    for _ in range(9):
        history.keep(pixels, QRect(0, 0, 256, 256))
        pixels[:] = rng.integers(0, 255, pixels.shape)  # cannot be packed
        history.end(pixels)
    steps = 0
    while history.can_undo:
        history.undo(pixels)
        steps += 1
    assert steps == 2


def test_a_large_flat_step_takes_hardly_any_memory() -> None:
    history, pixels = MaskHistory(limit_bytes=160_000), np.zeros((4000, 6000), np.uint8)
    for value in (255, 0, 9):
        history.keep(pixels, QRect(0, 0, 6000, 4000))
        pixels[:] = value
        history.end(pixels)
    history.undo(pixels)
    assert history.can_undo


def test_steps_hold_one_copy_of_a_mask_until_it_changes(mask: Mask) -> None:
    mask.blend(0, 0, np.full((5, 5), 255, np.uint8))
    mask.end_step()
    first = mask.painting.value()
    assert mask.painting.value() is first
    np.testing.assert_array_equal(mask.painting.value(is_inverted=True).to_array(), ~mask.pixels)
    mask.blend(0, 0, np.full((9, 9), 255, np.uint8))
    assert mask.painting.value() is not first
    np.testing.assert_array_equal(mask.painting.value().to_array(), mask.pixels)
