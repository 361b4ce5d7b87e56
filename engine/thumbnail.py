"""Small pictures of picture files, without decoding the whole where the format allows that."""

from __future__ import annotations

import os
from pathlib import Path

import cv2
import numpy as np
import pyvips

from engine.errors import ImageReadError
from engine.image_io import Image, read_image, sniff_format


def read_thumbnail(path: Path, side_px: int) -> Image:
    """Open a picture small: 8-bit sRGB with alpha if the file has any, upright, at most `side_px` wide and high.

    Raises:
        ImageReadError: as `read_image`.
    """
    sniff_format(path)
    try:
        # A source takes any name; the other ways to open look for "[options]" in it.
        if pyvips.Image.new_from_source(_source(path), "").format == "float":
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
        raise ImageReadError(path, "it is damaged or of an unusual kind; save it anew") from error
    channels = 3 if small.bands > 2 else 1
    alpha = samples[..., channels] if small.bands > channels else None
    return Image(np.ascontiguousarray(samples[..., :channels]), None if alpha is None else alpha.copy())


def _source(path: Path) -> pyvips.Source:
    return pyvips.Source.new_from_file(os.fsencode(path))


def _shrunk(image: Image, side_px: int) -> Image:
    scale = min(1, side_px / max(image.width, image.height))
    size = (max(1, round(image.width * scale)), max(1, round(image.height * scale)))
    small = cv2.resize(image.pixels, size, interpolation=cv2.INTER_AREA).reshape(size[1], size[0], image.channels)
    return Image((small.clip(0, 1) * 255).round().astype(np.uint8))
