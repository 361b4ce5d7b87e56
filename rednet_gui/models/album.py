"""The open pictures: in which order they stand, how far each is, and what is kept of each in memory."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QImage

from engine.picture_search import natural_key
from rednet_gui.models.picture_state import AlbumState, PictureState
from rednet_gui.models.session import Snapshot, Source

_MEMORY_BYTES = 1_500_000_000
_PYRAMID = 4 / 3  # a picture with all its smaller copies

Role = Qt.ItemDataRole
Index = QModelIndex | QPersistentModelIndex


class Mark(StrEnum):
    """How far a picture is."""

    NONE = "none"
    RESTORED = "restored"
    SAVED = "saved"
    FAILED = "failed"
    MISSING = "missing"


class Order(StrEnum):
    """How the pictures are sorted."""

    ADDED = "added"
    NAME = "name"
    DATE = "date"


@dataclass(eq=False, slots=True)
class Entry:
    """One open picture.

    Attributes:
        path: its file; None if it was pasted.
        modified_s: when the file was changed; None if it is not there.
        number: counts up as pictures are added.
        thumbnail: None while it is not loaded; without pixels if it cannot be.
        snapshot: what is kept in memory, if anything.
        used: counts up as pictures are worked on.
        is_outdated: whether the file has changed since the snapshot was read from it.
    """

    path: Path | None
    modified_s: float | None = None
    number: int = 0
    mark: Mark = Mark.NONE
    thumbnail: QImage | None = None
    snapshot: Snapshot | None = field(default=None, repr=False)
    used: int = 0
    is_outdated: bool = False

    @property
    def is_unsaved(self) -> bool:
        """Whether work on it is nowhere on disk; masks and steps are kept of photos that have a file."""
        if self.mark is Mark.RESTORED:
            return True
        if self.snapshot is None:
            return False
        if self.snapshot.result is not None:  # a later run may have failed
            return not self.snapshot.is_result_saved
        return self.path is None and self.mark is not Mark.SAVED and self.snapshot.has_own_work

    @property
    def memory_bytes(self) -> int:
        """What its snapshot holds."""
        if self.snapshot is None:
            return 0
        result = self.snapshot.result
        source = self.snapshot.source
        images = [source.image, *([] if result is None else [result.image]), *source.track.images]
        planes = {id(plane): plane for image in images for plane in (image.pixels, image.alpha) if plane is not None}
        return int(sum(plane.nbytes for plane in planes.values()) * _PYRAMID)


class Album(QAbstractListModel):
    """The open pictures as a list that views show; a row's data are words and the thumbnail.

    Signals:
        current_changed: read the attribute.
        changed: something that is kept on disk.
        result_dropped: the `Entry` whose result made room before it was saved.

    Attributes:
        current: the picture that is shown, or on its way to it.
        order: see `sort_by`.
        states: how each picture was worked on, also those that are no longer open; the latest last.
    """

    current_changed = Signal()
    changed = Signal()
    result_dropped = Signal(object)

    def __init__(self, parent: QObject | None = None, *, memory_bytes: int = _MEMORY_BYTES) -> None:
        super().__init__(parent)
        self.current: Entry | None = None
        self.order = Order.ADDED
        self.states: dict[Path, PictureState] = {}
        self._memory_bytes = memory_bytes
        self._entries: list[Entry] = []
        self._count = 0

    @property
    def entries(self) -> tuple[Entry, ...]:
        """The pictures as they stand."""
        return tuple(self._entries)

    @property
    def state(self) -> AlbumState:
        """What is kept on disk."""
        added = sorted(self._entries, key=lambda entry: entry.number)
        current = None if self.current is None else self.current.path
        paths = tuple(entry.path for entry in added if entry.path is not None)
        return AlbumState(paths, current, self.order, dict(self.states))

    def row_of(self, entry: Entry | None) -> int:
        """Where a picture stands; -1 if it is not in the album."""
        return self._entries.index(entry) if entry in self._entries else -1

    def find(self, path: Path) -> Entry | None:
        """The picture of a file, if it is open."""
        return next((entry for entry in self._entries if entry.path == path), None)

    def neighbor(self, step: int) -> Entry | None:
        """The picture that many places from the current one; None beyond the ends."""
        row = self.row_of(self.current) + step
        return self._entries[row] if 0 <= row < len(self._entries) else None

    def unsaved(self, *, besides: Source | None = None) -> list[Entry]:
        """The pictures with work that is nowhere on disk, without one of them."""
        unsaved = (entry for entry in self._entries if entry.is_unsaved)
        return [entry for entry in unsaved if entry.snapshot is None or entry.snapshot.source is not besides]

    def add(self, files: Mapping[Path, float | None]) -> None:
        """Put files at the end, or where they belong; those that are there stay where they are.

        Args:
            files: when each was changed, in seconds; None for one that is not there.
        """
        known = {entry.path for entry in self._entries}
        self._insert([Entry(path, modified_s) for path, modified_s in files.items() if path not in known])

    def add_pasted(self, thumbnail: QImage) -> Entry:
        """Put a picture without a file at the end."""
        entry = Entry(None, thumbnail=thumbnail)
        self._insert([entry])
        return entry

    def remove(self, entry: Entry) -> None:
        """Take a picture out; how it was worked on is not forgotten."""
        row = self.row_of(entry)
        if row < 0:
            return
        self.beginRemoveRows(QModelIndex(), row, row)
        del self._entries[row]
        self.endRemoveRows()
        if entry is self.current:
            self.set_current(None)
        self.changed.emit()

    def sort_by(self, order: Order) -> None:
        """Sort now and from now on."""
        self.order = order
        self._arrange(self._entries)

    def set_current(self, entry: Entry | None) -> None:
        """Say which picture is shown."""
        if entry is not self.current:
            self.current = entry
            self.current_changed.emit()
            self.changed.emit()

    def mark_from_state(self, entry: Entry) -> Mark:
        """The mark of a picture that nothing is done with yet."""
        state = None if entry.path is None else self.states.get(entry.path)
        return Mark.SAVED if state is not None and state.is_saved else Mark.NONE

    def set_mark(self, entry: Entry, mark: Mark) -> None:
        """Say how far a picture is."""
        if entry.mark is not mark:
            entry.mark = mark
            self._show(entry)

    def set_thumbnail(self, entry: Entry, thumbnail: QImage) -> None:
        """Give a picture its thumbnail."""
        entry.thumbnail = thumbnail
        self._show(entry)

    def set_state(self, path: Path, state: PictureState) -> None:
        """Remember how a picture is worked on."""
        self.states.pop(path, None)
        self.states[path] = state
        self.changed.emit()

    def keep(self, entry: Entry, snapshot: Snapshot) -> None:
        """Keep a picture in memory; others make room, save pasted ones, which have no file.

        Those whose work is on disk go first, and of these and the rest those unused for longest.
        """
        self._count += 1
        if entry.snapshot is None or entry.snapshot.source.track is not snapshot.source.track:
            entry.is_outdated = False
        entry.snapshot, entry.used = snapshot, self._count
        used_bytes = sum(other.memory_bytes for other in self._entries)
        for other in sorted(self._entries, key=lambda other: (other.is_unsaved, other.used)):
            if used_bytes <= self._memory_bytes:
                return
            if other is not entry and other.path is not None:
                used_bytes -= other.memory_bytes
                self._forget(other)

    def note_files(self, files: Mapping[Path, float | None]) -> None:
        """Take in when files were changed; what is known of a changed one goes, but no unsaved work."""
        for entry in self._entries:
            if entry.path is None or entry.path not in files:
                continue
            modified_s = files[entry.path]
            if modified_s is None:
                if entry.mark is not Mark.RESTORED:  # that is still to be saved
                    self.set_mark(entry, Mark.MISSING)
            elif modified_s != entry.modified_s:
                self._renew(entry, modified_s)
            elif entry.mark is Mark.MISSING:  # its disk is there again
                if entry.thumbnail is not None and entry.thumbnail.isNull():
                    entry.thumbnail = None  # it could not be loaded meanwhile
                self.set_mark(entry, self.mark_from_state(entry))

    def _renew(self, entry: Entry, modified_s: float) -> None:
        entry.modified_s, entry.thumbnail = modified_s, None
        if entry.mark in (Mark.MISSING, Mark.FAILED):
            entry.mark = self.mark_from_state(entry)
        entry.is_outdated = entry.snapshot is not None
        if entry is not self.current and not entry.is_unsaved:
            entry.snapshot = None
        self._show(entry)

    def _insert(self, entries: list[Entry]) -> None:
        for entry in entries:
            self._count += 1
            entry.number = self._count
            is_missing = entry.path is not None and entry.modified_s is None
            entry.mark = Mark.MISSING if is_missing else self.mark_from_state(entry)
        if entries:
            self._arrange([*self._entries, *entries])

    def _arrange(self, entries: Iterable[Entry]) -> None:
        self.beginResetModel()
        self._entries = sorted(entries, key=self._sort_key)
        self.endResetModel()
        self.changed.emit()

    def _sort_key(self, entry: Entry) -> tuple[object, ...]:
        match self.order:
            case Order.NAME:
                return (natural_key(self.title(entry)), entry.number)
            case Order.DATE:
                return (entry.modified_s or float("inf"), entry.number)
        return (entry.number,)

    def _forget(self, entry: Entry) -> None:
        had_unsaved, entry.snapshot = entry.is_unsaved, None
        if had_unsaved:  # to be restored again, from its state
            self.set_mark(entry, Mark.NONE)
            self.result_dropped.emit(entry)

    def _show(self, entry: Entry) -> None:
        index = self.index(self.row_of(entry))
        self.dataChanged.emit(index, index)

    def title(self, entry: Entry) -> str:
        """What a picture is called on screen."""
        return self.tr("Pasted picture") if entry.path is None else entry.path.name

    def mark_words(self, mark: Mark) -> str:
        """A mark as a part of a sentence; empty for none."""
        return {
            Mark.NONE: "",
            Mark.RESTORED: self.tr("restored, not saved"),
            Mark.SAVED: self.tr("saved"),
            Mark.FAILED: self.tr("failed"),
            Mark.MISSING: self.tr("the file is not there any more"),
        }[mark]

    def entry_at(self, index: Index) -> Entry:
        """The picture in a row."""
        return self._entries[index.row()]

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._entries)

    def data(self, index: Index, role: int = Role.DisplayRole) -> object:
        if not index.isValid():
            return None
        entry = self.entry_at(index)
        match role:
            case Role.DisplayRole:
                return self.title(entry)
            case Role.DecorationRole:
                return entry.thumbnail
            case Role.ToolTipRole:
                name = self.title(entry) if entry.path is None else str(entry.path)
                return "\n".join(filter(None, (name, self.mark_words(entry.mark))))
            case Role.AccessibleTextRole:
                return ", ".join(filter(None, (self.title(entry), self.mark_words(entry.mark))))
        return None
