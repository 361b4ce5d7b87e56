from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PIL import Image as PilImage

from engine.errors import ImageReadError
from engine.image_io import Image, write_image
from engine.thumbnail import read_gray, read_thumbnail


def ramp(dtype: type, channels: int) -> Image:
    """Dark on the left, bright on the right."""
    top = 1.0 if dtype is np.float32 else np.iinfo(dtype).max
    across = np.linspace(0, top, 401)[None, :, None]
    return Image(np.broadcast_to(across, (301, 401, channels)).astype(dtype))


@pytest.mark.parametrize("channels", [1, 3])
@pytest.mark.parametrize("dtype", [np.uint8, np.uint16, np.float32])
def test_it_is_the_picture_small_and_in_8_bits(outside_home: Path, dtype: type, channels: int) -> None:
    path = outside_home / "a[page=3].tif"
    write_image(path, ramp(dtype, channels))
    small = read_thumbnail(path, 100)
    assert (small.width, small.height) == (100, 75)
    assert small.pixels.dtype == np.uint8
    expected = (np.arange(100) + 0.5) * 2.55
    assert np.abs(small.pixels[40].mean(axis=1) - expected).max() < 3


@pytest.mark.parametrize("suffix", [".jpg", ".png", ".webp"])
def test_every_format(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"a{suffix}"
    write_image(path, ramp(np.uint8, 3))
    small = read_thumbnail(path, 64)
    assert (small.width, small.height) == (64, 48)
    assert small.pixels[20, -1].min() > 240 > 15 > small.pixels[20, 0].max()


def test_it_stands_upright(tmp_path: Path) -> None:
    exif = PilImage.Exif()
    exif[0x0112] = 6  # the camera was turned
    PilImage.fromarray(ramp(np.uint8, 3).pixels).save(tmp_path / "a.jpg", exif=exif)
    small = read_thumbnail(tmp_path / "a.jpg", 100)
    assert (small.width, small.height) == (75, 100)
    assert small.pixels[0].max() < 15 < 240 < small.pixels[-1].min()


@pytest.mark.parametrize("suffix", [".jpg", ".png"])
@pytest.mark.parametrize(("side_px", "size"), [(500, (401, 301)), (401, (401, 301)), (201, (201, 151)), (20, (20, 15))])
def test_the_brightness_alone(tmp_path: Path, suffix: str, side_px: int, size: tuple[int, int]) -> None:
    path = tmp_path / f"a{suffix}"
    write_image(path, ramp(np.uint8, 3))
    gray = read_gray(path, side_px)
    height, width = gray.shape
    assert (abs(size[0] - width), abs(size[1] - height)) <= (1, 1)  # half a pixel at the border may go
    expected = (np.arange(width) + 0.5) / width * 255
    assert np.abs(gray[height // 2] - expected).max() < 8


def test_the_brightness_stands_upright(tmp_path: Path) -> None:
    exif = PilImage.Exif()
    exif[0x0112] = 6
    PilImage.fromarray(ramp(np.uint8, 3).pixels).save(tmp_path / "a.jpg", exif=exif)
    gray = read_gray(tmp_path / "a.jpg", 250)
    assert abs(gray.shape[0] - 201) <= 1 >= abs(gray.shape[1] - 151)
    assert gray[0].max() < 15 < 240 < gray[-1].min()


def test_the_brightness_of_a_file_that_was_cut_is_not_guessed(tmp_path: Path) -> None:
    noise = np.random.default_rng(0).integers(0, 255, (301, 401, 3), dtype=np.uint8)
    write_image(tmp_path / "a.jpg", Image(noise))
    (tmp_path / "cut.jpg").write_bytes((tmp_path / "a.jpg").read_bytes()[:20_000])
    with pytest.raises(ImageReadError, match="damaged"):
        read_gray(tmp_path / "cut.jpg", 250)


def test_alpha_is_kept(tmp_path: Path) -> None:
    image = ramp(np.uint8, 3)
    write_image(tmp_path / "a.png", Image(image.pixels, np.full((301, 401), 128, np.uint8)))
    alpha = read_thumbnail(tmp_path / "a.png", 50).alpha
    assert alpha is not None
    assert alpha.tolist() == [[128] * 50] * 38


@pytest.mark.parametrize("dtype", [np.uint8, np.float32])
def test_a_small_picture_is_not_enlarged(tmp_path: Path, dtype: type) -> None:
    write_image(tmp_path / "a.tif", Image(np.zeros((1, 1, 3), dtype)))
    assert read_thumbnail(tmp_path / "a.tif", 100).pixels.shape == (1, 1, 3)


@pytest.mark.parametrize("content", [None, b"", b"Dear Sir", b"\xff\xd8\xff\xe0 cut short"])
def test_what_is_no_picture_is_told(tmp_path: Path, content: bytes | None) -> None:
    path = tmp_path / "a.jpg"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(ImageReadError):
        read_thumbnail(path, 100)


def test_a_picture_that_is_cut_short_is_told(tmp_path: Path) -> None:
    whole = tmp_path / "a.jpg"
    write_image(whole, Image(np.random.default_rng(0).integers(0, 255, (300, 400, 3), np.uint8)))
    whole.write_bytes(whole.read_bytes()[:20_000])
    with pytest.raises(ImageReadError):
        read_thumbnail(whole, 100)
