"""Small nets and real photos for the engine's tests."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch
from numpy.typing import NDArray
from skimage import data

from engine import zoo
from engine.checkpoint import ModelHeader, save_model
from engine.image_io import Image
from engine.model import REDNet, REDNetConfig
from engine.restore import RestoreOptions
from engine.tasks import TASKS, Level, Task
from engine.tensors import to_pixels, to_tensor

EXACT = RestoreOptions(device="cpu", precision="float32")


def as_float(image: Image) -> Image:
    """The picture with samples that are not rounded."""
    return Image(to_pixels(to_tensor(image.pixels), np.dtype(np.float32)))


def level_for(task: Task, image: Image) -> Level:
    """A level that the task draws for a picture; the same on every call."""
    level = task.sample_level((image.height, image.width), torch.Generator().manual_seed(1))
    if level.kernel is not None and min(image.pixels.shape[:2]) < max(level.kernel.shape):
        return replace(level, kernel=torch.ones(1, 1))  # no other fits into a picture of a pixel
    return level


def tiny_net(task: Task, *, stride: int = 2, image_channels: int = 3, seed: int = 1) -> REDNet:
    """A net of six layers whose output differs visibly from its input."""
    planes = task.condition_channels if image_channels == 3 else 1
    config = REDNetConfig(6, 8, stride, image_channels, planes)
    net = REDNet(config, rng=torch.Generator().manual_seed(seed))
    torch.nn.init.normal_(net.last.weight, std=0.05, generator=torch.Generator().manual_seed(seed))
    return net.eval()


def save_tiny(path: Path, task: Task) -> Path:
    """A model file with a tiny net."""
    save_model(path, tiny_net(task), ModelHeader(task.name, (0, 1), tiny_net(task).config))
    return path


@contextmanager
def tiny_nets(folder: Path, monkeypatch: pytest.MonkeyPatch, *, besides: str = "") -> Iterator[None]:
    """Small nets in the place of the shipped ones, of all tasks besides one."""
    manifest = {}
    for task in (task for task in TASKS if task.name != besides):
        path = save_tiny(folder / f"{task.name}.safetensors", task)
        manifest[task.name] = {"file": path.name, "sha256": hashlib.sha256(path.read_bytes()).hexdigest()}
    (folder / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    monkeypatch.setattr(zoo, "_MODELS", folder)
    zoo.manifest.cache_clear()
    try:
        yield
    finally:
        zoo.manifest.cache_clear()


@pytest.fixture(autouse=True)
def _one_thread(request: pytest.FixtureRequest) -> Iterator[None]:
    """Tiny nets are done sooner by one thread than two threads have agreed on who does what."""
    before = torch.get_num_threads()
    if request.node.get_closest_marker("slow") is None:
        torch.set_num_threads(1)
    yield
    torch.set_num_threads(before)


@pytest.fixture(scope="session")
def photo() -> NDArray[np.uint8]:
    """A freely licensed colour photo, 300 x 451, from scikit-image."""
    pixels: NDArray[np.uint8] = data.chelsea()  # type: ignore[no-untyped-call]  # scikit-image has no types
    return pixels


@pytest.fixture(scope="session")
def data_folder() -> Path:
    """The pictures for training and measuring; skips where they are absent."""
    folder = Path(os.environ.get("REDNET_DATA", Path(__file__).parents[3] / "shared" / "data"))
    if not folder.is_dir():
        pytest.skip("the test pictures are absent: set REDNET_DATA")
    return folder
