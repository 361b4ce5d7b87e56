"""How quickly the window answers on 24 megapixels: python -m benchmarks.gui [--json FILE]

Painting: the time of the processor, which other programs do not change, from a move of the pointer to the painted
pixels, in milliseconds; 60 strokes a second leave 16.7. Needs no display.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
import time
from pathlib import Path

import numpy as np

from engine.device import cpu_name
from engine.image_io import Image

# isort: split
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from engine.tasks import TASKS, Level
from rednet_gui.models.album import Album
from rednet_gui.models.limit import LimitMode
from rednet_gui.models.picture_steps import step_of
from rednet_gui.models.picture_view import PictureView
from rednet_gui.models.session import Result, Session, Source
from rednet_gui.settings import BRUSH_SIZE, Settings
from rednet_gui.views.main_window import MainWindow

WIDTH, HEIGHT = 6000, 4000
MOVES = 60
FRAME_MS = 17


def window_with_photo(settings: Settings) -> tuple[MainWindow, Session]:
    """The window at 1280 x 800 with a photo and something restored."""
    session = Session(TASKS[0])
    window = MainWindow(session, Album(session), settings)
    window.resize(1280, 800)
    window.show()
    QTest.qWaitForWindowExposed(window)
    rng = np.random.default_rng(0)
    pixels = rng.integers(0, 255, (HEIGHT, WIDTH, 3), dtype=np.uint8)
    view = PictureView.of(pixels)
    session.set_source(Source(Image(pixels), view, Path("photo.png"), ".png"))
    restored = 255 - pixels
    step = step_of(TASKS[0], Level(25))
    made = Result(Image(restored), PictureView.of(restored), TASKS[0].name, 25.0, 1.0, "cpu", "float32", step)
    session.set_result(made)
    return window, session


def paint(window: MainWindow) -> list[float]:
    """Milliseconds of the window's thread from each move of the pointer to the finished picture of it."""
    canvas, times = window.canvas, list[float]()
    middle = canvas.rect().center()
    QTest.mousePress(canvas, Qt.MouseButton.LeftButton, pos=middle)
    for number in range(MOVES):
        angle = number / 6
        place = middle + QPoint(round(260 * np.cos(angle)), round(200 * np.sin(1.3 * angle)))
        started = time.thread_time()
        QTest.mouseMove(canvas, place)
        QTest.qWait(FRAME_MS)  # paints, also what the restoration looks like within the mask
        times.append(1000 * (time.thread_time() - started))
    QTest.mouseRelease(canvas, Qt.MouseButton.LeftButton, pos=middle)
    return sorted(times)


def measure_painting(window: MainWindow, session: Session) -> dict[str, dict[str, float]]:
    """For each use of the mask, zoom and size of the brush, and for a stroke undone and done again."""
    found = dict[str, dict[str, float]]()
    desk = window.mask_desk
    desk.actions.brush.setChecked(True)
    window.canvas.set_split(0)  # the divider would be dragged instead
    for mode in (LimitMode.EVERYWHERE, LimitMode.ONLY):
        session.limit.set_mode(mode)
        for zoom, name in ((window.canvas.zoom_to_fit, "fit"), (window.canvas.zoom_to_actual, "100 %")):
            zoom()
            for size in (40.0, 200.0, 1000.0):
                desk.options.set(BRUSH_SIZE, size)
                session.mask.reset(WIDTH, HEIGHT)
                window.grab()
                times = paint(window)
                found[f"paint {mode.value}, {name}, brush {size:g} px"] = {
                    "median_ms": round(times[MOVES // 2], 1),
                    "of_95_percent_ms": round(times[MOVES * 95 // 100], 1),
                    "worst_ms": round(times[-1], 1),
                }
    for name, act in (("undo", session.mask.undo), ("redo", session.mask.redo)):
        started = time.thread_time()
        act()
        window.canvas.repaint()
        found[f"{name} a stroke"] = {"worst_ms": round(1000 * (time.thread_time() - started), 1)}
    return found


def need_no_display() -> None:
    """Where there is no display, paint into memory."""
    if sys.platform == "linux" and not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")


def main() -> int:
    """Run all measurements; the exit code."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures there too")
    args = parser.parse_args()
    need_no_display()
    app = QApplication([])
    with tempfile.TemporaryDirectory() as folder:
        window, session = window_with_photo(Settings(Path(folder)))
        found = measure_painting(window, session)
        session.mark_saved()
        window.close()
    app.processEvents()
    text = json.dumps({"cpu": cpu_name(), "megapixels": WIDTH * HEIGHT / 1e6, "processor": found}, indent=1)
    print(text)
    if args.json is not None:
        args.json.write_text(text + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
