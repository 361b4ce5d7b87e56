"""Loading the thumbnails of a batch."""

from __future__ import annotations

from PySide6.QtCore import QObject, Slot
from PySide6.QtGui import QImage

from engine.image_io import Image
from engine.run_context import RunContext
from engine.thumbnail import read_thumbnail
from rednet_gui.jobs import Job, Runner
from rednet_gui.models.batch_table import BatchTable
from rednet_gui.models.thumbnail import thumbnail_from

_SIDE_PX = 96


class BatchThumbnails(QObject):
    """Gives the pictures in sight their thumbnails, one after another; there may be thousands of others.

    Args:
        runner: for short work on files.
    """

    def __init__(self, runner: Runner, table: BatchTable, *, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._runner, self._table = runner, table
        self._first, self._last = 0, -1
        self._number: int | None = None  # whose thumbnail is being loaded
        self._is_closing = False

    @Slot(int, int)
    def look_at(self, first: int, last: int) -> None:
        """Load those of these rows."""
        self._first, self._last = first, last
        self._go_on()

    def shutdown(self) -> None:
        """Begin no more."""
        self._is_closing = True

    def _go_on(self) -> None:
        if self._is_closing:
            return
        rows = range(self._first, min(self._last + 1, self._table.rowCount()))
        row = next(filter(self._table.lacks_thumbnail, rows), None)
        if self._number is not None or row is None:
            return
        entry = self._table.entry_at(row)
        self._number = entry.number

        def load(ctx: RunContext) -> Image:
            return read_thumbnail(entry.source, _SIDE_PX)

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
        self._take(QImage())

    def _take(self, thumbnail: QImage) -> None:
        if self._number is not None and not self._is_closing:
            self._table.set_thumbnail(self._number, thumbnail)

    @Slot()
    def _on_finished(self) -> None:
        self._number = None
        self._go_on()
