"""Keeping the session's kernel in step with the blur that the user chooses, draws, frames or loads."""

from __future__ import annotations

import logging
from collections.abc import Callable
from pathlib import Path

import numpy as np
import torch
from PySide6.QtCore import QObject, QRect, Slot

from engine.errors import KernelError
from engine.kernels import LARGEST_PX, Kernel, read_kernel, write_kernel
from engine.run_context import RunContext
from engine.tensors import to_tensor
from rednet_gui.errors import describe
from rednet_gui.jobs import Runner
from rednet_gui.models.blur import Blur
from rednet_gui.models.session import Session
from rednet_gui.presenters.work import Work

log = logging.getLogger(__name__)

_LARGEST_FRAME_PX = 4 * LARGEST_PX
"""What surrounds a light tells how dark the ground is; more takes long and holds other lights."""


class BlurPresenter(QObject):
    """Makes the blur of what the user does; what gives no kernel is told and changes nothing.

    Args:
        runner: for short work on files; must not be the one that restores, which would make it wait.
    """

    def __init__(self, runner: Runner, session: Session, blur: Blur, *, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._blur = blur
        self._shown: Kernel | None = None
        self._loading = Work(runner, session, self)
        self._loading.succeeded.connect(self._on_loaded)
        self._saving = Work(runner, session, self)
        self._saving.succeeded.connect(self._on_saved)
        blur.changed.connect(self._on_blur_changed)
        session.source_changed.connect(self._loading.cancel)  # it was for the photo before
        self._on_blur_changed()

    @Slot(list)
    def take_path(self, points: list[tuple[float, float]]) -> None:
        """Take a path that was drawn on the picture."""
        self._try(lambda: self._blur.take_path(np.array(points)))

    @Slot(QRect)
    def take_light(self, frame: QRect) -> None:
        """Take the light in a part of the picture."""
        source = self._session.source
        if source is None:
            return
        inside = frame & QRect(0, 0, source.view.width, source.view.height)
        if max(inside.width(), inside.height()) > _LARGEST_FRAME_PX:
            self._session.failed.emit(describe(KernelError("the frame is too large, draw it around one light alone")))
            return
        rows = slice(inside.top(), inside.top() + inside.height())
        columns = slice(inside.left(), inside.left() + inside.width())
        patch = to_tensor(source.image.pixels[rows, columns]).permute(1, 2, 0).numpy()
        self._try(lambda: self._blur.take_light(patch))

    @Slot()
    def center(self) -> None:
        """Put the kernel's weight into its middle."""
        self._try(self._blur.center)

    @Slot(Path)
    def load(self, path: Path) -> None:
        """Read a kernel."""

        def read(ctx: RunContext) -> Kernel:
            return read_kernel(path)

        self._loading.start(read)

    @Slot(Path)
    def save(self, path: Path) -> None:
        """Write the kernel to a file; the suffix says which format."""
        kernel = self._blur.kernel
        if kernel is None:
            return

        def write(ctx: RunContext) -> str:
            write_kernel(path, kernel)
            return path.name

        self._saving.start(write, is_owed=True)

    def _try(self, change: Callable[[], None]) -> None:
        try:
            change()
        except KernelError as error:
            log.info("no kernel: %s", error.reason)
            self._session.failed.emit(describe(error))

    @Slot(object)
    def _on_loaded(self, kernel: Kernel) -> None:
        self._blur.take_file(kernel)

    @Slot(object)
    def _on_saved(self, name: str) -> None:
        self._session.noticed.emit(self.tr("Saved the blur as %1.").replace("%1", name))

    @Slot()
    def _on_blur_changed(self) -> None:
        kernel = self._blur.kernel
        if kernel is not self._shown:
            self._shown = kernel
            self._session.set_kernel(None if kernel is None else torch.from_numpy(kernel))
