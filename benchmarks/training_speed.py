"""Speed of training: python -m benchmarks.training_speed [--data FOLDER] [--script FILE]

Takes turns, since the machine is shared: some steps of our trainer, then some of the loop of the recipe experiment that
it has to keep up with, on the same pictures, with the same net, batch and patches. Writes
benchmarks/results/training_speed.json.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median
from typing import Any

import torch
from torch import nn

from engine.device import cpu_name, prepare_process
from engine.tasks import task_named
from engine.training.config import RunPaths, TrainConfig
from engine.training.data import PatchSource, list_pictures, split_holdout
from engine.training.trainer import Trainer
from engine.training.validation import HeldOut

RESULTS = Path(__file__).parent / "results" / "training_speed.json"
CONFIG = TrainConfig(batch=16, patch_px=64)
LOOP = "t0=time.time();it=0"
Step = Callable[[], object]


def our_step(data: Path, run: Path) -> tuple[Step, Step]:
    """A step of our trainer, and its part that makes the batch."""
    task, folder = task_named(CONFIG.task), data / "train" / "bsd200"
    training, held_out = split_holdout(list_pictures(folder), CONFIG.holdout_every)
    source = PatchSource(folder, training, CONFIG)
    trainer = Trainer(task, CONFIG, source, HeldOut.read(folder, held_out), RunPaths(run))
    return lambda: trainer._train_step(source.batch(trainer.step, task)), lambda: source.batch(trainer.step, task)


def recipe_step(script: Path, data: Path) -> Step:
    """A step of the experiment: its own net, batches and optimisers, and what its loop does with them."""
    before, os.environ["REDNET_DATA"] = sys.argv, str(data)
    options = ["--opt", "muon", "--lr", "0.01", "--skipscale", "0.7071", "--wd", "0.5", "--data", "bsd"]
    sys.argv = [str(script), "--name", "speed", *options, "--bs", str(CONFIG.batch), "--patch", str(CONFIG.patch_px)]
    sys.argv += ["--threads", str(torch.get_num_threads())]
    names: dict[str, Any] = {}
    try:
        exec(script.read_text(encoding="utf-8").partition(LOOP)[0], names)  # a script of our own
    finally:
        sys.argv = before

    def step() -> None:
        clean, damaged, levels = names["make"]()
        damaged = damaged.contiguous(memory_format=torch.channels_last)
        with torch.autocast("cpu", dtype=torch.bfloat16):
            output = names["net"](damaged, levels)
        loss = (output.float() - clean).abs().mean()
        for optimizer in names["opts"]:
            optimizer.zero_grad(set_to_none=True)
        loss.item()
        torch.autograd.backward(loss)
        nn.utils.clip_grad_norm_(names["net"].parameters(), 1.0)
        for optimizer in names["opts"]:
            optimizer.step()
        for name, value in names["net"].state_dict().items():
            names["ema"][name].lerp_(value, 0.001)

    return step


def seconds_of(step: Step, times: int) -> tuple[float, float]:
    """How long a step takes, by the clock and by the processor."""
    clock, processor = time.perf_counter(), time.process_time()
    for _ in range(times):
        step()
    return (time.perf_counter() - clock) / times, (time.process_time() - processor) / times


def measure(steps: dict[str, Step], rounds: int, times: int) -> dict[str, tuple[float, float]]:
    """The median over the rounds, of clock and of processor."""
    for step in steps.values():
        step()
    found: dict[str, list[tuple[float, float]]] = {name: [] for name in steps}
    for _ in range(rounds):
        for name, step in steps.items():
            found[name].append(seconds_of(step, times))
    return {name: (median(one for one, _ in both), median(two for _, two in both)) for name, both in found.items()}


def main() -> int:
    """Measure and write; an exit code."""
    parser = argparse.ArgumentParser(description="Measure the speed of training.")
    parser.add_argument("--data", type=Path, default=Path(os.environ.get("REDNET_DATA", "../shared/data")))
    parser.add_argument("--script", type=Path, default=Path("../shared/research/recipe_experiment.py"))
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--times", type=int, default=4, help="steps in a row")
    arguments = parser.parse_args()
    prepare_process()
    with tempfile.TemporaryDirectory() as run, contextlib.redirect_stdout(sys.stderr):
        step, batch = our_step(arguments.data, Path(run))
        steps = {"trainer": step, "batch_alone": batch, "recipe": recipe_step(arguments.script, arguments.data)}
        found = measure(steps, arguments.rounds, arguments.times)
    patches = {name: round(CONFIG.batch / clock, 2) for name, (clock, _) in found.items()}
    content = {
        "machine": {"cpu": cpu_name(), "threads": torch.get_num_threads()},
        "batch": CONFIG.batch,
        "patch_px": CONFIG.patch_px,
        "patches_per_s": patches,
        "processor_s_per_step": {name: round(processor, 3) for name, (_, processor) in found.items()},
        "speed_against_recipe": round(patches["trainer"] / patches["recipe"], 3),
        "processor_time_against_recipe": round(found["trainer"][1] / found["recipe"][1], 3),
        "share_of_loading": round(found["batch_alone"][1] / found["trainer"][1], 3),
    }
    RESULTS.write_text(json.dumps(content, indent=2) + "\n", encoding="utf-8")
    print(json.dumps(content, indent=2))
    return 0


if __name__ == "__main__":
    sys.exit(main())
