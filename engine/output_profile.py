"""The colours of a picture in another profile than it came with."""

from __future__ import annotations

import tempfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pyvips
from numpy.typing import NDArray

from engine.errors import ImageReadError
from engine.image import Image
from engine.image_reading import DTYPES
from engine.large_arrays import empty, release
from engine.metadata import recolored

SRGB = "srgb"
_STRIP_ROWS = 64
_SAMPLES = {dtype: name for name, dtype in DTYPES.items()}
_DEEP = np.iinfo(np.uint16).max


def read_profile(name: str) -> bytes:
    """The profile that is called "srgb", or that lies in a file. Raises: ImageReadError: it is none of RGB."""
    if name == SRGB:
        return bytes(pyvips.Operation.call("profile_load", SRGB))
    try:
        profile = Path(name).read_bytes()
    except OSError as error:
        raise ImageReadError(name, f"there is no such profile; name an ICC file, or '{SRGB}'") from error
    if profile[36:40] != b"acsp" or _space(profile) != b"RGB ":
        raise ImageReadError(name, f"it is no ICC profile of RGB; name another one, or '{SRGB}'")
    in_profile(Image(np.zeros((1, 1, 3), np.uint8)), profile, name)  # a damaged one is told before the work
    return profile


def in_profile(image: Image, profile: bytes, name: str = "profile") -> Image:
    """A picture that looks the same in an RGB profile, which its file then brings; without one it counts as sRGB.

    Relative colorimetric with black point compensation. Gray that sRGB shows as it is stays gray for sRGB, and becomes
    RGB for others. Floats are rounded to 16 bits on the way.

    Raises: ImageReadError: the profile cannot be used, with that name.
    """
    icc = image.metadata.icc
    if icc == profile:
        return image
    is_srgb = profile == read_profile(SRGB)
    metadata = recolored(image.metadata, profile, is_srgb=is_srgb)
    if icc is None and is_srgb:
        return image if image.channels == 1 else replace(image, metadata=metadata)
    with tempfile.TemporaryDirectory(prefix="rednet-") as folder:
        path = Path(folder, "output.icc")
        path.write_bytes(profile)
        try:
            pixels = _converted(_to_vips(image), str(path), image.pixels.dtype)
        except pyvips.Error as error:
            raise ImageReadError(name, "colors cannot be converted to this profile; name another one") from error
    return replace(image, pixels=pixels, metadata=metadata)


def _to_vips(image: Image) -> Any:
    height, width, bands = image.pixels.shape
    pixels = np.ascontiguousarray(image.pixels)
    picture = pyvips.Image.new_from_memory(pixels, width, height, bands, _SAMPLES[pixels.dtype])
    if picture.format == "float":
        picture = (picture * _DEEP).rint().cast("ushort")
    is_deep, icc = picture.format == "ushort", image.metadata.icc
    if bands == 1 and (icc is None or _space(icc) != b"GRAY"):
        picture = picture.bandjoin([picture, picture])
    kinds = ("grey16", "b-w") if picture.bands == 1 else ("rgb16", "srgb")
    picture = picture.copy(interpretation=kinds[0] if is_deep else kinds[1])
    if icc is not None:
        picture.set_type(pyvips.GValue.blob_type, "icc-profile-data", icc)
    return picture


def _converted(picture: Any, path: str, dtype: np.dtype[Any]) -> NDArray[Any]:
    """Strip by strip, so that no second copy of a large picture lies in the memory."""
    depth = 16 if picture.format == "ushort" else 8
    fallback = {"input_profile": SRGB} if picture.bands == 3 else {}
    options = {"embedded": True, "intent": "relative", "black_point_compensation": True, "depth": depth, **fallback}
    made = picture.icc_transform(path, **options)
    pixels = empty((made.height, made.width, 3), dtype)
    region = pyvips.Region.new(made)
    for top in range(0, made.height, _STRIP_ROWS):
        rows = min(_STRIP_ROWS, made.height - top)
        data = region.fetch(0, top, made.width, rows)
        strip = np.frombuffer(data, DTYPES[made.format]).reshape(rows, made.width, made.bands)
        pixels[top : top + rows] = strip / np.float32(_DEEP) if dtype == np.float32 else strip
        release(pixels)
    return pixels


def _space(icc: bytes) -> bytes:
    """The colours that a profile describes."""
    return icc[16:20]
