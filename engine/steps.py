"""The tasks that a picture goes through, one after another: as values, as JSON, and in a restored picture's XMP."""

from __future__ import annotations

import base64
import hashlib
import json
import logging
import math
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray

from engine.errors import NewerStepsError, StepsError
from engine.image_io import Image
from engine.kernels import LARGEST_PX, normalized
from engine.metadata import LARGEST_JPEG_XMP_BYTES, Metadata
from engine.strength import Strength
from engine.tasks import TASKS, Level, Task, task_named
from engine.xmp import DAMAGED, STEPS, property_of, with_property

log = logging.getLogger(__name__)

_MAJOR, _MINOR = 1, 0
_MARK = "rednet_steps"
_STEP_KEYS = {"task", "level", "estimated", "on", "strength", "kernel", "mask"}
_KEYS = {_MARK, "name", "steps"}
_STRENGTHS = ("luma", "color", "texture")
_AUTO = "auto"
_DIGESTS = "digests"
_MAX_STEPS = 100
Json = dict[str, Any]


@dataclass(frozen=True)
class FrozenArray:
    """(H, W) numbers that never change, so that steps can be compared."""

    shape: tuple[int, int]
    dtype: str
    data: bytes

    @classmethod
    def of(cls, array: NDArray[Any]) -> FrozenArray:
        """A copy of an array."""
        height, width = array.shape
        return cls((height, width), array.dtype.name, array.tobytes())

    @cached_property
    def digest(self) -> str:
        """Tells planes apart, as a file's name can."""
        return hashlib.blake2b(self.data, digest_size=16, key=repr((self.shape, self.dtype)).encode()).hexdigest()

    def to_array(self) -> NDArray[Any]:
        """A copy that may be changed."""
        return np.frombuffer(self.data, self.dtype).reshape(self.shape).copy()


@dataclass(frozen=True, slots=True)
class Step:
    """One task on what the step before gave.

    Attributes:
        task: its name.
        level: in the task's unit; None to estimate it from the picture that the step gets.
        strength: how much of the restoration is used.
        is_on: False for a step that is kept, but does nothing.
        kernel: deblur only: the blur, float32, sum 1.
        mask: uint8, where the step counts, or, inpaint, what it fills; a file's name if it lies in one, an empty
            name if it is not kept; None for everywhere.
        estimated: what the level turned out to be, if it was estimated; says nothing about what to do.
        extra: what a newer version noted; kept as it is.
        paint: uint8, what is painted and has no effect yet, or the name of its file; says nothing about what to do.
    """

    task: str
    level: float | None = None
    strength: Strength = field(default_factory=Strength)
    is_on: bool = True
    kernel: FrozenArray | None = None
    mask: FrozenArray | str | None = None
    estimated: float | None = field(default=None, compare=False)
    extra: Mapping[str, object] = field(default_factory=dict)
    paint: FrozenArray | str | None = field(default=None, compare=False, repr=False)

    def level_at(self, value: float) -> Level:
        """The number with the kernel; a mask is no part of it yet."""
        return Level(value, None if self.kernel is None else torch.from_numpy(self.kernel.to_array()))

    def to_json(self) -> Json:
        """What `Steps.from_json` reads; of a mask that was painted only that there was one."""
        data: Json = {"task": self.task, "level": _AUTO if self.level is None else float(self.level)}
        if self.estimated is not None:
            data["estimated"] = float(self.estimated)
        if not self.is_on:
            data["on"] = False
        if not self.strength.is_neutral:
            data["strength"] = {name: float(getattr(self.strength, name)) for name in _STRENGTHS}
        if self.kernel is not None:
            data["kernel"] = packed_kernel(self.kernel)
        if self.mask is not None:
            data["mask"] = (self.mask or True) if isinstance(self.mask, str) else True
        return data | dict(self.extra)


