"""What a restoration looks like at a strength, and what it changed: made of what is on screen, so at once."""

from __future__ import annotations

import math
from collections.abc import Callable
from enum import StrEnum
from functools import cached_property
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from engine.image_io import Image
from engine.strength import REACH_PX, Plane, Strength, blend, enlarged_window, removed_detail, removed_sigmas
from engine.tensors import to_8bit
from engine.transparency import to_mix, with_visible_colors
from rednet_gui.models.picture_view import PictureView, View, method_at, resample, source_range
from rednet_gui.models.session import Result, Source

Pixels = NDArray[np.uint8]
_KEPT_PARTS = 3  # the canvas, the loupe, the histogram
Part = tuple[int, int, int, int]
"""Left, top, width, height in screen pixels from the picture's corner."""


class EnlargedView:
    """A picture at the size of its enlargement, bicubic; has the interface of `PictureView`.

    Attributes:
        width, height, channels, has_alpha, icc: as those of `PictureView`.
    """

    def __init__(self, small: PictureView, size: tuple[int, int]) -> None:
        """`size` is height and width."""
        self._small = small
        self.height, self.width = size
        self.channels, self.has_alpha, self.icc = small.channels, False, small.icc

    @cached_property
    def _samples(self) -> NDArray[Any]:
        alphas = self._small.alphas
        return with_visible_colors(Image(self._small.planes[0], alphas[0] if alphas else None)).pixels

    def render(self, scale: float, *, left: int, top: int, width: int, height: int) -> Pixels:
        """As `PictureView.render`; exact from 100 % on."""
        part = (left, top, width, height)
        own = (scale * self.width / self._small.width, scale * self.height / self._small.height)
        if own[0] <= 1:
            return self._small.render(own[0], left=left, top=top, width=width, height=height)[..., :3]
        samples = self._samples
        if scale < 1:
            columns = source_range(left, width, own[0], self._small.width)
            rows = source_range(top, height, own[1], self._small.height)
            crop, at, method = to_8bit(samples[rows, columns]), own, cv2.INTER_CUBIC
        else:
            columns = source_range(left, width, scale, self.width)
            rows = source_range(top, height, scale, self.height)
            enlarged = enlarged_window(samples, (self.height, self.width), rows, columns)
            crop, at, method = to_8bit(enlarged), (scale, scale), method_at(scale)
        drawn = resample(crop, at, part, corner=(columns.start, rows.start), method=method)
        return np.ascontiguousarray(_rgb(drawn.reshape(height, width, -1)))


def _sigmas(original: Image, restored: Image) -> tuple[float, ...]:
    return removed_sigmas(to_mix(original, restored).pixels, restored.pixels)


def matched(before: PictureView, after: View) -> View:
    """The original in the size of its restored version."""
    size = (after.height, after.width)
    return EnlargedView(before, size) if size != (before.height, before.width) else before


class ViewPair:
    """An original and its restored version, in one size; remembers the parts that were asked for last.

    Attributes:
        before, after: the two.
        sigmas: of `engine.strength.removed_sigmas`.
    """

    @classmethod
    def of(cls, source: Source, result: Result) -> ViewPair:
        """What was opened, and what came of it."""
        return cls(source.view, result.view, lambda: _sigmas(source.image, result.image))

    def __init__(self, before: PictureView, after: View, measure: Callable[[], tuple[float, ...]]) -> None:
        """`measure` gives the sigmas, when they are needed for the first time."""
        self.before, self.after = matched(before, after), after
        self.enlargement = after.width / before.width
        self._measure = measure
        self._parts: dict[tuple[float, Part], tuple[Pixels, Pixels]] = {}
        self._details: dict[tuple[float, Part], Plane] = {}

    @cached_property
    def sigmas(self) -> tuple[float, ...]:
        """Measured once."""
        return self._measure()

    def parts(self, scale: float, part: Part) -> tuple[Pixels, Pixels]:
        """(H, W, C) of both, without alpha."""
        if (scale, part) not in self._parts:
            while len(self._parts) >= _KEPT_PARTS:
                oldest = next(iter(self._parts))
                del self._parts[oldest]
                self._details.pop(oldest, None)
            channels = slice(0, self.after.channels)
            before, after = (_rendered(view, scale, part)[..., channels] for view in (self.before, self.after))
            self._parts[scale, part] = np.ascontiguousarray(before), np.ascontiguousarray(after)
        return self._parts[scale, part]

    def detail(self, scale: float, part: Part) -> Plane | None:
        """What `Strength.texture` brings back; None where the picture is shown too small for it."""
        sigmas = self.sigmas[max(0, round(-math.log2(scale))) :]
        if not sigmas:
            return None
        before, after = self.parts(scale, part)
        if (scale, part) not in self._details:
            self._details[scale, part] = removed_detail(before, after, sigmas)
        return self._details[scale, part]


