"""What a picture file says beside its pixels, and how each format holds it.

libvips takes EXIF apart and writes it anew, which breaks maker notes; it knows no EXIF in TIFF and cuts IPTC short
there. So EXIF, IPTC and JPEG's XMP are carried as bytes and put into the file after libvips has written its pixels.
"""

from __future__ import annotations

import io
import logging
import os
import re
import shutil
import struct
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import BinaryIO, Literal, NamedTuple

log = logging.getLogger(__name__)

Format = Literal["jpeg", "png", "tiff", "webp"]

_MM_PER_INCH = 25.4
_IPTC, _EXIF, _GPS, _INTEROPERABILITY = 0x83BB, 0x8769, 0x8825, 0xA005
_ORIENTATION, _PIXELS_ACROSS, _PIXELS_DOWN = 0x0112, 0xA002, 0xA003
_SUBDIRECTORIES = (_EXIF, _GPS, _INTEROPERABILITY)
# The tags of a TIFF's first directory that describe the photo; the others say where its pixels lie.
_DESCRIPTIVE = {
    *(0x010E, 0x010F, 0x0110, 0x0131, 0x0132, 0x013B, 0x013C, 0x4746, 0x4749, 0x8298),
    *(0x9C9B, 0x9C9C, 0x9C9D, 0x9C9E, 0x9C9F, 0xC4A5, _EXIF, _GPS),
}
_PHOTOSHOP = b"Photoshop 3.0\0"
_IPTC_RESOURCE = 0x0404


@dataclass(frozen=True, slots=True)
class Metadata:
    """What a file says beside its pixels, byte for byte.

    Attributes:
        icc: the colour profile.
        exif: from its byte order mark ("II" or "MM") on; its orientation is 1, as the pixels are upright.
        xmp: the packet.
        iptc: JPEG's whole Photoshop block or the bare records of a TIFF.
        pixels_per_mm: across and down; 72 dpi where a file has none.
    """

    icc: bytes | None = None
    exif: bytes | None = None
    xmp: bytes | None = None
    iptc: bytes | None = None
    pixels_per_mm: tuple[float, float] = (72 / _MM_PER_INCH, 72 / _MM_PER_INCH)


class _Layout(NamedTuple):
    """How a TIFF structure, and so an EXIF block, writes its numbers."""

    order: Literal["<", ">"]
    is_big: bool

    @property
    def count(self) -> struct.Struct:
        return struct.Struct(f"{self.order}{'Q' if self.is_big else 'H'}")

    @property
    def offset(self) -> struct.Struct:
        return struct.Struct(f"{self.order}{'Q' if self.is_big else 'L'}")

    @property
    def entry(self) -> struct.Struct:  # tag, type, count, value or its offset
        return struct.Struct(f"{self.order}{'HHQ8s' if self.is_big else 'HHL4s'}")


class _Field(NamedTuple):
    type: int
    count: int
    data: bytes


_Directory = dict[int, "_Field | _Directory"]
_SHORT, _LONG, _UNDEFINED, _LONG8 = 3, 4, 7, 16
_SIZES = {1: 1, 2: 1, 3: 2, 4: 4, 5: 8, 6: 1, 7: 1, 8: 2, 9: 4, 10: 8, 11: 4, 12: 8, 13: 4, 16: 8, 17: 8, 18: 8}
_RATIONALS = (5, 10)  # two numbers of four bytes each
_MAX_FIELD_BYTES = 2**24  # a damaged count must not fill the memory


def upright_exif(exif: bytes) -> bytes:
    """The block of a picture that has been turned upright: orientation 1, no sideways thumbnail."""
    return _patched(exif, {_ORIENTATION: 1}, has_thumbnail=False)


def upright_xmp(xmp: bytes) -> bytes:
    """The packet of a picture that has been turned upright."""
    return re.sub(rb"(tiff:Orientation(?:=[\"']|>))[2-8]", rb"\g<1>1", xmp)


