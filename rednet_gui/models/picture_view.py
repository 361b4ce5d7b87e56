"""A picture as the screen needs it: any part, at any scale, without touching the rest."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any, Protocol

import cv2
import numpy as np
from numpy.typing import NDArray

from engine.tensors import to_8bit

Pixels = NDArray[Any]

_SMALLEST_SIDE_PX = 512
_NEAREST_FROM_SCALE = 2.0
_MARGIN_PX = 2


class View(Protocol):
    """Whatever can be shown like a picture; see `PictureView`."""

    @property
    def width(self) -> int: ...
    @property
    def height(self) -> int: ...
    @property
    def channels(self) -> int: ...
    @property
    def has_alpha(self) -> bool: ...
    @property
    def icc(self) -> bytes | None: ...
    def render(self, scale: float, *, left: int, top: int, width: int, height: int) -> NDArray[np.uint8]: ...


def method_at(scale: float) -> int:
    """How samples become screen pixels: seen one by one from 200 % on, and mixed below."""
    return cv2.INTER_NEAREST if scale >= _NEAREST_FROM_SCALE else cv2.INTER_LINEAR


@dataclass(frozen=True, slots=True, eq=False)
class PictureView:
    """Pixels with smaller copies of themselves, each half the size of the one before.

    Attributes:
        planes: (H, W, C) of the picture's own type first, then 8-bit ones; C in {1, 3}.
        alphas: (H, W) likewise; empty for a picture without alpha.
        icc: the colour profile of the pixels, None for sRGB.
    """

    planes: tuple[Pixels, ...]
    alphas: tuple[Pixels, ...] = ()
    icc: bytes | None = None

    @classmethod
    def of(cls, pixels: Pixels, *, alpha: Pixels | None = None, icc: bytes | None = None) -> PictureView:
        """Build the smaller copies; takes about a second for 100 megapixels."""
        return cls(_halvings(pixels), () if alpha is None else _halvings(alpha), icc)

    @property
    def width(self) -> int:
        """In picture pixels."""
        return int(self.planes[0].shape[1])

    @property
    def height(self) -> int:
        """In picture pixels."""
        return int(self.planes[0].shape[0])

    @property
    def channels(self) -> int:
        """1 or 3, without alpha."""
        return int(self.planes[0].shape[2])

    @property
    def has_alpha(self) -> bool:
        """Whether parts of the picture may be see-through."""
        return bool(self.alphas)

    def render(self, scale: float, *, left: int, top: int, width: int, height: int) -> NDArray[np.uint8]:
        """The part of the picture that a window shows.

        Args:
            scale: screen pixels per picture pixel.
            left, top, width, height: the part, in screen pixels from the picture's corner.
        Returns: (height, width, 3) RGB, or 4 channels with alpha; contiguous uint8, the caller's to change.
        """
        index = min(len(self.planes) - 1, max(0, math.floor(-math.log2(scale))))
        part = (left, top, width, height)
        color = self._render_plane(self.planes[index], scale, part).reshape(height, width, -1)
        if color.shape[2] == 1:
            color = cv2.cvtColor(color, cv2.COLOR_GRAY2RGB)
        if not self.has_alpha:
            return np.ascontiguousarray(color)
        return np.dstack([color, self._render_plane(self.alphas[index], scale, part)])

    def _render_plane(self, plane: Pixels, scale: float, part: tuple[int, int, int, int]) -> Pixels:
        scale_x, scale_y = scale * self.width / plane.shape[1], scale * self.height / plane.shape[0]
        left, top, width, height = part
        columns = source_range(left, width, scale_x, plane.shape[1])
        rows = source_range(top, height, scale_y, plane.shape[0])
        crop, corner = to_8bit(plane[rows, columns]), (columns.start, rows.start)
        return resample(crop, (scale_x, scale_y), part, corner=corner, method=method_at(scale))


def source_range(start: int, length: int, scale: float, limit: int) -> slice:
    """The samples, of `limit`, that a run of screen pixels needs."""
    first = min(max(0, math.floor(start / scale) - _MARGIN_PX), limit - 1)
    return slice(first, max(first + 1, min(limit, math.ceil((start + length) / scale) + _MARGIN_PX)))


def resample(
    crop: Pixels, scale: tuple[float, float], part: tuple[int, int, int, int], *, corner: tuple[int, int], method: int
) -> Pixels:
    """Draw a part of a picture from a crop that holds it.

    Args:
        scale: screen pixels per sample, across and down.
        part: left, top, width, height in screen pixels from the picture's corner.
        corner: column and row of the crop's first sample.
        method: of OpenCV.
    """
    left, top, width, height = part
    if scale == (1, 1):
        return crop[top - corner[1] :, left - corner[0] :][:height, :width].copy()
    inverse = np.array(
        [
            [1 / scale[0], 0, (left + 0.5) / scale[0] - 0.5 - corner[0]],
            [0, 1 / scale[1], (top + 0.5) / scale[1] - 0.5 - corner[1]],
        ]
    )
    flags = method | cv2.WARP_INVERSE_MAP
    return cv2.warpAffine(crop, inverse, (width, height), flags=flags, borderMode=cv2.BORDER_REPLICATE)


def _halvings(plane: Pixels) -> tuple[Pixels, ...]:
    planes = [plane]
    for height, width in smaller_sizes(*plane.shape[:2]):
        half = cv2.resize(planes[-1], (width, height), interpolation=cv2.INTER_AREA)
        planes.append(to_8bit(half.reshape(height, width, *plane.shape[2:])))
    return tuple(planes)


def smaller_sizes(height: int, width: int) -> list[tuple[int, int]]:
    """(height, width) of the smaller copies, largest first."""
    sizes = []
    while max(height, width) > _SMALLEST_SIDE_PX:
        height, width = math.ceil(height / 2), math.ceil(width / 2)
        sizes.append((height, width))
    return sizes
