from __future__ import annotations

from pathlib import Path

import pytest

from engine.errors import DeviceError, ImageWriteError
from engine.image_io import Image
from engine.restore_plan import RestorePlan
from engine.tasks import task_named
from rednet_gui.models.session import Session
from rednet_gui.plan_text import describe_plan, describe_shortage
from rednet_gui.presenters.plan_presenter import PlanPresenter
from rednet_gui.settings import IS_AUTO_QUALITY, QUALITY, SAVE_FOLDER, Settings
from tests.gui.conftest import FakeEngine, ImmediateRunner, pixels_of, source_of

PLAN = RestorePlan(6000, 4000, 35, 900_000_000, 75, 8_000_000, 0, 60 * 10**9, 16 * 10**9)


@pytest.fixture
def presenter(engine: FakeEngine, runner: ImmediateRunner, session: Session, settings: Settings) -> PlanPresenter:
    return PlanPresenter(engine, runner, session, settings)


def test_the_plan_is_known_as_soon_as_a_photo_is_open(
    presenter: PlanPresenter, engine: FakeEngine, session: Session, settings: Settings, tmp_path: Path
) -> None:
    settings.set(SAVE_FOLDER, str(tmp_path))
    assert session.plan.plan is None
    session.set_source(source_of(Image(pixels_of())))
    assert session.plan.plan is not None
    assert session.plan.plan.tiles == 12
    assert engine.planned == [(session.task.name, tmp_path / "photo-restored.png", 95)]


def test_only_what_counts_is_found_out_anew(
    presenter: PlanPresenter, engine: FakeEngine, session: Session, settings: Settings
) -> None:
    session.set_source(source_of(Image(pixels_of())))
    session.set_level(40)
    assert len(engine.planned) == 1, "as much work at any strength"
    session.set_task(task_named("super_resolution"))
    session.set_level(3)
    session.set_level(3)
    assert [task for task, *_ in engine.planned] == ["denoise", "super_resolution", "super_resolution"]
    settings.set(IS_AUTO_QUALITY, False)
    settings.set(QUALITY, 60)
    presenter.follow()
    assert engine.planned[-1][2] == 60
    session.set_task(task_named("deblur"))
    assert session.plan.plan is None, "without a blur there is nothing to do"


def test_what_cannot_be_saved_is_said_before(presenter: PlanPresenter, engine: FakeEngine, session: Session) -> None:
    engine.plan_error = ImageWriteError("a.png", "the disk is too small: make room")
    session.set_source(source_of(Image(pixels_of())))
    assert (session.plan.plan, session.plan.problem) == (None, "the disk is too small: make room")
    assert describe_shortage(None, session.plan.problem) == "It could not be saved: the disk is too small: make room."


def test_what_fails_later_is_told_then(
    presenter: PlanPresenter, engine: FakeEngine, session: Session, failures: list[object]
) -> None:
    engine.plan_error = DeviceError("There is no device 'cuda' on this machine.")
    session.set_source(source_of(Image(pixels_of())))
    assert session.plan.plan is None
    assert failures == []


def test_a_plan_is_a_line() -> None:
    assert describe_plan(PLAN) == "Restoring: about 75 s, 35 tiles, 858.3 MiB of memory; file 7.6 MiB, 56 GiB free"
    hours = RestorePlan(1, 1, 1, 1, 9000, 1, 0, 1)
    assert describe_plan(hours).startswith("Restoring: about 2.5 h, 1 tile, ")
    assert describe_shortage(PLAN, "") == ""


def test_memory_that_will_not_do_is_said() -> None:
    short = RestorePlan(1, 1, 1, 4 * 2**30, 1, 1, 0, 1, 2**30)
    assert describe_shortage(short, "") == (
        "It needs about 4.0 GiB of memory, and 1.0 GiB is free: close other programs, or it becomes slow."
    )
