"""Seconds per megapixel of every task: python -m benchmarks.speed_tasks --data FOLDER [--side PIXELS]

Beside a net of DnCNN's size, both through the Restorer in the same number format, by turns, since the machine is
shared; the best of several counts. The weights of the other net are random: speed does not depend on them. Then all
methods of the tables, one after another on the first picture of the column that the plot of quality against time shows,
in the number format of the tables. Writes benchmarks/results/speed_tasks.json.
"""

from __future__ import annotations

import argparse
import json
import math
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import nn

from benchmarks.quality import PARETO
from benchmarks.speed import noisy_photo
from benchmarks.tables import entrants, machine
from engine.deconvolution import convolve
from engine.device import prepare_process
from engine.image_io import Image
from engine.kernels import disk_kernel
from engine.model import REDNet, REDNetConfig
from engine.restore import RestoreOptions, Restorer
from engine.run_context import RunContext
from engine.tasks import TASKS, Level, Task, task_named
from engine.tensors import to_pixels, to_tensor
from engine.training.cases import Case, cases, known_kernels
from engine.training.data import list_pictures
from engine.training.evaluate import Method
from engine.training.mask_kinds import make_mask
from engine.training.protocols import protocols_named
from engine.zoo import load_shipped

RESULTS = Path(__file__).parent / "results" / "speed_tasks.json"
PROCESSOR = RestoreOptions(device="cpu")
SLOW_S = 10.0
"""A method that takes longer is not run again."""

SLOW = (("deblur", 0.0),)
"""Levels that take longer than others: without noise, and not rounded, more steps of least squares come before the
net."""

PEER_LAYERS, PEER_WIDTH = 20, 64
PEER = f"{PEER_LAYERS} layers, {PEER_WIDTH} channels, full resolution (DnCNN's size)"


def plain_net() -> REDNet:
    """A net of DnCNN's size: convolutions alone, no skips, so that a transposed one cannot slow it down."""
    net = REDNet(REDNetConfig(PEER_LAYERS, PEER_WIDTH, 1, has_skips=False))
    half = PEER_LAYERS // 2
    net.decoder = nn.ModuleList(
        [nn.Conv2d(PEER_WIDTH, PEER_WIDTH, 3, 1, 1) for _ in range(half - 1)] + [nn.Conv2d(PEER_WIDTH, 3, 3, 1, 1)]
    )
    return net


def level_of(task: Task, side_px: int, value: float) -> Level:
    """A level with what it needs besides."""
    mask = make_mask("text", (side_px, side_px), np.random.default_rng(0))
    return Level(
        value,
        kernel=torch.from_numpy(disk_kernel(5)) if task.needs_kernel else None,
        mask=torch.from_numpy(mask)[None] if task.needs_mask else None,
    )


def runner(restorer: Restorer, side_px: int, value: float) -> Callable[[], float]:
    """What restores a picture whose result has that side, and tells the seconds for each megapixel."""
    task = restorer.task
    level = level_of(task, side_px, value)
    image = noisy_photo(side_px // task.scale(level), side_px // task.scale(level))
    if (task.name, value) in SLOW:
        assert level.kernel is not None
        blurred = convolve(to_tensor(noisy_photo(side_px, side_px, 0).pixels), level.kernel)
        image = Image(to_pixels(blurred, np.dtype(np.float32)))

    def run() -> float:
        started = time.perf_counter()
        restored = restorer.restore(image, level, RunContext())
        return (time.perf_counter() - started) / restored.megapixels

    return run


def measure(side_px: int, repeats: int, options: RestoreOptions = PROCESSOR) -> dict[str, Any]:
    """All tasks at ordinary levels, then the slow ones, each beside the other net."""
    peer = Restorer(plain_net(), task_named("denoise"), options)
    rows = []
    ordinary = [(task.name, task.levels.default) for task in TASKS]
    for name, value in [*ordinary, *SLOW]:
        task = task_named(name)
        ours, theirs = (
            runner(Restorer(load_shipped(name)[0], task, options), side_px, value),
            runner(peer, side_px, peer.task.levels.default),
        )
        pairs = [(ours(), theirs()) for _ in range(repeats)]
        seconds, peer_seconds = (min(column) for column in zip(*pairs, strict=True))
        rows.append(
            {
                "task": task.name,
                "level": value,
                "seconds_per_megapixel": seconds,
                "peer_seconds_per_megapixel": peer_seconds,
                "ratio": seconds / peer_seconds,
            }
        )
        print(rows[-1], flush=True)
    return {"machine": machine(), "precision": peer.precision.name, "peer": PEER, "tasks": rows}


def measure_methods(data: Path, repeats: int) -> dict[str, list[dict[str, Any]]]:
    """Seconds per megapixel of all methods of the tables, by task.

    Args:
        data: holds test/ and kernels/.
    """
    found: dict[str, list[dict[str, Any]]] = {}
    for task, (table, column) in PARETO.items():
        (protocol,) = protocols_named(table)
        variant = next(variant for variant in protocol.variants if variant.name == column)
        pictures = list_pictures(data / "test" / protocol.data)[:1]
        case = next(cases(protocol, variant, pictures, known_kernels(data)))
        found[task] = [
            {"name": entrant.name, "seconds_per_megapixel": _seconds_per_megapixel(entrant.method, case, repeats)}
            for entrant in entrants(task)
        ]
        print(task, found[task], flush=True)
    return found


def _seconds_per_megapixel(method: Method, case: Case, repeats: int) -> float:
    best = math.inf
    for _ in range(repeats):
        started = time.perf_counter()
        method(case)
        best = min(best, time.perf_counter() - started)
        if best > SLOW_S:
            break
    return best / (case.clean.shape[1] * case.clean.shape[2] / 1e6)


def main() -> None:
    """Measure and write the results."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True, help="holds test/ and kernels/")
    parser.add_argument("--side", type=int, default=1152, help="of the results, in pixels; another one writes nothing")
    parser.add_argument("--repeats", type=int, default=3)
    args = parser.parse_args()
    prepare_process()
    results = measure(args.side, args.repeats) | {"methods": measure_methods(args.data, args.repeats)}
    if args.side == parser.get_default("side"):
        RESULTS.write_text(json.dumps(results, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
