from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from engine.errors import ImageReadError
from engine.image_io import Image, write_image
from engine.steps import FrozenArray, Step
from rednet_gui.models.step_list import KEY, Line, Stage, StepList, Track, mask_file
from tests.gui.conftest import pixels_of

A, B, C = Step("deblock", 40.0), Step("denoise"), Step("super_resolution", 2.0)
OFF = Step("denoise", 5.0, is_on=False)
MASK = FrozenArray.of(np.ones((2, 2), np.uint8))
PAINTED = Step("denoise", mask=MASK)


@pytest.fixture
def steps(qapp: object) -> StepList:
    made = StepList()
    made.track = Track(Line((A,)))
    return made


def test_the_steps_before_the_current_one_make_its_input() -> None:
    line = Line((A, OFF, B, C), 2)
    assert line.before == (A,)
    assert line.step == B
    assert not line.is_last
    assert line.switched(3).is_last
    assert line.switched(1).before == (A, Step("denoise", 5.0))


def test_a_new_step_comes_behind_the_current_one() -> None:
    assert Line((A, B), 0).added(C) == Line((A, C, B), 1)


def test_only_a_step_that_is_on_is_worked_on() -> None:
    line = Line((A, OFF, B), 0)
    assert line.chosen(2).current == 2
    assert line.chosen(1) is line


@pytest.mark.parametrize(
    ("line", "number", "current"),
    [
        (Line((A, B, C), 2), 2, 1),
        (Line((A, B, C), 1), 1, 0),
        (Line((A, OFF, C), 2), 2, 0),
        (Line((OFF, B, C), 1), 1, 2),
        (Line((A, B), 0), 1, 0),
        (Line((A, OFF), 0), 1, 1),
    ],
)
def test_switching_keeps_to_a_step_that_is_on(line: Line, number: int, current: int) -> None:
    found = line.switched(number)
    assert found.current == current
    assert found.step.is_on
    assert found.items[number].is_on is not line.items[number].is_on


def test_the_only_step_that_is_on_stays() -> None:
    line = Line((OFF, B), 1)
    assert line.switched(1) is line
    assert line.removed(1) is line
    assert not line.can_lose(1)
    assert line.can_lose(0)
    assert line.removed(0) == Line((B,))


@pytest.mark.parametrize(("number", "left"), [(0, Line((B, C), 1)), (1, Line((A, C), 1)), (2, Line((A, B), 1))])
def test_removing_keeps_to_the_current_step_or_the_one_before(number: int, left: Line) -> None:
    assert Line((A, B, C), 2).removed(number) == left


def test_moving_keeps_to_the_current_step() -> None:
    assert Line((A, B, C), 2).moved(2, 0) == Line((C, A, B), 0)
    assert Line((A, B, C), 0).moved(2, 0) == Line((C, A, B), 1)


def test_changes_are_undone_and_made_again(steps: StepList) -> None:
    told = list[bool]()
    steps.changed.connect(lambda: told.append(True))
    steps.do(Line((A, B), 1))
    steps.do(Line((A, B, C), 2))
    steps.undo()
    assert steps.line == Line((A, B), 1)
    steps.undo()
    assert (steps.line, steps.can_undo, steps.can_redo) == (Line((A,)), False, True)
    steps.undo()
    steps.redo()
    steps.redo()
    assert (steps.line, steps.can_redo) == (Line((A, B, C), 2), False)
    steps.undo()
    steps.do(Line((A, C), 1))
    assert not steps.can_redo
    assert len(told) == 8


def test_a_slider_that_moves_is_one_change(steps: StepList, monkeypatch: pytest.MonkeyPatch) -> None:
    now = [100.0]
    monkeypatch.setattr("rednet_gui.models.step_list.time.perf_counter", lambda: now[0])
    for level in (41.0, 42.0, 43.0):
        steps.do(Line((Step("deblock", level),)), kind="level")
        now[0] += 0.5
    steps.do(Line((Step("deblock", 43.0), B)), kind="")
    steps.undo()
    assert steps.line.step.level == 43.0
    steps.undo()
    assert steps.line.step.level == 40.0
    steps.redo()
    now[0] += 5
    steps.do(Line((Step("deblock", 44.0),)), kind="level")
    now[0] += 5
    steps.do(Line((Step("deblock", 45.0),)), kind="level")
    steps.undo()
    assert steps.line.step.level == 44.0


