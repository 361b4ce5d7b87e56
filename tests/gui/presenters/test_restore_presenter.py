from __future__ import annotations

import threading

import numpy as np
import pytest
from PySide6.QtCore import QRect
from pytestqt.qtbot import QtBot

from engine.errors import Canceled, DeviceMemoryError
from engine.image_io import Image
from engine.order import Order, Patchwork
from engine.run_context import RunContext
from engine.tasks import Level, Task, task_named
from engine.tiling import Tile
from rednet_gui.errors import ErrorText
from rednet_gui.jobs import JobRunner
from rednet_gui.models.engine import Restoration
from rednet_gui.models.growing_view import GrowingView, Pixels
from rednet_gui.models.picture_view import View
from rednet_gui.models.session import Activity, Session
from rednet_gui.presenters.restore_presenter import RestorePresenter
from tests.gui.conftest import FakeEngine, ImmediateRunner, pixels_of, result_of, source_of

IMAGE = Image(pixels_of())


@pytest.fixture
def presenter(engine: FakeEngine, runner: ImmediateRunner, session: Session) -> RestorePresenter:
    session.set_auto(False)
    session.set_source(source_of(IMAGE))
    return RestorePresenter(engine, runner, session)


def test_the_result_is_shown_with_how_it_was_made(presenter: RestorePresenter, session: Session) -> None:
    session.set_level(30.0)
    presenter.restore()
    assert session.result is not None
    np.testing.assert_array_equal(session.result.image.pixels, np.invert(IMAGE.pixels))
    assert (session.result.task, session.result.level) == ("denoise", 30.0)
    assert (session.result.device, session.result.precision) == ("cpu", "float32")
    assert session.activity is Activity.IDLE
    assert session.has_unsaved_result


def test_progress_is_told_in_order(presenter: RestorePresenter, session: Session) -> None:
    fractions = list[float | None]()
    session.progress_changed.connect(
        lambda: fractions.append(None if session.progress is None else session.progress.fraction)
    )
    presenter.restore()
    assert fractions == [None, 0.0, 0.25, 0.5, 0.75, None]


def test_an_automatic_level_that_is_not_known_yet_is_estimated(
    presenter: RestorePresenter, session: Session, engine: FakeEngine
) -> None:
    session.set_auto(True)
    presenter.restore()
    assert engine.levels == [12.5]


def test_cancel_keeps_the_last_result(
    presenter: RestorePresenter, session: Session, runner: ImmediateRunner, failures: list[ErrorText]
) -> None:
    last = result_of(IMAGE)
    session.set_result(last)
    runner.is_held = True
    presenter.restore()
    assert not session.can_restore
    presenter.cancel()
    runner.release()
    assert session.result is last
    assert session.activity is Activity.IDLE
    assert not failures


def test_an_error_is_told_and_keeps_the_last_result(
    presenter: RestorePresenter, session: Session, engine: FakeEngine, failures: list[ErrorText]
) -> None:
    last = result_of(IMAGE)
    session.set_result(last)
    engine.error = DeviceMemoryError(2**30)
    presenter.restore()
    assert session.result is last
    assert session.activity is Activity.IDLE
    assert [error.title for error in failures] == ["Not enough memory"]


def test_a_second_restore_while_one_runs_does_nothing(
    presenter: RestorePresenter, runner: ImmediateRunner, engine: FakeEngine
) -> None:
    runner.is_held = True
    presenter.restore()
    presenter.restore()
    runner.release()
    assert len(engine.levels) == 1


def test_nothing_happens_without_a_picture(engine: FakeEngine, runner: ImmediateRunner, session: Session) -> None:
    RestorePresenter(engine, runner, session).restore()
    assert not engine.levels


def test_tiles_are_shown_as_they_come_over_what_was_there(presenter: RestorePresenter, session: Session) -> None:
    shares = list[float]()

    def note() -> None:
        if session.preview is not None:
            shown = session.preview.render(1.0, left=0, top=0, width=IMAGE.width, height=IMAGE.height)
            shares.append(float((shown == np.invert(IMAGE.pixels)).all(2).mean()))

    session.preview_changed.connect(note)
    presenter.restore()
    assert shares == sorted(shares)
    assert shares[0] < 0.1
    assert shares[-1] == 1
    assert session.preview is None
    assert session.result is not None


@pytest.mark.parametrize(("name", "scale"), [("denoise", 1), ("super_resolution", 2)])
def test_what_is_in_sight_comes_first(
    presenter: RestorePresenter, session: Session, engine: FakeEngine, name: str, scale: int
) -> None:
    session.set_task(task_named(name))
    presenter.look_at(QRect(-2, 10, 12, 9))
    presenter.restore()
    assert engine.sights == [(slice(10 * scale, 19 * scale), slice(0, 10 * scale))]


