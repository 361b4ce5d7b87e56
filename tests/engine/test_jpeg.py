from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import PIL.Image
import pytest
from numpy.typing import NDArray

from engine.image_io import read_image, write_image
from engine.jpeg import read_quality


def by_opencv(pixels: NDArray[np.uint8], quality: int, **options: Any) -> bytes:
    return cv2.imencode(".jpg", pixels, [cv2.IMWRITE_JPEG_QUALITY, quality, *options.get("flags", [])])[1].tobytes()


def by_pillow(pixels: NDArray[np.uint8], quality: int, **options: Any) -> bytes:
    file = io.BytesIO()
    PIL.Image.fromarray(pixels.squeeze()).save(file, "JPEG", quality=quality, **options)
    return file.getvalue()


def quality_of(data: bytes) -> int | None:
    return read_quality(io.BytesIO(data))


@pytest.fixture(scope="module")
def small(photo: NDArray[np.uint8]) -> NDArray[np.uint8]:
    return photo[:40, :48]


@pytest.mark.parametrize("write", [by_opencv, by_pillow])
def test_the_quality_of_every_file_is_found(small: NDArray[np.uint8], write: Any) -> None:
    assert [quality_of(write(small, quality)) for quality in range(1, 101)] == list(range(1, 101))


@pytest.mark.parametrize(
    "data",
    [
        lambda pixels: by_pillow(pixels, 42, progressive=True),
        lambda pixels: by_pillow(pixels, 42, subsampling=0, exif=b"Exif\0\0" + by_pillow(pixels, 90)),
        lambda pixels: by_pillow(pixels[..., :1], 42),
        lambda pixels: by_pillow(pixels, 42, optimize=True, comment="\xff\xdb"),
        lambda pixels: by_opencv(pixels, 42, flags=[cv2.IMWRITE_JPEG_RST_INTERVAL, 1]),
    ],
    ids=["progressive", "with a thumbnail", "gray", "optimized", "with restarts"],
)
def test_all_kinds_of_files_tell(small: NDArray[np.uint8], data: Any) -> None:
    assert quality_of(data(small)) == 42


def test_padding_between_segments_and_wide_tables_are_read(small: NDArray[np.uint8]) -> None:
    plain = by_pillow(small, 60)
    at = plain.index(b"\xff\xdb")
    table = plain[at + 5 : at + 69]
    wide = b"\xff\xff\xff\xdb\0\x83\x10" + b"".join(bytes([0, value]) for value in table)
    assert quality_of(plain[:at] + wide + plain[at + 69 :]) == 60


def test_tables_of_other_programs_get_the_nearest_quality(small: NDArray[np.uint8]) -> None:
    base = np.array(PIL.Image.open(io.BytesIO(by_pillow(small, 70))).quantization[0])  # type: ignore[attr-defined]
    for seed in range(5):
        jitter = np.random.default_rng(seed).uniform(0.8, 1.25, 64)
        tables = [[int(value) for value in (base * jitter).round().clip(1, 255)]] * 2
        assert quality_of(by_pillow(small, -1, qtables=tables)) == pytest.approx(70, abs=3)


def test_files_that_do_not_tell_are_no_error(small: NDArray[np.uint8]) -> None:
    data = by_pillow(small, 42)
    frame = data.index(b"\xff\xc0")
    for end in (0, 1, 2, 3, 5, 30, frame, frame + 6):
        assert quality_of(data[:end]) is None
    assert quality_of(data[:20] + b"nonsense" + data[20:]) is None
    assert quality_of(b"\x89PNG\r\n\x1a\n" + bytes(50)) is None


def test_a_picture_brings_its_quality_along(small: NDArray[np.uint8], tmp_path: Path) -> None:
    (tmp_path / "photo.jpg").write_bytes(by_pillow(small, 42))
    image = read_image(tmp_path / "photo.jpg")
    assert image.metadata.jpeg_quality == 42
    for name, quality in (("again.jpg", 88), ("again.png", None), ("again.tif", None), ("again.webp", None)):
        write_image(tmp_path / name, image, quality=88)
        assert read_image(tmp_path / name).metadata.jpeg_quality == quality
