"""What cameras mean that say Adobe RGB in EXIF and give no profile."""

from __future__ import annotations

import struct
from pathlib import Path
from typing import Literal

import numpy as np
import PIL.Image
import pytest
from numpy.typing import NDArray

from engine import tiff_tags
from engine.icc import adobe_rgb, profile_name
from engine.image_io import Image, read_image, write_image
from engine.metadata import Metadata
from engine.output_profile import in_profile
from engine.thumbnail import read_thumbnail
from tests.engine.picture_files import ASCII, EXIF, SHORT, pixels_of
from tests.engine.test_output_profile import SRGB, by_littlecms

COLOR_SPACE, INTEROPERABILITY = 0xA001, 0xA005


def exif_of_a_camera(color_space: int, index: bytes, order: Literal["<", ">"]) -> bytes:
    """EXIF that says, with nothing else, what its colours are."""
    layout = tiff_tags.Layout(order, is_big=False)
    photo: tiff_tags.Directory = {
        COLOR_SPACE: tiff_tags.Field(SHORT, 1, struct.pack(f"{order}H", color_space)),
        INTEROPERABILITY: {1: tiff_tags.Field(ASCII, 4, index)},
    }
    return tiff_tags.header(layout, 8) + tiff_tags.pack({EXIF: photo}, layout, 8)


def write_as_a_camera(path: Path, pixels: NDArray[np.uint8], exif: bytes) -> None:
    PIL.Image.fromarray(pixels.squeeze()).save(path, exif=b"Exif\0\0" + exif, quality=100)


@pytest.mark.parametrize("order", ["<", ">"])
def test_cameras_that_say_adobe_rgb_in_exif_only_are_understood(tmp_path: Path, order: Literal["<", ">"]) -> None:
    pixels = np.full((16, 16, 3), (40, 200, 60), np.uint8)
    path = tmp_path / "photo.jpg"
    write_as_a_camera(path, pixels, exif_of_a_camera(0xFFFF, b"R03\0", order))
    image = read_image(path)
    assert image.metadata.icc is not None
    assert profile_name(image.metadata.icc) == "Adobe RGB"
    shown = in_profile(image, SRGB)
    wanted = by_littlecms(image.pixels, adobe_rgb(), SRGB)
    assert np.abs(shown.pixels.astype(int) - wanted).max() <= 2
    assert shown.pixels[0, 0, 0] < 10, "such a green is duller in sRGB's numbers"
    small = read_thumbnail(path, 8)
    assert np.abs(small.pixels.astype(int) - shown.pixels[:8, :8]).max() <= 3
    assert small.metadata.icc is None
    write_image(tmp_path / "shown.jpg", shown)
    assert profile_name(read_image(tmp_path / "shown.jpg").metadata.icc or b"") != "Adobe RGB"


@pytest.mark.parametrize(("color_space", "index"), [(1, b"R98\0"), (1, b"R03\0"), (0xFFFF, b"R98\0"), (0xFFFF, b"")])
def test_nothing_is_guessed_where_exif_does_not_say_adobe_rgb(tmp_path: Path, color_space: int, index: bytes) -> None:
    exif = exif_of_a_camera(color_space, index, "<")
    write_as_a_camera(tmp_path / "photo.jpg", pixels_of("uint8", 3), exif)
    assert read_image(tmp_path / "photo.jpg").metadata.icc is None
    wide = Image(pixels_of("uint8", 3), metadata=Metadata(exif=exif_of_a_camera(0xFFFF, b"R03\0", "<")))
    write_image(tmp_path / "of-a-program.png", wide)
    of_a_program = read_image(tmp_path / "of-a-program.png")
    assert of_a_program.metadata.icc is None
    write_image(tmp_path / "of-a-program.jpg", of_a_program)
    assert read_image(tmp_path / "of-a-program.jpg").metadata.icc is None, "it is the same colors"
    write_as_a_camera(tmp_path / "gray.jpg", pixels_of("uint8", 1), exif_of_a_camera(0xFFFF, b"R03\0", "<"))
    assert read_image(tmp_path / "gray.jpg").metadata.icc is None
