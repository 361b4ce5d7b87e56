"""Take pictures of the Train page of the real window: empty, set up, at work and judged, and of the list of models.

    python docs/take_training_screenshots.py PHOTOS FOLDER [--pairs DAMAGED] [--steps N]

Trains with the stock model on the folder PHOTOS. Writes into FOLDER, at 1280 x 800 and, named -2x, at twice the screen
scale: train-empty.png, train-setup.png, train-running.png, train.png and train-models.png.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from photographer import Condition, Photographer, Tour, photograph

from rednet_gui.models.training import Stage
from rednet_gui.views.main_window import MainWindow
from rednet_gui.views.models_dialog import ModelsDialog
from rednet_gui.views.train_page import TrainPage


def tour_of(photos: Path, pairs: Path | None, steps: int) -> Tour:
    """Train a model, keep it, and look at it."""

    def tour(photographer: Photographer, window: MainWindow) -> Iterator[Condition]:
        (page,) = window.findChildren(TrainPage)
        training = page.training
        window.pages.show(page)
        yield page.hint.isVisible
        photographer.take(window, "train-empty")
        page.setup.folder.folder_chosen.emit(photos)
        yield page.sheet.isVisible
        if pairs is not None:
            before = training.sheet
            page.setup.pairs_switch.click()
            page.setup.pairs_folder.folder_chosen.emit(pairs)
            yield lambda: page.sheet.isVisible() and training.sheet is not before
        page.setup.more.click()
        page.setup.steps.setValue(steps)
        yield page.setup.start.isEnabled
        photographer.take(window, "train-setup")
        page.setup.start.click()
        yield lambda: len(training.curves.scores) > 3 and training.state.left_s is not None
        photographer.take(window, "train-running")
        yield lambda: training.stage is Stage.ENDED
        photographer.take(window, "train")
        page.run.keep.click()
        yield page.setup.isVisible
        page.setup.models.click()
        (dialog,) = window.findChildren(ModelsDialog)
        yield lambda: dialog.list.count() > 0
        photographer.take(dialog, "train-models")
        dialog.accept()

    return tour


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
        ending = ".png" if arguments.scale == 1 else f"-{arguments.scale}x.png"
        tour = tour_of(arguments.photos, arguments.pairs, arguments.steps)
        return photograph(tour, arguments.folder, arguments.scale, ending)
    command = [sys.executable, *sys.argv, "--scale"]
    return max(subprocess.call([*command, scale]) for scale in ("1", "2"))


if __name__ == "__main__":
    sys.exit(main())
