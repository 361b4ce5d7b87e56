"""`rednet restore`: pictures in, restored pictures out."""

from __future__ import annotations

import argparse
from pathlib import Path

from engine.batch.queue import BatchOptions, Entry, Queue
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
from engine.cli.options import add_run_options, expanded
from engine.cli.plan import show_plans
from engine.cli.step_options import Nets, add_step_options, asked_tasks, settled_steps
from engine.errors import ImageWriteError, UsageError
from engine.image_formats import reading
from engine.image_io import WRITABLE_SUFFIXES, read_image, write_image
from engine.safe_file import is_one_file


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
    if not args.output:
        raise UsageError("OUT is empty: name a file, or a folder.")
    args.inputs = expanded(args.inputs)
    if is_batch(args):
        if not args.plan:
            return run_batch(args)
        targets, is_complete = batch_targets(args)
        return show_plans(targets, args) or int(not is_complete)
    (source,), target = args.inputs, Path(args.output)
    with reading(source):  # a name that is wrong is told before what would become of it
        source.stat()
    _check_target(source, target, replaces_source=args.overwrite)
    if args.plan:
        return show_plans([(source, target)], args)
    nets = Nets(asked_tasks(args), args)
    # What is there is replaced: the user has named it.
    queue = Queue(BatchOptions(settled_steps(args), overwrites=True, profile=asked_profile(args)))
    queue.entries.append(Entry(1, source, target=target))
    return work_through(queue, nets, read_image, write_image)


def _check_target(source: Path, target: Path, *, replaces_source: bool = False) -> None:
    """Raises: ImageWriteError: the target is the source, which is to stay, or no picture."""
    if target.suffix.lower() not in WRITABLE_SUFFIXES:
        raise ImageWriteError(target, f"its name must end with one of {' '.join(WRITABLE_SUFFIXES)}, a folder's with /")
    if is_one_file(target, source) and not replaces_source:
        raise ImageWriteError(target, "it would overwrite one of the pictures, choose another name or folder")
