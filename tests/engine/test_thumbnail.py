from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PIL import Image as PilImage

from engine.errors import ImageReadError
from engine.image_io import Image, write_image
from engine.thumbnail import read_thumbnail


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
