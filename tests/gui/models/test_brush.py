"""Strokes of a round brush."""

from __future__ import annotations

import math

import numpy as np
import pytest
from PySide6.QtCore import QRect

from rednet_gui.models.brush import MAX_SIZE_PX, Brush, Stroke
from rednet_gui.models.mask import Mask


@pytest.fixture
def mask(qapp: object) -> Mask:
    made = Mask()
    made.reset(400, 300)
    return made


@pytest.mark.parametrize("size", [3, 10, 41, 200])
@pytest.mark.parametrize("hardness", [0.0, 0.5, 1.0])
def test_a_dab_is_round_and_as_large_as_the_brush(mask: Mask, size: float, hardness: float) -> None:
    Stroke(mask, Brush(size, hardness)).draw_to(150, 120)
    y, x = np.indices(mask.pixels.shape)
    distance = np.hypot(x + 0.5 - 150, y + 0.5 - 120)
    assert not mask.pixels[distance > size / 2 + 1.5].any()
    assert mask.pixels[distance <= 1].min() > (200 if size > 3 else 60)
    if hardness == 1:
        assert (mask.pixels[distance < size / 2 - 1.5] == 255).all()
        assert (mask.pixels > 0).sum() == pytest.approx(math.pi * (size / 2) ** 2, rel=0.1, abs=10)


def test_a_soft_brush_fades_from_its_middle_on(mask: Mask) -> None:
    Stroke(mask, Brush(100, 0)).draw_to(150, 120)
    row = mask.pixels[120, 150:205].astype(int)
    assert (np.diff(row) <= 0).all()
    assert 110 < row[25] < 145


@pytest.mark.parametrize("size", [1, 2, 6, 60])
def test_a_stroke_has_no_gaps_and_an_even_width(mask: Mask, size: float) -> None:
    stroke = Stroke(mask, Brush(size, 1))
    stroke.draw_to(30, 40.3)
    stroke.draw_to(350, 217.8)
    slope = math.hypot(350 - 30, 217.8 - 40.3) / (350 - 30)
    heights = (mask.pixels[:, 40:340].astype(float) / 255).sum(axis=0)
    assert (mask.pixels[:, 40:340].max(axis=0) > 100).all()
    assert heights.mean() == pytest.approx(size * slope, rel=0.1, abs=0.6)
    assert heights.std() < 0.5


def test_a_turn_goes_through_its_points(mask: Mask) -> None:
    stroke = Stroke(mask, Brush(8, 1))
    points = [(30, 40), (300, 50), (310, 250)]
    for x, y in points:
        stroke.draw_to(x, y)
    assert all(mask.pixels[y, x] == 255 for x, y in points)
    assert stroke.end == (310, 250)
    assert not mask.pixels[200, 100]
    mask.end_step()
    mask.undo()
    assert mask.is_empty, "a stroke is one step"


def test_pressure_makes_the_stroke_thinner(mask: Mask) -> None:
    stroke = Stroke(mask, Brush(60, 1))
    stroke.draw_to(40, 150, pressure=0.2)
    stroke.draw_to(360, 150, pressure=1.0)
    heights = (mask.pixels > 127).sum(axis=0)
    assert heights[60] == pytest.approx(15, abs=5)
    assert heights[350] == pytest.approx(60, abs=3)
    assert (np.diff(heights[50:350]) >= -2).all()


def test_the_eraser_takes_paint_away(mask: Mask) -> None:
    mask.replace(np.full_like(mask.pixels, 255))
    stroke = Stroke(mask, Brush(20, 1, erases=True))
    stroke.draw_to(100, 100)
    stroke.draw_to(200, 100)
    assert not mask.pixels[95:105, 100:200].any()
    assert mask.pixels[115].all()


def test_a_long_stroke_touches_no_more_than_it_must(mask: Mask) -> None:
    mask.reset(4000, 3000)
    rects = list[QRect]()
    mask.changed.connect(rects.append)
    stroke = Stroke(mask, Brush(10, 1))
    stroke.draw_to(10, 10)
    stroke.draw_to(3900, 2900)
    assert sum(rect.width() * rect.height() for rect in rects) < 4000 * 3000 / 8


def test_the_largest_brush_reaches_over_the_border(mask: Mask) -> None:
    stroke = Stroke(mask, Brush(MAX_SIZE_PX, 1))
    stroke.draw_to(-100, -100)
    assert mask.pixels[0, 0] == 255
    before = mask.pixels.copy()
    stroke.draw_to(5000, -5000)
    assert (mask.pixels >= before).all()
