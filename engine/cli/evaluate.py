"""`rednet evaluate`: PSNR and SSIM on a folder of clean pictures, or the tables of the literature."""

from __future__ import annotations

import argparse
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table
from torch import Tensor

from engine.cli.options import (
    add_kernel_option,
    add_run_options,
    add_task_option,
    finite,
    positive,
    run_options,
    settled_kernel,
)
from engine.cli.terminal import live_context, say
from engine.errors import ImageReadError, ImageWriteError, TrainingError, UsageError
from engine.model_library import STOCK, ModelLibrary
from engine.restore import Restorer
from engine.safe_file import replace_text
from engine.tasks import TASKS, task_named
from engine.training.cases import known_kernels
from engine.training.data import list_pictures
from engine.training.evaluate import evaluate, restored_by, summary
from engine.training.mask_kinds import KINDS
from engine.training.protocols import Protocol, Variant, protocols_named

_GIVEN = "given"


def add_parser(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Describe the command line."""
    parser = commands.add_parser(
        "evaluate",
        help="measure PSNR and SSIM",
        description="Damage clean pictures, restore them, measure PSNR and SSIM.",
    )
    parser.add_argument(
        "--data", type=Path, required=True, metavar="FOLDER", help="clean pictures; with --table the test sets"
    )
    parser.add_argument(
        "--table",
        metavar="NAME",
        help="a table of the literature, or all of a task (its name): sets task, level, kernel, mask and channels; "
        "FOLDER holds test/ and kernels/",
    )
    parser.add_argument(
        "--level", type=finite, nargs="+", metavar="VALUE", help="default: the levels of the literature"
    )
    add_kernel_option(parser)
    parser.add_argument("--mask-kind", choices=list(KINDS), help="inpaint: what is missing (default: all sorts)")
    parser.add_argument(
        "--channels", choices=["rgb", "y", "gray"], help="what is compared; default: the task's protocol"
    )
    parser.add_argument("--pictures", type=positive, metavar="N", help="only the first N pictures of each set")
    parser.add_argument(
        "--json", type=Path, metavar="FILE", help="write the scores there as well; a folder for several tables"
    )
    add_task_option(parser)
    add_run_options(parser, default_model=STOCK)
    parser.set_defaults(run=run, task=None)


def run(args: argparse.Namespace) -> int:
    """Print a table of mean scores by level; write every score to a file on request."""
    given = [getattr(args, name) is not None for name in ("task", "level", "kernel", "mask_kind", "channels")]
    if args.table is not None and any(given):
        raise UsageError(
            "--table says what is measured: leave out --task, --level, --kernel, --mask-kind and --channels."
        )
    protocols = (_asked(args),) if args.table is None else protocols_named(args.table)
    kernels = _given_kernel(args) if args.table is None else known_kernels(args.data)
    task = task_named(protocols[0].task)
    file = ModelLibrary().resolve(args.model or STOCK, task.name)
    restorer = Restorer.for_task(task, run_options(args), model_path=file)
    for protocol in protocols:
        folder = args.data if args.table is None else args.data / "test" / protocol.data
        rows = _measure(restorer, protocol, _pictures(folder)[: args.pictures], kernels)
        if args.json:
            facts = {**protocol.facts(), "ensemble": args.ensemble, "precision": restorer.precision.name}
            path = args.json / f"{protocol.name}.json" if len(protocols) > 1 else args.json
            _write_json(path, {"protocol": facts, "levels": rows})
    return 0


def _pictures(folder: Path) -> list[Path]:
    """Raises: ImageReadError: there are none."""
    try:
        return list_pictures(folder)
    except TrainingError as error:
        raise ImageReadError(error.path, error.reason) from error


def _asked(args: argparse.Namespace) -> Protocol:
    """What the options describe, as a protocol."""
    task = TASKS[0] if args.task is None else task_named(args.task)
    for option, is_given, has_effect in (
        ("--kernel", args.kernel is not None, task.needs_kernel),
        ("--mask-kind", args.mask_kind is not None, task.needs_mask),
    ):
        if is_given and not has_effect:
            raise UsageError(f"{option} has no effect on {task.name}. Leave it out.")
    kernels = () if args.kernel is None else (_GIVEN,)
    variants = tuple(
        Variant(f"{task.levels.unit} {value:g}", value, kernels, args.mask_kind)
        for value in args.level or task.levels.standard
    )
    return Protocol("", task.name, args.data.name, args.channels or task.metric_channels, variants)


def _given_kernel(args: argparse.Namespace) -> dict[str, Tensor]:
    kernel = settled_kernel(args.kernel)
    return {} if kernel is None else {_GIVEN: kernel}


def _measure(
    restorer: Restorer, protocol: Protocol, pictures: list[Path], kernels: Mapping[str, Tensor]
) -> list[dict[str, Any]]:
    """Measure and print one table; returns its rows for a file."""
    table = Table(title=f"{protocol.name or protocol.task} on {protocol.data}, {len(pictures)} pictures")
    for column in ("damage", "PSNR before", "PSNR after", "SSIM", "s/MP"):
        table.add_column(column, justify="right")
    rows = []
    for variant in protocol.variants:
        with live_context(variant.name) as ctx:
            method = restored_by(restorer, ctx)
            scores = list(evaluate(method, protocol, variant, pictures, ctx, kernels=kernels))
        rows.append(summary(variant, scores))
        table.add_row(variant.name, *(_cell(number) for number in list(rows[-1].values())[1:5]))
    _print(table)
    return rows


def _cell(number: float | None) -> str:
    if number is None:
        return "-"
    return f"{number:.4f}" if abs(number) < 1 else f"{number:.2f}"


def _print(table: Table) -> None:
    console = Console()
    with console.capture() as capture:
        console.print(table)
    say(capture.get().rstrip())


def _write_json(path: Path, content: dict[str, Any]) -> None:
    try:
        replace_text(path, [json.dumps(content, indent=1, allow_nan=False)])
    except OSError as error:
        raise ImageWriteError(path, "the scores cannot be written there, choose another place") from error
