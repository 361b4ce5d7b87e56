from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from engine.errors import DeviceMemoryError
from engine.image_io import Image
from engine.steps import Step, Steps, read_steps
from engine.strength import Strength
from engine.tasks import task_named
from rednet_gui.errors import ErrorText
from rednet_gui.models.limit import LimitMode
from rednet_gui.models.mask_store import MaskStore
from rednet_gui.models.session import Activity, Session
from rednet_gui.presenters.level_presenter import LevelPresenter
from rednet_gui.presenters.save_presenter import SavePresenter
from rednet_gui.presenters.steps_presenter import StepsPresenter
from rednet_gui.settings import Settings
from tests.gui.conftest import FakeEngine, ImmediateRunner, pixels_of, source_of
from tests.gui.presenters.steps_bench import IMAGE, connected, done_by, items_of, limit_of, tasks_of

QUALITY = FakeEngine.estimated
DEBLOCKED = Step("deblock", None, estimated=QUALITY)


@pytest.fixture
def presenter(engine: FakeEngine, runner: ImmediateRunner, session: Session, masks: MaskStore) -> StepsPresenter:
    return connected(engine, runner, session, masks)


def test_a_picture_begins_with_one_step(presenter: StepsPresenter, session: Session) -> None:
    assert items_of(session) == (Step("denoise", 25.0),)
    assert not session.steps.can_undo


def test_another_task_works_on_what_the_first_gave(
    presenter: StepsPresenter, session: Session, engine: FakeEngine
) -> None:
    session.set_strength(0.5, 0.5, 0)
    presenter.add("deblock")
    assert session.task.name == "deblock"
    assert session.source is not None
    assert done_by(session) == (Step("denoise", 25.0, Strength(0.5, 0.5)),)
    halfway = IMAGE.pixels.astype(float) / 2 + np.invert(IMAGE.pixels).astype(float) / 2
    np.testing.assert_allclose(session.source.image.pixels, halfway, atol=0.51)
    assert session.result is not None
    np.testing.assert_array_equal(session.result.image.pixels, np.invert(session.source.image.pixels))
    assert session.strength == Strength()
    assert engine.levels == [25.0, 25.0, QUALITY]


def test_an_automatic_level_is_estimated_on_the_input_of_the_step(
    presenter: StepsPresenter, session: Session, engine: FakeEngine
) -> None:
    engine.estimated = 7.5
    presenter.add("denoise")
    assert session.is_auto
    assert session.result is not None
    assert session.result.level == 7.5
    assert session.steps.line.items[1].level is None


def test_going_back_runs_nothing_before_that_did_not_change(
    presenter: StepsPresenter, session: Session, engine: FakeEngine
) -> None:
    presenter.add("deblock")
    presenter.add("super_resolution")
    engine.levels.clear()
    presenter.choose(1)
    assert session.task.name == "deblock"
    assert engine.levels == [QUALITY], "only the step itself"
    presenter.choose(0)
    assert session.source is not None
    np.testing.assert_array_equal(session.source.image.pixels, IMAGE.pixels)
    assert not session.can_save, "what is shown is not what all steps give"
    engine.levels.clear()
    presenter.choose(2)
    assert engine.levels == [2.0]
    assert session.can_save


def test_a_change_of_an_earlier_step_runs_it_and_those_after(
    presenter: StepsPresenter, session: Session, engine: FakeEngine
) -> None:
    presenter.add("deblock")
    presenter.add("super_resolution")
    presenter.choose(1)
    session.set_auto(False)
    session.set_level(60.0)
    engine.levels.clear()
    presenter.choose(2)
    assert engine.levels == [60.0, 2.0]
    assert session.steps.line.items[1] == Step("deblock", 60.0)


def test_another_model_of_an_earlier_step_runs_it_again(
    presenter: StepsPresenter, session: Session, engine: FakeEngine
) -> None:
    presenter.add("deblock")
    presenter.choose(0)
    engine.models["denoise"] = Path("own.safetensors")
    engine.levels.clear()
    presenter.choose(1)
    assert engine.levels == [25.0, QUALITY], "what the former model made is not worked on"


def test_switching_a_step_off_leaves_it_out(presenter: StepsPresenter, session: Session, engine: FakeEngine) -> None:
    presenter.add("deblock")
    engine.levels.clear()
    presenter.switch(0)
    assert session.source is not None
    assert done_by(session) == ()
    np.testing.assert_array_equal(session.source.image.pixels, IMAGE.pixels)
    assert session.task.name == "deblock"
    assert engine.levels == [QUALITY]
    presenter.switch(0)
    assert done_by(session) == (Step("denoise", 25.0),)


