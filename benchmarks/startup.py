"""How soon the window can be seen: python benchmarks/startup.py [dist/rednet-restore/rednet-gui]

Starts the program on a screen of its own and asks that screen until it shows the window, several times: cold, when
none of the program's files are in memory, and warm. Writes benchmarks/results/startup.json. Linux, with Xvfb, xdotool.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from engine.device import cpu_name

ROOT = Path(__file__).parents[1]
RESULTS = Path(__file__).parent / "results" / "startup.json"
PROGRAM = ROOT / "dist" / "rednet-restore" / "rednet-gui"
SCREEN = ":86"
TARGETS_S = {"cold": 6.0, "warm": 3.0}
_PATIENCE_S = 120.0


@contextmanager
def screen() -> Iterator[None]:
    """A screen that nobody looks at."""
    server = subprocess.Popen(
        ["Xvfb", SCREEN, "-screen", "0", "1280x800x24", "-nolisten", "tcp"], stderr=subprocess.DEVNULL
    )
    try:
        while not Path(f"/tmp/.X11-unix/X{SCREEN[1:]}").exists():
            time.sleep(0.05)
        yield
    finally:
        server.terminate()
        server.wait()


def forget(folder: Path) -> None:
    """Drop the files of a folder from the system's memory, and no others."""
    os.sync()  # what is not yet written stays
    for path in folder.rglob("*"):
        if path.is_file():
            descriptor = os.open(path, os.O_RDONLY)
            os.posix_fadvise(descriptor, 0, 0, os.POSIX_FADV_DONTNEED)
            os.close(descriptor)


def seconds_to_window(program: Path, home: Path) -> tuple[float, float]:
    """From the start of a program to its window, and the processor time it took until then."""
    environment = {**os.environ, "DISPLAY": SCREEN, "HOME": str(home), "QT_QPA_PLATFORM": "xcb"}
    started = time.perf_counter()
    process = subprocess.Popen([str(program)], env=environment, stderr=subprocess.DEVNULL)
    try:
        while not is_window_visible():
            if process.poll() is not None or time.perf_counter() - started > _PATIENCE_S:
                raise SystemExit(f"{program} shows no window.")
            time.sleep(0.02)
        return time.perf_counter() - started, processor_seconds(process.pid)
    finally:
        process.terminate()
        process.wait()


def is_window_visible() -> bool:
    """Whether the screen shows the program's window."""
    search = ["xdotool", "search", "--onlyvisible", "--name", "RED-Net"]
    found = subprocess.run(search, env={**os.environ, "DISPLAY": SCREEN}, capture_output=True, check=False)
    return bool(found.stdout.strip())


def processor_seconds(pid: int) -> float:
    """User and system time of a process so far."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def measure(program: Path, runs: int) -> dict[str, dict[str, Any]]:
    """Seconds of each run, cold and warm, with the median and what was aimed at."""
    results = {}
    with tempfile.TemporaryDirectory() as home, screen():
        seconds_to_window(program, Path(home))
        for kind, target in TARGETS_S.items():
            times = []
            for _ in range(runs):
                if kind == "cold":
                    forget(program.resolve().parent)
                times.append(seconds_to_window(program, Path(home)))
            results[kind] = {
                "seconds": [round(wall, 2) for wall, _ in times],
                "median": round(statistics.median(wall for wall, _ in times), 2),
                "processor_seconds": round(statistics.median(used for _, used in times), 2),
                "target": target,
            }
    return results


def main() -> None:
    """Measure, print and write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("program", type=Path, nargs="?", default=PROGRAM)
    parser.add_argument("--runs", type=int, default=5)
    args = parser.parse_args()
    load = os.getloadavg()[0]
    results = {
        "machine": {"processor": cpu_name(), "cores": os.cpu_count(), "load_before": round(load, 1)},
        **measure(args.program, args.runs),
    }
    RESULTS.write_text(json.dumps(results, indent=1) + "\n", encoding="utf-8")
    print(json.dumps(results, indent=1))


if __name__ == "__main__":
    main()
