"""Opening a picture, from a file or from the clipboard."""

from __future__ import annotations

import logging
from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtGui import QImage

from engine.image_io import WRITABLE_SUFFIXES, Image
from engine.run_context import RunContext
from rednet_gui.errors import describe
from rednet_gui.jobs import Job, Runner
from rednet_gui.models.engine import Engine
from rednet_gui.models.pasted import image_from_qimage
from rednet_gui.models.picture_view import PictureView
from rednet_gui.models.session import Activity, Session, Source
from rednet_gui.settings import OPEN_FOLDER, Settings

log = logging.getLogger(__name__)


class OpenPresenter(QObject):
    """Puts a picture into the session. The newest request wins.

    Signals:
        started: a picture is being opened; work on the old one is moot.
    """

    started = Signal()

    def __init__(
        self, engine: Engine, runner: Runner, session: Session, settings: Settings, *, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._engine = engine
        self._runner = runner
        self._session = session
        self._settings = settings
        self._job: Job | None = None

    @Slot(Path)
    def open(self, path: Path) -> None:
        """Show the picture in a file."""
        log.info("opening a picture")
        suffix = path.suffix.lower()
        format_ = path.suffix if suffix in WRITABLE_SUFFIXES else ".png"

        def read(ctx: RunContext) -> Source:
            image = self._engine.read(path)
            ctx.check_canceled()
            return Source(image, _view_of(image), path, format_)

        self._start(Job(read))

    @Slot(QImage)
    def paste(self, pasted: QImage) -> None:
        """Show a picture from the clipboard."""
        log.info("pasting a picture")

        def convert(ctx: RunContext) -> Source:
            image = image_from_qimage(pasted)
            return Source(image, _view_of(image), None, ".png")

        self._start(Job(convert))

    def _start(self, job: Job) -> None:
        if self._job is not None:
            self._job.cancel()
        self._job = job
        job.succeeded.connect(self._on_succeeded)
        job.failed.connect(self._on_failed)
        job.finished.connect(self._on_finished)
        self.started.emit()
        self._session.set_activity(Activity.OPENING)
        self._runner.start(job)

    @Slot(object)
    def _on_succeeded(self, source: Source) -> None:
        if source.path is not None:
            self._settings.set(OPEN_FOLDER, str(source.path.resolve().parent))
        self._session.set_source(source)

    @Slot(object)
    def _on_failed(self, error: BaseException) -> None:
        self._session.failed.emit(describe(error))

    @Slot()
    def _on_finished(self) -> None:
        if self.sender() is self._job:
            self._job = None
            self._session.set_activity(Activity.IDLE)


def _view_of(image: Image) -> PictureView:
    return PictureView.of(image.pixels, alpha=image.alpha, icc=image.metadata.icc)
