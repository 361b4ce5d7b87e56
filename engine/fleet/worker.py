"""What a worker of a cluster does: one picture, in a folder of its own, exactly as a batch on one machine does it."""

from __future__ import annotations

import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.metadata import version
from pathlib import Path

from engine.batch.queue import BatchOptions, Entry, Queue, Status
from engine.batch.runner import Batch, Tools
from engine.batch.words import describe
from engine.device import prepare_process
from engine.image_io import Image, cause_of
from engine.restore import RestoreOptions, Restorer
from engine.run_context import RunContext
from engine.steps import Steps
from engine.tasks import Level, Task, task_named

_KEPT_NETS = 8


@dataclass(frozen=True, slots=True)
class Errand:
    """A picture to restore, with all that is needed: a worker sees none of the sender's disks.

    Attributes:
        source, target: what the files are called where the picture comes from, for messages.
        data: the picture's file.
        steps: what is done to it; masks are in it, not named.
        quality: of JPEG and WebP, 1 to 100; None for that of the source.
        profile: the colours of the result; None for those of the source.
        models: by task the model's file.
        options: how the nets run.
    """

    source: str
    target: str
    data: bytes
    steps: Steps
    quality: int | None
    profile: bytes | None
    models: dict[str, bytes]
    options: RestoreOptions


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of an errand.

    Attributes:
        data: the file of the result; None if there is none.
        reason, summary, kept, seconds: as those of an `Entry`.
        notices: how the work went on degraded, one sentence each.
    """

    data: bytes | None
    reason: str
    summary: str
    kept: str
    seconds: float
    notices: tuple[str, ...]


def program_version() -> str:
    """Of the program that is installed where this runs."""
    return version("rednet-restore")


def carry_out(errand: Errand) -> Outcome:
    """Restore a picture; what goes wrong with it is told, not raised."""
    try:
        return _carry_out(errand)
    except OSError as error:
        reason = (
            f"its worker has no room for the file ({cause_of(error)}); make room there, then make the same call again"
        )
        return Outcome(None, f"Cannot restore {errand.source}: {reason}.", "", "", 0, ())


def _carry_out(errand: Errand) -> Outcome:
    prepare_process()
    notices: list[str] = []

    @contextmanager
    def context(entry: Entry, image: Image) -> Iterator[RunContext]:
        yield RunContext(on_notice=notices.append)

    def restore(image: Image, task: Task, level: Level, ctx: RunContext) -> Image:
        with _one_at_a_time():
            net = _net(task.name, errand.models[task.name], errand.options)
            return net.restore(image, level, ctx)

    with tempfile.TemporaryDirectory(prefix="rednet-fleet-") as folder:
        # The endings tell formats; the rest of a name could be more than this system can write.
        source = Path(folder, f"source{Path(errand.source).suffix}")
        target = Path(folder, f"result{Path(errand.target).suffix}")
        source.write_bytes(errand.data)
        queue = Queue(BatchOptions(errand.steps, overwrites=True, quality=errand.quality, profile=errand.profile))
        queue.entries.append(Entry(1, source, target=target))
        Batch(queue, Tools(restore, context, describe)).run(RunContext())
        entry = queue.entries[0]
        reason = entry.reason.replace(str(source), errand.source).replace(str(target), errand.target)
        data = target.read_bytes() if entry.status is Status.DONE else None
    return Outcome(data, reason, entry.summary, entry.kept, entry.seconds, tuple(notices))


@cache
def _one_at_a_time() -> threading.Lock:
    """Two nets at once would share one machine's memory and win no time; their files are read and written meanwhile."""
    return threading.Lock()


@lru_cache(_KEPT_NETS)
def _net(task: str, model: bytes, options: RestoreOptions) -> Restorer:
    with tempfile.TemporaryDirectory(prefix="rednet-fleet-") as folder:
        path = Path(folder, "model.safetensors")
        path.write_bytes(model)
        return Restorer.for_task(task_named(task), options, model_path=path)