def resized_exif(exif: bytes, width: int, height: int) -> bytes:
    """The block with the picture's size put right, where it has one."""
    return _patched(exif, {_PIXELS_ACROSS: width, _PIXELS_DOWN: height}, has_thumbnail=True)


def read_tiff(file: BinaryIO) -> tuple[bytes | None, bytes | None]:
    """The EXIF block and the IPTC records of a TIFF; None where it has none or they are damaged."""
    try:
        layout, start = _read_header(file)
        directory = _read_directory(file, layout, start, wanted={*_DESCRIPTIVE, _IPTC})
    except (struct.error, ValueError, OSError) as error:
        log.warning("unreadable TIFF tags: %s", error)
        return None, None
    iptc = directory.pop(_IPTC, None)
    exif = None
    if directory:
        classic = _Layout(layout.order, is_big=False)
        exif = _header(classic, 8) + _pack(directory, classic, 8)
    return exif, iptc.data if isinstance(iptc, _Field) else None


def embed(metadata: Metadata, file_format: Format, source: BinaryIO, target: BinaryIO) -> None:
    """Copy the picture that libvips wrote, with the blocks that libvips cannot write."""
    for splice in _SPLICERS[file_format](metadata, source):
        _copy(source, target, splice.offset)
        source.seek(splice.removed, os.SEEK_CUR)
        target.write(splice.inserted)
    shutil.copyfileobj(source, target, 2**20)


class _Splice(NamedTuple):
    """`inserted` takes the place of `removed` bytes, counted from the last splice's end."""

    offset: int
    removed: int
    inserted: bytes


def _copy(source: BinaryIO, target: BinaryIO, until: int) -> None:
    while chunk := source.read(min(2**20, until - source.tell())):
        target.write(chunk)


def _jpeg_splices(metadata: Metadata, _: BinaryIO) -> list[_Splice]:
    dpi = [min(max(round(value * _MM_PER_INCH), 1), 65535) for value in metadata.pixels_per_mm]
    segments = [_jpeg_segment(0xE0, b"JFIF\0\1\2\1" + struct.pack(">HHxx", *dpi))]
    if metadata.exif:
        segments.append(_jpeg_segment(0xE1, b"Exif\0\0" + metadata.exif))
    if metadata.xmp:
        segments.append(_jpeg_segment(0xE1, b"http://ns.adobe.com/xap/1.0/\0" + metadata.xmp))
    if metadata.iptc:
        segments.append(_jpeg_segment(0xED, _photoshop_block(metadata.iptc)))
    return [_Splice(2, 0, b"".join(segments))]


def _jpeg_segment(marker: int, body: bytes) -> bytes:
    if len(body) > 65533:
        log.warning("metadata of %d bytes is left out: a JPEG holds at most 65533", len(body))
        return b""
    return struct.pack(">BBH", 0xFF, marker, len(body) + 2) + body


def _png_splices(metadata: Metadata, _: BinaryIO) -> list[_Splice]:
    if not metadata.exif:
        return []
    body = b"eXIf" + metadata.exif
    header_end = 33
    return [_Splice(header_end, 0, struct.pack(">L", len(metadata.exif)) + body + struct.pack(">L", zlib.crc32(body)))]


def _webp_splices(metadata: Metadata, file: BinaryIO) -> list[_Splice]:
    if not metadata.exif:
        return []
    head = file.read(30)
    size = file.seek(0, os.SEEK_END)
    file.seek(0)
    has_exif = 0x08
    if head[12:16] == b"VP8X":
        front = head[12:20] + bytes([head[20] | has_exif])
        removed = len(front)
    else:  # the simple form, lossy and opaque: its frame header holds the size in 14 bits each
        width, height = (value & 0x3FFF for value in struct.unpack("<HH", head[26:30]))
        front = b"VP8X" + struct.pack("<LL", 10, has_exif)
        front += (width - 1).to_bytes(3, "little") + (height - 1).to_bytes(3, "little")
        removed = 0
    chunk = b"EXIF" + struct.pack("<L", len(metadata.exif)) + metadata.exif + b"\0" * (len(metadata.exif) % 2)
    riff_size = size - removed + len(front) + len(chunk) - 8
    return [_Splice(4, 4, struct.pack("<L", riff_size)), _Splice(12, removed, front), _Splice(size, 0, chunk)]


