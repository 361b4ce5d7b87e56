"""What is kept on disk: the pictures that are open, and how each one was worked on."""

from __future__ import annotations

import json
import logging
import math
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

import platformdirs

from engine.safe_file import replace_text
from rednet_gui import APP_NAME
from rednet_gui.models.limit import LimitMode

log = logging.getLogger(__name__)

_VERSION = 1
_MAX_STATES = 2000
_KEYS = ("task", "level", "auto", "saved", "limit")


@dataclass(frozen=True, slots=True)
class PictureState:
    """How a picture is restored.

    Attributes:
        task: the name of a task, maybe one that this version does not have.
        level: in the task's unit.
        wants_auto: whether the level follows the estimate.
        is_saved: whether a restored version was saved.
        limit: what the mask does to the restoration, a `LimitMode`; maybe one that this version does not have.
        extra: what a newer version noted; kept as it is.
    """

    task: str
    level: float
    wants_auto: bool
    is_saved: bool = False
    limit: str = LimitMode.EVERYWHERE
    extra: Mapping[str, object] = field(default_factory=dict)

    def to_json(self) -> dict[str, object]:
        """As `from_json` reads it."""
        values = (self.task, self.level, self.wants_auto, self.is_saved, self.limit)
        return dict(self.extra) | dict(zip(_KEYS, values, strict=True))

    @classmethod
    def from_json(cls, data: object) -> PictureState | None:
        """What `to_json` made, of this version or a newer one; None if it makes no sense."""
        if not isinstance(data, dict):
            return None
        task, level, wants_auto, is_saved, limit = (data.get(key) for key in _KEYS)
        if not isinstance(task, str) or not isinstance(wants_auto, bool):
            return None
        if isinstance(level, bool) or not isinstance(level, int | float) or not math.isfinite(level):
            return None
        extra = {key: value for key, value in data.items() if key not in _KEYS}
        mode = limit if isinstance(limit, str) else LimitMode.EVERYWHERE
        return cls(task, float(level), wants_auto, is_saved is True, mode, extra)


@dataclass(frozen=True, slots=True)
class AlbumState:
    """The pictures of one run of the program.

    Attributes:
        paths: of the open pictures, as they were added.
        current: the one that is shown.
        order: how they are sorted.
        states: of these and of earlier pictures, the latest last.
    """

    paths: tuple[Path, ...] = ()
    current: Path | None = None
    order: str = ""
    states: Mapping[Path, PictureState] = field(default_factory=dict)


class PictureStore:
    """Reads and writes an `AlbumState`; neither can stop the program.

    Several programs may share the file: each keeps what the others noted. The open pictures are those of the last one.

    Args:
        folder: where its file lies; None for the platform's own place.
    """

    def __init__(self, folder: Path | None = None) -> None:
        self.file = (folder or platformdirs.user_data_path(APP_NAME, appauthor=False)) / "pictures.json"
        self._shared: dict[Path, PictureState] = {}

    def load(self) -> AlbumState:
        """What was saved last; a damaged file is set aside, and nothing comes of it."""
        found = self._read()
        self._shared = dict(found.states)
        return found

    def save(self, state: AlbumState) -> None:
        """Replace what was saved; the old file stays until the new one is complete."""
        own = {path: found for path, found in state.states.items() if self._shared.get(path) != found}
        states = {**state.states, **self._read().states}
        for path, found in own.items():
            states.pop(path, None)
            states[path] = found  # as the latest
        if self._write(replace(state, states=states)):
            self._shared = dict(state.states)

    def _read(self) -> AlbumState:
        try:
            data = json.loads(self.file.read_bytes())
            return _album_state(data)
        except FileNotFoundError:
            return AlbumState()
        except OSError as error:
            log.warning("the list of pictures cannot be read: %s", error)
            return AlbumState()
        except (ValueError, TypeError, AttributeError, RecursionError, OverflowError):
            log.warning("the list of pictures is damaged and set aside")
            self._set_aside()
            return AlbumState()

    def _write(self, state: AlbumState) -> bool:
        states = {str(path): found.to_json() for path, found in list(state.states.items())[-_MAX_STATES:]}
        data = {
            "version": _VERSION,
            "open": [str(path) for path in state.paths],
            "current": None if state.current is None else str(state.current),
            "order": state.order,
            "states": states,
        }
        try:
            replace_text(self.file, [json.dumps(data, indent=0)])
        except OSError as error:
            log.warning("the list of pictures cannot be written: %s", error)
            return False
        return True

    def _set_aside(self) -> None:
        try:
            self.file.replace(self.file.with_suffix(".damaged.json"))
        except OSError as error:
            log.warning("it cannot be set aside: %s", error)


def _album_state(data: dict[str, object]) -> AlbumState:
    """Raises: TypeError, AttributeError: it is no such thing."""
    paths, current, order, states = (data.get(key) for key in ("open", "current", "order", "states"))
    if not isinstance(paths, list) or not isinstance(states, dict):
        raise TypeError
    read = {Path(name): PictureState.from_json(found) for name, found in states.items()}
    return AlbumState(
        tuple(Path(name) for name in paths),
        Path(current) if isinstance(current, str) else None,
        order if isinstance(order, str) else "",
        {path: found for path, found in read.items() if found is not None},
    )
