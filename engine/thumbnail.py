"""Small pictures of picture files, without decoding the whole where the format allows that."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pyvips
from numpy.typing import NDArray

from engine.camera_raw import UnknownRaw, raw_size
from engine.image_formats import undecodable
from engine.image_io import Image, profile_of, read_image, refuse_bomb, sniff_format
from engine.metadata import Metadata
from engine.output_profile import SRGB, in_profile, read_profile
from engine.tensors import Pixels, to_8bit

_RAW_PIXEL_BYTES = 6


def read_thumbnail(path: Path, side_px: int) -> Image:
    """Open a picture small: 8-bit sRGB with alpha if the file has any, upright, at most `side_px` wide and high.

    Raises:
        ImageReadError: as `read_image`.
    """
    file_format = sniff_format(path)
    if file_format in ("heic", "raw"):
        return _shrunk(read_image(path), side_px)
    try:
        # A source takes any name; the other ways to open look for "[options]" in it.
        picture = pyvips.Image.new_from_source(_source(path), "")
        refuse_bomb(picture, path, file_format)
        if picture.format == "float":
            return _shrunk(read_image(path), side_px)  # libvips takes floats for linear light
        small = pyvips.Image.thumbnail_source(
            _source(path),
            side_px,
            height=side_px,
            size="down",
            export_profile="srgb",
            option_string="[fail_on=error]",
        )
        samples = small.numpy().reshape(small.height, small.width, small.bands)
    except pyvips.Error as error:
        raise undecodable(path, "it is damaged or of an unusual kind; save it anew") from error
    channels = 3 if small.bands > 2 else 1
    alpha = samples[..., channels] if small.bands > channels else None
    pixels = np.ascontiguousarray(samples[..., :channels])
    if not picture.get_typeof("icc-profile-data") and (meant := profile_of(picture)) is not None:
        pixels = _in_srgb(pixels, meant)
    return Image(pixels, None if alpha is None else alpha.copy())


def read_gray(path: Path, side_px: int) -> NDArray[np.uint8]:
    """The brightness of a picture, small: (H, W) 0..255, upright, sides of at most `side_px`.

    JPEG is shrunk by 2, 4 or 8 while it is decoded: a quarter of the time that `read_thumbnail` takes.

    Raises:
        ImageReadError: as `read_image`.
    """
    file_format = sniff_format(path)
    height, width, _ = read_shape(path)
    shrink = next((by for by in (1, 2, 4, 8) if max(height, width) <= by * side_px), None)
    if file_format != "jpeg" or shrink is None:
        small = read_thumbnail(path, side_px).pixels
        return small[..., 0] if small.shape[2] == 1 else np.asarray(cv2.cvtColor(small, cv2.COLOR_RGB2GRAY), np.uint8)
    try:
        picture = pyvips.Image.jpegload_source(_source(path), shrink=shrink, fail_on="error")
        refuse_bomb(picture, path, file_format)
        gray = picture.autorot().colourspace("b-w").numpy()
    except pyvips.Error as error:
        raise undecodable(path, "it is damaged or of an unusual kind; save it anew") from error
    return np.asarray(gray.reshape(gray.shape[:2]), np.uint8)


def read_shape(path: Path) -> tuple[int, int, int]:
    """Height, width and bytes of the samples of a picture, by its header; sides as in the file.

    Raises:
        ImageReadError: as `read_image`, as far as the header tells.
    """
    if sniff_format(path) == "raw":
        with suppress(UnknownRaw):
            height, width = raw_size(path)
            return height, width, height * width * _RAW_PIXEL_BYTES
    try:
        picture = pyvips.Image.new_from_source(_source(path), "")
    except pyvips.Error as error:
        raise undecodable(path, "it is damaged or of an unusual kind; save it anew") from error
    sample_bytes = {"uchar": 1, "ushort": 2}.get(picture.format, 4)
    channels = 3 if picture.bands > 2 else 1
    return picture.height, picture.width, picture.height * picture.width * channels * sample_bytes


def _source(path: Path) -> pyvips.Source:
    return pyvips.Source.new_from_file(os.fsencode(path))


def _shrunk(image: Image, side_px: int) -> Image:
    scale = min(1, side_px / max(image.width, image.height))
    size = (max(1, round(image.width * scale)), max(1, round(image.height * scale)))
    alpha = None if image.alpha is None else _resized(image.alpha[..., None], size)[..., 0]
    return Image(_in_srgb(_resized(image.pixels, size), image.metadata.icc), alpha)


def _in_srgb(pixels: NDArray[np.uint8], icc: bytes | None) -> NDArray[Any]:
    return pixels if icc is None else in_profile(Image(pixels, metadata=Metadata(icc=icc)), read_profile(SRGB)).pixels


def _resized(samples: Pixels, size: tuple[int, int]) -> NDArray[np.uint8]:
    small = cv2.resize(samples, size, interpolation=cv2.INTER_AREA).reshape(size[1], size[0], samples.shape[2])
    return to_8bit(small)
