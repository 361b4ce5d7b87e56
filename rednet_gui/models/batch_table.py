"""The pictures of a batch as a table that views show."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from enum import IntEnum

from PySide6.QtCore import QAbstractTableModel, QLocale, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QImage

from engine.batch.queue import SETTLED
from engine.batch.queue import Entry as Entry
from engine.batch.queue import Status as Status
from rednet_gui.engine_words import as_sentence, in_words

Role = Qt.ItemDataRole
Index = QModelIndex | QPersistentModelIndex


class Column(IntEnum):
    """What a column tells."""

    PHOTO = 0
    STATUS = 1
    TIME = 2
    NOTE = 3


class BatchTable(QAbstractTableModel):
    """A row is a picture; its data are words and the thumbnail.

    Attributes:
        counts: how many pictures have which status.
        work: how much they are to restore, by the sizes of their files.
        current: the number of the picture whose share is known.
        share: how much of it is done, 0 to 1.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._entries: list[Entry] = []
        self._rows: dict[int, int] = {}
        self._thumbnails: dict[int, QImage] = {}
        self.counts, self.work = Counter[Status](), Counter[Status]()
        self.current = 0
        self.share = 0.0

    @property
    def settled(self) -> int:
        """How many pictures need nothing more."""
        return sum(self.counts[status] for status in SETTLED)

    @property
    def unsettled(self) -> int:
        """How many pictures are still to be restored."""
        return len(self._entries) - self.settled

    @property
    def unsettled_work(self) -> int:
        """How much of it is still to be restored, with the whole of the current picture."""
        return sum(work for status, work in self.work.items() if status not in SETTLED)

    @property
    def current_work(self) -> float:
        """How much of the current picture is done."""
        row = self._rows.get(self.current)
        return 0.0 if row is None else self.share * work_of(self._entries[row])

    def entry_at(self, row: int) -> Entry:
        """The picture in a row."""
        return self._entries[row]

    def first(self, *statuses: Status) -> Entry | None:
        """The first picture with one of these statuses."""
        return next((entry for entry in self._entries if entry.status in statuses), None)

    def numbers(self, rows: Iterable[int], *statuses: Status) -> list[int]:
        """The numbers of the pictures in some rows that have one of these statuses."""
        found = (self._entries[row] for row in rows)
        return [entry.number for entry in found if entry.status in statuses]

    def set_entries(self, entries: Iterable[Entry]) -> None:
        """Show these only."""
        self.beginResetModel()
        self._entries = list(entries)
        self._rows = {entry.number: row for row, entry in enumerate(self._entries)}
        self._thumbnails.clear()
        self.counts, self.work = Counter(), Counter()
        self._count(self._entries)
        self.current, self.share = 0, 0.0
        self.endResetModel()

    def add(self, entries: Iterable[Entry]) -> None:
        """Put new pictures at the end."""
        new = [entry for entry in entries if entry.number not in self._rows]
        if not new:
            return
        start = len(self._entries)
        self.beginInsertRows(QModelIndex(), start, start + len(new) - 1)
        self._entries += new
        self._rows |= {entry.number: start + row for row, entry in enumerate(new)}
        self._count(new)
        self.endInsertRows()

    def put(self, entry: Entry) -> None:
        """Show what has become of a picture; one that is not here yet comes."""
        row = self._rows.get(entry.number)
        if row is None:
            self.add([entry])
            return
        self.counts[self._entries[row].status] -= 1
        self.work[self._entries[row].status] -= work_of(self._entries[row])
        self._count([entry])
        self._entries[row] = entry
        if entry.number == self.current and entry.status is not Status.RUNNING:
            self.current, self.share = 0, 0.0
        self._show(row)

    def set_share(self, number: int, share: float) -> None:
        """Say how much of a picture is done."""
        row = self._rows.get(number)
        if row is not None and self._entries[row].status is Status.RUNNING:
            self.current, self.share = number, share
            index = self.index(row, Column.STATUS)
            self.dataChanged.emit(index, index)

    def lacks_thumbnail(self, row: int) -> bool:
        """Whether the thumbnail of a picture was never loaded."""
        return self._entries[row].number not in self._thumbnails

    def set_thumbnail(self, number: int, thumbnail: QImage) -> None:
        """Give a picture its thumbnail, without pixels if it cannot have one."""
        if number in self._rows:
            self._thumbnails[number] = thumbnail
            self._show(self._rows[number])

    def _count(self, entries: Iterable[Entry]) -> None:
        for entry in entries:
            self.counts[entry.status] += 1
            self.work[entry.status] += work_of(entry)

    def _show(self, row: int) -> None:
        self.dataChanged.emit(self.index(row, 0), self.index(row, len(Column) - 1))

    def status_words(self, entry: Entry) -> str:
        """How far a picture is."""
        if entry.status is Status.RUNNING and entry.number == self.current and self.share > 0:
            locale = QLocale()
            done = locale.toString(round(self.share * 100)) + locale.percent()
            return self.tr("Restoring, %1").replace("%1", done)
        return {
            Status.WAITING: self.tr("Waiting"),
            Status.RUNNING: self.tr("Restoring"),
            Status.WRITING: self.tr("Saving"),
            Status.DONE: self.tr("Done"),
            Status.FAILED: self.tr("Failed"),
            Status.SKIPPED: self.tr("Skipped"),
        }[entry.status]

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._entries)

    def columnCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(Column)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Role.DisplayRole) -> object:
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role == Role.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        titles = [self.tr("Photo"), self.tr("Status"), self.tr("Time"), self.tr("What was done, or what went wrong")]
        return titles[section] if role == Role.DisplayRole else None

    def data(self, index: Index, role: int = Role.DisplayRole) -> object:
        if not index.isValid():
            return None
        entry, column = self._entries[index.row()], index.column()
        match role:
            case Role.DisplayRole | Role.AccessibleTextRole:
                return self._words(entry, column)
            case Role.DecorationRole if column == Column.PHOTO:
                return self._thumbnails.get(entry.number, QImage())
            case Role.ToolTipRole:
                return self._details(entry)
        return None

    def _words(self, entry: Entry, column: int) -> str:
        match column:
            case Column.PHOTO:
                return entry.source.name
            case Column.STATUS:
                return self.status_words(entry)
            case Column.TIME:
                seconds = QLocale().toString(entry.seconds, "f", 1)
                return self.tr("%1 s").replace("%1", seconds) if entry.status is Status.DONE else ""
        return _short(entry) if entry.reason else " · ".join(filter(None, (entry.summary, entry.kept)))

    def _details(self, entry: Entry) -> str:
        lines = [str(entry.source)]
        if entry.status is Status.DONE and entry.target is not None:
            lines.append(f"→ {entry.target}")
        return "\n".join([*lines, *filter(None, (entry.summary, entry.kept, in_words(entry.reason)))])


def work_of(entry: Entry) -> int:
    """How much a picture is to restore beside others: what its pixels are is not known before it is read."""
    return max(1, entry.size_bytes)


def _short(entry: Entry) -> str:
    """Why it failed or was left out, without the name that stands beside it."""
    _, name, why = entry.reason.partition(f"{entry.source}: ")
    return as_sentence(why.removesuffix(".")) if name and why else in_words(entry.reason)