def test_switching_the_last_step_off_leaves_what_can_be_saved(presenter: StepsPresenter, session: Session) -> None:
    presenter.add("deblock")
    presenter.switch(1)
    assert session.task.name == "denoise"
    assert session.can_save
    presenter.switch(0)
    assert session.steps.line.items[0].is_on, "the only one that is on stays"


def test_the_order_can_be_changed(presenter: StepsPresenter, session: Session) -> None:
    presenter.add("deblock")
    presenter.move(1, 0)
    assert tasks_of(session) == ["deblock", "denoise"]
    assert session.task.name == "deblock"
    assert session.source is not None
    assert done_by(session) == ()
    assert not session.can_save
    presenter.choose(1)
    assert done_by(session) == (DEBLOCKED,)


def test_a_removed_step_comes_back_with_undo(presenter: StepsPresenter, session: Session) -> None:
    presenter.add("deblock")
    presenter.remove(1)
    assert (tasks_of(session), session.task.name) == (["denoise"], "denoise")
    presenter.undo()
    assert (tasks_of(session), session.task.name) == (["denoise", "deblock"], "deblock")
    presenter.undo()
    presenter.redo()
    assert (tasks_of(session), session.task.name) == (["denoise", "deblock"], "deblock")
    assert session.can_save


def test_levels_and_strengths_are_undone_without_another_picture(presenter: StepsPresenter, session: Session) -> None:
    source = session.source
    session.set_level(40.0)
    session.set_strength(0.5, 0.5, 0)
    presenter.undo()
    assert (session.level, session.strength) == (40.0, Strength())
    presenter.undo()
    assert session.level == 25.0
    assert session.source is source
    assert session.result is not None
    assert session.result.level == 25.0
    presenter.redo()
    assert session.result.level == 40.0


def test_a_level_that_is_dragged_is_one_change(
    presenter: StepsPresenter, session: Session, engine: FakeEngine, runner: ImmediateRunner, settings: Settings
) -> None:
    levels = LevelPresenter(engine, runner, session, settings, parent=presenter)
    levels.choose_auto(False)
    before = session.level
    session.set_strength(0.5, 0.5, 0)
    for level in range(31, 60):
        levels.choose_level(level)
    presenter.undo()
    assert session.level == before


def test_undo_leaves_auto_to_the_tasks_that_have_it(presenter: StepsPresenter, session: Session) -> None:
    session.set_auto(True)
    session.set_task(task_named("super_resolution"))
    presenter.undo()
    presenter.redo()
    assert session.task.name == "super_resolution"
    assert session.wants_auto


def test_a_mask_belongs_to_its_step(presenter: StepsPresenter, session: Session) -> None:
    session.limit.set_mode(LimitMode.ONLY)
    session.mask.blend(0, 0, np.full((31, 10), 255, np.uint8))
    presenter.add("deblock")
    assert session.source is not None
    is_changed = (session.source.image.pixels != IMAGE.pixels).any(2)
    assert is_changed[:, :10].any()
    assert not is_changed[:, 10:].any()
    assert session.mask.is_empty
    assert limit_of(session) is LimitMode.EVERYWHERE
    presenter.choose(0)
    assert limit_of(session) is LimitMode.ONLY
    assert session.mask.pixels[:, :10].all()
    assert not session.mask.pixels[:, 10:].any()


def test_a_step_that_lacks_something_is_finished_first(
    presenter: StepsPresenter, session: Session, notices: list[str]
) -> None:
    session.set_task(task_named("inpaint"))
    presenter.add("denoise")
    assert len(session.steps.line.items) == 1
    assert notices == ["This step is not complete yet: paint what to fill, or give the blur."]


def test_a_failure_leaves_the_steps_as_they_were(
    presenter: StepsPresenter, session: Session, engine: FakeEngine, failures: list[ErrorText]
) -> None:
    result = session.result
    engine.error = DeviceMemoryError(2**30)
    presenter.add("deblock")
    assert [error.title for error in failures] == ["Not enough memory"]
    assert tasks_of(session) == ["denoise"]
    assert session.task.name == "denoise"
    assert session.result is result
    assert not session.steps.can_undo
    assert session.activity is Activity.IDLE


def test_canceling_leaves_the_steps_as_they_were(
    presenter: StepsPresenter, session: Session, runner: ImmediateRunner
) -> None:
    runner.is_held = True
    presenter.add("deblock")
    assert tasks_of(session) == ["denoise", "deblock"]
    assert not session.can_choose
    assert not session.can_restore
    presenter.remove(0)
    assert tasks_of(session) == ["denoise", "deblock"], "one change after another"
    presenter.cancel()
    runner.release()
    assert tasks_of(session) == ["denoise"]
    assert session.can_restore


