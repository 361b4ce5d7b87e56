"""Cutting a picture into tiles whose halo makes the result that of the whole picture."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

Part = tuple[slice, slice]
"""Rows and columns of a picture, both with their start and stop; not empty."""


@dataclass(frozen=True, slots=True)
class Tile:
    """A part of a picture, in pixels of the output.

    Attributes:
        rows, columns: the part that this tile answers for; the tiles' parts cover the picture once.
        halo_rows, halo_columns: the same with its halo, cut off at the picture's borders.
    """

    rows: slice
    columns: slice
    halo_rows: slice
    halo_columns: slice

    @property
    def inner(self) -> Part:
        """Where `rows` and `columns` lie inside the halo window."""
        return _inside(self.rows, self.halo_rows), _inside(self.columns, self.halo_columns)


@dataclass(frozen=True, slots=True)
class Grid:
    """How tiles are laid over a picture.

    Attributes:
        height, width: of the picture, in pixels.
        halo_px: how far beyond its part a net must see.
        alignment_px: every window starts at a multiple of this.
        reach_px: how far beyond a halo the picture is read to make what the net sees there.
    """

    height: int
    width: int
    halo_px: int
    alignment_px: int = 1
    reach_px: int = 0

    def tiles(self, tile_px: int) -> list[Tile]:
        """Cover the picture with tiles of about equal size, at most `tile_px` and an alignment, from the top left."""
        return list(self._cover(slice(0, self.height), slice(0, self.width), tile_px))

    def around(self, rows: slice, columns: slice) -> Part:
        """The window that is read to restore a part: the part with its halo and reach, from aligned starts."""
        margin_px = self.halo_px + self.reach_px
        return (
            self._with_margin(self._aligned(rows), margin_px, self.height),
            self._with_margin(self._aligned(columns), margin_px, self.width),
        )

    def cover(self, rows: slice, columns: slice, tile_px: int) -> list[Tile]:
        """As `tiles`, for a part."""
        return list(self._cover(self._aligned(rows), self._aligned(columns), tile_px))

    def split(self, tile: Tile, tile_px: int) -> list[Tile]:
        """Replace a tile by smaller ones."""
        return list(self._cover(tile.rows, tile.columns, tile_px))

    def _cover(self, rows: slice, columns: slice, tile_px: int) -> Iterator[Tile]:
        for part in self._parts(rows, tile_px):
            halo_rows = self._with_margin(part, self.halo_px, self.height)
            for column_part in self._parts(columns, tile_px):
                yield Tile(part, column_part, halo_rows, self._with_margin(column_part, self.halo_px, self.width))

    def _aligned(self, part: slice) -> slice:
        return slice(part.start // self.alignment_px * self.alignment_px, part.stop)

    def _parts(self, span: slice, tile_px: int) -> Iterator[slice]:
        length = span.stop - span.start
        count = math.ceil(length / max(tile_px, self.alignment_px))
        step = _round_up(math.ceil(length / count), self.alignment_px)
        for start in range(span.start, span.stop, step):
            yield slice(start, min(start + step, span.stop))

    def _with_margin(self, part: slice, margin_px: int, length: int) -> slice:
        margin = _round_up(margin_px, self.alignment_px)
        return slice(max(0, part.start - margin), min(length, _round_up(part.stop, self.alignment_px) + margin))


def size_of(part: Part) -> tuple[int, int]:
    """Height and width."""
    rows, columns = part
    return rows.stop - rows.start, columns.stop - columns.start


def _round_up(value: int, multiple: int) -> int:
    return -(-value // multiple) * multiple


def _inside(part: slice, window: slice) -> slice:
    return slice(part.start - window.start, part.stop - window.start)
