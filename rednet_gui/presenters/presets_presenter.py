"""Keeping, applying and passing on presets."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Slot

from engine.errors import StepsError
from engine.run_context import RunContext
from engine.steps import Steps, read_steps
from rednet_gui.errors import describe
from rednet_gui.jobs import Job, Runner
from rednet_gui.models.engine import Engine
from rednet_gui.models.presets import Preset, Presets, PresetStore, write_steps_file
from rednet_gui.models.session import Session
from rednet_gui.presenters.steps_presenter import StepsPresenter


class PresetsPresenter(QObject):
    """Does to the presets what the user asks for.

    Args:
        runner: for short work on files; must not be the one that restores, which would make it wait.
    """

    def __init__(
        self,
        engine: Engine,
        runner: Runner,
        session: Session,
        steps: StepsPresenter,
        presets: Presets,
        store: PresetStore,
        *,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._engine, self._runner, self._session, self._steps = engine, runner, session, steps
        self._presets, self._store = presets, store
        self._do(lambda: "")

    @Slot(object)
    def apply(self, preset: Preset) -> None:
        """Put its steps in the place of the picture's; say why if that is impossible."""
        if preset.steps is None:
            self._session.failed.emit(describe(StepsError(preset.path, preset.reason)))
        else:
            self._steps.apply(preset.steps.items)

    @Slot(str)
    def save(self, name: str) -> None:
        """Keep the picture's steps under a name."""
        steps = Steps(self._steps.line_to_keep().items)
        self._do(lambda: self._store.save(name, steps), self.tr("Kept as the preset “%1”."))

    @Slot(object, str)
    def rename(self, preset: Preset, name: str) -> None:
        """Call it otherwise."""
        self._do(lambda: self._store.rename(preset, name))

    @Slot(object)
    def delete(self, preset: Preset) -> None:
        """Remove it."""
        self._do(lambda: self._store.delete(preset))

    @Slot(Path)
    def take_in(self, path: Path) -> None:
        """Keep a copy of a file from elsewhere, or of what was done to a restored picture."""
        self._do(lambda: self._take_in(path), self.tr("Kept as the preset “%1”."))

    @Slot(object, Path)
    def pass_on(self, preset: Preset, path: Path) -> None:
        """Write a preset to a file of the user's."""
        steps = preset.steps
        if steps is not None:
            self._do(lambda: write_steps_file(path, steps), self.tr("Saved as %1.").replace("%1", path.name))

    def _take_in(self, path: Path) -> str:
        if path.suffix.lower() == ".json":
            return self._store.take_in(path)
        steps = read_steps(self._engine.read(path).metadata, path)
        if steps is None:
            raise StepsError(path, "it does not say how it was restored; choose one that this program has saved")
        return self._store.save(path.stem, steps)

    def _do(self, act: Callable[[], str | None], words: str = "") -> None:
        """Do something with files, then show all presets anew."""

        def work(ctx: RunContext) -> tuple[str, tuple[Preset, ...]]:
            name = act() or ""
            return words.replace("%1", name), self._store.load()

        job = Job(work, is_owed=True)
        job.succeeded.connect(self._on_succeeded)
        job.failed.connect(self._on_failed)
        self._runner.start(job)

    @Slot(object)
    def _on_succeeded(self, found: tuple[str, tuple[Preset, ...]]) -> None:
        words, presets = found
        self._presets.set_items(presets)
        if words:
            self._session.noticed.emit(words)

    @Slot(object)
    def _on_failed(self, error: BaseException) -> None:
        self._session.failed.emit(describe(error))
        self._presets.changed.emit()  # a list may show what was asked for
