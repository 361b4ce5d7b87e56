"""Puts the Train page and the user's models together; part of the program that `app` builds."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Slot

from engine.model_library import STOCK, ModelLibrary
from rednet_gui.jobs import JobRunner, Runner
from rednet_gui.models.own_models import OwnModels
from rednet_gui.models.session import Session
from rednet_gui.models.training import Training
from rednet_gui.models.training_runs import RunStore
from rednet_gui.presenters.models_presenter import ModelsPresenter
from rednet_gui.presenters.train_presenter import TrainPresenter
from rednet_gui.training_process import TrainingProcess
from rednet_gui.views.main_window import MainWindow
from rednet_gui.views.model_choice import ModelChoice
from rednet_gui.views.models_dialog import ModelsDialog
from rednet_gui.views.train_page import TrainPage


class TrainTab(QObject):
    """The Train page of a window.

    Args:
        file_runner: for short work on files.
        users: told which file serves a task; None for the stock model.
        changes, start_from: see `TrainPresenter`.

    Attributes:
        training, models: what is shown.
        page, choice: the views.
        presenter, models_presenter: what acts; `models_presenter.chosen` wants to be restored anew.
    """

    def __init__(
        self,
        session: Session,
        window: MainWindow,
        file_runner: Runner,
        users: tuple[Callable[[str, Path | None], None], ...],
        *,
        changes: dict[str, Any] | None = None,
        start_from: str = STOCK,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._runner = JobRunner(self, name="training")
        self._window = window
        self.training, self.models = Training(), OwnModels()
        self._process = TrainingProcess(self)
        options: dict[str, Any] = {"changes": changes, "start_from": start_from, "parent": self}
        self.presenter = TrainPresenter(self._runner, self.training, RunStore(), self._process, **options)
        self.models_presenter = ModelsPresenter(file_runner, session, self.models, ModelLibrary(), users, parent=self)
        self.page = TrainPage(self.training)
        self.choice = ModelChoice(session, self.models)
        for model in (self.training, self.models):
            model.setParent(window)  # a view must not outlive what it shows
        window.panel.add_controls(self.choice)
        window.pages.add(self.page, self.tr("&Train"), self.tr("Train a model on your own photos"))
        self._connect()

    def shutdown(self) -> None:
        """Save the training and stop the work."""
        self.presenter.shutdown()
        self._runner.shutdown()

    def _connect(self) -> None:
        page, presenter = self.page, self.presenter
        page.folder_requested.connect(presenter.choose_folder)
        page.setup.setup_requested.connect(presenter.change)
        page.setup.start_requested.connect(presenter.start)
        page.setup.export_requested.connect(presenter.export_recipe)
        page.setup.models_requested.connect(self.show_models)
        page.run.pause_requested.connect(presenter.pause)
        page.run.resume_requested.connect(presenter.resume)
        page.run.finish_requested.connect(presenter.finish)
        page.run.keep_requested.connect(presenter.keep)
        page.run.discard_requested.connect(presenter.discard)
        presenter.noticed.connect(page.show_notice)
        presenter.kept.connect(self.models_presenter.show_all)
        self.choice.choose_requested.connect(self.models_presenter.choose)
        self.choice.manage_requested.connect(self.show_models)

    @Slot()
    def show_models(self) -> None:
        """Open the list of the user's models."""
        dialog, presenter = ModelsDialog(self.models, self._window), self.models_presenter
        dialog.choose_requested.connect(presenter.choose)
        dialog.rename_requested.connect(presenter.rename)
        dialog.delete_requested.connect(presenter.delete)
        dialog.pass_on_requested.connect(presenter.pass_on)
        dialog.take_in_requested.connect(presenter.take_in)
        dialog.open()
