"""The window's view of the engine: a protocol, so that presenters can be tested without a net."""

from __future__ import annotations

import weakref
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from engine.image_io import Image, Saved, Sketch, read_image, write_image
from engine.level_estimate import estimate_level
from engine.metadata import Metadata
from engine.order import Order
from engine.restore_plan import RestorePlan, plan_restoration
from engine.run_context import RunContext
from engine.steps import Step, Steps
from engine.tasks import Level, Task
from engine.tensors import Pixels
from engine.thumbnail import read_thumbnail
from rednet_gui.models.nets import Nets
from rednet_gui.models.patchworks import Patchworks


@dataclass(frozen=True, slots=True)
class Restoration:
    """What a run of the network gave.

    Attributes:
        image: the restored picture.
        device, precision: where and in which number format it was computed.
    """

    image: Image
    device: str
    precision: str


class Engine(Protocol):
    """What presenters ask of the engine. Every call may take long: worker thread only."""

    def read(self, path: Path, on_sketch: Callable[[Sketch], None] | None = None) -> Image:
        """Open a picture; what is read so far is told, if it takes long. Raises: ImageReadError."""

    def thumbnail(self, path: Path, side_px: int) -> Image:
        """Open a picture small, in 8 bits; needs none of the network's threads. Raises: ImageReadError."""

    def write(self, path: Path, image: Image, *, quality: int) -> Saved:
        """Save a picture; what was kept. Raises: ImageWriteError."""

    def estimate(self, image: Image, task: Task) -> float:
        """Guess the level of a picture. Raises: LevelError."""

    def model_file(self, task_name: str) -> Path | None:
        """What serves a task; None for the shipped network. From any thread."""

    def restore(
        self, image: Image, task: Task, level: Level, ctx: RunContext, order: Order | None = None
    ) -> Restoration:
        """Run the task's network, beginning where `order` says. Raises: EngineError."""

    def restore_part(
        self, image: Image, task: Task, level: Level, part: tuple[slice, slice], ctx: RunContext
    ) -> Restoration:
        """Run the task's network on a part, which is not kept; see `Restorer.restore_part`. Raises: EngineError."""

    def plan(self, image: Image, step: Step, target: Path, *, quality: int) -> RestorePlan:
        """What a step and saving what comes of it will take. Raises: ImageWriteError, EngineError."""


@dataclass(frozen=True, slots=True)
class _Estimated:
    """Of what picture, without keeping it in memory, and what was guessed."""

    pixels: weakref.ref[Pixels]
    metadata: Metadata
    task: Task
    level: float


class LocalEngine:
    """The engine in this process. Keeps each network once it is loaded, and what was restored of the last picture."""

    def __init__(self) -> None:
        self._nets = Nets()
        self._patchworks = Patchworks()
        self._estimated: _Estimated | None = None

    def use_model(self, task_name: str, path: Path | None) -> None:
        """Run another network for a task from now on: that of a file, or the shipped one. From any thread."""
        self._nets.use_model(task_name, path)
        self._patchworks = Patchworks()  # what was begun with the other one must not be gone on with

    def model_file(self, task_name: str) -> Path | None:
        """What serves a task; None for the shipped network."""
        return self._nets.model_file(task_name)

    def read(self, path: Path, on_sketch: Callable[[Sketch], None] | None = None) -> Image:
        """Open a picture; what is read so far is told, if it takes long. Raises: ImageReadError."""
        return read_image(path, on_sketch)

    def thumbnail(self, path: Path, side_px: int) -> Image:
        """Open a picture small, in 8 bits; needs none of the network's threads. Raises: ImageReadError."""
        return read_thumbnail(path, side_px)

    def write(self, path: Path, image: Image, *, quality: int) -> Saved:
        """Save a picture; what was kept. Raises: ImageWriteError."""
        return write_image(path, image, quality=quality)

    def estimate(self, image: Image, task: Task) -> float:
        """Guess the level of a picture; the last guess is remembered. Raises: LevelError."""
        found = self._estimated
        if (
            found is None
            or found.pixels() is not image.pixels
            or (found.metadata, found.task) != (image.metadata, task)
        ):
            value = estimate_level(image, task)
            found = self._estimated = _Estimated(weakref.ref(image.pixels), image.metadata, task, value)
        return found.level

    def restore(
        self, image: Image, task: Task, level: Level, ctx: RunContext, order: Order | None = None
    ) -> Restoration:
        """Run the task's network, beginning where `order` says. Raises: EngineError."""
        works, restorer = self._patchworks, self._nets.restorer(task)  # in this order: see `use_model`
        work = works.find(image, task, level) or restorer.begin(image, level)
        works.keep(task, level, work)
        restored = restorer.restore(image, level, ctx, begun=work, order=order)
        return Restoration(restored, restorer.device.type, restorer.precision.name)

    def restore_part(
        self, image: Image, task: Task, level: Level, part: tuple[slice, slice], ctx: RunContext
    ) -> Restoration:
        """Run the task's network on a part, which is not kept; see `Restorer.restore_part`. Raises: EngineError."""
        restorer = self._nets.restorer(task)
        restored = restorer.restore_part(image, level, part, ctx)
        return Restoration(restored, restorer.device.type, restorer.precision.name)

    def rest(self) -> None:
        """Give back the memory that canceled runs left; for when nothing follows them."""
        self._nets.release_memory()

    def plan(self, image: Image, step: Step, target: Path, *, quality: int) -> RestorePlan:
        """What a step and saving what comes of it will take. Raises: ImageWriteError, EngineError."""
        return plan_restoration(image, Steps((step,)), target, self._nets.restorer, quality=quality)
