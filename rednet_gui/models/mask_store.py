"""Masks on disk, so that they outlive a crash and are there when a picture is opened again."""

from __future__ import annotations

import hashlib
import logging
import os
from pathlib import Path

import numpy as np
import platformdirs
from numpy.typing import NDArray

from engine.errors import EngineError
from engine.image_io import Image, read_image, write_image
from engine.masks import read_mask
from engine.steps import FrozenArray
from rednet_gui import APP_NAME

log = logging.getLogger(__name__)

Plane = NDArray[np.uint8]

_MAX_MASKS = 1000


def mask_name(picture: Path, steps: int = 0) -> str:
    """What the file is called of what is painted on a picture now; after so many steps it is another one."""
    key = os.fsencode(picture) + (b"\0%d" % steps if steps else b"")
    return f"{hashlib.blake2b(key, digest_size=16).hexdigest()}.png"


class MaskStore:
    """Keeps masks beside the list of pictures. Runs on any thread, one at a time; none of it can stop the program.

    Args:
        folder: where the files lie; None for the platform's own place.
    """

    def __init__(self, folder: Path | None = None) -> None:
        self.folder = (folder or platformdirs.user_data_path(APP_NAME, appauthor=False)) / "masks"

    def load(self, file: Path, width: int, height: int) -> Plane | None:
        """The mask in a file; None without one, or if it is not as large as the picture is now."""
        try:
            if not file.exists():
                return None
            pixels = read_image(file).pixels
        except (OSError, EngineError) as error:
            log.warning("the mask of a picture cannot be read: %s", error)
            return None
        is_fit = pixels.shape == (height, width, 1) and pixels.dtype == np.uint8
        return np.ascontiguousarray(pixels[..., 0]) if is_fit else None

    def read(self, name: str) -> FrozenArray | None:
        """The mask of a step, which lies under its `mask_file`; None without one."""
        file = self.folder / name
        try:
            return FrozenArray.of(read_mask(file)) if file.exists() else None
        except (OSError, EngineError) as error:
            log.warning("the mask of a step cannot be read: %s", error)
            return None

    def save(self, file: Path, mask: Plane) -> bool:
        """Keep a mask; an empty one needs no file. Returns whether that went well."""
        try:
            if not mask.any():
                file.unlink(missing_ok=True)
                return True
            self.folder.mkdir(parents=True, exist_ok=True)
            write_image(file, Image(mask[..., None]))
            self._forget_oldest()
        except (OSError, EngineError) as error:
            log.warning("the mask of a picture cannot be kept: %s", error)
            return False
        return True

    def _forget_oldest(self) -> None:
        files = sorted(self.folder.glob("*.png"), key=lambda file: file.stat().st_mtime)
        for file in files[:-_MAX_MASKS]:
            file.unlink(missing_ok=True)
