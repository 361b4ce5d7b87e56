"""`rednet info`: what this machine and this program have."""

from __future__ import annotations

import argparse

from engine.cli.terminal import say
from engine.device import available_devices, choose_device, choose_precision
from engine.tasks import TASKS
from engine.zoo import has_model, manifest


def add_parser(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Describe the command line."""
    parser = commands.add_parser(
        "info", help="show devices and models", description="Show devices, precision and models."
    )
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Print devices, number formats and models."""
    chosen = choose_device()
    say("Devices")
    for name, description in available_devices():
        precision = choose_precision(choose_device(name))
        mark = "*" if name == chosen.type else " "
        say(f" {mark} {name}: {description}")
        say(f"     {precision.name}: {precision.reason}")
    say("Models")
    for task in TASKS:
        say(f"   {task.name}: {_describe_model(task.name)}")
    return 0


def _describe_model(task: str) -> str:
    if not has_model(task):
        return "no weights yet"
    entry = manifest()[task]
    return f"{entry['file']}, {entry['parameters']:,} parameters, {entry['summary']}"
