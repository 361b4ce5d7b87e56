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
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import BinaryIO, Literal, NamedTuple

from engine import tiff_tags
from engine.jpeg import XMP_MARK
from engine.png_text import Texts, chunks, png_chunk
from engine.tiff_tags import DAMAGED, Directory, Field, Layout

log = logging.getLogger(__name__)

Format = Literal["jpeg", "png", "tiff", "webp"]

_MM_PER_INCH = 25.4
_IPTC = 0x83BB
_ORIENTATION, _COLOR_SPACE, _PIXELS_ACROSS, _PIXELS_DOWN = 0x0112, 0xA001, 0xA002, 0xA003
_SRGB, _UNCALIBRATED = 1, 0xFFFF
# The tags of a TIFF's first directory that describe the photo; the others say where its pixels lie.
_DESCRIPTIVE = {
    *(0x010E, 0x010F, 0x0110, 0x0131, 0x0132, 0x013B, 0x013C, 0x4746, 0x4749, 0x8298),
    *(0x9C9B, 0x9C9C, 0x9C9D, 0x9C9E, 0x9C9F, 0xC4A5, tiff_tags.EXIF, tiff_tags.GPS),
}
_PHOTOSHOP = b"Photoshop 3.0\0"
_JPEG_SEGMENT_BYTES = 65533
LARGEST_JPEG_XMP_BYTES = _JPEG_SEGMENT_BYTES - len(XMP_MARK)
"""The longest packet that a JPEG holds."""
LARGEST_JPEG_EXIF_BYTES = _JPEG_SEGMENT_BYTES - len(b"Exif\0\0")
"""The longest EXIF block that a JPEG holds."""
_IPTC_RESOURCE = 0x0404


@dataclass(frozen=True, slots=True)
class Metadata:
    """What a file says beside its pixels, byte for byte.

    Attributes:
        icc: the colour profile.
        exif: from its byte order mark ("II" or "MM") on; its orientation is 1, as the pixels are upright.
        xmp: the packet.
        iptc: JPEG's whole Photoshop block or the bare records of a TIFF.
        xmp_extension: what does not fit into the packet, as JPEG holds it: see `engine.jpeg.read_xmp`.
        texts: what a PNG says in words: keywords and texts.
        pixels_per_mm: across and down; 72 dpi where a file has none.
        jpeg_quality: at which a JPEG file was saved; None for other files. This and the rest says where the pixels
            come from, and is not written.
        pages: how many pictures the file has; the first was read.
        is_cmyk: whether the pixels were inks in the file.
        has_companions: whether the file has a gain map or a film beside the picture.
        has_layers: whether the file has layers, of which the picture is what they look like together.
        is_lossy: whether the file leaves out what is hardly seen, as JPEG, HEIC, AVIF and most WebP do.
    """

    icc: bytes | None = None
    exif: bytes | None = None
    xmp: bytes | None = None
    iptc: bytes | None = None
    xmp_extension: tuple[bytes, ...] = ()
    texts: Texts = ()
    pixels_per_mm: tuple[float, float] = (72 / _MM_PER_INCH, 72 / _MM_PER_INCH)
    jpeg_quality: int | None = None
    pages: int = 1
    is_cmyk: bool = False
    has_companions: bool = False
    has_layers: bool = False
    is_lossy: bool = False


def upright(metadata: Metadata) -> Metadata:
    """The metadata of a picture that has just been turned upright: orientation 1, no sideways thumbnail."""
    exif, xmp = metadata.exif, metadata.xmp
    return replace(
        metadata,
        exif=exif and _patched(exif, {_ORIENTATION: 1}, has_thumbnail=False),
        xmp=xmp and _with_number(xmp, rb"tiff:Orientation", 1),
    )


