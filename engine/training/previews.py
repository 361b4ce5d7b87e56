"""Pictures that show what a run makes of its held-out pictures, and what it learns from."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
from torch import Tensor

from engine.errors import TrainingError
from engine.image_io import Image, write_image
from engine.model import REDNet
from engine.restore import RestoreOptions, Restorer
from engine.run_context import RunContext
from engine.tasks import Task
from engine.tensors import Pixels, to_pixels, to_tensor, with_channels
from engine.training.plan import Plan
from engine.training.validation import HeldOut, Trial

SHOWN = 4
"""How many held-out pictures are shown."""

_SHEET_PX = 144  # a multiple of all that tasks want
_SHEET_PICTURES = 24
_UINT8 = np.dtype(np.uint8)


class Previews:
    """Writes the damaged, the good and the restored held-out pictures into a folder of the run.

    Args:
        folder: gets N-clean.png, N-damaged.png, N-stock.png and N-now.png, N from 0.
    """

    def __init__(self, folder: Path, held_out: HeldOut, task: Task, ctx: RunContext) -> None:
        self._folder, self._held_out, self._task, self._ctx = folder, held_out, task, ctx
        self._trials = self._make_trials(0)

    @property
    def count(self) -> int:
        """How many pictures are shown."""
        return len(self._trials)

    def begin(self, stock: Restorer, told: int) -> None:
        """Write what does not change.

        Args:
            told: see `HeldOut.scores_by_picture`; for the stock model.
        Raises: ImageWriteError.
        """
        self._folder.mkdir(parents=True, exist_ok=True)
        for number, trial in enumerate(self._trials):
            self._write(number, "clean", trial.clean)
            self._write(number, "damaged", self._seen(trial))
        for number, trial in enumerate(self._make_trials(told)):
            self._write(number, "stock", trial.restored(stock, self._ctx.without_progress()))

    def update(self, net: REDNet, options: RestoreOptions) -> None:
        """Write what the net makes of the pictures now. Raises: ImageWriteError."""
        restorer = Restorer(net, self._task, options)
        for number, trial in enumerate(self._trials):
            self._write(number, "now", trial.restored(restorer, self._ctx.without_progress()))

    def _make_trials(self, told: int) -> list[Trial]:
        """Of the middle level."""
        names = self._held_out.names(self._task)
        count = min(SHOWN, len(self._held_out.crops))
        return [self._held_out.trial(number, names[len(names) // 2], self._task, told) for number in range(count)]

    def _seen(self, trial: Trial) -> Tensor:
        """The damaged picture in the size of the result."""
        degraded = with_channels(to_tensor(trial.damaged.pixels), 3)
        return self._task.network_input(degraded, trial.level)[:3]

    def _write(self, number: int, kind: str, picture: Tensor) -> None:
        write_image(self._folder / f"{number}-{kind}.png", Image(to_pixels(picture, _UINT8)))


def sheet(plan: Plan, count: int) -> list[tuple[Pixels, Pixels]]:
    """Pairs that the run will learn from: damaged and good, 8-bit RGB. Raises: TrainingError."""
    step = max(1, len(plan.training) // _SHEET_PICTURES)
    sides: dict[str, Any] = {"patch_px": max(_SHEET_PX, plan.config.patch_px), "batch": count}
    small = replace(plan, training=plan.training[::step][:_SHEET_PICTURES], config=replace(plan.config, **sides))
    try:
        batch = small.source().batch(0, plan.task)
    except TrainingError:  # pictures that are larger than a patch, but not than one of the sheet
        small = replace(small, config=replace(plan.config, batch=count))
        batch = small.source().batch(0, plan.task)
    columns = zip(batch.inputs[:, :3], batch.targets, strict=True)
    return [(to_pixels(damaged, _UINT8), to_pixels(clean, _UINT8)) for damaged, clean in columns]
