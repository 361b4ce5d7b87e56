"""Finding out what a restoration will take, before it begins."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QObject, Slot

from engine.errors import Canceled, EngineError, ImageWriteError
from engine.picture_search import is_folder
from engine.restore_plan import RestorePlan
from engine.run_context import RunContext
from engine.tasks import Level
from rednet_gui.engine_words import in_words
from rednet_gui.jobs import Runner
from rednet_gui.models.engine import Engine
from rednet_gui.models.output_file import quality_for
from rednet_gui.models.samples import folder_for_result
from rednet_gui.models.session import Session
from rednet_gui.presenters.work import Work
from rednet_gui.settings import SAVE_FOLDER, Settings


@dataclass(frozen=True, slots=True)
class _Found:
    plan: RestorePlan | None
    problem: str = ""


class PlanPresenter(QObject):
    """Keeps the session's `RunPlan` in step with what is chosen.

    Made before those that restore when something changes, so that it is asked first.

    Args:
        runner: the one that restores: its networks are asked, which takes moments.
    """

    def __init__(
        self, engine: Engine, runner: Runner, session: Session, settings: Settings, *, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._engine, self._session, self._settings = engine, session, settings
        self._known: object = None
        self._work = Work(runner, session, self)
        self._work.succeeded.connect(self._on_succeeded)
        for signal in (
            session.source_changed,
            session.task_changed,
            session.level_changed,
            session.kernel_changed,
            session.mask.is_empty_changed,
        ):
            signal.connect(self.follow)

    @Slot()
    def follow(self) -> None:
        """Find out anew if anything changed that counts."""
        session, source = self._session, self._session.source
        if source is None or session.lacks:
            self._known = None
            self._work.cancel()
            session.plan.tell(None)
            return
        quality, chosen = quality_for(self._settings, source), self._settings.get(SAVE_FOLDER)
        size = session.task.output_size(Level(session.level), source.view.height, source.view.width)
        kernel = tuple(session.kernel.shape) if session.task.needs_kernel and session.kernel is not None else None
        key = (id(source), session.task.name, size, kernel, quality, chosen)
        if key == self._known:
            return
        self._known = key
        session.plan.tell(None)
        image, step = source.image, session.step

        def find_out(ctx: RunContext) -> _Found:
            target = _folder(source.path, chosen) / source.result_name
            try:
                return _Found(self._engine.plan(image, step, target, quality=quality))
            except ImageWriteError as error:
                return _Found(None, in_words(error.reason))
            except Canceled:
                raise
            except EngineError:  # is told when it is done
                return _Found(None)

        self._work.start(find_out)

    @Slot(object)
    def _on_succeeded(self, found: _Found) -> None:
        self._session.plan.tell(found.plan, found.problem)


def _folder(source: Path | None, chosen: str) -> Path:
    """Where the result is likely to go; asks the disk."""
    beside = folder_for_result(source)
    folder = Path(chosen or beside)
    return folder if is_folder(folder) else beside
