"""Keeping the album in step with the session, and on disk."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QObject, Qt, QTimer, Slot

from engine.run_context import RunContext
from rednet_gui.jobs import Job, Runner
from rednet_gui.models.album import Album, Entry, Mark, Order
from rednet_gui.models.kept_strength import KEY as STRENGTH
from rednet_gui.models.picture_files import modified_times
from rednet_gui.models.picture_state import AlbumState, PictureState, PictureStore
from rednet_gui.models.session import Session, Snapshot, Source
from rednet_gui.models.step_list import KEY as STEPS
from rednet_gui.models.thumbnail import thumbnail_of
from rednet_gui.presenters.open_presenter import OpenPresenter

_WRITE_AFTER_MS = 300


class AlbumPresenter(QObject):
    """Notes what the user does to each picture, and brings it back after a crash.

    Args:
        runner: for short work on files; must not be the one that restores, which would make it wait.
        opener: shows another picture when the shown one is removed.
    """

    def __init__(
        self,
        runner: Runner,
        session: Session,
        album: Album,
        store: PictureStore,
        opener: OpenPresenter,
        *,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._runner = runner
        self._session = session
        self._album = album
        self._store = store
        self._opener = opener
        self._shown: Entry | None = None
        self._first: tuple[PictureState | None, PictureState | None] = None, None
        self._source: Source | None = None
        self._is_checking = False
        self._is_changed = False
        self._timer = QTimer(self, singleShot=True, interval=_WRITE_AFTER_MS)
        self._timer.timeout.connect(self._write)
        session.source_changed.connect(self._on_source_changed)
        for signal in (
            *(session.task_changed, session.level_changed, session.kernel_changed),
            *(session.strength_changed, session.result_changed, session.saved_changed, session.limit.mode_changed),
        ):
            signal.connect(self._note)
        album.changed.connect(self._on_album_changed)
        # Later, for the photo that comes into sight takes away what is told of the one before.
        album.result_dropped.connect(self._on_result_dropped, Qt.ConnectionType.QueuedConnection)

    def recall(self) -> AlbumState:
        """Take in what is on disk; the pictures of the last run, none of which is open yet."""
        state = self._store.load()
        self._album.states = dict(state.states)
        if state.order in list(Order):
            self._album.order = Order(state.order)
        return state

    def flush(self) -> None:
        """Write now what may not be on disk yet; the runner must have ended."""
        self._timer.stop()
        if self._is_changed:
            self._store.save(self._album.state)

    @Slot(object)
    def remove(self, entry: Entry) -> None:
        """Take a picture out of the album; its file stays."""
        row = self._album.row_of(entry)
        if row < 0:  # it went while the user was asked
            return
        is_current = entry is self._album.current
        self._album.remove(entry)
        rest = self._album.entries
        if is_current and rest:
            self._opener.choose(rest[min(row, len(rest) - 1)])
        self._session.noticed.emit(
            self.tr("Removed from the filmstrip.")
            if entry.path is None
            else self.tr("%1 is removed from the filmstrip. The file stays where it is.").replace("%1", entry.path.name)
        )

    @Slot()
    def mark_failed(self) -> None:
        """Note that the shown picture could not be restored."""
        if self._shown is not None:
            self._album.set_mark(self._shown, Mark.FAILED)

    @Slot()
    def check_files(self) -> None:
        """Find out which files have gone or changed, while the user was elsewhere."""
        if self._is_checking:
            return
        paths = [entry.path for entry in self._album.entries if entry.path is not None]

        def check(ctx: RunContext) -> object:
            return modified_times(paths)

        self._is_checking = True
        job = Job(check)
        job.succeeded.connect(self._on_files_known)
        job.finished.connect(self._on_checked)
        self._runner.start(job)

    @Slot(object)
    def _on_files_known(self, files: dict[Path, float | None]) -> None:
        shown = self._album.current
        was_outdated = shown is None or shown.is_outdated
        self._album.note_files(files)
        if shown is not None and shown.is_outdated and not was_outdated:
            words = self.tr("%1 was changed by another program. Open it again to work on it as it is now.")
            self._session.noticed.emit(words.replace("%1", self._album.title(shown)))

    @Slot()
    def _on_checked(self) -> None:
        self._is_checking = False

    @Slot()
    def _on_source_changed(self) -> None:
        source = self._session.source
        if source is None:
            return
        entry = self._entry_of(source)
        is_same = self._source is not None and self._source.track is source.track
        known = None if source.path is None else self._album.states.get(source.path)
        if not is_same or known is self._first[1]:  # among the steps of a photo something may have been done
            self._first = self._session.state, known
        self._shown, self._source = entry, source
        if entry.snapshot is None:
            self._album.set_mark(entry, self._album.mark_from_state(entry))  # it could be opened, so nothing is wrong
        self._album.set_current(entry)
        self._note()

    def _entry_of(self, source: Source) -> Entry:
        if source.path is not None and self._album.find(source.path) is None:
            self._album.add(modified_times([source.path]))
        for entry in self._album.entries:
            is_kept = entry.snapshot is not None and entry.snapshot.source.track is source.track
            if is_kept or (source.path is not None and entry.path == source.path):
                return entry
        return self._album.add_pasted(thumbnail_of(source.view))

    @Slot()
    def _note(self) -> None:
        """Take over how the shown picture stands."""
        entry, snapshot = self._shown, self._session.snapshot()
        if entry is None or snapshot is None or snapshot.source is not self._source or self._album.row_of(entry) < 0:
            return
        self._album.keep(entry, snapshot)
        if snapshot.result is not None:
            self._album.set_mark(entry, Mark.SAVED if snapshot.is_result_saved else Mark.RESTORED)
        elif entry.mark is Mark.RESTORED:
            self._album.set_mark(entry, Mark.NONE)
        if entry.path is not None:
            self._note_state(entry.path, replace(snapshot.state, is_saved=entry.mark is Mark.SAVED), snapshot)

    def _note_state(self, path: Path, state: PictureState, snapshot: Snapshot) -> None:
        """Remember it once the user has done something; of a picture that was only looked at there is nothing new."""
        known = self._album.states.get(path)
        if snapshot.result is None and (snapshot.state, known) == self._first:
            return
        if known is not None:
            kept = {key: value for key, value in known.extra.items() if key not in (STEPS, STRENGTH)}
            state = replace(state, extra=kept | dict(state.extra))
        if state != known:
            self._album.set_state(path, state)

    @Slot(object)
    def _on_result_dropped(self, entry: Entry) -> None:
        words = self.tr("The unsaved result of %1 had to make room. Restore the photo again: its settings are kept.")
        self._session.noticed.emit(words.replace("%1", self._album.title(entry)))

    @Slot()
    def _on_album_changed(self) -> None:
        self._is_changed = True
        self._timer.start()

    @Slot()
    def _write(self) -> None:
        state = self._album.state

        def write(ctx: RunContext) -> None:
            self._store.save(state)

        self._runner.start(Job(write))
