"""`rednet evaluate`: PSNR and SSIM on a folder of clean pictures."""

from __future__ import annotations

import argparse
import json
import math
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from statistics import fmean
from typing import Any

from rich.console import Console
from rich.table import Table

from engine.cli.options import add_kernel_option, add_run_options, add_task_option, finite, run_options, settled_kernel
from engine.cli.terminal import live_context, say
from engine.errors import ImageWriteError
from engine.restore import Restorer
from engine.tasks import Level, task_named
from engine.training.data import list_pictures
from engine.training.evaluate import Score, evaluate


def add_parser(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Describe the command line."""
    parser = commands.add_parser(
        "evaluate",
        help="measure PSNR and SSIM",
        description="Damage clean pictures, restore them, measure PSNR and SSIM.",
    )
    parser.add_argument("--data", type=Path, required=True, metavar="FOLDER", help="clean pictures")
    parser.add_argument(
        "--level", type=finite, nargs="+", metavar="VALUE", help="default: the levels of the literature"
    )
    add_kernel_option(parser)
    parser.add_argument(
        "--channels", choices=["rgb", "y", "gray"], help="what is compared; default: the task's protocol"
    )
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the scores there as well")
    add_task_option(parser)
    add_run_options(parser)
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Print a table of mean scores by level; write every score to a file on request."""
    task = task_named(args.task)
    pictures = list_pictures(args.data)
    kernel = settled_kernel(args.kernel)
    restorer = Restorer.for_task(task, run_options(args), model_path=args.model)
    table = Table(title=f"{task.name} on {args.data.name}, {len(pictures)} pictures")
    for column in (task.levels.unit, "PSNR before", "PSNR after", "SSIM", "s/MP"):
        table.add_column(column, justify="right")
    rows = []
    for value in args.level or task.levels.standard:
        with live_context(f"{task.levels.unit} {value:g}") as ctx:
            scores = list(evaluate(restorer, pictures, Level(value, kernel), ctx, channels=args.channels))
        rows.append(summary(value, scores))
        table.add_row(*(_cell(number) for number in list(rows[-1].values())[:5]))
    _print(table)
    if args.json:
        protocol = {
            "task": task.name,
            "data": args.data.name,
            "channels": args.channels or task.metric_channels,
            "clipped_input": False,
            "rounded_output": True,
            "ensemble": args.ensemble,
            "precision": restorer.precision.name,
        }
        _write_json(args.json, {"protocol": protocol, "levels": rows})
    return 0


def summary(value: float, scores: Sequence[Score]) -> dict[str, Any]:
    """Means over the pictures, then every picture's score."""
    return {
        "level": value,
        "psnr_in": _finite(fmean(score.psnr_in for score in scores)),
        "psnr_out": _finite(fmean(score.psnr_out for score in scores)),
        "ssim_out": _finite(fmean(score.ssim_out for score in scores)),
        "seconds_per_megapixel": sum(s.seconds for s in scores) / sum(s.megapixels for s in scores),
        "pictures": [{k: _finite(v) for k, v in asdict(score).items()} for score in scores],
    }


def _finite(value: Any) -> Any:
    """JSON has no word for what is not a number: null."""
    return None if isinstance(value, float) and not math.isfinite(value) else value


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
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(content, indent=1, allow_nan=False), encoding="utf-8")
    except OSError as error:
        raise ImageWriteError(path, "the scores cannot be written there, choose another place") from error
