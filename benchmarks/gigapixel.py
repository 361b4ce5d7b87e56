"""How much memory and time a huge picture takes: python -m benchmarks.gigapixel [--megapixels 1000] [--restore]

Makes a TIFF of that size strip by strip, then reads and writes it in a process of its own, and with --restore
denoises it in between, which takes hours on a processor. Writes benchmarks/results/gigapixel.json. Linux, macOS.
"""

from __future__ import annotations

import argparse
import json
import math
import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import numpy as np
import pyvips

from engine.device import cpu_name
from engine.image_io import read_image, write_image
from engine.restore import Restorer
from engine.run_context import Progress, RunContext
from engine.tasks import Level, task_named

RESULTS = Path(__file__).parent / "results" / "gigapixel.json"
TARGET_BYTES = 3 * 10**9
_PATCH_PX = 1024
_TOLD_EVERY = 0.01


def make(path: Path, side_px: int) -> None:
    """A square TIFF of soft clouds with grain; takes little memory."""
    rng = np.random.default_rng(1)
    rows, columns = np.mgrid[:_PATCH_PX, :_PATCH_PX] / _PATCH_PX * 2 * np.pi
    clouds = 128 + 60 * np.sin(rows) * np.cos(columns)
    noisy = clouds[..., None] + rng.normal(0, 12, (_PATCH_PX, _PATCH_PX, 3))
    patch = pyvips.Image.new_from_array(noisy.clip(0, 255).astype(np.uint8))
    count = math.ceil(side_px / _PATCH_PX)
    picture = patch.replicate(count, count).crop(0, 0, side_px, side_px).copy(interpretation="srgb")
    picture.tiffsave(str(path), compression="deflate", predictor="horizontal", bigtiff=True)


def work(source: Path, target: Path, *, restores: bool) -> dict[str, float]:
    """Read, perhaps restore, and write; seconds of each, and the most memory that was taken."""
    seconds, started = {}, time.perf_counter()
    image = read_image(source)
    seconds["read_s"] = time.perf_counter() - started
    if restores:
        started = time.perf_counter()
        restorer = Restorer.for_task(task_named("denoise"))
        image = restorer.restore(image, Level(15), RunContext(_Teller(), _tell))
        seconds["restore_s"] = time.perf_counter() - started
    started = time.perf_counter()
    write_image(target, image)
    seconds["write_s"] = time.perf_counter() - started
    unit = 1 if sys.platform == "darwin" else 1024
    return {**seconds, "peak_bytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit, **_status()}


def _status() -> dict[str, float]:
    """The memory that is really taken: pages of files are given back when others need them."""
    path = Path("/proc/self/status")
    lines = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
    return {line.split(":")[0]: int(line.split()[1]) * 1024 for line in lines if line.startswith(("VmHWM", "RssAnon"))}


class _Teller:
    """A line for each hundredth."""

    def __init__(self) -> None:
        self._next = 0.0

    def __call__(self, progress: Progress) -> None:
        if progress.done / progress.total >= self._next:
            self._next = progress.done / progress.total + _TOLD_EVERY
            _tell(f"{progress.done / progress.total:.0%}")


def _tell(line: str) -> None:
    print(line, file=sys.stderr, flush=True)


def main() -> None:
    """Measure, print, and note the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--megapixels", type=float, default=1000)
    parser.add_argument("--restore", action="store_true")
    parser.add_argument("--folder", type=Path, help="where the two pictures lie meanwhile")
    parser.add_argument("--work", nargs=2, type=Path, help=argparse.SUPPRESS)
    args = parser.parse_args()
    if args.work:
        print(json.dumps(work(*args.work, restores=args.restore)))
        return
    side_px = round(math.sqrt(args.megapixels * 1e6))
    with tempfile.TemporaryDirectory(dir=args.folder) as folder:
        source, target = Path(folder, "source.tif"), Path(folder, "target.tif")
        make(source, side_px)
        command = [sys.executable, "-m", "benchmarks.gigapixel", "--work", str(source), str(target)]
        command += ["--restore"] if args.restore else []
        done = subprocess.run(command, stdout=subprocess.PIPE, check=True, env=dict(os.environ))
        found: dict[str, Any] = json.loads(done.stdout)
        found |= {"megapixels": side_px**2 / 1e6, "is_restored": args.restore, "cpu": cpu_name()}
        found |= {"source_bytes": source.stat().st_size, "target_bytes": target.stat().st_size}
    found["is_within_target"] = found["peak_bytes"] < TARGET_BYTES
    print(json.dumps(found, indent=1))
    known = json.loads(RESULTS.read_text(encoding="utf-8")) if RESULTS.exists() else {}
    known[f"{args.megapixels:g} MP{', restored' if args.restore else ''}"] = found
    RESULTS.write_text(json.dumps(known, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
