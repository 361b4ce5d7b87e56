"""Take the pictures of the user guide in each of its languages.

python docs/take_guide_pictures.py
"""

from __future__ import annotations

import argparse
import subprocess
import sys
from collections.abc import Iterator
from functools import partial

from photographer import Condition, Photographer, photograph

from rednet_gui.assets import user_guide
from rednet_gui.models.contact_sheet import ContactSheet
from rednet_gui.models.samples import SAMPLES, Sample
from rednet_gui.translation import LANGUAGES
from rednet_gui.views.contact_sheet import ContactSheetDialog
from rednet_gui.views.main_window import MainWindow

WIDTH_PX = 1720
"""Twice the width of a column of the guide."""


def tour(photographer: Photographer, window: MainWindow) -> Iterator[Condition]:
    """The empty window, a sample of each task, the contact sheet, the other pages."""
    yield window.empty_hint.isVisible
    photographer.take(window, "start")
    for sample in SAMPLES:
        window.sample_requested.emit(sample.task)
        yield partial(is_shown, window, sample)
        window.panel.run.restore.click()
        yield window.panel.save.isEnabled
        photographer.take(window, sample.task)
        if sample.task == "denoise":
            yield from contact_sheet(photographer, window)
    window.pages.menu.actions()[1].trigger()
    photographer.take(window, "batch")  # train.jpg takes a training: see take_training_screenshots.py
    window.pages.show_desk()


def is_shown(window: MainWindow, sample: Sample) -> bool:
    """Whether it can be restored."""
    return window.windowTitle().startswith(sample.path.name) and window.panel.run.restore.isEnabled()


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


def main() -> int:
    """Take them; an exit code."""
    parser = argparse.ArgumentParser(description="Take the pictures of the user guide.")
    parser.add_argument("--language", choices=LANGUAGES, help="one language only")
    language = parser.parse_args().language
    if language is not None:
        folder = user_guide(language).parent / "images" / language
        return photograph(tour, folder, 2, ".jpg", width_px=WIDTH_PX, language=language)
    command = [sys.executable, *sys.argv, "--language"]
    return max(subprocess.call([*command, language]) for language in LANGUAGES)


if __name__ == "__main__":
    sys.exit(main())
