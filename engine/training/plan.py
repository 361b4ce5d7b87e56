"""What a run works on, kept in its folder: so it goes on with the same pictures, whatever happens to the folder."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from engine.errors import TrainingError
from engine.model_library import STOCK
from engine.restore import RestoreOptions, Restorer
from engine.safe_file import replace_text
from engine.tasks import Task, task_named
from engine.training.comparison import LEAST_PICTURES
from engine.training.config import RunPaths, TrainConfig, make_recipe
from engine.training.data import PatchSource, holdout_every_for, split_holdout
from engine.training.pairs import Pairs, find_pairs
from engine.training.shelf import Read, read_clean
from engine.training.validation import HeldOut
from engine.zoo import shipped_file

_JUDGED_PICTURES, _JUDGED_PX = 24, 360


@dataclass(frozen=True, slots=True)
class Plan:
    """A run before it starts.

    Attributes:
        config: the recipe.
        data: the folder of good pictures.
        training, held_out: those to train on and those to judge on.
        pairs: the folder of the damaged pictures; None to damage the good ones.
        start_from: a model to start from; "stock" for the shipped one, empty for none.
        baseline: the model to beat, likewise.
    """

    config: TrainConfig
    data: Path
    training: tuple[Path, ...]
    held_out: tuple[Path, ...]
    pairs: Path | None = None
    start_from: str = ""
    baseline: str = STOCK

    @classmethod
    def of(cls, config: TrainConfig, data: Path, pictures: Sequence[Path], **others: Any) -> Plan:
        """Split pictures. Raises: TrainingError: there are too few, or the pairs do not fit."""
        pairs = others.get("pairs")
        if pairs is not None:
            found = find_pairs(task_named(config.task), data, pictures, pairs, config.levels)
            pictures = [path for path in pictures if path in found.damaged]
        if len(pictures) < 2:
            raise TrainingError(data, "one picture cannot be trained on and judged on, add more")
        every = min(config.holdout_every, holdout_every_for(len(pictures)))
        training, held_out = split_holdout(pictures, every)
        return cls(config, data, tuple(training), tuple(held_out), **others)

    @property
    def task(self) -> Task:
        """What is trained for."""
        return task_named(self.config.task)

    @property
    def watched(self) -> tuple[Path, ...]:
        """The held-out pictures for the curves, and to stop by: half of them; fewer where judging needs more."""
        count = len(self.held_out)
        watched = max(1, min(count // 2, count - LEAST_PICTURES))
        return tuple(self.held_out[number * count // watched] for number in range(watched))

    @property
    def judged(self) -> tuple[Path, ...]:
        """Those for the last word: the others, for the best of many measurements on the same pictures flatters."""
        watched = set(self.watched)
        return tuple(path for path in self.held_out if path not in watched) or self.held_out

    def source(self, on_unusable: Callable[[Path, str], None] = lambda path, reason: None) -> PatchSource:
        """Where patches come from. Raises: TrainingError: no picture is usable."""
        return PatchSource(self.data, self.training, self.config, read=self._read(), on_unusable=on_unusable)

    def held_out_crops(self) -> HeldOut:
        """What the curves are measured on. Raises: TrainingError."""
        levels = self.config.judged_levels if self.config.has_own_levels else ()
        return HeldOut.read(self.data, self.watched, levels=levels, read=self._read())

    def judged_crops(self) -> HeldOut:
        """What the result is measured on. Raises: TrainingError."""
        levels = self.config.judged_levels if self.config.has_own_levels else ()
        size = {"count": _JUDGED_PICTURES, "side_px": _JUDGED_PX}
        return HeldOut.read(self.data, self.judged, levels=levels, read=self._read(), **size)

    def start_file(self) -> AbstractContextManager[Path | None]:
        """The model to start from, while it is needed. Raises: NoModelError, CheckpointError."""
        if self.start_from == STOCK:
            return shipped_file(self.task.name)
        return nullcontext(Path(self.start_from) if self.start_from else None)

    def baseline_restorer(self, options: RestoreOptions) -> Restorer:
        """The model to beat. Raises: NoModelError, CheckpointError."""
        file = None if self.baseline == STOCK else Path(self.baseline)
        return Restorer.for_task(self.task, options, model_path=file)

    def _read(self) -> Read:
        return self._pairs().read if self.pairs is not None else read_clean

    def _pairs(self) -> Pairs:
        assert self.pairs is not None
        return find_pairs(self.task, self.data, (*self.training, *self.held_out), self.pairs, self.config.levels)


def write_plan(paths: RunPaths, plan: Plan) -> None:
    """Keep a plan; the file is replaced in one step. Raises: TrainingError: it cannot be written."""
    entries = {
        "recipe": asdict(plan.config),
        "data": str(plan.data),
        "training": [_within(path, plan.data) for path in plan.training],
        "held_out": [_within(path, plan.data) for path in plan.held_out],
        "pairs": None if plan.pairs is None else str(plan.pairs),
        "start_from": plan.start_from,
        "baseline": plan.baseline,
    }
    write_json(paths.plan, entries)


def read_plan(paths: RunPaths) -> Plan:
    """The plan of a run. Raises: TrainingError: there is none, or it is damaged."""
    try:
        entries = json.loads(paths.plan.read_text(encoding="utf-8"))
        data = Path(entries["data"])
        return Plan(
            make_recipe(paths.plan, entries["recipe"]),
            data,
            tuple(data / name for name in entries["training"]),
            tuple(data / name for name in entries["held_out"]),
            None if entries["pairs"] is None else Path(entries["pairs"]),
            str(entries["start_from"]),
            str(entries["baseline"]),
        )
    except FileNotFoundError as error:
        raise TrainingError(paths.folder, "no run was started there, name its pictures with --data") from error
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise TrainingError(paths.plan, "it is damaged, start a new run") from error


def write_json(path: Path, value: Any) -> None:
    """Write a file of a run; it is replaced in one step. Raises: TrainingError: it cannot be written."""
    try:
        replace_text(path, [json.dumps(value, indent=1)])
    except OSError as error:
        raise TrainingError(path, "it cannot be written, choose another folder or make room") from error


def _within(path: Path, folder: Path) -> str:
    return path.relative_to(folder).as_posix()
