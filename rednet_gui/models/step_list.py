"""The steps of a picture as the window works on them: which one is current, undo and redo, and what they gave."""

from __future__ import annotations

import json
import math
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from engine.errors import ImageReadError, StepsError
from engine.image_io import Image
from engine.masks import read_mask
from engine.steps import FrozenArray, Step, Steps

if TYPE_CHECKING:
    from rednet_gui.models.picture import Source

KEY = "steps"
"""Where `StepList.to_keep` puts them."""

_CURRENT, _PAINT = "current", "paint"
_SAME_CHANGE_S = 1.0
_MAX_UNDO = 200


@dataclass(frozen=True, slots=True)
class Line:
    """Steps, one of which is worked on.

    Attributes:
        items: all of them, at least one.
        current: the one that is worked on; it is on. Those before it that are on make its input.
        blurs: how kernels of the steps were come by, as `Blur.recall` takes it, where that is known; of no kernel,
            what is to be drawn, framed or loaded.
        made_s: when the change was made that led here, by `time.perf_counter`.
        brings_mask: whether that change put the current one's mask there, in the place of what was painted.
    """

    items: tuple[Step, ...]
    current: int = 0
    blurs: Mapping[FrozenArray | None, object] = field(default_factory=dict, compare=False, repr=False)
    made_s: float = field(default=0.0, compare=False, repr=False)
    brings_mask: bool = field(default=False, compare=False, repr=False)

    @classmethod
    def kept(cls, data: object) -> Line | None:
        """What `StepList.to_keep` kept, of this version; None if it makes no sense. Its masks are names of files."""
        try:
            steps = Steps.from_json(json.dumps(data), Path())
        except (StepsError, TypeError, ValueError):
            return None
        current = steps.extra.get(_CURRENT)
        if not isinstance(current, int) or not 0 <= current < len(steps.items) or not steps.items[current].is_on:
            return None
        return cls(_with_paint(steps.items, steps.extra.get(_PAINT)), current)._without_lost_masks()

    @property
    def step(self) -> Step:
        """The current one."""
        return self.items[self.current]

    @property
    def before(self) -> tuple[Step, ...]:
        """Those that make the input of the current one."""
        return tuple(step for step in self.items[: self.current] if step.is_on)

    @property
    def is_last(self) -> bool:
        """Whether nothing more is done after the current one."""
        return not any(step.is_on for step in self.items[self.current + 1 :])

    def with_step(self, step: Step) -> Line:
        """With another current one."""
        return replace(self, items=(*self.items[: self.current], step, *self.items[self.current + 1 :]))

    def with_paint(self, paint: FrozenArray | str | None) -> Line:
        """With that painted for the current one, if it has no mask of its own."""
        return self if self.step.mask is not None else self.with_step(replace(self.step, paint=paint))

    def with_blur(self, blur: object) -> Line:
        """Knowing how the current one's kernel was come by; what is known of kernels that are gone goes."""
        kernels = [step.kernel for step in self.items if step.kernel is not None]
        return replace(self, blurs={**{kernel: self.blurs.get(kernel) for kernel in kernels}, self.step.kernel: blur})

    def added(self, step: Step) -> Line:
        """With one more behind the current one, which is worked on now."""
        at = self.current + 1
        return replace(self, items=(*self.items[:at], step, *self.items[at:]), current=at)

    def chosen(self, number: int) -> Line:
        """Working on another one; it must be on."""
        return replace(self, current=number) if self.items[number].is_on else self

    @property
    def at_first(self) -> Line:
        """Working on the first one that is on."""
        return replace(self, current=next(number for number, step in enumerate(self.items) if step.is_on))

    def switched(self, number: int) -> Line:
        """With one switched on or off; the only one that is on stays so. A later one that is on now is worked on."""
        step = self.items[number]
        changed = replace(step, is_on=not step.is_on)
        items = (*self.items[:number], changed, *self.items[number + 1 :])
        return self._near(items, max(self.current, number) if changed.is_on else self.current)

    def moved(self, number: int, to: int) -> Line:
        """With one in another place."""
        order = list(range(len(self.items)))
        order.insert(to, order.pop(number))
        return replace(self, items=tuple(self.items[index] for index in order), current=order.index(self.current))

    def removed(self, number: int) -> Line:
        """Without one; the only one that is on stays."""
        items = (*self.items[:number], *self.items[number + 1 :])
        return self._near(items, self.current - (number <= self.current and self.current > 0))

    @property
    def has_unread_masks(self) -> bool:
        """Whether there are masks to be read."""
        return any(map(_is_unread, self.items))

    def with_masks(self, read: Callable[[str], FrozenArray | None], *, is_reopened: bool = False) -> Line:
        """With what was kept of masks and, save the current one's, of paint; steps whose mask is lost are off.

        Args:
            read: gives what was kept.
            is_reopened: whether files that the user has named may be lost too.
        Raises: ImageReadError: one of those, of a step that is on.
        """

        def found(step: Step) -> Step:
            mask = step.mask
            if _is_unread(step):
                assert isinstance(mask, str)
                mask = (read(mask) if _is_kept(mask) else _mask_in(Path(mask), may_be_lost=is_reopened)) or ""
            return replace(step, mask=mask, paint=read(step.paint) if isinstance(step.paint, str) else step.paint)

        line = replace(self, items=tuple(map(found, self.items)))
        return line.with_step(replace(line.step, paint=self.step.paint))._without_lost_masks()

    def _without_lost_masks(self) -> Line:
        """With the steps off whose mask is not kept; that of the current one is painted anew."""
        items = (replace(step, is_on=False) if step.mask == "" else step for step in self.items)
        step = replace(self.step, mask=None) if self.step.mask == "" else self.step
        return replace(self, items=tuple(items)).with_step(step)

    def can_lose(self, number: int) -> bool:
        """Whether one can be switched off or removed."""
        return any(step.is_on for index, step in enumerate(self.items) if index != number)

    def _near(self, items: tuple[Step, ...], wanted: int) -> Line:
        """With other steps, working on the one that is nearest to where it was; itself if none is on."""
        on = [number for number, step in enumerate(items) if step.is_on]
        if not on:
            return self
        return replace(self, items=items, current=min(on, key=lambda number: (abs(number - wanted), number)))


