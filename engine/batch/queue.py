"""The queue of pictures to restore: a value that is kept in a JSON file."""

from __future__ import annotations

import base64
import json
import os
import zlib
from collections.abc import Container, Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from enum import StrEnum
from pathlib import Path
from typing import Any

from engine.batch.names import SAME_NAME, NameTemplate, free_path, key_of, without_number
from engine.errors import DamagedQueueError, NameTemplateError, NewerStepsError, QueueError, StepsError
from engine.picture_search import Planned
from engine.safe_file import replace_text
from engine.steps import FrozenArray, Json, Steps

_MARK, _MAJOR = "rednet_queue", 1
_DAMAGED = "it is damaged, or no queue; delete it to begin anew"


class Status(StrEnum):
    """How far a picture is."""

    WAITING = "waiting"
    RUNNING = "running"
    WRITING = "writing"
    DONE = "done"
    FAILED = "failed"
    SKIPPED = "skipped"


SETTLED = (Status.DONE, Status.FAILED, Status.SKIPPED)


@dataclass(frozen=True, slots=True)
class BatchOptions:
    """What is done to all pictures of a queue.

    Attributes:
        steps: the tasks.
        folder: where the results go, mirrored; None for beside each source.
        template: their names.
        overwrites: whether files that are there are replaced, sources too.
        quality: of JPEG and WebP, 1 to 100; None for that of each source.
        profile: the colours of the results; None for those of each source.
        note: what else the results depend on; another note is another call.
    """

    steps: Steps
    folder: Path | None = None
    template: NameTemplate = field(default_factory=lambda: NameTemplate(SAME_NAME))
    overwrites: bool = False
    quality: int | None = None
    note: str = ""
    profile: bytes | None = None

    def place_for(self, entry: Entry) -> Path:
        """Where the result of a picture goes if nothing is in the way."""
        folder = entry.source.parent if self.folder is None else self.folder / entry.folder
        return folder / self.template.name_for(entry.source, self.steps, entry.number)

    def without_results(self, found: Sequence[Planned]) -> tuple[Planned, ...]:
        """Leave out those that, by their names, are results of others among them.

        Only where a picture's own name and nothing that counts is in that of its result do names tell.
        """
        if not self.template.tells_source:
            return tuple(found)
        entries = [Entry(0, item.source, item.folder) for item in found]  # names that tell have no number
        places = [(entry, self.place_for(entry)) for entry in entries]
        # Where the name stays, a file of that name and another type may be a photo of its own.
        results = {key_of(place) for entry, place in places if place.stem != entry.source.stem}
        return tuple(item for item in found if not {key_of(item.source), key_of(without_number(item.source))} & results)


@dataclass(frozen=True, slots=True)
class Entry:
    """A picture in the queue.

    Attributes:
        number: counts up from 1; the `{n}` of the template.
        source, folder: as planned.
        target: where the result goes; None until that is known.
        reason: why it failed or was left out, one sentence; empty if the user left it out.
        summary: what was done, in words.
        kept: what the file has kept, in words.
        seconds: how long that took.
        was: what stood at the target before it was written, to know after a crash whether it was.
        size_bytes: of the source's file, from which the time left is told; 0 if it could not be looked at.
    """

    number: int
    source: Path
    folder: Path = Path()
    target: Path | None = None
    status: Status = Status.WAITING
    reason: str = ""
    summary: str = ""
    kept: str = ""
    seconds: float = 0.0
    was: str = ""
    size_bytes: int = 0

    @property
    def is_in_place(self) -> bool:
        """Whether its result takes the place of its source."""
        return self.target is not None and is_same_place(self.target, self.source)


