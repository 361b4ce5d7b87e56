"""How large a file becomes, before its picture exists."""

from __future__ import annotations

import tempfile
from pathlib import Path

import numpy as np

from engine.image_io import Image, write_image
from engine.tensors import Size, resize_pixels

_PATCH_PX = 96
_PATCHES_PER_SIDE = 3


def estimate_file_bytes(image: Image, size: Size, suffix: str, *, quality: int) -> int:
    """About how large the file of an enlarged picture becomes: patches of it are enlarged and written.

    Args:
        size: height and width of the enlarged picture.
        suffix: of the file, with its dot.
        quality: of JPEG and WebP.
    Raises: ImageWriteError: there is no room for temporary files.
    """
    patches = _patches(image)
    factor = (size[0] / image.height, size[1] / image.width)
    wanted = tuple(max(1, round(length * part)) for length, part in zip(patches.shape, factor, strict=False))
    sample = Image(resize_pixels(patches, (wanted[0], wanted[1])))
    with tempfile.TemporaryDirectory() as folder:
        whole, empty = Path(folder, f"sample{suffix}"), Path(folder, f"empty{suffix}")
        write_image(whole, sample, quality=quality)
        write_image(empty, Image(sample.pixels[:1, :1]), quality=quality)
        header = empty.stat().st_size
        share = size[0] * size[1] / (sample.height * sample.width)
        return header + round(max(0, whole.stat().st_size - header) * share)


def _patches(image: Image) -> np.ndarray[tuple[int, ...], np.dtype[np.generic]]:
    """Parts that are spread over the picture, side by side; all of it if it is small."""
    height, width = image.pixels.shape[:2]
    tops, lefts = (
        np.linspace(0, max(0, length - _PATCH_PX), min(_PATCHES_PER_SIDE, -(-length // _PATCH_PX))).astype(int)
        for length in (height, width)
    )
    rows = [
        np.concatenate([image.pixels[top : top + _PATCH_PX, left : left + _PATCH_PX] for left in lefts], 1)
        for top in tops
    ]
    return np.concatenate(rows)
