"""How much of a batch's time the network takes: python -m benchmarks.batch [--photos 50] [--megapixels 12]

Writes benchmarks/results/batch.json when measured at the default size.
"""

from __future__ import annotations

import argparse
import json
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import torch

from benchmarks.speed import noisy_photo, watched_nets
from engine.batch.queue import BatchOptions, Entry, Queue, Status
from engine.batch.runner import Batch, Tools
from engine.device import cpu_name, prepare_process
from engine.image_io import Image, write_image
from engine.picture_search import plan
from engine.restore import Restorer
from engine.run_context import RunContext
from engine.steps import Step, Steps
from engine.tasks import Level, Task, task_named
from engine.zoo import load_shipped

RESULTS = Path(__file__).parent / "results" / "batch.json"
PHOTOS, MEGAPIXELS = 50, 12.0


@contextmanager
def _context(entry: Entry, image: Image) -> Iterator[RunContext]:
    yield RunContext()


def measure(photos: int, megapixels: float) -> dict[str, Any]:
    """Denoise as many JPEG photos of that size at an estimated level."""
    net, _ = load_shipped("denoise")
    restorer = Restorer(net, task_named("denoise"))

    def restore(image: Image, task: Task, level: Level, ctx: RunContext) -> Image:
        return restorer.restore(image, level, ctx)

    with tempfile.TemporaryDirectory() as name:
        sources, results = Path(name, "in"), Path(name, "out")
        sources.mkdir()
        height = round((megapixels * 1e6 * 3 / 4) ** 0.5)
        write_image(sources / "0.jpg", noisy_photo(height, height * 4 // 3))
        for number in range(1, photos):
            (sources / f"{number}.jpg").write_bytes((sources / "0.jpg").read_bytes())
        queue = Queue(BatchOptions(Steps((Step("denoise"),)), results), path=results / "queue.json")
        queue.add(plan([sources]).items)
        queue.aim()
        with watched_nets() as watch:
            started = time.perf_counter()
            Batch(queue, Tools(restore, _context)).run(RunContext())
            seconds = time.perf_counter() - started
    assert all(entry.status is Status.DONE for entry in queue.entries)
    return {
        "machine": f"{cpu_name()}, {torch.get_num_threads()} threads, torch {torch.__version__}",
        "device": f"{restorer.device.type}, {restorer.precision.name}",
        "photos": photos,
        "megapixels": megapixels,
        "seconds": seconds,
        "share_inside_network": watch.seconds / seconds,
    }


def main() -> None:
    """Measure and write the results."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--photos", type=int, default=PHOTOS)
    parser.add_argument("--megapixels", type=float, default=MEGAPIXELS)
    arguments = parser.parse_args()
    prepare_process()
    results = measure(arguments.photos, arguments.megapixels)
    print(json.dumps(results, indent=1))
    if (arguments.photos, arguments.megapixels) == (PHOTOS, MEGAPIXELS):
        RESULTS.write_text(json.dumps(results, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
