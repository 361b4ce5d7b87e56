"""Where in the picture a restoration counts."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from engine.image_io import Image
from engine.tasks import task_named
from rednet_gui.models.limit import LimitMode
from rednet_gui.models.session import Session
from tests.gui.conftest import pixels_of, result_of, source_of

IMAGE = Image(pixels_of())
PAINT = np.full((10, 10), 200, np.uint8)


@pytest.fixture
def painted(session: Session) -> Session:
    session.set_source(source_of(IMAGE))
    session.set_result(result_of(IMAGE))
    session.mask.blend(5, 5, PAINT)
    session.mask.end_step()
    return session


def test_the_mask_limits_what_does_not_fill(painted: Session) -> None:
    assert painted.limit_of("denoise") is None
    painted.limit.set_mode(LimitMode.ONLY)
    only = painted.limit_of("denoise")
    assert only is not None
    assert (only[10, 10], only[0, 0]) == (200, 0)
    painted.limit.set_mode(LimitMode.EXCEPT)
    rest = painted.limit_of("denoise")
    assert rest is not None
    np.testing.assert_array_equal(rest, 255 - painted.mask.pixels)
    assert painted.limit_of("inpaint") is None, "a fill has its own mask"


def test_an_empty_mask_with_only_what_is_painted_counts_nowhere(session: Session) -> None:
    session.set_source(source_of(IMAGE))
    session.limit.set_mode(LimitMode.ONLY)
    assert session.limit.is_nothing
    session.mask.blend(5, 5, PAINT)
    assert not session.limit.is_nothing


def test_changes_are_told_only_where_they_are_seen(painted: Session) -> None:
    told = list[str]()
    painted.limit.changed.connect(lambda: told.append(painted.limit.mode.value))
    painted.mask.undo()
    assert not told
    painted.limit.set_mode(LimitMode.EXCEPT)
    painted.mask.redo()
    painted.limit.set_mode(LimitMode.EVERYWHERE)
    assert told == ["except", "except", "everywhere"]


@pytest.mark.parametrize("task", ["denoise", "inpaint"])
def test_a_saved_result_that_looks_different_is_no_longer_saved(painted: Session, task: str) -> None:
    painted.set_result(replace(result_of(IMAGE), task=task))
    painted.mark_saved()
    painted.limit.set_mode(LimitMode.ONLY)
    assert painted.is_result_saved == (task == "inpaint")
    painted.mark_saved()
    painted.mask.undo()
    assert painted.is_result_saved == (task == "inpaint")


def test_each_picture_has_its_mask_its_steps_and_its_limit(painted: Session) -> None:
    painted.limit.set_mode(LimitMode.EXCEPT)
    painted.mark_saved()
    first = painted.snapshot()
    assert first is not None
    painted.set_source(source_of(Image(pixels_of(20, 30))))
    assert painted.mask.is_empty
    assert painted.mask.pixels.shape == (20, 30)
    assert painted.limit.plane is None, "it is for one picture"
    painted.recall(first)
    assert painted.mask.pixels[10, 10] == 200
    assert painted.limit.mode.value == "except"
    assert painted.is_result_saved
    painted.mask.undo()
    assert painted.mask.is_empty


def test_a_limit_of_a_newer_version_is_none(session: Session) -> None:
    session.set_source(source_of(IMAGE), replace(session.state, limit="sometimes"))
    assert session.limit.mode is LimitMode.EVERYWHERE


def test_filling_takes_the_mask_as_it_was(painted: Session) -> None:
    painted.task = task_named("inpaint")
    level = painted.level_at(0)
    painted.mask.undo()
    assert level.mask is not None
    assert level.mask.sum() == 100
    assert level.opacity is not None
    assert level.opacity.max() == 200
