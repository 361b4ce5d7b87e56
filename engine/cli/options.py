"""Options that several commands have."""

from __future__ import annotations

import argparse
import math
from pathlib import Path

from engine.device import DEVICES, PRECISIONS
from engine.restore import SMALLEST_TILE_PX, RestoreOptions
from engine.tasks import TASKS


def add_task_option(parser: argparse.ArgumentParser) -> None:
    """`--task`."""
    names = [task.name for task in TASKS]
    parser.add_argument("--task", choices=names, default=names[0], help=f"what to do (default: {names[0]})")


def add_run_options(parser: argparse.ArgumentParser) -> None:
    """How to run a net: model, device, precision, tile, ensemble."""
    parser.add_argument("--model", type=Path, metavar="FILE", help="a model of your own instead of the shipped one")
    parser.add_argument("--device", choices=DEVICES, default="auto", help="where to run (default: auto)")
    parser.add_argument(
        "--precision", choices=["auto", *PRECISIONS], default="auto", help="number format (default: auto)"
    )
    parser.add_argument("--tile", type=tile_px, metavar="PIXELS", help="side of a tile: smaller takes less memory")
    parser.add_argument("--ensemble", action="store_true", help="average eight flips and rotations: slower, better")


def run_options(args: argparse.Namespace) -> RestoreOptions:
    """The options that `add_run_options` added."""
    return RestoreOptions(args.device, args.precision, args.tile, args.ensemble)


def tile_px(text: str) -> int:
    """A tile size."""
    value = positive(text)
    if value < SMALLEST_TILE_PX:
        raise argparse.ArgumentTypeError(f"at least {SMALLEST_TILE_PX} pixels, not {text}")
    return value


def positive(text: str) -> int:
    """A whole number above zero."""
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"a whole number above 0, not '{text}'")
    return int(text)


def natural(text: str) -> int:
    """A whole number, zero or above."""
    if not text.isdecimal():
        raise argparse.ArgumentTypeError(f"a whole number, not '{text}'")
    return int(text)


def finite(text: str) -> float:
    """A number."""
    try:
        value = float(text)
    except ValueError:
        value = math.nan
    if not math.isfinite(value):
        raise argparse.ArgumentTypeError(f"a number, not '{text}'")
    return value


def auto_or_finite(text: str) -> float | None:
    """A number, or None for "auto"."""
    if text == "auto":
        return None
    try:
        return finite(text)
    except argparse.ArgumentTypeError:
        raise argparse.ArgumentTypeError(f"'auto' or a number, not '{text}'") from None
