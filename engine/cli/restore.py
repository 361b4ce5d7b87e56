"""`rednet restore`: pictures in, restored pictures out."""

from __future__ import annotations

import argparse
import time
from dataclasses import dataclass, replace
from pathlib import Path

from torch import Tensor

from engine.cli.options import (
    add_kernel_option,
    add_run_options,
    add_task_option,
    auto_or_finite,
    run_options,
    settled_kernel,
)
from engine.cli.terminal import complain, live_context, say
from engine.errors import Canceled, EngineError, ImageWriteError, LevelError
from engine.image_io import WRITABLE_SUFFIXES, Image, check_target, read_image, write_image
from engine.restore import Restorer, estimate_level
from engine.tasks import Level, Task, task_named
from engine.tensors import to_tensor


def add_parser(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Describe the command line."""
    parser = commands.add_parser("restore", help="restore pictures", description="Restore pictures.")
    parser.add_argument("inputs", nargs="+", type=Path, metavar="IN", help="pictures to restore")
    parser.add_argument(
        "-o", "--output", required=True, metavar="OUT", help="a file for one picture, a folder for several"
    )
    add_task_option(parser)
    parser.add_argument(
        "--level",
        type=auto_or_finite,
        metavar="auto|VALUE",
        help="noise sigma (denoise, deblur; default: auto), factor to 4 (super_resolution) or JPEG quality (deblock)",
    )
    parser.add_argument("--mask", type=Path, metavar="FILE", help="inpaint: a picture, white where to fill")
    add_kernel_option(parser)
    add_run_options(parser)
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Restore every input; a bad one does not stop the rest."""
    targets = plan_targets(args.inputs, args.output)
    task = task_named(args.task)
    restorer = Restorer.for_task(task, run_options(args), model_path=args.model)
    settled = settle_level(task, args)
    if len(targets) > 1 or args.output.endswith(("/", "\\")):
        _make_folder(targets[0][1].parent)
    failures = 0
    for source, target in targets:
        try:
            say(restore_file(restorer, source, target, settled))
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


@dataclass(frozen=True, slots=True)
class Asked:
    """The level asked for.

    Attributes:
        is_auto: whether its number is to be estimated from each picture.
    """

    level: Level
    is_auto: bool

    def for_picture(self, image: Image, task: Task) -> Level:
        """The level to restore a picture at. Raises: LevelError: it cannot be estimated."""
        return replace(self.level, value=estimate_level(image, task)) if self.is_auto else self.level


def settle_level(task: Task, args: argparse.Namespace) -> Asked:
    """The level asked for, checked."""
    kernel = settled_kernel(args.kernel) if task.needs_kernel else None
    mask = read_mask(args.mask) if args.mask and task.needs_mask else None
    value = args.level
    if value is None and not (task.can_estimate or task.needs_mask):
        raise LevelError(task.name, f"it has no automatic {task.levels.unit}, give one with --level")
    if task.needs_kernel and kernel is None:
        raise LevelError(task.name, "the blur kernel is needed, give it with --kernel")
    if task.needs_mask and mask is None:
        raise LevelError(task.name, "a mask of what to fill is needed, name its file with --mask")
    level = Level(task.levels.default if value is None else value, kernel, mask)
    task.check_level(level)
    return Asked(level, is_auto=value is None and task.can_estimate)


def restore_file(restorer: Restorer, source: Path, target: Path, asked: Asked) -> str:
    """Restore one picture and save it; returns one line that says what was done."""
    started = time.monotonic()
    image = read_image(source)
    level = asked.for_picture(image, restorer.task)
    height, width = restorer.task.output_size(level, image.height, image.width)
    check_target(target, width, height)
    with live_context(source.name, amount=image.megapixels, unit="MP") as ctx:
        restored = restorer.restore(image, level, ctx)
    write_image(target, restored)
    return f"{source} -> {target}: {describe(restored, restorer.task, level)}, {time.monotonic() - started:.1f} s"


def describe(restored: Image, task: Task, level: Level) -> str:
    """What was done, for people."""
    return f"{task.name}, {task.levels.unit} {level.value:.3g}, {restored.width} x {restored.height}"


def read_mask(path: Path) -> Tensor:
    """A mask file as (1, H, W) bool: True where it is bright and opaque. Raises: ImageReadError."""
    image = read_image(path)
    brightness = to_tensor(image.pixels).amax(0, keepdim=True)
    return brightness * (1 if image.alpha is None else to_tensor(image.alpha[..., None])) > 0.5


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ImageWriteError(folder, "the folder cannot be made, choose another") from error
