"""Making the versions of a contact sheet, and taking the one that is chosen."""

from __future__ import annotations

import logging
import math
from collections.abc import Callable, Iterator
from dataclasses import asdict, replace

import torch
from PySide6.QtCore import QObject, QRect, QTimer, Signal, Slot

from engine.classical import filter_part
from engine.image_io import Image
from engine.parts import cut
from engine.run_context import RunContext
from engine.strength import apply_strength
from engine.tasks import Level
from engine.tiling import Part
from engine.transparency import part_with_visible_colors
from rednet_gui.jobs import Runner
from rednet_gui.models.blur import SizedBlur
from rednet_gui.models.contact_sheet import ContactSheet, Sample, can_open
from rednet_gui.models.engine import Engine
from rednet_gui.models.picture_view import PictureView
from rednet_gui.models.session import Activity, Session
from rednet_gui.models.variants import Origin, Variant
from rednet_gui.presenters.work import Work

log = logging.getLogger(__name__)

_SETTLED_MS = 60


class ContactSheetPresenter(QObject):
    """Restores what is in sight of a contact sheet, one version after another.

    Signals:
        started: what is being restored has to wait.
        level_chosen: the level of the chosen version, if it is another one.
        resumed: what waited, or what was chosen, may be restored now.
    """

    started = Signal()
    level_chosen = Signal(float)
    resumed = Signal()
    # Emitted on the worker thread, received on the window's; the number says which run it is.
    _made = Signal(int, object, object)

    def __init__(
        self, engine: Engine, runner: Runner, session: Session, sheet: ContactSheet, *, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._engine = engine
        self._session = session
        self._sheet = sheet
        self._work = Work(runner, session, self)
        self._work.failed.connect(self._on_failed)
        self._work.finished.connect(self._on_finished)
        self._settling = QTimer(self, singleShot=True, interval=_SETTLED_MS)
        self._settling.timeout.connect(self._restore)
        self._made.connect(self._on_made)
        sheet.sight_changed.connect(self._on_sight_changed)
        self._middle = (0.5, 0.5)
        self._was_restoring = self._was_asked = False
        self._run = 0
        self._part = QRect()  # what is being restored

    @Slot(float, float)
    def look_at(self, x: float, y: float) -> None:
        """Note what the user looks at: 0 is the picture's left or top, 1 its right or bottom."""
        self._middle = (x, y)

    @Slot()
    def open(self) -> None:
        """Show versions of what the user looks at."""
        if can_open(self._session):
            self._was_restoring = self._session.activity is Activity.RESTORING
            self._was_asked = self._session.is_asked_run
            self.started.emit()
            self._sheet.open(self._session, self._middle)
            self._settling.start()

    @Slot()
    def close(self) -> None:
        """Go back without choosing."""
        was_open = self._sheet.source is not None
        self._end()
        if was_open and self._was_restoring:
            self._session.has_asked = self._was_asked
            self.resumed.emit()

    @Slot(object)
    def choose(self, variant: Variant) -> None:
        """Restore the picture as this version is."""
        if not variant.can_be_chosen:
            return
        self._end()
        session, strength = self._session, variant.strength
        log.info("chose level %.2f, strength %s", variant.value, strength)
        session.set_strength(strength.luma, strength.color, strength.texture)
        is_made = self._is_made(variant)
        if variant.blur is not None and variant.blur.numbers != session.blur.numbers:
            session.blur.set_numbers(**asdict(variant.blur.numbers))
        if variant.value != session.level:
            self.level_chosen.emit(variant.value)
        elif self._was_restoring or not is_made:
            self.resumed.emit()

    def _is_made(self, variant: Variant) -> bool:
        """Whether the result is what this version is, but for the strength."""
        session, result = self._session, self._session.result
        is_same_blur = variant.blur is None or variant.blur.numbers == session.blur.numbers
        made = None if result is None else (result.task, result.level)
        return is_same_blur and made == (session.task.name, variant.value)

    def _end(self) -> None:
        self._settling.stop()
        self._work.cancel()
        self._run += 1  # what is on its way comes too late
        self._part = QRect()
        self._sheet.close()

    @Slot()
    def _on_sight_changed(self) -> None:
        if self._sheet.source is not None:
            self._settling.start()

    @Slot()
    def _restore(self) -> None:
        """Make what lacks, unless that is under way."""
        sheet = self._sheet
        if self._part.contains(sheet.sight):
            return
        lacking = [variant for variant in sheet.variants if not sheet.is_ready(variant)]
        if lacking and not sheet.part.isEmpty():
            self._run += 1
            self._part = sheet.part
            self._work.start(self._making(_in_order(lacking, sheet.start), self._part, self._run))

    def _making(self, variants: list[Variant], rect: QRect, run_number: int) -> Callable[[RunContext], None]:
        session, source = self._session, self._sheet.source
        assert source is not None
        image, task = source.image, session.task
        part = (slice(rect.top(), rect.top() + rect.height()), slice(rect.left(), rect.left() + rect.width()))
        told = session.level_at(session.level)
        limit = session.limit_of(task.name)
        mask = None if limit is None else limit[part].copy()
        is_enlarged = any(task.scale(Level(variant.value)) > 1 for variant in variants)
        engine, original = self._engine, part_with_visible_colors(image, part) if is_enlarged else cut(image, part)

        def restore(level: Level, ctx: RunContext) -> Image:
            return engine.restore_part(image, task, level, part, ctx).image

        def run(ctx: RunContext) -> None:
            for variant, made in _versions(variants, told, restore, image, part, ctx):
                if variant.origin is Origin.NET:
                    made = apply_strength(original, made, variant.strength, mask=mask)
                view = PictureView.of(made.pixels, alpha=made.alpha, icc=made.metadata.icc)
                ctx.check_canceled()
                self._made.emit(run_number, variant, Sample(view, rect))

        return run

    @Slot(int, object, object)
    def _on_made(self, run_number: int, variant: Variant, sample: Sample) -> None:
        if run_number == self._run:
            self._sheet.add(variant, sample)

    @Slot()
    def _on_failed(self) -> None:
        self._end()  # the message is in the window

    @Slot()
    def _on_finished(self) -> None:
        self._part = QRect()
        if self._sheet.source is not None:
            self._restore()


def _in_order(variants: list[Variant], start: Variant | None) -> list[Variant]:
    """The level that is chosen now first, then the filters, then what is near; those of one level together."""
    start = start or variants[0]

    def rank(variant: Variant) -> tuple[float, float]:
        away = abs(variant.value - start.value)
        if variant.blur is not None:
            away = math.dist(variant.place, start.place)
        return (away or -1.0 if variant.origin is Origin.NET else 0.0, variant.value)

    return sorted(variants, key=rank)


def _versions(
    variants: list[Variant],
    told: Level,
    restore: Callable[[Level, RunContext], Image],
    image: Image,
    part: Part,
    ctx: RunContext,
) -> Iterator[tuple[Variant, Image]]:
    """Each version at full strength; the net runs once for each level and blur."""
    made: tuple[tuple[float, SizedBlur | None], Image] | None = None
    for variant in variants:
        ctx.check_canceled()
        level = replace(told, value=variant.value)
        if variant.blur is not None:
            level = replace(level, kernel=torch.from_numpy(variant.blur.kernel))
        if variant.filter is not None:
            yield variant, filter_part(variant.filter, image, level, part)
            continue
        what = (variant.value, variant.blur)
        if made is None or made[0] != what:
            made = what, restore(level, ctx)
        yield variant, made[1]
