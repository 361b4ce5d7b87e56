"""Pictures for the filmstrip."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray
from PySide6.QtGui import QImage

from engine.image_io import Image
from rednet_gui.models.picture_view import View

THUMBNAIL_SIDE_PX = 192
"""How long thumbnails are at most; sharp on screens of double density."""

_FORMATS = {1: QImage.Format.Format_Grayscale8, 3: QImage.Format.Format_RGB888, 4: QImage.Format.Format_RGBA8888}


def thumbnail_of(view: View) -> QImage:
    """An open picture made small."""
    scale = min(1, THUMBNAIL_SIDE_PX / max(view.width, view.height))
    size = {"width": max(1, round(view.width * scale)), "height": max(1, round(view.height * scale))}
    return _to_qimage(view.render(scale, left=0, top=0, **size))


def thumbnail_from(image: Image) -> QImage:
    """A small 8-bit picture for the screen."""
    planes = image.pixels
    if image.alpha is not None:
        color = planes if image.channels == 3 else np.repeat(planes, 3, axis=2)
        planes = np.dstack([color, image.alpha])
    return _to_qimage(planes)


def _to_qimage(samples: NDArray[Any]) -> QImage:
    height, width, channels = samples.shape
    samples = np.ascontiguousarray(samples)
    return QImage(samples.data, width, height, width * channels, _FORMATS[channels]).copy()  # owns its pixels