def test_what_changed_nothing_is_no_change(steps: StepList) -> None:
    steps.do(Line((A,)))
    assert not steps.can_undo


def test_results_of_the_first_steps_serve_as_long_as_these_are_the_same() -> None:
    image = Image(pixels_of())
    track = Track(Line((A, B, C), 2), stages=(Stage(A, A, image), Stage(B, B, image)))
    models: dict[str, Path] = {}
    assert track.stages_for((A, B), models.get) == track.stages
    assert track.stages_for((A, C), models.get) == track.stages[:1]
    assert track.stages_for((B,), models.get) == ()
    models[A.task] = Path("own.safetensors")
    assert track.stages_for((A, B), models.get) == (), "another net would give something else"


def test_several_steps_are_kept_and_a_single_one_is_not(steps: StepList) -> None:
    assert steps.to_keep("now.png") == {}
    steps.amend(Line((A, PAINTED, OFF, PAINTED), 3))
    line = Line.kept(steps.to_keep("now.png")[KEY])
    assert line is not None
    assert line.has_unread_masks
    assert line.with_masks({mask_file(MASK): MASK}.get) == Line((A, PAINTED, OFF, B), 3), (
        "the mask of the current one is kept elsewhere"
    )
    lost = replace(PAINTED, mask="", is_on=False)
    assert line.with_masks(lambda _: None) == Line((A, lost, OFF, B), 3)


def test_what_is_not_worked_on_yet_is_kept_as_it_is(steps: StepList) -> None:
    steps.amend(Line((A, replace(PAINTED, paint=MASK)), 1))
    line = Line.kept(steps.to_keep("")[KEY])
    assert line is not None
    assert (line.step.mask, line.step.paint) == (mask_file(MASK), mask_file(MASK))


def test_paint_is_kept_with_its_step(steps: StepList) -> None:
    steps.amend(Line((replace(A, paint=MASK), B, replace(C, paint="unread.png"), replace(A, paint=MASK)), 3))
    kept = steps.to_keep("now.png")[KEY]
    line = Line.kept(kept)
    assert line is not None
    assert [step.paint for step in line.items] == [mask_file(MASK), None, "unread.png", "now.png"]
    found = line.with_masks({mask_file(MASK): MASK}.get)
    assert [step.paint for step in found.items] == [MASK, None, None, "now.png"], "it is read when the step is there"
    assert isinstance(kept, dict)
    nonsenses: tuple[object, ...] = (5, ["a.png"], [None, 5, "folder/a.png", {}])
    for nonsense in nonsenses:
        line = Line.kept(kept | {"paint": nonsense})
        assert line is not None
        assert [step.paint for step in line.items] == [None] * 4


def test_a_mask_that_lies_in_a_file_of_the_users_is_read_from_there(tmp_path: Path) -> None:
    path = tmp_path / "mask.png"
    line = Line((Step("denoise", mask=str(path)), A))
    assert line.has_unread_masks
    with pytest.raises(ImageReadError):
        line.with_masks(lambda _: None)
    white = np.full((2, 2), 255, np.uint8)
    write_image(path, Image(white[..., None]))
    assert line.with_masks(lambda _: None) == Line((Step("denoise", mask=FrozenArray.of(white)), A))


@pytest.mark.parametrize(
    "data",
    [
        None,
        5,
        {},
        {"rednet_steps": "2.0", "steps": [], "current": 0},
        {"rednet_steps": "1.0", "steps": [{"task": "denoise"}]},
        {"rednet_steps": "1.0", "steps": [{"task": "denoise"}], "current": 1},
        {"rednet_steps": "1.0", "steps": [{"task": "denoise", "on": False}], "current": 0},
    ],
)
def test_kept_steps_that_make_no_sense_are_none(data: object) -> None:
    assert Line.kept(data) is None
