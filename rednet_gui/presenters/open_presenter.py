"""Opening a picture, from a file or from the clipboard."""

from __future__ import annotations

import logging
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtGui import QImage

from engine.image_io import WRITABLE_SUFFIXES, Image
from engine.run_context import RunContext
from rednet_gui.jobs import Runner
from rednet_gui.models.engine import Engine
from rednet_gui.models.pasted import image_from_qimage
from rednet_gui.models.picture_view import PictureView
from rednet_gui.models.session import Activity, Session, Source
from rednet_gui.presenters.work import Work
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
        self._session = session
        self._settings = settings
        self._work = Work(runner, session, self)
        self._work.succeeded.connect(self._on_succeeded)
        self._work.finished.connect(self._on_finished)

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

        self._start(read)

    @Slot(QImage)
    def paste(self, pasted: QImage) -> None:
        """Show a picture from the clipboard."""
        log.info("pasting a picture")

        def convert(ctx: RunContext) -> Source:
            image = image_from_qimage(pasted)
            return Source(image, _view_of(image), None, ".png")

        self._start(convert)

    def _start(self, get: Callable[[RunContext], Source]) -> None:
        self.started.emit()
        self._session.set_activity(Activity.OPENING)
        self._work.start(get)

    @Slot(object)
    def _on_succeeded(self, source: Source) -> None:
        if source.path is not None:
            self._settings.set(OPEN_FOLDER, str(source.path.resolve().parent))
        self._session.set_source(source)

    @Slot()
    def _on_finished(self) -> None:
        self._session.end_activity(Activity.OPENING)


def _view_of(image: Image) -> PictureView:
    return PictureView.of(image.pixels, alpha=image.alpha, icc=image.metadata.icc)
