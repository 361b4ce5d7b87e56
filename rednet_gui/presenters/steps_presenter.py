"""Working on one step of a picture after another, and running those that come before it."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass, fields, replace

import torch
from PySide6.QtCore import QObject, Signal, SignalInstance, Slot

from engine.image_io import Image
from engine.restore_steps import run_step
from engine.run_context import Progress, RunContext
from engine.steps import Step
from engine.tasks import Level, Task, task_named
from rednet_gui.jobs import Runner
from rednet_gui.models.blur import KEY as BLUR
from rednet_gui.models.engine import Engine
from rednet_gui.models.limit import LimitMode
from rednet_gui.models.mask_store import MaskStore
from rednet_gui.models.picture_steps import chosen_step, painted, snapshot_at
from rednet_gui.models.picture_view import PictureView
from rednet_gui.models.session import Activity, RunProgress, Session, Source
from rednet_gui.models.step_list import Line, Stage, Track
from rednet_gui.presenters.work import Work

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class _Memento:
    """What to go back to if the steps before the current one cannot be run."""

    track: Track
    line: Line
    undone: tuple[Line, ...]
    redone: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class _Arrival:
    """The input of the current step.

    Attributes:
        line: the steps, with their masks.
        stages: what the steps before the current one gave.
    """

    line: Line
    source: Source
    stages: tuple[Stage, ...]


class StepsPresenter(QObject):
    """Changes the steps of the session's picture; the session works on the current one.

    Signals:
        started: another step is on its way; work on the old one is moot.
        begun: the current step is a new one, or has changed.
        arrived: the current step is one that was worked on before.
    """

    started = Signal()
    begun = Signal()
    arrived = Signal()

    def __init__(
        self, engine: Engine, runner: Runner, session: Session, masks: MaskStore, *, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._engine = engine
        self._masks = masks
        self._session = session
        self._steps = session.steps
        self._work = Work(runner, session, self)
        self._work.progressed.connect(self._on_progressed)
        self._work.succeeded.connect(self._on_succeeded)
        self._work.finished.connect(self._on_finished)
        self._memento: _Memento | None = None
        self._unfinished: Track | None = None
        self._outcome: SignalInstance | None = None
        self._is_taking = self._is_renewing = False
        self._renewed: Source | None = None
        session.source_changed.connect(self._on_source_changed)
        for signal in (session.task_changed, session.level_changed, session.kernel_changed, session.strength_changed):
            signal.connect(self._note)
        session.activity_changed.connect(self._on_activity_changed)

    @Slot(str)
    def add(self, task_name: str) -> None:
        """Go on with another task on what the current step gives."""
        task = task_named(task_name)
        if self._session.lacks:
            self._session.noticed.emit(self.tr("This step is not complete yet: paint what to fill, or give the blur."))
            return
        self._change(lambda line: line.added(Step(task_name, None if task.can_estimate else task.levels.default)))

    @Slot(int)
    def choose(self, number: int) -> None:
        """Work on another step."""
        self._change(lambda line: line.chosen(number))

    @Slot(int)
    def switch(self, number: int) -> None:
        """Switch a step off, or on again."""
        self._change(lambda line: line.switched(number))

    @Slot(int, int)
    def move(self, number: int, to: int) -> None:
        """Put a step into another place."""
        self._change(lambda line: line.moved(number, to))

    @Slot(int)
    def remove(self, number: int) -> None:
        """Give a step up."""
        self._change(lambda line: line.removed(number))

    @Slot()
    def undo(self) -> None:
        """Take back the last change of the steps."""
        if self._steps.can_undo:
            self._travel(self._steps.undo, is_back=True)

    @Slot()
    def redo(self) -> None:
        """Make the change again that was taken back last."""
        if self._steps.can_redo:
            self._travel(self._steps.redo, is_back=False)

    @Slot()
    def copy(self) -> None:
        """Keep the steps for other pictures, masks and all."""
        if self._session.source is not None:
            self._steps.copied = tuple(replace(step, paint=None) for step in self.line_to_keep().items)
            self._steps.changed.emit()
            self._session.noticed.emit(self.tr("%n step(s) copied.", "", len(self._steps.copied)))

    @Slot()
    def paste(self) -> None:
        """Put the copied steps in the place of this picture's."""
        if self._steps.copied:
            self.apply(self._steps.copied)

    def apply(self, items: Sequence[Step]) -> None:
        """Put other steps in the place of this picture's; those whose mask is not kept are off."""
        usable = [replace(step, is_on=step.is_on and step.mask != "") for step in items]
        on = [number for number, step in enumerate(usable) if step.is_on]
        lost = sum(step.is_on for step in items) - len(on)
        if not on:
            self._session.noticed.emit(self.tr("None of these steps can be used: their masks were painted."))
            return
        line = Line(tuple(usable), on[-1], brings_mask=True).with_paint(painted(self._session))
        self._change(lambda _: line)
        if lost:
            self._session.noticed.emit(self.tr("%n step(s) have lost their mask and stay off.", "", lost))

    def renew(self) -> Source | None:
        """The input of the current step as the models of now make it; None if they have to run first, then restore.

        The session gets another one with what is made of it, for the last run may come to no end.
        """
        known, before = self._known(self._steps.line), self._steps.line.before
        for source in (self._session.source, self._renewed):
            is_made = source is not None and (not known or source.image is known[-1].image)
            if is_made and len(known) == len(before):
                return source
        memento, line = self._note_all()
        self.started.emit()
        self._run(memento, line, is_renewing=True)
        return None

    @Slot()
    def cancel(self) -> None:
        """Stop; the steps are again as they were."""
        self._work.cancel()

    def line_to_keep(self) -> Line:
        """The steps with the current one as it is now."""
        line = self._steps.line
        return self._with_blur(line.with_step(replace(chosen_step(self._session), extra=line.step.extra)))

    def _change(self, change: Callable[[Line], Line]) -> None:
        if not self._is_free():
            return
        memento, before = self._note_all()
        line = change(replace(before, brings_mask=False))
        if line != before:
            self._steps.do(line)
            self._go(memento, before, takes_mask=line.brings_mask)

    def _travel(self, travel: Callable[[], None], *, is_back: bool) -> None:
        if self._is_free():
            memento, before = self._note_all()
            travel()
            self._go(memento, before, takes_mask=(before if is_back else self._steps.line).brings_mask)

    def _is_free(self) -> bool:
        return self._session.source is not None and self._session.activity in (Activity.IDLE, Activity.RESTORING)

    def _note_all(self) -> tuple[_Memento, Line]:
        """Take over the current step as it is now, with its mask."""
        self._steps.amend(self.line_to_keep())
        track = self._steps.track
        return _Memento(track, self._steps.line, tuple(track.undone), tuple(track.redone)), self._steps.line

    def _go(self, memento: _Memento, before: Line, *, takes_mask: bool) -> None:
        """Work on the current step; what is painted stays if only its settings are others, unless it `takes_mask`."""
        source, line = self._session.source, self._steps.line
        assert source is not None
        is_there = source.done == line.before
        if is_there and line.step == before.step and line.step.paint == before.step.paint:
            return
        is_same = line.current == before.current and line.with_step(before.step) == before
        self._outcome = self.begun if is_same or len(line.items) > len(before.items) else self.arrived
        self.started.emit()
        if is_there and is_same and not (takes_mask and _painting(line.step) != _painting(before.step)):
            self._take(line.step)
        elif is_there and not isinstance(line.step.mask, str):
            self._arrive(source)
        else:
            self._run(memento, line)

    def _known(self, line: Line) -> tuple[Stage, ...]:
        """What the steps before the current one gave, as far as they and their models are the same."""
        return self._steps.track.stages_for(line.before, self._engine.model_file)

    def _take(self, step: Step) -> None:
        """Choose for the current step what was chosen before."""
        session = self._session
        self._is_taking = True
        session.set_task(task_named(step.task))
        if session.task.can_estimate:
            session.set_auto(step.level is None)
        if step.level is not None:
            session.set_level(step.level)
        session.set_strength(step.strength.luma, step.strength.color, step.strength.texture)
        self._take_kernel(step)
        self._is_taking = False
        self._tell()

    def _take_kernel(self, step: Step) -> None:
        session = self._session
        if not session.task.needs_kernel or step.kernel == session.step.kernel:
            return
        if session.blur.recall(self._steps.line.blurs.get(step.kernel)):
            session.blur.changed.emit()
        elif step.kernel is not None:
            session.blur.take_file(step.kernel.to_array())
        kernel = session.blur.kernel
        session.set_kernel(None if kernel is None else torch.from_numpy(kernel))

    def _with_blur(self, line: Line) -> Line:
        """Note how the current step's kernel was come by, or that it is still to be, to go back to."""
        is_known = self._session.task.needs_kernel and line.step.kernel == self._session.step.kernel
        return line.with_blur(self._session.blur.to_keep()[BLUR]) if is_known else line

    def _run(self, memento: _Memento | None, line: Line, *, is_renewing: bool = False) -> None:
        """Make the input of the current step; without a memento it is that of a picture that was opened just now."""
        track = self._steps.track
        log.info("running %d steps", len(line.before))
        self._memento, self._unfinished = memento, track if memento is None else None
        self._is_renewing = is_renewing
        if not is_renewing:
            self._session.has_asked = memento is not None
        self._session.set_activity(Activity.STEPPING)
        self._work.start(lambda ctx: self._input(track, line, ctx, is_reopened=memento is None))

    def _input(self, track: Track, line: Line, ctx: RunContext, *, is_reopened: bool) -> _Arrival:
        """Runs on the worker thread."""
        opened, stages = track.opened, track.stages_for(line.before, self._engine.model_file)
        assert opened is not None
        line = line.with_masks(self._masks.read, is_reopened=is_reopened)
        image, rest = stages[-1].image if stages else opened.image, line.before[len(stages) :]
        for number, step in enumerate(rest):
            part = ctx.for_share(number / len(rest), (number + 1) / len(rest))
            model = self._engine.model_file(step.task)
            found = run_step(image, step, self._restored, part, estimate=self._engine.estimate)
            image = found.image
            stages = (*stages, Stage(step, found.step, image, model))
        if not stages:
            return _Arrival(line, opened, ())
        view = PictureView.of(image.pixels, alpha=image.alpha, icc=image.metadata.icc)
        done = tuple(stage.done for stage in stages)
        return _Arrival(line, replace(opened, image=image, view=view, done=done), stages)

    def _restored(self, image: Image, task: Task, level: Level, ctx: RunContext) -> Image:
        return self._engine.restore(image, task, level, ctx).image

    def _arrive(self, source: Source, limit: LimitMode = LimitMode.EVERYWHERE) -> None:
        step = self._steps.line.step
        self._is_taking = True
        self._session.recall(snapshot_at(source, step, wants_auto=self._session.wants_auto, limit=limit))
        self._take_kernel(step)
        self._is_taking = False
        self._tell()

    def _tell(self) -> None:
        # A level that cannot be estimated here has become a number.
        self._steps.amend(self._with_blur(self._steps.line.with_step(self._chosen())))
        if self._session.is_live and self._outcome is not None:
            self._outcome.emit()

    def _chosen(self) -> Step:
        """What is chosen for the current step, with the mask and the paint that it had."""
        step = self._steps.line.step
        return replace(self._session.step, mask=step.mask, paint=step.paint, extra=step.extra)

    def _tell_of_lost_masks(self, line: Line) -> None:
        if lost := sum(step.mask == "" for step in line.items):
            self._session.noticed.emit(self.tr("%n step(s) have lost their mask and stay off.", "", lost))

    @Slot()
    def _on_source_changed(self) -> None:
        """A picture that was opened just now may have steps that are kept."""
        self._renewed = None
        source, line = self._session.source, self._steps.line
        if source is None or self._is_taking:
            return
        self._unfinished = None
        if source.done != line.before or line.has_unread_masks:
            self._outcome = self.arrived
            self._run(None, line)
            self._tell_of_lost_masks(line)
        else:
            self._steps.track.line = self._with_blur(line)

    @Slot()
    def _note(self) -> None:
        """Take over what the user chose for the current step."""
        source, line = self._session.source, self._steps.line
        is_coming = self._is_taking or self._session.activity is Activity.STEPPING
        if is_coming or source is None or source.done != line.before:
            return
        step = self._chosen()
        changed = [name.name for name in fields(step) if getattr(step, name.name) != getattr(line.step, name.name)]
        line = replace(line.with_step(step), brings_mask=False)
        self._steps.do(self._with_blur(line), kind=",".join(changed))

    @Slot(object)
    def _on_progressed(self, progress: Progress) -> None:
        self._session.set_progress(RunProgress(progress.done / progress.total, None))

    @Slot(object)
    def _on_succeeded(self, arrival: _Arrival) -> None:
        # What is painted for the current step of a picture that was opened just now is still to be read.
        is_reopened = self._memento is None and self._outcome is not None
        limit = self._session.limit.mode if is_reopened else LimitMode.EVERYWHERE
        self._memento = self._unfinished = None
        self._session.end_activity(Activity.STEPPING)
        track = self._steps.track
        if arrival.line != track.line:
            self._tell_of_lost_masks(arrival.line)
        self._steps.amend(arrival.line)
        known = self._known(self._steps.line)
        if [*map(id, known)] != [*map(id, arrival.stages)]:  # else what is known of later steps stays
            track.stages = arrival.stages
        if self._is_renewing:
            self._renewed = arrival.source
            self.arrived.emit()
        else:
            self._arrive(arrival.source, limit)

    @Slot()
    def _on_finished(self) -> None:
        memento, self._memento = self._memento, None
        if memento is not None:
            track = memento.track
            track.line, track.undone, track.redone = memento.line, [*memento.undone], [*memento.redone]
            self._steps.changed.emit()
        self._session.end_activity(Activity.STEPPING)

    @Slot()
    def _on_activity_changed(self) -> None:
        """Work on the first step of a picture that was opened just now and whose steps were not run to their end."""
        source, line = self._session.source, self._steps.line
        is_shown = source is not None and source.track is self._unfinished
        if self._session.activity is Activity.IDLE and is_shown and line.before:
            self._outcome = None
            self._steps.amend(line.at_first)
            self._run(None, self._steps.line)


def _painting(step: Step) -> tuple[object, ...]:
    """What differs where another mask is seen, or the same one has another effect."""
    return task_named(step.task).needs_mask, step.mask, step.paint
