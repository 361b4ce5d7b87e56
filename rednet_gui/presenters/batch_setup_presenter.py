"""What a batch is asked to do."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QObject, Slot

from engine.batch.names import NameTemplate
from engine.batch.queue import BatchOptions, Entry, Status
from engine.errors import NameTemplateError
from engine.steps import Step, Steps
from engine.tasks import task_named
from rednet_gui.engine_words import as_sentence, in_words
from rednet_gui.models.batch import Batch, BatchSetup, Offer
from rednet_gui.models.output_file import chosen_quality, profile_for
from rednet_gui.models.picture_steps import chosen_step
from rednet_gui.models.presets import Preset, Presets
from rednet_gui.models.session import Session
from rednet_gui.settings import BATCH_FOLDER, BATCH_OVERWRITES, BATCH_TEMPLATE, Settings
from rednet_gui.text import task_text

_EXAMPLE = Path("IMG_0001.jpg")


class BatchSetupPresenter(QObject):
    """Takes what the user asks for, and says what would come of it.

    Call `refresh` when the page comes into sight: what is chosen for one photo may be something else now.
    """

    def __init__(
        self, session: Session, presets: Presets, batch: Batch, settings: Settings, *, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._session, self._presets, self._batch, self._settings = session, presets, batch, settings
        folder = settings.get(BATCH_FOLDER)
        self._take(
            BatchSetup(
                None, Path(folder) if folder else None, settings.get(BATCH_TEMPLATE), settings.get(BATCH_OVERWRITES)
            )
        )
        presets.changed.connect(self.refresh)

    @Slot(object)
    def change(self, setup: BatchSetup) -> None:
        """Ask for something else; remembered for the next start."""
        if self._batch.is_busy:
            return
        self._settings.set(BATCH_FOLDER, "" if setup.folder is None else str(setup.folder))
        self._settings.set(BATCH_TEMPLATE, setup.template)
        self._settings.set(BATCH_OVERWRITES, setup.overwrites)
        self._take(setup)

    @Slot()
    def refresh(self) -> None:
        """Say anew what would be done."""
        if not self._batch.is_busy:
            self._take(self._batch.setup)

    def options(self) -> BatchOptions | None:
        """What to do now; None if that is impossible, which the page says."""
        self.refresh()
        setup, offer = self._batch.setup, self._batch.offer
        if offer.problem:
            return None
        template, quality = NameTemplate(setup.template), chosen_quality(self._settings)
        profile = profile_for(self._settings)
        return BatchOptions(offer.steps, setup.folder, template, setup.overwrites, quality, profile=profile)

    def show(self, options: BatchOptions) -> None:
        """Say what is being done."""
        setup = BatchSetup(self._batch.setup.preset, options.folder, options.template.text, options.overwrites)
        self._batch.set_setup(setup, self._offer(setup, options.steps))

    def _take(self, setup: BatchSetup) -> None:
        preset = next((preset for preset in self._presets.items if preset.path == setup.preset), None)
        if preset is None:
            setup = replace(setup, preset=None)
        self._batch.set_setup(setup, self._offer(setup, self._steps(preset), preset))

    def _steps(self, preset: Preset | None) -> Steps:
        if preset is None:
            return Steps(self._session.steps.line.with_step(chosen_step(self._session)).items)
        return preset.steps or Steps()

    def _offer(self, setup: BatchSetup, steps: Steps, preset: Preset | None = None) -> Offer:
        first = self._batch.table.first(Status.WAITING)
        try:
            lost = self._first_lost(setup, steps) if setup.overwrites else None
            shown = lost or first
            source, number = (_EXAMPLE, 1) if shown is None else (shown.source, shown.number)
            example = NameTemplate(setup.template).name_for(source, steps, number)
        except NameTemplateError as error:
            return Offer(steps, problem=as_sentence(error.reason))
        is_lost = lost is not None
        if preset is not None and preset.steps is None:
            return Offer(
                steps,
                example,
                is_lost,
                self.tr("This preset cannot be used: %1.").replace("%1", in_words(preset.reason)),
            )
        problems = filter(None, map(self._problem_of, steps.active))
        nothing = "" if steps.active else self.tr("Nothing is to be done: all steps are off.")
        return Offer(steps, example, is_lost, next(problems, nothing))

    def _first_lost(self, setup: BatchSetup, steps: Steps) -> Entry | None:
        """The first picture that its result would replace. Raises: NameTemplateError."""
        options, table = BatchOptions(steps, setup.folder, NameTemplate(setup.template)), self._batch.table
        for entry in map(table.entry_at, range(table.rowCount())):
            if entry.status is Status.WAITING and replace(entry, target=options.place_for(entry)).is_in_place:
                return entry
        return None

    def _problem_of(self, step: Step) -> str:
        """Why a step cannot be taken, one sentence."""
        if task_named(step.task).needs_kernel and step.kernel is None:
            words = self.tr("“%1” must know the blur: choose it for one photo first.")
        elif task_named(step.task).needs_mask and step.mask is None:
            words = self.tr("“%1” must know where: paint on one photo first.")
        elif step.mask == "":
            words = self.tr("What was painted for “%1” is not kept: paint it on one photo again.")
        else:
            levels = task_named(step.task).levels
            reason = None if step.level is None else levels.reason_against(step.level)
            return "" if reason is None else as_sentence(reason)
        return words.replace("%1", task_text(step.task).title)
