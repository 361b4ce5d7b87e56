"""Where a picture lies in a window: zoom and pan as arithmetic."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

MAX_SCALE = 32.0
_SNAP = 0.06


@dataclass(frozen=True, slots=True)
class Viewport:
    """The part of a picture that a window shows. All window lengths are device pixels.

    Attributes:
        picture: width and height of the picture, in its own pixels.
        window: width and height of the window.
        scale: device pixels per picture pixel; 1 is 100 %.
        center: the picture point in the middle of the window.
        is_fitted: whether the scale follows the window's size.
    """

    picture: tuple[int, int]
    window: tuple[int, int]
    scale: float = 1.0
    center: tuple[float, float] = (0.0, 0.0)
    is_fitted: bool = True

    @classmethod
    def fitting(cls, picture: tuple[int, int], window: tuple[int, int]) -> Viewport:
        """The whole picture, as large as fits but at most at 100 %."""
        return cls(picture, window).fitted()

    @property
    def fit_scale(self) -> float:
        """The scale that shows the whole picture, at most 1."""
        return min(1.0, *(max(1, w) / p for w, p in zip(self.window, self.picture, strict=True)))

    @property
    def size(self) -> tuple[int, int]:
        """Width and height of the whole picture on screen."""
        width, height = (max(1, round(length * self.scale)) for length in self.picture)
        return width, height

    @property
    def origin(self) -> tuple[int, int]:
        """Where the picture's corner lies; whole pixels, so that 100 % is exact."""
        return self._origin(0), self._origin(1)

    @property
    def visible(self) -> tuple[int, int, int, int]:
        """Left, top, width, height of the part of the window that the picture covers."""
        left, top = (max(0, start) for start in self.origin)
        right, bottom = (
            min(window, start + length)
            for window, start, length in zip(self.window, self.origin, self.size, strict=True)
        )
        return left, top, max(0, right - left), max(0, bottom - top)

    @property
    def can_pan(self) -> bool:
        """Whether some of the picture lies outside the window."""
        return any(length > window for length, window in zip(self.size, self.window, strict=True))

    def fitted(self) -> Viewport:
        """Show the whole picture."""
        middle = (self.picture[0] / 2, self.picture[1] / 2)
        return replace(self, scale=self.fit_scale, center=middle, is_fitted=True)

    def zoomed(self, factor: float, at: tuple[float, float]) -> Viewport:
        """Zoom about a window point, which keeps showing the same picture point.

        Stops at 100 % and at the fitted size when it comes near them or would jump over them.
        """
        target = min(MAX_SCALE, max(self._smallest, self.scale * factor))
        for stop in (1.0, self.fit_scale):
            is_crossed = (self.scale - stop) * (target - stop) < 0
            is_near = abs(target / stop - 1) < _SNAP and abs(self.scale / stop - 1) >= _SNAP
            if is_crossed or is_near:
                target = stop
        return self.scaled(target, at)

    def scaled(self, scale: float, at: tuple[float, float]) -> Viewport:
        """Set the scale; the picture point at the window point `at` stays there."""
        scale = min(MAX_SCALE, max(self._smallest, scale))
        if scale == self.fit_scale:
            return self.fitted()
        # From the centre, not from the rounded origin: the picture would drift.
        center = tuple(
            value + (position - window / 2) * (1 / self.scale - 1 / scale)
            for value, window, position in zip(self.center, self.window, at, strict=True)
        )
        return replace(self, scale=scale, center=(center[0], center[1]), is_fitted=False)._clamped()

    def panned(self, dx: float, dy: float) -> Viewport:
        """Move the picture by device pixels."""
        center = (self.center[0] - dx / self.scale, self.center[1] - dy / self.scale)
        return replace(self, center=center)._clamped()

    def resized(self, window: tuple[int, int]) -> Viewport:
        """Follow the window's size; what is in the middle stays there."""
        changed = replace(self, window=window)
        is_too_small = self.fit_scale <= self.scale < changed.fit_scale
        return changed.fitted() if self.is_fitted or is_too_small else changed._clamped()

    def recast(self, picture: tuple[int, int]) -> Viewport:
        """Show the same part at the same size on screen, of a version of the picture with other measures."""
        shares = [value / length for value, length in zip(self.center, self.picture, strict=True)]
        center = (shares[0] * picture[0], shares[1] * picture[1])
        changed = replace(self, picture=picture, center=center, scale=self.scale * self.picture[0] / picture[0])
        if math.isclose(changed.scale, changed.fit_scale):
            return changed.fitted()
        return replace(changed, is_fitted=False)._clamped()

    @property
    def _smallest(self) -> float:
        """The scale to stop at; `recast` may have gone below the fitted one."""
        return min(self.fit_scale, self.scale)

    def _clamped(self) -> Viewport:
        """Keep the picture's edges at or outside the window's, or the picture in the middle."""
        center = []
        for value, length, window in zip(self.center, self.picture, self.window, strict=True):
            reach = window / 2 / self.scale
            center.append(length / 2 if length <= 2 * reach else min(max(value, reach), length - reach))
        return replace(self, center=(center[0], center[1]))

    def _origin(self, axis: int) -> int:
        return round(self.window[axis] / 2 - self.center[axis] * self.scale)
