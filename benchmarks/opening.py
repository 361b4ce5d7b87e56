"""How soon a large photo can be seen in the window: python -m benchmarks.opening [--megapixels 100] [FILE ...]

Opens files in the program itself, each in a process of its own, and looks at it until it shows a first view and until
it shows the picture. Without files it makes a JPEG, a TIFF and a 16-bit TIFF. Writes benchmarks/results/opening.json.
Needs no display.
"""

from __future__ import annotations

import argparse
import json
import math
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pyvips

from benchmarks.gigapixel import make
from engine.device import cpu_name

# isort: split
from PySide6.QtWidgets import QApplication

from rednet_gui.views.main_window import MainWindow

ROOT = Path(__file__).parents[1]
RESULTS = Path(__file__).parent / "results" / "opening.json"
TARGET_S = 5.0
_PATIENCE_S = 120.0


def watch(path: Path) -> dict[str, float]:
    """Open a file in the program; seconds until something and until all of it is shown, and the processor's for all."""
    from tests.e2e.conftest import play

    found: dict[str, float] = {}

    def script(window: MainWindow) -> Iterator[Callable[[], bool]]:
        yield window.isVisible
        started, processor = time.perf_counter(), time.process_time()
        window.open_paths([path])
        yield lambda: window.stage.currentIndex() != 0
        found["first_view_s"] = round(time.perf_counter() - started, 2)
        yield lambda: window.stage.currentWidget() is window.canvas
        window.canvas.repaint()
        found["picture_s"] = round(time.perf_counter() - started, 2)
        found["processor_s"] = round(time.process_time() - processor, 2)
        window.close()

    application = QApplication(["rednet-gui"])  # the robot's timer needs one before the program makes it
    play(script)
    del application
    return found


def make_files(folder: Path, megapixels: float) -> list[Path]:
    """A photo of that size in several formats."""
    tiled = folder / "8 bit, tiled.tif"
    make(tiled, round(math.sqrt(megapixels * 1e6)))
    picture = pyvips.Image.new_from_file(str(tiled))
    jpeg, deep = folder / "8 bit.jpg", folder / "16 bit.tif"
    picture.jpegsave(str(jpeg), Q=90)
    wide = (picture.cast("ushort") * 257).cast("ushort").copy(interpretation="rgb16")
    wide.tiffsave(str(deep), compression="deflate", predictor="horizontal")
    return [jpeg, tiled, deep]


def main() -> None:
    """Measure, print, and note the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("files", nargs="*", type=Path, metavar="FILE")
    parser.add_argument("--megapixels", type=float, default=100.0)
    parser.add_argument("--watch", type=Path, help=argparse.SUPPRESS)
    args = parser.parse_args()
    if args.watch:
        print(json.dumps(watch(args.watch)))
        return
    with tempfile.TemporaryDirectory() as made:
        files = args.files or make_files(Path(made), args.megapixels)
        found = {path.name: _measured(path, Path(made, f"home {number}")) for number, path in enumerate(files)}
    result = {"target_s": TARGET_S, "load": os.getloadavg()[0], "cpu": cpu_name(), "files": found}
    print(json.dumps(result, indent=1))
    if not args.files:
        RESULTS.write_text(json.dumps({f"{args.megapixels:g} MP": result}, indent=1) + "\n", encoding="utf-8")


def _measured(path: Path, home: Path) -> dict[str, Any]:
    """In a home of its own, or the program would open the last photos again."""
    home.mkdir()
    command = [sys.executable, "-m", "benchmarks.opening", "--watch", str(path.absolute())]
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "HOME": str(home), "PYTHONPATH": str(ROOT)}
    for kind in ("CONFIG", "DATA", "STATE"):
        environment[f"XDG_{kind}_HOME"] = str(home / kind.lower())
    done = subprocess.run(
        command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, check=True, text=True, timeout=_PATIENCE_S
    )
    times: dict[str, Any] = json.loads(done.stdout)
    return {"bytes": path.stat().st_size, **times, "is_within_target": times["picture_s"] < TARGET_S}


if __name__ == "__main__":
    main()
