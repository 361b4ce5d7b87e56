from __future__ import annotations

import io
from typing import Any

import cv2
import numpy as np
import PIL.Image
import pytest
from numpy.typing import NDArray
from PIL.JpegImagePlugin import JpegImageFile

from engine.jpeg_traces import trace_quality
from engine.tensors import Pixels, to_tensor

Photo = NDArray[np.uint8]


def saved(pixels: Pixels, **options: Any) -> Photo:
    """What comes back from a JPEG file."""
    file = io.BytesIO()
    PIL.Image.fromarray(pixels).save(file, "JPEG", **options)
    return np.asarray(PIL.Image.open(file))


def slope(across: float, down: float) -> Photo:
    """A smooth slanted one."""
    rows, columns = np.indices((200, 200))
    return np.asarray((10 + across * columns + down * rows).round(), np.uint8)


def quality_of(pixels: Pixels) -> int | None:
    return trace_quality(to_tensor(np.atleast_3d(pixels)))


@pytest.mark.parametrize("quality", [5, 10, 30, 50, 75, 85, 90, 95])
def test_pixels_tell_the_quality_of_the_file_that_they_were_in(photo: Photo, quality: int) -> None:
    assert quality_of(saved(photo, quality=quality)) == quality


@pytest.mark.parametrize(
    "change",
    [
        lambda pixels: pixels[3:, 6:],
        lambda pixels: pixels[:180, :150],
        lambda pixels: pixels[..., 1],
        lambda pixels: pixels.astype(np.uint16) * 257,
        lambda pixels: cv2.add(pixels, np.full_like(pixels, 8)),
        lambda pixels: saved(pixels, quality=95),
        lambda pixels: saved(pixels[3:, 5:], quality=97),
    ],
    ids=["cropped", "small", "one channel", "16 bits", "brightened", "saved again", "cropped and saved again"],
)
def test_so_do_pixels_that_were_handled(photo: Photo, change: Any) -> None:
    assert quality_of(change(saved(photo, quality=40, subsampling=0))) == pytest.approx(40, abs=2)


def test_tables_of_other_programs_are_told_by_the_nearest_of_libjpeg(photo: Photo) -> None:
    file = io.BytesIO()
    PIL.Image.fromarray(photo).save(file, "JPEG", quality=60)
    file.seek(0)
    uneven = [
        divisor + divisor * (-1) ** place // 5 for place, divisor in enumerate(JpegImageFile(file).quantization[0])
    ]
    assert quality_of(saved(photo, qtables=[uneven, uneven])) == pytest.approx(60, abs=5)


@pytest.mark.parametrize(
    "change",
    [
        lambda pixels: pixels,
        lambda pixels: cv2.GaussianBlur(pixels, (0, 0), 3),
        lambda pixels: pixels // 4,
        lambda pixels: np.random.default_rng(0).integers(0, 256, pixels.shape, np.uint8),
        lambda pixels: np.zeros_like(pixels),
        lambda pixels: np.full_like(pixels, 99),
        lambda pixels: np.tile(np.arange(256, dtype=np.uint8) // 2, (99, 1)),
        lambda pixels: slope(0.7, 0.4),
        lambda pixels: cv2.putText(slope(0.5, 0.37), "drawn " * 9, (0, 99), 0, 1, 0, 2),
        lambda pixels: cv2.putText(np.full_like(pixels, 240), "drawn " * 9, (0, 99), 0, 1, (9, 9, 99), 2),
        lambda pixels: np.kron(np.indices((30, 30)).sum(0) % 2 * 99, np.ones((10, 10))).astype(np.uint8),
        lambda pixels: pixels[:7, :300],
        lambda pixels: pixels[:1, :1],
    ],
    ids=[
        "as it is",
        "blurred",
        "dark",
        "noise",
        "black",
        "gray",
        "ramp",
        "slope",
        "slope with letters",
        "letters",
        "checkers",
        "lower than a block",
        "a pixel",
    ],
)
def test_what_never_was_a_jpeg_shows_nothing(photo: Photo, change: Any) -> None:
    assert quality_of(photo) in (97, 98), "it once was one"
    halved = cv2.resize(photo, None, fx=0.4, fy=0.4, interpolation=cv2.INTER_AREA)
    assert quality_of(change(halved)) is None