@dataclass(frozen=True, slots=True)
class Steps:
    """What is done to a picture, in order.

    Attributes:
        items: the steps.
        name: of the preset that they are.
        minor: the version of the form they were read in, after its point.
        extra: what else was noted, also by a newer version; kept as it is.
    """

    items: tuple[Step, ...] = ()
    name: str = ""
    minor: int = _MINOR
    extra: Mapping[str, object] = field(default_factory=dict)

    @property
    def active(self) -> tuple[Step, ...]:
        """Those that are on."""
        return tuple(step for step in self.items if step.is_on)

    def to_json(self, *, indent: int | None = None) -> str:
        """As `from_json` reads it; without `indent` in one line."""
        data: Json = {_MARK: f"{_MAJOR}.{max(self.minor, _MINOR)}"}
        if self.name:
            data["name"] = self.name
        data |= {"steps": [step.to_json() for step in self.items], **self.extra}
        return json.dumps(data, indent=indent, separators=None if indent else (",", ":"))

    @classmethod
    def from_json(cls, text: str | bytes, path: Path) -> Steps:
        """What `to_json` made, or somebody wrote; `path` is the file that errors name.

        Raises: StepsError: it makes no sense, or to a newer version only.
        """
        try:
            data = json.loads(text)
        except (ValueError, RecursionError) as error:
            raise StepsError(path, "it is damaged, or no file of steps") from error
        minor = _minor_of(data, path)
        found, name = data.get("steps"), data.get("name", "")
        if not isinstance(found, list) or not isinstance(name, str) or len(found) > _MAX_STEPS:
            raise StepsError(path, "it is damaged, or no file of steps")
        items = tuple(_step_of(item, number, path) for number, item in enumerate(found, 1))
        return cls(items, name, minor, _without(data, _KEYS))


def read_steps_file(path: Path) -> Steps:
    """The steps in a JSON file; masks that lie in files are looked for beside it. Raises: StepsError."""
    try:
        steps = Steps.from_json(path.read_bytes(), path)
    except FileNotFoundError as error:
        raise StepsError(path, "there is no such file; check its name") from error
    except OSError as error:
        raise StepsError(path, "it cannot be read; choose a JSON file of steps") from error
    return replace(steps, items=tuple(_beside(step, path.parent) for step in steps.items))


def read_steps(metadata: Metadata, path: Path) -> Steps | None:
    """How a picture was restored, as it says itself; None if it does not. Raises: StepsError."""
    if metadata.xmp is None:
        return None
    try:
        text = property_of(metadata.xmp, STEPS)
    except DAMAGED as error:
        log.debug("unreadable XMP: %s", error)
        return None
    return None if text is None else Steps.from_json(text, path)


def with_steps(image: Image, steps: Steps, path: Path) -> Image:
    """The picture with what was done to it in its XMP, to be saved as `path`.

    Masks are left out. JPEG holds little XMP: there a kernel that is too large is left out too, and if that does not
    help, all of it. Digests tell which masks and kernels it was made with. Damaged XMP stays as it is.
    """
    digests = _digests_of(steps)
    done = Steps(tuple(map(_without_mask, steps.active)), extra={_DIGESTS: digests} if digests else {})
    bare = replace(done, items=_outline_of(steps))
    largest_bytes = LARGEST_JPEG_XMP_BYTES if path.suffix.lower() in (".jpg", ".jpeg") else math.inf
    for kept in (done, bare):
        try:
            xmp = with_property(image.metadata.xmp, STEPS, kept.to_json())
        except DAMAGED as error:
            log.warning("the XMP is damaged and stays as it is: %s", error)
            return image
        if len(xmp) <= largest_bytes:
            return replace(image, metadata=replace(image.metadata, xmp=xmp))
    log.warning("no room for the steps in the XMP of a JPEG")
    return image


def is_told_by(told: Steps, steps: Steps) -> bool:
    """Whether a picture that tells of some steps was made by these; their masks are in them, not in files."""
    digests = told.extra.get(_DIGESTS, _digests_of(told))  # older versions noted none
    return digests == _digests_of(steps) and _outline_of(told) == _outline_of(steps)


def _digests_of(steps: Steps) -> list[str]:
    planes = (plane for step in steps.active for plane in (step.mask, step.kernel))
    return [plane.digest for plane in planes if isinstance(plane, FrozenArray)]


def _outline_of(steps: Steps) -> tuple[Step, ...]:
    """What any picture can hold of them."""
    return tuple(replace(_without_mask(step), kernel=None) for step in steps.active)


