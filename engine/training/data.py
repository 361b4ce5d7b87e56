"""Training patches, drawn from a folder of pictures."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from torch import Tensor

from engine.errors import ImageReadError, TrainingError
from engine.image_io import READABLE_SUFFIXES, read_image
from engine.tasks import Task
from engine.tasks.base import integer, uniform
from engine.tensors import Pixels, to_tensor, with_channels
from engine.training.config import TrainConfig

_AREA_CAP = 450_000
"""A picture larger than this is drawn no more often: it holds more pixels, not more subjects."""


@dataclass(frozen=True, slots=True)
class Batch:
    """One training step's patches.

    Attributes:
        inputs: (B, C + planes, H, W) what the net sees.
        targets: (B, C, H, W) the clean patches.
        weights: (B, 1, H, W) weights of the loss.
    """

    inputs: Tensor
    targets: Tensor
    weights: Tensor


def list_pictures(folder: Path) -> list[Path]:
    """Every picture under a folder, sorted by name. Raises: TrainingError: there is none."""
    if not folder.is_dir():
        raise TrainingError(folder, "there is no such folder")
    pictures = sorted(path for path in folder.rglob("*") if path.suffix.lower() in READABLE_SUFFIXES)
    if not pictures:
        raise TrainingError(folder, "it holds no pictures")
    return pictures


def split_holdout(pictures: Sequence[Path], every: int) -> tuple[list[Path], list[Path]]:
    """Split into pictures to train on and pictures to judge on: every n-th, at least one."""
    held = list(pictures[every // 2 :: every]) or list(pictures[-1:])
    return [path for path in pictures if path not in set(held)], held


class PatchSource:
    """Draws batches; the same seed and step give the same batch, whatever came before.

    Attributes:
        unusable: pictures that could not be read or are smaller than a patch, with the reason.
    """

    def __init__(self, folder: Path, pictures: Sequence[Path], config: TrainConfig) -> None:
        """Read the pictures. Raises: TrainingError: none is usable."""
        self._config = config
        self._pictures: list[Pixels] = []
        self.unusable: list[tuple[Path, str]] = []
        for path in pictures:
            self._add(path)
        if not self._pictures:
            raise TrainingError(folder, f"none of its pictures is readable and at least {config.patch_px} pixels wide")
        areas = [min(pixels.shape[0] * pixels.shape[1], _AREA_CAP) for pixels in self._pictures]
        self._shares = torch.tensor(areas, dtype=torch.float64)

    def _add(self, path: Path) -> None:
        try:
            pixels = read_image(path).pixels
        except ImageReadError as error:
            self.unusable.append((path, error.reason))
            return
        if min(pixels.shape[:2]) < self._config.patch_px:
            self.unusable.append((path, "smaller than a patch"))
            return
        self._pictures.append(pixels)

    def batch(self, step: int, task: Task) -> Batch:
        """The patches of a step."""
        seeds = np.random.SeedSequence((self._config.seed, step)).generate_state(1, np.uint64)
        rng = torch.Generator().manual_seed(int(seeds[0] >> np.uint64(1)))
        samples = list(self._samples(task, rng))
        inputs, targets, weights = (torch.stack(column) for column in zip(*samples, strict=True))
        return Batch(inputs.contiguous(memory_format=torch.channels_last), targets, weights)

    def _samples(self, task: Task, rng: torch.Generator) -> Iterator[tuple[Tensor, Tensor, Tensor]]:
        shape = (self._config.patch_px, self._config.patch_px)
        chosen = torch.multinomial(self._shares, self._config.batch, replacement=True, generator=rng)
        for index in chosen.tolist():
            clean = self._patch(self._pictures[index], rng)
            level = task.sample_level(shape, rng)
            degraded = with_channels(task.training_input(clean, level, rng), 3)
            yield task.network_input(degraded, level), clean.expand(3, -1, -1), task.loss_weight(level, shape)

    def _patch(self, pixels: Pixels, rng: torch.Generator) -> Tensor:
        """(3, H, W), or (1, H, W) so that a gray patch is damaged as a gray picture is: all channels alike."""
        side = self._config.patch_px
        top, left = (integer(0, length - side + 1, rng) for length in pixels.shape[:2])
        patch = to_tensor(pixels[top : top + side, left : left + side])
        patch = torch.rot90(patch, integer(0, 4, rng), (1, 2))
        if integer(0, 2, rng):
            patch = patch.flip(2)
        if uniform(0, 1, rng) < self._config.gray_share and patch.shape[0] == 3:
            gray = torch.einsum("c,chw->hw", torch.tensor([0.299, 0.587, 0.114]), patch)
            patch = (gray[None] * 255).round_().div_(255)
        return patch.contiguous()
