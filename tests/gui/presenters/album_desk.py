"""An album with its presenters, on stand-ins."""

from __future__ import annotations

from pathlib import Path

from engine.image_io import Image
from rednet_gui.models.album import Album, Entry
from rednet_gui.models.blur import BlurKind
from rednet_gui.models.picture_state import PictureStore
from rednet_gui.models.session import Session
from rednet_gui.presenters.album_presenter import AlbumPresenter
from rednet_gui.presenters.blur_presenter import BlurPresenter
from rednet_gui.presenters.open_presenter import OpenPresenter
from rednet_gui.presenters.restore_presenter import RestorePresenter
from rednet_gui.settings import Settings
from tests.gui.conftest import FakeEngine, ImmediateRunner, pixels_of

SHARP, SOFT = Path("/photos/sharp.png"), Path("/photos/soft.png")


class Desk:
    """The presenters of one run of the program."""

    def __init__(self, session: Session, settings: Settings, folder: Path, *, memory_bytes: int = 10**9) -> None:
        runner, album = ImmediateRunner(), Album(session, memory_bytes=memory_bytes)
        engine = FakeEngine(files={path: Image(pixels_of()) for path in (SHARP, SOFT)})
        self.session, self.album, self.engine, self.runner = session, album, engine, runner
        self._opener = OpenPresenter(engine, runner, session, album, settings, parent=session)
        self.asked = list[Entry]()
        self._opener.unsaved_found.connect(self.asked.append)
        self._blur = BlurPresenter(runner, session, session.blur, parent=session)
        self._album = AlbumPresenter(runner, session, album, PictureStore(folder), self._opener, parent=session)
        self._album.recall()
        self.restorer = RestorePresenter(engine, runner, session, parent=session)
        self.restorer.failed.connect(self._album.mark_failed)

    def open(self, path: Path) -> None:
        self._opener.open([path])

    def show(self, path: Path) -> None:
        """As a click in the filmstrip does."""
        entry = self.album.find(path)
        assert entry is not None
        self._opener.choose(entry)

    def read_again(self, entry: Entry) -> None:
        """As the user agrees to."""
        self._opener.read_again(entry)

    def remove(self, entry: Entry) -> None:
        self._album.remove(entry)

    def return_to(self) -> None:
        """The user comes back from another program."""
        self._album.check_files()

    def close(self) -> None:
        self._album.flush()

    @property
    def kind(self) -> BlurKind:
        return self.session.blur.kind

    @property
    def radius(self) -> float:
        return self.session.blur.numbers.radius
