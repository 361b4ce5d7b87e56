"""What is painted over the picture: where to fill, or where a restoration counts."""

from __future__ import annotations

from dataclasses import dataclass, field

import cv2
import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject, QRect, Signal

from engine.masks import resampled
from engine.steps import FrozenArray
from rednet_gui.models.mask_history import MaskHistory, Step, rect_of, step_between

Plane = NDArray[np.uint8]


@dataclass(eq=False, slots=True)
class Painting:
    """A mask with the steps that led to it.

    Attributes:
        pixels: (H, W) uint8, 0 where nothing is painted, 255 where all is.
        painted: how many pixels are not 0.
        revision: counts up with every change.
        unread: the name of the file with what was painted earlier, as long as that is still to be laid under.
        values: what `value` gave last, by what it was asked for.
    """

    pixels: Plane
    history: MaskHistory = field(default_factory=MaskHistory)
    painted: int = 0
    revision: int = 0
    unread: str = ""
    values: dict[tuple[int, bool], FrozenArray] = field(default_factory=dict, repr=False)

    @classmethod
    def of(cls, held: FrozenArray | str | None, width: int, height: int) -> Painting:
        """What a step holds, as large as its picture; the name of a file is noted only."""
        if not isinstance(held, FrozenArray):
            return cls(np.zeros((height, width), np.uint8), unread=held or "")
        pixels = resampled(held.to_array(), width, height)
        values = {(0, False): held} if held.shape == pixels.shape else {}
        return cls(pixels, painted=_count(pixels), values=values)

    def value(self, *, is_inverted: bool = False) -> FrozenArray:
        """The mask, or its opposite, as steps hold it; one object for all of them until the mask changes."""
        key = self.revision, is_inverted
        if key not in self.values:
            self.values = {key: FrozenArray.of(~self.pixels if is_inverted else self.pixels)}
        return self.values[key]

    def is_held_by(self, held: FrozenArray | str | None) -> bool:
        """Whether that is the mask as it is now. No copy stays, as one of `value` would at every stroke."""
        if not isinstance(held, FrozenArray) or held.shape != self.pixels.shape:
            return False
        is_last = held is self.values.get((self.revision, False))
        return is_last or np.array_equal(np.frombuffer(held.data, np.uint8).reshape(held.shape), self.pixels)

    def lay_under(self, pixels: Plane) -> None:
        """Add what was painted on the picture before all this; undoing ends there. For the one in sight, see `Mask`."""
        np.maximum(self.pixels, pixels, out=self.pixels)
        self.history = MaskHistory()
        self.painted = _count(self.pixels)
        self.revision += 1


@dataclass(frozen=True, slots=True)
class Change:
    """One step to another mask, which may have taken long to find.

    Attributes:
        pixels: the other mask.
        step: as the history keeps it.
        painted: how many of its pixels are not 0.
    """

    pixels: Plane
    step: Step
    painted: int

    @classmethod
    def between(cls, before: Plane, after: Plane) -> Change:
        """The step from one mask to another of the same size; runs on any thread."""
        return cls(after, step_between(before, after), _count(after))


