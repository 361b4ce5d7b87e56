"""What is told of a picture while its file is read."""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from engine import image_reading
from engine.errors import Canceled
from engine.image_io import Image, Sketch, read_image, write_image
from engine.metadata import Metadata


@pytest.fixture
def large(photo: NDArray[np.uint8], monkeypatch: pytest.MonkeyPatch) -> NDArray[np.uint8]:
    """A picture that counts as a large one."""
    monkeypatch.setattr(image_reading, "_SKETCH_SIDE_PX", 512)
    return np.asarray(cv2.resize(photo, (1027, 651), interpolation=cv2.INTER_CUBIC))


def sketches_of(path: Path) -> tuple[Image, list[Sketch]]:
    found: list[Sketch] = []
    return read_image(path, found.append), found


@pytest.mark.parametrize("suffix", [".jpg", ".png", ".tif"])
@pytest.mark.parametrize("dtype", [np.uint8, np.uint16])
def test_the_last_sketch_is_the_picture_shrunk(
    tmp_path: Path, large: NDArray[np.uint8], monkeypatch: pytest.MonkeyPatch, suffix: str, dtype: type[np.generic]
) -> None:
    monkeypatch.setattr(image_reading, "_SKETCH_EVERY_S", 0)
    path = tmp_path / f"large{suffix}"
    full = np.iinfo(dtype).max  # type: ignore[type-var]
    write_image(path, Image((large.astype(np.float64) / 255 * full).round().astype(dtype)))
    image, sketches = sketches_of(path)
    first, last = sketches[0].pixels, sketches[-1].pixels
    assert len(sketches) == -(-651 // 64)
    assert (sketches[-1].width, sketches[-1].height) == (1027, 651)
    assert last.shape == (-(-651 // 4), -(-1027 // 4), 3)
    expected = cv2.resize(image.pixels, last.shape[1::-1], interpolation=cv2.INTER_AREA)
    assert np.abs(last.astype(float) - expected).mean() < 0.01 * np.iinfo(image.pixels.dtype).max
    assert np.array_equal(first[:16], last[:16])
    assert np.unique(first[17:]).size == 1, "nothing has been read there yet"


@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_sketch_is_upright(
    tmp_path: Path, large: NDArray[np.uint8], monkeypatch: pytest.MonkeyPatch, orientation: int
) -> None:
    monkeypatch.setattr(image_reading, "_SKETCH_EVERY_S", 0)
    path = tmp_path / "turned.jpg"
    exif = b"MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0" + bytes([orientation]) + b"\0\0\0\0\0\0"
    write_image(path, Image(large, metadata=Metadata(exif=exif)))
    image, sketches = sketches_of(path)
    last = sketches[-1]
    assert (last.width, last.height) == (image.width, image.height)
    expected = cv2.resize(image.pixels, last.pixels.shape[1::-1], interpolation=cv2.INTER_AREA)
    assert np.abs(last.pixels.astype(float) - expected).mean() < 3


def test_reading_ends_when_nobody_waits_for_it(
    tmp_path: Path, large: NDArray[np.uint8], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(image_reading, "_SKETCH_EVERY_S", 0)
    write_image(tmp_path / "large.png", Image(large))
    told: list[Sketch] = []

    def cancel(sketch: Sketch) -> None:
        told.append(sketch)
        raise Canceled

    with pytest.raises(Canceled):
        read_image(tmp_path / "large.png", cancel)
    assert len(told) == 1


def test_a_small_picture_is_there_before_a_sketch_would_be(tmp_path: Path, photo: NDArray[np.uint8]) -> None:
    write_image(tmp_path / "small.png", Image(photo))
    assert sketches_of(tmp_path / "small.png")[1] == []
