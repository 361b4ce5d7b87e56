"""Saving the restored picture."""

from __future__ import annotations

import logging
from pathlib import Path

from PySide6.QtCore import QObject, Slot

from engine.image_io import Saved
from engine.output_profile import in_profile
from engine.restore_steps import finish
from engine.run_context import RunContext
from engine.safe_file import is_one_file
from engine.steps import Step, Steps, with_steps
from rednet_gui.errors import ErrorText
from rednet_gui.jobs import Runner
from rednet_gui.models.engine import Engine
from rednet_gui.models.output_file import profile_for, quality_for
from rednet_gui.models.picture_steps import finished_step
from rednet_gui.models.session import Activity, Result, Session
from rednet_gui.presenters.work import Work
from rednet_gui.saved_text import describe_saved
from rednet_gui.settings import SAVE_FOLDER, Settings

log = logging.getLogger(__name__)


class SavePresenter(QObject):
    """Writes the session's result, but never over its source."""

    def __init__(
        self, engine: Engine, runner: Runner, session: Session, settings: Settings, *, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._engine = engine
        self._session = session
        self._settings = settings
        self._path = Path()
        self._written: tuple[Result, Step] | None = None
        self._work = Work(runner, session, self)
        self._work.succeeded.connect(self._on_succeeded)
        self._work.finished.connect(self._on_finished)

    @Slot(Path)
    def save(self, path: Path) -> None:
        """Write the result to a file; the suffix says which format."""
        source, result, step = self._session.source, self._session.result, finished_step(self._session)
        if source is None or result is None or step is None or not self._session.can_save:
            return
        if source.path is not None and is_one_file(path, source.path):
            self._session.failed.emit(self._refusal())
            return
        log.info("saving the result")
        original, restored, steps = source.image, result.image, Steps((*source.done, step))
        quality, profile = quality_for(self._settings, source), profile_for(self._settings)

        def write(ctx: RunContext) -> Saved:
            finished = finish(original, restored, step)
            if profile is not None:
                finished = in_profile(finished, profile)
            return self._engine.write(path, with_steps(finished, steps, path), quality=quality)

        self._path, self._written = path, (result, step)
        self._session.set_activity(Activity.SAVING)
        self._work.start(write)

    @property
    def _is_shown_written(self) -> bool:
        """Whether what is shown is what was written; the strength or the mask may have changed since."""
        if self._written is None:
            return False
        result, step = self._written
        return result is self._session.result and step == finished_step(self._session)

    def _refusal(self) -> ErrorText:
        return ErrorText(
            self.tr("The original photo is never overwritten"),
            self.tr("You chose the file that the photo was opened from."),
            self.tr("Choose another name or folder."),
        )

    @Slot(object)
    def _on_succeeded(self, saved: Saved) -> None:
        self._settings.set(SAVE_FOLDER, str(self._path.resolve().parent))
        if self._is_shown_written:
            self._session.mark_saved()
        words = self.tr("Saved as %1 in %2.").replace("%1", self._path.name).replace("%2", str(self._path.parent))
        self._session.noticed.emit(f"{words}\n{describe_saved(saved)}")

    @Slot()
    def _on_finished(self) -> None:
        self._written = None
        self._session.end_activity(Activity.SAVING)
