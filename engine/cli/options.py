"""Options that several commands have."""

from __future__ import annotations

import argparse
import glob
import math
import os
from collections.abc import Callable, Sequence
from pathlib import Path

import torch
from torch import Tensor

from engine.device import DEVICES, PRECISIONS
from engine.kernels import (
    LENGTH_PX,
    RADIUS_PX,
    SIGMA_PX,
    Kernel,
    disk_kernel,
    motion_kernel,
    read_kernel,
    round_gaussian_kernel,
)
from engine.restore import RestoreOptions
from engine.tasks import TASKS
from engine.tile_guard import SMALLEST_TILE_PX


def expanded(paths: Sequence[Path], *, is_shell_blind: bool = os.name == "nt") -> list[Path]:
    """What was named, with wildcards spelled out where the shell leaves that to programs, as on Windows."""
    if not is_shell_blind:
        return list(paths)
    found = ((path, sorted(map(Path, glob.glob(str(path))))) for path in paths)  # noqa: PTH207  # may be absolute
    return [each for path, matches in found for each in (matches if matches and not path.exists() else [path])]


def add_task_option(parser: argparse.ArgumentParser) -> None:
    """`--task`."""
    names = [task.name for task in TASKS]
    parser.add_argument("--task", choices=names, default=names[0], help=f"what to do (default: {names[0]})")


def add_run_options(parser: argparse.ArgumentParser, default_model: str = "what you chose in the window") -> None:
    """How to run a net: model, device, precision, tile, ensemble."""
    parser.add_argument(
        "--model", metavar="NAME|FILE", help=f"a model of your own, or 'stock' (default: {default_model})"
    )
    parser.add_argument("--device", choices=DEVICES, default="auto", help="where to run (default: auto)")
    parser.add_argument(
        "--precision", choices=["auto", *PRECISIONS], default="auto", help="number format (default: auto)"
    )
    parser.add_argument(
        "--tile",
        type=tile_px,
        metavar="PIXELS",
        help=f"side of a tile, at least {SMALLEST_TILE_PX}: smaller takes less memory",
    )
    parser.add_argument("--ensemble", action="store_true", help="average eight flips and rotations: slower, better")


def run_options(args: argparse.Namespace) -> RestoreOptions:
    """The options that `add_run_options` added."""
    return RestoreOptions(args.device, args.precision, args.tile, args.ensemble)


def add_kernel_option(parser: argparse.ArgumentParser) -> None:
    """`--kernel`."""
    parser.add_argument(
        "--kernel",
        type=kernel,
        metavar="KERNEL",
        help="deblur: the blur, a picture or a .npy file, or disk:RADIUS, gaussian:SIGMA, motion:LENGTH,ANGLE "
        "in pixels and degrees counter-clockwise",
    )


def kernel(text: str) -> Tensor | Path:
    """A kernel in words, made; or the file that holds one."""
    kind, colon, rest = text.partition(":")
    if not colon or kind not in _KERNELS:
        return Path(text)
    make, limits, form = _KERNELS[kind]
    words = rest.split(",")
    if len(words) != form.count(",") + 1:
        raise argparse.ArgumentTypeError(f"{kind}:{form}, not '{text}'")
    numbers = [finite(word) for word in words]
    if not limits[0] <= numbers[0] <= limits[1]:
        raise argparse.ArgumentTypeError(f"{form.split(',')[0]} must be from {limits[0]:g} to {limits[1]:g} pixels")
    return torch.from_numpy(make(*numbers))


def settled_kernel(asked: Tensor | Path | None) -> Tensor | None:
    """The kernel, read if it is in a file. Raises: ImageReadError."""
    return torch.from_numpy(read_kernel(asked)) if isinstance(asked, Path) else asked


_KERNELS: dict[str, tuple[Callable[..., Kernel], tuple[float, float], str]] = {
    "disk": (disk_kernel, RADIUS_PX, "RADIUS"),
    "gaussian": (round_gaussian_kernel, SIGMA_PX, "SIGMA"),
    "motion": (motion_kernel, LENGTH_PX, "LENGTH,ANGLE"),
}


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
