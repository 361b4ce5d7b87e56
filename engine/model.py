"""RED-Net: a very deep convolutional encoder-decoder with symmetric skip connections."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial
from typing import cast

import torch
import torch.nn.functional as F
from torch import Tensor, nn

LEVEL_SKIP_SCALE = math.sqrt(0.5)

_BAND_PX = 1 << 17
"""Pixels of a layer that a processor does at a time; 15 to 25 ms on two cores with AVX512-BF16."""

Sides = tuple[int, int, int, int]
"""Left, right, top, bottom, as `F.pad` has them."""

NO_SIDES: Sides = (0, 0, 0, 0)


@dataclass(frozen=True, slots=True)
class REDNetConfig:
    """The shape of a RED-Net.

    Attributes:
        depth: number of layers, half convolutions and half deconvolutions; even, at least 4.
        width: feature channels of every hidden layer.
        stride: 1, or 2 to halve the resolution in the first layer and restore it in the last.
        image_channels: channels restored; they come first in the input.
        condition_channels: further input planes (level, mask, ...), which get no residual.
        has_skips: whether encoder features are added to the mirrored decoder features.
        skip_scale: factor on those sums; 1 is the paper's, sqrt(1/2) keeps the variance
            level through the decoder.
    Source: Mao, Shen, Yang, NIPS 2016, section 2.1; authors' released prototxt for the wiring.
    """

    depth: int = 30
    width: int = 64
    stride: int = 2
    image_channels: int = 3
    condition_channels: int = 1
    has_skips: bool = True
    skip_scale: float = LEVEL_SKIP_SCALE

    def __post_init__(self) -> None:
        if self.depth < 4 or self.depth % 2:
            raise ValueError(f"depth must be even and at least 4, not {self.depth}")
        if self.stride not in (1, 2):
            raise ValueError(f"stride must be 1 or 2, not {self.stride}")
        if min(self.width, self.image_channels) < 1 or self.condition_channels < 0:
            raise ValueError("channel counts must be positive")

    @property
    def half(self) -> int:
        """Number of convolutions, and of deconvolutions."""
        return self.depth // 2

    @property
    def skipped(self) -> range:
        """The convolutions, counted from 1, whose output is added to that of the mirrored deconvolution."""
        return range(2, self.half, 2) if self.has_skips else range(0)

    @property
    def alignment_px(self) -> int:
        """Both sides of an input are multiples of this, and so are tile origins."""
        return self.stride

    @property
    def radius_px(self) -> int:
        """How far an output pixel sees. A halo of this many pixels makes tiling exact."""
        return self.depth if self.stride == 1 else 4 * self.half - 1


def ignore_layer(number: int) -> None:
    """Do nothing between layers."""


class REDNet(nn.Module):
    """The network. Input and output: gamma-encoded, nominally [0, 1], not clipped.

    Attributes:
        config: its shape.
    """

    def __init__(self, config: REDNetConfig, *, rng: torch.Generator | None = None) -> None:
        """Make a net with random weights, drawn from `rng` (a fixed seed when absent)."""
        super().__init__()
        self.config = config
        width, half = config.width, config.half
        # Kernel 4 where the stride is 2: every output pixel is then made from the same
        # number of inputs, so that no checkerboard appears.
        edge_kernel = 4 if config.stride == 2 else 3
        inputs = config.image_channels + config.condition_channels
        self.encoder = nn.ModuleList(
            [nn.Conv2d(inputs, width, edge_kernel, config.stride, 1)]
            + [nn.Conv2d(width, width, 3, 1, 1) for _ in range(half - 1)]
        )
        self.decoder = nn.ModuleList(
            [nn.ConvTranspose2d(width, width, 3, 1, 1) for _ in range(half - 1)]
            + [nn.ConvTranspose2d(width, config.image_channels, edge_kernel, config.stride, 1)]
        )
        self._initialize(rng or torch.Generator().manual_seed(0))

    def _initialize(self, rng: torch.Generator) -> None:
        for layer in (*self.encoder, *self.decoder):
            nn.init.kaiming_normal_(layer.weight, generator=rng)
            nn.init.zeros_(layer.bias)
            with torch.no_grad():
                layer.weight.mul_(0.7)
        nn.init.normal_(self.last.weight, std=1e-3, generator=rng)

    @property
    def last(self) -> nn.ConvTranspose2d:
        """The layer that makes the residual."""
        return cast(nn.ConvTranspose2d, self.decoder[-1])

    def forward(self, x: Tensor) -> Tensor:
        """Restore.

        Args:
            x: (B, image_channels + condition_channels, H, W), H and W multiples of `alignment_px`.
        Returns: (B, image_channels, H, W), float32 or wider.
        """
        return x[:, : self.config.image_channels] + self.residual(x)

    def residual(self, x: Tensor, on_layer: Callable[[int], None] = ignore_layer, halos: Sides = NO_SIDES) -> Tensor:
        """What `forward` adds to the image: the same shape, float32.

        Args:
            on_layer: called with the number of a layer, from 0, when it begins; on a processor also while a large one
                goes on. May raise to stop.
            halos: 1 at sides where the outermost `radius_px` are not wanted, and wrong then: of such a halo every layer
                needs a pixel less than the one before it, and does less.
        """
        on_layer(0)
        h = F.relu(self.encoder[0](x.to(self.last.weight.dtype)), inplace=True)
        skips: list[Tensor] = []
        for number, conv in enumerate(self.encoder[1:], start=2):
            h = self._activations(conv, h, halos, partial(on_layer, number - 1))
            if number in self.config.skipped:
                skips.append(h)
        for number, deconv in enumerate(self.decoder[:-1], start=1):
            is_joined = self.config.half - number in self.config.skipped
            skip = _without(skips.pop(), halos, 2 * number) if is_joined else None
            h = self._activations(deconv, h, halos, partial(on_layer, self.config.half + number - 1), skip)
        on_layer(self.config.depth - 1)
        left_out = self.config.stride * len(self.hidden_layers)
        return F.pad(self.last(h).float(), [left_out * side for side in halos])

    def _activations(
        self, layer: nn.Module, h: Tensor, halos: Sides, on_part: Callable[[], None], skip: Tensor | None = None
    ) -> Tensor:
        """What a hidden layer gives, less a pixel of every halo, behind its ReLU, and joined with a skip."""
        # The paper has a ReLU after the sum too; both terms are >= 0, so it changes nothing.
        scale = self.config.skip_scale
        if torch.is_grad_enabled() or h.device.type != "cpu":
            on_part()
            h = _without(F.relu(layer(h), inplace=True), halos, 1)
            if skip is None:
                return h
            return (h + skip) * scale if torch.is_grad_enabled() else h.add_(skip).mul_(scale)
        out = torch.empty_like(_without(h, halos, 1))
        columns = slice(halos[0], halos[0] + out.shape[3])
        band = max(1, _BAND_PX // h.shape[3])
        for start in range(0, out.shape[2], band):
            on_part()
            part = out[:, :, start : start + band]
            first = start + halos[2]
            above = min(first, 1)  # a kernel of three sees a row more on either side
            rows = layer(h[:, :, first - above : first + part.shape[2] + 1])
            torch.clamp_min(rows[:, :, above : above + part.shape[2], columns], 0, out=part)
            if skip is not None:
                part.add_(skip[:, :, start : start + band]).mul_(scale)
        return out

    @property
    def hidden_layers(self) -> list[nn.Module]:
        """All layers but the first and the last."""
        return [*self.encoder[1:], *self.decoder[:-1]]

    def hidden_kernels(self) -> Iterable[nn.Parameter]:
        """The kernels of the hidden layers."""
        return (layer.get_parameter("weight") for layer in self.hidden_layers)


def _without(h: Tensor, halos: Sides, pixels: int) -> Tensor:
    """(B, C, H, W) less so many pixels of every halo."""
    left, right, top, bottom = (pixels * side for side in halos)
    return h[:, :, top : h.shape[2] - bottom, left : h.shape[3] - right]
