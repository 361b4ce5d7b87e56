"""Which picture is worked on: from files, from the clipboard, or one of those that are open."""

from __future__ import annotations

import logging
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtGui import QImage

from engine.image_io import Image, Sketch
from engine.run_context import RunContext
from rednet_gui.jobs import Runner
from rednet_gui.models.album import Album, Entry, Mark
from rednet_gui.models.engine import Engine
from rednet_gui.models.output_file import result_suffix
from rednet_gui.models.pasted import image_from_qimage
from rednet_gui.models.picture_files import find_pictures, modified_times
from rednet_gui.models.picture_state import AlbumState
from rednet_gui.models.picture_view import PictureView
from rednet_gui.models.samples import is_sample
from rednet_gui.models.session import Activity, Session, Source
from rednet_gui.presenters.work import Work
from rednet_gui.settings import OPEN_FOLDER, Settings

log = logging.getLogger(__name__)

Files = dict[Path, float | None]


class OpenPresenter(QObject):
    """Puts a picture into the session. The newest request wins.

    Signals:
        started: another picture is on its way; work on the old one is moot.
        unsaved_found: an `Entry` that was to be opened as its file is now, but for work that is not saved.
    """

    started = Signal()
    unsaved_found = Signal(object)
    _sketched = Signal(int, object)  # on the worker thread, received on the window's; the number says of which opening

    def __init__(
        self,
        engine: Engine,
        runner: Runner,
        session: Session,
        album: Album,
        settings: Settings,
        *,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._engine = engine
        self._session = session
        self._album = album
        self._settings = settings
        self._work = Work(runner, session, self)
        self._work.succeeded.connect(self._on_succeeded)
        self._work.failed.connect(self._on_failed)
        self._work.finished.connect(self._on_finished)
        self._sketched.connect(self._on_sketched)
        self._opening = 0
        self._recall = Work(runner, session, self)  # one of its own: a photo that is opened meanwhile ends it not
        self._recall.succeeded.connect(self._on_recalled)
        self._recall.finished.connect(self._on_recall_finished)
        self._recalled: tuple[int, AlbumState] = 0, AlbumState()
        self._tried: Entry | None = None

    @Slot(list)
    def open(self, paths: list[Path]) -> None:
        """Add pictures, or all that are in folders, and show the first."""
        log.info("opening pictures")
        self._start(lambda ctx: find_pictures(paths))

    def reopen(self, state: AlbumState) -> None:
        """Add the pictures of an earlier run; those that are gone say so. Show the one that was, unless another is."""
        self._announce()
        self._recalled = self._opening, state
        self._recall.start(lambda ctx: modified_times(state.paths))

    @Slot(object)
    def choose(self, entry: Entry) -> None:
        """Show one of the open pictures: from memory as it was left, or from its file."""
        snapshot = entry.snapshot
        if snapshot is None or (entry.is_outdated and not entry.is_unsaved):
            self._read(entry)
            return
        self._work.cancel()
        self._session.end_activity(Activity.OPENING)
        self._album.set_current(entry)
        if snapshot.source is not self._session.source:
            self.started.emit()
            self._session.recall(snapshot)

    @Slot(object)
    def read_again(self, entry: Entry) -> None:
        """Show one of the open pictures as its file is now; what is not saved of it goes."""
        self._read(entry)

    @Slot(QImage)
    def paste(self, pasted: QImage) -> None:
        """Show a picture from the clipboard."""
        log.info("pasting a picture")

        def convert(ctx: RunContext) -> Source:
            image = image_from_qimage(pasted)
            return Source(image, _view_of(image), None, ".png")

        self._start(convert)

    def _read(self, entry: Entry) -> None:
        self._album.set_current(entry)
        path = entry.path
        assert path is not None  # a pasted picture is always in memory

        number = self._opening + 1

        def read(ctx: RunContext) -> Source:
            def tell(sketch: Sketch) -> None:
                ctx.check_canceled()
                self._sketched.emit(number, sketch)

            image = self._engine.read(path, tell)
            ctx.check_canceled()
            return Source(image, _view_of(image), path, result_suffix(path, image))

        self._start(read)

    def _start(self, get: Callable[[RunContext], Source | Files]) -> None:
        self._announce()
        self._work.start(get)

    def _announce(self) -> None:
        self.started.emit()
        self._opening += 1
        self._session.set_activity(Activity.OPENING)

    @Slot(object)
    def _on_recalled(self, files: Files) -> None:
        opening, state = self._recalled
        there = [path for path, modified_s in files.items() if modified_s is not None]
        if there or len(files) > 1:
            self._album.add(files)
        shown = self._album.find(state.current if state.current in there else there[0]) if there else None
        if shown is not None and self._opening == opening:
            self.choose(shown)

    @Slot()
    def _on_recall_finished(self) -> None:
        if self._opening == self._recalled[0]:
            self._session.end_activity(Activity.OPENING)

    @Slot(int, object)
    def _on_sketched(self, number: int, sketch: Sketch) -> None:
        if number == self._opening and self._session.activity is Activity.OPENING:
            self._session.set_sketch(sketch)

    @Slot(object)
    def _on_succeeded(self, found: Source | Files) -> None:
        if isinstance(found, dict):
            self._add(found)
            return
        state = None
        if found.path is not None:
            if not is_sample(found.path):
                self._settings.set(OPEN_FOLDER, str(found.path.resolve().parent))
            state = self._album.states.get(found.path)
        self._session.set_source(found, state)
        pages = found.image.metadata.pages
        if pages > 1:
            self._session.noticed.emit(self.tr("The file has %n pages; the first is restored.", "", pages))

    def _add(self, files: Files) -> None:
        if not files:
            self._session.noticed.emit(self.tr("There are no photos in this folder."))
            return
        first = next(iter(files))
        is_new = self._album.find(first) is None
        self._album.add(files)
        entry = self._album.find(first)
        assert entry is not None
        self._tried = entry if is_new and len(files) == 1 else None
        self.choose(entry)
        if entry.is_outdated and entry.is_unsaved:  # the file as it is now was asked for
            self.unsaved_found.emit(entry)

    @Slot(object)
    def _on_failed(self, error: BaseException) -> None:
        """Mark the picture and go back to the one that is still shown; what was never open need not stay."""
        failed, source = self._album.current, self._session.source
        shown = next((entry for entry in self._album.entries if _is_shown(entry, source)), None)
        if failed is None or failed is shown:
            return
        self._album.set_mark(failed, Mark.FAILED)
        if failed is self._tried:
            self._album.remove(failed)
        elif failed.path is not None:
            self._album.note_files(modified_times([failed.path]))
        self._album.set_current(shown)

    @Slot()
    def _on_finished(self) -> None:
        self._session.end_activity(Activity.OPENING)


def _is_shown(entry: Entry, source: Source | None) -> bool:
    return source is not None and entry.snapshot is not None and entry.snapshot.source is source


def _view_of(image: Image) -> PictureView:
    return PictureView.of(image.pixels, alpha=image.alpha, icc=image.metadata.icc)
