"""One place of a picture in several versions."""

from __future__ import annotations

import math
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject, QRect, Signal

from engine.tasks import Level
from rednet_gui.models.blur import SizedBlur
from rednet_gui.models.picture_view import PictureView
from rednet_gui.models.session import Session, Source
from rednet_gui.models.variants import Origin, Variant, start_of, variants_of
from rednet_gui.models.viewport import Viewport

ZOOMS = (1, 2, 4)
_MARGIN_PX = 16
_COARSE = 16


@dataclass(frozen=True, slots=True)
class Sample:
    """What a version looks like at a place.

    Attributes:
        view: its pixels.
        rect: the part of the opened picture that it shows.
    """

    view: PictureView
    rect: QRect


class ContactSheet(QObject):
    """What is compared, where, and what is known of it so far. Lengths are pixels of the opened picture.

    Signals:
        opened, closed: there is something to compare now, or no longer.
        sight_changed: another place or another zoom, or cells of another size.
        sample_added: the `Variant` it is of.

    Attributes:
        source: what was opened; None while the sheet is closed.
        variants: the versions, row by row.
        start: the one that is nearest to what is chosen now.
        current: the same, if that is exactly so.
        zoom: how many screen pixels a side of a pixel takes, at the largest size.
        center: the picture point in the middle of each cell.
    """

    opened = Signal()
    closed = Signal()
    sight_changed = Signal()
    sample_added = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.source: Source | None = None
        self.variants: tuple[Variant, ...] = ()
        self.start: Variant | None = None
        self.current: Variant | None = None
        self.zoom = 1
        self.center = (0, 0)
        self._enlargement = 1.0
        self._window = (0, 0)
        self._samples: dict[Variant, Sample] = {}

    @property
    def scale(self) -> float:
        """Screen pixels per pixel of the opened picture: all versions show the same part, the largest at 100 %."""
        return self.zoom * self._enlargement

    @property
    def sight(self) -> QRect:
        """The part of the picture that each cell shows."""
        return self._rect(0)

    @property
    def part(self) -> QRect:
        """The part to restore, a little larger."""
        return self._rect(_MARGIN_PX)

    def open(self, session: Session, middle: tuple[float, float]) -> None:
        """Compare versions of the session's picture at a place, from 0 at its left or top to 1.

        Where holes are filled it is moved to the nearest one.
        """
        source, task = session.source, session.task
        if source is None:
            return
        self.source, self.zoom = source, 1
        blurs = tuple(blur for blur in session.blur.sizes if _fits(blur, source)) if task.needs_kernel else ()
        blur = next((blur for blur in blurs if blur.numbers == session.blur.numbers), None)
        self.variants = variants_of(task, session.level, blurs, session.strength)
        self.start = start_of(self.variants, session.level, session.strength, blur)
        is_exact = (self.start.value, self.start.strength) == (session.level, session.strength)
        self.current = self.start if is_exact else None
        self._enlargement = float(max(task.scale(Level(variant.value)) for variant in self.variants))
        self._samples = {}
        x, y = round(middle[0] * source.view.width), round(middle[1] * source.view.height)
        self.center = self._clamped(*(_nearest_paint(session.mask.pixels, x, y) if task.needs_mask else (x, y)))
        self.opened.emit()

    def close(self) -> None:
        """Forget everything."""
        if self.source is not None:
            self.source, self.variants, self._samples = None, (), {}
            self.start = self.current = None
            self.closed.emit()

    def set_window(self, width_px: int, height_px: int) -> None:
        """Take the size of the cells' pictures, in screen pixels; even, so that whole pixels meet."""
        window = (max(2, width_px // 2 * 2), max(2, height_px // 2 * 2))
        if window != self._window:
            self._window = window
            self.move_to(*self.center)

    def move_to(self, x: int, y: int) -> None:
        """Show another place."""
        self.center = self._clamped(x, y)
        self.sight_changed.emit()

    def set_zoom(self, zoom: int) -> None:
        """Show pixels larger."""
        if zoom != self.zoom:
            self.zoom = zoom
            self.move_to(*self.center)

    def add(self, variant: Variant, sample: Sample) -> None:
        """Take what a version looks like."""
        if variant in self.variants:
            self._samples[variant] = sample
            self.sample_added.emit(variant)

    def sample(self, variant: Variant) -> Sample | None:
        """What a version looks like, maybe at a place that is partly out of sight."""
        return self._samples.get(variant)

    def is_ready(self, variant: Variant) -> bool:
        """Whether all is there that is in sight of a version."""
        sample = self._samples.get(variant)
        return variant.origin is Origin.PHOTO or (sample is not None and sample.rect.contains(self.sight))

    def viewport(self, rect: QRect | None = None) -> Viewport:
        """Where the picture, or a part of it, lies in a cell."""
        rect = self._bounds if rect is None else rect
        center = (self.center[0] - rect.left(), self.center[1] - rect.top())
        return Viewport((rect.width(), rect.height()), self._window, self.scale, center, is_fitted=False)

    @property
    def _bounds(self) -> QRect:
        return QRect() if self.source is None else QRect(0, 0, self.source.view.width, self.source.view.height)

    def _rect(self, margin: int) -> QRect:
        reach = [math.ceil(length / 2 / self.scale) + margin for length in self._window]
        rect = QRect(self.center[0] - reach[0], self.center[1] - reach[1], 2 * reach[0], 2 * reach[1])
        return rect & self._bounds

    def _clamped(self, x: int, y: int) -> tuple[int, int]:
        """A centre that leaves no room beside the picture, if it is large enough."""
        found = []
        for value, length, window in zip((x, y), self._bounds.size().toTuple(), self._window, strict=True):
            reach = math.ceil(window / 2 / self.scale)
            found.append(length // 2 if length <= 2 * reach else min(max(value, reach), length - reach))
        return found[0], found[1]


def _fits(blur: SizedBlur, source: Source) -> bool:
    """Whether the picture is as large as the blur; a larger one is refused."""
    height, width = blur.kernel.shape
    return bool(height <= source.image.height and width <= source.image.width)


def can_open(session: Session) -> bool:
    """Whether there is something to compare, and it may be chosen now."""
    is_known = not (session.is_auto and session.is_estimating)
    return is_known and not session.lacks and (session.can_restore or session.can_follow)


def _nearest_paint(mask: NDArray[np.uint8], x: int, y: int) -> tuple[int, int]:
    """A painted place near a point; the point if nothing is painted."""
    height, width = mask.shape
    size = (-(-width // _COARSE), -(-height // _COARSE))
    if not mask.size:
        return x, y
    # Small first: to look at all of 100 megapixels takes too long.
    coarse = cv2.resize(mask, size, interpolation=cv2.INTER_AREA)
    rows, columns = np.nonzero(coarse)
    if not rows.size:
        return x, y
    step_x, step_y = width / size[0], height / size[1]
    distances = np.hypot((columns + 0.5) * step_x - x, (rows + 0.5) * step_y - y)
    nearest = int(distances.argmin())
    top, left = int(rows[nearest] * step_y), int(columns[nearest] * step_x)
    fine_rows, fine_columns = np.nonzero(mask[top : top + _COARSE + 1, left : left + _COARSE + 1])
    if not fine_rows.size:
        return left, top
    return left + int(fine_columns.mean()), top + int(fine_rows.mean())
