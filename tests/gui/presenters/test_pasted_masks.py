"""Steps with masks that are put in the place of a picture's own, and taken back."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from engine.image_io import Image, write_image
from engine.steps import FrozenArray, Step
from engine.tasks import task_named
from rednet_gui.models.limit import LimitMode
from rednet_gui.models.mask_store import MaskStore
from rednet_gui.models.session import Session
from rednet_gui.presenters.steps_presenter import StepsPresenter
from tests.gui.conftest import FakeEngine, ImmediateRunner, source_of
from tests.gui.presenters.steps_bench import IMAGE, connected, items_of, limit_of, tasks_of


@pytest.fixture
def presenter(engine: FakeEngine, runner: ImmediateRunner, session: Session, masks: MaskStore) -> StepsPresenter:
    return connected(engine, runner, session, masks)


def mask_of(rows: int) -> NDArray[np.uint8]:
    """The first rows are painted."""
    mask = np.zeros(IMAGE.pixels.shape[:2], np.uint8)
    mask[:rows] = 255
    return mask


def paint(session: Session, rows: int, mode: LimitMode) -> None:
    session.mask.blend(0, 0, mask_of(rows)[:rows])
    session.mask.end_step()
    session.limit.set_mode(mode)


def rows_of(session: Session) -> int:
    """How many rows are painted."""
    return int(session.mask.pixels.any(1).sum())


@pytest.mark.parametrize("is_in_file", [False, True])
@pytest.mark.parametrize("steps", [1, 2])
def test_steps_with_masks_are_applied_with_them(
    presenter: StepsPresenter, session: Session, steps: int, is_in_file: bool, tmp_path: Path
) -> None:
    write_image(tmp_path / "mask.png", Image(mask_of(9)[..., None]))
    held = str(tmp_path / "mask.png") if is_in_file else FrozenArray.of(mask_of(9))
    presenter.apply((Step("denoise", 30.0, mask=held), Step("deblock", 40.0))[:steps])
    assert session.source is not None
    assert session.source.done == session.steps.line.before
    if steps == 1:
        assert limit_of(session) is LimitMode.ONLY
        np.testing.assert_array_equal(session.mask.pixels, mask_of(9))
    session.set_level(70.0)
    assert session.steps.line.step.level == 70.0, "what is chosen is noted"


@pytest.mark.parametrize("mode", [LimitMode.ONLY, LimitMode.EVERYWHERE])
def test_undo_brings_back_what_was_painted_before(presenter: StepsPresenter, session: Session, mode: LimitMode) -> None:
    paint(session, 5, mode)
    presenter.apply((Step("denoise", 30.0, mask=FrozenArray.of(mask_of(9))),))
    assert (rows_of(session), limit_of(session)) == (9, LimitMode.ONLY)
    presenter.undo()
    assert (rows_of(session), limit_of(session)) == (5, mode)
    presenter.redo()
    assert (rows_of(session), limit_of(session)) == (9, LimitMode.ONLY)


def test_undo_ends_a_limit_where_nothing_was_painted(presenter: StepsPresenter, session: Session) -> None:
    presenter.apply((Step("denoise", 30.0, mask=FrozenArray.of(mask_of(9))),))
    presenter.undo()
    assert (rows_of(session), limit_of(session)) == (0, LimitMode.EVERYWHERE)


def test_undo_of_a_later_level_leaves_what_was_painted_on(presenter: StepsPresenter, session: Session) -> None:
    presenter.apply((Step("denoise", 30.0, mask=FrozenArray.of(mask_of(9))),))
    paint(session, 12, LimitMode.ONLY)
    session.set_level(70.0)
    presenter.undo()
    assert session.level == 30.0
    assert rows_of(session) == 12


@pytest.mark.parametrize("mode", [LimitMode.ONLY, LimitMode.EXCEPT])
def test_steps_without_a_mask_count_everywhere_and_leave_the_paint(
    presenter: StepsPresenter, session: Session, mode: LimitMode
) -> None:
    paint(session, 5, mode)
    presenter.apply((Step("denoise", 30.0),))
    assert (rows_of(session), limit_of(session)) == (5, LimitMode.EVERYWHERE)


def test_a_step_that_fills_takes_what_is_painted(presenter: StepsPresenter, session: Session) -> None:
    session.set_task(task_named("inpaint"))
    paint(session, 5, LimitMode.EVERYWHERE)
    presenter.apply((Step("inpaint", 0.0),))
    assert (session.task.name, rows_of(session)) == ("inpaint", 5)


@pytest.mark.parametrize("mode", [LimitMode.ONLY, LimitMode.EVERYWHERE])
def test_undo_of_a_step_that_fills_gives_the_mask_its_effect_back(
    presenter: StepsPresenter, session: Session, mode: LimitMode
) -> None:
    paint(session, 5, mode)
    presenter.apply((Step("inpaint", 0.0),))
    presenter.undo()
    assert (session.task.name, rows_of(session), limit_of(session)) == ("denoise", 5, mode)


def test_a_mask_that_filled_may_limit(presenter: StepsPresenter, session: Session) -> None:
    session.set_task(task_named("inpaint"))
    paint(session, 5, LimitMode.EVERYWHERE)
    presenter.apply((Step("denoise", 30.0, mask=FrozenArray.of(mask_of(5))),))
    assert (rows_of(session), limit_of(session)) == (5, LimitMode.ONLY)


def test_undo_brings_back_paint_though_the_limit_was_ended_meanwhile(
    presenter: StepsPresenter, session: Session
) -> None:
    paint(session, 5, LimitMode.EVERYWHERE)
    presenter.apply((Step("denoise", 30.0, mask=FrozenArray.of(mask_of(9))),))
    session.limit.set_mode(LimitMode.EVERYWHERE)
    presenter.undo()
    assert (rows_of(session), limit_of(session)) == (5, LimitMode.EVERYWHERE)


def test_a_lost_file_of_a_step_that_is_off_is_not_missed(
    presenter: StepsPresenter, session: Session, runner: ImmediateRunner
) -> None:
    lost = Step("deblock", 40.0, mask=str(Path("nowhere", "mask.png")), is_on=False)
    presenter.apply((lost, Step("denoise", 30.0)))
    presenter.add("super_resolution")
    assert tasks_of(session) == ["deblock", "denoise", "super_resolution"]


def test_a_reopened_step_whose_file_is_lost_is_off(presenter: StepsPresenter, session: Session, tmp_path: Path) -> None:
    path = tmp_path / "mask.png"
    write_image(path, Image(mask_of(9)[..., None]))
    masked = Step("denoise", 20.0, mask=str(path))
    presenter.apply((masked, Step("deblock", 40.0)))
    line = session.steps.line
    session.steps.amend(replace(line, items=(masked, line.step)))
    state = session.state
    path.unlink()
    notices = list[str]()
    session.noticed.connect(notices.append)
    session.set_source(source_of(IMAGE, Path("again.png")), state)
    session.set_level(41.0)
    assert [(step.task, step.is_on) for step in items_of(session)] == [("denoise", False), ("deblock", True)]
    assert notices == ["1 step(s) have lost their mask and stay off."]


def test_an_estimate_that_arrives_while_masks_are_read_is_no_change(
    presenter: StepsPresenter, session: Session, runner: ImmediateRunner, tmp_path: Path
) -> None:
    write_image(tmp_path / "mask.png", Image(mask_of(9)[..., None]))
    runner.is_held = True
    presenter.apply((Step("deblock", 40.0, mask=str(tmp_path / "mask.png")),))
    session.set_estimate(33.0)
    runner.is_held = False
    runner.release()
    assert tasks_of(session) == ["deblock"]
    presenter.undo()
    assert tasks_of(session) == ["denoise"]
    assert not session.steps.can_undo
