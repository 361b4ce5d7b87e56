"""`rednet --self-test`: whether everything that was installed is there and works."""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from functools import partial
from importlib.resources import as_file, files
from pathlib import Path

import numpy as np
import torch

from engine.cli.terminal import say
from engine.device import available_devices
from engine.errors import EngineError
from engine.image_io import WRITABLE_SUFFIXES, Image, read_image, write_image
from engine.restore import RestoreOptions, Restorer
from engine.run_context import RunContext
from engine.tasks import TASKS, Task
from engine.zoo import load_shipped

_SIZE = (97, 131)
_TIMEOUT_S = 120

Check = tuple[str, Callable[[], str]]


def run(args: argparse.Namespace) -> int:
    """Print one line for each check; 0 if all went well."""
    failures = 0
    for name, check in _checks():
        try:
            say(f"ok    {name}: {check()}")
        except (EngineError, OSError, RuntimeError, ValueError, subprocess.SubprocessError) as error:
            say(f"FAIL  {name}: {error}")
            failures += 1
    say("Everything works." if not failures else f"{failures} checks failed: install the program again.")
    return 1 if failures else 0


def _checks() -> Iterator[Check]:
    for task in TASKS:
        yield f"model {task.name}", partial(_load, task)
    for device, _ in available_devices():
        for task in TASKS:
            yield f"restore {task.name} on {device}", partial(_restore, task, device)
    for suffix in WRITABLE_SUFFIXES:
        yield f"file type {suffix}", partial(_write_and_read, suffix)
    yield "training", _train
    yield "window", _open_window


def _load(task: Task) -> str:
    net, _ = load_shipped(task.name)
    return f"{sum(p.numel() for p in net.parameters()):,} parameters, checksum right"


def _restore(task: Task, device: str) -> str:
    rng = torch.Generator().manual_seed(0)
    level = task.sample_level(_SIZE, rng)
    degraded = Image(_gradient())
    restored = Restorer.for_task(task, RestoreOptions(device=device)).restore(degraded, level, RunContext())
    expected = tuple(side * task.scale(level) for side in _SIZE)
    if restored.pixels.shape[:2] != expected:
        raise ValueError(f"the result is {restored.pixels.shape[:2]} instead of {expected}")
    if restored.pixels.std() < 1:
        raise ValueError("the result is empty")
    return f"{restored.width} x {restored.height} pixels"


def _write_and_read(suffix: str) -> str:
    pixels = _gradient()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"picture{suffix}"
        write_image(path, Image(pixels))
        difference = np.abs(read_image(path).pixels.astype(int) - pixels).mean()
    if difference > 2:
        raise ValueError(f"pixels differ by {difference:.1f} on average")
    return "written and read back"


def _train() -> str:
    """In a process of its own, as the window does it."""
    tiny = ["--steps", "2", "--batch", "2", "--patch", "32", "--depth", "4", "--width", "8", "--device", "cpu"]
    with tempfile.TemporaryDirectory() as folder, as_file(files("resources") / "samples") as photos:
        _run("rednet", "engine.cli", "train", "--data", str(photos), "--run", folder, *tiny)
    return "two steps made"


def _open_window() -> str:
    """In a process of its own: the engine knows no window."""
    _run("rednet-gui", "rednet_gui", "--self-test")
    return "opened and closed"


def _run(program: str, module: str, *arguments: str) -> None:
    """One of our programs: that of the bundle, or the module."""
    beside = Path(sys.executable).with_name(program + Path(sys.executable).suffix)
    command = [str(beside)] if getattr(sys, "frozen", False) else [sys.executable, "-m", module]
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    done = subprocess.run([*command, *arguments], env=environment, capture_output=True, text=True, timeout=_TIMEOUT_S)
    if done.returncode:
        lines = done.stderr.strip().splitlines()
        raise RuntimeError(lines[-1] if lines else f"it ended with code {done.returncode}")


def _gradient() -> np.ndarray[tuple[int, ...], np.dtype[np.uint8]]:
    """(H, W, 3) a smooth picture that every file type keeps well."""
    rows, columns = np.mgrid[: _SIZE[0], : _SIZE[1]]
    return np.stack([rows * 2, columns, 255 - rows - columns // 2], 2).clip(0, 255).astype(np.uint8)
