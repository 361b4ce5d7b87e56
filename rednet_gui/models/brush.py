"""A round brush: dabs so close together that they make a stroke."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from rednet_gui.models.mask import Mask

Plane = NDArray[np.uint8]

MAX_SIZE_PX = 1000
_PRESSURES = 16  # steps of a pen's pressure: dabs of the same size are made once
_EXACT_RADIUS_PX = 8  # below it a dab is placed to a quarter of a pixel
_PIECE_PX = 256


@dataclass(frozen=True, slots=True)
class Brush:
    """What a stroke is drawn with.

    Attributes:
        size_px: diameter in picture pixels.
        hardness: from 0, soft from the middle on, to 1, a sharp edge.
        erases: whether it takes paint away.
    """

    size_px: float
    hardness: float
    erases: bool = False


class Stroke:
    """Paints along a path. The caller ends the mask's step.

    Attributes:
        end: where the path is now; None before the first point.
    """

    def __init__(self, mask: Mask, brush: Brush) -> None:
        self._mask = mask
        self._brush = brush
        self._pressure = 1.0
        self.end: tuple[float, float] | None = None

    def draw_to(self, x: float, y: float, pressure: float = 1.0) -> None:
        """Go straight on to a point, in picture pixels; the first point makes a dab.

        Args:
            pressure: from 0 to 1; makes the brush smaller.
        """
        start, start_pressure = self.end or (x, y), self._pressure if self.end else pressure
        length = math.dist(start, (x, y))
        pieces = max(1, math.ceil(length / (_PIECE_PX + self._brush.size_px)))
        for piece in range(pieces):  # a long line would otherwise touch a huge rectangle
            ends = np.linspace(piece / pieces, (piece + 1) / pieces, 2)
            points = np.outer(1 - ends, (*start, start_pressure)) + np.outer(ends, (x, y, pressure))
            self._paint(points)
        self.end, self._pressure = (x, y), pressure

    def _paint(self, ends: NDArray[np.float64]) -> None:
        """Paint a straight piece: rows of x, y, pressure."""
        radius = self._brush.size_px / 2
        # Dabs a square root apart leave dents of an eighth of a pixel at most.
        spacing = max(0.5, math.sqrt(self._radius_at(float(ends[:, 2].min()))))
        count = math.ceil(math.dist(ends[0, :2], ends[1, :2]) / spacing) + 1
        reach = math.ceil(radius) + 2
        left, top = np.floor(ends[:, :2].min(0)).astype(int) - reach
        right, bottom = np.floor(ends[:, :2].max(0)).astype(int) + reach
        coverage = np.zeros((bottom - top, right - left), np.uint8)
        for share in np.linspace(0, 1, count):
            x, y, pressure = (1 - share) * ends[0] + share * ends[1]
            dab, column, row = self._dab_at(x - left, y - top, pressure)
            target = coverage[row : row + dab.shape[0], column : column + dab.shape[1]]
            np.maximum(target, dab, out=target)
        self._mask.blend(int(left), int(top), coverage, erases=self._brush.erases)

    def _dab_at(self, x: float, y: float, pressure: float) -> tuple[Plane, int, int]:
        radius = self._radius_at(pressure)
        column, row = math.floor(x), math.floor(y)
        if radius < 1:
            fractions = 0.5, 0.5  # between pixels it would mark none of them
        elif radius < _EXACT_RADIUS_PX:
            fractions = math.floor((x - column) * 4) / 4, math.floor((y - row) * 4) / 4
        else:
            fractions = 0.0, 0.0
            column, row = round(x), round(y)
        dab = _dab(radius, self._brush.hardness, *fractions)
        reach = dab.shape[0] // 2
        return dab, column - reach, row - reach

    def _radius_at(self, pressure: float) -> float:
        return max(0.5, self._brush.size_px / 2 * math.ceil(pressure * _PRESSURES) / _PRESSURES)


@lru_cache(maxsize=2 * _PRESSURES)
def _dab(radius: float, hardness: float, fraction_x: float, fraction_y: float) -> Plane:
    """One touch of the brush, its middle that far right and down of the middle of the square."""
    reach = math.ceil(radius) + 1
    x, y = (np.arange(-reach, reach, dtype=np.float32) + 0.5 - fraction for fraction in (fraction_x, fraction_y))
    distance = np.sqrt(x[None] ** 2 + y[:, None] ** 2)
    share = ((radius + 0.5 - distance) / (radius * (1 - hardness) + 1)).clip(0, 1)
    return np.asarray((255 * share * share * (3 - 2 * share)).round(), np.uint8)
