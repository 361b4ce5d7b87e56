"""Speed and memory of denoising: python benchmarks/speed.py [--quick]

Measures in one run, since the machine is shared: a plain matrix product in the net's number
format, the net, and a whole `rednet restore`. Writes benchmarks/results/speed.json.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from skimage import data
from torch import Tensor

from engine.device import cpu_name, prepare_process
from engine.image_io import Image, read_image, write_image
from engine.model import REDNet
from engine.restore import RestoreOptions, Restorer
from engine.run_context import RunContext
from engine.tasks import Level, task_named
from engine.zoo import load_shipped

RESULTS = Path(__file__).parent / "results" / "speed.json"
LEVEL = Level(25)
PRECISIONS = ("bfloat16", "float32")


def noisy_photo(height: int, width: int, sigma_8bit: float = 25) -> Image:
    """A real photo, mirrored until it has the size, with noise."""
    photo = data.astronaut()  # type: ignore[no-untyped-call]  # scikit-image has no types
    reach = (-(-height // 512), -(-width // 512))
    rows = [
        np.hstack([photo[:: 1 - 2 * (y % 2), :: 1 - 2 * (x % 2)] for x in range(reach[1])]) for y in range(reach[0])
    ]
    pixels = np.vstack(rows)[:height, :width].copy()
    rng = np.random.default_rng(0)
    for band in np.array_split(pixels, max(1, height // 256)):
        band[:] = (band + rng.normal(0, sigma_8bit, band.shape)).round().clip(0, 255)
    return Image(pixels)


def product_rate(dtype: torch.dtype, seconds: float = 3.0) -> float:
    """GFLOP/s of a plain square matrix product: the best of many."""
    a, b = (torch.randn(2048, 2048).to(dtype) for _ in range(2))
    best, started = float("inf"), time.perf_counter()
    while time.perf_counter() - started < seconds:
        before = time.perf_counter()
        a @ b
        best = min(best, time.perf_counter() - before)
    return 2 * 2048**3 / best / 1e9


def operations(net: REDNet, x: Tensor) -> float:
    """Floating-point operations of one forward pass: two for each multiplication in a layer."""
    config = net.config
    inner = (config.depth - 2) * config.width**2 * 9
    edge_kernel = 16 if config.stride == 2 else 9
    ends = edge_kernel * config.width * (2 * config.image_channels + config.condition_channels)
    return float(2 * (inner + ends) * x.shape[-1] * x.shape[-2] / config.stride**2)


@dataclass(slots=True)
class Stopwatch:
    """Time and work inside nets."""

    seconds: float = 0.0
    operations: float = 0.0


@contextmanager
def watched_nets() -> Iterator[Stopwatch]:
    """Count what all nets do meanwhile; a restorer runs a copy of the one that it is given."""
    watch, residual = Stopwatch(), REDNet.residual

    def timed(net: REDNet, x: Tensor, *rest: Any) -> Tensor:
        started = time.perf_counter()
        output = residual(net, x, *rest)
        watch.seconds += time.perf_counter() - started
        watch.operations += operations(net, x)
        return output

    REDNet.residual = timed  # type: ignore[method-assign,assignment]
    try:
        yield watch
    finally:
        REDNet.residual = residual  # type: ignore[method-assign]


def measure_run(source: Path, target: Path, precision: str) -> dict[str, float]:
    """Read, restore and save in this process; where the time goes."""
    net, _ = load_shipped("denoise")
    restorer = Restorer(net, task_named("denoise"), RestoreOptions(device="cpu", precision=precision))
    before = product_rate(restorer.precision.dtype)
    with watched_nets() as watch:
        started = time.perf_counter()
        image = read_image(source)
        write_image(target, restorer.restore(image, LEVEL, RunContext()))
        seconds = time.perf_counter() - started
    product = max(before, product_rate(restorer.precision.dtype))
    return {
        "seconds_per_megapixel": seconds / image.megapixels,
        "share_outside_network": 1 - watch.seconds / seconds,
        "network_gflops": watch.operations / watch.seconds / 1e9,
        "matrix_product_gflops": product,
        "network_to_product": watch.operations / watch.seconds / 1e9 / product,
        "halo_overhead": watch.operations / operations(net, torch.empty(1, 1, image.height, image.width)) - 1,
    }


def peak_memory(source: Path, target: Path, precision: str) -> float:
    """Peak resident GB of a `rednet restore` process."""
    # The process reads its own high-water mark: ru_maxrss would count what this process held at the fork.
    code = "import sys; from engine.cli.main import main; main(sys.argv[1:]); print(open('/proc/self/status').read())"
    arguments = ["restore", str(source), "-o", str(target), "--level", "25", "--precision", precision]
    result = subprocess.run([sys.executable, "-c", code, *arguments], capture_output=True, text=True, check=True)
    line = next(line for line in result.stdout.splitlines() if line.startswith("VmHWM"))
    return int(line.split()[1]) * 1024 / 1e9


def main() -> None:
    """Measure and write the results."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="6 megapixels only, no memory")
    is_quick = parser.parse_args().quick
    prepare_process()
    results: dict[str, Any] = {"machine": f"{cpu_name()}, {torch.get_num_threads()} threads, torch {torch.__version__}"}
    with tempfile.TemporaryDirectory() as folder:
        photo, scan = Path(folder, "24mp.jpg"), Path(folder, "100mp.tif")
        write_image(photo, noisy_photo(2000, 3000) if is_quick else noisy_photo(4000, 6000))
        for precision in PRECISIONS:
            results[precision] = measure_run(photo, Path(folder, "out.jpg"), precision)
            print(precision, json.dumps(results[precision], indent=1), flush=True)
        if not is_quick:
            for precision in PRECISIONS:
                results[precision]["peak_memory_gb_24mp_jpeg"] = peak_memory(photo, Path(folder, "out.jpg"), precision)
            write_image(scan, noisy_photo(10_000, 10_000))
            results["bfloat16"]["peak_memory_gb_100mp_tiff"] = peak_memory(scan, Path(folder, "out.tif"), "bfloat16")
    print(json.dumps(results, indent=1))
    if not is_quick:
        RESULTS.parent.mkdir(exist_ok=True)
        RESULTS.write_text(json.dumps(results, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