@dataclass(slots=True)
class Queue:
    """The pictures in order.

    Attributes:
        path: where it is kept; None for nowhere.
    """

    options: BatchOptions
    entries: list[Entry] = field(default_factory=list)
    path: Path | None = None
    _told: tuple[BatchOptions, str] | None = field(default=None, repr=False, compare=False)

    def add(self, items: Iterable[Planned]) -> int:
        """Put pictures at the end; those that are there already, or came of it, are no new ones. Returns how many."""
        known = {key_of(entry.source) for entry in self.entries}
        known |= {key_of(entry.target) for entry in self.entries if entry.target and not self.options.overwrites}
        before = len(self.entries)
        for item in items:
            if key_of(item.source) not in known:
                number = self.entries[-1].number + 1 if self.entries else 1
                self.entries.append(Entry(number, item.source, item.folder, size_bytes=size_of(item.source)))
        return len(self.entries) - before

    def aim(self) -> None:
        """Give waiting pictures their targets: never another's source, nor a file that is there, unless asked."""
        sources = {key_of(entry.source) for entry in self.entries}
        for index, entry in enumerate(self.entries):
            is_astray = entry.target is not None and self._is_others(entry.target, entry, sources)
            if entry.status is Status.WAITING and is_astray:
                self.entries[index] = replace(entry, target=None)  # that source was added later
        taken = {key_of(entry.target) for entry in self.entries if entry.target is not None}
        for index, entry in enumerate(self.entries):
            if entry.status is Status.WAITING and entry.target is None:
                target = self._target_for(entry, taken, sources)
                taken.add(key_of(target))
                self.entries[index] = replace(entry, target=target)

    def change_options(self, options: BatchOptions) -> None:
        """Do something else from now on; pictures that wait go elsewhere, the others stay as they are."""
        self.options = options
        self.entries = [
            replace(entry, target=None) if entry.status is Status.WAITING else entry for entry in self.entries
        ]

    def _target_for(self, entry: Entry, taken: set[str], sources: set[str]) -> Path:
        """A free place for a picture."""

        def is_taken(path: Path) -> bool:
            is_there = not self.options.overwrites and exists(path)
            return key_of(path) in taken or is_there or self._is_others(path, entry, sources)

        return free_path(self.options.place_for(entry), is_taken)

    def _is_others(self, path: Path, entry: Entry, sources: set[str]) -> bool:
        """Whether it is a source that the entry may not replace: its own only if files are to be replaced."""
        key = key_of(path)
        return key in sources and not (self.options.overwrites and key == key_of(entry.source))

    def keep_only(self, sources: Container[Path]) -> None:
        """Take out what is not done and none of these sources; what is done stays, for its name is taken."""
        self.entries = [entry for entry in self.entries if entry.status is Status.DONE or entry.source in sources]

    def next_waiting(self) -> Entry | None:
        """The first picture that nothing is done with yet."""
        return next((entry for entry in self.entries if entry.status is Status.WAITING), None)

    def update(self, number: int, **changes: Any) -> Entry:
        """Change what is known of a picture."""
        index = next(index for index, entry in enumerate(self.entries) if entry.number == number)
        self.entries[index] = replace(self.entries[index], **changes)
        return self.entries[index]

    def recover(self) -> None:
        """Take up what a killed process left: what was written is done, what was not is done again."""
        for entry in self.entries:
            is_written = entry.target is not None and stamp(entry.target) not in ("", entry.was)
            if entry.status is Status.WRITING and is_written:
                self.update(entry.number, status=Status.DONE)
            elif entry.status in (Status.RUNNING, Status.WRITING):
                self.update(entry.number, status=Status.WAITING)

    def save(self) -> None:
        """Write its file, if it has one. Raises: QueueError."""
        if self.path is None:
            return
        head = f'{{"{_MARK}": "{_MAJOR}.0",\n"options": {self._options_text()},\n"entries": [\n'
        lines = (
            json.dumps(_entry_to_json(entry)) for entry in self.entries
        )  # with an indent it takes ten times as long
        try:
            replace_text(self.path, [head, ",\n".join(lines), "\n]}\n"])
        except OSError as error:
            raise QueueError(self.path, "it cannot be written; make room, or choose another folder") from error

    def _options_text(self) -> str:
        """Written once, since a painted mask is large and the queue is saved at each change."""
        if self._told is None or self._told[0] is not self.options:
            self._told = (self.options, json.dumps(_options_to_json(self.options)))
        return self._told[1]

    @classmethod
    def load(cls, path: Path) -> Queue | None:
        """The queue in a file; None if there is no file. Raises: QueueError; DamagedQueueError: begin another."""
        try:
            data = json.loads(path.read_bytes())
            if int(str(data[_MARK]).split(".")[0]) > _MAJOR:
                raise QueueError(path, "it was made by a newer version of this program; install that one to go on")
            return cls(_options_of(data["options"], path), [_entry_of(item) for item in data["entries"]], path)
        except FileNotFoundError:
            return None
        except OSError as error:
            raise QueueError(path, "it cannot be read; check its permissions") from error
        except NewerStepsError as error:
            raise QueueError(path, error.reason) from error
        except (ValueError, KeyError, TypeError, RecursionError, StepsError, NameTemplateError, zlib.error) as error:
            raise DamagedQueueError(path, _DAMAGED) from error