@dataclass(frozen=True, slots=True)
class Stage:
    """What a step gave.

    Attributes:
        asked: the step.
        done: the same with the level that was estimated, if it was.
        image: the picture after it.
        model: the file of the network that ran; None for the shipped one.
    """

    asked: Step
    done: Step
    image: Image
    model: Path | None = None


@dataclass(eq=False, slots=True)
class Track:
    """All that is known of the steps of one opened picture.

    Attributes:
        line: the steps; None until the picture is shown for the first time.
        stages: what the first steps gave when they were last run.
        opened: the picture as it is in its file.
    """

    line: Line | None = None
    undone: list[Line] = field(default_factory=list)
    redone: list[Line] = field(default_factory=list)
    stages: tuple[Stage, ...] = ()
    opened: Source | None = None

    @property
    def images(self) -> tuple[Image, ...]:
        """What is kept in memory."""
        opened = () if self.opened is None else (self.opened.image,)
        return (*opened, *(stage.image for stage in self.stages))

    def stages_for(self, steps: tuple[Step, ...], model_file: Callable[[str], Path | None]) -> tuple[Stage, ...]:
        """What is known of these steps: of as many of the first ones as did not change, nor what serves their tasks."""
        known = 0
        for stage, step in zip(self.stages, steps, strict=False):
            if stage.asked != step or stage.model != model_file(step.task):
                break
            known += 1
        return self.stages[:known]

    def models_of(self, steps: tuple[Step, ...]) -> tuple[tuple[str, Path | None], ...]:
        """The tasks, and the files of their models, of what is known of so many steps."""
        return tuple((stage.asked.task, stage.model) for stage in self.stages[: len(steps)])


