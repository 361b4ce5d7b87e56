"""Scores on a test set, by the protocol of a table."""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import fmean
from typing import Any

import numpy as np
from torch import Tensor

from engine.errors import LevelError
from engine.image_io import Image
from engine.metrics import psnr, ssim
from engine.restore import Restorer
from engine.run_context import RunContext
from engine.tasks import Level, task_named
from engine.tensors import to_pixels, to_tensor
from engine.training.cases import Case, cases
from engine.training.protocols import Protocol, Variant

Method = Callable[[Case], Tensor]
"""Restores a damaged picture: (C, H, W) in the size of the clean one."""

_FLOAT32 = np.dtype(np.float32)


@dataclass(frozen=True, slots=True)
class Score:
    """One picture at one level.

    Attributes:
        picture: its file name, with the kernel where there are several.
        level: in the task's unit.
        psnr_in, psnr_out: in dB, of the degraded (smaller ones are enlarged bicubically) and of the restored picture.
        ssim_out: of the restored picture.
        seconds, megapixels: time in the method, and size of its result.
    """

    picture: str
    level: float
    psnr_in: float
    psnr_out: float
    ssim_out: float
    seconds: float
    megapixels: float


def evaluate(
    method: Method,
    protocol: Protocol,
    variant: Variant,
    pictures: Sequence[Path],
    ctx: RunContext,
    *,
    kernels: Mapping[str, Tensor] = {},
    known: Collection[str] = (),
) -> Iterator[Score]:
    """Degrade, restore and compare each picture, as the protocol says.

    Args:
        kernels: by name, those that the variant names.
        known: pictures that need no score, as `Score.picture` calls them.
    Raises: ImageReadError, ProtocolError, LevelError, and what the method raises.
    """
    _check(protocol, variant)
    total = len(pictures) * max(1, len(variant.kernels))
    for number, case in enumerate(cases(protocol, variant, pictures, kernels)):
        ctx.report(number, total, unit="picture")
        if case.picture in known:
            continue
        started = time.perf_counter()
        restored = method(case)
        yield _score(case, restored, time.perf_counter() - started)


def restored_by(restorer: Restorer, ctx: RunContext) -> Method:
    """The net as a method."""

    def restore(case: Case) -> Tensor:
        image = Image(to_pixels(case.degraded, _FLOAT32))
        return to_tensor(restorer.restore(image, case.level, ctx.without_progress()).pixels)

    return restore


def summary(variant: Variant, scores: Sequence[Score]) -> dict[str, Any]:
    """For files of results: means over the pictures, then every picture's score."""
    return {
        "level": variant.value,
        "psnr_in": finite_or_none(fmean(score.psnr_in for score in scores)),
        "psnr_out": finite_or_none(fmean(score.psnr_out for score in scores)),
        "ssim_out": finite_or_none(fmean(score.ssim_out for score in scores)),
        "seconds_per_megapixel": sum(s.seconds for s in scores) / sum(s.megapixels for s in scores),
        "name": variant.name,
        "pictures": [{k: finite_or_none(v) for k, v in asdict(score).items()} for score in scores],
    }


def finite_or_none(value: Any) -> Any:
    """JSON has no word for what is not a number: null."""
    return None if isinstance(value, float) and not math.isfinite(value) else value


def _check(protocol: Protocol, variant: Variant) -> None:
    task = task_named(protocol.task)
    level = Level(variant.value)
    if not (task.needs_mask or task.needs_kernel):
        task.check_level(level)
    if task.needs_kernel and not variant.kernels:
        raise LevelError(task.name, "a blur kernel is needed")
    if task.network_level(level) != level:
        raise LevelError(task.name, f"a {task.levels.unit} of {level.value:g} cannot be compared, take a whole one")


def _score(case: Case, restored: Tensor, seconds: float) -> Score:
    clean, after, before = (case.compared(picture) for picture in (case.clean, restored, case.unrestored()))
    megapixels = restored.shape[1] * restored.shape[2] / 1e6
    return Score(
        case.picture,
        case.level.value,
        psnr(before, clean),
        psnr(after, clean),
        ssim(after, clean),
        seconds,
        megapixels,
    )
