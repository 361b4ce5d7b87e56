from __future__ import annotations

import pytest

from engine.errors import LevelError
from engine.image_io import Image
from engine.metadata import Metadata
from engine.tasks import TASKS, Task
from rednet_gui.errors import ErrorText
from rednet_gui.models.picture_state import PictureState
from rednet_gui.models.session import Activity, Session
from rednet_gui.presenters.level_presenter import LevelPresenter
from rednet_gui.settings import IS_AUTO, LEVEL, TASK, Settings
from tests.gui.conftest import FakeEngine, ImmediateRunner, pixels_of, source_of

SOURCE = source_of(Image(pixels_of()))


@pytest.fixture
def presenter(engine: FakeEngine, runner: ImmediateRunner, session: Session, settings: Settings) -> LevelPresenter:
    return LevelPresenter(engine, runner, session, settings)


def test_a_new_picture_is_estimated_and_followed(presenter: LevelPresenter, session: Session) -> None:
    session.set_source(SOURCE)
    assert (session.estimate, session.level, session.is_auto) == (12.5, 12.5, True)


def test_a_level_by_hand_ends_auto_and_survives_estimates(presenter: LevelPresenter, session: Session) -> None:
    presenter.choose_level(40.0)
    session.set_source(SOURCE)
    assert (session.estimate, session.level, session.is_auto) == (12.5, 40.0, False)


def test_auto_goes_back_to_the_estimate(presenter: LevelPresenter, session: Session) -> None:
    session.set_source(SOURCE)
    presenter.choose_level(40.0)
    presenter.choose_auto(True)
    assert session.level == 12.5


def test_an_estimate_for_the_last_picture_is_dropped(
    presenter: LevelPresenter, session: Session, engine: FakeEngine, runner: ImmediateRunner
) -> None:
    runner.is_held = True
    session.set_source(SOURCE)
    session.set_source(SOURCE)
    states = list[tuple[float | None, bool]]()
    session.level_changed.connect(lambda: states.append((session.estimate, session.is_estimating)))
    runner.release()
    assert states == [(12.5, True), (12.5, False)]


def test_a_failed_estimate_is_told(
    presenter: LevelPresenter, session: Session, engine: FakeEngine, failures: list[ErrorText]
) -> None:
    engine.error = LevelError("denoise", "it cannot be estimated")
    session.set_source(SOURCE)
    assert len(failures) == 1
    assert session.estimate is None
    assert not session.is_estimating


@pytest.mark.parametrize("task", TASKS, ids=lambda task: task.name)
def test_a_chosen_task_starts_at_its_default_level(presenter: LevelPresenter, session: Session, task: Task) -> None:
    presenter.choose_task(task.name)
    assert session.task is task
    assert session.level == task.levels.default


def test_a_level_is_remembered_with_its_task(
    presenter: LevelPresenter, engine: FakeEngine, runner: ImmediateRunner, session: Session, settings: Settings
) -> None:
    session.set_source(SOURCE, PictureState("deblock", 50, wants_auto=True))  # an opened picture, as a sample does
    presenter.choose_level(33.0)
    later = Session(session.task)
    LevelPresenter(engine, runner, later, settings)
    assert (later.task.name, later.level) == ("deblock", 33.0)


def test_choices_are_remembered(
    presenter: LevelPresenter,
    engine: FakeEngine,
    runner: ImmediateRunner,
    session: Session,
    settings: Settings,
) -> None:
    presenter.choose_task("deblock")
    presenter.choose_level(62.0)
    later = Session(session.task)
    LevelPresenter(engine, runner, later, settings)
    assert (later.task.name, later.level, later.wants_auto) == ("deblock", 62.0, False)


@pytest.mark.parametrize(("task", "level"), [("nonsense", 10.0), ("denoise", 9999.0)])
def test_memories_that_make_no_sense_are_ignored(
    engine: FakeEngine, runner: ImmediateRunner, session: Session, settings: Settings, task: str, level: float
) -> None:
    settings.set(TASK, task)
    settings.set(LEVEL, level)
    settings.set(IS_AUTO, False)
    LevelPresenter(engine, runner, session, settings)
    assert session.task.name == "denoise"
    assert session.level == session.task.levels.default


def test_a_level_of_a_task_without_estimates_ends_nothing(
    presenter: LevelPresenter, session: Session, settings: Settings
) -> None:
    session.set_source(SOURCE)
    presenter.choose_task("super_resolution")
    presenter.choose_level(3)
    assert session.level == 3
    presenter.choose_task("denoise")
    assert (session.is_auto, session.level) == (True, 12.5)
    assert settings.get(IS_AUTO)


@pytest.mark.parametrize("task", TASKS, ids=lambda task: task.name)
def test_only_what_can_be_estimated_is(
    presenter: LevelPresenter, session: Session, failures: list[ErrorText], task: Task
) -> None:
    session.set_task(task)
    session.set_source(source_of(Image(pixels_of())))
    assert not failures
    assert session.is_auto == task.can_estimate
    assert session.level == (12.5 if task.can_estimate else task.levels.default)


@pytest.mark.parametrize(("quality", "is_taken"), [(42, True), (2, True), (95, False), (None, False)])
@pytest.mark.parametrize("is_auto", [True, False])
def test_a_suggestion_takes_the_task_with_its_estimate(
    presenter: LevelPresenter, session: Session, settings: Settings, quality: int, is_taken: bool, is_auto: bool
) -> None:
    presenter.choose_auto(is_auto)
    session.set_source(source_of(Image(pixels_of(), metadata=Metadata(jpeg_quality=quality))))
    chosen = list[tuple[str, float]]()
    presenter.chosen.connect(lambda: chosen.append((session.task.name, session.level)))
    presenter.choose_deblocking()
    assert chosen == ([("deblock", 12.5)] if is_taken else [])
    assert settings.get(TASK) == ("deblock" if is_taken else TASK.default)
    assert session.wants_auto == (is_auto or is_taken)


def test_another_task_starts_with_its_estimate(presenter: LevelPresenter, session: Session) -> None:
    session.set_source(SOURCE)
    presenter.choose_level(60.0)
    assert not session.is_auto
    presenter.choose_task(session.task.name)
    assert (session.is_auto, session.level) == (False, 60.0)
    presenter.choose_task("deblock")
    assert (session.is_auto, session.level) == (True, 12.5)


@pytest.mark.parametrize("has_asked", [False, True])
def test_what_was_asked_for_goes_on_when_changes_are_to_restore(
    presenter: LevelPresenter, session: Session, has_asked: bool
) -> None:
    session.set_source(SOURCE)
    session.set_activity(Activity.RESTORING)
    session.has_asked = has_asked
    told = list[bool]()
    presenter.chosen.connect(lambda: told.append(session.is_live))
    presenter.choose_live(True)
    assert told == ([] if has_asked else [True])
