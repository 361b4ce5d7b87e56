from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import torch
from PySide6.QtCore import QPoint, QRect
from pytestqt.qtbot import QtBot

from engine.errors import KernelError
from engine.image_io import Image
from engine.kernels import disk_kernel
from engine.tasks import task_named
from rednet_gui.errors import ErrorText
from rednet_gui.models.session import Activity, Session
from rednet_gui.presenters.blur_presenter import BlurPresenter
from rednet_gui.presenters.level_presenter import LevelPresenter
from rednet_gui.presenters.live_presenter import LARGEST_PX, QUICK_PX, LivePresenter
from rednet_gui.presenters.restore_presenter import RestorePresenter
from rednet_gui.settings import Settings
from tests.gui.conftest import FakeEngine, ImmediateRunner, pixels_of, source_of

IMAGE = Image(pixels_of(600, 1000))
SIGHT = QRect(200, 100, 700, 400)


@pytest.fixture
def presenter(engine: FakeEngine, runner: ImmediateRunner, session: Session) -> LivePresenter:
    session.set_source(source_of(IMAGE, Path("a.png")))
    session.set_task(task_named("deblur"))
    session.set_auto(False)
    made = LivePresenter(engine, runner, session)
    made.look_at(SIGHT)
    return made


def shape(session: Session, radius: float) -> None:
    session.set_kernel(torch.from_numpy(disk_kernel(radius)))


def shown_part(session: Session) -> QRect:
    """Where the preview differs from the source: inverted there, for the fake engine's sake."""
    assert session.preview is not None
    shown = session.preview.render(1.0, left=0, top=0, width=IMAGE.width, height=IMAGE.height)
    rows, columns = np.nonzero((shown == np.invert(IMAGE.pixels)).all(2))
    corners = [QPoint(int(edge(columns)), int(edge(rows))) for edge in (np.min, np.max)]
    return QRect(corners[0], corners[1])


def area(part: tuple[slice, slice]) -> int:
    return int((part[0].stop - part[0].start) * (part[1].stop - part[1].start))


def test_a_change_shows_the_middle_first_and_then_all_that_is_in_sight(
    presenter: LivePresenter, session: Session, engine: FakeEngine, qtbot: QtBot
) -> None:
    shape(session, 3)
    assert len(engine.parts) == 1
    assert 0.95 * QUICK_PX < area(engine.parts[0]) <= QUICK_PX
    assert SIGHT.contains(shown_part(session))
    assert (shown_part(session).center() - SIGHT.center()).manhattanLength() <= 2
    qtbot.waitUntil(lambda: len(engine.parts) == 2)
    assert shown_part(session) == SIGHT
    assert session.activity is Activity.IDLE
    assert not session.can_save


def test_the_result_of_another_blur_is_none_of_this_one(
    presenter: LivePresenter, session: Session, engine: FakeEngine, runner: ImmediateRunner
) -> None:
    BlurPresenter(runner, session, session.blur, parent=presenter)
    session.blur.set_numbers(radius=3)
    RestorePresenter(engine, runner, session, parent=presenter).restore()
    assert session.can_save
    session.blur.set_numbers(radius=5)
    kept = session.snapshot()
    assert kept is not None
    session.set_source(source_of(IMAGE, Path("b.png")))
    session.recall(kept)
    presenter.follow()
    assert session.preview is not None
    assert not session.can_save


def test_only_so_much_is_previewed_of_a_large_photo_that_is_all_in_sight(
    engine: FakeEngine, runner: ImmediateRunner, session: Session, qtbot: QtBot
) -> None:
    session.set_source(source_of(Image(np.zeros((1500, 2000, 1), np.uint8))))
    session.set_task(task_named("deblur"))
    presenter = LivePresenter(engine, runner, session)
    presenter.look_at(QRect(-5, -5, 2010, 1510))
    shape(session, 3)
    qtbot.waitUntil(lambda: len(engine.parts) == 2)
    assert 0.95 * LARGEST_PX < area(engine.parts[1]) <= LARGEST_PX


def test_changes_during_a_quick_preview_wait_for_it_and_only_the_newest_follows(
    presenter: LivePresenter, session: Session, engine: FakeEngine, runner: ImmediateRunner
) -> None:
    runner.is_held = True
    for radius in (2, 3, 4, 5):
        shape(session, radius)
    runner.is_held = False
    runner.release()
    assert len(engine.parts) == 2
    assert session.preview is not None


