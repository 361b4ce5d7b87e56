"""Photos that another program changes while they are open."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from engine.image_io import Image
from rednet_gui.models.album import Mark
from rednet_gui.models.session import Session
from tests.gui.conftest import pixels_of
from tests.gui.presenters.album_desk import SOFT, Desk


@pytest.fixture
def changing(desk: Desk, tmp_path: Path) -> tuple[Path, Callable[[], None]]:
    """A photo, and what another program does to it."""
    path = tmp_path / "changing.png"
    path.touch()
    desk.engine.files[path] = Image(pixels_of())

    def change() -> None:
        desk.engine.files[path] = Image(pixels_of(5, 4))
        os.utime(path, (1, 1))
        desk.return_to()

    return path, change


def width_of(session: Session) -> int:
    assert session.source is not None
    return session.source.view.width


def test_a_shown_photo_that_has_changed_is_told_and_read_again_when_it_is_opened_again(
    desk: Desk, session: Session, changing: tuple[Path, Callable[[], None]], notices: list[str]
) -> None:
    path, change = changing
    desk.open(path)
    desk.restorer.restore()
    change()
    desk.return_to()
    assert notices == ["changing.png was changed by another program. Open it again to work on it as it is now."]
    session.mark_saved()
    desk.open(path)
    assert not desk.asked
    assert width_of(session) == 4
    assert len(desk.album.entries) == 1
    desk.return_to()
    assert len(notices) == 1


def test_a_photo_that_has_changed_is_read_again_when_it_comes_back_into_sight(
    desk: Desk, session: Session, changing: tuple[Path, Callable[[], None]]
) -> None:
    path, change = changing
    desk.open(path)
    change()
    desk.open(SOFT)
    desk.show(path)
    assert width_of(session) == 4


def test_an_unsaved_result_stays_though_its_photo_has_changed(
    desk: Desk, session: Session, changing: tuple[Path, Callable[[], None]]
) -> None:
    path, change = changing
    desk.open(path)
    desk.restorer.restore()
    change()
    desk.open(SOFT)
    desk.show(path)
    assert width_of(session) == 37
    assert session.has_unsaved_result
    session.mark_saved()
    desk.open(SOFT)
    desk.show(path)
    assert width_of(session) == 4


@pytest.mark.parametrize("is_shown", [True, False])
@pytest.mark.parametrize("is_named", [True, False], ids=["file", "folder"])
def test_an_unsaved_result_is_asked_about_before_its_photo_is_opened_as_it_is_now(
    desk: Desk, session: Session, changing: tuple[Path, Callable[[], None]], is_shown: bool, is_named: bool
) -> None:
    path, change = changing
    desk.open(path)
    desk.restorer.restore()
    change()
    if not is_shown:
        desk.open(SOFT)
    desk.open(path if is_named else path.parent)
    (entry,) = desk.asked
    assert entry.path == path
    assert entry is desk.album.current
    assert width_of(session) == 37
    assert session.has_unsaved_result
    desk.read_again(entry)
    assert width_of(session) == 4
    assert not session.has_unsaved_work
    assert not entry.is_outdated


def test_a_disk_that_was_away_has_changed_no_photo(
    desk: Desk, session: Session, changing: tuple[Path, Callable[[], None]], notices: list[str]
) -> None:
    path, _ = changing
    desk.open(path)
    away = path.rename(path.with_name("away"))
    desk.return_to()
    (entry,) = desk.album.entries
    assert entry.mark is Mark.MISSING
    away.rename(path)
    desk.return_to()
    assert entry.mark is not Mark.MISSING
    assert not entry.is_outdated
    assert not notices
