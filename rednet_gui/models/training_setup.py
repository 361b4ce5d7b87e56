"""What the user asks a training for, and the recipe that follows from it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from engine.tasks import TASKS, task_named
from engine.training.config import TrainConfig
from engine.training.data import LEAST_JUDGED as LEAST_JUDGED
from engine.training.pairs import can_pair

STEPS = 400
"""About three minutes on two cores; fine-tuning gains most in its first hundred steps."""

MOST_STEPS = 100_000

_PATCH_PX = 64

LEAST_PX = _PATCH_PX + 2 * max(task.context_px for task in TASKS)
"""What a side of a picture must have, for any task: so a folder is looked through once."""

_MEASUREMENTS = 16
_PATIENCE = 5
_FINE_TUNING = {"loss": "psnr", "muon_rate": 0.003, "adam_rate": 3e-4, "warmup_steps": 20, "gray_share": 0.1}
_FROM_SCRATCH = {"warmup_steps": 200}


@dataclass(frozen=True, slots=True)
class Setup:
    """What is asked.

    Attributes:
        task: name of what to repair.
        data: the folder of good pictures.
        pairs: the folder of damaged ones with the same names; None to damage the good ones.
        wants_pairs: whether there shall be such a folder.
        low, high: the levels; None for all that the task has.
        steps: how long.
        is_from_scratch: whether to forget what the stock model knows.
    """

    task: str = "denoise"
    data: Path | None = None
    pairs: Path | None = None
    wants_pairs: bool = False
    low: float | None = None
    high: float | None = None
    steps: int = STEPS
    is_from_scratch: bool = False

    @property
    def can_pair(self) -> bool:
        """Whether the task can learn from pairs."""
        return can_pair(task_named(self.task))

    @property
    def used_pairs(self) -> Path | None:
        """The folder of damaged pictures, if it counts."""
        return self.pairs if self.wants_pairs and self.can_pair else None

    @property
    def lacks_pairs(self) -> bool:
        """Whether the folder of damaged pictures is still to be named."""
        return self.wants_pairs and self.can_pair and self.pairs is None


def recipe_for(setup: Setup, changes: dict[str, Any]) -> TrainConfig:
    """The recipe.

    Args:
        changes: entries that are to be otherwise, such as the shape of a net for tests.
    """
    task = task_named(setup.task)
    long = setup.steps >= 10 * STEPS
    entries: dict[str, Any] = {
        "task": setup.task,
        "steps": setup.steps,
        "patch_px": _PATCH_PX // task.patch_multiple_px * task.patch_multiple_px,
        "average": 0.999 if long else 0.99,
        "validate_every": max(1, setup.steps // _MEASUREMENTS),
        "patience": _PATIENCE,
        **(_FROM_SCRATCH if setup.is_from_scratch else _FINE_TUNING),
    }
    if setup.used_pairs is None:
        entries |= {"level_low": setup.low, "level_high": setup.high}
    return TrainConfig(**(entries | changes))
