"""A training recipe: one frozen value, one TOML file."""

from __future__ import annotations

import json
import math
import tomllib
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any, get_args

from engine.errors import TrainingError
from engine.model import REDNetConfig
from engine.tasks import TASKS, task_named
from engine.training.loss import Loss

_SHARES = ("bias_share", "final_rate", "average", "gray_share")
_LEAST = {"level_low": -math.inf, "level_high": -math.inf}


@dataclass(frozen=True, slots=True)
class TrainConfig:
    """How to train one net.

    Attributes:
        task: name of the task.
        steps: optimiser steps in all.
        loss: what is made small, see `loss_sums`.
        batch, patch_px: patches per step and their side.
        muon_rate, adam_rate: peak learning rates: hidden kernels, and everything else.
        bias_share: of `adam_rate`, for hidden biases: where activations are small, full steps silence them.
        weight_decay: of the hidden kernels, times the learning rate, each step.
        warmup_steps: linear rise of the rates; then a cosine down to `final_rate`.
        final_rate: last learning rate, as a share of the peak.
        average: decay of the moving average of the weights, which is the model that is kept.
        gray_share: part of the patches made gray.
        holdout_every: every n-th picture is never trained on, but judged on; more of few, see `holdout_every_for`.
        validate_every: steps between two measurements on the held-out pictures.
        depth, width, stride: shape of the net.
        seed: of weights, patches and damage.
        level_low, level_high: the levels to train for; None for all of the task's.
        patience: measurements that are no better after which the run ends, with the best model; 0 for never.
        revive_every: steps after which silent features are woken, see `revive`; 0 for never.
    Source: REDNetConfig for the shape; the recipes in resources/recipes for the values.
    """

    task: str = "denoise"
    steps: int = 10_000
    loss: Loss = "l1"
    batch: int = 16
    patch_px: int = 64
    muon_rate: float = 0.01
    adam_rate: float = 1e-3
    bias_share: float = 1.0
    weight_decay: float = 0.5
    warmup_steps: int = 200
    final_rate: float = 0.01
    average: float = 0.999
    gray_share: float = 0.15
    holdout_every: int = 20
    validate_every: int = 500
    depth: int = 30
    width: int = 64
    stride: int = 2
    seed: int = 0
    level_low: float | None = None
    level_high: float | None = None
    patience: int = 0
    revive_every: int = 0

    def __post_init__(self) -> None:
        self._check_numbers()
        positive = (self.steps, self.batch, self.patch_px, self.validate_every)
        if min(positive) < 1 or self.holdout_every < 2:
            raise ValueError("steps, batch, patch_px and validate_every are at least 1, holdout_every at least 2")
        if self.task not in (names := [task.name for task in TASKS]):
            raise ValueError(f"the task must be one of {', '.join(names)}, not {self.task}")
        if self.loss not in get_args(Loss):
            raise ValueError(f"the loss must be one of {', '.join(get_args(Loss))}, not {self.loss}")
        self.network(1)  # refuses impossible shapes
        multiple = math.lcm(self.stride, task_named(self.task).patch_multiple_px)
        if self.patch_px % multiple:
            raise ValueError(f"patch_px must be a multiple of {multiple} for {self.task}")
        self._check_levels()

    def _check_numbers(self) -> None:
        """What a recipe file can hold is not always what an entry can."""
        for entry in fields(self):
            value, least = getattr(self, entry.name), _LEAST.get(entry.name, 0)
            if value is None or entry.type not in ("int", "float", "float | None"):
                continue
            if isinstance(value, bool) or not isinstance(value, int if entry.type == "int" else int | float):
                kind = "a whole number" if entry.type == "int" else "a number"
                raise ValueError(f"{entry.name} must be {kind}, not {value!r}")
            most = 1 if entry.name in _SHARES else math.inf
            if not least <= value <= most:
                raise ValueError(
                    f"{entry.name} must be at least {least}" + (f" and at most {most}" if most == 1 else "")
                )

    @property
    def drawn_px(self) -> int:
        """The side of what is cut out of a picture for a patch, with what lies around it."""
        return self.patch_px + 2 * task_named(self.task).context_px

    @property
    def levels(self) -> tuple[float, float]:
        """The smallest and the largest level to train for."""
        levels = task_named(self.task).levels
        low = levels.minimum if self.level_low is None else self.level_low
        return low, levels.maximum if self.level_high is None else self.level_high

    @property
    def has_own_levels(self) -> bool:
        """Whether these are not all of the task's."""
        return self.level_low is not None or self.level_high is not None

    @property
    def judged_levels(self) -> tuple[float, ...]:
        """Where a net is measured: the standard levels among them, or their middle."""
        low, high = self.levels
        within = tuple(value for value in task_named(self.task).levels.standard if low <= value <= high)
        return within or (round((low + high) / 2, 2),)

    def _check_levels(self) -> None:
        low, high = self.levels
        for value in (low, high):
            if reason := task_named(self.task).levels.reason_against(value):
                raise ValueError(reason)
        if low > high:
            raise ValueError(f"level_low must not be above level_high, {low:g} is above {high:g}")

    def network(self, condition_channels: int) -> REDNetConfig:
        """The shape of the net for a task with that many planes."""
        return REDNetConfig(self.depth, self.width, self.stride, condition_channels=condition_channels)


class RunPaths:
    """Where a run keeps its files."""

    def __init__(self, folder: Path) -> None:
        """`folder` is made when missing."""
        self.folder = folder
        self.state = folder / "state.safetensors"
        self.model = folder / "model.safetensors"
        self.curves = folder / "curves.jsonl"
        self.best = folder / "best.safetensors"
        self.plan = folder / "run.json"
        self.stock = folder / "stock.json"
        self.result = folder / "result.json"
        self.previews = folder / "previews"


def read_recipe(path: Path, **overrides: Any) -> tuple[TrainConfig, ...]:
    """Read a recipe file: its stages, of which each starts from the net of the one before; most have one.

    What stands before `[[stages]]` holds for all of them, but for the seed, which is another for each unless it is
    given there or in a stage. `overrides` that are not None win.

    Raises: TrainingError: missing, no TOML, unknown or impossible entries.
    """
    try:
        entries = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise TrainingError(path, "the recipe cannot be read") from error
    except ValueError as error:
        raise TrainingError(path, f"the recipe is not valid TOML ({error})") from error
    stages = entries.pop("stages", [{}])
    if not (isinstance(stages, list) and stages and all(isinstance(stage, dict) for stage in stages)):
        raise TrainingError(path, "the stages of a recipe must be tables, each under [[stages]]")
    given = {key: value for key, value in overrides.items() if value is not None}
    return tuple(
        make_recipe(path, {"seed": number, **entries, **stage, **given}) for number, stage in enumerate(stages)
    )


def make_recipe(path: Path, entries: dict[str, Any]) -> TrainConfig:
    """Build a recipe from plain values; `path` is only named in errors. Raises: TrainingError."""
    known = {entry.name for entry in fields(TrainConfig)}
    if unknown := sorted(set(entries) - known):
        raise TrainingError(path, f"the recipe has unknown entries: {', '.join(unknown)}")
    try:
        return TrainConfig(**entries)
    except (TypeError, ValueError) as error:
        raise TrainingError(path, str(error)) from error


def recipe_text(config: TrainConfig) -> str:
    """A recipe as TOML, which `read_recipe` reads; entries without a value are left out."""
    entries = [(entry.name, getattr(config, entry.name)) for entry in fields(config)]
    return "".join(f"{name} = {json.dumps(value)}\n" for name, value in entries if value is not None)
