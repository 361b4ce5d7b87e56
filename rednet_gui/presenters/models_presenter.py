"""Keeping the user's own models in order, and using one for a task."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot

from engine.model_library import ModelLibrary, OwnModel
from engine.run_context import RunContext
from engine.tasks import TASKS
from rednet_gui.errors import describe
from rednet_gui.jobs import Job, Runner
from rednet_gui.models.own_models import OwnModels
from rednet_gui.models.session import Session

Found = tuple[str, tuple[OwnModel, ...], dict[str, OwnModel]]


class ModelsPresenter(QObject):
    """Does to the models what the user asks for.

    Args:
        runner: for short work on files.
        users: told which file serves a task from now on; None for the stock model.

    Signals:
        chosen: another model serves a task that makes what is shown.
    """

    chosen = Signal()

    def __init__(
        self,
        runner: Runner,
        session: Session,
        models: OwnModels,
        library: ModelLibrary,
        users: tuple[Callable[[str, Path | None], None], ...],
        *,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._runner, self._session, self._models, self._library, self._users = runner, session, models, library, users
        self._used: dict[str, Path] = {}
        self.show_all()

    @Slot()
    def show_all(self) -> None:
        """Read the library again."""
        self._do(lambda: None)

    @Slot(str, object)
    def choose(self, task: str, model: OwnModel | None) -> None:
        """Use a model for a task from now on; None for the stock model."""
        self._do(lambda: self._library.set_default(task, model))

    @Slot(object, str)
    def rename(self, model: OwnModel, name: str) -> None:
        """Call it otherwise."""
        self._do(lambda: self._library.rename(model, name))

    @Slot(object)
    def delete(self, model: OwnModel) -> None:
        """Remove it for good."""
        self._do(lambda: self._library.delete(model))

    @Slot(Path)
    def take_in(self, path: Path) -> None:
        """Keep a copy of a model from elsewhere."""
        self._do(lambda: self._library.take_in(path), self.tr("The model is in your list now."))

    @Slot(object, Path)
    def pass_on(self, model: OwnModel, path: Path) -> None:
        """Write a model to a file of the user's."""
        self._do(lambda: self._library.export(model, path), self.tr("Saved as %1.").replace("%1", path.name))

    def _do(self, act: Callable[[], object], words: str = "") -> None:
        """Do something with files, then show all models anew."""

        def work(ctx: RunContext) -> Found:
            act()
            chosen = {task.name: model for task in TASKS if (model := self._library.default(task.name)) is not None}
            return words, self._library.models(), chosen

        job = Job(work, is_owed=True)
        job.succeeded.connect(self._on_succeeded)
        job.failed.connect(self._on_failed)
        self._runner.start(job)

    @Slot(object)
    def _on_succeeded(self, found: Found) -> None:
        words, items, chosen = found
        used = {task: model.path for task, model in chosen.items()}
        changed = {task for task in {*used, *self._used} if used.get(task) != self._used.get(task)}
        self._used = used
        for task in changed:
            for use in self._users:
                use(task, used.get(task))
        self._models.set_items(items, chosen)
        at_work = {self._session.task.name, *(step.task for step in self._session.steps.line.before)}
        if self._session.source is not None and not changed.isdisjoint(at_work):
            self.chosen.emit()
        if words:
            self._session.noticed.emit(words)

    @Slot(object)
    def _on_failed(self, error: BaseException) -> None:
        self._session.failed.emit(describe(error))
        self._models.changed.emit()  # a list may show what was asked for
