"""The state of the window's work: one picture, what to do with it, and what came of it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path

import torch
from PySide6.QtCore import QObject, Signal
from torch import Tensor

from engine.image_io import Sketch
from engine.masks import with_mask
from engine.steps import FrozenArray, Step
from engine.strength import Strength
from engine.tasks import TASKS, Level, Task, task_named
from rednet_gui.models.blur import KEY as BLUR
from rednet_gui.models.blur import Blur
from rednet_gui.models.growing_view import GrowingView
from rednet_gui.models.kept_strength import kept_strength, strength_to_keep
from rednet_gui.models.limit import Limit, LimitMode
from rednet_gui.models.limit import Plane as MaskPlane
from rednet_gui.models.mask import Mask
from rednet_gui.models.picture import Result as Result
from rednet_gui.models.picture import Snapshot as Snapshot
from rednet_gui.models.picture import Source as Source
from rednet_gui.models.picture_state import PictureState
from rednet_gui.models.reference import Reference
from rednet_gui.models.run_plan import RunPlan
from rednet_gui.models.step_list import KEY as STEPS
from rednet_gui.models.step_list import Line, StepList


class Activity(StrEnum):
    """What is being worked on."""

    IDLE = "idle"
    OPENING = "opening"
    STEPPING = "stepping"
    RESTORING = "restoring"
    SAVING = "saving"


@dataclass(frozen=True, slots=True)
class RunProgress:
    """How far the work is.

    Attributes:
        fraction: 0 to 1.
        remaining_s: an estimate; None while there is too little to tell from.
    """

    fraction: float
    remaining_s: float | None


class Session(QObject):
    """The one model that presenters change and views show.

    Signals:
        source_changed, result_changed, task_changed, activity_changed, progress_changed: read the attribute.
        saved_changed: the result is on disk now, other steps would be saved, or other models would make another one.
        level_changed: the level, the estimate, whether that is being made, or whether the level follows it.
        kernel_changed: the blur that deblurring undoes.
        strength_changed: how much of the restoration is used.
        preview_changed: the result in the making, or what is finished of it.
        sketch_changed: what is read so far of a picture that is being opened.
        failed: an `ErrorText` to show.
        noticed: one sentence to show.

    Attributes:
        blur: how the kernel was come by.
        mask: where inpainting fills, as large as the source.
        reference: what before and after are measured against.
        plan: what the restoration will take.
        limit: what the mask does to other restorations.
        steps: what is done to the picture in all; the task, the level and the rest are those of the current one.
        models: the files of the models, by the tasks that they serve; None, or nothing, for the shipped ones.
        has_asked: whether the user pressed a button for what is running; the rest begins by itself, and may end so.
    """

    source_changed = Signal()
    result_changed = Signal()
    saved_changed = Signal()
    task_changed = Signal()
    level_changed = Signal()
    kernel_changed = Signal()
    strength_changed = Signal()
    preview_changed = Signal()
    sketch_changed = Signal()
    activity_changed = Signal()
    progress_changed = Signal()
    failed = Signal(object)
    noticed = Signal(str)

    def __init__(self, task: Task, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.tasks = TASKS
        self.source: Source | None = None
        self.result: Result | None = None
        self.preview: GrowingView | None = None
        self.sketch: Sketch | None = None
        self.is_live = True
        self.is_result_saved = False
        self.models: dict[str, Path | None] = {}
        self.task = task
        self.level = task.levels.default
        self.blur = Blur(self)
        self.kernel: Tensor | None = None
        self.mask = Mask(self)
        self.limit = Limit(self.mask, self)
        self.limit.changed.connect(self._on_limit_changed)
        self.steps = StepList(self)
        self.steps.done.connect(self.mask.forget_undone)
        self.mask.done.connect(self.steps.forget_undone)
        self.steps.changed.connect(self.saved_changed)
        self.reference = Reference(self)
        self.plan = RunPlan(self)
        self.strength = Strength()
        self.wants_auto = True
        self.estimate: float | None = None
        self.is_estimating = False
        self.activity = Activity.IDLE
        self.progress: RunProgress | None = None
        self.has_asked = False

    @property
    def is_auto(self) -> bool:
        """Whether the level follows the estimate."""
        return self.wants_auto and self.task.can_estimate

    @property
    def is_running(self) -> bool:
        """Whether nets run on the picture: its current step, or those before it, which take as long."""
        return self.activity in (Activity.RESTORING, Activity.STEPPING)

    @property
    def is_asked_run(self) -> bool:
        """Whether what is running would be missed: the user pressed a button for it."""
        return self.is_running and self.has_asked

    @property
    def can_restore(self) -> bool:
        """Whether Restore would do something now."""
        is_free = self.activity is Activity.IDLE
        return self.source is not None and not self.lacks and is_free

    @property
    def can_follow(self) -> bool:
        """Whether a change of the task or its level restores at once, instead of what is being restored now."""
        is_free = self.activity in (Activity.IDLE, Activity.RESTORING)
        # Deblurring starts with the whole picture, and a mask is not finished with its first stroke.
        is_quick = not (self.task.needs_whole_picture or self.task.needs_mask)
        return self.is_live and is_free and is_quick and self.source is not None

    @property
    def can_choose(self) -> bool:
        """Whether the task and the level may be changed now."""
        is_bound = self.is_running or self.activity is Activity.SAVING
        return not is_bound or self.can_follow

    @property
    def can_touch_up(self) -> bool:
        """Whether the mask and the strength may be changed: they are not being saved, and no other step is coming."""
        return self.source is not None and self.activity not in (Activity.STEPPING, Activity.SAVING)

    @property
    def lacks(self) -> str:
        """What the task needs and nobody has given yet: "kernel", "mask" or nothing."""
        if self.task.needs_kernel and self.kernel is None:
            return "kernel"
        return "mask" if self.task.needs_mask and self.mask.is_empty else ""

    def level_at(self, value: float) -> Level:
        """The number with the kernel and the mask that the task needs."""
        level = Level(value, self.kernel if self.task.needs_kernel else None)
        return with_mask(level, self.mask.pixels.copy()) if self.task.needs_mask else level

    def limit_of(self, task_name: str) -> MaskPlane | None:
        """Where a restoration of that task counts, as large as the source; None for everywhere."""
        return None if task_named(task_name).needs_mask else self.limit.plane

    @property
    def can_save(self) -> bool:
        """Whether there is something to save now, and it is what is shown."""
        is_shown = self.preview is None and self.steps.line.is_last
        return self.result is not None and self.activity is Activity.IDLE and is_shown

    @property
    def is_result_current(self) -> bool:
        """Whether the result is what Restore would make of what is chosen now."""
        result, step = self.result, self.step
        if result is None or (result.task, result.level) != (step.task, self.level):
            return False
        ran = [(result.task, result.model), *self.steps.track.models_of(self.steps.line.before)]
        if any(self.models.get(task) != model for task, model in ran):
            return False
        is_same_mask = not self.task.needs_mask or self.mask.painting.is_held_by(result.step.mask)
        return result.step.kernel == step.kernel and is_same_mask

    @property
    def has_unsaved_result(self) -> bool:
        """Whether the result is nowhere on disk."""
        return self.result is not None and not self.is_result_saved

    @property
    def has_unsaved_work(self) -> bool:
        """Whether a result is nowhere on disk, or masks and steps; these are kept of photos that have a file."""
        snapshot = self.snapshot()
        is_pasted = snapshot is not None and snapshot.source.path is None and snapshot.has_own_work
        return self.has_unsaved_result or (is_pasted and not self.is_result_saved)

    @property
    def state(self) -> PictureState:
        """How the picture is restored, without what follows from the estimate."""
        level = self.task.levels.default if self.is_auto else self.level
        painted = "" if self.source is None else self.source.mask_name
        extra = {**self.steps.to_keep(painted), **self.blur.to_keep(), **strength_to_keep(self.strength)}
        return PictureState(self.task.name, level, self.wants_auto, limit=self.limit.mode, extra=extra)

    def snapshot(self) -> Snapshot | None:
        """The picture as it is worked on; None if there is none."""
        if self.source is None:
            return None
        outcome = (self.result, self.is_result_saved, self.estimate, self.strength)
        return Snapshot(self.source, self.state, *outcome, self.mask.painting)

    @property
    def step(self) -> Step:
        """What is chosen, as a step; without the mask."""
        kernel = FrozenArray.of(self.kernel.numpy()) if self.task.needs_kernel and self.kernel is not None else None
        return Step(self.task.name, None if self.is_auto else self.level, self.strength, kernel=kernel)

    def set_source(self, source: Source, state: PictureState | None = None) -> None:
        """Show another picture, to be restored in its own way or as the last one; what came of that one goes."""
        state = state or replace(self.state, limit=LimitMode.EVERYWHERE, extra={})
        self.recall(Snapshot(source, state, None, False, None, kept_strength(state.extra)))

    def recall(self, snapshot: Snapshot) -> None:
        """Show a picture as it was left. All is changed before the first signal."""
        had_task, had_kernel = self.task, self.kernel
        self.source = snapshot.source
        self._recall_state(snapshot.state)
        self._recall_blur(snapshot.state)
        self.estimate = snapshot.estimate
        self.result, self.preview = snapshot.result, None
        self.strength = snapshot.strength
        if self.is_auto and self.estimate is not None:
            self.level = self.estimate
        self.is_result_saved = False
        self._recall_steps(snapshot)
        self._recall_mask(snapshot)
        self.is_result_saved = snapshot.is_result_saved
        if self.task is not had_task:
            self.task_changed.emit()
        self.source_changed.emit()
        self.steps.changed.emit()
        self.result_changed.emit()
        self.level_changed.emit()
        self.strength_changed.emit()
        if self.kernel is not had_kernel:
            self.blur.changed.emit()
            self.kernel_changed.emit()

    def set_result(self, result: Result | None) -> None:
        """Show a restored picture beside the source, or none."""
        self.result = result
        self.is_result_saved = False
        self.result_changed.emit()

    def use_model(self, task_name: str, path: Path | None) -> None:
        """Note which file serves a task from now on; None for the shipped network."""
        self.models[task_name] = path
        self.saved_changed.emit()

    def set_preview(self, preview: GrowingView | None) -> None:
        """Show a result in the making over what was there before, or no longer."""
        if preview is not None or self.preview is not None:
            self.preview = preview
            self.preview_changed.emit()

    def set_sketch(self, sketch: Sketch | None) -> None:
        """Show what is read so far of a picture that is being opened, or no longer."""
        if sketch is not self.sketch:
            self.sketch = sketch
            self.sketch_changed.emit()

    def mark_saved(self) -> None:
        """Note that the result is on disk."""
        self.is_result_saved = True
        self.saved_changed.emit()

    def set_task(self, task: Task) -> None:
        """Choose a task; its level starts automatic, or at its default."""
        if task is self.task:
            return
        self.task = task
        self.level, self.wants_auto = task.levels.default, True
        self.estimate = None
        self.task_changed.emit()
        self.level_changed.emit()

    def set_level(self, level: float) -> None:
        """Choose a level, in the task's unit."""
        self.level = level
        self.level_changed.emit()

    def set_kernel(self, kernel: Tensor | None) -> None:
        """Choose the blur to undo: (h, w) float32, odd sides, sum 1."""
        if kernel is not None and self.kernel is not None and torch.equal(kernel, self.kernel):
            return
        self.kernel = kernel
        self.kernel_changed.emit()

    def set_strength(self, luma: float, color: float, texture: float) -> None:
        """Choose how much of the restoration is used, each from 0 to 1; what is saved is another picture now."""
        strength = Strength(luma, color, texture)
        if strength != self.strength:
            self.strength = strength
            self.is_result_saved = False
            self.strength_changed.emit()

    def set_auto(self, wants_auto: bool) -> None:
        """Let the level follow the estimate, or not."""
        self.wants_auto = wants_auto
        self._follow_estimate()

    def set_estimate(self, estimate: float) -> None:
        """Note what the level seems to be."""
        self.estimate = estimate
        self._follow_estimate()

    def set_estimating(self, is_estimating: bool) -> None:
        """Note whether an estimate is under way."""
        self.is_estimating = is_estimating
        self.level_changed.emit()

    def set_activity(self, activity: Activity) -> None:
        """Note what is being worked on."""
        self.activity = activity
        if activity is Activity.IDLE:
            self.has_asked = False
        self.set_sketch(None)
        self.set_progress(None)
        self.activity_changed.emit()

    def end_activity(self, activity: Activity) -> None:
        """Note that `activity` is over; does nothing if another one has taken its place."""
        if self.activity is activity:
            self.set_activity(Activity.IDLE)

    def set_progress(self, progress: RunProgress | None) -> None:
        """Note how far it is."""
        self.progress = progress
        self.progress_changed.emit()

    def _recall_mask(self, snapshot: Snapshot) -> None:
        is_known = snapshot.state.limit in list(LimitMode)
        self.limit.mode = LimitMode(snapshot.state.limit) if is_known else LimitMode.EVERYWHERE
        if snapshot.painting is not None:
            self.mask.recall(snapshot.painting)
        else:
            view = snapshot.source.view
            self.mask.reset(view.width, view.height, self.steps.line.step.paint)
        self.limit.mode_changed.emit()

    def _recall_blur(self, state: PictureState) -> None:
        """A picture that has no blur of its own starts with the one that was chosen last."""
        if self.blur.recall(state.extra.get(BLUR)):
            kernel = self.blur.kernel
            self.kernel = None if kernel is None else torch.from_numpy(kernel)

    def _recall_steps(self, snapshot: Snapshot) -> None:
        """A picture that was opened just now goes through the steps that are kept of it."""
        track = snapshot.source.track
        if track.line is None:
            track.opened = snapshot.source
            step = replace(self.step, paint=snapshot.source.mask_name or None)
            track.line = Line.kept(snapshot.state.extra.get(STEPS)) or Line((step,))
        self.steps.track = track

    def _on_limit_changed(self) -> None:
        if self.is_result_saved and self.result is not None and not task_named(self.result.task).needs_mask:
            self.is_result_saved = False
            self.saved_changed.emit()

    def _recall_state(self, state: PictureState) -> None:
        self.wants_auto = state.wants_auto
        for task in TASKS:
            if task.name == state.task:
                is_possible = task.levels.reason_against(state.level) is None
                self.task, self.level = task, state.level if is_possible else task.levels.default

    def _follow_estimate(self) -> None:
        if self.is_auto and self.estimate is not None:
            self.level = self.estimate
        self.level_changed.emit()