def test_steps_are_copied_to_another_picture_as_one_change(
    presenter: StepsPresenter, session: Session, notices: list[str]
) -> None:
    presenter.add("deblock")
    session.set_auto(False)
    session.set_level(60.0)
    presenter.copy()
    other = Image(pixels_of(20, 20))
    session.set_source(source_of(other, Path("other.png")))
    assert tasks_of(session) == ["deblock"]
    presenter.paste()
    assert items_of(session) == (Step("denoise", 25.0), Step("deblock", 60.0))
    assert session.result is not None
    np.testing.assert_array_equal(session.result.image.pixels, other.pixels, "inverted twice")
    presenter.undo()
    assert items_of(session) == (Step("deblock", 60.0),)


def test_each_picture_keeps_its_steps_and_their_results(
    presenter: StepsPresenter, session: Session, engine: FakeEngine
) -> None:
    presenter.add("deblock")
    kept = session.snapshot()
    assert kept is not None
    session.set_source(source_of(Image(pixels_of(20, 20)), Path("other.png")))
    assert (tasks_of(session), session.steps.can_undo) == (["deblock"], False)
    engine.levels.clear()
    session.recall(kept)
    assert tasks_of(session) == ["denoise", "deblock"]
    assert session.steps.can_undo
    assert not engine.levels


def test_masks_that_are_not_kept_switch_their_steps_off(
    presenter: StepsPresenter, session: Session, notices: list[str]
) -> None:
    presenter.apply((Step("denoise", 5.0, mask=""), Step("deblock", 60.0)))
    assert [step.is_on for step in session.steps.line.items] == [False, True]
    assert notices == ["1 step(s) have lost their mask and stay off."]
    presenter.apply((Step("denoise", 5.0, mask=""),))
    assert len(session.steps.line.items) == 2
    assert notices[-1] == "None of these steps can be used: their masks were painted."


def test_all_steps_are_saved_and_told(
    presenter: StepsPresenter,
    session: Session,
    engine: FakeEngine,
    runner: ImmediateRunner,
    settings: Settings,
    tmp_path: Path,
) -> None:
    session.set_strength(0.5, 1, 0)
    presenter.add("deblock")
    assert session.source is not None
    target = tmp_path / "out.png"
    SavePresenter(engine, runner, session, settings, parent=presenter).save(target)
    saved = engine.files[target]
    np.testing.assert_array_equal(saved.pixels, np.invert(session.source.image.pixels))
    assert read_steps(saved.metadata, target) == Steps((Step("denoise", 25.0, Strength(0.5, 1)), DEBLOCKED))


def test_nothing_runs_by_itself_when_the_user_wants_to_press_restore(
    presenter: StepsPresenter, session: Session, engine: FakeEngine
) -> None:
    session.is_live = False
    presenter.add("deblock")
    assert session.result is None
    assert session.source is not None
    assert replace(session.source.done[0]) == Step("denoise", 25.0)


def test_undoing_keeps_one_copy_of_a_mask_in_memory(presenter: StepsPresenter, session: Session) -> None:
    session.limit.set_mode(LimitMode.ONLY)
    session.mask.blend(0, 0, np.full((9, 9), 255, np.uint8))
    session.mask.end_step()
    for level in range(10, 15):
        session.set_level(float(level))
        session.set_strength(level / 100, 1, 1)
    for _ in range(8):
        presenter.undo()
    presenter.add("deblock")
    for number in (0, 1, 0, 1):
        presenter.choose(number)
    lines = [session.steps.line, *session.steps.track.undone, *session.steps.track.redone]
    masks = {id(step.mask) for line in lines for step in line.items if step.mask is not None}
    assert len(lines) >= 8
    assert len(masks) == 1


def test_another_task_is_one_change_that_gives_the_level_back(
    presenter: StepsPresenter, session: Session, engine: FakeEngine, runner: ImmediateRunner, settings: Settings
) -> None:
    level = LevelPresenter(engine, runner, session, settings)
    level.choose_task("denoise")
    level.choose_level(60.0)
    level.choose_task("deblock")
    assert session.is_auto
    presenter.undo()
    assert (session.task.name, session.is_auto, session.level) == ("denoise", False, 60.0)


def test_a_step_that_was_just_added_is_asked_about(presenter: StepsPresenter, session: Session) -> None:
    asked = list[bool]()
    session.activity_changed.connect(lambda: asked.append(session.has_asked))
    presenter.add("deblock")
    assert asked[0]
