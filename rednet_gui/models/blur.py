"""The blur that deblurring undoes: chosen by numbers, drawn, framed, loaded, and touched up by hand."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, replace
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject, Signal

from engine.kernels import (
    LARGEST_PX,
    LENGTH_PX,
    RADIUS_PX,
    SIGMA_PX,
    Kernel,
    centered,
    disk_kernel,
    kernel_from_point_light,
    motion_kernel,
    normalized,
    path_kernel,
    round_gaussian_kernel,
    trimmed,
)
from engine.steps import FrozenArray, kernel_of, packed_kernel

Range = tuple[float, float]

KEY = "blur"
"""Where `Blur.to_keep` puts it."""

LIMITS: dict[str, Range] = {"radius": RADIUS_PX, "sigma": SIGMA_PX, "length": LENGTH_PX, "angle": (-90.0, 90.0)}
"""The smallest and the largest of `BlurNumbers`."""

_DAB_PART = 1 / 40
_ADDED_PART = 0.35


class BlurKind(StrEnum):
    """Where a kernel comes from."""

    DISK = "disk"
    GAUSSIAN = "gaussian"
    MOTION = "motion"
    PATH = "path"
    LIGHT = "light"
    FILE = "file"


@dataclass(frozen=True, slots=True)
class BlurNumbers:
    """What the kinds with numbers are made of, in pixels and degrees counter-clockwise."""

    radius: float = 2.0
    sigma: float = 1.5
    length: float = 10.0
    angle: float = 0.0

    @property
    def limited(self) -> BlurNumbers:
        """The nearest numbers that are possible."""
        return BlurNumbers(
            _within(self.radius, RADIUS_PX),
            _within(self.sigma, SIGMA_PX),
            _within(self.length, LENGTH_PX),
            (self.angle + 90) % 180 - 90,
        )


_MADE: dict[BlurKind, Callable[[BlurNumbers], Kernel]] = {
    BlurKind.DISK: lambda numbers: disk_kernel(numbers.radius),
    BlurKind.GAUSSIAN: lambda numbers: round_gaussian_kernel(numbers.sigma),
    BlurKind.MOTION: lambda numbers: motion_kernel(numbers.length, numbers.angle),
}


_SIZE = {BlurKind.DISK: "radius", BlurKind.GAUSSIAN: "sigma", BlurKind.MOTION: "length"}
_SIZE_FACTORS = (0.7, 0.85, 1.0, 1.2, 1.45)


@dataclass(frozen=True, slots=True)
class SizedBlur:
    """A blur that numbers make."""

    kind: BlurKind
    numbers: BlurNumbers

    @property
    def size(self) -> float:
        """Its radius, sigma or length, in pixels."""
        return float(getattr(self.numbers, _SIZE[self.kind]))

    @property
    def kernel(self) -> Kernel:
        """As `Blur.kernel`."""
        return _MADE[self.kind](self.numbers)

    def times(self, factor: float) -> SizedBlur:
        """A smaller or a larger one, if that is possible."""
        size = round(self.size * factor, 1)
        return self if factor == 1 else SizedBlur(self.kind, replace(self.numbers, **{_SIZE[self.kind]: size}).limited)


class Blur(QObject):
    """A kernel and how it was come by; each kind that is drawn, framed or loaded keeps its own.

    Signals:
        changed: anything.

    Attributes:
        kind, numbers: what is chosen.
        is_edited: whether the kernel was changed by hand after it was made.
    """

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.kind = BlurKind.DISK
        self.numbers = BlurNumbers()
        self.is_edited = False
        self._given = dict[BlurKind, Kernel]()
        self._kernel: Kernel | None = disk_kernel(self.numbers.radius)
        self._paper: NDArray[np.float64] | None = None

    @property
    def kernel(self) -> Kernel | None:
        """(h, w) float32, odd sides, sum 1; None while it is still to be drawn, framed or loaded."""
        return self._kernel

    @property
    def sizes(self) -> tuple[SizedBlur, ...]:
        """What is chosen, among smaller and larger ones, smallest first; nothing if it has no size."""
        if self.kind not in _SIZE or self.is_edited:
            return ()
        chosen = SizedBlur(self.kind, self.numbers)
        return tuple(sorted({chosen.times(factor) for factor in _SIZE_FACTORS}, key=lambda blur: blur.size))

    @property
    def is_painted(self) -> bool:
        """Whether a stroke is begun and not ended."""
        return self._paper is not None

    def to_keep(self) -> Mapping[str, object]:
        """What is to be kept on disk."""
        data: dict[str, object] = {"kind": self.kind.value, "numbers": asdict(self.numbers)}
        if self._kernel is not None and (self.is_edited or self.kind in self._given):
            data |= {"kernel": packed_kernel(FrozenArray.of(self._kernel)), "edited": self.is_edited}
        return {KEY: data}

    def recall(self, data: object) -> bool:
        """Take what `to_keep` kept, and emit nothing; False if it makes no sense, which changes nothing."""
        if not isinstance(data, dict):
            return False
        try:
            kind = BlurKind(data["kind"])
            numbers = BlurNumbers(**{name: float(value) for name, value in data["numbers"].items()})
            kernel = kernel_of(data["kernel"]).to_array() if "kernel" in data else None
        except (KeyError, TypeError, ValueError, AttributeError):
            return False
        if not all(map(math.isfinite, asdict(numbers).values())):
            return False
        self.kind, self.numbers, self.is_edited = kind, numbers.limited, data.get("edited") is True
        if kernel is not None and kind not in _MADE:
            self._given[kind] = kernel
        elif kernel is None:
            self._given.pop(kind, None)
        self._kernel = kernel if kernel is not None else self._made()
        self._paper = None
        return True

    def set_kind(self, kind: BlurKind) -> None:
        """Take another kind, with what it was last."""
        self.kind = kind
        self._make()

    def set_numbers(self, **numbers: float) -> None:
        """Take other numbers; those that are not possible become the nearest ones that are."""
        self.numbers = replace(self.numbers, **numbers).limited
        self._make()

    def take_path(self, points: NDArray[np.float64]) -> None:
        """Take a path that was drawn: (N, 2) x and y in pixels. Raises: KernelError."""
        self._take(BlurKind.PATH, path_kernel(points))

    def take_light(self, patch: NDArray[np.float32]) -> None:
        """Take the light in a part of the picture, (H, W, C). Raises: KernelError."""
        self._take(BlurKind.LIGHT, kernel_from_point_light(patch))

    def take_file(self, kernel: Kernel) -> None:
        """Take a kernel that was loaded."""
        self._take(BlurKind.FILE, kernel)

    def start_over(self) -> None:
        """Give up what was changed by hand."""
        self._make()

    def center(self) -> None:
        """Move the kernel so that its weight lies in the middle, which keeps the picture in its place."""
        if self._kernel is not None:
            self._edit(centered(self._kernel))

    def begin_stroke(self) -> None:
        """Start to paint on the kernel, or on nothing."""
        self._paper = np.zeros((LARGEST_PX, LARGEST_PX))
        if self._kernel is not None:
            height, width = self._kernel.shape
            top, left = (LARGEST_PX - height) // 2, (LARGEST_PX - width) // 2
            self._paper[top : top + height, left : left + width] = self._kernel / self._kernel.max()

    def paint(self, x: float, y: float, *, erases: bool = False) -> None:
        """Make the kernel brighter about a point, or darker; it keeps its sum, and at least one pixel.

        Args:
            x, y: in kernel pixels from the middle of the middle one.
        """
        if self._paper is None:
            self.begin_stroke()
        assert self._paper is not None
        side = 1 if self._kernel is None else max(self._kernel.shape)
        radius = max(0.75, side * _DAB_PART)
        at = np.arange(LARGEST_PX) - LARGEST_PX // 2
        dab = (1 - np.hypot(at[:, None] - y, at - x) / (2 * radius)).clip(0, 1)
        painted = (self._paper + dab * (-_ADDED_PART if erases else _ADDED_PART)).clip(0, 1)
        if painted.any():
            self._paper = painted
            self._edit(trimmed(normalized(painted)))

    def end_stroke(self) -> None:
        """What was painted stays."""
        self._paper = None
        self.changed.emit()

    def _take(self, kind: BlurKind, kernel: Kernel) -> None:
        self._given[kind] = kernel
        self.set_kind(kind)

    def _made(self) -> Kernel | None:
        return _MADE[self.kind](self.numbers) if self.kind in _MADE else self._given.get(self.kind)

    def _make(self) -> None:
        self._kernel = self._made()
        self._paper = None
        self.is_edited = False
        self.changed.emit()

    def _edit(self, kernel: Kernel) -> None:
        self._kernel = kernel
        self.is_edited = True
        self.changed.emit()


def _within(value: float, limits: Range) -> float:
    return min(limits[1], max(limits[0], value))
