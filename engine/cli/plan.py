"""`rednet restore --plan`: what it would take."""

from __future__ import annotations

import argparse
from pathlib import Path

from engine.cli.step_options import Nets, asked_tasks, settled_steps
from engine.cli.terminal import complain, say
from engine.errors import EngineError
from engine.image_io import Image, read_image
from engine.restore_plan import RestorePlan, plan_restoration

_MB, _GB = 10**6, 10**9


def show_plans(targets: list[tuple[Path, Path]], args: argparse.Namespace) -> int:
    """Tell of each picture what restoring it would take; a bad one does not stop the rest. Returns: an exit code."""
    nets, steps = Nets(asked_tasks(args), args), settled_steps(args)
    seconds, failures = 0.0, 0
    for source, target in targets:
        try:
            image = read_image(source)
            plan = plan_restoration(image, steps, _where_there_is_a_folder(target), nets.restorer)
        except EngineError as error:
            complain(str(error))
            failures += 1
        else:
            say(f"{source} -> {target}: {_described(image, plan)}")
            seconds += plan.seconds
    if len(targets) > 1:
        say(f"{len(targets)} pictures, about {_duration(seconds)} in all.")
    return 1 if failures else 0


def _described(image: Image, plan: RestorePlan) -> str:
    size = f"{image.width} x {image.height}"
    if (plan.width, plan.height) != (image.width, image.height):
        size += f" to {plan.width} x {plan.height}"
    memory = f"about {_amount(plan.memory_bytes)} of memory"
    if plan.is_memory_short and plan.available_bytes is not None:
        memory += f", of which only {_amount(plan.available_bytes)} is free"
    scratch = f", {_amount(plan.scratch_bytes)} of disk for the time being" if plan.scratch_bytes else ""
    file = f"a file of about {_amount(plan.file_bytes)}, {_amount(plan.free_bytes)} free"
    tiles = "1 tile" if plan.tiles == 1 else f"{plan.tiles} tiles"
    return f"{size}, {tiles}, {memory}{scratch}, about {_duration(plan.seconds)}, {file}"


def _amount(size_bytes: int) -> str:
    return f"{size_bytes / _GB:.1f} GB" if size_bytes >= _GB else f"{max(0.1, size_bytes / _MB):.1f} MB"


def _duration(seconds: float) -> str:
    if seconds < 90:
        return f"{max(1, round(seconds))} s"
    return f"{seconds / 60:.0f} min" if seconds < 5400 else f"{seconds / 3600:.1f} h"


def _where_there_is_a_folder(target: Path) -> Path:
    """The target, or its name in the nearest folder that there is: the others would be made on the same disk."""
    folder = next(folder for folder in target.absolute().parents if folder.is_dir())
    return folder / target.name