def is_same_place(one: Path, other: Path) -> bool:
    """Whether saving to the one replaces the other; names are compared before files, for lists are long."""
    if key_of(one) == key_of(other):
        return True
    if one.name.casefold() == other.name.casefold():
        with suppress(OSError):
            return one.parent.samefile(other.parent)
    with suppress(OSError):
        return one.is_symlink() and one.samefile(other)
    return False


def exists(path: Path) -> bool:
    """Whether something has that name; a name that is too long has nothing."""
    return os.path.lexists(path)


def stamp(path: Path) -> str:
    """What changes when a file is replaced; empty if there is none."""
    try:
        found = path.stat()
    except OSError:
        return ""
    return f"{found.st_ino}-{found.st_mtime_ns}-{found.st_size}"


def _options_to_json(options: BatchOptions) -> Json:
    return {
        "steps": json.loads(options.steps.to_json()),
        "masks": [_mask_to_json(step.mask) for step in options.steps.items],
        "folder": None if options.folder is None else str(options.folder),
        "template": options.template.text,
        "overwrites": options.overwrites,
        "quality": options.quality,
        "note": options.note,
        "profile": None if options.profile is None else base64.b64encode(options.profile).decode(),
    }


def _options_of(data: Json, path: Path) -> BatchOptions:
    steps = Steps.from_json(json.dumps(data["steps"]), path)
    masks = [_mask_of(mask) for mask in data["masks"]]
    items = tuple(replace(step, mask=mask) for step, mask in zip(steps.items, masks, strict=True))
    folder = None if data["folder"] is None else Path(data["folder"])
    template = NameTemplate(data["template"])
    coded = data.get("profile")  # older queues know none
    profile = None if coded is None else base64.b64decode(coded)
    rest = (bool(data["overwrites"]), data["quality"], str(data["note"]), profile)
    return BatchOptions(replace(steps, items=items), folder, template, *rest)


def _mask_to_json(mask: FrozenArray | str | None) -> Json | str | None:
    """Steps alone do not keep what was painted; a queue must."""
    if not isinstance(mask, FrozenArray):
        return mask
    return {"shape": mask.shape, "dtype": mask.dtype, "data": base64.b64encode(zlib.compress(mask.data)).decode()}


def _mask_of(data: Json | str | None) -> FrozenArray | str | None:
    if not isinstance(data, dict):
        return data
    height, width = data["shape"]
    return FrozenArray((height, width), data["dtype"], zlib.decompress(base64.b64decode(data["data"])))


def _entry_to_json(entry: Entry) -> Json:
    return {
        "number": entry.number,
        "source": str(entry.source),
        "folder": str(entry.folder),
        "target": None if entry.target is None else str(entry.target),
        "status": str(entry.status),
        "reason": entry.reason,
        "summary": entry.summary,
        "kept": entry.kept,
        "seconds": entry.seconds,
        "was": entry.was,
        "bytes": entry.size_bytes,
    }


def _entry_of(data: Json) -> Entry:
    target = None if data["target"] is None else Path(data["target"])
    words = (str(data["reason"]), str(data["summary"]), str(data["kept"]), float(data["seconds"]), str(data["was"]))
    return Entry(
        int(data["number"]),
        Path(data["source"]),
        Path(data["folder"]),
        target,
        Status(data["status"]),
        *words,
        int(data.get("bytes", 0)),  # older queues know none
    )


def size_of(path: Path) -> int:
    """Bytes of a file; 0 if it cannot be looked at."""
    try:
        return path.stat().st_size
    except OSError:
        return 0
