from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rednet_gui.models.viewport import MAX_SCALE, Viewport

sides = st.integers(1, 12_000)
sizes = st.tuples(sides, sides)
windows = st.tuples(st.integers(100, 4000), st.integers(100, 4000))


@given(sizes, windows)
def test_fitting_shows_all_of_the_picture(picture: tuple[int, int], window: tuple[int, int]) -> None:
    viewport = Viewport.fitting(picture, window)
    assert viewport.scale <= 1
    assert not viewport.can_pan
    assert viewport.visible[2:] == viewport.size


@given(sizes, windows, st.lists(st.tuples(st.floats(0.3, 3), st.floats(0, 1), st.floats(0, 1)), max_size=8))
def test_zooming_never_leaves_the_picture(
    picture: tuple[int, int], window: tuple[int, int], zooms: list[tuple[float, float, float]]
) -> None:
    viewport = Viewport.fitting(picture, window)
    for factor, x, y in zooms:
        viewport = viewport.zoomed(factor, (x * window[0], y * window[1])).panned(x * 500, -y * 500)
        assert viewport.fit_scale <= viewport.scale <= MAX_SCALE
        for start, length, room in zip(viewport.origin, viewport.size, window, strict=True):
            if length >= room:
                assert start <= 1
                assert start + length >= room - 1
            else:
                assert abs(start - (room - length) / 2) <= 1


def test_the_point_under_the_cursor_stays() -> None:
    viewport = Viewport.fitting((6000, 4000), (1200, 800)).scaled(1.0, (600, 400))
    at = (700, 300)
    point = [(a - o) / viewport.scale for a, o in zip(at, viewport.origin, strict=True)]
    closer = viewport.zoomed(1.7, at)
    moved = [(a - o) / closer.scale for a, o in zip(at, closer.origin, strict=True)]
    assert moved == pytest.approx(point, abs=1)


def test_zooming_stops_at_100_percent_and_at_the_fitted_size() -> None:
    viewport = Viewport.fitting((6000, 4000), (1200, 800)).scaled(0.9, (600, 400))
    assert viewport.zoomed(1.5, (600, 400)).scale == 1
    assert viewport.zoomed(1.5, (600, 400)).zoomed(1.5, (600, 400)).scale == 1.5
    assert viewport.zoomed(0.1, (600, 400)).is_fitted


def test_a_fitted_picture_follows_the_window() -> None:
    viewport = Viewport.fitting((6000, 4000), (1200, 800)).resized((600, 400))
    assert viewport.scale == pytest.approx(0.1)
    closer = viewport.scaled(1.0, (300, 200)).resized((900, 500))
    assert closer.scale == 1
    assert closer.center == viewport.center


def test_panning_moves_by_window_pixels() -> None:
    viewport = Viewport.fitting((6000, 4000), (1200, 800)).scaled(1.0, (600, 400))
    x, y = viewport.origin
    assert viewport.panned(30, -20).origin == (x + 30, y - 20)


def test_zooming_in_and_out_again_does_not_drift() -> None:
    viewport = Viewport.fitting((1600, 1500), (1000, 800)).scaled(1.0, (500, 400))
    assert viewport.center == (800, 750)
    there = viewport.scaled(3.0, (123, 45))
    assert there.scaled(1.0, (123, 45)).center == pytest.approx(viewport.center)
