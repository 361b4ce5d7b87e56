"""`rednet info`: what this machine and this program have, or how pictures were restored."""

from __future__ import annotations

import argparse
from pathlib import Path

from engine.batch.words import describe_step
from engine.cli.options import expanded
from engine.cli.step_options import steps_in_picture
from engine.cli.terminal import complain, say
from engine.device import available_devices, choose_device, choose_precision
from engine.errors import EngineError, UsageError
from engine.model_library import ModelLibrary, OwnModel
from engine.steps import Steps
from engine.tasks import TASKS
from engine.zoo import manifest


def add_parser(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Describe the command line."""
    parser = commands.add_parser(
        "info",
        help="show devices and models, or how pictures were restored",
        description="Show devices, precision and models; or, of pictures, how they were restored.",
    )
    parser.add_argument("pictures", nargs="*", type=Path, metavar="PICTURE", help="restored pictures")
    parser.add_argument("--json", action="store_true", help="of one picture: print what 'rednet restore --steps' takes")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Print what was asked for."""
    if args.json and len(args.pictures) != 1:
        raise UsageError("--json tells of one picture: name one.")
    if not args.pictures:
        return _show_machine()
    return max([_show_picture(path, args.json) for path in expanded(args.pictures)])


def _show_picture(path: Path, is_json: bool) -> int:
    """Say how a picture was restored; a bad one does not stop the rest."""
    try:
        steps = steps_in_picture(path)
    except EngineError as error:
        complain(str(error))
        return 1
    if is_json:
        say((steps or Steps()).to_json(indent=2))
    else:
        say(f"{path}: {'; '.join(map(describe_step, steps.active)) if steps else 'not restored, as far as it says'}")
    return 0


def _show_machine() -> int:
    chosen = choose_device()
    say("Devices")
    for name, description in available_devices():
        precision = choose_precision(choose_device(name))
        mark = "*" if name == chosen.type else " "
        say(f" {mark} {name}: {description}")
        say(f"     {precision.name}: {precision.reason}")
    library = ModelLibrary()
    say("Models")
    for task in TASKS:
        say(f"   {task.name}: {_describe_model(task.name)}")
        for model in library.models(task.name):
            mark = "*" if model == library.default(task.name) else " "
            say(f" {mark}   “{model.name}”, yours{_describe_gain(model)}")
    return 0


def _describe_model(task: str) -> str:
    entry = manifest()[task]
    return f"{entry['file']}, {entry['parameters']:,} parameters, {entry['summary']}"


def _describe_gain(model: OwnModel) -> str:
    gain = model.card.get("gain")
    return f", {gain:+.2f} dB against the stock model" if isinstance(gain, int | float) else ""
