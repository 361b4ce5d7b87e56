"""How each picture was left outlives the program."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QCoreApplication

from engine.errors import DeviceMemoryError
from engine.image_io import Image
from engine.kernels import disk_kernel
from engine.strength import Strength
from engine.tasks import task_named
from rednet_gui.errors import ErrorText
from rednet_gui.models.album import Entry, Mark
from rednet_gui.models.blur import BlurKind
from rednet_gui.models.limit import LimitMode
from rednet_gui.models.mask_store import MaskStore, mask_name
from rednet_gui.models.picture_state import AlbumState, PictureState, PictureStore
from rednet_gui.models.session import Session
from rednet_gui.presenters.mask_keeper import MaskKeeper
from rednet_gui.presenters.steps_presenter import StepsPresenter
from rednet_gui.settings import Settings
from tests.gui.conftest import ImmediateRunner, pixels_of, result_of
from tests.gui.presenters.album_desk import SHARP, SOFT, Desk
from tests.gui.presenters.steps_bench import limit_of, tasks_of


def test_every_photo_keeps_what_its_mask_does(desk: Desk, session: Session, settings: Settings, tmp_path: Path) -> None:
    desk.open(SHARP)
    desk.restorer.restore()
    session.limit.set_mode(LimitMode.ONLY)
    desk.open(SOFT)
    assert limit_of(session) is LimitMode.EVERYWHERE
    desk.open(SHARP)
    assert limit_of(session) is LimitMode.ONLY
    desk.close()
    later = Desk(session, settings, tmp_path)
    session.limit.set_mode(LimitMode.EVERYWHERE)
    later.open(SHARP)
    assert limit_of(session) is LimitMode.ONLY


def test_every_photo_keeps_its_blur(desk: Desk, session: Session, settings: Settings, tmp_path: Path) -> None:
    session.set_task(task_named("deblur"))
    desk.open(SHARP)
    session.blur.set_numbers(radius=1.5)
    desk.open(SOFT)
    assert desk.radius == 1.5, "it starts with the last one"
    session.blur.set_numbers(radius=9)
    desk.open(SHARP)
    assert desk.radius == 1.5
    assert session.kernel is not None
    np.testing.assert_array_equal(session.kernel.numpy(), disk_kernel(1.5))
    session.blur.take_file(disk_kernel(3))
    desk.close()

    later = Desk(Session(task_named("denoise"), session), settings, tmp_path)
    later.open(SHARP)
    assert later.kind is BlurKind.FILE
    assert later.session.kernel is not None
    np.testing.assert_array_equal(later.session.kernel.numpy(), disk_kernel(3))
    later.open(SOFT)
    assert (later.kind, later.radius) == (BlurKind.DISK, 9)
    assert later.session.task is task_named("deblur")


def test_a_photo_that_is_gone_already_takes_no_other_with_it(desk: Desk, notices: list[str]) -> None:
    desk.open(SHARP)
    desk.open(SOFT)
    first, second = desk.album.entries
    desk.remove(first)
    desk.remove(first)
    assert desk.album.entries == (second,)
    assert len(notices) == 1


def test_a_photo_that_is_gone_is_no_row_of_the_album(desk: Desk) -> None:
    desk.open(SHARP)
    desk.album.remove(Entry(SOFT))
    assert [entry.path for entry in desk.album.entries] == [SHARP]


def test_only_a_photo_that_could_not_be_restored_is_marked_as_failed(desk: Desk, session: Session) -> None:
    desk.open(SHARP)
    (entry,) = desk.album.entries
    desk.runner.is_held = True
    desk.restorer.restore()
    session.failed.emit(ErrorText("A preset", "It cannot be read.", ""))
    desk.restorer.cancel()
    desk.runner.release()
    marks = [entry.mark]
    desk.runner.is_held, desk.engine.error = False, DeviceMemoryError(2**30)
    desk.restorer.restore()
    assert [*marks, entry.mark] == [Mark.NONE, Mark.FAILED]


def test_the_blur_that_all_start_with_is_a_photos_own_too(
    desk: Desk, session: Session, settings: Settings, tmp_path: Path
) -> None:
    session.set_task(task_named("deblur"))
    desk.open(SHARP)
    session.set_level(5.0)
    desk.open(SOFT)
    session.blur.set_numbers(radius=9)
    desk.open(SHARP)
    assert desk.radius == 2
    assert session.kernel is not None
    np.testing.assert_array_equal(session.kernel.numpy(), disk_kernel(2))
    desk.open(SOFT)
    assert desk.radius == 9
    session.blur.set_numbers(radius=2)
    desk.close()

    later = Desk(Session(task_named("denoise"), session), settings, tmp_path)
    later.open(SOFT)
    assert later.radius == 2


def test_the_strength_outlives_a_result_that_makes_room(
    session: Session, settings: Settings, tmp_path: Path, notices: list[str]
) -> None:
    chosen = Strength(0.5, 0.5, 0.3)
    desk = Desk(session, settings, tmp_path, memory_bytes=1)
    desk.open(SHARP)
    session.set_result(result_of(Image(pixels_of())))
    session.set_strength(chosen.luma, chosen.color, chosen.texture)
    desk.open(SOFT)
    assert session.strength == Strength()
    QCoreApplication.processEvents()
    assert [notice.split(".png")[0] for notice in notices] == ["The unsaved result of sharp"]
    desk.open(SHARP)
    assert session.strength == chosen
    assert session.result is None
    desk.close()

    later = Desk(Session(task_named("denoise"), session), settings, tmp_path)
    later.open(SHARP)
    assert later.session.strength == chosen
    later.session.set_strength(1, 1, 0)
    later.close()
    last = Desk(Session(task_named("denoise"), session), settings, tmp_path)
    last.open(SHARP)
    assert last.session.strength == Strength()


def test_nothing_is_said_of_a_saved_result_that_makes_room(
    session: Session, settings: Settings, tmp_path: Path, notices: list[str]
) -> None:
    desk = Desk(session, settings, tmp_path, memory_bytes=1)
    desk.open(SHARP)
    session.set_result(result_of(Image(pixels_of())))
    session.mark_saved()
    desk.open(SOFT)
    QCoreApplication.processEvents()
    assert not notices


def test_saved_results_make_room_before_unsaved_ones(session: Session, settings: Settings, tmp_path: Path) -> None:
    third = Path("/photos/third.png")
    picture = Image(pixels_of())
    desk = Desk(session, settings, tmp_path, memory_bytes=round(5.5 * picture.pixels.nbytes * 4 / 3))
    desk.engine.files[third] = picture
    for path in (SHARP, SOFT, third):
        desk.open(path)
        session.set_result(result_of(Image(pixels_of())))
        if path is SOFT:
            session.mark_saved()
    assert {entry.path for entry in desk.album.entries if entry.snapshot is None} == {SOFT}


def test_a_result_is_not_lost_by_a_run_that_failed_after_it(desk: Desk, session: Session) -> None:
    desk.open(SHARP)
    session.set_result(result_of(Image(pixels_of())))
    entry = desk.album.entries[0]
    desk.album.set_mark(entry, Mark.FAILED)
    assert entry.is_unsaved
    session.mark_saved()
    desk.album.set_mark(entry, Mark.FAILED)
    assert not entry.is_unsaved


def test_a_photo_that_is_only_looked_at_keeps_what_a_newer_version_noted(
    session: Session, settings: Settings, tmp_path: Path
) -> None:
    newer = {"steps": {"rednet_steps": "9.0"}, "strength": {"shape": "new"}}
    known = PictureState("denoise", 30.0, wants_auto=False, extra=newer)
    PictureStore(tmp_path).save(AlbumState(states={SHARP: known}))
    desk = Desk(session, settings, tmp_path)
    desk.open(SHARP)
    desk.open(SOFT)
    desk.close()
    assert PictureStore(tmp_path).load().states[SHARP] == known
    desk.open(SHARP)
    session.set_level(35.0)
    session.set_level(30.0)
    assert "steps" not in desk.album.states[SHARP].extra, "what is done now is all there is"


@pytest.mark.parametrize(
    ("change", "kept"),
    [
        (lambda steps: steps.choose(0), ["denoise", "deblock"]),
        (lambda steps: steps.remove(1), ["denoise"]),
        (lambda steps: steps.remove(0), ["deblock"]),
        (lambda steps: steps.move(1, 0), ["deblock", "denoise"]),
    ],
    ids=["choose", "remove last", "remove first", "move"],
)
def test_changes_of_the_steps_outlive_the_program(
    desk: Desk,
    session: Session,
    settings: Settings,
    tmp_path: Path,
    change: Callable[[StepsPresenter], None],
    kept: list[str],
) -> None:
    steps = StepsPresenter(desk.engine, desk.runner, session, MaskStore(tmp_path), parent=session)
    desk.open(SHARP)
    desk.restorer.restore()
    steps.add("deblock")
    change(steps)
    before = session.steps.line.current
    desk.close()
    later = Session(task_named("denoise"), session)
    Desk(later, settings, tmp_path).open(SHARP)
    assert (tasks_of(later), later.task.name) == (kept, kept[before])


@pytest.mark.parametrize("leaves", [False, True])
def test_a_kept_mask_is_there_after_paint_that_came_and_went_before_it_was_read(
    desk: Desk, session: Session, tmp_path: Path, leaves: bool
) -> None:
    store, runner = MaskStore(tmp_path), ImmediateRunner()
    keeper = MaskKeeper(runner, session, store, parent=session)
    height, width = pixels_of().shape[:2]
    file = store.folder / mask_name(SHARP)
    store.save(file, np.full((height, width), 99, np.uint8))
    runner.is_held = True
    desk.open(SHARP)
    session.mask.blend(0, 0, np.full((5, 5), 255, np.uint8))
    session.mask.end_step()
    session.mask.undo()
    if leaves:
        desk.open(SOFT)
    else:
        keeper._write()  # the time is up
    runner.release()
    keeper.flush()
    there = store.load(file, width, height)
    assert there is not None
    assert (there == 99).all()
