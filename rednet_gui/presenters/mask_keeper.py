"""Keeping masks on disk: the one that is painted, and those of the steps."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from PySide6.QtCore import QObject, QTimer, Slot

from engine.run_context import RunContext
from engine.steps import FrozenArray
from rednet_gui.jobs import Job, Runner
from rednet_gui.models.mask import Painting
from rednet_gui.models.mask_store import MaskStore
from rednet_gui.models.mask_store import Plane as Pixels
from rednet_gui.models.session import Session
from rednet_gui.models.step_list import mask_file

_WRITE_AFTER_MS = 700
_NOTHING = -1


@dataclass(eq=False, slots=True)
class _Kept:
    """A painting and its file.

    Attributes:
        written: the revision that is on disk.
    """

    painting: Painting
    file: Path
    written: int


class MaskKeeper(QObject):
    """Writes each picture's mask soon after it has changed, and brings it back when the picture is opened again.

    Args:
        runner: for short work on files; does it in order, so that what was written is read.
    """

    def __init__(self, runner: Runner, session: Session, store: MaskStore, *, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._runner, self._session, self._store = runner, session, store
        self._shown: _Kept | None = None
        self._unwritten: dict[Path, tuple[int, Pixels]] = {}
        self._unread: dict[Path, Path] = {}
        self._of_steps: set[Path] = set()
        self._is_told = False
        self._timer = QTimer(self, singleShot=True, interval=_WRITE_AFTER_MS)
        self._timer.timeout.connect(self._write)
        session.source_changed.connect(self._on_source_changed)
        session.mask.steps_changed.connect(self._on_strokes_changed)
        session.steps.changed.connect(self._keep_those_of_steps)

    def flush(self) -> None:
        """Write now what may not be on disk yet; the runner must have ended."""
        self._note()
        for file, (_, pixels) in self._unwritten.items():
            unread = self._unread.get(file)
            there = None if unread is None else self._store.load(unread, pixels.shape[1], pixels.shape[0])
            self._store.save(file, pixels if there is None else np.maximum(pixels, there))

    @Slot()
    def _on_strokes_changed(self) -> None:
        if self._shown is not None and self._shown.painting is self._session.mask.painting:
            self._timer.start()

    @Slot()
    def _on_source_changed(self) -> None:
        self._write()
        source, painting = self._session.source, self._session.mask.painting
        if self._shown is not None and self._shown.painting is painting:
            return
        name = "" if source is None else source.mask_name
        if not name:
            self._shown = None
            return
        is_there = name == painting.unread  # else what lies there may be the mask of another step
        self._shown = _Kept(painting, self._store.folder / name, painting.revision if is_there else _NOTHING)
        if painting.unread:
            self._read(self._shown)
        else:
            self._write()

    @Slot()
    def _keep_those_of_steps(self) -> None:
        for plane in (plane for step in self._session.steps.line.items for plane in (step.mask, step.paint)):
            file = self._store.folder / mask_file(plane)
            if isinstance(plane, FrozenArray) and file not in self._of_steps:
                self._of_steps.add(file)
                self._unwritten[file] = (_NOTHING, plane.to_array())
                self._save(file)

    def _read(self, kept: _Kept) -> None:
        height, width = kept.painting.pixels.shape
        file = self._store.folder / kept.painting.unread

        def read(ctx: RunContext) -> Pixels | None:
            return self._store.load(file, width, height)

        def take(found: Pixels | None) -> None:
            self._unread.pop(kept.file, None)
            kept.painting.unread = ""
            if found is not None:
                self._take(kept, found)

        self._unread[kept.file] = file
        job = Job(read)
        job.succeeded.connect(take)
        self._runner.start(job)

    def _take(self, kept: _Kept, found: Pixels) -> None:
        """Add what was painted earlier; there may be paint already, and the photo may be out of sight."""
        mask, painting = self._session.mask, kept.painting
        is_on_disk = kept.written == painting.revision and kept.file not in self._unwritten
        if mask.painting is painting:
            mask.lay_under(found)
        else:
            painting.lay_under(found)
        if is_on_disk:
            kept.written = painting.revision
        else:
            self._take_down(kept)
            self._save(kept.file)

    def _note(self) -> Path | None:
        """Take what is painted as it is now; the file, if that is not on its way there yet."""
        self._timer.stop()
        kept = self._shown
        if kept is None or kept.painting.revision == kept.written:
            return None
        self._take_down(kept)
        return kept.file

    def _take_down(self, kept: _Kept) -> None:
        kept.written = kept.painting.revision
        self._unwritten[kept.file] = (kept.written, kept.painting.pixels.copy())

    @Slot()
    def _write(self) -> None:
        if file := self._note():
            self._save(file)

    def _save(self, file: Path) -> None:
        revision, pixels = self._unwritten[file]

        def write(ctx: RunContext) -> bool:
            return self._store.save(file, pixels)

        def take(is_written: bool) -> None:
            if not is_written:
                self._tell()
            elif self._unwritten.get(file, (None,))[0] == revision:
                del self._unwritten[file]

        job = Job(write)
        job.succeeded.connect(take)
        self._runner.start(job)

    def _tell(self) -> None:
        """Say once that masks cannot be written; all is tried again at the end."""
        if not self._is_told:
            self._is_told = True
            words = self.tr("Masks cannot be kept for the next start: %1 cannot be written. Make room on that disk.")
            self._session.noticed.emit(words.replace("%1", str(self._store.folder)))
