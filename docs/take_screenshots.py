"""Take pictures of the real window: empty, at work and done.

    python docs/take_screenshots.py PICTURE FOLDER
    python docs/take_screenshots.py resources/samples/dark-astronaut.jpg out/modes --modes

Writes into FOLDER, at 1280 x 800 and, named -2x, at twice the screen scale:
window-empty.png, window-working.png, window.png and window-detail.png; with --modes instead what compares, paints and
shapes, each as a JPEG.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from photographer import Condition, Photographer, Tour, photograph

from rednet_gui.views.main_window import MainWindow

MOST_BYTES = 250_000
"""Of a JPEG."""


def tour_of(picture: Path) -> Tour:
    """Open a picture, restore it, look at it closely."""

    def tour(photographer: Photographer, window: MainWindow) -> Iterator[Condition]:
        yield window.empty_hint.isVisible
        photographer.take(window, "window-empty")
        window.open_paths([picture])
        yield window.panel.run.restore.isEnabled
        window.panel.run.restore.click()
        yield lambda: window.panel.save.isEnabled() or window.panel.run.bar.value() > window.panel.run.bar.maximum() / 3
        photographer.take(window, "window-working")
        yield window.panel.save.isEnabled
        photographer.take(window, "window")
        window.canvas.zoom_to_actual()
        window.canvas.zoom_in()
        photographer.take(window, "window-detail")

    return tour


def modes_of(picture: Path) -> Tour:
    """Restore a picture and look at it in every way; then paint, and shape a blur."""

    def tour(photographer: Photographer, window: MainWindow) -> Iterator[Condition]:
        window.open_paths([picture])
        yield window.panel.run.restore.isEnabled
        window.panel.run.restore.click()
        yield window.panel.save.isEnabled
        window.canvas.zoom_to_actual()
        window.canvas.zoom_in()
        for action in window.actions_.modes.actions():
            action.trigger()
            yield window.panel.save.isEnabled
            photographer.take(window, f"compare-{action.data()}")
        window.actions_.modes.actions()[0].trigger()
        for task in ("inpaint", "deblur"):
            window.sample_requested.emit(task)
            yield lambda: window.panel.run.restore.isEnabled() and not window.panel.save.isEnabled()
            photographer.take(window, f"{task}-before")
            window.panel.run.restore.click()
            yield window.panel.save.isEnabled
            photographer.take(window, f"{task}-after")

    return tour


def main() -> int:
    """Take the pictures at both scales; an exit code."""
    parser = argparse.ArgumentParser(description="Take pictures of the window.")
    parser.add_argument("picture", type=Path)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--modes", action="store_true", help="how it compares, paints and shapes a blur")
    parser.add_argument("--scale", type=int, help="one scale only")
    arguments = parser.parse_args()
    if arguments.scale is not None:
        scale, suffix = arguments.scale, ".jpg" if arguments.modes else ".png"
        tour = (modes_of if arguments.modes else tour_of)(arguments.picture)
        ending = suffix if scale == 1 else f"-{scale}x{suffix}"
        return photograph(tour, arguments.folder, scale, ending, most_bytes=MOST_BYTES if arguments.modes else None)
    command = [sys.executable, *sys.argv, "--scale"]
    return max(subprocess.call([*command, scale]) for scale in ("1", "2"))


if __name__ == "__main__":
    sys.exit(main())
