"""Opening the photos that come with the program."""

from __future__ import annotations

from PySide6.QtCore import QObject, Slot

from rednet_gui.models.album import Album
from rednet_gui.models.picture_state import PictureState
from rednet_gui.models.samples import sample_of
from rednet_gui.presenters.open_presenter import OpenPresenter


class SamplePresenter(QObject):
    """Opens a sample with its task chosen; one that is open already is shown as it was left."""

    def __init__(self, opener: OpenPresenter, album: Album, *, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._opener = opener
        self._album = album

    @Slot(str)
    def open(self, task: str) -> None:
        """Open the sample of a task."""
        sample = sample_of(task)
        entry = self._album.find(sample.path)
        if entry is None or entry.snapshot is None:
            self._album.set_state(sample.path, PictureState(task, sample.level, wants_auto=True))
        self._opener.open([sample.path])
