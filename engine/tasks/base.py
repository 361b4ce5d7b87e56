"""What a restoration task is: how pictures are damaged, at what level, and what the net sees."""

from __future__ import annotations

import math
from abc import ABC, abstractmethod
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
import torch
from torch import Tensor

from engine.errors import LevelError
from engine.metadata import Metadata
from engine.tensors import Pixels

MetricChannels = Literal["rgb", "y", "gray"]


@dataclass(frozen=True, slots=True)
class Level:
    """How strong the damage is, and where or what shape it has.

    Attributes:
        value: in the unit of the task's `LevelRange`.
        kernel: deblur only: (h, w) float32 blur kernel, odd sides, sum 1.
        mask: inpaint only: (1, H, W) bool, True where the picture is to be filled.
        fill: inpaint only: (C, H / 2, W / 2), rounded up: the picture restored at half its size, to start from.
        opacity: inpaint only: (1, H, W) uint8, how much of the filling shows, 255 all; None for all.
    """

    value: float
    kernel: Tensor | None = None
    mask: Tensor | None = None
    fill: Tensor | None = None
    opacity: Tensor | None = None

    def window(self, rows: slice, columns: slice) -> Level:
        """The level of a part of the picture, which starts at even pixels if there is a `fill`."""
        if self.mask is None:
            return self
        opacity = None if self.opacity is None else self.opacity[:, rows, columns]
        part = replace(self, mask=self.mask[:, rows, columns], opacity=opacity)
        if self.fill is None:
            return part
        half_rows, half_columns = (slice(side.start // 2, -(-side.stop // 2)) for side in (rows, columns))
        return replace(part, fill=self.fill[:, half_rows, half_columns])

    def channel(self, index: int) -> Level:
        """The level of one channel of the picture."""
        return self if self.fill is None else replace(self, fill=self.fill[index : index + 1])


@dataclass(frozen=True, slots=True)
class LevelRange:
    """The levels that a task has.

    Attributes:
        unit: what the number is, e.g. "sigma".
        minimum, maximum: the allowed values, both included.
        default: where a slider starts.
        standard: the values that the literature's tables use, for evaluation.
    """

    unit: str
    minimum: float
    maximum: float
    default: float
    standard: tuple[float, ...] = ()

    def __post_init__(self) -> None:
        # A task may write whole numbers, which are ints; what is limited by one must still be a float.
        for name in ("minimum", "maximum", "default"):
            object.__setattr__(self, name, float(getattr(self, name)))

    def reason_against(self, value: float) -> str | None:
        """Why `value` is not allowed, as half a sentence; None if it is."""
        if not math.isfinite(value):
            return f"{self.unit} must be a number, not {value}"
        if not self.minimum <= value <= self.maximum:
            return f"{self.unit} must be from {self.minimum:g} to {self.maximum:g}, not {value:g}"
        return None


class Task(ABC):
    """One restoration task. Stateless; pictures are (C, H, W) float32, nominally [0, 1].

    Attributes:
        name: the word on the command line and in model files.
        levels: the allowed levels.
        condition_channels: planes that `network_input` appends for a 3-channel picture.
        alignment_px: tile origins must be multiples of this for tiling to be exact.
        needs_whole_picture: whether `network_input` mixes pixels from all over the picture, so
            that it has to be made before the picture is cut into tiles.
        patch_multiple_px: sides of training patches must be multiples of this.
        context_px: how far around a training patch the scene goes on when it is damaged; see `inside`.
        can_estimate: whether `estimate_level` can answer.
        metric_channels: what the literature's tables compare: all channels of a colour result
            ("rgb"), its luma ("y"), or a result of a picture made gray beforehand ("gray").
        needs_kernel, needs_mask: whether a `Level` must carry one.
    """

    name: str
    levels: LevelRange
    condition_channels: int = 1
    alignment_px: int = 1
    needs_whole_picture: bool = False
    patch_multiple_px: int = 1
    context_px: int = 0
    can_estimate: bool = False
    metric_channels: MetricChannels = "rgb"
    needs_kernel: bool = False
    needs_mask: bool = False

    @abstractmethod
    def sample_level(self, shape: tuple[int, int], rng: torch.Generator) -> Level:
        """Draw a level for a training patch of `shape` (height, width)."""

    @abstractmethod
    def degrade(self, clean: Tensor, level: Level, rng: torch.Generator) -> Tensor:
        """Damage a picture as the published test protocols do.

        Args:
            clean: (C, H, W) float32, [0, 1].
            rng: the only source of randomness.
        Returns: (C, H / scale, W / scale) float32.
        """

    @abstractmethod
    def network_input(self, degraded: Tensor, level: Level) -> Tensor:
        """The image and its planes, as the net sees them.

        Returns: (C + condition_channels, H * scale, W * scale) float32.
        """

    def whole_input(self, degraded: Tensor, level: Level, check_canceled: Callable[[], None] = lambda: None) -> Tensor:
        """`network_input` of a picture that is not cut into tiles: it may take long, what the check raises ends it."""
        return self.network_input(degraded, level)

    def training_input(self, clean: Tensor, level: Level, rng: torch.Generator) -> Tensor:
        """`degrade` as users' files are damaged; may vary more than the test protocol does."""
        return self.degrade(clean, level, rng)

    def inside(self, picture: Tensor) -> Tensor:
        """What is left of a (C, H, W) picture without its `context_px`, which a camera would not have seen."""
        height, width = picture.shape[-2:]
        margin = self.context_px
        return picture[..., margin : height - margin, margin : width - margin]

    def scale(self, level: Level) -> int:
        """How many times larger than the input the net's output is."""
        return 1

    def output_size(self, level: Level, height: int, width: int) -> tuple[int, int]:
        """Height and width of the restored picture; where the net makes it larger, it is shrunk to this."""
        scale = self.scale(level)
        return height * scale, width * scale

    def network_level(self, level: Level) -> Level:
        """The level that the net runs at; those for which it is the same have the same pixels before shrinking."""
        return level

    def reach_px(self, level: Level) -> int:
        """How far, in output pixels, `network_input` looks beyond a pixel."""
        return 0

    def estimate_level(self, degraded: Tensor, metadata: Metadata) -> float:
        """Guess the level's value from the picture and what its file says. Raises: LevelError: that is impossible."""
        raise LevelError(self.name, f"it has no automatic {self.levels.unit}, give a value")

    def loss_weight(self, level: Level, shape: tuple[int, int]) -> Tensor:
        """(1, H, W) weights of the training loss; mean over weighted pixels."""
        return torch.ones(1, *shape)

    def merge(self, degraded: Tensor, restored: Tensor, level: Level) -> Tensor:
        """Put back what the task must not change."""
        return restored

    def leaves_alone(self, level: Level) -> bool:
        """Whether a part of the picture with this level stays as it is, so that the net need not run; scale 1 only."""
        return False

    def coarser(self, degraded: Pixels, level: Level) -> tuple[Tensor, Level] | None:
        """A picture of half the size to restore first, whose result is to be the level's `fill`; None for none."""
        return None

    def doubt(self, level: Level) -> str | None:
        """What the user should know before trusting the result, one sentence; None for nothing."""
        return None

    def check_level(self, level: Level) -> None:
        """Raise `LevelError` if the level is not one of this task's."""
        reason = self.levels.reason_against(level.value)
        if reason is None and self.needs_kernel and level.kernel is None:
            reason = "a blur kernel is needed"
        if reason is None and self.needs_mask and level.mask is None:
            reason = "a mask of what to fill is needed"
        if reason is not None:
            raise LevelError(self.name, reason)


def level_plane(value: float, image: Tensor) -> Tensor:
    """(1, H, W) filled with `value`, in the size of `image`."""
    return image.new_full((1, *image.shape[-2:]), value)


def uniform(low: float, high: float, rng: torch.Generator) -> float:
    """One number, evenly drawn from [low, high)."""
    return low + (high - low) * float(torch.rand((), generator=rng))


def integer(low: int, high: int, rng: torch.Generator) -> int:
    """One integer, evenly drawn from [low, high)."""
    return int(torch.randint(low, high, (), generator=rng))


def numpy_rng(rng: torch.Generator) -> np.random.Generator:
    """A numpy generator seeded from `rng`, for code that draws with numpy."""
    return np.random.default_rng(integer(0, 2**62, rng))


def gaussian_noise(like: Tensor, sigma_8bit: float, rng: torch.Generator) -> Tensor:
    """White Gaussian noise with the deviation `sigma_8bit` / 255.

    Source: the authors' demo_denoising.m: image/255 + sigma/255*randn.
    """
    return torch.randn(like.shape, generator=rng, device=like.device) * (sigma_8bit / 255)
