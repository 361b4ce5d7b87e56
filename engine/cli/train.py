"""`rednet train`: train or fine-tune a net on a folder of pictures."""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any

import torch

from engine.cli.options import natural, positive
from engine.cli.terminal import complain, live_context, say
from engine.tasks import TASKS, task_named
from engine.training.config import RunPaths, TrainConfig, make_recipe, read_recipe
from engine.training.data import PatchSource, list_pictures, split_holdout
from engine.training.trainer import Trainer
from engine.training.validation import HeldOut

_NUMBERS = ("steps", "batch", "patch_px", "depth", "width", "stride", "validate_every")


def add_parser(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Describe the command line."""
    parser = commands.add_parser(
        "train",
        help="train a net on your pictures",
        description="Train a net on a folder of good pictures. Stopped at any moment, the same command goes on.",
    )
    names = [task.name for task in TASKS]
    parser.add_argument("--task", choices=names, help=f"what to train for (default: {names[0]})")
    parser.add_argument("--data", type=Path, required=True, metavar="FOLDER", help="good pictures, subfolders too")
    parser.add_argument(
        "--run", dest="run_folder", type=Path, required=True, metavar="FOLDER", help="where the run is kept"
    )
    parser.add_argument("--recipe", type=Path, metavar="FILE", help="a TOML file; the options below win over it")
    parser.add_argument("--start-from", type=Path, metavar="FILE", help="a model to start from, of any task")
    for name in _NUMBERS:
        parser.add_argument(f"--{name.replace('_', '-').removesuffix('-px')}", dest=name, type=positive, metavar="N")
    parser.add_argument("--seed", type=natural, metavar="N", help="of weights, patches and damage")
    parser.add_argument("--threads", type=positive, metavar="N", help="processor threads (default: all cores)")
    parser.add_argument("--json", action="store_true", help="print the curves as JSON lines")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Train, or go on with a run that was stopped."""
    if args.threads:
        torch.set_num_threads(args.threads)
    config = _config(args)
    task = task_named(config.task)
    training, held_out = split_holdout(list_pictures(args.data), config.holdout_every)
    source = PatchSource(args.data, training, config)
    for path, reason in source.unusable:
        complain(f"Left out {path}: {reason}.")
    trainer = Trainer(
        task,
        config,
        source,
        HeldOut.read(args.data, held_out),
        RunPaths(args.run_folder),
        start_from=args.start_from,
        on_record=_print_json if args.json else _print_line,
    )
    with live_context(task.name, has_bar=not args.json) as ctx:
        trainer.run(ctx)
    say(f"The model is {trainer.paths.model}.")
    return 0


def _config(args: argparse.Namespace) -> TrainConfig:
    names = ("task", "seed", *_NUMBERS)
    overrides = {name: getattr(args, name) for name in names if getattr(args, name) is not None}
    return read_recipe(args.recipe, **overrides) if args.recipe else make_recipe(args.run_folder, overrides)


def _print_json(record: dict[str, Any]) -> None:
    say(json.dumps(record))


def _print_line(record: dict[str, Any]) -> None:
    if "validation" in record:
        scores = ", ".join(f"{score:.2f} dB at {level}" for level, score in record["validation"].items())
        say(f"step {record['step']}: {scores}")
    elif "skipped_loss" in record:
        complain(f"Step {record['step']} diverged and was skipped.")
