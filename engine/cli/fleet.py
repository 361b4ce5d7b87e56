"""`rednet restore --scheduler ADDRESS`: the pictures are restored by the workers of a Dask cluster."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path

from engine.batch.queue import Entry, Queue
from engine.cli.options import run_options
from engine.cli.step_options import asked_tasks, model_files
from engine.cli.terminal import live_context
from engine.fleet.cluster import Cluster
from engine.fleet.runner import Fleet
from engine.zoo import shipped_file


def add_fleet_option(parser: argparse.ArgumentParser) -> None:
    """`--scheduler`."""
    parser.add_argument(
        "--scheduler",
        metavar="ADDRESS",
        help="let the workers of a Dask cluster restore the pictures, which are sent to them, such as "
        "tcp://10.0.0.5:8786; OUT is a folder",
    )


def work_on_cluster(queue: Queue, cluster: Cluster, args: argparse.Namespace, tell: Callable[[Entry], None]) -> None:
    """Restore what waits in a queue. Raises: FleetError, CheckpointError, NoModelError, Canceled."""
    models = {task: _read(task, file) for task, file in model_files(asked_tasks(args), args).items()}
    workers = cluster.worker_count()
    title = f"{len(queue.entries)} pictures, {workers} worker{'s' if workers > 1 else ''}"
    with live_context(title) as ctx:
        Fleet(queue, cluster, models, run_options(args), tell).run(ctx)


def _read(task: str, file: Path | None) -> bytes:
    """A model's file, the same for all workers whatever they have themselves."""
    if file is not None:
        return file.read_bytes()
    with shipped_file(task) as shipped:
        return shipped.read_bytes()