def resized(metadata: Metadata, width: int, height: int) -> Metadata:
    """The metadata with the picture's size put right, where EXIF or XMP have one."""
    exif, xmp = metadata.exif, metadata.xmp
    size = {_PIXELS_ACROSS: width, _PIXELS_DOWN: height}
    xmp = xmp and _with_number(xmp, rb"exif:PixelXDimension|tiff:ImageWidth", width)
    xmp = xmp and _with_number(xmp, rb"exif:PixelYDimension|tiff:ImageLength", height)
    return replace(metadata, exif=exif and _patched(exif, size, has_thumbnail=True), xmp=xmp)


def recolored(metadata: Metadata, icc: bytes | None, *, is_srgb: bool) -> Metadata:
    """The metadata of a picture in another colour profile; EXIF and XMP know but sRGB and "uncalibrated"."""
    exif, xmp, space = metadata.exif, metadata.xmp, _SRGB if is_srgb else _UNCALIBRATED
    exif = exif and _patched(exif, {_COLOR_SPACE: space}, has_thumbnail=True)
    return replace(metadata, icc=icc, exif=exif, xmp=xmp and _with_number(xmp, rb"exif:ColorSpace", space))


def with_thumbnail(metadata: Metadata, make: Callable[[int], bytes | None]) -> Metadata:
    """The metadata with another small picture in the EXIF, if it has one; without it where there is no other.

    Args:
        make: makes a JPEG of at most so many bytes, or None.
    """
    exif = metadata.exif
    if not exif:
        return metadata
    try:
        place = tiff_tags.thumbnail_place(exif)
        if place is None:
            return metadata
        thumbnail = make(place[1])
        exif = tiff_tags.with_thumbnail(exif, thumbnail) if thumbnail else _patched(exif, {}, has_thumbnail=False)
    except DAMAGED as error:
        log.debug("unreadable EXIF is kept as it is: %s", error)
    return replace(metadata, exif=exif)


def _with_number(xmp: bytes, names: bytes, number: int) -> bytes:
    """The packet with another number in properties, attributes or elements, where they are."""
    return re.sub(rb"\b(%s)(=[\"']|>)\d+" % names, rb"\g<1>\g<2>%d" % number, xmp)


def _patched(exif: bytes, numbers: dict[int, int], *, has_thumbnail: bool) -> bytes:
    try:
        return tiff_tags.with_numbers(exif, numbers, has_thumbnail=has_thumbnail)
    except DAMAGED as error:
        log.debug("unreadable EXIF is kept as it is: %s", error)
        return exif


def read_tiff(file: BinaryIO) -> tuple[bytes | None, bytes | None]:
    """The EXIF block and the IPTC records of a TIFF; None where it has none or they are damaged."""
    try:
        layout, start = tiff_tags.read_header(file)
        directory = tiff_tags.read_directory(file, layout, start, wanted={*_DESCRIPTIVE, _IPTC})
        iptc = directory.pop(_IPTC, None)
        classic = layout._replace(is_big=False)
        exif = tiff_tags.header(classic, 8) + tiff_tags.pack(directory, classic, 8) if directory else None
    except DAMAGED as error:
        log.warning("unreadable TIFF tags: %s", error)
        return None, None
    return exif, iptc.data if isinstance(iptc, Field) else None


def embed(metadata: Metadata, file_format: Format, source: BinaryIO, target: BinaryIO) -> None:
    """Copy the picture that libvips wrote, with the blocks that libvips cannot write."""
    splices = _SPLICERS[file_format](metadata, source)
    source.seek(0)
    for splice in splices:
        _copy(source, target, splice.offset)
        source.seek(splice.removed, os.SEEK_CUR)
        target.write(splice.inserted)
    shutil.copyfileobj(source, target, 2**20)


class _Splice(NamedTuple):
    """`inserted` takes the place of the `removed` bytes at `offset` of the file that libvips wrote."""

    offset: int
    removed: int
    inserted: bytes


def _copy(source: BinaryIO, target: BinaryIO, until: int) -> None:
    while chunk := source.read(min(2**20, until - source.tell())):
        target.write(chunk)