def _without_mask(step: Step) -> Step:
    return replace(step, mask="" if step.mask else step.mask)


def _minor_of(data: object, path: Path) -> int:
    version = data.get(_MARK) if isinstance(data, dict) else None
    if not isinstance(version, str):
        raise StepsError(path, "it is damaged, or no file of steps")
    major, _, minor = version.partition(".")
    if not (major.isdecimal() and minor.isdecimal()):
        raise StepsError(path, "it is damaged, or no file of steps")
    if int(major) > _MAJOR:
        raise NewerStepsError(path, "it was made by a newer version of this program; install that one to use it")
    return int(minor)


def _step_of(data: object, number: int, path: Path) -> Step:
    if not isinstance(data, dict) or data.get("task") not in [task.name for task in TASKS]:
        raise NewerStepsError(path, f"its step {number} has no task that this version of the program knows")
    task = task_named(data["task"])
    try:
        mask = data.get("mask")
        if not (mask is None or isinstance(mask, str | bool)):
            raise ValueError("the mask is neither a file's name nor true")
        return Step(
            task.name,
            _level_of(data.get("level", _AUTO), task),
            Strength(*(_share_of(data.get("strength", {}), name) for name in _STRENGTHS)),
            data.get("on") is not False,
            kernel_of(data["kernel"]) if data.get("kernel") is not None else None,
            ("" if mask else None) if isinstance(mask, bool) else mask,
            _number_of(data["estimated"], "the estimate") if data.get("estimated") is not None else None,
            _without(data, _STEP_KEYS),
        )
    except ValueError as error:
        raise StepsError(path, f"in its step {number} ({task.name}) {error}") from error


def _level_of(value: object, task: Task) -> float | None:
    if value == _AUTO:
        return None
    level = _number_of(value, "the level")
    if reason := task.levels.reason_against(level):
        raise ValueError(reason)
    return level


def _share_of(strength: object, name: str) -> float:
    if not isinstance(strength, dict):
        raise ValueError("the strength makes no sense")
    share = _number_of(strength.get(name, getattr(Strength(), name)), f"the strength of {name}")
    if not 0 <= share <= 1:
        raise ValueError(f"the strength of {name} must be from 0 to 1, not {share:g}")
    return share


def _number_of(value: object, what: str) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        raise ValueError(f"{what} must be a number")
    return float(value)


def packed_kernel(kernel: FrozenArray) -> Json:
    """A kernel as JSON."""
    samples = kernel.to_array().astype("<f4").tobytes()
    return {"size": list(kernel.shape), "float32": base64.b64encode(zlib.compress(samples, 9)).decode()}


def kernel_of(data: object) -> FrozenArray:
    """What `packed_kernel` made, or rows of numbers that somebody wrote. Raises: ValueError."""
    try:
        array = np.array(data, np.float64) if isinstance(data, list) else _unpacked(data)
    except (TypeError, ValueError, KeyError, OverflowError, zlib.error) as error:
        raise ValueError("the kernel is damaged") from error
    if array.ndim != 2 or not all(side % 2 and side <= LARGEST_PX for side in array.shape):
        raise ValueError(f"the kernel must have two odd sides of at most {LARGEST_PX} pixels")
    if not (np.isfinite(array).all() and array.min() >= 0 and array.sum() > 0):
        raise ValueError("the numbers of the kernel must be finite, not below 0 and not all 0")
    return FrozenArray.of(normalized(array) if isinstance(data, list) else array)


def _unpacked(data: Any) -> NDArray[np.float32]:
    height, width = data["size"]
    wanted = 4 * height * width
    samples = zlib.decompressobj().decompress(base64.b64decode(data["float32"], validate=True), wanted + 1)
    return np.frombuffer(samples, "<f4").reshape(height, width).astype(np.float32)


def _beside(step: Step, folder: Path) -> Step:
    return replace(step, mask=str(folder / step.mask)) if isinstance(step.mask, str) and step.mask else step


def _without(data: Mapping[str, object], keys: Iterable[str]) -> dict[str, object]:
    known = set(keys)
    return {key: value for key, value in data.items() if key not in known}
