"""Another model of an earlier step: what the former one made is not worked on any more."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from engine.errors import Canceled, DeviceMemoryError
from engine.image_io import Image
from engine.tasks import Task
from rednet_gui.models.engine import Restoration
from rednet_gui.models.limit import LimitMode
from rednet_gui.models.mask_store import MaskStore
from rednet_gui.models.session import Activity, Session, Snapshot
from rednet_gui.presenters.restore_presenter import RestorePresenter
from rednet_gui.presenters.steps_presenter import StepsPresenter
from tests.gui.conftest import FakeEngine, ImmediateRunner, source_of
from tests.gui.presenters.steps_bench import IMAGE, connected, limit_of

QUALITY = FakeEngine.estimated
OWN = Path("own.safetensors")


@pytest.fixture
def presenter(engine: FakeEngine, runner: ImmediateRunner, session: Session, masks: MaskStore) -> StepsPresenter:
    made = connected(engine, runner, session, masks)
    made.add("deblock")
    engine.levels.clear()
    return made


@pytest.fixture
def restore(presenter: StepsPresenter) -> RestorePresenter:
    (found,) = presenter.findChildren(RestorePresenter)
    return found


def test_the_same_models_run_only_the_step_itself(restore: RestorePresenter, engine: FakeEngine) -> None:
    restore.restore()
    assert engine.levels == [QUALITY]


@pytest.mark.parametrize("is_live", [True, False])
def test_the_steps_before_are_run_again_with_the_next_restoration(
    restore: RestorePresenter, session: Session, engine: FakeEngine, is_live: bool
) -> None:
    session.is_live = is_live
    engine.models["denoise"] = OWN
    restore.restore()
    assert engine.levels == [25.0, QUALITY]
    assert session.result is not None
    assert session.activity is Activity.IDLE
    restore.restore()
    assert engine.levels == [25.0, QUALITY, QUALITY]


def test_what_was_painted_and_what_it_does_stays(
    restore: RestorePresenter, session: Session, engine: FakeEngine
) -> None:
    session.mask.blend(0, 0, np.full((9, 9), 255, np.uint8))
    session.mask.end_step()
    session.limit.set_mode(LimitMode.EXCEPT)
    painted = session.mask.pixels.copy()
    engine.models["denoise"] = OWN
    restore.restore()
    assert limit_of(session) is LimitMode.EXCEPT
    np.testing.assert_array_equal(session.mask.pixels, painted)
    assert session.mask.can_undo


def test_what_is_being_painted_when_the_new_input_comes_stays(
    restore: RestorePresenter, session: Session, engine: FakeEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = engine.restore

    def paint_meanwhile(*args: Any, **options: Any) -> Restoration:
        session.mask.blend(0, 0, np.full((9, 9), 255, np.uint8))
        return run(*args, **options)

    engine.models["denoise"] = OWN
    monkeypatch.setattr(engine, "restore", paint_meanwhile)
    restore.restore()
    assert not session.mask.is_empty
    assert session.mask.can_undo


def test_a_photo_that_comes_back_is_restored_with_the_model_of_now(
    restore: RestorePresenter, session: Session, engine: FakeEngine
) -> None:
    left = session.snapshot()
    assert left is not None
    session.set_source(source_of(IMAGE))
    engine.models["denoise"] = OWN
    session.recall(left)
    engine.levels.clear()
    restore.restore()
    assert engine.levels == [25.0, QUALITY]


def test_a_model_that_is_chosen_while_steps_run_is_used_for_them(
    presenter: StepsPresenter, session: Session, engine: FakeEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    presenter.choose(0)
    session.set_level(30.0)
    engine.levels.clear()
    restore = engine.restore

    def choose_meanwhile(*args: Any, **options: Any) -> Restoration:
        engine.models["denoise"] = OWN
        return restore(*args, **options)

    monkeypatch.setattr(engine, "restore", choose_meanwhile)
    presenter.choose(1)
    assert engine.levels == [30.0, 30.0, QUALITY]


def test_a_model_that_cannot_be_used_does_not_hold_undo(
    presenter: StepsPresenter, session: Session, engine: FakeEngine
) -> None:
    session.set_auto(False)
    session.set_level(40.0)
    session.set_strength(0.5, 1, 1)
    session.set_level(60.0)
    engine.models["denoise"] = OWN
    presenter.undo()
    assert session.level == 40.0


def test_a_model_that_is_chosen_and_given_up_again_leaves_no_trace(
    restore: RestorePresenter, session: Session, engine: FakeEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = engine.restore

    def give_up_meanwhile(*args: Any, **options: Any) -> Restoration:
        engine.models.pop("denoise", None)
        return run(*args, **options)

    engine.models["denoise"] = OWN
    monkeypatch.setattr(engine, "restore", give_up_meanwhile)
    restore.restore()
    assert engine.levels == [25.0, 25.0, QUALITY], "what the other model made is not worked on"


@pytest.fixture(params=[DeviceMemoryError(1), Canceled()], ids=["failed", "canceled"])
def ended(
    request: pytest.FixtureRequest, restore: RestorePresenter, engine: FakeEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The step before was made anew by another model, but the restoration itself came to no end."""

    def end_at_last(image: Image, task: Task, *args: Any, **options: Any) -> Restoration:
        if task.name == "deblock":
            raise request.param
        return FakeEngine.restore(engine, image, task, *args, **options)

    engine.models["denoise"] = OWN
    with monkeypatch.context() as patch:
        patch.setattr(engine, "restore", end_at_last)
        restore.restore()


@pytest.fixture
def left(presenter: StepsPresenter, session: Session) -> Snapshot:
    """The picture before that."""
    found = session.snapshot()
    assert found is not None
    return found


def test_a_restoration_without_an_end_leaves_all_as_it_was(left: Snapshot, ended: None, session: Session) -> None:
    assert session.source is left.source
    assert session.snapshot() == left
    assert session.has_unsaved_result


def test_the_next_restoration_works_on_what_was_made_anew(
    left: Snapshot, ended: None, restore: RestorePresenter, session: Session, engine: FakeEngine
) -> None:
    engine.levels.clear()
    restore.restore()
    assert engine.levels == [QUALITY]
    assert session.source is not None
    assert session.source.image is session.steps.track.stages[-1].image
    assert session.source.image is not left.source.image


def test_a_new_input_comes_with_what_was_made_of_it(
    left: Snapshot, restore: RestorePresenter, session: Session, engine: FakeEngine
) -> None:
    seen = list[tuple[bool, bool]]()
    for signal in (session.source_changed, session.result_changed, session.preview_changed, session.activity_changed):
        signal.connect(lambda: seen.append((session.source is left.source, session.result is left.result)))
    engine.models["denoise"] = OWN
    restore.restore()
    assert {(True, True), (False, False)} == set(seen)
    assert session.estimate == QUALITY
