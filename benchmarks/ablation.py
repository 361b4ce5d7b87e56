"""What skips, depth and stride are worth: python -m benchmarks.ablation --data FOLDER --run FOLDER --minutes M

Trains every net from scratch by the project's trainer for the same time (or, with --steps, the same steps) and judges
it on held-out pictures. Stopped at any moment, the same command goes on. Writes benchmarks/results/ablation.json.
"""

from __future__ import annotations

import argparse
import itertools
import json
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from engine.model import REDNetConfig
from engine.run_context import RunContext
from engine.tasks import task_named
from engine.training.config import RunPaths, TrainConfig
from engine.training.data import PatchSource, list_pictures, split_holdout
from engine.training.trainer import Trainer
from engine.training.validation import HeldOut

RESULTS = Path(__file__).parent / "results" / "ablation.json"
DEPTHS, STRIDES = (10, 20, 30), (1, 2)
PROBE_STEPS = 5


@dataclass(frozen=True, slots=True)
class SkiplessConfig(TrainConfig):
    """A recipe for a net without skips."""

    def network(self, condition_channels: int) -> REDNetConfig:
        return replace(TrainConfig.network(self, condition_channels), has_skips=False)


def recipes(base: TrainConfig) -> Iterator[tuple[TrainConfig, bool]]:
    """Every net, cheap ones first, and whether it has skips."""
    for stride, depth, has_skips in itertools.product(reversed(STRIDES), DEPTHS, (True, False)):
        kind = TrainConfig if has_skips else SkiplessConfig
        facts = {name: getattr(base, name) for name in TrainConfig.__dataclass_fields__}
        yield kind(**{**facts, "depth": depth, "stride": stride}), has_skips


def name_of(config: TrainConfig, has_skips: bool) -> str:
    """E.g. "red30-stride2-skips"."""
    return f"red{config.depth}-stride{config.stride}-{'skips' if has_skips else 'plain'}"


def train(config: TrainConfig, data: Path, folder: Path) -> dict[str, float]:
    """Train a net, or go on with it; returns its last scores on the held-out pictures."""
    training, held_out = split_holdout(list_pictures(data), config.holdout_every)
    source = PatchSource(data, training, config)
    paths = RunPaths(folder)
    Trainer(task_named(config.task), config, source, HeldOut.read(data, held_out), paths).run(RunContext())
    lines = [json.loads(line) for line in paths.curves.read_text(encoding="utf-8").splitlines()]
    scores: dict[str, float] = [line["validation"] for line in lines if "validation" in line][-1]
    return scores


def steps_within(config: TrainConfig, data: Path, seconds: float) -> int:
    """How many steps a net does in that time, from a few of them."""
    source = PatchSource(data, list_pictures(data)[:8], config)
    short = replace(config, steps=PROBE_STEPS, validate_every=PROBE_STEPS + 1)
    trainer = Trainer(task_named(config.task), short, source, HeldOut(()), RunPaths(Path("nowhere")))
    trainer._train_step(source.batch(0, trainer.task))  # the first one prepares
    started = time.monotonic()
    for step in range(PROBE_STEPS):
        trainer._train_step(source.batch(step, trainer.task))
    return max(PROBE_STEPS, round(seconds * PROBE_STEPS / (time.monotonic() - started)))


def main() -> None:
    """Train what is missing and write the results."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True, help="pictures to train on")
    parser.add_argument("--run", type=Path, required=True, help="where the runs are kept")
    parser.add_argument("--minutes", type=float, help="for each net")
    parser.add_argument("--steps", type=int, help="for each net, in place of minutes")
    parser.add_argument("--only", help="nets whose names begin so; writes beside the runs, not to the results")
    parser.add_argument("--width", type=int, default=TrainConfig().width)
    args = parser.parse_args()
    if (args.minutes is None) == (args.steps is None):
        parser.error("give --minutes or --steps")
    budget = f"{args.minutes:g} minutes" if args.steps is None else f"{args.steps} steps"
    path = args.run / "ablation.json" if args.only else RESULTS
    run_all(args.data, args.run, path, budget, args)


def run_all(data: Path, folder: Path, path: Path, budget: str, args: argparse.Namespace) -> None:
    """Train net after net; the file is written after each."""
    base = TrainConfig(steps=1, validate_every=10**9, width=args.width, warmup_steps=50)
    content: dict[str, Any] = {"budget": budget, "runs": []}
    for config, has_skips in recipes(base):
        name = name_of(config, has_skips)
        if args.only and not name.startswith(args.only):
            continue
        steps = settled_steps(config, data, folder / name, args)
        scores = train(replace(config, steps=steps), data, folder / name)
        shape = {"depth": config.depth, "stride": config.stride, "has_skips": has_skips}
        content["runs"].append({"name": name, **shape, "steps": steps, "scores": scores})
        print(content["runs"][-1], flush=True)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(content, indent=1) + "\n", encoding="utf-8")


def settled_steps(config: TrainConfig, data: Path, folder: Path, args: argparse.Namespace) -> int:
    """The steps of a run: those asked for, those it began with, or as many as the time allows."""
    if args.steps is not None:
        return int(args.steps)
    note = folder / "steps"
    if not note.exists():
        folder.mkdir(parents=True, exist_ok=True)
        note.write_text(str(steps_within(config, data, 60 * args.minutes)), encoding="utf-8")
    return int(note.read_text(encoding="utf-8"))


if __name__ == "__main__":
    main()
