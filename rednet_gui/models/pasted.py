"""Pictures that come from the clipboard instead of a file."""

from __future__ import annotations

import numpy as np
from PySide6.QtGui import QColorSpace, QImage

from engine.image_io import Image
from engine.metadata import Metadata


def image_from_qimage(pasted: QImage) -> Image:
    """A pasted picture; 16 bits where the clipboard has them, alpha and profile kept."""
    is_deep = pasted.depth() > 32
    format_ = QImage.Format.Format_RGBA64 if is_deep else QImage.Format.Format_RGBA8888
    converted = pasted.convertToFormat(format_)
    sample = np.dtype(np.uint16 if is_deep else np.uint8)
    lines = np.frombuffer(converted.constBits(), np.uint8).reshape(converted.height(), converted.bytesPerLine())
    rgba = lines[:, : converted.width() * 4 * sample.itemsize].copy().view(sample)
    rgba = rgba.reshape(converted.height(), converted.width(), 4)
    profile = pasted.colorSpace()
    has_profile = profile.isValid() and profile != QColorSpace(QColorSpace.NamedColorSpace.SRgb)
    # A profile fits only the number of channels that it was made for.
    may_be_gray = not has_profile or profile.colorModel() is QColorSpace.ColorModel.Gray
    channels = 1 if may_be_gray and pasted.isGrayscale() else 3
    return Image(
        np.ascontiguousarray(rgba[..., :channels]),
        np.ascontiguousarray(rgba[..., 3]) if pasted.hasAlphaChannel() else None,
        Metadata(icc=bytes(profile.iccProfile().data()) if has_profile else None),
    )
