"""Masks outlive the program."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from engine.image_io import Image, write_image
from rednet_gui.models.mask_store import MaskStore, mask_name
from rednet_gui.models.session import Session
from rednet_gui.presenters.mask_keeper import MaskKeeper
from tests.gui.conftest import ImmediateRunner, pixels_of, source_of

A, B = Path("/photos/a.png"), Path("/photos/b.png")


@pytest.fixture
def store(tmp_path: Path) -> MaskStore:
    return MaskStore(tmp_path)


@pytest.fixture
def owner(qapp: object) -> QObject:
    return QObject()


@pytest.fixture
def keeper(session: Session, runner: ImmediateRunner, store: MaskStore, owner: QObject) -> MaskKeeper:
    return MaskKeeper(runner, session, store, parent=owner)


def file_of(store: MaskStore, picture: Path) -> Path:
    return store.folder / mask_name(picture)


def show(session: Session, path: Path | None, size: tuple[int, int] = (60, 80)) -> None:
    session.set_source(source_of(Image(pixels_of(*size)), path))


def paint(session: Session, value: int = 200) -> None:
    session.mask.blend(10, 20, np.full((5, 6), value, np.uint8))
    session.mask.end_step()


def paint_before_the_file_is_read(session: Session, runner: ImmediateRunner) -> None:
    """On a photo that has a mask already; nothing is read or written until `release`."""
    show(session, A)
    paint(session)
    show(session, B)
    runner.is_held = True
    show(session, A)
    session.mask.blend(50, 40, np.full((5, 6), 255, np.uint8))
    session.mask.end_step()


@pytest.mark.usefixtures("keeper")
def test_a_mask_is_there_when_the_photo_is_opened_again(session: Session, store: MaskStore) -> None:
    show(session, A)
    paint(session)
    before = session.mask.pixels.copy()
    show(session, B)
    assert session.mask.is_empty
    show(session, A)
    np.testing.assert_array_equal(session.mask.pixels, before)
    assert not session.mask.can_undo, "it was there"
    paint(session, 255)
    session.mask.undo()
    np.testing.assert_array_equal(session.mask.pixels, before)
    assert [file.name for file in store.folder.iterdir()] == [file_of(store, A).name]


@pytest.mark.usefixtures("keeper")
def test_it_is_written_soon_after_a_stroke(session: Session, store: MaskStore, qtbot: QtBot) -> None:
    show(session, A)
    paint(session)
    assert not file_of(store, A).exists()
    qtbot.waitUntil(file_of(store, A).exists)
    assert store.load(file_of(store, A), 80, 60) is not None


def test_what_is_not_written_yet_is_written_at_the_end(
    session: Session, store: MaskStore, keeper: MaskKeeper, runner: ImmediateRunner
) -> None:
    show(session, A)
    runner.is_held = True
    paint(session)
    show(session, B)  # its job never runs
    paint(session, 99)
    keeper.flush()
    first, second = (store.load(file_of(store, path), 80, 60) for path in (A, B))
    assert first is not None
    assert second is not None
    assert (first[22, 12], second[22, 12]) == (200, 99)


@pytest.mark.usefixtures("keeper")
def test_an_emptied_mask_leaves_no_file(session: Session, store: MaskStore) -> None:
    show(session, A)
    paint(session)
    show(session, B)
    show(session, A)
    session.mask.replace(np.zeros_like(session.mask.pixels))
    show(session, B)
    assert not file_of(store, A).exists()


@pytest.mark.usefixtures("keeper")
def test_paint_that_came_before_the_file_was_read_is_kept(session: Session, runner: ImmediateRunner) -> None:
    paint_before_the_file_is_read(session, runner)
    runner.release()
    assert session.mask.pixels[22, 12] == 200
    assert session.mask.pixels[42, 52] == 255


@pytest.mark.usefixtures("keeper")
def test_paint_on_a_photo_that_went_before_its_file_was_read_replaces_nothing(
    session: Session, store: MaskStore, runner: ImmediateRunner
) -> None:
    paint_before_the_file_is_read(session, runner)
    snapshot = session.snapshot()
    assert snapshot is not None
    show(session, B)
    runner.release()
    session.recall(snapshot)
    there = store.load(file_of(store, A), 80, 60)
    assert there is not None
    np.testing.assert_array_equal(session.mask.pixels, there)
    assert (there[22, 12], there[42, 52]) == (200, 255)
    session.mask.undo()
    assert session.mask.pixels[22, 12] == 200


def test_paint_is_added_at_the_end_to_a_file_that_was_not_read_yet(
    session: Session, store: MaskStore, keeper: MaskKeeper, runner: ImmediateRunner
) -> None:
    paint_before_the_file_is_read(session, runner)
    keeper.flush()
    there = store.load(file_of(store, A), 80, 60)
    assert there is not None
    assert (there[22, 12], there[42, 52]) == (200, 255)


def test_a_mask_that_could_not_be_written_is_told_once_and_written_at_the_end(
    session: Session, store: MaskStore, keeper: MaskKeeper, notices: list[str]
) -> None:
    store.folder.write_text("a file where the folder should be")
    for path in (A, B, A):
        show(session, path)
        paint(session)
    show(session, None)
    assert [str(store.folder) in words for words in notices] == [True]
    store.folder.unlink()
    keeper.flush()
    for path in (A, B):
        there = store.load(file_of(store, path), 80, 60)
        assert there is not None
        assert there[22, 12] == 200


@pytest.mark.usefixtures("keeper")
def test_pasted_photos_have_no_file(session: Session, store: MaskStore) -> None:
    show(session, None)
    paint(session)
    show(session, None)
    assert session.mask.is_empty
    assert not store.folder.exists()


@pytest.mark.usefixtures("keeper")
def test_a_mask_that_does_not_fit_any_more_is_left_alone(session: Session, store: MaskStore) -> None:
    show(session, A)
    paint(session)
    show(session, B)
    show(session, A, (61, 80))
    assert session.mask.is_empty
    file_of(store, A).write_text("damaged")
    show(session, B)
    show(session, A)
    assert session.mask.is_empty


def test_each_step_of_a_photo_has_a_mask_of_its_own() -> None:
    names = {mask_name(A), mask_name(A, 1), mask_name(A, 2), mask_name(B), mask_name(B, 1)}
    assert len(names) == 5
    assert mask_name(Path("/photos/été\udcff.png")).endswith(".png")


def test_a_folder_that_cannot_be_written_stops_nothing(tmp_path: Path) -> None:
    (tmp_path / "masks").write_text("a file where the folder should be")
    store = MaskStore(tmp_path)
    store.save(file_of(store, A), np.full((4, 5), 255, np.uint8))
    assert store.load(file_of(store, A), 5, 4) is None


def test_the_oldest_masks_go(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("rednet_gui.models.mask_store._MAX_MASKS", 3)
    store = MaskStore(tmp_path)
    store.folder.mkdir()
    write_image(store.folder / "other.png", Image(np.zeros((4, 5, 1), np.uint8)))
    for number in range(5):
        store.save(file_of(store, Path(f"/photos/{number}.png")), np.full((4, 5), 255, np.uint8))
    assert len(list(store.folder.iterdir())) == 3
    assert file_of(store, Path("/photos/4.png")).exists()
