"""Colour profiles: what one calls itself, and the one that cameras mean without giving it."""

from __future__ import annotations

import struct
from importlib.resources import files

from engine.tiff_tags import says_adobe_rgb

_TAG_TABLE = 128


def adobe_rgb() -> bytes:
    """The profile of what DCF calls "optional colour", Adobe RGB (1998), as Qt's QColorSpace writes it."""
    return (files("resources") / "profiles" / "adobe_rgb.icc").read_bytes()


def meant_profile(exif: bytes | None) -> bytes | None:
    """The profile that an EXIF block of a file without any names; None for sRGB."""
    is_wide = exif is not None and says_adobe_rgb(exif.removeprefix(b"Exif\0\0"))
    return adobe_rgb() if is_wide else None


def profile_name(icc: bytes) -> str | None:
    """Such as "Adobe RGB (1998)"; None if the profile is damaged or has no name.

    Source: ICC.1:2001-04 and ICC.1:2022, descriptions.
    """
    try:
        (count,) = struct.unpack_from(">L", icc, _TAG_TABLE)
        for position in range(_TAG_TABLE + 4, _TAG_TABLE + 4 + 12 * min(count, 100), 12):
            name, start, length = struct.unpack_from(">4sLL", icc, position)
            if name == b"desc":
                return _text(icc[start : start + length]) or None
    except (struct.error, UnicodeDecodeError):
        pass
    return None


def _text(data: bytes) -> str:
    if data[:4] == b"desc":
        (length,) = struct.unpack_from(">L", data, 8)
        text = data[12 : 12 + length].decode("ascii")
    elif data[:4] == b"mluc":
        length, start = struct.unpack_from(">LL", data, 20)  # of the first language
        text = data[start : start + length].decode("utf-16-be")
    else:
        return ""
    return "".join(letter for letter in text if letter.isprintable()).strip()
