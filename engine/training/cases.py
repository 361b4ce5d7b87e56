"""Damaged pictures for measuring, made from clean ones by a protocol."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor

from engine.errors import ProtocolError
from engine.image_io import read_image
from engine.kernels import disk_kernel, gaussian_kernel
from engine.tasks import Level, Task, task_named
from engine.tasks.base import numpy_rng
from engine.tensors import enlarge, luma, rounded, to_tensor
from engine.training.mask_kinds import make_mask
from engine.training.protocols import LEVIN, Protocol, Variant

Kernels = Mapping[str, Tensor]

_PICTURES_PER_KERNEL = 10_000


@dataclass(frozen=True, slots=True)
class Case:
    """One damaged picture and what it should become.

    Attributes:
        picture: its file name, with the kernel where there are several.
        clean: (C, H, W) [0, 1], whole 8-bit steps.
        degraded: (C, H / scale, W / scale) float32.
        level: with its kernel or mask.
        cut: rows and columns at each border that are not compared.
        is_luma_compared: whether only the luma of colours is.
    """

    picture: str
    clean: Tensor
    degraded: Tensor
    level: Level
    cut: tuple[int, int]
    is_luma_compared: bool

    def compared(self, picture: Tensor) -> Tensor:
        """What of a result, or of the clean picture, is compared: rounded to 8 bits."""
        height, width = picture.shape[1:]
        rows, columns = self.cut
        inner = rounded(picture)[:, rows : height - rows, columns : width - columns]
        return rounded(luma(inner)) if self.is_luma_compared else inner

    def unrestored(self) -> Tensor:
        """The damaged picture in the clean one's size."""
        return (
            enlarge(self.degraded, self.clean.shape[1] // self.degraded.shape[1]) if self.is_smaller else self.degraded
        )

    @property
    def is_smaller(self) -> bool:
        """Whether the damaged picture has fewer pixels than the clean one."""
        return self.degraded.shape != self.clean.shape


def cases(protocol: Protocol, variant: Variant, pictures: Sequence[Path], kernels: Kernels) -> Iterator[Case]:
    """Damage each picture, with each kernel; the damage is drawn from the picture's place in the sequence.

    Raises: ImageReadError, ProtocolError: a kernel is not known.
    """
    task = task_named(protocol.task)
    for kernel_number, kernel in enumerate(variant.kernels or (None,)):
        for number, path in enumerate(pictures):
            rng = torch.Generator().manual_seed(number + _PICTURES_PER_KERNEL * kernel_number)
            clean = _read_clean(path, protocol, task.scale(Level(variant.value)))
            level = _level(task, variant, clean, kernels, kernel, rng)
            name = f"{path.name} {kernel}" if len(variant.kernels) > 1 else path.name
            yield _case(protocol, task, name, clean, level, rng)


def known_kernels(data: Path) -> dict[str, Tensor]:
    """The kernels of the tables; those of Levin et al. 2009 where the data folder holds them."""
    found = {"disk 7": disk_kernel(7), "gaussian 25 1.6": gaussian_kernel(25, 1.6, 1.6)}
    path = data / "kernels" / "levin09.npz"
    if path.is_file():
        with np.load(path, allow_pickle=False) as stored:
            found |= {name: stored[f"kernel{number}"] for number, name in enumerate(LEVIN, start=1)}
    return {name: torch.from_numpy(kernel) for name, kernel in found.items()}


def _read_clean(path: Path, protocol: Protocol, multiple: int) -> Tensor:
    picture = to_tensor(read_image(path).pixels)
    if protocol.channels == "gray":
        picture = rounded(luma(picture))
    height, width = (length // multiple * multiple for length in picture.shape[1:])
    return picture[:, :height, :width]


def _level(
    task: Task, variant: Variant, clean: Tensor, kernels: Kernels, kernel: str | None, rng: torch.Generator
) -> Level:
    if kernel is not None:
        if kernel not in kernels:
            raise ProtocolError(
                f"The blur kernel '{kernel}' is missing: the data folder must hold kernels/levin09.npz."
            )
        return Level(variant.value, kernel=kernels[kernel])
    shape = (clean.shape[1], clean.shape[2])
    if variant.mask is not None:
        return Level(variant.value, mask=torch.from_numpy(make_mask(variant.mask, shape, numpy_rng(rng)))[None])
    if task.needs_mask:
        return task.sample_level(shape, rng)
    return Level(variant.value)


def _case(protocol: Protocol, task: Task, name: str, clean: Tensor, level: Level, rng: torch.Generator) -> Case:
    cut = max(protocol.cut_px, task.scale(level) if task.scale(level) > 1 else 0)
    margins = (0, 0) if level.kernel is None else (level.kernel.shape[0] // 2, level.kernel.shape[1] // 2)
    if protocol.border == "replicate":
        degraded = _inner(task.degrade(_outer(clean, margins), level, rng), margins)
    else:
        degraded = task.degrade(clean, level, rng)
    cuts = (cut, cut)
    if protocol.border == "valid":
        degraded, clean = _inner(degraded, margins), _inner(clean, margins)
        cuts = (max(0, cut - margins[0]), max(0, cut - margins[1]))
    if protocol.is_8bit:
        degraded = rounded(degraded)
    return Case(name, clean, degraded, level, cuts, protocol.channels == "y")


def _outer(picture: Tensor, margins: tuple[int, int]) -> Tensor:
    rows, columns = margins
    return F.pad(picture[None], (columns, columns, rows, rows), mode="replicate")[0]


def _inner(picture: Tensor, margins: tuple[int, int]) -> Tensor:
    (rows, columns), (height, width) = margins, picture.shape[1:]
    return picture[:, rows : height - rows, columns : width - columns].contiguous()
