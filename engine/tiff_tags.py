"""The tags of a TIFF: directories of fields, of which EXIF blocks are made too."""

from __future__ import annotations

import io
import os
import struct
from collections.abc import Iterator
from contextlib import suppress
from typing import BinaryIO, Literal, NamedTuple

EXIF, GPS, _INTEROPERABILITY = 0x8769, 0x8825, 0xA005
_COLOR_SPACE, _UNCALIBRATED, _INTEROPERABILITY_INDEX = 0xA001, 0xFFFF, 0x0001
_SUBDIRECTORIES = (EXIF, GPS, _INTEROPERABILITY)
_REDUCED, _PHOTOMETRIC, _SUBFILES, _DNG_VERSION = 0x00FE, 0x0106, 0x014A, 0xC612
_LAYERS = 0x935C  # may take more bytes than a field that is read
_SENSOR = (32803, 34892)  # a pattern of colours, or what was made of it, still linear
_STRIPS, _TILES = (0x0111, 0x0117), (0x0144, 0x0145)  # offsets and lengths
_THUMBNAIL, _THUMBNAIL_LENGTH = 0x0201, 0x0202
UNDEFINED = 7
_SHORT, _LONG, _LONG8 = 3, 4, 16
_SIZES = {1: 1, 2: 1, 3: 2, 4: 4, 5: 8, 6: 1, 7: 1, 8: 2, 9: 4, 10: 8, 11: 4, 12: 8, 13: 4, 16: 8, 17: 8, 18: 8}
_RATIONALS = (5, 10)  # two numbers of four bytes each
_MAX_FIELD_BYTES = 2**24  # a damaged length must not fill the memory
_MAX_DIRECTORY_BYTES = 2**26  # nor must many fields that all point at the same bytes

DAMAGED = (struct.error, ValueError, OverflowError)
"""What reading raises when the bytes make no sense."""


class Layout(NamedTuple):
    """How a TIFF structure, and so an EXIF block, writes its numbers."""

    order: Literal["<", ">"]
    is_big: bool

    @property
    def byteorder(self) -> Literal["little", "big"]:
        return "little" if self.order == "<" else "big"

    @property
    def length(self) -> struct.Struct:
        return struct.Struct(f"{self.order}{'Q' if self.is_big else 'H'}")

    @property
    def pointer(self) -> struct.Struct:
        return struct.Struct(f"{self.order}{'Q' if self.is_big else 'L'}")

    @property
    def entry(self) -> struct.Struct:  # tag, type, length, value or its offset
        return struct.Struct(f"{self.order}{'HHQ8s' if self.is_big else 'HHL4s'}")


_LAYOUTS = {
    b"II*\0": Layout("<", is_big=False),
    b"MM\0*": Layout(">", is_big=False),
    b"II+\0": Layout("<", is_big=True),
    b"MM\0+": Layout(">", is_big=True),
}


class Field(NamedTuple):
    """The value of a tag; in a raw entry `data` may be its offset."""

    type: int
    length: int
    data: bytes


Directory = dict[int, "Field | Directory"]
"""Fields and subdirectories by tag."""


def header(layout: Layout, start: int) -> bytes:
    """The first bytes of a file whose first directory lies at `start`."""
    mark = next(mark for mark, known in _LAYOUTS.items() if known == layout)
    offset_size = struct.pack(f"{layout.order}HH", 8, 0) if layout.is_big else b""
    return mark + offset_size + layout.pointer.pack(start)


def read_header(file: BinaryIO) -> tuple[Layout, int]:
    """The layout of a file, and where its first directory lies."""
    layout = _LAYOUTS.get(file.read(4))
    if layout is None:
        raise ValueError("neither TIFF nor EXIF")
    file.seek(8 if layout.is_big else 4)
    return layout, _read(file, layout.pointer)[0]


def _read(file: BinaryIO, what: struct.Struct) -> tuple[int, ...]:
    return what.unpack(file.read(what.size))


def _entries(file: BinaryIO, layout: Layout, start: int) -> Iterator[tuple[int, int, Field]]:
    """The tag, the position and the raw entry of each field of the directory at `start`."""
    file.seek(start)
    (count,) = _read(file, layout.length)
    first = start + layout.length.size
    for position in range(first, first + count * layout.entry.size, layout.entry.size):
        file.seek(position)
        tag, kind, length, value = layout.entry.unpack(file.read(layout.entry.size))
        yield tag, position, Field(kind, length, value)


