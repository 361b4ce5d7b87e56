"""What the tests of many pictures share."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from engine.batch.queue import BatchOptions, Queue, Status
from engine.image_io import Image, write_image
from engine.picture_search import plan
from engine.steps import Step, Steps
from engine.tasks import task_named
from tests.engine.conftest import save_tiny


@pytest.fixture
def model(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    path = save_tiny(tmp_path_factory.mktemp("model") / "tiny.safetensors", task_named("denoise"))
    return ["--model", str(path), "--device", "cpu", "--level", "20"]


@pytest.fixture
def folder(tmp_path: Path, photo: NDArray[np.uint8]) -> Path:
    """Three pictures and what lies about in folders of pictures."""
    top = tmp_path / "Fotos 100%s 写真"
    (top / "day 2" / "inner").mkdir(parents=True)
    for number, name in enumerate(("a.png", "day 2/a.png", "day 2/inner/b.jpg")):
        write_image(top / name, Image(photo[number : number + 24, :32].copy()))
    for name in ("Thumbs.db", ".DS_Store", "day 2/._a.png", "notes.txt"):
        (top / name).write_bytes(b"no picture")
    (top / "__MACOSX").mkdir()
    (top / "__MACOSX" / "a.png").write_bytes(b"no picture")
    return top


def queue_of(folder: Path, out: Path, **options: object) -> Queue:
    queue = Queue(BatchOptions(Steps((Step("denoise", 20.0),)), out), path=out / "queue.json")
    queue.add(plan([folder]).items)
    queue.aim()
    return queue


def statuses(queue: Queue) -> list[Status]:
    return [entry.status for entry in queue.entries]
