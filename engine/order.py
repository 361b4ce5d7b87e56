"""In which order a result comes about: what a window shows of it is wanted first."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from numpy.typing import NDArray

from engine.parts import within
from engine.tiling import Grid, Part, Tile, size_of

GLIMPSE_PX = 120_000
_GAIN = 2


@dataclass(slots=True)
class Patchwork:
    """A result in the making, which a later run of the same picture and level can go on with.

    Attributes:
        pixels: (H * scale, W * scale, C) the result; only what lies in the tiles below is valid.
        done: the finished tiles.
        ahead: what was restored before its tiles came, to be shown; their last bit may differ.
    """

    pixels: NDArray[Any]
    done: list[Tile] = field(default_factory=list)
    ahead: list[Tile] = field(default_factory=list)

    def put_ahead(self, tile: Tile, pixels: NDArray[Any]) -> None:
        """Take in what was restored of `tile`, but not where finished tiles are: those keep their bits."""
        whole = _part(tile)
        for done in self.done:
            if shared := _shared(whole, _part(done)):
                pixels[within(whole, shared)] = self.pixels[shared]
        self.pixels[whole] = pixels
        self.ahead.append(tile)


@dataclass(frozen=True, slots=True)
class Order:
    """What is wanted first, and who is told of it; for windows.

    Attributes:
        sight: rows and columns of the output that are looked at: its middle is restored first, then all of it, then
            the tiles, those nearest to its middle first. An empty one is a point to begin at.
        on_start: called with the result before its first tile.
        on_tile: called with each tile that can be shown, also those of an earlier run; some are parts of others.
    """

    sight: Part
    on_start: Callable[[Patchwork], None]
    on_tile: Callable[[Tile], None]

    def sorted(self, tiles: list[Tile]) -> list[Tile]:
        """Nearest to the middle of what is looked at first."""
        row, column = ((side.start + side.stop) / 2 for side in self.sight)

        def distance(tile: Tile) -> float:
            outside = (max(s.start - at, at - s.stop, 0) for s, at in ((tile.rows, row), (tile.columns, column)))
            return math.hypot(*outside)

        return sorted(tiles, key=distance)

    def tell(self, work: Patchwork) -> None:
        """Tell of a result that is begun, and of what there is of it."""
        self.on_start(work)
        for tile in (*work.ahead, *work.done):
            self.on_tile(tile)

    def ahead(self, grid: Grid, pending: list[Tile], tile_px: int) -> Iterator[Tile]:
        """What to restore before the `pending` tiles: small tiles come sooner, and what is in sight may lie in many.

        Only what comes much sooner: it is restored again with the tiles, so that all bits are as without an order.
        """
        for part in (_middle(self.sight, GLIMPSE_PX), self.sight):
            touched = sum(_area(_part(tile)) for tile in pending if _shared(part, _part(tile)))
            if touched > _GAIN * _area(part) > 0:
                yield from grid.cover(*part, tile_px)


def _middle(part: Part, largest_px: int) -> Part:
    """The middle of a part, of the same shape, with at most so many pixels."""
    share = min(1.0, math.sqrt(largest_px / max(1, _area(part))))
    rows, columns = (_middle_of(side, int((side.stop - side.start) * share)) for side in part)
    return rows, columns


def _middle_of(side: slice, length: int) -> slice:
    start = side.start + (side.stop - side.start - length) // 2
    return slice(start, start + length)


def _part(tile: Tile) -> Part:
    return tile.rows, tile.columns


def _shared(one: Part, other: Part) -> Part | None:
    """What lies in both; None if nothing does."""
    rows, columns = (slice(max(a.start, b.start), min(a.stop, b.stop)) for a, b in zip(one, other, strict=True))
    return (rows, columns) if rows.start < rows.stop and columns.start < columns.stop else None


def _area(part: Part) -> int:
    return math.prod(size_of(part))