class StepList(QObject):
    """The steps of the picture that is shown.

    Signals:
        changed: anything.
        done: a new change was made, neither taken back nor made again.

    Attributes:
        track: what is known of them.
        copied: the steps that were copied, from whatever picture.
    """

    changed = Signal()
    done = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.track = Track(Line((Step(""),)))
        self.copied: tuple[Step, ...] = ()
        self._changed_s = 0.0
        self._key: tuple[Track, str] | None = None

    @property
    def line(self) -> Line:
        """The steps."""
        assert self.track.line is not None
        return self.track.line

    @property
    def can_undo(self) -> bool:
        """Whether a change can be taken back."""
        return bool(self.track.undone)

    @property
    def can_redo(self) -> bool:
        """Whether a change was taken back."""
        return bool(self.track.redone)

    @property
    def undo_s(self) -> float:
        """When the change was made that is taken back next; long ago without one."""
        return self.line.made_s if self.can_undo else -math.inf

    @property
    def redo_s(self) -> float:
        """When the change was made that comes again next; far in the future without one."""
        return self.track.redone[-1].made_s if self.can_redo else math.inf

    def do(self, line: Line, *, kind: str = "") -> None:
        """Make a change that can be undone; changes of one kind that follow one another at once are one."""
        if line == self.line:
            return
        now = time.perf_counter()
        key = (self.track, kind) if kind else None
        is_same = key is not None and key == self._key and now - self._changed_s < _SAME_CHANGE_S
        self._key, self._changed_s = key, now
        if not is_same:
            self.track.undone = [*self.track.undone, self.line][-_MAX_UNDO:]
        self.track.redone = []
        self.amend(replace(line, made_s=now))
        self.done.emit()

    def forget_undone(self) -> None:
        """What was taken back does not come again."""
        if self.track.redone:
            self.track.redone = []
            self.changed.emit()

    def amend(self, line: Line) -> None:
        """Note something that is no change of the user's."""
        self.track.line = line
        self.changed.emit()

    def undo(self) -> None:
        """Take back the last change."""
        if self.can_undo:
            self._swap(self.track.undone, self.track.redone)

    def redo(self) -> None:
        """Make the change again that was taken back last."""
        if self.can_redo:
            self._swap(self.track.redone, self.track.undone)

    def to_keep(self, painted: str) -> Mapping[str, object]:
        """What is to be kept on disk of several steps; nothing of a single one.

        Masks and paint are kept elsewhere by their `mask_file`.

        Args:
            painted: the name of the file of what is painted now, which is neither yet for the current step; empty if
                nobody can paint on that yet.
        """
        if len(self.line.items) < 2:
            return {}
        line = self.line
        if painted:
            line = line.with_step(replace(line.step, mask=None, paint=painted))
        items = tuple(replace(step, mask=mask_file(step.mask) or step.mask) for step in line.items)
        paint = [mask_file(step.paint) or step.paint or "" for step in line.items]
        return {KEY: json.loads(Steps(items, extra={_CURRENT: line.current, _PAINT: paint}).to_json())}

    def _swap(self, source: list[Line], target: list[Line]) -> None:
        target.append(self.line)
        self._key = None
        self.amend(source.pop())


def mask_file(mask: FrozenArray | str | None) -> str:
    """The name under which a painted mask is kept; empty for others."""
    return f"{mask.digest}.png" if isinstance(mask, FrozenArray) else ""


def _with_paint(items: tuple[Step, ...], names: object) -> tuple[Step, ...]:
    """Steps with what is painted on them, as `StepList.to_keep` names it; without, if it makes no sense."""
    if not isinstance(names, list) or len(names) != len(items):
        return items
    return tuple(replace(step, paint=name if _is_kept(name) else None) for step, name in zip(items, names, strict=True))


def _is_unread(step: Step) -> bool:
    """Whether its mask is to be read; files that the user has named only where they are needed."""
    return isinstance(step.mask, str) and step.mask != "" and (step.is_on or _is_kept(step.mask))


def _mask_in(path: Path, *, may_be_lost: bool) -> FrozenArray | None:
    try:
        return FrozenArray.of(read_mask(path))
    except ImageReadError:
        if may_be_lost:
            return None
        raise


def _is_kept(mask: object) -> bool:
    """Whether a mask is the name of a `mask_file`; one that the user has given has a folder too."""
    return isinstance(mask, str) and mask != "" and Path(mask).name == mask
