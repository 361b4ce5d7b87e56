from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtGui import QImage

from engine.errors import Canceled
from engine.image_io import Image, Sketch
from engine.metadata import Metadata
from rednet_gui.errors import ErrorText
from rednet_gui.models.album import Album
from rednet_gui.models.output_file import result_suffix
from rednet_gui.models.picture_state import AlbumState
from rednet_gui.models.session import Activity, Session
from rednet_gui.presenters.open_presenter import OpenPresenter
from rednet_gui.settings import OPEN_FOLDER, Settings
from tests.gui.conftest import FakeEngine, ImmediateRunner, pixels_of, result_of

PHOTO, OTHER = Path("/photos/holiday.JPG"), Path("/photos/other.png")


@pytest.fixture
def presenter(
    engine: FakeEngine, runner: ImmediateRunner, session: Session, album: Album, settings: Settings
) -> OpenPresenter:
    engine.files = {PHOTO: Image(pixels_of()), OTHER: Image(pixels_of(5, 5))}
    return OpenPresenter(engine, runner, session, album, settings)


def test_open_shows_the_picture(presenter: OpenPresenter, session: Session, settings: Settings) -> None:
    presenter.open([PHOTO])
    assert session.source is not None
    assert session.source.path == PHOTO
    assert session.source.result_name == "holiday-restored.JPG"
    assert (session.source.view.width, session.source.view.height) == (37, 31)
    assert session.activity is Activity.IDLE
    assert settings.get(OPEN_FOLDER) == str(PHOTO.resolve().parent)


def test_a_picture_that_cannot_be_read_leaves_the_old_one(
    presenter: OpenPresenter, session: Session, failures: list[ErrorText]
) -> None:
    presenter.open([PHOTO])
    session.set_result(result_of(Image(pixels_of())))
    presenter.open([Path("missing.jpg")])
    assert session.source is not None
    assert session.source.path == PHOTO
    assert session.result is not None
    assert session.activity is Activity.IDLE
    assert [error.text for error in failures] == ["missing.jpg: there is no such file."]


@pytest.fixture
def last(engine: FakeEngine, tmp_path: Path) -> AlbumState:
    """Two photos that were open at the end of the last run, the second in sight."""
    paths = tmp_path / "1.png", tmp_path / "2.png"
    for path in paths:
        path.touch()
        engine.files[path] = Image(pixels_of())
    return AlbumState(paths, paths[1])


def test_the_photos_of_the_last_run_come_back(presenter: OpenPresenter, session: Session, last: AlbumState) -> None:
    presenter.reopen(last)
    assert session.source is not None
    assert session.source.path == last.current
    assert session.activity is Activity.IDLE


def test_a_photo_that_is_opened_meanwhile_takes_no_place_of_the_last_ones(
    presenter: OpenPresenter, session: Session, runner: ImmediateRunner, album: Album, last: AlbumState
) -> None:
    runner.is_held = True
    presenter.reopen(last)
    presenter.open([PHOTO])
    runner.release()
    assert session.source is not None
    assert session.source.path == PHOTO
    assert {entry.path for entry in album.entries} == {PHOTO, *last.paths}
    assert session.activity is Activity.IDLE


def test_photos_of_the_last_run_that_are_gone_end_the_opening(
    presenter: OpenPresenter, session: Session, tmp_path: Path
) -> None:
    presenter.reopen(AlbumState((tmp_path / "gone.png",)))
    assert session.source is None
    assert session.activity is Activity.IDLE


def test_it_is_told_that_only_the_first_page_is_restored(
    presenter: OpenPresenter, engine: FakeEngine, notices: list[str]
) -> None:
    engine.files[PHOTO] = Image(pixels_of(), metadata=Metadata(pages=3))
    presenter.open([PHOTO])
    assert notices == ["The file has 3 pages; the first is restored."]


