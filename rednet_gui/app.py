"""The program `rednet-gui`: builds the parts and connects them."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from importlib.metadata import version
from pathlib import Path

# On Windows torch must be loaded before Qt.
from engine.device import prepare_process
from engine.tasks import TASKS
from engine.zoo import has_model

# isort: split
from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication

from rednet_gui import APP_NAME, APP_TITLE
from rednet_gui.diagnostics import logging_to_file, reporting_crashes
from rednet_gui.errors import describe
from rednet_gui.jobs import GuiGarbageCollector, JobRunner
from rednet_gui.models.engine import LocalEngine
from rednet_gui.models.session import Session, TaskChoice
from rednet_gui.presenters.level_presenter import LevelPresenter
from rednet_gui.presenters.open_presenter import OpenPresenter
from rednet_gui.presenters.restore_presenter import RestorePresenter
from rednet_gui.presenters.save_presenter import SavePresenter
from rednet_gui.settings import Settings
from rednet_gui.views import theme
from rednet_gui.views.main_window import MainWindow


class Program(QObject):
    """Everything the window needs, put together.

    Attributes:
        session: what is worked on.
        window: what is seen.
    """

    def __init__(self, settings: Settings) -> None:
        super().__init__()
        self._settings = settings
        self._runner = JobRunner(self)
        choices = tuple(TaskChoice(task, has_model(task.name)) for task in TASKS)
        self.session = Session(choices, TASKS[0], self)
        engine = LocalEngine()
        self._open = OpenPresenter(engine, self._runner, self.session, settings, parent=self)
        self._level = LevelPresenter(engine, self._runner, self.session, settings, parent=self)
        self._restore = RestorePresenter(engine, self._runner, self.session, parent=self)
        self._save = SavePresenter(engine, self._runner, self.session, settings, parent=self)
        self.window = MainWindow(self.session, settings)
        self._connect()

    def open(self, path: Path) -> None:
        """Open a picture, as if the user had."""
        self._open.open(path)

    def shutdown(self) -> None:
        """Stop the work and write the settings."""
        self._runner.shutdown()
        self._settings.sync()
        self.window.deleteLater()

    def _connect(self) -> None:
        window, panel = self.window, self.window.panel
        window.open_requested.connect(self._open.open)
        window.paste_requested.connect(self._open.paste)
        window.restore_requested.connect(self._restore.restore)
        window.cancel_requested.connect(self._restore.cancel)
        window.save_requested.connect(self._save.save)
        panel.tasks.task_requested.connect(self._level.choose_task)
        panel.level.level_requested.connect(self._level.choose_level)
        panel.level.auto_requested.connect(self._level.choose_auto)
        panel.strength.strength_requested.connect(self.session.set_strength)
        self._open.started.connect(self._restore.cancel)


def main(argv: Sequence[str] | None = None) -> int:
    """Run the window; the exit code."""
    arguments = _parser().parse_args(argv)
    prepare_process()
    app = _application()
    with logging_to_file():
        collector = GuiGarbageCollector(app)
        program = Program(Settings())
        with reporting_crashes(lambda error: program.session.failed.emit(describe(error))):
            program.window.show()
            if arguments.self_test:
                QTimer.singleShot(0, program.window.close)
            if arguments.picture is not None:
                program.open(arguments.picture)
            code = app.exec()
        program.shutdown()
        collector.stop()
    return code


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="rednet-gui", description="Restore photos with RED-Net, in a window.")
    parser.add_argument("picture", nargs="?", type=Path, help="a photo to open")
    parser.add_argument("--self-test", action="store_true", help="open the window, close it and end")
    parser.add_argument("--version", action="version", version=f"%(prog)s {version(APP_NAME)}")
    return parser


def _application() -> QApplication:
    app = QApplication.instance() or QApplication([APP_NAME])
    assert isinstance(app, QApplication)
    app.setApplicationName(APP_NAME)
    app.setApplicationDisplayName(APP_TITLE)
    app.setDesktopFileName(APP_NAME)
    theme.apply(app)
    return app
