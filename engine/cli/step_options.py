"""Options that say what is done to pictures: one task, or several steps."""

from __future__ import annotations

import argparse
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from engine.checkpoint import read_header
from engine.cli.options import add_kernel_option, add_task_option, auto_or_finite, run_options, settled_kernel
from engine.errors import LevelError, StepsError, UsageError
from engine.image_io import Image, read_image
from engine.masks import read_mask
from engine.model_library import STOCK, ModelLibrary
from engine.restore import Restorer
from engine.run_context import RunContext
from engine.steps import FrozenArray, Step, Steps, read_steps, read_steps_file
from engine.tasks import TASKS, Level, Task, task_named


def add_step_options(parser: argparse.ArgumentParser) -> None:
    """What to do: `--task` with its level, or `--steps`, or `--like`."""
    add_task_option(parser)
    parser.set_defaults(task=None)
    parser.add_argument(
        "--level",
        type=auto_or_finite,
        metavar="auto|VALUE",
        help="noise sigma (denoise, deblur), strength 0 to 100 (camera_noise), JPEG quality (deblock) or factor to 4 "
        "(super_resolution); "
        "default: auto where there is one",
    )
    parser.add_argument(
        "--mask",
        type=Path,
        metavar="FILE",
        help="a picture, white where to fill (inpaint), or where the task counts (the others)",
    )
    parser.add_argument(
        "--mask-mode", choices=["only", "except"], help="only where the mask is white (default), or except there"
    )
    add_kernel_option(parser)
    several = parser.add_mutually_exclusive_group()
    several.add_argument(
        "--steps", type=Path, metavar="FILE.json", help="instead of a task: several, as the window exports them"
    )
    several.add_argument(
        "--like", type=Path, metavar="RESTORED", help="instead of a task: what was done to a restored picture"
    )


def settled_steps(args: argparse.Namespace) -> Steps:
    """What is to be done, checked. Raises: LevelError, StepsError, UsageError, ImageReadError."""
    kernel = settled_kernel(args.kernel)
    plane = None if kernel is None else FrozenArray.of(kernel.numpy())
    mask = _settled_mask(args)
    source = args.steps or args.like
    if source is None:
        task = _task(args)
        steps = Steps((Step(task.name, args.level, kernel=plane if task.needs_kernel else None, mask=mask),))
    else:
        if args.task is not None or args.level is not None:
            raise LevelError("several steps", "their tasks and levels are in the file, so leave out --task and --level")
        steps = _completed(_read(args), plane, mask)
    if plane is not None and all(step.kernel is not plane for step in steps.active):
        raise UsageError("--kernel has no effect: nothing is deblurred that has no kernel yet. Leave it out.")
    for step in steps.active:
        _check(step)
    return steps


class Nets:
    """The networks for some tasks.

    Args:
        args: with the run options; a model of the user's own serves the task that it was trained for.
    Raises: NoModelError, CheckpointError, DeviceError.
    """

    def __init__(self, tasks: Iterable[Task], args: argparse.Namespace) -> None:
        self._restorers = {
            name: Restorer.for_task(task_named(name), run_options(args), model_path=file)
            for name, file in model_files(tasks, args).items()
        }

    def restorer(self, task: Task) -> Restorer:
        """What restores pictures of a task."""
        return self._restorers[task.name]

    def restore(self, image: Image, task: Task, level: Level, ctx: RunContext) -> Image:
        """Run the network of a task."""
        return self._restorers[task.name].restore(image, level, ctx)


def model_files(tasks: Iterable[Task], args: argparse.Namespace) -> dict[str, Path | None]:
    """By the name of each task the file of its model; None for the stock model. Raises: CheckpointError."""
    names = list(dict.fromkeys(task.name for task in tasks))
    library = ModelLibrary()
    if args.model == STOCK:
        return dict.fromkeys(names)
    files = {name: library.resolve(None, name) for name in names}
    if args.model is not None:
        asked = library.resolve(args.model, names[0])
        own = names[0] if asked is None or len(names) == 1 else read_header(asked).task
        files[own if own in names else names[0]] = asked
    return files


def asked_tasks(args: argparse.Namespace) -> list[Task]:
    """The tasks whose networks are needed. Raises: StepsError, ImageReadError."""
    if args.steps is None and args.like is None:
        return [_task(args)]
    return [task_named(step.task) for step in _read(args).active]


def steps_in_picture(path: Path) -> Steps | None:
    """How a picture was restored; None if it does not say. Raises: StepsError, ImageReadError."""
    return read_steps(read_image(path).metadata, path)


def _settled_mask(args: argparse.Namespace) -> FrozenArray | None:
    if args.mask is None:
        if args.mask_mode is not None:
            raise UsageError("--mask-mode says how a mask is meant: name the mask's file with --mask.")
        return None
    mask = read_mask(args.mask)
    return FrozenArray.of(~mask if args.mask_mode == "except" else mask)


def _task(args: argparse.Namespace) -> Task:
    return task_named(args.task or TASKS[0].name)


def _read(args: argparse.Namespace) -> Steps:
    path = args.steps or args.like
    steps = read_steps_file(path) if args.steps else steps_in_picture(path)
    if steps is None:
        raise StepsError(path, "it does not say how it was restored; choose a picture that this program has saved")
    if not steps.active:
        raise StepsError(path, "none of its steps is on")
    return steps


def _completed(steps: Steps, kernel: FrozenArray | None, mask: FrozenArray | None) -> Steps:
    """With what the steps lack, and the user gave; a mask that no step lacks limits all that have none."""
    is_lacked = any(_lacks_mask(step) for step in steps.active)
    items = []
    for step in steps.items:
        if not step.is_on:
            items.append(step)
            continue
        if kernel is not None and task_named(step.task).needs_kernel and step.kernel is None:
            step = replace(step, kernel=kernel)
        if mask is not None and (_lacks_mask(step) if is_lacked else step.mask is None):
            step = replace(step, mask=mask)
        items.append(step)
    if mask is not None and all(step.mask is not mask for step in items if step.is_on):
        raise UsageError("--mask has no effect: all steps have masks of their own. Leave it out.")
    return replace(steps, items=tuple(items))


def _lacks_mask(step: Step) -> bool:
    """Whether it cannot do without one: it fills, or it had one that was painted and is not kept."""
    return step.mask == "" or (task_named(step.task).needs_mask and step.mask is None)


def _check(step: Step) -> None:
    task = task_named(step.task)
    has_choice = task.levels.minimum < task.levels.maximum
    if step.level is None and has_choice and not task.can_estimate:
        raise LevelError(task.name, f"it has no automatic {task.levels.unit}, give one with --level")
    if task.needs_kernel and step.kernel is None:
        raise LevelError(task.name, "the blur kernel is needed, give it with --kernel")
    if task.needs_mask and step.mask is None:
        raise LevelError(task.name, "a mask of what to fill is needed, name its file with --mask")
    if step.mask == "":
        raise LevelError(task.name, "its mask was painted and is not kept, name a file with --mask")
    if reason := task.levels.reason_against(task.levels.default if step.level is None else step.level):
        raise LevelError(task.name, reason)