def read_directory(
    file: BinaryIO, layout: Layout, start: int, *, wanted: set[int] | None = None, depth: int = 0
) -> Directory:
    """The fields of the directory at `start` and below.

    Args:
        wanted: the tags to read; all if None.
        depth: how many directories lie above.
    """
    directory: Directory = {}
    total = 0
    for tag, _, entry in _entries(file, layout, start):
        size = _SIZES.get(entry.type, 0) * entry.length
        if not 0 < size <= _MAX_FIELD_BYTES or (wanted is not None and tag not in wanted):
            continue
        value = entry.data[:size]
        if tag in _SUBDIRECTORIES:
            if depth < 2:  # EXIF holds interoperability; a damaged file may point back at itself
                pointer = int.from_bytes(value, layout.byteorder)
                directory[tag] = read_directory(file, layout, pointer, depth=depth + 1)
            continue
        total += size
        if total > _MAX_DIRECTORY_BYTES:
            raise ValueError("more in a directory than any photo has")
        if size > len(entry.data):
            file.seek(layout.pointer.unpack(entry.data)[0])
            value = file.read(size)
        if len(value) == size:
            directory[tag] = Field(entry.type, entry.length, value)
    return directory


def _numbers(field: Field | Directory | None, layout: Layout) -> list[int]:
    if not isinstance(field, Field):
        return []
    size = _SIZES[field.type]
    return [int.from_bytes(field.data[i : i + size], layout.byteorder) for i in range(0, len(field.data), size)]


def pack(directory: Directory, layout: Layout, start: int) -> bytes:
    """The bytes of a directory that will lie at `start`."""
    entries = layout.length.pack(len(directory))
    tail_start = start + layout.length.size + len(directory) * layout.entry.size + layout.pointer.size
    tail = b""
    for tag, field in sorted(directory.items()):
        pointer = layout.pointer.pack(tail_start + len(tail))
        if isinstance(field, dict):
            tail += pack(field, layout, tail_start + len(tail))
            field = Field(_LONG8 if layout.is_big else _LONG, 1, pointer)
        elif len(field.data) > layout.pointer.size:
            tail += field.data + b"\0" * (len(field.data) % 2)
            field = field._replace(data=pointer)
        entries += layout.entry.pack(tag, *field)
    return entries + layout.pointer.pack(0) + tail


def shortened(exif: bytes, limit_bytes: int) -> bytes:
    """An EXIF block without its thumbnail, and without its longest fields as long as it is too long.

    Raises: one of `DAMAGED`.
    """
    file = io.BytesIO(exif)
    layout, start = read_header(file)
    directory = read_directory(file, layout, start)
    while len(block := header(layout, 8) + pack(directory, layout, 8)) > limit_bytes:
        _, holder, tag = max(_places(directory), key=lambda place: place[0])
        del holder[tag]
    return block


def field_count(exif: bytes) -> int:
    """How many fields an EXIF block has, without those of its thumbnail; none if it makes no sense."""
    file = io.BytesIO(exif)
    try:
        return sum(1 for _ in _places(read_directory(file, *read_header(file))))
    except DAMAGED:
        return 0


def _places(directory: Directory) -> Iterator[tuple[int, Directory, int]]:
    """The length of each field, in subdirectories too, the directory that has it, and its tag."""
    for tag, field in directory.items():
        if isinstance(field, dict):
            yield from _places(field)
        else:
            yield len(field.data), directory, tag


def swapped(directory: Directory) -> Directory:
    """The fields in the other byte order."""
    return {
        tag: swapped(field) if isinstance(field, dict) else field._replace(data=_swapped_data(field))
        for tag, field in directory.items()
    }


def _swapped_data(field: Field) -> bytes:
    size = 4 if field.type in _RATIONALS else _SIZES[field.type]
    return b"".join(field.data[i : i + size][::-1] for i in range(0, len(field.data), size))


def is_cut_short(file: BinaryIO) -> bool:
    """Whether a strip or tile of a TIFF lies beyond its end; libtiff reads a missing tile as black."""
    size = file.seek(0, os.SEEK_END)
    file.seek(0)
    try:
        layout, start = read_header(file)
        directory = read_directory(file, layout, start, wanted={*_STRIPS, *_TILES})
    except DAMAGED:
        return False  # in another way, which libtiff finds
    return any(
        offset + length > size
        for offsets, lengths in (_STRIPS, _TILES)
        for offset, length in zip(
            _numbers(directory.get(offsets), layout), _numbers(directory.get(lengths), layout), strict=False
        )
    )