def _tiff_splices(metadata: Metadata, file: BinaryIO) -> list[_Splice]:
    """A new first directory at the end of the file, with the old one's fields and ours."""
    fields: _Directory = {}
    layout, start = _read_header(file)
    if metadata.exif:
        fields |= _exif_fields(metadata.exif, layout)
    if metadata.iptc and (records := _iptc_records(metadata.iptc)):
        fields[_IPTC] = _Field(_UNDEFINED, len(records), records)
    if not fields:
        file.seek(0)
        return []
    fields |= _read_directory(file, layout, start)
    size = file.seek(0, os.SEEK_END)
    file.seek(0)
    padding = size % 2
    header = _header(layout, size + padding)
    directory = _pack(fields, layout, size + padding)
    return [_Splice(0, len(header), header), _Splice(size, 0, b"\0" * padding + directory)]


_SPLICERS: dict[Format, Callable[[Metadata, BinaryIO], list[_Splice]]] = {
    "jpeg": _jpeg_splices,
    "png": _png_splices,
    "tiff": _tiff_splices,
    "webp": _webp_splices,
}


def _exif_fields(exif: bytes, layout: _Layout) -> _Directory:
    """What an EXIF block says about the photo, in the byte order of another file."""
    file = io.BytesIO(exif)
    try:
        own_layout, start = _read_header(file)
        fields = _read_directory(file, own_layout, start, wanted=_DESCRIPTIVE)
    except (struct.error, ValueError) as error:
        log.warning("unreadable EXIF is left out: %s", error)
        return {}
    return fields if own_layout.order == layout.order else _swapped(fields)


def _photoshop_block(iptc: bytes) -> bytes:
    if iptc.startswith(_PHOTOSHOP):
        return iptc
    resource = struct.pack(">4sHHL", b"8BIM", _IPTC_RESOURCE, 0, len(iptc)) + iptc
    return _PHOTOSHOP + resource + b"\0" * (len(iptc) % 2)


