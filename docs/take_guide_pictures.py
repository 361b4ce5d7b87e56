"""Take the pictures of the user guide in each of its languages.

python docs/take_guide_pictures.py

All photos that they show are free: the samples, and those that come with scikit-image.
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import cv2
import numpy as np
from photographer import Condition, Photographer, photograph
from skimage import data

from rednet_gui.assets import user_guide
from rednet_gui.models.contact_sheet import ContactSheet
from rednet_gui.models.samples import SAMPLES, Sample, sample_of
from rednet_gui.models.training import Stage
from rednet_gui.translation import LANGUAGES
from rednet_gui.views.batch_page import BatchPage
from rednet_gui.views.canvas import Canvas
from rednet_gui.views.contact_sheet import ContactSheetDialog
from rednet_gui.views.main_window import MainWindow
from rednet_gui.views.train_page import TrainPage

WIDTH_PX = 1720
"""Twice the width of a column of the guide."""
MOST_BYTES = 150_000
CROP_PX = 300
STEPS = 48
CROPS = {
    "astronaut": ((0, 90), (212, 20)),
    "chelsea": ((0, 0), (0, 75), (0, 151)),
    "coffee": ((0, 0), (60, 150), (100, 300)),
    "hubble_deep_field": ((0, 0),),
    "rocket": ((0, 170), (127, 0), (127, 340)),
}
"""Top and left of the parts to train on; of each photo of scikit-image that is CC0 or in the public domain."""


def tour(photographer: Photographer, window: MainWindow) -> Iterator[Condition]:
    """The empty window, a sample of each task, the contact sheet, the other pages."""
    yield window.empty_hint.isVisible
    photographer.take(window, "start")
    for sample in SAMPLES:
        yield from restored(window, sample)
        photographer.take(window, sample.task)
        if sample.task == "denoise":
            yield from contact_sheet(photographer, window)
    yield from batch(photographer, window)
    yield from training(photographer, window)


def restored(window: MainWindow, sample: Sample) -> Iterator[Condition]:
    """A sample, as large as there is room for, and restored; of a task without weights, by the task that is chosen."""
    window.sample_requested.emit(sample.task)
    yield partial(is_shown, window, sample)
    window.panel.run.restore.click()
    yield window.panel.save.isEnabled
    enlarge(window.canvas)
    yield window.panel.save.isEnabled


def is_shown(window: MainWindow, sample: Sample) -> bool:
    """Whether it can be restored."""
    return window.windowTitle().startswith(sample.path.name) and window.panel.run.restore.isEnabled()


def enlarge(canvas: Canvas) -> None:
    """Zoom in while all of the photo is seen."""
    canvas.zoom_to_actual()
    while True:
        canvas.zoom_in()
        assert canvas.placement is not None
        if canvas.placement.viewport.can_pan:
            canvas.zoom_out()
            return


def contact_sheet(photographer: Photographer, window: MainWindow) -> Iterator[Condition]:
    """All its versions."""
    window.actions_.contact_sheet.trigger()
    (dialog,) = window.findChildren(ContactSheetDialog)
    yield dialog.isVisible
    sheet = window.findChild(ContactSheet)
    yield lambda: all(sheet.is_ready(variant) for variant in sheet.variants)
    photographer.take(dialog, "contact-sheet")
    dialog.reject()
    yield window.panel.run.restore.isEnabled


def batch(photographer: Photographer, window: MainWindow) -> Iterator[Condition]:
    """Copies of all samples, denoised."""
    yield from restored(window, sample_of("denoise"))  # a batch does what is chosen for one photo
    (page,) = window.findChildren(BatchPage)
    window.pages.show(page)
    with tempfile.TemporaryDirectory() as folder:
        copies = [Path(shutil.copy(sample.path, folder)) for sample in SAMPLES]
        page.add_requested.emit(copies)
        yield page.setup.start.isEnabled
        page.setup.start.click()
        yield lambda: page.report.isVisible() and page.report.isEnabled()
        photographer.take(window, "batch")
        page.clear.click()
        yield page.hint.isVisible


def training(photographer: Photographer, window: MainWindow) -> Iterator[Condition]:
    """A training that is set up, and one from pairs that is judged."""
    (page,) = window.findChildren(TrainPage)
    window.pages.show(page)
    with tempfile.TemporaryDirectory() as home:
        good, scans = Path(home) / "Photos", Path(home) / "Scans"
        write_photos(good, scans)
        page.setup.folder.folder_chosen.emit(good)
        yield lambda: page.sheet.isVisible() and page.setup.start.isEnabled()
        photographer.take(window, "train")
        before = page.training.sheet
        page.setup.pairs_switch.click()
        page.setup.pairs_folder.folder_chosen.emit(scans)
        yield lambda: page.setup.start.isEnabled() and page.training.sheet is not before and page.sheet.isVisible()
        page.setup.steps.setValue(STEPS)
        page.setup.start.click()
        yield lambda: page.training.stage is Stage.ENDED
        photographer.take(window, "train-verdict")


def write_photos(good: Path, scans: Path) -> None:
    """Parts of photos, and the same with noise in blotches, as scanners make it."""
    noise = np.random.default_rng(0)
    good.mkdir()
    scans.mkdir()
    for name, places in CROPS.items():
        photo = cv2.cvtColor(getattr(data, name)(), cv2.COLOR_RGB2BGR)
        for number, (top, left) in enumerate(places, start=1):
            part = photo[top:, left:][:CROP_PX, :CROP_PX]
            scan = part + cv2.blur(noise.normal(0, 45, part.shape), (3, 3))
            cv2.imwrite(str(good / f"{name}-{number}.png"), part)
            cv2.imwrite(str(scans / f"{name}-{number}.png"), scan.round().clip(0, 255).astype(np.uint8))


def main() -> int:
    """Take them; an exit code."""
    parser = argparse.ArgumentParser(description="Take the pictures of the user guide.")
    parser.add_argument("--language", choices=LANGUAGES, help="one language only")
    language = parser.parse_args().language
    if language is not None:
        folder = user_guide(language).parent / "images" / language
        return photograph(tour, folder, 2, ".jpg", width_px=WIDTH_PX, most_bytes=MOST_BYTES, language=language)
    command = [sys.executable, *sys.argv, "--language"]
    return max(subprocess.call([*command, language]) for language in LANGUAGES)


if __name__ == "__main__":
    sys.exit(main())
