from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from engine.strength import Strength
from rednet_gui.models.kept_strength import KEY as STRENGTH
from rednet_gui.models.kept_strength import kept_strength
from rednet_gui.models.picture_state import AlbumState, PictureState, PictureStore

A, B = Path("/photos/a.jpg"), Path("/photos/été\udcff.png")
STATE = PictureState("denoise", 33.0, False, True)
ALBUM = AlbumState((A, B), B, "name", {A: STATE})


@pytest.fixture
def store(tmp_path: Path) -> PictureStore:
    return PictureStore(tmp_path / "not yet there")


def test_what_is_saved_comes_back(store: PictureStore) -> None:
    assert store.load() == AlbumState()
    store.save(ALBUM)
    assert store.load() == ALBUM
    assert [path.name for path in store.file.parent.iterdir()] == ["pictures.json"]


def test_what_a_newer_version_notes_is_kept(store: PictureStore) -> None:
    store.save(ALBUM)
    data = json.loads(store.file.read_text())
    data |= {"version": 99, "albums": []}
    data["states"][str(A)] |= {"strength": 0.5, "steps": ["denoise"]}
    store.file.write_text(json.dumps(data))
    (state,) = store.load().states.values()
    assert (state.task, state.level, state.extra["strength"]) == ("denoise", 33.0, 0.5)
    assert state.to_json()["steps"] == ["denoise"]


@pytest.mark.parametrize(
    "content",
    [b"", b"{", b"[]", b"\xff\x00", b'{"open": [3], "states": {}}', b'{"open": []}', b"[" * 100_000],
    ids=["empty", "cut", "list", "binary", "numbers", "no states", "deep"],
)
def test_a_damaged_file_is_set_aside(store: PictureStore, content: bytes) -> None:
    store.file.parent.mkdir()
    store.file.write_bytes(content)
    assert store.load() == AlbumState()
    assert store.file.with_name("pictures.damaged.json").read_bytes() == content
    store.save(ALBUM)
    assert store.load() == ALBUM


@pytest.mark.parametrize(
    "state",
    [
        None,
        {},
        {"task": "denoise", "level": "high", "auto": True},
        {"task": "denoise", "level": True, "auto": True},
        {"task": "denoise", "level": float("inf"), "auto": True},
        {"task": 3, "level": 3, "auto": True},
    ],
)
def test_a_senseless_state_is_left_out(store: PictureStore, state: object) -> None:
    store.save(ALBUM)
    data = json.loads(store.file.read_text())
    data["states"] |= {"/photos/c.jpg": state}
    store.file.write_text(json.dumps(data))
    assert store.load() == ALBUM


def test_two_windows_keep_what_each_of_them_noted(tmp_path: Path) -> None:
    stores = [PictureStore(tmp_path), PictureStore(tmp_path)]
    stores[0].save(AlbumState(states={A: STATE, B: STATE}))
    first, second = ({**store.load().states} for store in stores)
    changed = [PictureState("deblock", level, False) for level in (10.0, 20.0)]
    first[A], second[B] = changed
    for store, states in zip(stores, (first, second), strict=True):
        store.save(AlbumState(states=states))
    stores[0].save(AlbumState(states=first))
    assert PictureStore(tmp_path).load().states == {A: changed[0], B: changed[1]}


def test_what_could_not_be_written_is_written_the_next_time(
    store: PictureStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    store.save(ALBUM)
    newer = AlbumState(states={A: PictureState("deblock", 10.0, False)})
    with monkeypatch.context() as full_disk:
        full_disk.setattr("rednet_gui.models.picture_state.replace_text", _refuse)
        store.save(newer)
    store.save(newer)
    assert store.load().states == newer.states


def _refuse(*_: object) -> None:
    raise OSError(28, "no space left on the disk")


def test_only_the_latest_states_are_kept(store: PictureStore) -> None:
    store.save(AlbumState(states={Path(f"/{number}.jpg"): STATE for number in range(2500)}))
    states = store.load().states
    assert len(states) == 2000
    assert Path("/2499.jpg") in states


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="permissions do not bind this user")
def test_a_read_only_folder_stops_nothing(store: PictureStore) -> None:
    store.file.parent.mkdir(mode=0o500)
    store.save(ALBUM)
    assert store.load() == AlbumState()


def test_a_file_in_the_place_of_the_folder_stops_nothing(store: PictureStore) -> None:
    store.file.parent.write_text("in the way")
    store.save(ALBUM)
    assert store.load() == AlbumState()


@pytest.mark.parametrize("data", [None, 3, {"luma": 2.0}, {"luma": "half"}, {"luma": float("nan")}, {"color": None}])
def test_a_strength_that_makes_no_sense_is_the_full_one(data: object) -> None:
    assert kept_strength({STRENGTH: data}) == Strength()
