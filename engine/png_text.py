"""Texts of PNG files, in which ImageMagick and Exiv2 put EXIF and IPTC too."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterable, Mapping

Texts = tuple[tuple[str, str], ...]
"""Keywords and texts, in the order of the file."""

_RAW = "Raw profile type "
_NO_WORDS = ("XML:com.adobe.xmp", "Software", "date:create", "date:modify", "date:timestamp")
"""What libvips reads and writes by itself, and what programs write of themselves."""
_PHOTOSHOP = b"Photoshop 3.0\0"


def own_texts(texts: Iterable[tuple[str, str]]) -> Texts:
    """Those that people wrote, or programs for people."""
    return tuple((key, text) for key, text in texts if not key.startswith(_RAW) and key not in _NO_WORDS)


def raw_exif(texts: Mapping[str, str]) -> bytes | None:
    """An EXIF block that is spelled out; None without one."""
    for name in ("exif", "APP1"):
        block = _raw(texts.get(_RAW + name))
        if block is not None and block.startswith(b"Exif\0\0"):
            return block.removeprefix(b"Exif\0\0")
    return None


def raw_iptc(texts: Mapping[str, str]) -> bytes | None:
    """IPTC that is spelled out, as JPEG holds it; None without any."""
    block = _raw(texts.get(_RAW + "iptc"))
    return _PHOTOSHOP + block if block is not None and block.startswith(b"8BIM") else block


def chunks(texts: Texts) -> bytes:
    """The texts as a PNG holds them."""
    return b"".join(_chunk(key, text) for key, text in texts)


def _chunk(key: str, text: str) -> bytes:
    packed = zlib.compress(text.encode("utf-8", "replace"))
    body = b"iTXt" + key.encode("latin-1", "replace")[:79] + b"\0\1\0\0\0" + packed
    return struct.pack(">L", len(body) - 4) + body + struct.pack(">L", zlib.crc32(body))


def _raw(text: str | None) -> bytes | None:
    """Undo what ImageMagick calls a raw profile: a name, a length, and hexadecimal digits in lines."""
    if text is None:
        return None
    try:
        _, length, *lines = text.strip("\n").split("\n")
        block = bytes.fromhex("".join(lines))
        return block if len(block) == int(length) else None
    except ValueError:
        return None
