"""Puts the Batch page together; part of the program that `app` builds."""

from __future__ import annotations

from PySide6.QtCore import QObject

from engine.restore_steps import Restore
from rednet_gui.jobs import JobRunner, Runner
from rednet_gui.models.batch import Batch
from rednet_gui.models.batch_store import BatchStore
from rednet_gui.models.presets import Presets
from rednet_gui.models.session import Session
from rednet_gui.presenters.batch_presenter import BatchPresenter
from rednet_gui.presenters.batch_setup_presenter import BatchSetupPresenter
from rednet_gui.presenters.batch_thumbnails import BatchThumbnails
from rednet_gui.settings import Settings
from rednet_gui.views.batch_page import BatchPage
from rednet_gui.views.main_window import MainWindow


class BatchTab(QObject):
    """The Batch page of a window.

    Args:
        file_runner: for short work on files.
        restore: runs a network that nothing else uses.

    Attributes:
        batch: what is shown.
        page: the view.
        presenter, setup: what acts.
    """

    def __init__(
        self,
        session: Session,
        presets: Presets,
        window: MainWindow,
        file_runner: Runner,
        restore: Restore,
        settings: Settings,
        *,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._runner = JobRunner(self, name="batch")
        self.batch = window.batch = Batch()
        self.page = BatchPage(self.batch, presets, settings)
        self.batch.setParent(window)  # a view must not outlive what it shows
        self.setup = BatchSetupPresenter(session, presets, self.batch, settings, parent=self)
        self.presenter = BatchPresenter(
            restore, self._runner, file_runner, session, self.batch, self.setup, BatchStore(), settings, parent=self
        )
        self._thumbnails = BatchThumbnails(file_runner, self.batch.table, parent=self)
        window.pages.add(self.page, self.tr("&Batch"), self.tr("Do the same to many photos"))
        self._connect()

    def shutdown(self) -> None:
        """Stop the work; it goes on at the next start. Before the runner for files is stopped."""
        self.presenter.shutdown()
        self._thumbnails.shutdown()
        self._runner.shutdown()

    def close(self) -> None:
        """Let another window have the list. After the runner for files was stopped."""
        self.presenter.close()

    def _connect(self) -> None:
        page, presenter = self.page, self.presenter
        page.add_requested.connect(presenter.add)
        page.skip_requested.connect(presenter.skip)
        page.retry_requested.connect(presenter.retry)
        page.retry_failed_requested.connect(presenter.retry_failed)
        page.clear_requested.connect(presenter.clear)
        page.report_requested.connect(presenter.ask_report)
        page.shown.connect(self.setup.refresh)
        page.table.sight_changed.connect(self._thumbnails.look_at)
        page.setup.setup_requested.connect(self.setup.change)
        page.setup.start_requested.connect(presenter.start)
        page.setup.pause_requested.connect(presenter.pause)
        page.setup.resume_requested.connect(presenter.resume)
        page.setup.stop_requested.connect(presenter.stop)
        presenter.report_ready.connect(page.open_report)
