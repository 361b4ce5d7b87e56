"""The steps of a picture that is opened again."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from engine.errors import DeviceMemoryError
from engine.image_io import Image
from engine.steps import FrozenArray, Step
from engine.tasks import task_named
from rednet_gui.errors import ErrorText
from rednet_gui.models.blur import BlurKind
from rednet_gui.models.limit import LimitMode
from rednet_gui.models.mask_store import MaskStore
from rednet_gui.models.picture_state import PictureState
from rednet_gui.models.session import Activity, Session, Snapshot
from rednet_gui.models.step_list import KEY
from rednet_gui.presenters.blur_presenter import BlurPresenter
from rednet_gui.presenters.mask_keeper import MaskKeeper
from rednet_gui.presenters.steps_presenter import StepsPresenter
from tests.gui.conftest import FakeEngine, ImmediateRunner, pixels_of, source_of
from tests.gui.presenters.steps_bench import IMAGE, blur_of, connected, done_by, items_of, limit_of


@pytest.fixture
def presenter(engine: FakeEngine, runner: ImmediateRunner, session: Session, masks: MaskStore) -> StepsPresenter:
    return connected(engine, runner, session, masks)


def open_the_next_while_steps_run(presenter: StepsPresenter, session: Session, runner: ImmediateRunner) -> Snapshot:
    """Reopen a picture of two steps and go on to another one, which does not arrive yet; how the first was left."""
    presenter.add("deblock")
    kept, state = items_of(session), session.state
    runner.is_held = True
    session.set_source(source_of(IMAGE, Path("again.png")), state)
    shown = session.snapshot()
    assert shown is not None
    presenter.cancel()
    session.set_activity(Activity.OPENING)
    runner.release()
    assert items_of(session) == kept
    return shown


def test_undo_takes_the_blur_of_a_reopened_picture_back_as_it_was_come_by(
    presenter: StepsPresenter, session: Session, runner: ImmediateRunner
) -> None:
    BlurPresenter(runner, session, session.blur, parent=presenter)
    session.set_task(task_named("deblur"))
    session.blur.set_numbers(radius=7)
    state = session.state
    session.blur.set_numbers(radius=3)
    session.set_source(source_of(IMAGE, Path("again.png")), state)
    session.blur.set_numbers(radius=4)
    presenter.undo()
    assert blur_of(session) == (BlurKind.DISK, 7)


def test_steps_of_a_picture_come_back_from_disk(
    presenter: StepsPresenter, session: Session, engine: FakeEngine
) -> None:
    presenter.add("deblock")
    session.set_auto(False)
    session.set_level(60.0)
    state = PictureState.from_json(json.loads(json.dumps(session.state.to_json())))
    assert state is not None
    assert KEY in state.extra
    engine.levels.clear()
    session.set_source(source_of(IMAGE, Path("again.png")), state)
    assert items_of(session) == (Step("denoise", 25.0), Step("deblock", 60.0))
    assert session.source is not None
    assert done_by(session) == (Step("denoise", 25.0),)
    assert engine.levels == [25.0, 60.0]
    assert (session.task.name, session.level) == ("deblock", 60.0)


def test_canceling_the_steps_of_a_reopened_picture_keeps_them(
    presenter: StepsPresenter, session: Session, runner: ImmediateRunner, engine: FakeEngine
) -> None:
    presenter.add("deblock")
    session.limit.set_mode(LimitMode.ONLY)
    kept, state = items_of(session), session.state
    engine.levels.clear()
    runner.is_held = True
    session.set_source(source_of(IMAGE, Path("again.png")), state)
    presenter.cancel()
    runner.release()
    assert limit_of(session) is LimitMode.EVERYWHERE, "nothing limits the first step"
    assert items_of(session) == kept
    assert KEY in session.state.extra
    assert (session.steps.line.current, session.task.name, done_by(session)) == (0, "denoise", ())
    assert session.activity is Activity.IDLE
    assert not engine.levels, "who stops the work does not ask for more"
    runner.is_held = False
    presenter.choose(1)
    assert done_by(session) == kept[:1]


def test_a_failure_in_the_steps_of_a_reopened_picture_keeps_them(
    presenter: StepsPresenter, session: Session, engine: FakeEngine, failures: list[ErrorText]
) -> None:
    presenter.add("deblock")
    kept, state = items_of(session), session.state
    engine.error = DeviceMemoryError(2**30)
    session.set_source(source_of(IMAGE, Path("again.png")), state)
    assert items_of(session) == kept
    assert (session.steps.line.current, session.task.name, done_by(session)) == (0, "denoise", ())
    assert [error.title for error in failures] == ["Not enough memory"], "once"


def test_browsing_past_a_reopened_picture_keeps_its_steps(
    presenter: StepsPresenter, session: Session, runner: ImmediateRunner
) -> None:
    shown = open_the_next_while_steps_run(presenter, session, runner)
    kept = items_of(session)
    assert len(kept) == 2
    assert session.source is shown.source, "the other picture is on its way"
    runner.is_held = False
    session.set_source(source_of(Image(pixels_of(20, 20)), Path("other.png")))
    session.end_activity(Activity.OPENING)
    session.recall(shown)
    assert (items_of(session), done_by(session)) == (kept, kept[:1])


def test_a_reopened_picture_stays_of_use_when_the_next_cannot_be_opened(
    presenter: StepsPresenter, session: Session, runner: ImmediateRunner
) -> None:
    open_the_next_while_steps_run(presenter, session, runner)
    kept = items_of(session)
    runner.is_held = False
    session.end_activity(Activity.OPENING)
    assert (items_of(session), done_by(session)) == (kept, ())
    assert (session.steps.line.current, session.task.name) == (0, "denoise")


def test_masks_of_steps_come_back_from_disk(
    presenter: StepsPresenter, session: Session, masks: MaskStore, runner: ImmediateRunner, qapp: object
) -> None:
    keeper = MaskKeeper(runner, session, masks, parent=presenter)
    half = np.zeros((IMAGE.height, IMAGE.width), np.uint8)
    half[:, : IMAGE.width // 2] = 200
    painted = Step("denoise", 5.0, mask=FrozenArray.of(half))
    presenter.apply((painted, Step("deblock", 60.0), painted))
    presenter.choose(1)
    keeper.flush()
    state = PictureState.from_json(json.loads(json.dumps(session.state.to_json())))
    before = session.source
    session.set_source(source_of(IMAGE, Path("again.png")), state)
    assert items_of(session) == (painted, Step("deblock", 60.0), painted)
    assert before is not None
    assert session.source is not None
    np.testing.assert_array_equal(session.source.image.pixels, before.image.pixels)
    presenter.choose(0)
    np.testing.assert_array_equal(session.mask.pixels, half)


@pytest.mark.parametrize("mode", list(LimitMode))
def test_what_the_mask_of_the_current_step_does_comes_back_from_disk(
    presenter: StepsPresenter, session: Session, masks: MaskStore, runner: ImmediateRunner, mode: LimitMode
) -> None:
    keeper = MaskKeeper(runner, session, masks, parent=presenter)
    session.set_source(source_of(IMAGE, Path("again.png")))
    presenter.add("deblock")
    half = np.zeros((IMAGE.height, IMAGE.width), np.uint8)
    half[:, : IMAGE.width // 2] = 200
    session.mask.blend(0, 0, half)
    session.mask.end_step()
    session.limit.set_mode(mode)
    keeper.flush()
    state = PictureState.from_json(json.loads(json.dumps(session.state.to_json())))
    session.set_source(source_of(Image(pixels_of()), Path("other.png")))
    assert limit_of(session) is LimitMode.EVERYWHERE
    session.set_source(source_of(IMAGE, Path("again.png")), state)
    assert (session.task.name, limit_of(session)) == ("deblock", mode)
    np.testing.assert_array_equal(session.mask.pixels, half)


def test_a_mask_that_was_deleted_switches_its_step_off(
    presenter: StepsPresenter, session: Session, masks: MaskStore, runner: ImmediateRunner, notices: list[str]
) -> None:
    MaskKeeper(runner, session, masks, parent=presenter)
    mask = FrozenArray.of(np.full((IMAGE.height, IMAGE.width), 200, np.uint8))
    presenter.apply((Step("denoise", 5.0, mask=mask), Step("deblock", 60.0)))
    state = session.state
    for file in masks.folder.iterdir():
        file.unlink()
    session.set_source(source_of(IMAGE, Path("again.png")), state)
    assert [step.is_on for step in items_of(session)] == [False, True]
    assert session.source is not None
    assert session.source.done == ()
    assert notices == ["1 step(s) have lost their mask and stay off."]
