"""Loading the thumbnails."""

from __future__ import annotations

from PySide6.QtCore import QObject, Slot
from PySide6.QtGui import QImage

from engine.image_io import Image
from engine.run_context import RunContext
from rednet_gui.jobs import Job, Runner
from rednet_gui.models.album import Album, Entry, Mark
from rednet_gui.models.engine import Engine
from rednet_gui.models.thumbnail import THUMBNAIL_SIDE_PX, thumbnail_from


class ThumbnailPresenter(QObject):
    """Gives every picture of the album its thumbnail, one after another, those in sight first.

    Args:
        runner: for short work on files; must not be the one that restores, which would make it wait.
    """

    def __init__(self, engine: Engine, runner: Runner, album: Album, *, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._engine = engine
        self._runner = runner
        self._album = album
        self._first, self._last = 0, 0
        self._entry: Entry | None = None  # whose thumbnail is being loaded
        album.modelReset.connect(self._go_on)
        album.dataChanged.connect(self._go_on)

    @Slot(int, int)
    def prefer(self, first: int, last: int) -> None:
        """Take these rows before the others."""
        self._first, self._last = first, last

    @Slot()
    def _go_on(self) -> None:
        if self._entry is not None:
            return
        entries = self._album.entries
        in_turn = (*entries[self._first : self._last + 1], *entries)
        entry = next((entry for entry in in_turn if entry.thumbnail is None and entry.path is not None), None)
        if entry is None or entry.path is None:
            return
        self._entry, path = entry, entry.path

        def load(ctx: RunContext) -> Image:
            return self._engine.thumbnail(path, THUMBNAIL_SIDE_PX)

        job = Job(load)
        job.succeeded.connect(self._on_succeeded)
        job.failed.connect(self._on_failed)
        job.finished.connect(self._on_finished)
        self._runner.start(job)

    @Slot(object)
    def _on_succeeded(self, image: Image) -> None:
        self._take(thumbnail_from(image))

    @Slot()
    def _on_failed(self) -> None:
        entry = self._entry
        self._take(QImage())
        if entry is not None and entry.mark is Mark.NONE:
            self._album.set_mark(entry, Mark.FAILED)

    def _take(self, thumbnail: QImage) -> None:
        if self._entry is not None and self._album.row_of(self._entry) >= 0:
            self._album.set_thumbnail(self._entry, thumbnail)

    @Slot()
    def _on_finished(self) -> None:
        self._entry = None
        self._go_on()
