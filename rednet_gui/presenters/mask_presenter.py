"""Changing the mask where that takes long, and its files."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from PySide6.QtCore import QObject, QPoint, Slot

from engine.dust import find_damage
from engine.errors import ImageWriteError
from engine.image_io import Image, write_image
from engine.masks import read_mask, resampled
from engine.run_context import RunContext
from engine.safe_file import is_one_file
from rednet_gui.jobs import Runner
from rednet_gui.models.mask import Change
from rednet_gui.models.mask_shapes import Plane, feathered, grown, inverted, shrunk, similar_area
from rednet_gui.models.samples import is_sample
from rednet_gui.models.session import Session
from rednet_gui.presenters.work import Work
from rednet_gui.settings import DUST_SENSITIVITY, MASK_AMOUNT, MASK_FOLDER, WAND_TOLERANCE, Settings

log = logging.getLogger(__name__)

Operation = Callable[[Plane, RunContext], Plane]


@dataclass(frozen=True, slots=True)
class _Found:
    """What a job made of the mask as it was at a revision.

    Attributes:
        before_dust: what was painted besides the dust that was looked for; None if none was.
    """

    change: Change
    revision: int
    before_dust: Plane | None


class MaskPresenter(QObject):
    """Makes new masks of the old one on a worker thread; each is a step that can be undone.

    Args:
        runner: must not be the one that restores, which would make the mask wait.
    """

    def __init__(self, runner: Runner, session: Session, settings: Settings, *, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._settings = settings
        self._again: Callable[[], None] = self.invert
        self._dust: tuple[int, Plane] | None = None
        self._work = Work(runner, session, self)
        self._work.succeeded.connect(self._on_succeeded)
        self._files = Work(runner, session, self)
        self._files.succeeded.connect(self._on_saved)
        session.source_changed.connect(self._on_source_changed)

    @Slot()
    def grow(self) -> None:
        """Move the edge outward."""
        amount = self._settings.get(MASK_AMOUNT)
        self._start(self.grow, lambda mask, ctx: grown(mask, amount, ctx))

    @Slot()
    def shrink(self) -> None:
        """Move the edge inward."""
        amount = self._settings.get(MASK_AMOUNT)
        self._start(self.shrink, lambda mask, ctx: shrunk(mask, amount, ctx))

    @Slot()
    def feather(self) -> None:
        """Let the edge fade out."""
        amount = self._settings.get(MASK_AMOUNT)
        self._start(self.feather, lambda mask, ctx: feathered(mask, amount, ctx))

    @Slot()
    def invert(self) -> None:
        """Paint what is free, and free what is painted."""
        self._start(self.invert, lambda mask, ctx: inverted(mask))

    @Slot()
    def clear(self) -> None:
        """Take all paint away."""
        self._start(self.clear, lambda mask, ctx: np.zeros_like(mask))

    @Slot(QPoint, bool)
    def pick(self, pixel: QPoint, erases: bool) -> None:
        """Mark, or free, what is connected with a pixel and looks like it."""
        source = self._session.source
        if source is None:
            return
        samples, tolerance = source.view.planes[0], self._settings.get(WAND_TOLERANCE)

        def mark(mask: Plane, ctx: RunContext) -> Plane:
            area = similar_area(samples, pixel.x(), pixel.y(), tolerance)
            return np.minimum(mask, ~area) if erases else np.maximum(mask, area)

        self._start(lambda: self.pick(pixel, erases), mark)

    @Slot()
    def find_dust(self) -> None:
        """Mark dust and scratches; once more, instead of those found before."""
        source, mask = self._session.source, self._session.mask
        if source is None:
            return
        sensitivity = self._settings.get(DUST_SENSITIVITY) / 100
        is_again = self._dust is not None and self._dust[0] == mask.painting.revision
        start = self._dust[1] if self._dust is not None and is_again else mask.pixels.copy()

        def mark(_: Plane, ctx: RunContext) -> Plane:
            return np.maximum(start, find_damage(source.image, sensitivity, ctx))

        self._start(self.find_dust, mark, before_dust=start)

    @Slot(Path)
    def load(self, path: Path) -> None:
        """Take a mask from a picture."""
        source = self._session.source
        if source is None:
            return
        width, height = source.view.width, source.view.height
        resized = self.tr("The mask had another size and was fitted to the photo.")

        def read(mask: Plane, ctx: RunContext) -> Plane:
            found = read_mask(path)
            if found.shape != (height, width):
                ctx.notify(resized)
            return resampled(found, width, height)

        if not is_sample(path):
            self._settings.set(MASK_FOLDER, str(path.resolve().parent))
        self._start(lambda: self.load(path), read)

    @Slot(Path)
    def save(self, path: Path) -> None:
        """Write the mask to a PNG, but never over the photo."""
        source = self._session.source
        mask, photo = self._session.mask.pixels.copy(), None if source is None else source.path

        def write(ctx: RunContext) -> Path:
            if photo is not None and is_one_file(path, photo):
                raise ImageWriteError(path, "it is the photo itself; choose another name")
            write_image(path, Image(mask[..., None]))
            return path

        self._files.start(write, is_owed=True)

    def _start(self, again: Callable[[], None], operation: Operation, *, before_dust: Plane | None = None) -> None:
        """Make a new mask; `again` asks for it once more, should somebody paint meanwhile."""
        mask = self._session.mask
        mask.end_step()
        self._again = again
        before, revision = mask.pixels.copy(), mask.painting.revision

        def change(ctx: RunContext) -> _Found:
            return _Found(Change.between(before, operation(before, ctx)), revision, before_dust)

        self._work.start(change)

    @Slot(object)
    def _on_succeeded(self, found: _Found) -> None:
        mask = self._session.mask
        if mask.painting.revision != found.revision:
            self._again()
            return
        mask.apply(found.change)
        if found.before_dust is not None:
            self._dust = (mask.painting.revision, found.before_dust)
            self._session.noticed.emit(self._dust_words(found.change.pixels, found.before_dust))

    def _dust_words(self, mask: Plane, before: Plane) -> str:
        if np.array_equal(mask, before):
            return self.tr("No dust was found; a higher sensitivity finds fainter dust.")
        return self.tr("Dust and scratches are marked. Erase what is none of it.")

    @Slot(object)
    def _on_saved(self, path: Path) -> None:
        self._settings.set(MASK_FOLDER, str(path.resolve().parent))
        self._session.noticed.emit(self.tr("The mask is saved as %1.").replace("%1", path.name))

    @Slot()
    def _on_source_changed(self) -> None:
        self._work.cancel()
        self._dust = None
