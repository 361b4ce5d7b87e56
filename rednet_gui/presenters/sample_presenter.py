"""Opening the photos that come with the program."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot

from rednet_gui.models.album import Album
from rednet_gui.models.blur import BlurKind
from rednet_gui.models.picture_state import PictureState
from rednet_gui.models.samples import Sample, sample_of
from rednet_gui.models.session import Session
from rednet_gui.presenters.open_presenter import OpenPresenter


class SamplePresenter(QObject):
    """Opens a sample with its task chosen, ready to be restored; one that is open already is shown as it was left.

    Signals:
        mask_requested: the path of the mask that belongs to the sample.
    """

    mask_requested = Signal(Path)

    def __init__(self, opener: OpenPresenter, session: Session, album: Album, *, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._opener = opener
        self._session = session
        self._album = album
        self._asked: Sample | None = None
        session.source_changed.connect(self._prepare)

    @Slot(str)
    def open(self, task: str) -> None:
        """Open the sample of a task."""
        sample = sample_of(task)
        entry = self._album.find(sample.path)
        if entry is None or entry.snapshot is None:
            self._album.set_state(sample.path, PictureState(task, sample.level, wants_auto=True))
            self._asked = sample
        self._opener.open([sample.path])

    @Slot()
    def _prepare(self) -> None:
        """Give the task what else it needs."""
        sample, source = self._asked, self._session.source
        self._asked = None
        if sample is None or source is None or source.path != sample.path:
            return
        if sample.blur_px:
            self._session.blur.set_kind(BlurKind.DISK)
            self._session.blur.set_numbers(radius=sample.blur_px)
        if sample.mask_path is not None:
            self.mask_requested.emit(sample.mask_path)
