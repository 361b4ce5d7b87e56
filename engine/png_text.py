"""What PNG files hold beside their pixels: texts, in which ImageMagick and Exiv2 put EXIF and IPTC too, and films."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from typing import BinaryIO

Texts = tuple[tuple[str, str], ...]
"""Keywords and texts, in the order of the file."""

_RAW = "Raw profile type "
_NO_WORDS = ("XML:com.adobe.xmp", "Software", "date:create", "date:modify", "date:timestamp")
"""What libvips reads and writes by itself, and what programs write of themselves."""
_PHOTOSHOP = b"Photoshop 3.0\0"
_MOST_BYTES = 2**22  # of a text, packed or not


def read_texts(file: BinaryIO) -> Texts:
    """All texts of a PNG, also those behind its pixels; what makes no sense is left out.

    Source: PNG specification, third edition, section 11.3.3.
    """
    found = []
    for kind, length in _chunks(file):
        if kind in _READERS and length <= _MOST_BYTES:
            with suppress(ValueError, zlib.error, EOFError):  # text that is no UTF-8 is a ValueError
                found.append(_READERS[kind](file.read(length)))
    return tuple(found)


def frame_count(file: BinaryIO) -> int:
    """How many pictures a PNG has, which shows them one after another if it is more than one.

    Source: PNG specification, third edition, section 11.3.4.
    """
    for kind, _ in _chunks(file):
        if kind == b"acTL":
            return max(1, int.from_bytes(file.read(4), "big"))
        if kind == b"IDAT":
            break
    return 1


def _chunks(file: BinaryIO) -> Iterator[tuple[bytes, int]]:
    """Kinds and lengths of what a PNG consists of; the file is then at the content."""
    file.seek(8)
    while len(head := file.read(8)) == 8:
        length, kind = struct.unpack(">L4s", head)
        following = file.tell() + length + 4
        if kind == b"IEND":
            break
        yield kind, length
        file.seek(following)


def _plain(body: bytes) -> tuple[str, str]:
    key, text = body.split(b"\0", 1)
    return key.decode("latin-1"), text.decode("latin-1")


def _packed(body: bytes) -> tuple[str, str]:
    key, rest = body.split(b"\0", 1)
    return key.decode("latin-1"), _unpacked(rest[1:]).decode("latin-1")


def _international(body: bytes) -> tuple[str, str]:
    key, rest = body.split(b"\0", 1)
    is_packed, (_, _, text) = rest[:1] == b"\1", rest[2:].split(b"\0", 2)
    return key.decode("latin-1"), (_unpacked(text) if is_packed else text).decode()


def _unpacked(data: bytes) -> bytes:
    unpacker = zlib.decompressobj()
    unpacked = unpacker.decompress(data, _MOST_BYTES)
    if not unpacker.eof:
        raise EOFError("cut short, or longer than any text")
    return unpacked


_READERS = {b"tEXt": _plain, b"zTXt": _packed, b"iTXt": _international}


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
    return b"".join(_text_chunk(key, text) for key, text in texts)


def png_chunk(kind: bytes, data: bytes) -> bytes:
    """A chunk of a PNG."""
    return struct.pack(">L", len(data)) + kind + data + struct.pack(">L", zlib.crc32(kind + data))


def _text_chunk(key: str, text: str) -> bytes:
    packed = zlib.compress(text.encode("utf-8", "replace"))
    return png_chunk(b"iTXt", key.encode("latin-1", "replace")[:79] + b"\0\1\0\0\0" + packed)


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
