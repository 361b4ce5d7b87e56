from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtGui import QImage

from engine.image_io import Image
from rednet_gui.errors import ErrorText
from rednet_gui.models.album import Album
from rednet_gui.models.session import Activity, Session
from rednet_gui.presenters.open_presenter import OpenPresenter
from rednet_gui.settings import OPEN_FOLDER, Settings
from tests.gui.conftest import FakeEngine, ImmediateRunner, pixels_of, result_of

PHOTO, OTHER = Path("/photos/holiday.JPG"), Path("/photos/other.png")


@pytest.fixture
def presenter(engine: FakeEngine, runner: ImmediateRunner, session: Session, settings: Settings) -> OpenPresenter:
    engine.files = {PHOTO: Image(pixels_of()), OTHER: Image(pixels_of(5, 5))}
    return OpenPresenter(engine, runner, session, Album(session), settings)


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


def test_the_newest_request_wins(presenter: OpenPresenter, session: Session, runner: ImmediateRunner) -> None:
    runner.is_held = True
    presenter.open([PHOTO])
    presenter.open([OTHER])
    assert not session.can_restore
    runner.release()
    assert session.source is not None
    assert session.source.path == OTHER
    assert session.activity is Activity.IDLE


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
