"""`rednet restore`: pictures in, restored pictures out."""

from __future__ import annotations

import argparse
from pathlib import Path

from engine.batch.names import SAME_NAME, NameTemplate
from engine.batch.queue import BatchOptions, Entry, Queue
from engine.batch.runner import make_folder
from engine.cli.batch import (
    add_batch_options,
    add_profile_option,
    asked_profile,
    batch_targets,
    is_batch,
    run_batch,
    work_through,
)
from engine.cli.fleet import add_fleet_option
from engine.cli.options import add_run_options
from engine.cli.plan import show_plans
from engine.cli.step_options import Nets, add_step_options, asked_tasks, settled_steps
from engine.errors import ImageWriteError
from engine.image_io import WRITABLE_SUFFIXES, read_image, write_image
from engine.steps import Steps


def add_parser(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Describe the command line."""
    parser = commands.add_parser("restore", help="restore pictures", description="Restore pictures.")
    parser.add_argument("inputs", nargs="+", type=Path, metavar="IN", help="pictures to restore, or folders of them")
    parser.add_argument(
        "-o", "--output", required=True, metavar="OUT", help="a file for one picture, a folder for several"
    )
    parser.add_argument(
        "--plan", action="store_true", help="restore nothing; tell what it would take: tiles, memory, time, size, disk"
    )
    add_batch_options(parser)
    add_fleet_option(parser)
    add_profile_option(parser)
    add_step_options(parser)
    add_run_options(parser)
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Restore every input; a bad one does not stop the rest."""
    if args.plan:
        return show_plans(
            batch_targets(args) if is_batch(args) else plan_targets(args.inputs, args.output, args.overwrite), args
        )
    if is_batch(args):
        return run_batch(args)
    targets = plan_targets(args.inputs, args.output, args.overwrite)
    nets = Nets(asked_tasks(args), args)
    steps = settled_steps(args)
    if len(targets) > 1 or args.output.endswith(("/", "\\")):
        make_folder(targets[0][1].parent)
    # Where the results go was checked just now; what is there beside the sources is replaced, as ever.
    queue = Queue(BatchOptions(steps, overwrites=True, profile=asked_profile(args)))
    for number, (source, target) in enumerate(targets, 1):
        queue.entries.append(Entry(number, source, target=target))
    return work_through(queue, nets, read_image, write_image)


def plan_targets(inputs: list[Path], output: str, replaces_sources: bool = False) -> list[tuple[Path, Path]]:
    """Where each picture is saved. Raises: ImageWriteError: two in one place, or over a source that is to stay."""
    folder = Path(output)
    is_folder = len(inputs) > 1 or folder.is_dir() or output.endswith(("/", "\\"))
    if is_folder and folder.exists() and not folder.is_dir():
        raise ImageWriteError(folder, "several pictures need a folder, and this is a file")
    names = (NameTemplate(SAME_NAME).name_for(source, Steps(), number) for number, source in enumerate(inputs, 1))
    targets = [(source, folder / name if is_folder else folder) for source, name in zip(inputs, names, strict=True)]
    taken = set[Path]() if replaces_sources else {source.resolve() for source in inputs}
    for _, target in targets:
        if target.resolve() in taken:
            raise ImageWriteError(target, "it would overwrite one of the pictures, choose another name or folder")
        if target.suffix.lower() not in WRITABLE_SUFFIXES and not is_folder:
            raise ImageWriteError(target, f"its name must end with one of {' '.join(WRITABLE_SUFFIXES)}")
        taken.add(target.resolve())
    return targets