def _jpeg_splices(metadata: Metadata, _: BinaryIO) -> list[_Splice]:
    dpi = [min(max(round(value * _MM_PER_INCH), 1), 65535) for value in metadata.pixels_per_mm]
    segments = [_jpeg_segment(0xE0, b"JFIF\0\1\2\1" + struct.pack(">HHxx", *dpi))]
    if metadata.icc is None and metadata.exif and tiff_tags.says_adobe_rgb(metadata.exif):
        metadata = recolored(metadata, None, is_srgb=True)  # else the JPEG would be taken for Adobe RGB
    if metadata.exif:
        segments.append(_jpeg_segment(0xE1, b"Exif\0\0" + _jpeg_exif(metadata.exif)))
    if metadata.xmp:
        segments.append(_jpeg_segment(0xE1, XMP_MARK + metadata.xmp))
        segments += [_jpeg_segment(0xE1, part) for part in metadata.xmp_extension]
    if metadata.iptc:
        segments.append(_jpeg_segment(0xED, _photoshop_block(metadata.iptc)))
    return [_Splice(2, 0, b"".join(segments))]


def _jpeg_exif(exif: bytes) -> bytes:
    """What has room in a JPEG; of camera raw and TIFF it may be longer, mostly for the maker note."""
    if len(exif) <= LARGEST_JPEG_EXIF_BYTES:
        return exif
    try:
        return tiff_tags.shortened(exif, LARGEST_JPEG_EXIF_BYTES)
    except DAMAGED:
        return exif  # is left out


def _jpeg_segment(marker: int, body: bytes) -> bytes:
    if len(body) > _JPEG_SEGMENT_BYTES:
        log.warning("metadata of %d bytes is left out: a JPEG holds at most %d", len(body), _JPEG_SEGMENT_BYTES)
        return b""
    return struct.pack(">BBH", 0xFF, marker, len(body) + 2) + body


def _png_splices(metadata: Metadata, _: BinaryIO) -> list[_Splice]:
    inserted = chunks(metadata.texts)
    if metadata.exif:
        inserted += png_chunk(b"eXIf", metadata.exif)
    header_end = 33
    return [_Splice(header_end, 0, inserted)] if inserted else []


def _webp_splices(metadata: Metadata, file: BinaryIO) -> list[_Splice]:
    if not metadata.exif:
        return []
    head = file.read(30)
    size = file.seek(0, os.SEEK_END)
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
    fields: Directory = {}
    layout, start = tiff_tags.read_header(file)
    if metadata.exif:
        fields |= _exif_fields(metadata.exif, layout)
    if metadata.iptc and (records := _iptc_records(metadata.iptc)):
        fields[_IPTC] = Field(tiff_tags.UNDEFINED, len(records), records)
    if not fields:
        return []
    fields |= tiff_tags.read_directory(file, layout, start)
    size = file.seek(0, os.SEEK_END)
    padding = size % 2
    header = tiff_tags.header(layout, size + padding)
    directory = tiff_tags.pack(fields, layout, size + padding)
    return [_Splice(0, len(header), header), _Splice(size, 0, b"\0" * padding + directory)]


_SPLICERS: dict[Format, Callable[[Metadata, BinaryIO], list[_Splice]]] = {
    "jpeg": _jpeg_splices,
    "png": _png_splices,
    "tiff": _tiff_splices,
    "webp": _webp_splices,
}


def _exif_fields(exif: bytes, layout: Layout) -> Directory:
    """What an EXIF block says about the photo, in the byte order of another file."""
    file = io.BytesIO(exif)
    try:
        own_layout, start = tiff_tags.read_header(file)
        fields = tiff_tags.read_directory(file, own_layout, start, wanted=_DESCRIPTIVE)
    except DAMAGED as error:
        log.warning("unreadable EXIF is left out: %s", error)
        return {}
    return fields if own_layout.order == layout.order else tiff_tags.swapped(fields)


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
