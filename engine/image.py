"""A picture between files, engine and screen."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from numpy.typing import NDArray

from engine.metadata import Metadata


@dataclass(frozen=True, slots=True)
class Image:
    """A picture between files, engine and screen.

    Attributes:
        pixels: (H, W, C) uint8, uint16 or float32, C in {1, 3}; gamma-encoded as in the file, upright.
        alpha: (H, W), the same type; None where the file has none.
        metadata: what the file says beside its pixels.
    """

    pixels: NDArray[Any]
    alpha: NDArray[Any] | None = None
    metadata: Metadata = field(default_factory=Metadata)

    @property
    def height(self) -> int:
        """Rows."""
        return int(self.pixels.shape[0])

    @property
    def width(self) -> int:
        """Columns."""
        return int(self.pixels.shape[1])

    @property
    def channels(self) -> int:
        """1 for gray, 3 for RGB."""
        return int(self.pixels.shape[2])

    @property
    def megapixels(self) -> float:
        """Millions of pixels."""
        return self.width * self.height / 1e6


@dataclass(frozen=True, slots=True)
class Sketch:
    """A picture while its file is being read, small.

    Attributes:
        pixels: (h, w, C), like those of the `Image` it becomes, shrunk; gray where nothing has been read yet.
        width, height: of the whole picture.
        icc: its colour profile; None for sRGB.
    """

    pixels: NDArray[Any]
    width: int
    height: int
    icc: bytes | None
