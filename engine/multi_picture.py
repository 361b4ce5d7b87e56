"""What a JPEG file holds besides its picture: further pictures, a gain map for HDR screens, a film.

Source: CIPA DC-007-2009, Multi-Picture Format; ISO 21496-1 and Adobe, Gain Map; Android, Motion Photo format 1.0.
"""

from __future__ import annotations

import io
import logging
import re
import struct
from collections.abc import Iterator
from typing import BinaryIO, NamedTuple

from engine import tiff_tags
from engine.jpeg import segments

log = logging.getLogger(__name__)

_APP2, _MARK = 0xE2, b"MPF\0"
_ENTRIES, _ENTRY_BYTES = 0xB002, 16
_KIND, _PRIMARY, _PREVIEWS = 0xFFFFFF, 0x030000, 0x010000
_GAIN_MAP = re.compile(rb"hdrgm:|HDRGainMap|urn:iso:std:iso:ts:21496")
_FILM = re.compile(rb"""(MotionPhoto|MicroVideo)\s*(=\s*["']|>)\s*1|Item:Mime\s*(=\s*["']|>)\s*video/""")
_HEAD_BYTES = 2**16


class Contents(NamedTuple):
    """What there is.

    Attributes:
        pages: pictures of their own, the first among them: a panorama's parts, views from two eyes.
        has_companions: whether something belongs to the picture: a gain map, or a film.
    """

    pages: int
    has_companions: bool


def read_contents(file: BinaryIO, xmp: bytes | None) -> Contents:
    """Look through a JPEG; one that makes no sense has one picture.

    Args:
        xmp: the packet of the picture.
    """
    pages, has_companions = 1, xmp is not None and _FILM.search(xmp) is not None
    try:
        for start in list(_further_pictures(file)):
            if _is_gain_map(file, start):
                has_companions = True
            else:
                pages += 1
    except tiff_tags.DAMAGED as error:
        log.debug("what else is in the file cannot be told: %s", error)
    return Contents(pages, has_companions)


def _further_pictures(file: BinaryIO) -> Iterator[int]:
    """Where those lie that are no smaller copies. Raises: DAMAGED."""
    for marker, body in segments(file):
        if marker == _APP2 and body.startswith(_MARK):
            table = body.removeprefix(_MARK)
            base = file.tell() - len(table)
            layout, first = tiff_tags.read_header(io.BytesIO(table))
            found = tiff_tags.read_directory(io.BytesIO(table), layout, first, wanted={_ENTRIES}).get(_ENTRIES)
            if not isinstance(found, tiff_tags.Field):
                raise ValueError("a table without entries")
            whole = len(found.data) // _ENTRY_BYTES * _ENTRY_BYTES
            for attribute, _, offset, _ in struct.iter_unpack(f"{layout.order}LLLL", found.data[:whole]):
                kind = attribute & _KIND
                if offset and kind != _PRIMARY and kind & 0xFF0000 != _PREVIEWS:
                    yield base + offset
            return


def _is_gain_map(file: BinaryIO, start: int) -> bool:
    file.seek(start)
    return _GAIN_MAP.search(file.read(_HEAD_BYTES)) is not None
