"""Takes pictures of the real window while it is used, with a display or without."""

from __future__ import annotations

import logging
import os
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

from rednet_gui.app import main as rednet_gui

# isort: split
from PySide6.QtCore import QBuffer, QCoreApplication, QObject, Qt, QTimer
from PySide6.QtGui import QFontDatabase, QImage, QImageWriter
from PySide6.QtWidgets import QApplication, QWidget

from rednet_gui.settings import LANGUAGE, Settings
from rednet_gui.views.dialogs import DiscardQuestion
from rednet_gui.views.main_window import MainWindow

SIZE = (1280, 800)
PATIENCE_S = 1200
POLL_MS = 20
SETTLED_POLLS = 15
QUALITIES = range(86, 20, -3)
SCRIPTS = {"ko": QFontDatabase.WritingSystem.Korean}
"""Of the languages that a font for Latin letters cannot show."""

Condition = Callable[[], bool]
Tour = Callable[["Photographer", MainWindow], Iterator[Condition]]
"""Uses the window and takes pictures; waits for each condition that it yields, until the window has settled too."""


class Faults(logging.Handler):
    """Notes that something went wrong in the program, which says so in its log."""

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.has_any = False

    def emit(self, record: logging.LogRecord) -> None:
        self.has_any = True


class Photographer(QObject):
    """Walks a tour through the window and then closes it.

    Args:
        folder: where the pictures go.
        ending: of their names, such as "-2x.png".
        width_px: to shrink them to; None for as they are.
        most_bytes: how large a JPEG may become, at the cost of its quality; None for any size.
    """

    def __init__(
        self, tour: Tour, folder: Path, ending: str, width_px: int | None = None, most_bytes: int | None = None
    ) -> None:
        super().__init__()
        self._folder, self._ending, self._width_px, self._most_bytes = folder, ending, width_px, most_bytes
        self._polls_left = PATIENCE_S * 1000 // POLL_MS
        self._polls_true = 0
        self._faults = Faults()
        logging.getLogger().addHandler(self._faults)
        self._condition: Condition = lambda: True
        self._stations = self._visit(tour)
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._on_timeout)
        self._timer.start(POLL_MS)

    def take(self, widget: QWidget, name: str) -> None:
        """Save a picture of what is seen."""
        picture = widget.grab().toImage()
        if self._width_px is not None:
            picture = picture.scaledToWidth(self._width_px, Qt.TransformationMode.SmoothTransformation)
        try:
            (self._folder / f"{name}{self._ending}").write_bytes(self._encoded(picture))
        except OSError:
            sys.exit(f"{self._folder}: the pictures cannot be written there.")

    def _encoded(self, picture: QImage) -> bytes:
        """The picture as a file, at the best quality that is small enough."""
        for quality in QUALITIES:
            buffer = QBuffer()
            writer = QImageWriter(buffer, self._ending.rpartition(".")[2].encode())
            writer.setQuality(quality)
            writer.setOptimizedWrite(True)
            writer.setProgressiveScanWrite(True)
            writer.write(picture)
            encoded = buffer.data().data()
            if self._most_bytes is None or len(encoded) <= self._most_bytes:
                break
        return encoded

    def _visit(self, tour: Tour) -> Iterator[Condition]:
        window = next(found for found in QApplication.topLevelWidgets() if isinstance(found, MainWindow))
        window.resize(*SIZE)
        yield from tour(self, window)
        window.close()
        if window.isVisible():
            yield lambda: bool(window.findChildren(DiscardQuestion))
            window.findChildren(DiscardQuestion)[0].discard.click()

    def _on_timeout(self) -> None:
        self._polls_left = -1 if self._faults.has_any else self._polls_left - 1
        self._polls_true = self._polls_true + 1 if self._condition() else 0
        if self._polls_left < 0:
            QCoreApplication.exit(1)
        elif self._polls_true > SETTLED_POLLS:
            self._polls_true = 0
            try:
                self._condition = next(self._stations)
                self._polls_left = PATIENCE_S * 1000 // POLL_MS
            except StopIteration:
                self._timer.stop()


def photograph(
    tour: Tour,
    folder: Path,
    scale: int,
    ending: str,
    *,
    width_px: int | None = None,
    most_bytes: int | None = None,
    language: str = "en",
) -> int:
    """Walk a tour once; Qt takes its scale once for a process. An exit code."""
    folder.mkdir(parents=True, exist_ok=True)
    has_display = sys.platform in ("win32", "darwin") or os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")
    if not has_display:
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
    os.environ["QT_SCALE_FACTOR"] = str(scale)
    with tempfile.TemporaryDirectory() as home:
        for kind in ("CONFIG", "DATA", "STATE", "CACHE"):  # what was open last must not open here
            os.environ[f"XDG_{kind}_HOME"] = home
        app = QApplication([])  # `main` takes the one there is; the timer needs it before
        app.setApplicationName("rednet-restore")
        settings = Settings()
        settings.set(LANGUAGE, language)
        settings.sync()
        if language in SCRIPTS and not QFontDatabase.families(SCRIPTS[language]):
            sys.exit(f"There is no font for the letters of '{language}': install one, such as Noto Sans CJK.")
        photographer = Photographer(tour, folder, ending, width_px, most_bytes)
        photographer.setParent(app)
        return rednet_gui([])