def test_another_level_previews_anew_when_there_is_a_preview(
    presenter: LivePresenter, session: Session, engine: FakeEngine
) -> None:
    session.set_level(4.0)
    assert not engine.parts, "a level by itself is followed by the presenter of levels"
    shape(session, 3)
    session.set_level(5.0)
    assert engine.levels == [4.0, 5.0]


def test_looking_elsewhere_adds_what_comes_into_sight(
    presenter: LivePresenter, session: Session, engine: FakeEngine, qtbot: QtBot
) -> None:
    shape(session, 3)
    qtbot.waitUntil(lambda: len(engine.parts) == 2)
    presenter.look_at(QRect(0, 0, 300, 200))
    qtbot.waitUntil(lambda: len(engine.parts) == 3)
    assert shown_part(session) == SIGHT | QRect(0, 0, 300, 200)


@pytest.mark.parametrize("how", ["task", "picture", "live"])
def test_the_preview_goes_with_what_it_belongs_to(presenter: LivePresenter, session: Session, how: str) -> None:
    shape(session, 3)
    assert session.preview is not None
    match how:
        case "task":
            session.set_task(task_named("denoise"))
        case "picture":
            session.set_source(source_of(Image(pixels_of())))
        case _:
            session.is_live = False
            presenter.follow()
    assert session.preview is None


def test_the_preview_goes_when_changes_wait_for_restore(
    presenter: LivePresenter, session: Session, engine: FakeEngine, runner: ImmediateRunner, settings: Settings
) -> None:
    levels = LevelPresenter(engine, runner, session, settings)
    levels.chosen.connect(presenter.follow)
    levels.choose_task("deblur")
    shape(session, 3)
    assert session.preview is not None
    levels.choose_live(False)
    assert session.preview is None


def test_the_whole_result_takes_the_place_of_the_preview_and_comes_back(
    presenter: LivePresenter, session: Session, engine: FakeEngine, runner: ImmediateRunner
) -> None:
    shape(session, 3)
    RestorePresenter(engine, runner, session).restore()
    assert session.preview is None
    assert session.can_save
    shape(session, 4)
    assert session.preview is not None
    assert not session.can_save
    shape(session, 3)
    assert session.preview is None, "what was restored with this blur is shown"
    assert session.can_save


@pytest.mark.parametrize("activity", [Activity.OPENING, Activity.STEPPING])
def test_a_preview_ends_with_other_work_though_nothing_comes_of_that(
    presenter: LivePresenter,
    session: Session,
    engine: FakeEngine,
    runner: ImmediateRunner,
    activity: Activity,
) -> None:
    shape(session, 3)
    RestorePresenter(engine, runner, session).restore()
    shape(session, 4)
    assert session.preview is not None
    session.set_activity(activity)
    session.end_activity(activity)
    assert session.preview is None
    assert session.can_save


@pytest.mark.parametrize("why", ["not live", "busy", "no kernel", "another task"])
def test_nothing_is_previewed_when_nothing_may_follow(
    presenter: LivePresenter, session: Session, engine: FakeEngine, why: str
) -> None:
    session.is_live = why != "not live"
    if why == "busy":
        session.set_activity(Activity.SAVING)
    if why == "another task":
        session.set_task(task_named("denoise"))
    session.set_kernel(None if why == "no kernel" else torch.from_numpy(disk_kernel(2)))
    presenter.follow()
    assert not engine.parts


def test_a_kernel_that_does_not_fit_is_told(
    presenter: LivePresenter, session: Session, engine: FakeEngine, failures: list[ErrorText]
) -> None:
    engine.error = KernelError("it is larger than the picture")
    shape(session, 3)
    assert [error.text for error in failures] == ["It is larger than the picture."]
    engine.error = None
    shape(session, 2)
    assert session.preview is not None


@pytest.mark.parametrize("scale", [0.91, 0.4, 1.7])
def test_a_preview_has_no_dark_rim(engine: FakeEngine, runner: ImmediateRunner, session: Session, scale: float) -> None:
    session.set_source(source_of(Image(np.full((600, 1000, 3), 128, np.uint8))))  # restored it is 127
    session.set_task(task_named("deblur"))
    presenter = LivePresenter(engine, runner, session)
    presenter.look_at(SIGHT)
    shape(session, 3)
    assert session.preview is not None
    part = {"left": 0, "top": 0, "width": round(1000 * scale), "height": round(600 * scale)}
    assert session.preview.render(scale, **part).min() >= 126
