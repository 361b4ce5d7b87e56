"""What is painted on a step stays with that step, whether it has an effect or not."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from engine.errors import DeviceMemoryError
from engine.image_io import Image
from rednet_gui.errors import ErrorText
from rednet_gui.models.limit import LimitMode
from rednet_gui.models.mask_store import MaskStore
from rednet_gui.models.picture_state import PictureState
from rednet_gui.models.session import Session
from rednet_gui.presenters.mask_keeper import MaskKeeper
from rednet_gui.presenters.steps_presenter import StepsPresenter
from tests.gui.conftest import FakeEngine, ImmediateRunner, pixels_of, source_of
from tests.gui.presenters.steps_bench import IMAGE, connected, tasks_of

QUALITY = FakeEngine.estimated


@pytest.fixture
def files() -> ImmediateRunner:
    """Reads and writes masks, beside the runner of the steps."""
    return ImmediateRunner()


@pytest.fixture
def presenter(
    engine: FakeEngine, runner: ImmediateRunner, files: ImmediateRunner, session: Session, masks: MaskStore
) -> StepsPresenter:
    MaskKeeper(files, session, masks, parent=session)
    return connected(engine, runner, session, masks)


def paint(session: Session, column: int, mode: LimitMode = LimitMode.EVERYWHERE) -> None:
    session.mask.blend(column, 0, np.full((31, 1), 255, np.uint8))
    session.mask.end_step()
    session.limit.set_mode(mode)


def painted(session: Session) -> list[int]:
    """The columns that are painted."""
    return [int(column) for column in np.flatnonzero(session.mask.pixels.any(0))]


def reopen(session: Session) -> None:
    """The photo as it is after a restart of the program."""
    state = PictureState.from_json(json.loads(json.dumps(session.state.to_json())))
    session.set_source(source_of(Image(pixels_of(20, 20)), Path("other.png")))
    session.set_source(source_of(IMAGE), state)


def go_on(session: Session) -> None:
    """The same photo in the same run of the program."""


def test_undo_of_a_step_can_be_made_again_though_there_is_paint(presenter: StepsPresenter, session: Session) -> None:
    paint(session, 0)
    presenter.add("deblock")
    presenter.undo()
    assert painted(session) == [0]
    presenter.redo()
    assert tasks_of(session) == ["denoise", "deblock"]


def test_paint_that_is_read_leaves_what_can_be_made_again(presenter: StepsPresenter, session: Session) -> None:
    paint(session, 0)
    session.set_level(40.0)
    presenter.add("deblock")
    presenter.undo()
    presenter.undo()
    assert session.level == 25.0
    assert painted(session) == [0]
    assert session.steps.can_redo


@pytest.mark.parametrize("mode", list(LimitMode))
@pytest.mark.parametrize("then", [go_on, reopen])
def test_a_new_step_shows_no_paint_of_a_removed_one(
    presenter: StepsPresenter, session: Session, mode: LimitMode, then: Callable[[Session], None]
) -> None:
    presenter.add("deblock")
    paint(session, 1, mode)
    presenter.remove(1)
    assert painted(session) == []
    then(session)
    presenter.add("inpaint")
    assert painted(session) == []
    assert session.lacks == "mask"


def test_a_removed_step_comes_back_without_the_paint_of_the_one_after(
    presenter: StepsPresenter, session: Session
) -> None:
    presenter.add("deblock")
    paint(session, 1, LimitMode.ONLY)
    presenter.remove(0)
    assert painted(session) == [1]
    presenter.undo()
    presenter.choose(0)
    assert painted(session) == []
    presenter.choose(1)
    assert painted(session) == [1]


def test_paint_goes_with_its_step_though_the_next_is_the_same(presenter: StepsPresenter, session: Session) -> None:
    presenter.add("denoise")
    session.set_auto(False)
    presenter.choose(0)
    paint(session, 0)
    presenter.remove(0)
    assert painted(session) == []
    presenter.undo()
    assert painted(session) == [0]


def test_a_step_that_is_switched_off_keeps_its_paint(presenter: StepsPresenter, session: Session) -> None:
    paint(session, 0)
    presenter.add("deblock")
    presenter.choose(0)
    presenter.switch(0)
    assert painted(session) == []
    paint(session, 1)
    presenter.switch(0)
    presenter.choose(0)
    assert painted(session) == [0]
    presenter.choose(1)
    assert painted(session) == [1]


def test_adding_and_removing_are_undone_with_the_paint(presenter: StepsPresenter, session: Session) -> None:
    paint(session, 0)
    presenter.add("deblock")
    paint(session, 1)
    presenter.remove(1)
    presenter.add("super_resolution")
    session.mask.blend(3, 0, np.full((9, 1), 255, np.uint8))
    session.mask.end_step()
    for travel, expected in (
        (presenter.undo, [0]),
        (presenter.undo, [1]),
        (presenter.undo, [0]),
        (presenter.redo, [1]),
        (presenter.redo, [0]),
        (presenter.redo, [3]),
    ):
        travel()
        assert painted(session) == expected


@pytest.mark.parametrize("then", [go_on, reopen])
@pytest.mark.parametrize("left", [0, 1])
@pytest.mark.parametrize("change", [lambda _: None, lambda steps: steps.move(1, 0)], ids=["stay", "move"])
def test_paint_without_effect_comes_back_with_its_step(
    presenter: StepsPresenter,
    session: Session,
    left: int,
    change: Callable[[StepsPresenter], None],
    then: Callable[[Session], None],
) -> None:
    paint(session, 0)
    presenter.add("deblock")
    paint(session, 1)
    change(presenter)
    presenter.choose(left)
    shown = painted(session)
    then(session)
    assert painted(session) == shown
    for number, task in enumerate(tasks_of(session)):
        presenter.choose(number)
        assert painted(session) == [["denoise", "deblock"].index(task)]
        assert session.limit.mode is LimitMode.EVERYWHERE


def test_paint_without_effect_runs_no_step_again(
    presenter: StepsPresenter, session: Session, engine: FakeEngine
) -> None:
    presenter.add("deblock")
    presenter.choose(0)
    paint(session, 0)
    engine.levels.clear()
    presenter.choose(1)
    assert engine.levels == [QUALITY]


def test_a_step_that_is_left_before_its_paint_is_read_has_it_afterwards(
    presenter: StepsPresenter, session: Session, files: ImmediateRunner
) -> None:
    paint(session, 0)
    session.set_source(source_of(Image(pixels_of(20, 20)), Path("other.png")))
    files.is_held = True
    session.set_source(source_of(IMAGE))
    presenter.add("deblock")
    assert painted(session) == []
    files.is_held = False
    files.release()
    assert painted(session) == []
    presenter.choose(0)
    assert painted(session) == [0]


def test_paint_that_is_on_its_way_to_disk_is_there_when_the_photo_is_opened_again(
    presenter: StepsPresenter, session: Session, files: ImmediateRunner
) -> None:
    presenter.add("deblock")
    paint(session, 1)
    files.is_held = True
    reopen(session)
    files.is_held = False
    files.release()
    assert painted(session) == [1]


def test_paint_of_a_step_that_was_not_looked_at_comes_through_restarts(
    presenter: StepsPresenter, session: Session
) -> None:
    paint(session, 0)
    presenter.add("deblock")
    paint(session, 1)
    presenter.choose(0)
    reopen(session)
    reopen(session)
    presenter.remove(0)
    assert painted(session) == [1]
    reopen(session)
    assert painted(session) == [1]


def test_paint_is_read_though_a_photo_and_its_steps_are_kept_with_different_tasks(
    presenter: StepsPresenter, session: Session
) -> None:
    presenter.add("deblock")
    paint(session, 1, LimitMode.ONLY)
    presenter.choose(0)
    paint(session, 0)
    session.set_source(source_of(IMAGE), replace(session.state, task="deblock"))
    assert (session.task.name, painted(session)) == ("deblock", [0])


def test_no_paint_of_another_step_lies_in_the_place_of_a_new_one(
    presenter: StepsPresenter, session: Session, masks: MaskStore
) -> None:
    presenter.add("deblock")
    assert session.source is not None
    file = masks.folder / session.source.mask_name
    paint(session, 1)
    presenter.remove(1)
    assert file.exists()
    presenter.add("super_resolution")
    assert session.source.mask_name == file.name
    assert not file.exists()


@pytest.mark.parametrize("mode", [LimitMode.EVERYWHERE, LimitMode.ONLY])
def test_a_crash_while_steps_run_leaves_each_step_its_paint(
    presenter: StepsPresenter, session: Session, runner: ImmediateRunner, mode: LimitMode
) -> None:
    presenter.add("deblock")
    paint(session, 1, mode)
    presenter.choose(0)
    paint(session, 0)
    presenter.move(1, 0)
    assert tasks_of(session) == ["deblock", "denoise"]
    presenter.choose(0)
    runner.is_held = True
    presenter.choose(1)
    state = session.state
    runner.is_held = False
    runner.release()
    session.set_source(source_of(IMAGE), state)
    assert session.task.name == "denoise"
    assert painted(session) == [0]
    presenter.choose(0)
    assert painted(session) == [1]
    assert session.limit.mode is mode


def test_a_reopened_photo_whose_steps_fail_keeps_what_is_painted(
    presenter: StepsPresenter, session: Session, engine: FakeEngine, failures: list[ErrorText]
) -> None:
    presenter.add("inpaint")
    paint(session, 1)
    engine.error = DeviceMemoryError(2**30)
    reopen(session)
    assert len(failures) == 1
    assert painted(session) == []
    engine.error = None
    presenter.add("deblock")
    assert painted(session) == [], "it has the place of the painted one"
    presenter.choose(2)
    assert (session.task.name, painted(session)) == ("inpaint", [1])


def test_steps_are_copied_without_paint_that_has_no_effect(presenter: StepsPresenter, session: Session) -> None:
    paint(session, 0)
    presenter.add("deblock")
    presenter.copy()
    session.set_source(source_of(Image(pixels_of(20, 20)), Path("other.png")))
    presenter.paste()
    presenter.choose(0)
    assert painted(session) == []
