"""A network where it runs: on a device, in a number format."""

from __future__ import annotations

import copy
import math
import time
from collections.abc import Callable

import torch
from torch import Tensor

from engine.device import choose_device, choose_precision
from engine.model import NO_SIDES, REDNet, Sides, ignore_layer
from engine.tensors import pad_to_multiple
from engine.tiling import Part

_MEASURED_PX = 192
_MEASURED = (slice(0, _MEASURED_PX), slice(0, _MEASURED_PX))


class NetRunner:
    """Takes pictures through a net.

    Attributes:
        config: the shape of the net.
        device, precision: where and in which number format it runs.
    """

    def __init__(self, net: REDNet, device: str, precision: str, *, has_ensemble: bool = False) -> None:
        """Take over `net`: it is moved to the device. Raises: DeviceError."""
        self.config = net.config
        self.device = choose_device(device)
        self.precision = choose_precision(self.device, precision)
        self._wanted_precision = precision
        self._has_ensemble = has_ensemble
        # Converting loses digits, and altogether what does not fit into 16 bits.
        self._exact = net.requires_grad_(False).eval()
        self._net = self._converted()
        self._speed: float | None = None

    @property
    def is_exact(self) -> bool:
        """Whether it runs in float32."""
        return self.precision.dtype == torch.float32

    def move_to_processor(self) -> None:
        """Go on without the card."""
        self.device = torch.device("cpu")
        self.precision = choose_precision(self.device, self._wanted_precision)
        self._net = self._converted()
        self._speed = None

    def needed_bytes(self, height: int, width: int) -> int:
        """About the memory that a picture of this size takes on its way through the net."""
        live = self.config.half // 2 + 3  # skips, and a layer's input and output
        features = height * width // (self.config.stride * self.config.stride) * self.config.width
        return features * live * self.precision.dtype.itemsize

    def pixels_per_second(self) -> float:
        """How fast the net is, measured once on a small picture."""
        if self._speed is not None:
            return self._speed
        channels = self.config.image_channels + self.config.condition_channels
        seconds = math.inf
        with torch.inference_mode():
            for _ in range(2):  # the first one also sets things up
                started = time.perf_counter()
                self.run(torch.zeros(channels, _MEASURED_PX, _MEASURED_PX), _MEASURED, ignore_layer)
                seconds = min(seconds, time.perf_counter() - started)
        self._speed = _MEASURED_PX**2 / seconds
        return self._speed

    def run(self, network_input: Tensor, wanted: Part, on_layer: Callable[[int], None]) -> Tensor:
        """(C + planes, H, W) through the net to the wanted part, (C, h, w) float32, on the CPU."""
        return self._run(self._net, network_input, wanted, on_layer)

    def run_exactly(self, network_input: Tensor, wanted: Part, on_layer: Callable[[int], None]) -> Tensor:
        """As `run`, in float32."""
        net = _moved(self._exact, self.device)
        try:
            return self._run(net, network_input, wanted, on_layer)
        finally:
            if net is not self._net:
                net.cpu()

    def _converted(self) -> REDNet:
        net = self._exact if self.is_exact else copy.deepcopy(self._exact).to(self.precision.dtype)
        return _moved(net, self.device)

    def _run(self, net: REDNet, network_input: Tensor, wanted: Part, on_layer: Callable[[int], None]) -> Tensor:
        padded = pad_to_multiple(network_input, self.config.alignment_px)
        if self._has_ensemble:
            residual = self._residual_of_views(net, padded, on_layer)
        else:
            residual = self._residual(net, padded, self._halos(network_input, wanted), on_layer)
        return padded[: self.config.image_channels, *wanted] + residual[:, *wanted]

    def _halos(self, network_input: Tensor, wanted: Part) -> Sides:
        """The sides at which what is wanted does not hang on the border of the window; none for cards.

        Those gain less, since each layer then has another shape, for which they make other plans.
        """
        if self.device.type != "cpu":
            return NO_SIDES
        (top, bottom), (left, right) = (
            (side.start >= self.config.radius_px, length - side.stop >= self.config.radius_px)
            for side, length in zip(wanted, network_input.shape[1:], strict=True)
        )
        return (left, right, top, bottom)

    def _residual_of_views(self, net: REDNet, padded: Tensor, on_layer: Callable[[int], None]) -> Tensor:
        """The mean over four turns, each plain and mirrored."""
        total = torch.zeros(())
        for turns in range(4):
            for flipped in ((), (2,)):
                view = torch.rot90(padded, turns, (1, 2)).flip(flipped)
                residual = self._residual(net, view, NO_SIDES, on_layer)
                total = total + torch.rot90(residual.flip(flipped), -turns, (1, 2))
        return total / 8

    def _residual(self, net: REDNet, padded: Tensor, halos: Sides, on_layer: Callable[[int], None]) -> Tensor:
        batch = padded[None].to(self.device).contiguous(memory_format=torch.channels_last)
        return net.residual(batch, on_layer, halos)[0].cpu()


def _moved(net: REDNet, device: torch.device) -> REDNet:
    net.to(device=device, memory_format=torch.channels_last)  # type: ignore[call-overload]  # torch's stub lacks it
    return net