@pytest.mark.parametrize("sight", [None, QRect(500, 500, 20, 20)])
def test_without_a_sight_the_whole_picture_is_looked_at(
    presenter: RestorePresenter, engine: FakeEngine, sight: QRect | None
) -> None:
    if sight is not None:  # of another picture
        presenter.look_at(sight)
    presenter.restore()
    assert engine.sights == [(slice(0, IMAGE.height), slice(0, IMAGE.width))]


def test_a_newer_choice_takes_the_place_of_the_running_one(
    presenter: RestorePresenter, session: Session, runner: ImmediateRunner
) -> None:
    runner.is_held = True
    session.set_level(10.0)
    presenter.follow()
    session.set_level(20.0)
    presenter.follow()
    assert not session.can_restore
    runner.release()
    assert session.result is not None
    assert session.result.level == 20.0
    assert session.activity is Activity.IDLE
    assert session.preview is None


def test_a_tile_that_comes_after_the_next_photo_is_not_shown_over_it(
    presenter: RestorePresenter, session: Session, engine: FakeEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown = list[GrowingView | None]()

    def restore(image: Image, task: Task, level: Level, ctx: RunContext, order: Order | None = None) -> Restoration:
        assert order is not None
        order.on_start(Patchwork(np.invert(image.pixels)))
        presenter.cancel()
        session.set_source(source_of(IMAGE))
        all_of_it = slice(0, image.height), slice(0, image.width)
        order.on_tile(Tile(*all_of_it, *all_of_it))
        shown.append(session.preview)
        raise Canceled

    monkeypatch.setattr(engine, "restore", restore)
    presenter.restore()
    assert shown == [None]
    assert session.preview is None


def test_nothing_follows_when_the_user_wants_to_press_restore(
    presenter: RestorePresenter, session: Session, engine: FakeEngine
) -> None:
    session.is_live = False
    presenter.follow()
    assert not engine.levels


@pytest.mark.parametrize("name", ["deblur", "inpaint"])
def test_tasks_that_need_more_than_a_level_wait_for_restore(
    presenter: RestorePresenter, session: Session, engine: FakeEngine, name: str
) -> None:
    session.set_task(task_named(name))
    presenter.follow()
    assert not engine.levels


def test_a_task_that_cannot_follow_ends_what_is_running(
    presenter: RestorePresenter, session: Session, runner: ImmediateRunner
) -> None:
    runner.is_held = True
    presenter.follow()
    session.set_task(task_named("inpaint"))
    presenter.follow()
    runner.release()
    assert session.result is None
    assert session.activity is Activity.IDLE


def test_what_is_shown_is_made_beside_the_window_thread(
    engine: FakeEngine, session: Session, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    session.set_auto(False)
    session.set_source(source_of(IMAGE))
    threads = list[int]()

    class NotingView(GrowingView):
        def __init__(self, under: View, pixels: Pixels) -> None:
            threads.append(threading.get_ident())
            super().__init__(under, pixels)

        def add(self, rows: slice, columns: slice) -> None:
            threads.append(threading.get_ident())
            super().add(rows, columns)

    monkeypatch.setattr("rednet_gui.presenters.restore_presenter.GrowingView", NotingView)
    runner = JobRunner()
    with qtbot.waitSignal(session.result_changed):
        RestorePresenter(engine, runner, session, parent=runner).restore()
    runner.shutdown()
    assert len(threads) == 5
    assert threading.get_ident() not in threads


def test_what_is_restored_without_being_asked_for_is_known(
    presenter: RestorePresenter, session: Session, runner: ImmediateRunner
) -> None:
    runner.is_held = True
    for begin, is_asked in ((presenter.follow, False), (presenter.go_on, False), (presenter.restore, True)):
        begin()
        assert (session.is_running, session.has_asked) == (True, is_asked)
        presenter.cancel()
        runner.release()
        assert not session.has_asked


def test_earlier_steps_are_run_for_a_run_that_was_asked_for(presenter: RestorePresenter, session: Session) -> None:
    asked = list[bool]()
    session.activity_changed.connect(lambda: asked.append(session.has_asked))
    sources = iter([None, session.source, session.source])
    presenter.renews_with(lambda: next(sources))
    presenter.restore()
    presenter.go_on()
    assert asked[0], "the steps have arrived"
    asked.clear()
    presenter.go_on()
    assert not any(asked), "other steps have"
