"""What a JPEG file's header says that libvips does not tell: how strongly it was compressed, and all of its XMP."""

from __future__ import annotations

import logging
import struct
from collections.abc import Iterator, Sequence
from typing import BinaryIO

import numpy as np
from numpy.typing import NDArray

log = logging.getLogger(__name__)

Table = NDArray[np.int64]
"""(64,) divisors of the frequencies, in zigzag order."""

_START, _TABLES, _SCAN, _END, _APP1 = 0xD8, 0xDB, 0xDA, 0xD9, 0xE1
_FRAMES = {*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC}
_BARE = {0x01, *range(0xD0, 0xD8)}
XMP_MARK = b"http://ns.adobe.com/xap/1.0/\0"
"""The beginning of a segment with an XMP packet."""
_XMP_EXTENSION_MARK = b"http://ns.adobe.com/xmp/extension/\0"
BLOCK_PX = 8
# Source: ITU-T T.81, table K.1, by rows.
_LUMA = (
    *(16, 11, 10, 16, 24, 40, 51, 61),
    *(12, 12, 14, 19, 26, 58, 60, 55),
    *(14, 13, 16, 24, 40, 57, 69, 56),
    *(14, 17, 22, 29, 51, 87, 80, 62),
    *(18, 22, 37, 56, 68, 109, 103, 77),
    *(24, 35, 55, 64, 81, 104, 113, 92),
    *(49, 64, 78, 87, 103, 121, 120, 101),
    *(72, 92, 95, 98, 112, 100, 103, 99),
)


def read_quality(file: BinaryIO) -> int | None:
    """The quality, 1 to 100, at which libjpeg divides brightness most like this file; None where that cannot be told.

    Cameras and some programs have tables of their own; for these it is the nearest.
    """
    try:
        table = _luma_table(file)
    except (struct.error, IndexError, ValueError):
        return None
    if table is None:
        return None
    return nearest_quality(table, np.ones(len(table)))


def read_xmp(file: BinaryIO) -> tuple[bytes | None, tuple[bytes, ...]]:
    """The packet, and the segments, without marker and length, with what does not fit into it.

    libvips takes the first segment of either kind for the packet.
    Source: Adobe, XMP Specification Part 3, section 1.1.3.
    """
    packet, extension = None, []
    try:
        for marker, body in segments(file):
            if marker == _APP1 and body.startswith(XMP_MARK):
                packet = packet or body.removeprefix(XMP_MARK)
            elif marker == _APP1 and body.startswith(_XMP_EXTENSION_MARK):
                extension.append(body)
    except (struct.error, ValueError) as error:
        log.debug("the header ends early: %s", error)
    return packet, tuple(extension)


def segments(file: BinaryIO) -> Iterator[tuple[int, bytes]]:
    """Marker and body of each segment before the first scan; the file stands behind the body.

    Raises: struct.error, ValueError: the header makes no sense from here on.
    """
    if file.read(2) != bytes((0xFF, _START)):
        return
    while (marker := _next_marker(file)) not in (_SCAN, _END):
        if marker not in _BARE:
            (length,) = struct.unpack(">H", file.read(2))
            yield marker, file.read(length - 2)


def nearest_quality(table: Table, weights: NDArray[np.floating]) -> int:
    """The quality, 1 to 100, whose table of libjpeg is the nearest.

    Args:
        table: its beginning; so much is compared.
        weights: what each difference counts.
    """
    distances = np.abs(_libjpeg_tables()[:, : len(table)] - table.clip(1, 255))
    return 1 + int((distances @ weights).argmin())


def in_zigzag(table: Sequence[int]) -> list[int]:
    """Eight rows of eight, the lowest frequencies first."""
    return [table[index] for index in sorted(range(BLOCK_PX * BLOCK_PX), key=_place_in_zigzag)]


def _luma_table(file: BinaryIO) -> Table | None:
    """The table of the first component, as it stands where the first scan starts."""
    tables: dict[int, Table] = {}
    chosen: int | None = None
    for marker, body in segments(file):
        if marker == _TABLES:
            tables |= _parse_tables(body)
        elif marker in _FRAMES:
            chosen = body[8]  # behind precision, height, width, count, and the name and sampling of the first
    return None if chosen is None else tables.get(chosen)


def _next_marker(file: BinaryIO) -> int:
    (lead,) = struct.unpack("B", file.read(1))
    if lead != 0xFF:
        raise ValueError("no marker where one must be")
    while lead == 0xFF:  # may be repeated as padding
        (lead,) = struct.unpack("B", file.read(1))
    return int(lead)


def _parse_tables(body: bytes) -> dict[int, Table]:
    """A segment's tables by number; the precision stands beside each number."""
    found, position = {}, 0
    while position < len(body):
        precision, number = divmod(body[position], 16)
        count_bytes = 128 if precision else 64
        numbers = np.frombuffer(body, ">u2" if precision else "u1", 64, position + 1)
        found[number] = numbers.astype(np.int64)
        position += 1 + count_bytes
    return found


def _libjpeg_tables() -> Table:
    """(100, 64) the tables of quality 1 to 100.

    Source: libjpeg's jpeg_quality_scaling and jpeg_add_quant_table.
    """
    quality = np.arange(1, 101)[:, None]
    percent = np.where(quality < 50, 5000 // quality, 200 - 2 * quality)
    return np.asarray(((np.array(in_zigzag(_LUMA)) * percent + 50) // 100).clip(1, 255), np.int64)


def _place_in_zigzag(index: int) -> tuple[int, int]:
    """What to sort by: along diagonals, by turns downwards and upwards."""
    row, column = divmod(index, BLOCK_PX)
    diagonal = row + column
    return diagonal, row if diagonal % 2 else column
