"""How strongly a JPEG file was compressed, from the tables in its header."""

from __future__ import annotations

import struct
from collections.abc import Sequence
from typing import BinaryIO

import numpy as np
from numpy.typing import NDArray

Table = NDArray[np.int64]
"""(64,) divisors of the frequencies, in zigzag order."""

_START, _TABLES, _SCAN, _END = 0xD8, 0xDB, 0xDA, 0xD9
_FRAMES = {*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC}
_BARE = {0x01, *range(0xD0, 0xD8)}
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
    if file.read(2) != bytes((0xFF, _START)):
        return None
    while (marker := _next_marker(file)) not in (_SCAN, _END):
        if marker in _BARE:
            continue
        (length,) = struct.unpack(">H", file.read(2))
        body = file.read(length - 2)
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
