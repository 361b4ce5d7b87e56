from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtGui import QColorSpace, QImage

from rednet_gui.models.pasted import image_from_qimage
from tests.gui.conftest import pixels_of

Format = QImage.Format


def qimage(pixels: np.ndarray[tuple[int, ...], np.dtype[np.uint8]], format_: QImage.Format) -> QImage:
    """A copy, since a QImage made of a buffer does not own it."""
    height, width = pixels.shape[:2]
    return QImage(pixels.tobytes(), width, height, pixels.strides[0], format_).copy()


@pytest.mark.parametrize("shown_as", [Format.Format_RGB888, Format.Format_RGB32, Format.Format_BGR888])
def test_colours_come_through(shown_as: QImage.Format) -> None:
    pixels = pixels_of()
    image = image_from_qimage(qimage(pixels, Format.Format_RGB888).convertToFormat(shown_as))
    np.testing.assert_array_equal(image.pixels, pixels)
    assert image.alpha is None


def test_gray_stays_gray() -> None:
    pixels = pixels_of(channels=1)
    np.testing.assert_array_equal(image_from_qimage(qimage(pixels, Format.Format_Grayscale8)).pixels, pixels)


def test_gray_colours_of_a_colour_profile_stay_colours() -> None:
    pasted = QImage(3, 2, Format.Format_RGB32)
    pasted.fill(0xFF808080)
    pasted.setColorSpace(QColorSpace(QColorSpace.NamedColorSpace.DisplayP3))
    image = image_from_qimage(pasted)
    assert image.channels == 3
    assert image.metadata.icc is not None


def test_alpha_and_16_bits_stay() -> None:
    rgba = pixels_of(channels=4, dtype="uint16")
    image = image_from_qimage(qimage(rgba, Format.Format_RGBA64))
    np.testing.assert_array_equal(image.pixels, rgba[..., :3])
    np.testing.assert_array_equal(image.alpha, rgba[..., 3])


def test_a_profile_is_kept() -> None:
    pasted = qimage(pixels_of(), Format.Format_RGB888)
    pasted.setColorSpace(QColorSpace(QColorSpace.NamedColorSpace.DisplayP3))
    icc = image_from_qimage(pasted).metadata.icc
    assert icc is not None
    assert QColorSpace.fromIccProfile(icc) == pasted.colorSpace()
