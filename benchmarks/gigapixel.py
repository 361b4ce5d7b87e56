"""How much memory and time a huge picture takes: python -m benchmarks.gigapixel [--megapixels 1000 ...] [--task NAME]

Makes a tiled TIFF of that size from a sample photo and noise, restores it with `rednet restore` and watches what that
process takes. With the shipped net a gigapixel takes from a quarter of an hour on two free cores to hours. What its
size costs is everything but the net, whose tiles are all alike: --small-net measures that in minutes.
Writes benchmarks/results/gigapixel.json. Linux, macOS.
"""

from __future__ import annotations

import argparse
import json
import math
import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import numpy as np
import pyvips
import torch

from engine.checkpoint import ModelHeader, save_model
from engine.device import cpu_name
from engine.image_io import read_image
from engine.large_arrays import scratch_folder
from engine.model import REDNet, REDNetConfig
from engine.tasks import Task, task_named

ROOT = Path(__file__).parents[1]
RESULTS = Path(__file__).parent / "results" / "gigapixel.json"
SAMPLE = ROOT / "resources" / "samples" / "noisy-coffee.jpg"
TARGET_BYTES = 3 * 10**9
_TILE_PX = 512
_SIGMA = 8
_LOOK_EVERY_S = 0.2
_FILE_SHARE, _SCRATCH_SHARE = 3, 2.5  # of the samples: the two files, one of them twice; the picture and its result


def make(path: Path, side_px: int) -> None:
    """A square TIFF of many sample photos, with grain that repeats nowhere near; takes little memory."""
    sample = read_image(SAMPLE).pixels
    rng = np.random.default_rng(1)
    rows, columns = (max(1, 4096 // length) for length in sample.shape[:2])
    block = np.tile(sample, (rows, columns, 1)).astype(np.float32)
    block += rng.normal(0, _SIGMA, block.shape)
    patch = pyvips.Image.new_from_array(block.clip(0, 255).astype(np.uint8))
    across, down = math.ceil(side_px / patch.width), math.ceil(side_px / patch.height)
    picture = patch.replicate(across, down).crop(0, 0, side_px, side_px).copy(interpretation="srgb")
    tiles = {"tile": True, "tile_width": _TILE_PX, "tile_height": _TILE_PX}
    picture.tiffsave(str(path), compression="deflate", predictor="horizontal", bigtiff=True, **tiles)


def make_small_net(path: Path, task: Task) -> Path:
    """A model file with a net of six layers."""
    config = REDNetConfig(6, 8, 2, 3, task.condition_channels)
    net = REDNet(config, rng=torch.Generator().manual_seed(1))
    save_model(path, net, ModelHeader(task.name, (0, 1), config))
    return path


def restore(source: Path, target: Path, options: list[str]) -> dict[str, float]:
    """Run `rednet restore` and watch it: seconds, and the most memory that it took, with and without pages of files."""
    command = [sys.executable, "-m", "engine.cli", "restore", str(source), "-o", str(target), *options]
    started = time.perf_counter()
    process = subprocess.Popen(command, cwd=ROOT)
    anonymous = 0
    while True:
        pid, status, usage = os.wait4(process.pid, os.WNOHANG)
        if pid:
            break
        anonymous = max(anonymous, _anonymous_bytes(process.pid))
        time.sleep(_LOOK_EVERY_S)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"It ended with {process.returncode}.")
    unit = 1 if sys.platform == "darwin" else 1024
    return {
        "seconds": round(time.perf_counter() - started, 1),
        "processor_s": round(usage.ru_utime + usage.ru_stime, 1),
        "peak_bytes": usage.ru_maxrss * unit,
        "peak_anonymous_bytes": anonymous,
    }


def _anonymous_bytes(pid: int) -> int:
    """What is in no file: pages of files are given back when others need memory. 0 where the system does not tell."""
    try:
        lines = Path(f"/proc/{pid}/status").read_text(encoding="utf-8").splitlines()
    except OSError:
        return 0
    return sum(int(line.split()[1]) * 1024 for line in lines if line.startswith("RssAnon:"))


def check_room(folder: Path, sample_bytes: int) -> None:
    """Raises: SystemExit: a disk is too small."""
    needs = [(folder, _FILE_SHARE * sample_bytes), (scratch_folder(), _SCRATCH_SHARE * sample_bytes)]
    if folder.stat().st_dev == needs[1][0].stat().st_dev:
        needs = [(folder, needs[0][1] + needs[1][1])]
    for where, needed in needs:
        free = shutil.disk_usage(where).free
        if free < needed:
            raise SystemExit(f"{where}: {needed / 1e9:.0f} GB are needed, {free / 1e9:.0f} GB are free.")


def measure(megapixels: float, task: str, level: str, folder: Path | None, *, has_small_net: bool) -> dict[str, Any]:
    """Make a picture of that size and restore it; the figures."""
    side_px = round(math.sqrt(megapixels * 1e6))
    with tempfile.TemporaryDirectory(dir=folder) as made:
        check_room(Path(made), 3 * side_px**2)
        source, target = Path(made, "source.tif"), Path(made, "target.tif")
        make(source, side_px)
        options = ["--task", task, "--level", level]
        if has_small_net:
            options += ["--model", str(make_small_net(Path(made, "small.safetensors"), task_named(task)))]
        found: dict[str, Any] = {"megapixels": round(side_px**2 / 1e6, 1), **restore(source, target, options)}
        found |= {"source_bytes": source.stat().st_size, "target_bytes": target.stat().st_size}
    found["is_within_target"] = found["peak_bytes"] < TARGET_BYTES
    return found | {"cpu": cpu_name(), "threads": os.environ.get("OMP_NUM_THREADS", "all")}


def main() -> None:
    """Measure, print, and note the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--megapixels", type=float, nargs="+", default=[1000.0])
    parser.add_argument("--task", default="denoise")
    parser.add_argument("--level", default="15")
    parser.add_argument("--small-net", action="store_true", help="instead of the shipped one, to measure all but it")
    parser.add_argument("--folder", type=Path, help="where the two pictures lie meanwhile")
    args = parser.parse_args()
    for megapixels in args.megapixels:
        found = measure(megapixels, args.task, args.level, args.folder, has_small_net=args.small_net)
        print(json.dumps(found, indent=1), flush=True)
        known = json.loads(RESULTS.read_text(encoding="utf-8")) if RESULTS.exists() else {}
        known[f"{args.task}, {megapixels:g} MP{', small net' if args.small_net else ''}"] = found
        RESULTS.write_text(json.dumps(known, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
