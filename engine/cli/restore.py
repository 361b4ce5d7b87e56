"""`rednet restore`: pictures in, restored pictures out."""

from __future__ import annotations

import argparse
import time
from pathlib import Path

from engine.cli.options import add_run_options
from engine.cli.step_options import Nets, add_step_options, asked_tasks, describe_step, settled_steps
from engine.cli.terminal import complain, live_context, say
from engine.errors import Canceled, EngineError, ImageWriteError, LevelError
from engine.image_io import WRITABLE_SUFFIXES, Image, check_target, default_quality, read_image, write_image
from engine.restore_steps import output_size, run_steps
from engine.steps import Steps, with_steps


def add_parser(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Describe the command line."""
    parser = commands.add_parser("restore", help="restore pictures", description="Restore pictures.")
    parser.add_argument("inputs", nargs="+", type=Path, metavar="IN", help="pictures to restore")
    parser.add_argument(
        "-o", "--output", required=True, metavar="OUT", help="a file for one picture, a folder for several"
    )
    add_step_options(parser)
    add_run_options(parser)
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Restore every input; a bad one does not stop the rest."""
    targets = plan_targets(args.inputs, args.output)
    nets = Nets(asked_tasks(args), args)
    steps = settled_steps(args)
    if len(targets) > 1 or args.output.endswith(("/", "\\")):
        _make_folder(targets[0][1].parent)
    failures = 0
    for source, target in targets:
        try:
            say(restore_file(nets, source, target, steps))
        except Canceled:
            raise
        except EngineError as error:
            # Of several pictures it must be clear which one a level does not suit.
            complain(f"{source}: {error}" if isinstance(error, LevelError) else str(error))
            failures += 1
    if failures and len(targets) > 1:
        complain(f"{failures} of {len(targets)} pictures could not be restored.")
    return 1 if failures else 0


def plan_targets(inputs: list[Path], output: str) -> list[tuple[Path, Path]]:
    """Where each picture is saved. Raises: ImageWriteError: two in one place, or over a source."""
    folder = Path(output)
    is_folder = len(inputs) > 1 or folder.is_dir() or output.endswith(("/", "\\"))
    if is_folder and folder.exists() and not folder.is_dir():
        raise ImageWriteError(folder, "several pictures need a folder, and this is a file")
    targets = [(source, folder / source.name if is_folder else folder) for source in inputs]
    taken: set[Path] = {source.resolve() for source in inputs}
    for _, target in targets:
        if target.resolve() in taken:
            raise ImageWriteError(target, "it would overwrite one of the pictures, choose another name or folder")
        if target.suffix.lower() not in WRITABLE_SUFFIXES and not is_folder:
            raise ImageWriteError(target, f"its name must end with one of {' '.join(WRITABLE_SUFFIXES)}")
        taken.add(target.resolve())
    return targets


def restore_file(nets: Nets, source: Path, target: Path, steps: Steps) -> str:
    """Restore one picture and save it; returns one line that says what was done."""
    started = time.monotonic()
    image = read_image(source)
    height, width = output_size(steps, image.height, image.width)
    check_target(target, width, height)
    with live_context(source.name, amount=image.megapixels, unit="MP") as ctx:
        restored, done = run_steps(image, steps, nets.restore, ctx)
    quality = default_quality(image.metadata)
    saved = write_image(target, with_steps(restored, done, target), quality=quality)
    seconds = time.monotonic() - started
    return f"{source} -> {target}: {describe(restored, done)}, {seconds:.1f} s; {saved.sentence}"


def describe(restored: Image, steps: Steps) -> str:
    """What was done, for people."""
    return f"{'; '.join(map(describe_step, steps.active))}, {restored.width} x {restored.height}"


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ImageWriteError(folder, "the folder cannot be made, choose another") from error
