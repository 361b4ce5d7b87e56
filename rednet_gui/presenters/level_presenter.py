"""Choosing the task and its level, and guessing the level from the picture."""

from __future__ import annotations

import logging

from PySide6.QtCore import QObject, Signal, Slot

from engine.run_context import RunContext
from engine.tasks import TASKS, task_named
from rednet_gui.jobs import Runner
from rednet_gui.models.engine import Engine
from rednet_gui.models.session import Session
from rednet_gui.models.suggestion import suggested_quality
from rednet_gui.presenters.work import Work
from rednet_gui.settings import IS_AUTO, LEVEL, LIVE, TASK, Settings

log = logging.getLogger(__name__)


class LevelPresenter(QObject):
    """Keeps the session's task and level, remembers them, and estimates for every new picture.

    Signals:
        chosen: the user took another task or level, or whether changes restore; not what a new picture brings along.
    """

    chosen = Signal()

    def __init__(
        self, engine: Engine, runner: Runner, session: Session, settings: Settings, *, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._engine = engine
        self._session = session
        self._settings = settings
        self._work = Work(runner, session, self)
        self._work.succeeded.connect(self._on_succeeded)
        self._work.finished.connect(self._on_finished)
        self._recall()
        session.source_changed.connect(self._estimate)
        session.task_changed.connect(self._estimate)

    @Slot(str)
    def choose_task(self, name: str) -> None:
        """Take another task; its level is automatic until it is chosen."""
        self._session.set_task(task_named(name))
        self._settings.set(IS_AUTO, self._session.wants_auto)
        self._remember()
        self.chosen.emit()

    @Slot()
    def choose_deblocking(self) -> None:
        """Take the task that the quality of the open JPEG file suggests."""
        if suggested_quality(self._session) is not None:
            self.choose_task("deblock")  # its estimate is no other

    @Slot(float)
    def choose_level(self, level: float) -> None:
        """Take a level by hand, which ends the automatic one of a task that has any."""
        if self._session.task.can_estimate:
            self._session.set_auto(False)
            self._settings.set(IS_AUTO, False)
        self._session.set_level(level)
        self._remember()
        self.chosen.emit()

    @Slot(bool)
    def choose_auto(self, is_auto: bool) -> None:
        """Let the level follow the estimate, or stay where it is."""
        self._session.set_auto(is_auto)
        self._settings.set(IS_AUTO, is_auto)
        self._remember()
        self.chosen.emit()

    @Slot(bool)
    def choose_live(self, is_live: bool) -> None:
        """Let every change restore at once, or wait for Restore; what was asked for goes on."""
        self._session.is_live = is_live
        self._settings.set(LIVE, is_live)
        if not self._session.is_asked_run:
            self.chosen.emit()

    def _remember(self) -> None:
        self._settings.set(TASK, self._session.task.name)
        self._settings.set(LEVEL, self._session.level)

    def _recall(self) -> None:
        """Start with what was chosen last time."""
        name, level = self._settings.get(TASK), self._settings.get(LEVEL)
        for task in TASKS:
            if task.name == name:
                self._session.set_task(task)
                if task.levels.reason_against(level) is None:
                    self._session.set_level(level)
        self._session.set_auto(self._settings.get(IS_AUTO))
        self._session.is_live = self._settings.get(LIVE)

    @Slot()
    def _estimate(self) -> None:
        self._work.cancel()
        source, task = self._session.source, self._session.task
        if source is None or not self._session.task.can_estimate or self._session.estimate is not None:
            self._session.set_estimating(False)
            return
        image = source.image

        def estimate(ctx: RunContext) -> float:
            return self._engine.estimate(image, task)

        self._session.set_estimating(True)
        self._work.start(estimate)

    @Slot(object)
    def _on_succeeded(self, level: float) -> None:
        log.info("estimated level %.2f", level)
        self._session.set_estimate(level)

    @Slot()
    def _on_finished(self) -> None:
        self._session.set_estimating(False)
