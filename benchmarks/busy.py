"""What restoring takes beside another program at work: python -m benchmarks.busy

Times the same restoration in children with different patience of waiting threads (GOMP_SPINCOUNT, see
engine/__init__.py), by turns, alone and beside a child that computes with as many threads as there are cores. Writes
benchmarks/results/busy.json. Linux.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from engine.device import cpu_name

RESULTS = Path(__file__).parent / "results" / "busy.json"
PATIENCE = {"torch's": "", "ours": os.environ["GOMP_SPINCOUNT"]}
ROUNDS = 3
RESTORE = """
import time, numpy as np
from engine.image_io import Image
from engine.restore import Restorer
from engine.run_context import RunContext
from engine.tasks import Level, task_named
photo = Image(np.random.default_rng(0).integers(0, 256, (480, 720, 3), np.uint8))
restorer = Restorer.for_task(task_named("denoise"))
def seconds():
    start = time.perf_counter()
    restorer.restore(photo, Level(25), RunContext())
    return time.perf_counter() - start
seconds()
print(min(seconds() for _ in range(3)))
"""
WORK = "import torch\na = torch.rand(64, 64, 64)\nwhile True: torch.bmm(a, a).relu_()"


def child(program: str, patience: str) -> list[str]:
    """What starts a program with that patience of its threads; torch's own where it is empty."""
    setting = (
        f"import os; os.environ.pop('GOMP_SPINCOUNT', None); os.environ.update({{'GOMP_SPINCOUNT': {patience!r}}})\n"
    )
    bare = "import os; os.environ.pop('GOMP_SPINCOUNT', None); import torch\n"
    return [sys.executable, "-c", (setting if patience else bare) + program]


def seconds(patience: str) -> float:
    """What the restoration took."""
    done = subprocess.run(child(RESTORE, patience), capture_output=True, text=True, check=True)
    return float(done.stdout)


@contextmanager
def other_program() -> Iterator[None]:
    """Another program at work, of the usual patience."""
    process = subprocess.Popen(child(WORK, ""))
    try:
        yield
    finally:
        process.kill()
        process.wait()


def measure() -> dict[str, float]:
    """The median of each patience, by turns."""
    found = {name: list[float]() for name in PATIENCE}
    for _ in range(ROUNDS):
        for name, patience in PATIENCE.items():
            found[name].append(seconds(patience))
    return {name: round(statistics.median(times), 3) for name, times in found.items()}


def main() -> None:
    """Measure and write."""
    alone = measure()
    with other_program():
        busy = measure()
    rows = {
        place: {"seconds": found, "ratio": round(found["ours"] / found["torch's"], 2)}
        for place, found in (("alone", alone), ("beside another program", busy))
    }
    result = {"cpu": cpu_name(), "megapixels": 0.3456, **rows}
    RESULTS.write_text(json.dumps(result, indent=1) + "\n")
    print(json.dumps(rows, indent=1))


if __name__ == "__main__":
    main()