class Mask(QObject):
    """A plane as large as the picture; soft edges allowed. Changes are steps that can be undone.

    Signals:
        changed: the rectangle that looks different now, in picture pixels.
        is_empty_changed: the first paint came, or the last went.
        steps_changed: a step was made, undone or made again, or all were forgotten.
        done: a new step was made.

    Attributes:
        painting: what is painted; to be given to `recall` later.
    """

    changed = Signal(QRect)
    is_empty_changed = Signal()
    steps_changed = Signal()
    done = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.painting = Painting(np.zeros((0, 0), np.uint8))

    @property
    def pixels(self) -> Plane:
        """(H, W) uint8, 0 where nothing is painted, 255 where all is. The array stays the same until `recall`."""
        return self.painting.pixels

    @property
    def is_empty(self) -> bool:
        """Whether nothing is painted."""
        return not self.painting.painted

    @property
    def is_changing(self) -> bool:
        """Whether a step is begun and not ended."""
        return self.painting.history.is_open

    @property
    def can_undo(self) -> bool:
        """Whether there is a step to take back."""
        return self.painting.history.can_undo and not self.is_changing

    @property
    def can_redo(self) -> bool:
        """Whether a step was taken back."""
        return self.painting.history.can_redo and not self.is_changing

    @property
    def undo_s(self) -> float:
        """See `MaskHistory`."""
        return self.painting.history.undo_s

    @property
    def redo_s(self) -> float:
        """See `MaskHistory`."""
        return self.painting.history.redo_s

    @property
    def bounds(self) -> QRect:
        """All of the picture."""
        return QRect(0, 0, self.pixels.shape[1], self.pixels.shape[0])

    def reset(self, width: int, height: int, held: FrozenArray | str | None = None) -> None:
        """Start on a picture of that size, with what its step holds."""
        self.recall(Painting.of(held, width, height))

    def recall(self, painting: Painting) -> None:
        """Go on with what was painted on another picture, or on this one earlier; a step that is begun goes."""
        was_empty, left = self.is_empty, self.painting
        if left.history.is_open:
            left.history.cancel(left.pixels)
            left.painted = _count(left.pixels)
            left.revision += 1
        self.painting = painting
        self._tell(self.bounds, was_empty=was_empty)  # in sight; it is the mask that it was
        self.steps_changed.emit()

    def blend(self, left: int, top: int, coverage: Plane, *, erases: bool = False) -> None:
        """Paint, or erase, a part; begins a step unless one is begun.

        Args:
            left, top: where `coverage` lies, maybe partly outside.
            coverage: (h, w), 255 where it works fully. Painting twice is the same as once.
        """
        rect = QRect(left, top, coverage.shape[1], coverage.shape[0]) & self.bounds
        if rect.isEmpty():
            return
        self.painting.history.keep(self.pixels, rect)
        part = coverage[rect.top() - top :, rect.left() - left :][: rect.height(), : rect.width()]
        target = self._part(rect)
        was_empty, before = self.is_empty, _count(target)
        if erases:
            np.minimum(target, ~part, out=target)
        else:
            np.maximum(target, part, out=target)
        self.painting.painted += _count(target) - before
        self._note(rect, was_empty=was_empty)

    def apply(self, change: Change) -> None:
        """Take another mask, as one step. What it was made from must not have changed since."""
        if not change.step:
            return
        self.end_step()
        rect = rect_of(change.step, self.pixels)
        was_empty = self.is_empty
        self._part(rect)[:] = change.pixels[rect.top() :, rect.left() :][: rect.height(), : rect.width()]
        self.painting.painted = change.painted
        self.painting.history.add(change.step)
        self._note(rect, was_empty=was_empty)
        self.steps_changed.emit()
        self.done.emit()

    def replace(self, pixels: Plane) -> None:
        """Take another mask of the same size, as one step."""
        self.apply(Change.between(self.pixels, pixels))

    def end_step(self) -> None:
        """What was painted since the last step can be undone as one."""
        if self.is_changing:
            self.painting.history.end(self.pixels)
            self.steps_changed.emit()
            self.done.emit()

    def cancel_step(self) -> None:
        """Take back what was painted since the last step."""
        if self.is_changing:
            self._tell_put_back(self.painting.history.cancel(self.pixels))

    def forget_undone(self) -> None:
        """What was taken back does not come again."""
        if self.can_redo:
            self.painting.history.forget_undone()
            self.steps_changed.emit()

    def lay_under(self, pixels: Plane) -> None:
        """Add what was painted on the picture before all this; it is no new step, and undoing ends there."""
        was_empty = self.is_empty
        self.painting.lay_under(pixels)
        self._tell(self.bounds, was_empty=was_empty)
        self.steps_changed.emit()

    def undo(self) -> None:
        """Take back a step, if there is one."""
        if self.can_undo:
            self._tell_put_back(self.painting.history.undo(self.pixels))

    def redo(self) -> None:
        """Make a step again, if one was taken back."""
        if self.can_redo:
            self._tell_put_back(self.painting.history.redo(self.pixels))

    def _part(self, rect: QRect) -> Plane:
        return self.pixels[rect.top() : rect.top() + rect.height(), rect.left() : rect.left() + rect.width()]

    def _tell_put_back(self, rect: QRect) -> None:
        was_empty, self.painting.painted = self.is_empty, _count(self.pixels)
        self._note(rect, was_empty=was_empty)
        self.steps_changed.emit()

    def _note(self, rect: QRect, *, was_empty: bool) -> None:
        self.painting.revision += 1
        self._tell(rect, was_empty=was_empty)

    def _tell(self, rect: QRect, *, was_empty: bool) -> None:
        self.changed.emit(rect)
        if self.is_empty is not was_empty:
            self.is_empty_changed.emit()


def _count(pixels: Plane) -> int:
    return cv2.countNonZero(pixels) if pixels.size else 0
