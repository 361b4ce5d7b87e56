"""What is done when a tile is too much for the memory, or comes out broken."""

from __future__ import annotations

import logging
from collections.abc import Callable

import torch
from torch import Tensor

from engine.device import is_out_of_memory, release_memory
from engine.errors import DeviceMemoryError
from engine.net_runner import NetRunner
from engine.run_context import RunContext
from engine.tiling import Part, Tile, size_of

log = logging.getLogger(__name__)

SMALLEST_TILE_PX = 64
_BLACK = 0.5 / 255
_NOT_BLACK = 4 / 255


class TileGuard:
    """Takes the tiles of one picture through a net; the picture is finished, whatever happens to a tile."""

    def __init__(self, runner: NetRunner, ctx: RunContext) -> None:
        self._runner = runner
        self._ctx = ctx
        self._has_told = False

    def attempt(self, restore: Callable[[], Tensor]) -> Tensor | None:
        """The restored tile, or None if there is not enough memory for it."""
        try:
            return restore()
        except (RuntimeError, MemoryError) as error:
            if not is_out_of_memory(error):
                raise
            log.warning("out of memory on %s: %s", self._runner.device, error)
            return None

    def smaller_tile(self, tile: Tile) -> int | None:
        """The side to go on with after a tile was too large; None if it was the smallest."""
        release_memory(self._runner.device)
        side_px: int = max(tile.rows.stop - tile.rows.start, tile.columns.stop - tile.columns.start)
        if side_px <= SMALLEST_TILE_PX:
            return None
        smaller_px = max(SMALLEST_TILE_PX, side_px // 2)
        device = self._runner.device.type
        self._ctx.notify(f"Not enough memory on {device}: going on with tiles of {smaller_px} pixels.")
        return smaller_px

    def fall_back_to_processor(self, tile: Tile) -> None:
        """Begin anew where there is more memory. Raises: DeviceMemoryError: there is none."""
        device = self._runner.device.type
        if device == "cpu":
            raise DeviceMemoryError(self._runner.needed_bytes(*size_of((tile.halo_rows, tile.halo_columns))))
        self._ctx.notify(f"Not enough memory on {device}: starting again on the processor, which is slower.")
        self._runner.move_to_processor()

    def run(self, network_input: Tensor, wanted: Part, on_layer: Callable[[int], None]) -> Tensor:
        """The wanted part, through the net; again in float32 if the outcome cannot be right."""
        image = network_input[: self._runner.config.image_channels, *wanted]
        restored = self._runner.run(network_input, wanted, on_layer)
        is_whole = _is_finite(restored)
        if is_whole and not _is_lost(restored, image):
            return restored
        if not self._runner.is_exact:
            name = self._runner.precision.name
            exact = self._runner.run_exactly(network_input, wanted, lambda _: self._ctx.check_canceled())
            if _is_finite(exact):
                if not (is_whole and _is_lost(exact, image)):  # else it really is black
                    self._tell(f"A part came out broken in {name}: it was computed again in float32.")
                return exact
        if is_whole:
            return restored
        self._tell("A part came out broken even in float32: it was left as it is. The model may be damaged.")
        return image

    def _tell(self, sentence: str) -> None:
        log.warning("a broken tile on %s", self._runner.device)
        if not self._has_told:  # where one breaks most do
            self._has_told = True
            self._ctx.notify(sentence)


def _is_finite(restored: Tensor) -> bool:
    return bool(torch.isfinite(restored).all())


def _is_lost(restored: Tensor, image: Tensor) -> bool:
    """Whether all is black that was not."""
    return float(restored.amax()) <= _BLACK and float(image.mean()) >= _NOT_BLACK
