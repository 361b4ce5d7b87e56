from __future__ import annotations

from itertools import pairwise

import pytest

from engine.classical import FILTERS
from engine.strength import Strength
from engine.tasks import TASKS, Task, task_named
from rednet_gui.models.blur import LIMITS, Blur, BlurKind
from rednet_gui.models.variants import Origin, levels_around, start_of, variants_of

by_task = pytest.mark.parametrize("task", TASKS, ids=lambda task: task.name)


def values_of(task: Task) -> list[float]:
    levels = task.levels
    middle = (levels.minimum + levels.maximum) / 3
    return [levels.minimum, levels.default, levels.maximum, middle if levels.minimum < levels.maximum else 0.0]


@by_task
def test_the_chosen_level_is_among_others_that_the_task_allows(task: Task) -> None:
    for value in values_of(task):
        levels = levels_around(task, value)
        assert value in levels
        assert all(task.levels.reason_against(level) is None for level in levels)
        assert 2 <= len(levels) <= 5 or task.levels.minimum == task.levels.maximum
        assert len(set(levels)) == len(levels)


def test_levels_go_from_weak_to_strong() -> None:
    assert levels_around(task_named("denoise"), 24.0) == (12.0, 18.0, 24.0, 32.0, 48.0)
    assert levels_around(task_named("super_resolution"), 2.5) == (2, 2.5, 3, 4)
    qualities = levels_around(task_named("deblock"), 30.0)
    assert qualities == tuple(sorted(qualities, reverse=True)), "a low quality is strong damage"
    assert (qualities[0], qualities[-1]) == (58.0, 15.0), "half and twice as coarse"


def test_no_level_is_nearly_another() -> None:
    for value in (0.05, 24.96, 74.9):
        levels = sorted(levels_around(task_named("denoise"), value))
        assert min(b - a for a, b in pairwise(levels)) > 0.1


@by_task
def test_a_sheet_holds_photo_filters_and_each_level_at_each_strength(task: Task) -> None:
    variants = variants_of(task, task.levels.default)
    places = [variant.place for variant in variants]
    assert places == sorted(set(places)), "row by row, each at its own place"
    assert [variant.filter for variant in variants if variant.origin is Origin.FILTER] == list(FILTERS[task.name])
    assert sum(variant.origin is Origin.PHOTO for variant in variants) == 1
    nets = [variant for variant in variants if variant.can_be_chosen]
    assert len(nets) == 3 * len(levels_around(task, task.levels.default))
    assert {variant.strength.luma for variant in nets} >= {1.0, 0.5}
    assert len({(variant.value, variant.strength) for variant in nets}) == len(nets)
    assert any(variant.strength.texture for variant in nets) == (task.name in ("denoise", "camera_noise", "deblock"))


def test_one_level_stands_in_a_row() -> None:
    rows = {variant.place[0] for variant in variants_of(task_named("inpaint"), 0)}
    assert rows == {0, 1}


def test_it_starts_at_what_is_chosen() -> None:
    variants = variants_of(task_named("denoise"), 24.0)
    half = Strength(0.5, 0.5)
    assert (start := start_of(variants, 24.0, half)).strength == half
    assert start.value == 24.0
    assert start_of(variants, 24.0, Strength(0.9, 1.0)).strength.is_neutral


def test_blurs_stand_beside_one_another_with_levels_below(qapp: object) -> None:
    blur = Blur()
    blur.set_kind(BlurKind.MOTION)
    blur.set_numbers(length=20, angle=30)
    variants = variants_of(task_named("deblur"), 4.0, blur.sizes, Strength(0.5))
    nets = [variant for variant in variants if variant.can_be_chosen]
    assert {variant.strength for variant in nets} == {Strength(0.5)}
    for column, blurred in enumerate(blur.sizes, 1):
        cells = [variant for variant in nets if variant.place[1] == column]
        assert [(cell.blur, cell.value) for cell in cells] == [(blurred, 2.0), (blurred, 4.0), (blurred, 8.0)]
        assert blurred.numbers.angle == 30
    assert [size.size for size in blur.sizes] == [14, 17, 20, 24, 29]
    assert start_of(variants, 4.0, Strength(), blur.sizes[2]).place == (1, 3)


def test_sizes_stay_within_what_is_possible(qapp: object) -> None:
    blur = Blur()
    for kind, name in ((BlurKind.DISK, "radius"), (BlurKind.GAUSSIAN, "sigma"), (BlurKind.MOTION, "length")):
        blur.set_kind(kind)
        for bound in LIMITS[name]:
            blur.set_numbers(**{name: bound})
            sizes = [sized.size for sized in blur.sizes]
            assert bound in sizes
            assert all(LIMITS[name][0] <= size <= LIMITS[name][1] for size in sizes)
            assert len(set(sizes)) == len(sizes)


def test_a_blur_that_was_touched_up_has_no_size(qapp: object) -> None:
    blur = Blur()
    blur.begin_stroke()
    blur.paint(0, 0)
    blur.end_stroke()
    assert blur.sizes == ()
