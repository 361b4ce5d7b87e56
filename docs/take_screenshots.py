"""Take pictures of the real window, with a display or without: empty, at work and done.

    python docs/take_screenshots.py PICTURE FOLDER

Writes into FOLDER, at 1280 x 800 and, named -2x, at twice the screen scale:
window-empty.png, window-working.png, window.png and window-detail.png.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

from rednet_gui.app import main as rednet_gui

# isort: split
from PySide6.QtCore import QCoreApplication, QObject, QTimer
from PySide6.QtWidgets import QApplication

from rednet_gui.views.dialogs import DiscardQuestion
from rednet_gui.views.main_window import MainWindow

SIZE = (1280, 800)
PATIENCE_S = 300
POLL_MS = 20

Condition = Callable[[], bool]


class Photographer(QObject):
    """Uses the window while it runs and takes a picture at every station."""

    def __init__(self, picture: Path, folder: Path, ending: str) -> None:
        super().__init__()
        self._picture, self._folder, self._ending = picture, folder, ending
        self._polls_left = PATIENCE_S * 1000 // POLL_MS
        self._condition: Condition = lambda: True
        self._stations = self._visit()
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._on_timeout)
        self._timer.start(POLL_MS)

    def _visit(self) -> Iterator[Condition]:
        window = next(found for found in QApplication.topLevelWidgets() if isinstance(found, MainWindow))
        window.resize(*SIZE)
        yield lambda: window.empty_hint.isVisible()
        self._take(window, "window-empty")
        window.open_paths([self._picture])
        yield window.panel.run.restore.isEnabled
        window.panel.run.restore.click()
        yield lambda: window.panel.save.isEnabled() or window.panel.run.bar.value() > window.panel.run.bar.maximum() / 3
        self._take(window, "window-working")
        yield window.panel.save.isEnabled
        self._take(window, "window")
        window.canvas.zoom_to_actual()
        window.canvas.zoom_in()
        self._take(window, "window-detail")
        window.close()
        yield lambda: bool(window.findChildren(DiscardQuestion))
        window.findChildren(DiscardQuestion)[0].discard.click()

    def _take(self, window: MainWindow, name: str) -> None:
        window.grab().save(str(self._folder / f"{name}{self._ending}.png"))

    def _on_timeout(self) -> None:
        self._polls_left -= 1
        if self._polls_left < 0:
            QCoreApplication.exit(1)
        elif self._condition():
            try:
                self._condition = next(self._stations)
            except StopIteration:
                self._timer.stop()


def main() -> int:
    """Take the pictures at both scales; an exit code."""
    parser = argparse.ArgumentParser(description="Take pictures of the window.")
    parser.add_argument("picture", type=Path)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--scale", type=int, help="one scale only")
    arguments = parser.parse_args()
    if arguments.scale is not None:
        return _take_at_scale(arguments.picture, arguments.folder, arguments.scale)
    # Qt takes its scale once for a process.
    command = [sys.executable, *sys.argv, "--scale"]
    return max(subprocess.call([*command, scale]) for scale in ("1", "2"))


def _take_at_scale(picture: Path, folder: Path, scale: int) -> int:
    folder.mkdir(parents=True, exist_ok=True)
    has_display = sys.platform in ("win32", "darwin") or os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")
    if not has_display:
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
    os.environ["QT_SCALE_FACTOR"] = str(scale)
    with tempfile.TemporaryDirectory() as settings:
        for kind in ("CONFIG", "DATA", "STATE", "CACHE"):  # what was open last must not open here
            os.environ[f"XDG_{kind}_HOME"] = settings
        app = QApplication([])  # `main` takes the one there is; the timer needs it before
        photographer = Photographer(picture, folder, "" if scale == 1 else f"-{scale}x")
        photographer.setParent(app)
        return rednet_gui([])


if __name__ == "__main__":
    sys.exit(main())