class BlendedView:
    """The restored version at a strength; has the interface of `PictureView`.

    From 100 % on its pixels are those of `engine.strength.apply_strength`; 16-bit ones, and the halfway ones of three
    times as large pictures, within a step of 8 bits. At smaller scales the shrunk pictures are mixed, which comes to
    the same but for rounding and the finest texture.

    Attributes:
        width, height, channels, has_alpha, icc: as those of `PictureView`.
    """

    def __init__(self, pair: ViewPair, strength: Strength, mask: NDArray[np.uint8] | None = None) -> None:
        """`mask` is (H, W), as large as the original: where the restoration counts; None for everywhere."""
        self._pair, self._strength, self._mask = pair, strength, mask
        after = pair.after
        self.width, self.height, self.channels = after.width, after.height, after.channels
        self.has_alpha, self.icc = after.has_alpha, after.icc

    def render(self, scale: float, *, left: int, top: int, width: int, height: int) -> Pixels:
        """As `PictureView.render`."""
        part = (left, top, width, height)
        if self._strength.is_neutral and self._mask is None:
            return _rendered(self._pair.after, scale, part)
        if scale > 1:
            columns = source_range(left, width, scale, self.width)
            rows = source_range(top, height, scale, self.height)
            window = (columns.start, rows.start, columns.stop - columns.start, rows.stop - rows.start)
            crop, corner = self._blended(1.0, window), (columns.start, rows.start)
            color = resample(crop, (scale, scale), part, corner=corner, method=method_at(scale))
        else:
            color = self._blended(scale, part)
        color = _rgb(color.reshape(height, width, -1))
        if not self.has_alpha:
            return np.ascontiguousarray(color)
        return np.dstack([color, _rendered(self._pair.after, scale, part)[..., 3]])

    def _blended(self, scale: float, part: Part) -> Pixels:
        """(H, W, C) at up to 100 %."""
        left, top, width, height = part
        seen_left, seen_top = max(0, left - REACH_PX), max(0, top - REACH_PX)
        right = max(left + width, min(round(self.width * scale), left + width + REACH_PX))
        bottom = max(top + height, min(round(self.height * scale), top + height + REACH_PX))
        seen = (seen_left, seen_top, right - seen_left, bottom - seen_top)
        inner = slice(top - seen_top, top - seen_top + height), slice(left - seen_left, left - seen_left + width)
        before, after = self._pair.parts(scale, seen)
        detail = self._pair.detail(scale, seen) if self._strength.texture else None
        return blend(
            before[inner],
            after[inner],
            self._strength,
            detail=None if detail is None else detail[inner],
            mask=None if self._mask is None else self._mask_part(self._mask, scale, part),
        )

    def _mask_part(self, mask: NDArray[np.uint8], scale: float, part: Part) -> NDArray[np.uint8]:
        left, top, width, height = part
        if scale == 1:
            rows, columns = slice(top, top + height), slice(left, left + width)
            size = (self.height, self.width)
            return np.asarray(enlarged_window(mask[..., None], size, rows, columns)[..., 0], np.uint8)
        own = scale * self._pair.enlargement
        columns = source_range(left, width, own, mask.shape[1])
        rows = source_range(top, height, own, mask.shape[0])
        corner = (columns.start, rows.start)
        drawn = resample(mask[rows, columns], (own, own), part, corner=corner, method=cv2.INTER_LINEAR)
        return np.ascontiguousarray(drawn)


DIFFERENCE_GAIN = 8
REMOVED_GAIN = 4


class Change(StrEnum):
    """Ways to show it: the difference on black, or what was taken away around mid gray; each with its gain."""

    DIFFERENCE = "difference"
    REMOVED = "removed"


class ChangeView:
    """What is different between two pictures of one size, made visible; has the interface of `PictureView`.

    Attributes:
        width, height, channels, has_alpha, icc: as those of `PictureView`; it has no profile, being no picture.
    """

    def __init__(self, before: View, after: View, kind: Change) -> None:
        self._before, self._after, self._kind = before, after, kind
        self.width, self.height = after.width, after.height
        self.channels, self.has_alpha, self.icc = 3, False, None

    def render(self, scale: float, *, left: int, top: int, width: int, height: int) -> Pixels:
        """As `PictureView.render`."""
        before, after = (
            _rendered(view, scale, (left, top, width, height))[..., :3] for view in (self._before, self._after)
        )
        if self._kind is Change.DIFFERENCE:
            return np.asarray(cv2.convertScaleAbs(cv2.absdiff(before, after), alpha=DIFFERENCE_GAIN), np.uint8)
        return np.asarray(cv2.addWeighted(before, REMOVED_GAIN, after, -REMOVED_GAIN, 128), np.uint8)


def _rendered(view: View, scale: float, part: Part) -> Pixels:
    left, top, width, height = part
    return view.render(scale, left=left, top=top, width=width, height=height)


def _rgb(pixels: NDArray[Any]) -> Pixels:
    return np.asarray(cv2.cvtColor(pixels, cv2.COLOR_GRAY2RGB) if pixels.shape[2] == 1 else pixels, np.uint8)