def _iptc_records(iptc: bytes) -> bytes | None:
    if not iptc.startswith(_PHOTOSHOP):
        return iptc
    position = len(_PHOTOSHOP)
    while iptc[position : position + 4] == b"8BIM" and position + 12 <= len(iptc):
        (resource, name_length) = struct.unpack_from(">HB", iptc, position + 4)
        position += 6 + (name_length // 2 + 1) * 2  # a counted name, padded to an even length
        length = int.from_bytes(iptc[position : position + 4], "big")
        position += 4
        if resource == _IPTC_RESOURCE:
            return iptc[position : position + length]
        position += length + length % 2
    return None


def _header(layout: _Layout, start: int) -> bytes:
    mark = b"II" if layout.order == "<" else b"MM"
    version = struct.pack(f"{layout.order}HHH", 43, 8, 0) if layout.is_big else struct.pack(f"{layout.order}H", 42)
    return mark + version + layout.offset.pack(start)


def _read_header(file: BinaryIO) -> tuple[_Layout, int]:
    head = file.read(4)
    order: Literal["<", ">"] = "<" if head[:2] == b"II" else ">"
    layout = _Layout(order, is_big=struct.unpack(f"{order}H", head[2:])[0] == 43)
    file.seek(8 if layout.is_big else 4)
    return layout, _read(file, layout.offset)[0]


def _read(file: BinaryIO, what: struct.Struct) -> tuple[int, ...]:
    return what.unpack(file.read(what.size))


def _entries(file: BinaryIO, layout: _Layout, start: int) -> Iterator[tuple[int, int, _Field]]:
    """The tag, the position and the raw entry of each field of the directory at `start`."""
    file.seek(start)
    (count,) = _read(file, layout.count)
    first = start + layout.count.size
    for position in range(first, first + count * layout.entry.size, layout.entry.size):
        file.seek(position)
        tag, kind, length, value = layout.entry.unpack(file.read(layout.entry.size))
        yield tag, position, _Field(kind, length, value)


def _read_directory(
    file: BinaryIO, layout: _Layout, start: int, *, wanted: set[int] | None = None, depth: int = 0
) -> _Directory:
    directory: _Directory = {}
    for tag, _, entry in _entries(file, layout, start):
        size = _SIZES.get(entry.type, 0) * entry.count
        if not 0 < size <= _MAX_FIELD_BYTES or (wanted is not None and tag not in wanted):
            continue
        value = entry.data[:size]
        if tag in _SUBDIRECTORIES:
            if depth < 2:  # EXIF holds interoperability; a damaged file may point back at itself
                pointer = int.from_bytes(value, "little" if layout.order == "<" else "big")
                directory[tag] = _read_directory(file, layout, pointer, depth=depth + 1)
            continue
        if size > len(entry.data):
            file.seek(layout.offset.unpack(entry.data)[0])
            value = file.read(size)
        directory[tag] = _Field(entry.type, entry.count, value)
    return directory


def _pack(directory: _Directory, layout: _Layout, start: int) -> bytes:
    """The bytes of a directory that will lie at `start`."""
    entries = layout.count.pack(len(directory))
    tail_start = start + layout.count.size + len(directory) * layout.entry.size + layout.offset.size
    tail = b""
    for tag, field in sorted(directory.items()):
        pointer = layout.offset.pack(tail_start + len(tail))
        if isinstance(field, dict):
            tail += _pack(field, layout, tail_start + len(tail))
            field = _Field(_LONG8 if layout.is_big else _LONG, 1, pointer)
        elif len(field.data) > layout.offset.size:
            tail += field.data + b"\0" * (len(field.data) % 2)
            field = field._replace(data=pointer)
        entries += layout.entry.pack(tag, *field)
    return entries + layout.offset.pack(0) + tail


def _swapped(directory: _Directory) -> _Directory:
    """The fields in the other byte order."""
    return {
        tag: _swapped(field) if isinstance(field, dict) else field._replace(data=_swapped_data(field))
        for tag, field in directory.items()
    }


def _swapped_data(field: _Field) -> bytes:
    size = 4 if field.type in _RATIONALS else _SIZES[field.type]
    return b"".join(field.data[i : i + size][::-1] for i in range(0, len(field.data), size))


def _patched(exif: bytes, values: dict[int, int], *, has_thumbnail: bool) -> bytes:
    """The block with numbers changed in their places, so that offsets inside maker notes stay right."""
    patched = bytearray(exif)
    file = io.BytesIO(exif)
    try:
        layout, start = _read_header(file)
        starts = [start]
        for directory in starts:
            for tag, position, entry in _entries(file, layout, directory):
                if tag in values and entry.type in (_SHORT, _LONG):
                    number = "H" if entry.type == _SHORT else "L"
                    struct.pack_into(f"{layout.order}{number}", patched, position + 8, values[tag])
                elif tag == _EXIF and len(starts) == 1:
                    starts.append(layout.offset.unpack(entry.data)[0])
        if not has_thumbnail:
            file.seek(start)
            next_pointer = start + layout.count.size + _read(file, layout.count)[0] * layout.entry.size
            layout.offset.pack_into(patched, next_pointer, 0)
    except (struct.error, ValueError) as error:
        log.warning("unreadable EXIF is kept as it is: %s", error)
        return exif
    return bytes(patched)
