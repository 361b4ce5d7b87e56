"""The networks that serve the tasks: the shipped ones, or the user's own."""

from __future__ import annotations

from pathlib import Path

from engine.image_io import Image
from engine.restore import Restorer
from engine.run_context import RunContext
from engine.tasks import Level, Task


class Nets:
    """One network for each task, loaded when it is needed for the first time."""

    def __init__(self) -> None:
        self._restorers: dict[str, tuple[Path | None, Restorer]] = {}
        self._files: dict[str, Path | None] = {}

    def use_model(self, task_name: str, path: Path | None) -> None:
        """Run another network for a task from the next picture on: a file's, or the shipped one. From any thread."""
        self._files[task_name] = path

    def model_file(self, task_name: str) -> Path | None:
        """What serves a task; None for the shipped network."""
        return self._files.get(task_name)

    def restorer(self, task: Task) -> Restorer:
        """What runs the network of a task."""
        path = self.model_file(task.name)
        held = self._restorers.get(task.name)
        if held is None or held[0] != path:
            held = self._restorers[task.name] = (path, Restorer.for_task(task, model_path=path))
        return held[1]

    def restore(self, image: Image, task: Task, level: Level, ctx: RunContext) -> Image:
        """Run the network of a task."""
        return self.restorer(task).restore(image, level, ctx)

    def release_memory(self) -> None:
        """Give back what canceled runs left."""
        for _, restorer in self._restorers.values():
            restorer.release_memory()