def has_layers(file: BinaryIO) -> bool:
    """Whether a program such as Photoshop put the layers of a picture into a TIFF. Source: Adobe's TIFF notes, 2002."""
    file.seek(0)
    try:
        return any(tag == _LAYERS for tag, _, _ in _entries(file, *read_header(file)))
    except DAMAGED:
        return False


def is_camera_raw(file: BinaryIO) -> bool:
    """Whether a TIFF holds what a camera's sensor saw; its first picture is often only a small one to look at."""
    file.seek(8)
    if file.read(2) == b"CR":  # Canon's
        return True
    file.seek(0)
    try:
        layout, start = read_header(file)
        wanted = {_REDUCED, _PHOTOMETRIC, _SUBFILES, _DNG_VERSION}
        directory = read_directory(file, layout, start, wanted=wanted)
    except DAMAGED:
        return False
    is_small = any(number & 1 for number in _numbers(directory.get(_REDUCED), layout))
    is_sensor = any(number in _SENSOR for number in _numbers(directory.get(_PHOTOMETRIC), layout))
    return _DNG_VERSION in directory or is_sensor or (is_small and _SUBFILES in directory)


def says_adobe_rgb(exif: bytes) -> bool:
    """Whether an EXIF block says, as cameras do that give no profile, that the colours are those of Adobe RGB.

    Source: DCF 2.0 (CP-3461B), section 3.3.5: "R03", and a colour space that is not sRGB.
    """
    file = io.BytesIO(exif)
    try:
        layout, start = read_header(file)
        photo = read_directory(file, layout, start, wanted={EXIF}).get(EXIF)
    except DAMAGED:
        return False
    if not isinstance(photo, dict) or _numbers(photo.get(_COLOR_SPACE), layout) != [_UNCALIBRATED]:
        return False
    interoperability = photo.get(_INTEROPERABILITY)
    index = interoperability.get(_INTEROPERABILITY_INDEX) if isinstance(interoperability, dict) else None
    return isinstance(index, Field) and index.data.startswith(b"R03")


def thumbnail_place(exif: bytes) -> tuple[int, int] | None:
    """Where the bytes of the small JPEG lie in an EXIF block: first and how many; None if it has none.

    Raises: one of `DAMAGED`.
    """
    file = io.BytesIO(exif)
    layout, start = read_header(file)
    count = sum(1 for _ in _entries(file, layout, start))
    file.seek(start + layout.length.size + count * layout.entry.size)
    (following,) = _read(file, layout.pointer)
    if not following:
        return None
    directory = read_directory(file, layout, following, wanted={_THUMBNAIL, _THUMBNAIL_LENGTH})
    places = [_numbers(directory.get(tag), layout) for tag in (_THUMBNAIL, _THUMBNAIL_LENGTH)]
    if not all(places) or sum(place[0] for place in places) > len(exif):
        return None
    return places[0][0], places[1][0]


def with_thumbnail(exif: bytes, thumbnail: bytes) -> bytes:
    """An EXIF block whose small JPEG is another one, which is not longer. Raises: one of `DAMAGED`."""
    place = thumbnail_place(exif)
    if place is None or len(thumbnail) > place[1]:
        raise ValueError("no room for the thumbnail")
    start, length = place
    # What is left behind its end marker is never read, and all offsets stay right.
    return exif[:start] + thumbnail.ljust(length, b"\0") + exif[start + length :]


def with_numbers(exif: bytes, numbers: dict[int, int], *, has_thumbnail: bool) -> bytes:
    """An EXIF block with tags changed in their places, so that offsets inside maker notes stay right.

    Args:
        numbers: the new values by tag; a tag that the block lacks is not added.
        has_thumbnail: False unlinks the directory of the thumbnail.
    """
    patched = bytearray(exif)
    file = io.BytesIO(exif)
    layout, start = read_header(file)
    entries = list(_entries(file, layout, start))
    next_directory = start + layout.length.size + len(entries) * layout.entry.size
    for pointer in [layout.pointer.unpack(entry.data)[0] for tag, _, entry in entries if tag == EXIF]:
        with suppress(*DAMAGED):  # a bad directory of the photo costs only what it says
            entries += _entries(file, layout, pointer)
    for tag, position, entry in entries:
        if tag in numbers and entry.type in (_SHORT, _LONG):
            code = "H" if entry.type == _SHORT else "L"
            struct.pack_into(f"{layout.order}{code}", patched, position + 8, numbers[tag])
    if not has_thumbnail and next_directory + layout.pointer.size <= len(exif):
        layout.pointer.pack_into(patched, next_directory, 0)
    return bytes(patched)
