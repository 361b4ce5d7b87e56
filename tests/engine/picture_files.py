"""Pictures, EXIF blocks and profiles that tests put into files, and Pillow's view of a file."""

from __future__ import annotations

import struct
from pathlib import Path
from typing import Any

import numpy as np
import PIL.Image
from numpy.typing import NDArray

HEIGHT, WIDTH = 31, 37
SHORT, LONG, RATIONAL, ASCII, UNDEFINED = 3, 4, 5, 2, 7
MAKE, ORIENTATION, EXIF, GPS = 0x010F, 0x0112, 0x8769, 0x8825
TAKEN, MAKER_NOTE, ACROSS, DOWN = 0x9003, 0x927C, 0xA002, 0xA003


def pixels_of(dtype: str, channels: int, height: int = HEIGHT, width: int = WIDTH) -> NDArray[Any]:
    rng = np.random.default_rng(7)
    if dtype == "float32":
        return rng.random((height, width, channels), dtype=np.float32)
    return rng.integers(0, np.iinfo(dtype).max, (height, width, channels), dtype=dtype, endpoint=True)


def exif_block(order: str = "<", orientation: int = 1, across: int = WIDTH, down: int = HEIGHT) -> bytes:
    """EXIF with a maker note and a thumbnail directory, laid out by hand."""

    def directory(start: int, entries: list[tuple[int, int, int, bytes]], following: int = 0) -> bytes:
        tail_start = start + 2 + 12 * len(entries) + 4
        head, tail = struct.pack(f"{order}H", len(entries)), b""
        for tag, kind, count, data in entries:
            head += struct.pack(f"{order}HHL", tag, kind, count)
            if len(data) > 4:
                head += struct.pack(f"{order}L", tail_start + len(tail))
                tail += data + b"\0" * (len(data) % 2)
            else:
                head += data.ljust(4, b"\0")
        return head + struct.pack(f"{order}L", following) + tail

    def long(value: int) -> bytes:
        return struct.pack(f"{order}L", value)

    photo = [
        (TAKEN, ASCII, 20, b"2024:05:06 07:08:09\0"),
        (MAKER_NOTE, UNDEFINED, 30, b"maker note \x00\x01\x02" + bytes(range(16))),
        (ACROSS, LONG, 1, long(across)),
        (DOWN, LONG, 1, long(down)),
    ]
    place = [(1, ASCII, 2, b"N\0"), (2, RATIONAL, 3, struct.pack(f"{order}6L", 47, 1, 22, 1, 3133, 100))]
    start, photo_start, place_start, thumbnail_start = 8, 100, 300, 400
    main = [
        (MAKE, ASCII, 8, b"Camera \0"),
        (ORIENTATION, SHORT, 1, struct.pack(f"{order}H", orientation)),
        (EXIF, LONG, 1, long(photo_start)),
        (GPS, LONG, 1, long(place_start)),
    ]
    block = (b"II" if order == "<" else b"MM") + struct.pack(f"{order}HL", 42, start)
    for position, part in (
        (start, directory(start, main, thumbnail_start)),
        (photo_start, directory(photo_start, photo)),
        (place_start, directory(place_start, place)),
        (thumbnail_start, directory(thumbnail_start, [(ORIENTATION, SHORT, 1, struct.pack(f"{order}H", 6))])),
    ):
        block = block.ljust(position, b"\0") + part
    return block


def gray_profile(gamma: float) -> bytes:
    """A minimal ICC profile for gray."""
    white = b"XYZ \0\0\0\0" + struct.pack(">3l", 63190, 65536, 54061)
    curve = b"curv\0\0\0\0" + struct.pack(">LHxx", 1, round(gamma * 256))
    text = b"desc\0\0\0\0" + struct.pack(">L", 5) + b"gray\0" + bytes(78) + b"\0"
    tags, body = struct.pack(">L", 3), b""
    for name, data in ((b"wtpt", white), (b"kTRC", curve), (b"desc", text)):
        tags += name + struct.pack(">LL", 128 + 4 + 36 + len(body), len(data))
        body += data
    size = 128 + len(tags) + len(body)
    header = struct.pack(">L4x", size) + b"\x02\x10\0\0mntrGRAYXYZ " + bytes(12) + b"acsp" + bytes(28)
    return (header + struct.pack(">3l", 63190, 65536, 54061)).ljust(128, b"\0") + tags + body


def written_exif(path: Path) -> tuple[dict[int, Any], dict[int, Any], dict[int, Any]]:
    """Main, photo and place tags of a file, as Pillow reads them."""
    with PIL.Image.open(path) as picture:
        exif = picture.getexif()
        return dict(exif), dict(exif.get_ifd(EXIF)), dict(exif.get_ifd(GPS))