@pytest.mark.parametrize(
    ("name", "head", "dtype", "suffix"),
    [
        ("a.heic", b"\0\0\0\x18ftypheic", np.uint8, ".jpg"),
        ("a.avif", b"\0\0\0\x18ftypavif", np.uint16, ".tif"),
        ("a.nef", b"\0MRM", np.uint16, ".tif"),
        ("a.gif", b"GIF89a", np.uint8, ".png"),
        ("a.JPEG", b"", np.uint8, ".JPEG"),
    ],
)
def test_the_file_type_to_save_holds_what_the_source_has(
    tmp_path: Path, name: str, head: bytes, dtype: type[np.generic], suffix: str
) -> None:
    (tmp_path / name).write_bytes(head)
    image = Image(pixels_of().astype(dtype))
    assert result_suffix(tmp_path / name, image) == suffix
    transparent = result_suffix(tmp_path / name, Image(image.pixels, image.pixels[..., 0]))
    assert transparent == (".png" if suffix == ".jpg" else suffix)


def test_the_newest_request_wins(presenter: OpenPresenter, session: Session, runner: ImmediateRunner) -> None:
    runner.is_held = True
    presenter.open([PHOTO])
    presenter.open([OTHER])
    assert not session.can_restore
    runner.release()
    assert session.source is not None
    assert session.source.path == OTHER
    assert session.activity is Activity.IDLE


def test_what_is_read_so_far_is_shown_until_the_picture_is_there(
    presenter: OpenPresenter, engine: FakeEngine, session: Session
) -> None:
    sketch = Sketch(pixels_of(4, 5), 500, 400, None)
    engine.sketches = [sketch]
    shown: list[Sketch | None] = []
    session.sketch_changed.connect(lambda: shown.append(session.sketch))
    presenter.open([PHOTO])
    assert shown == [sketch, None]
    presenter.open([Path("missing.jpg")])
    assert shown == [sketch, None] * 2
    assert session.source is not None
    assert session.source.path == PHOTO


def test_what_is_read_of_a_picture_that_nobody_waits_for_is_not_shown(
    presenter: OpenPresenter, engine: FakeEngine, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    read, is_ended = engine.read, []

    def read_slowly(path: Path, on_sketch: Callable[[Sketch], None]) -> Image:
        if path == PHOTO:
            presenter.open([OTHER])
            with pytest.raises(Canceled):
                on_sketch(Sketch(pixels_of(4, 5), 500, 400, None))
            is_ended.append(True)
        return read(path)

    monkeypatch.setattr(engine, "read", read_slowly)
    shown: list[Sketch | None] = []
    session.sketch_changed.connect(lambda: shown.append(session.sketch))
    presenter.open([PHOTO])
    assert is_ended == [True]
    assert shown == []
    assert session.source is not None
    assert session.source.path == OTHER


def test_opening_says_that_it_starts(presenter: OpenPresenter) -> None:
    started = list[bool]()
    presenter.started.connect(lambda: started.append(True))
    presenter.open([PHOTO])
    assert started


def test_a_new_picture_drops_the_old_result(presenter: OpenPresenter, session: Session) -> None:
    presenter.open([PHOTO])
    session.set_result(result_of(Image(pixels_of())))
    presenter.open([OTHER])
    assert session.result is None


def test_paste_shows_the_picture(presenter: OpenPresenter, session: Session) -> None:
    pasted = QImage(7, 5, QImage.Format.Format_RGB32)
    pasted.fill(0xFF102030)
    presenter.paste(pasted)
    assert session.source is not None
    assert session.source.path is None
    assert session.source.result_name == "pasted-restored.png"
    assert session.source.image.pixels[0, 0].tolist() == [0x10, 0x20, 0x30]


def test_a_folder_opens_what_is_a_picture_in_it_in_natural_order(
    presenter: OpenPresenter, engine: FakeEngine, album: Album, session: Session, tmp_path: Path, notices: list[str]
) -> None:
    for name in ("10.jpg", "2.jpg", ".hidden.jpg", "notes.txt"):
        (tmp_path / name).touch()
        engine.files[tmp_path / name] = Image(pixels_of())
    presenter.open([tmp_path])
    assert [entry.path for entry in album.entries] == [tmp_path / "2.jpg", tmp_path / "10.jpg"]
    assert session.source is not None
    assert session.source.path == tmp_path / "2.jpg"
    (tmp_path / "empty").mkdir()
    presenter.open([tmp_path / "empty"])
    assert notices == ["There are no photos in this folder."]
