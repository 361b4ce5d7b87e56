"""Training patches, drawn from a folder of pictures."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import torch
from torch import Tensor

from engine.errors import TrainingError
from engine.picture_search import plan
from engine.run_context import RunContext
from engine.tasks import Level, Task
from engine.tasks.base import integer, uniform
from engine.tensors import full_range_luma, to_tensor, with_channels
from engine.training.config import TrainConfig
from engine.training.shelf import LARGEST_BYTES, Read, Specimen, fill_shelf, generator, read_clean

LEAST_JUDGED = 12
"""Of fewer pictures, too few can be held out to tell whether a model is better."""

_DRAWS = 100
_MOST_EVERY = 20


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

    @property
    def columns(self) -> tuple[Tensor, Tensor, Tensor]:
        """All three."""
        return self.inputs, self.targets, self.weights


def list_pictures(folder: Path, ctx: RunContext | None = None) -> list[Path]:
    """Every picture under a folder, sorted by name. Raises: TrainingError: there is none."""
    if not folder.is_dir():
        raise TrainingError(folder, "there is no such folder")
    pictures = sorted(folder / item.folder / item.source.name for item in plan([folder], ctx=ctx).items)
    if not pictures:
        raise TrainingError(folder, "it holds no pictures")
    return pictures


def holdout_every_for(pictures: int) -> int:
    """Of few pictures every other one: five must be there to judge on, and one for the curve."""
    least = 3 if pictures >= 3 * LEAST_JUDGED // 2 else 2
    return min(max(pictures // LEAST_JUDGED, least), _MOST_EVERY)


def split_holdout(pictures: Sequence[Path], every: int) -> tuple[list[Path], list[Path]]:
    """Split into pictures to train on and pictures to judge on: every n-th, at least one."""
    held = list(pictures[every // 2 :: every]) or list(pictures[-1:])
    return [path for path in pictures if path not in set(held)], held


def _ignore(path: Path, reason: str) -> None:
    """Tell nobody."""


class PatchSource:
    """Draws batches; the same seed and step give the same batch, whatever came before.

    Attributes:
        unusable: pictures that could not be read or are too small to learn from, with the reason.
    """

    def __init__(
        self,
        folder: Path,
        pictures: Sequence[Path],
        config: TrainConfig,
        *,
        read: Read = read_clean,
        on_unusable: Callable[[Path, str], None] = _ignore,
        largest_bytes: int = LARGEST_BYTES,
    ) -> None:
        """Read the pictures, or the first parts of them where all would take more memory than `largest_bytes`.

        Args:
            read: opens a picture, with its damaged one for pairs.
            on_unusable: told of what comes to `unusable`, also while training goes on.
        Raises: TrainingError: none is usable.
        """
        self._config = config
        self.unusable: list[tuple[Path, str]] = []
        self._on_unusable = on_unusable
        self._shelf = fill_shelf(folder, pictures, config.drawn_px, config.seed, read, self._leave_out, largest_bytes)

    def batch(self, step: int, task: Task) -> Batch:
        """The patches of a step."""
        rng = generator(self._config.seed, step)
        samples = list(self._samples(step, task, rng))
        inputs, targets, weights = (torch.stack(column) for column in zip(*samples, strict=True))
        return Batch(inputs.contiguous(memory_format=torch.channels_last), targets, weights)

    def _leave_out(self, path: Path, reason: str) -> None:
        self.unusable.append((path, reason))
        self._on_unusable(path, reason)

    def _samples(self, step: int, task: Task, rng: torch.Generator) -> Iterator[tuple[Tensor, Tensor, Tensor]]:
        shape = (self._config.patch_px, self._config.patch_px)
        for specimen in self._shelf.draw(step, self._config.batch, rng):
            clean, damaged = self._patches(specimen, rng)
            if damaged is None:
                level = draw_level(task, self._config, shape, rng)
                degraded = with_channels(task.inside(task.training_input(clean, level, rng)), 3)
                clean = task.inside(clean)
            else:
                level = Level(specimen.levels[integer(0, len(specimen.levels), rng)])
                degraded = with_channels(damaged, 3)
            yield task.network_input(degraded, level), clean.expand(3, -1, -1), task.loss_weight(level, shape)

    def _patches(self, specimen: Specimen, rng: torch.Generator) -> tuple[Tensor, Tensor | None]:
        """The clean patch with what lies around it, and the damaged one of a pair; see `_Turn`."""
        side = self._config.drawn_px
        top, left = (integer(0, length - side + 1, rng) for length in specimen.clean.shape[:2])
        part = specimen.part(slice(top, top + side), slice(left, left + side))
        turn = _Turn(integer(0, 4, rng), bool(integer(0, 2, rng)), uniform(0, 1, rng) < self._config.gray_share)
        damaged = None if part.damaged is None else turn.of(to_tensor(part.damaged))
        return turn.of(to_tensor(part.clean)), damaged


@dataclass(frozen=True, slots=True)
class _Turn:
    """What is done to a patch, and alike to the damaged one."""

    quarters: int
    is_flipped: bool
    is_gray: bool

    def of(self, patch: Tensor) -> Tensor:
        """(3, H, W), or (1, H, W) so that a gray patch is damaged as a gray picture is: all channels alike."""
        patch = torch.rot90(patch, self.quarters, (1, 2))
        if self.is_flipped:
            patch = patch.flip(2)
        if self.is_gray and patch.shape[0] == 3:
            patch = (full_range_luma(patch)[None] * 255).round_().div_(255)
        return patch.contiguous()


def draw_level(task: Task, config: TrainConfig, shape: tuple[int, int], rng: torch.Generator) -> Level:
    """A level for a patch of `shape`, as the task draws it, within the recipe's range."""
    level = task.sample_level(shape, rng)
    if not config.has_own_levels:
        return level
    low, high = config.levels
    if level.kernel is not None or level.mask is not None:  # these take long to draw
        return replace(level, value=uniform(low, high, rng))
    for _ in range(_DRAWS):
        if low <= level.value <= high:
            return level
        level = task.sample_level(shape, rng)
    return replace(level, value=min(max(level.value, low), high))
