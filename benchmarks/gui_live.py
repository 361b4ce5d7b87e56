"""How soon the window shows what a change does, on 24 megapixels: python -m benchmarks.gui_live [--json FILE]

The real program with its shipped nets, at 1280 x 800 and real pixels. The task is chosen, then the slider is moved by
the keyboard; measured are the time until the first restored pixels in sight and until all in sight are restored, until
the run before has ended, and how long the window's thread was kept from answering meanwhile, by a timer that wants to
tick every 5 ms. Wall time: other programs change it, so the load is noted.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from benchmarks.speed import noisy_photo
from engine.device import cpu_name, prepare_process
from engine.image_io import write_image

# isort: split
from PySide6.QtCore import QEventLoop, QObject, QPointF, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from benchmarks.gui import HEIGHT, WIDTH, need_no_display
from rednet_gui.app import Program
from rednet_gui.models.growing_view import GrowingView
from rednet_gui.settings import Settings

TASKS = ("denoise", "camera_noise", "deblock")
MOVES = 5
TICK_MS = 5
LONGEST_S = 60
GOES_ON_MS = 1000  # with what is out of sight, so that the next change meets a large tile

Figures = dict[str, float]


class Heartbeat(QObject):
    """Notes the longest time that the window's thread did not answer."""

    def __init__(self) -> None:
        super().__init__()
        self.worst_ms = 0.0
        self._last = time.perf_counter()
        self._timer = QTimer(self, interval=TICK_MS, timerType=Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._tick)
        self._timer.start()

    def restart(self) -> None:
        """Forget what was."""
        self.worst_ms, self._last = 0.0, time.perf_counter()

    def _tick(self) -> None:
        now = time.perf_counter()
        self.worst_ms = max(self.worst_ms, 1000 * (now - self._last) - TICK_MS)
        self._last = now


def restored_share(program: Program, old: object) -> float:
    """How much of what is in sight is restored, 0 to 1, leaving out the `old` preview."""
    preview, canvas = program.session.preview, program.window.canvas
    if not isinstance(preview, GrowingView) or preview is old:
        return 0.0
    corners = canvas.rect().topLeft(), canvas.rect().bottomRight()
    start, stop = (canvas.picture_point(QPointF(corner)) for corner in corners)
    columns, rows = (round(start.x()), round(stop.x())), (round(start.y()), round(stop.y()))
    shared = sum(_shared(rows, tile[0]) * _shared(columns, tile[1]) for tile in preview._tiles)
    return shared / ((rows[1] - rows[0]) * (columns[1] - columns[0]))


def _shared(side: tuple[int, int], tile: slice) -> int:
    return int(max(0, min(side[1], tile.stop) - max(side[0], tile.start)))


def wait(milliseconds: int) -> None:
    """Let the window work; `QTest.qWait` would keep the other threads from running Python meanwhile."""
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()


def wait_for(program: Program, old: object, share: float, started: float) -> float:
    """Seconds from `started` until more than `share` of what is in sight is restored."""
    while restored_share(program, old) <= share:
        wait(TICK_MS)
        if time.perf_counter() - started > LONGEST_S:
            return float("inf")
    return time.perf_counter() - started


def change(program: Program, heartbeat: Heartbeat, act: Callable[[], object]) -> Figures:
    """Change something while a restoration runs."""
    former, ended = program._restore._work._job, list[float]()
    if former is not None:
        former.finished.connect(lambda: ended.append(time.perf_counter()))
    heartbeat.restart()
    old, started = program.session.preview, time.perf_counter()
    act()
    first, all_in_sight = (wait_for(program, old, share, started) for share in (0.0, 0.99))
    figures = {"first_s": round(first, 2), "all_s": round(all_in_sight, 2)}
    wait(GOES_ON_MS)
    if ended:
        figures["cancel_ms"] = round(1000 * (ended[0] - started))
    return {**figures, "worst_block_ms": round(heartbeat.worst_ms, 1)}


def measure(program: Program, task: str, heartbeat: Heartbeat) -> dict[str, Figures | list[Figures]]:
    """Choose the task, then move the slider a few times."""
    panel = program.window.panel
    chosen = change(program, heartbeat, lambda: panel.tasks.task_requested.emit(task))
    moved = list[Figures]()
    slider = panel.level.slider
    slider.setFocus()
    for _ in range(MOVES):
        moved.append(change(program, heartbeat, lambda: QTest.keyClick(slider, Qt.Key.Key_Right)))
    return {"task": chosen, "slider": moved}


def main() -> int:
    """Measure each task; the exit code."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures there too")
    args = parser.parse_args()
    load = os.getloadavg()[0] if hasattr(os, "getloadavg") else None  # of others: before it begins
    prepare_process()
    need_no_display()
    app = QApplication([])
    with tempfile.TemporaryDirectory() as folder:
        os.environ["XDG_DATA_HOME"] = folder
        photo = Path(folder, "photo.jpg")
        write_image(photo, noisy_photo(HEIGHT, WIDTH), quality=95)
        program = Program(Settings(Path(folder)))
        program.window.resize(1280, 800)
        program.window.show()
        program.start([photo])
        QTest.qWaitForWindowExposed(program.window)
        while program.session.source is None:
            wait(TICK_MS)
        program.window.canvas.zoom_to_actual()
        heartbeat = Heartbeat()
        found = {task: measure(program, task, heartbeat) for task in TASKS}
        program.session.mark_saved()
        program.window.close()
        program.shutdown()
    app.processEvents()
    text = json.dumps({"cpu": cpu_name(), "load": load, "megapixels": WIDTH * HEIGHT / 1e6, "tasks": found}, indent=1)
    print(text)
    if args.json is not None:
        args.json.write_text(text + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
