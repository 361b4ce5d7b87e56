"""Showing what a restoration would look like where the user looks, while its blur is being shaped."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QObject, QRect, QTimer, Slot

from engine.image_io import Image
from engine.run_context import RunContext
from engine.tasks import Level
from rednet_gui.jobs import Runner
from rednet_gui.models.engine import Engine
from rednet_gui.models.growing_view import GrowingView
from rednet_gui.models.session import Activity, Result, Session, Source
from rednet_gui.presenters.work import Work

QUICK_PX = 120_000
LARGEST_PX = 1_100_000
_SETTLED_MS = 200
_RIM_PX = 4

Pixels = np.ndarray[tuple[int, ...], np.dtype[np.generic]]


@dataclass(frozen=True, slots=True)
class _Choice:
    """What a preview is made with."""

    source: Source
    level: Level


class LivePresenter(QObject):
    """Previews tasks that start with the whole picture, which makes restoring all of it too slow to follow a drag.

    A change shows the middle of what is in sight first, then all of it. Only the part is restored, from its
    surroundings: Restore makes the picture that is saved.
    """

    def __init__(self, engine: Engine, runner: Runner, session: Session, *, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._engine = engine
        self._session = session
        self._work = Work(runner, session, self)
        self._work.succeeded.connect(self._on_succeeded)
        self._work.finished.connect(self._on_finished)
        self._sight = QRect()
        self._asked: tuple[_Choice, QRect] | None = None
        self._shown: tuple[_Choice, GrowingView, Pixels] | None = None
        self._finished: tuple[Result, _Choice] | None = None
        self._is_stale = False
        self._settling = QTimer(self, singleShot=True, interval=_SETTLED_MS)
        self._settling.timeout.connect(self._look_closer)
        session.kernel_changed.connect(self.follow)
        session.level_changed.connect(self._on_level_changed)
        session.task_changed.connect(self._stop)
        session.source_changed.connect(self._stop)
        session.activity_changed.connect(self._on_activity_changed)
        session.result_changed.connect(self._on_result_changed)

    @Slot(QRect)
    def look_at(self, sight: QRect) -> None:
        """Note which part of the opened picture is in sight."""
        self._sight = sight
        if self._shown is not None:
            self._settling.start()

    @Slot()
    def follow(self) -> None:
        """Preview what the user chose just now."""
        choice = self._choice()
        if choice is None or self._is_finished(choice):
            self._stop()
        elif self._asked is not None and _pixels(self._asked[1]) <= QUICK_PX:
            self._is_stale = True  # one that is nearly there is better than many that are not
        else:
            self._start(choice, QUICK_PX)

    def _choice(self) -> _Choice | None:
        session = self._session
        source, is_free = session.source, session.activity is Activity.IDLE
        if source is None or not (session.is_live and session.task.needs_whole_picture and is_free):
            return None
        return None if session.lacks or not session.can_restore else _Choice(source, session.level_at(session.level))

    def _is_finished(self, choice: _Choice) -> bool:
        """Whether the result is what would be previewed."""
        return self._finished is not None and _is_same(self._finished[1], choice)

    def _start(self, choice: _Choice, largest_px: int) -> None:
        picture = QRect(0, 0, choice.source.view.width, choice.source.view.height)
        part = _middle(self._sight & picture if not self._sight.isEmpty() else picture, largest_px)
        if part.isEmpty():
            return
        self._asked, self._is_stale = (choice, part), False
        self._work.start(self._restoring(choice, part))

    def _restoring(self, choice: _Choice, part: QRect) -> Callable[[RunContext], Image]:
        task = self._session.task
        slices = _slices(part)

        def run(ctx: RunContext) -> Image:
            return self._engine.restore_part(choice.source.image, task, choice.level, slices, ctx).image

        return run

    @Slot()
    def _look_closer(self) -> None:
        """Preview all that is in sight, unless that is there or under way."""
        choice = self._choice()
        if choice is not None and self._asked is None and not self._is_finished(choice):
            self._start(choice, LARGEST_PX)

    @Slot(object)
    def _on_succeeded(self, restored: Image) -> None:
        if self._asked is None:
            return
        choice, part = self._asked
        rows, columns = _slices(part)
        if self._shown is None or not _is_same(self._shown[0], choice) or self._shown[1] is not self._session.preview:
            pixels = np.zeros(choice.source.image.pixels.shape, choice.source.image.pixels.dtype)  # takes no time yet
            self._shown = choice, GrowingView(choice.source.view, pixels), pixels
        _, view, pixels = self._shown
        _surround(pixels, choice.source.image.pixels, part)
        pixels[rows, columns] = restored.pixels
        view.add(rows, columns)
        self._session.set_preview(view)

    @Slot()
    def _on_finished(self) -> None:
        asked, self._asked = self._asked, None
        if self._is_stale:
            self.follow()
        elif asked is not None and self._shown is not None and _pixels(asked[1]) <= QUICK_PX:
            self._settling.start()

    @Slot()
    def _on_level_changed(self) -> None:
        choice = self._choice()
        if self._shown is not None and choice is not None and not _is_same(self._shown[0], choice):
            self.follow()

    @Slot()
    def _on_activity_changed(self) -> None:
        if self._session.activity is Activity.RESTORING:
            self._shown = None  # it stays in sight until the run shows its own tiles
        if self._session.activity is not Activity.IDLE:
            self._stop()

    @Slot()
    def _on_result_changed(self) -> None:
        source, result = self._session.source, self._session.result
        is_whole = source is not None and result is not None and result.task == self._session.task.name
        self._finished = None
        if source is not None and result is not None and is_whole and self._session.task.needs_whole_picture:
            self._finished = result, _Choice(source, result.step.level_at(result.level))

    @Slot()
    def _stop(self) -> None:
        self._work.cancel()
        self._settling.stop()
        self._is_stale = False
        shown, self._shown = self._shown, None
        if shown is not None and self._session.preview is shown[1]:
            self._session.set_preview(None)


def _is_same(one: _Choice, other: _Choice) -> bool:
    kernels = one.level.kernel, other.level.kernel
    is_same_kernel = kernels[0] is not None and kernels[1] is not None and kernels[0].equal(kernels[1])
    return one.source is other.source and one.level.value == other.level.value and is_same_kernel


def _middle(rect: QRect, largest_px: int) -> QRect:
    """The middle of a rectangle, of the same shape, with at most so many pixels."""
    share = min(1.0, math.sqrt(largest_px / max(1, _pixels(rect))))
    size = max(1, int(rect.width() * share)), max(1, int(rect.height() * share))
    if rect.isEmpty():
        return rect
    return QRect(rect.left() + (rect.width() - size[0]) // 2, rect.top() + (rect.height() - size[1]) // 2, *size)


def _surround(pixels: Pixels, source: Pixels, part: QRect) -> None:
    """Continue a part with the source where nothing is yet: zoomed, its edge would be mixed with black."""
    picture = QRect(0, 0, source.shape[1], source.shape[0])
    around = _slices(part.adjusted(-_RIM_PX, -_RIM_PX, _RIM_PX, _RIM_PX) & picture)
    target = pixels[around]
    is_empty = ~target.any(2)
    target[is_empty] = source[around][is_empty]


def _pixels(rect: QRect) -> int:
    return rect.width() * rect.height()


def _slices(rect: QRect) -> tuple[slice, slice]:
    return slice(rect.top(), rect.top() + rect.height()), slice(rect.left(), rect.left() + rect.width())
