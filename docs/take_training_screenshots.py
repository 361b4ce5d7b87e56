"""Take pictures of the Train page of the real window: set up, at work and judged.

    python docs/take_training_screenshots.py PHOTOS FOLDER [--pairs DAMAGED] [--steps N]

Trains with the stock model on the folder PHOTOS. Writes into FOLDER, at 1280 x 800 and, named -2x, at twice the screen
scale: train-empty.png, train-setup.png, train-running.png, train-result.png and train-models.png.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
from take_screenshots import SIZE, Condition, Photographer

from rednet_gui.app import main as rednet_gui

# isort: split
from PySide6.QtWidgets import QApplication

from rednet_gui.models.training import Stage
from rednet_gui.views.main_window import MainWindow
from rednet_gui.views.models_dialog import ModelsDialog
from rednet_gui.views.train_page import TrainPage


class TrainPhotographer(Photographer):
    """Trains a model and takes a picture at every station."""

    def __init__(self, arguments: argparse.Namespace, ending: str) -> None:
        super().__init__(arguments.photos, arguments.folder, ending)
        self._pairs, self._steps = arguments.pairs, arguments.steps

    def _visit(self) -> Iterator[Condition]:
        window = next(found for found in QApplication.topLevelWidgets() if isinstance(found, MainWindow))
        (page,) = window.findChildren(TrainPage)
        window.resize(*SIZE)
        window.pages.show(page)
        yield page.hint.isVisible
        self._take(window, "train-empty")
        page.setup.folder.folder_chosen.emit(self._picture)
        yield page.sheet.isVisible
        if self._pairs is not None:
            before = page.training.sheet
            page.setup.pairs_switch.click()
            page.setup.pairs_folder.folder_chosen.emit(self._pairs)
            yield lambda: page.sheet.isVisible() and page.training.sheet is not before
        page.setup.more.click()
        page.setup.steps.setValue(self._steps)
        yield page.setup.start.isEnabled
        self._take(window, "train-setup")
        page.setup.start.click()
        training = page.training
        yield lambda: len(training.curves.scores) > 3 and training.state.left_s is not None
        self._take(window, "train-running")
        yield lambda: training.stage is Stage.ENDED
        self._take(window, "train-result")
        page.run.keep.click()
        yield page.setup.isVisible
        page.setup.models.click()
        (dialog,) = window.findChildren(ModelsDialog)
        yield lambda: dialog.list.count() > 0
        dialog.grab().save(str(self._folder / f"train-models{self._ending}.png"))
        dialog.accept()
        window.close()


def main() -> int:
    """Take the pictures at both scales; an exit code."""
    parser = argparse.ArgumentParser(description="Take pictures of the Train page.")
    parser.add_argument("photos", type=Path)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--pairs", type=Path, help="a folder of the same photos, damaged")
    parser.add_argument("--steps", type=int, default=60)
    parser.add_argument("--scale", type=int, help="one scale only")
    arguments = parser.parse_args()
    if arguments.scale is not None:
        return _take_at_scale(arguments)
    # Qt takes its scale once for a process.
    command = [sys.executable, *sys.argv, "--scale"]
    return max(subprocess.call([*command, scale]) for scale in ("1", "2"))


def _take_at_scale(arguments: argparse.Namespace) -> int:
    arguments.folder.mkdir(parents=True, exist_ok=True)
    has_display = sys.platform in ("win32", "darwin") or os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")
    if not has_display:
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
    os.environ["QT_SCALE_FACTOR"] = str(arguments.scale)
    with tempfile.TemporaryDirectory() as own:
        os.environ["XDG_CONFIG_HOME"] = os.environ["XDG_DATA_HOME"] = own
        app = QApplication([])  # `main` takes the one there is; the timer needs it before
        photographer = TrainPhotographer(arguments, "" if arguments.scale == 1 else f"-{arguments.scale}x")
        photographer.setParent(app)
        return rednet_gui([])


if __name__ == "__main__":
    sys.exit(main())
