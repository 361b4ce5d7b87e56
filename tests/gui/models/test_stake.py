"""What is asked about before it is lost."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtGui import QImage

from engine.image_io import Image
from engine.steps import Step
from rednet_gui.models.album import Album, Mark
from rednet_gui.models.session import Activity, Session
from rednet_gui.models.stake import Stake, stake_in_closing, stake_in_removing
from tests.gui.conftest import pixels_of, result_of, source_of

IMAGE = Image(pixels_of())
OTHER = Path("other.png")
NOTHING = Stake()


def paint(session: Session) -> None:
    session.mask.blend(0, 0, np.full((5, 6), 255, np.uint8))
    session.mask.end_step()


@pytest.mark.parametrize("path", [OTHER, None])
def test_a_photo_that_is_only_looked_at_is_no_loss(session: Session, path: Path | None) -> None:
    session.set_source(source_of(IMAGE, path))
    assert not stake_in_closing(session, Album(session))


def test_a_mask_on_a_pasted_photo_is_lost_with_it(session: Session) -> None:
    session.set_source(source_of(IMAGE, None))
    paint(session)
    assert stake_in_closing(session, Album(session)) == Stake(unsaved=1, has_pasted=True)


def test_the_steps_of_a_pasted_photo_are_lost_with_it(session: Session) -> None:
    session.set_source(replace(source_of(IMAGE, None), done=(Step("denoise", 25.0),)))
    assert stake_in_closing(session, Album(session)) == Stake(unsaved=1, has_pasted=True)
    album = Album(session)
    snapshot = session.snapshot()
    assert snapshot is not None
    album.keep(album.add_pasted(QImage()), snapshot)
    session.set_source(source_of(IMAGE, OTHER))
    assert stake_in_closing(session, album) == Stake(unsaved=1, has_pasted=True)


def test_a_mask_on_a_photo_of_a_file_is_kept(session: Session) -> None:
    session.set_source(source_of(IMAGE, OTHER))
    paint(session)
    assert not stake_in_closing(session, Album(session))


def test_a_painted_pasted_photo_that_is_not_shown_counts_until_it_is_saved(session: Session) -> None:
    album = Album(session)
    session.set_source(source_of(IMAGE, None))
    paint(session)
    snapshot = session.snapshot()
    assert snapshot is not None
    entry = album.add_pasted(QImage())
    album.keep(entry, snapshot)
    session.set_source(source_of(IMAGE, OTHER))
    assert stake_in_closing(session, album) == Stake(unsaved=1, has_pasted=True)
    assert stake_in_removing(session, album, entry) == Stake(unsaved=1, has_pasted=True)
    album.set_mark(entry, Mark.SAVED)
    assert stake_in_closing(session, album) == NOTHING


def test_several_restored_photos_are_counted_once_each(session: Session) -> None:
    album = Album(session)
    album.add({Path("a.png"): 1.0, Path("b.png"): 1.0})
    for entry in album.entries:
        album.set_mark(entry, Mark.RESTORED)
    source = source_of(IMAGE, Path("a.png"))
    session.set_source(source)
    session.set_result(result_of(IMAGE))
    snapshot = session.snapshot()
    assert snapshot is not None
    album.keep(album.entries[0], replace(snapshot, source=source))
    assert stake_in_closing(session, album) == Stake(unsaved=2)


def test_a_photo_that_is_still_being_opened_is_not_the_one_that_is_shown(session: Session) -> None:
    album = Album(session)
    album.add({Path("a.png"): 1.0, OTHER: 1.0})
    shown, coming = album.entries
    session.set_source(source_of(IMAGE, Path("a.png")))
    session.set_result(result_of(IMAGE))
    snapshot = session.snapshot()
    assert snapshot is not None
    album.keep(shown, snapshot)
    album.set_current(coming)
    assert stake_in_removing(session, album, coming) == NOTHING
    assert stake_in_removing(session, album, shown) == Stake(unsaved=1)


@pytest.mark.parametrize("activity", [Activity.RESTORING, Activity.STEPPING])
@pytest.mark.parametrize("path", [OTHER, None])
def test_a_run_is_told_of(session: Session, path: Path | None, activity: Activity) -> None:
    session.set_source(source_of(IMAGE, path))
    session.set_activity(activity)
    session.has_asked = True
    assert stake_in_closing(session, Album(session)) == Stake(is_running=True, has_pasted=path is None)


@pytest.mark.parametrize("activity", [Activity.RESTORING, Activity.STEPPING])
def test_a_run_is_told_of_with_its_photo_alone(session: Session, activity: Activity) -> None:
    album = Album(session)
    album.add({Path("a.png"): 1.0, OTHER: 1.0})
    shown, other = album.entries
    session.set_source(source_of(IMAGE, shown.path))
    snapshot = session.snapshot()
    assert snapshot is not None
    album.keep(shown, snapshot)
    session.set_activity(activity)
    session.has_asked = True
    assert stake_in_removing(session, album, shown) == Stake(is_running=True)
    assert stake_in_removing(session, album, other) == NOTHING


def test_a_run_that_nobody_asked_for_is_no_loss(session: Session) -> None:
    session.set_source(source_of(IMAGE))
    session.set_activity(Activity.RESTORING)
    assert stake_in_closing(session, Album(session)) == NOTHING
