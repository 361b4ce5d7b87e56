"""Opens picture files; what libvips cannot decode goes through pi-heif and LibRaw."""

from __future__ import annotations

import logging
import math
import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any, BinaryIO

import cv2
import numpy as np
import pyvips
from numpy.typing import NDArray

from engine.camera_raw import UnknownRaw, read_raw
from engine.errors import ImageReadError
from engine.heif import read_heic, widened
from engine.icc import meant_profile
from engine.image import Image, Sketch
from engine.image_formats import CUT_SHORT, ReadFormat, reading, sniff_format, undecodable
from engine.jpeg import read_quality, read_xmp
from engine.large_arrays import empty, release
from engine.metadata import Metadata, read_tiff, upright
from engine.multi_picture import read_contents
from engine.png_text import Texts, frame_count, own_texts, raw_exif, raw_iptc, read_texts
from engine.tiff_tags import has_layers

# libvips and libtiff warn about every odd tag; what matters comes back as an error.
logging.getLogger("pyvips").setLevel(logging.CRITICAL)
# A cached operation would keep its file open, and Windows does not replace an open file.
pyvips.cache_set_max(0)

DTYPES: dict[str, np.dtype[Any]] = {
    "uchar": np.dtype(np.uint8),
    "ushort": np.dtype(np.uint16),
    "float": np.dtype(np.float32),
}
"""The samples of libvips that an `Image` can have."""

_COLOURS = ("b-w", "grey16", "srgb", "rgb16", "scrgb")
_STRIP_ROWS = 64
_SKETCH_EVERY_S = 0.25
_SKETCH_SIDE_PX = 2048
_UNREAD = 0.25  # of full scale
_LOADERS = {"avif": "heif"}
_WAS_CMYK = "rednet-was-cmyk"
# A file of a few bytes can claim to hold more than the disk does. These formats squeeze samples less than that.
_STREAMED = ("jpeg", "png", "gif")
_MOST_SAMPLES_PER_BYTE = 20_000
_BOMB_SAMPLES = 10**8
_LONGEST_AVIF_PX = 65_536  # of an AV1 frame; a plain one of any size takes about a thousand bytes


def read_image(path: Path, on_sketch: Callable[[Sketch], None] | None = None) -> Image:
    """Open a picture; its content decides the format, not its suffix.

    Samples keep their type, but palettes, 1-bit and CMYK pictures become gray or RGB of 8 or 16 bits.
    Of several pages the first is read. What a camera's sensor saw becomes 16-bit sRGB.

    Args:
        on_sketch: called a few times a second while it takes long; never for HEIC, AVIF, camera raw and alpha.
    Raises:
        ImageReadError: the file is missing, damaged, cut short or no picture.
    """
    file_format = sniff_format(path)
    if file_format == "heic":
        return _split(*read_heic(path))
    if file_format == "raw":
        try:
            return _split(*read_raw(path))
        except UnknownRaw as error:
            file_format = "tiff"  # whose name only looks like that of a camera's file
            if not _is_tiff(path):
                raise ImageReadError(path, "it is damaged, or of a camera that is not known here") from error
    picture = _checked(path, file_format)
    # libheif turns pictures itself, whatever their EXIF says.
    orientation = picture.get("orientation") if picture.get_typeof("orientation") and file_format != "avif" else 1
    try:
        pixels, alpha = _decoded(picture, orientation, path, on_sketch if file_format != "avif" else None)
    except pyvips.Error as error:
        raise undecodable(path, CUT_SHORT) from error
    except MemoryError as error:
        reason = f"its {picture.width} x {picture.height} pixels do not fit into the memory; make it smaller first"
        raise ImageReadError(path, reason) from error
    if file_format == "avif" and pixels.dtype == np.uint16:
        bits = picture.get("bits-per-sample") if picture.get_typeof("bits-per-sample") else 16
        pixels, alpha = widened(pixels, bits), None if alpha is None else widened(alpha, bits)
    metadata = _metadata(picture, path, file_format)
    return Image(pixels, alpha, upright(metadata) if orientation > 1 or file_format == "avif" else metadata)


def read_metadata(path: Path) -> Metadata:
    """What a file of libvips' formats says beside its pixels. Raises: ImageReadError."""
    file_format = sniff_format(path)
    return _metadata(_checked(path, file_format), path, file_format)


def _split(samples: NDArray[Any], metadata: Metadata) -> Image:
    """A picture from samples with or without alpha."""
    channels = 3 if samples.shape[2] > 2 else 1
    alpha = np.ascontiguousarray(samples[..., channels]) if samples.shape[2] > channels else None
    return Image(np.ascontiguousarray(samples[..., :channels]), alpha, metadata)


@contextmanager
def _opened_again(path: Path) -> Iterator[BinaryIO]:
    """A file that was read before, and may be gone by now. Raises: ImageReadError."""
    with reading(path), path.open("rb") as file:
        yield file


def _is_tiff(path: Path) -> bool:
    with _opened_again(path) as file:
        return file.read(4) in (b"II*\0", b"MM\0*", b"II+\0", b"MM\0+")


def _checked(path: Path, file_format: ReadFormat) -> Any:
    """The picture, not yet decoded, if it is of a kind that can be. Raises: ImageReadError."""
    try:
        picture = _opened(path, file_format)
    except pyvips.Error as error:
        reason = "it is damaged or of an unusual kind; save it anew as an ordinary 8- or 16-bit picture"
        raise undecodable(path, reason) from error
    if picture.format not in DTYPES or picture.interpretation not in _COLOURS or picture.bands > 4:
        reason = "it is not gray, RGB or CMYK of 8 or 16 bits; save it anew as one of these"
        raise ImageReadError(path, reason)
    refuse_bomb(picture, path, file_format)
    return picture


def refuse_bomb(picture: Any, path: Path, file_format: ReadFormat) -> None:
    """Find out, before a picture is decoded, whether it can be as large as it says. Raises: ImageReadError."""
    samples = picture.width * picture.height * picture.bands
    is_bomb = file_format == "avif" and max(picture.width, picture.height) > _LONGEST_AVIF_PX
    with reading(path):
        size_bytes = path.stat().st_size
    if file_format in _STREAMED:
        is_bomb = samples > max(_BOMB_SAMPLES, _MOST_SAMPLES_PER_BYTE * size_bytes)
    if is_bomb:
        reason = f"it claims {picture.width} x {picture.height} pixels, far more than can be in it"
        raise ImageReadError(path, f"{reason}; copy it again from where it came")


def _opened(path: Path, file_format: ReadFormat) -> Any:
    """The picture, not yet decoded; CMYK already on its way to sRGB."""
    load = getattr(pyvips.Image, f"{_LOADERS.get(file_format, file_format)}load_source")
    options: dict[str, Any] = {"access": "sequential", "fail_on": "error"}
    if file_format == "tiff":
        options["unlimited"] = True  # else strips of over 50 MB are refused
    # A source takes any name; the other ways to open look for "[options]" in it.
    picture = load(pyvips.Source.new_from_file(os.fsencode(path)), **options)
    if picture.interpretation != "cmyk":
        return picture
    depth = 16 if picture.format == "ushort" else 8
    # "cmyk" is a common press profile, for pictures that bring none of their own.
    converted = picture.extract_band(0, n=4).icc_transform(
        "srgb", embedded=True, input_profile="cmyk", black_point_compensation=True, depth=depth
    )
    if picture.bands > 4:  # libvips would take transparency of 16 bits for one of 8
        converted = converted.bandjoin(picture.extract_band(4, n=picture.bands - 4))
    converted.set_type(pyvips.GValue.gint_type, _WAS_CMYK, 1)
    return converted


def _decoded(
    picture: Any, orientation: int, path: Path, on_sketch: Callable[[Sketch], None] | None
) -> tuple[NDArray[Any], NDArray[Any] | None]:
    """Pixels and alpha, upright. Strip by strip, so that no second copy of the picture ever exists."""
    dtype = DTYPES[picture.format]
    channels = 3 if picture.bands > 2 else 1
    shape = (picture.height, picture.width) if orientation < 5 else (picture.width, picture.height)
    pixels = empty((*shape, channels), dtype)
    alpha = empty(shape, dtype) if picture.bands > channels else None
    sketcher = None if on_sketch is None or alpha is not None else _Sketcher(pixels, orientation, picture, on_sketch)
    region = pyvips.Region.new(picture)
    for top in range(0, picture.height, _STRIP_ROWS):
        rows = min(_STRIP_ROWS, picture.height - top)
        data = region.fetch(0, top, picture.width, rows)
        strip = np.frombuffer(data, dtype).reshape(rows, picture.width, picture.bands)
        if dtype == np.float32 and not np.isfinite(strip).all():
            raise ImageReadError(path, "some of its samples are no numbers; save it anew as a 16-bit picture")
        _as_in_file(pixels, orientation)[top : top + rows] = strip[..., :channels]
        release(pixels)
        if sketcher is not None:
            sketcher.add(top, strip)
        if alpha is not None:
            _as_in_file(alpha, orientation)[top : top + rows] = strip[..., channels]
            release(alpha)
    return pixels, alpha


class _Sketcher:
    """Keeps a small copy of what has been read, and tells of it now and then."""

    def __init__(
        self, pixels: NDArray[Any], orientation: int, picture: Any, on_sketch: Callable[[Sketch], None]
    ) -> None:
        height, width, channels = pixels.shape
        # A power of two, so that strips meet between samples.
        self._every = min(_STRIP_ROWS, 1 << max(0, math.ceil(math.log2(max(height, width) / _SKETCH_SIDE_PX))))
        full = 1.0 if pixels.dtype == np.float32 else np.iinfo(pixels.dtype).max
        shape = (math.ceil(height / self._every), math.ceil(width / self._every), channels)
        self._small = np.full(shape, _UNREAD * full, pixels.dtype)
        self._in_file = _as_in_file(self._small, orientation)
        self._size, self._icc, self._on_sketch = (width, height), profile_of(picture), on_sketch
        self._told_s = time.monotonic()

    def add(self, top: int, strip: NDArray[Any]) -> None:
        first, rows = top // self._every, math.ceil(strip.shape[0] / self._every)
        size = (self._in_file.shape[1], rows)
        small = cv2.resize(strip, size, interpolation=cv2.INTER_AREA)
        self._in_file[first : first + rows] = small.reshape(rows, size[0], -1)
        now = time.monotonic()
        if now - self._told_s >= _SKETCH_EVERY_S:
            self._told_s = now
            self._on_sketch(Sketch(self._small.copy(), *self._size, self._icc))


def _as_in_file(upright: NDArray[Any], orientation: int) -> NDArray[Any]:
    """A view of an upright array, turned as a file with this EXIF orientation holds it."""
    if orientation in (2, 3, 6, 7):
        upright = upright[:, ::-1]
    if orientation in (3, 4, 7, 8):
        upright = upright[::-1]
    return upright.swapaxes(0, 1) if orientation >= 5 else upright


def profile_of(picture: Any) -> bytes | None:
    """The profile that libvips found, or the one that a camera's EXIF means instead; None for sRGB and gray."""
    if picture.get_typeof("icc-profile-data"):
        return bytes(picture.get("icc-profile-data"))
    is_cameras = picture.get("vips-loader").startswith("jpegload") and picture.bands == 3
    has_exif = picture.get_typeof("exif-data") and not picture.get_typeof(_WAS_CMYK)
    return meant_profile(picture.get("exif-data")) if is_cameras and has_exif else None


def _metadata(picture: Any, path: Path, file_format: ReadFormat) -> Metadata:
    icc, exif, xmp, iptc = (
        picture.get(name) if picture.get_typeof(name) else None
        for name in ("icc-profile-data", "exif-data", "xmp-data", "iptc-data")
    )
    metadata = Metadata(
        *(icc, exif, xmp, iptc),
        pages=_page_count(picture, path, file_format),
        is_cmyk=bool(picture.get_typeof(_WAS_CMYK)),
        is_lossy=_is_lossy(path, file_format),
    )
    if file_format == "png":
        with _opened_again(path) as file:
            metadata = _with_texts(metadata, read_texts(file))
    if file_format in ("tiff", "jpeg"):
        with _opened_again(path) as file:
            metadata = (_with_tags if file_format == "tiff" else _with_segments)(metadata, file)
    if metadata.exif is not None:
        metadata = replace(metadata, exif=metadata.exif.removeprefix(b"Exif\0\0"))
    if file_format == "jpeg":
        metadata = replace(metadata, icc=profile_of(picture))
    resolution = (picture.xres, picture.yres)
    # libvips says 1 pixel per millimetre where a file says nothing.
    return metadata if resolution == (1, 1) else replace(metadata, pixels_per_mm=resolution)


def _with_texts(metadata: Metadata, found: Texts) -> Metadata:
    exif, texts = metadata.exif, dict(found)
    if exif is None:  # nobody turns pictures by what is spelled out
        exif = upright(Metadata(exif=raw_exif(texts))).exif
    return replace(metadata, exif=exif, iptc=metadata.iptc or raw_iptc(texts), texts=own_texts(found))


def _with_tags(metadata: Metadata, file: BinaryIO) -> Metadata:
    exif, iptc = read_tiff(file)
    return replace(metadata, exif=exif, iptc=iptc, has_layers=has_layers(file))


def _with_segments(metadata: Metadata, file: BinaryIO) -> Metadata:
    quality = read_quality(file)
    file.seek(0)
    xmp, extension = read_xmp(file)
    file.seek(0)
    pages, has_companions = read_contents(file, xmp)
    return replace(
        metadata,
        xmp=xmp,
        xmp_extension=extension,
        jpeg_quality=quality,
        pages=pages,
        has_companions=has_companions,
    )


def _is_lossy(path: Path, file_format: ReadFormat) -> bool:
    if file_format == "webp":
        with _opened_again(path) as file:
            return not _is_lossless_webp(file)
    return file_format in ("jpeg", "avif")


def _is_lossless_webp(file: BinaryIO) -> bool:
    """Source: RFC 9649, sections 2.3 to 2.7: chunks of even length, of which the first of pixels says it."""
    file.seek(12)
    while len(head := file.read(8)) == 8 and head[:4] not in (b"VP8L", b"VP8 ", b"ANMF"):
        length = int.from_bytes(head[4:], "little")
        file.seek(length + length % 2, os.SEEK_CUR)
    return head[:4] == b"VP8L"


def _page_count(picture: Any, path: Path, file_format: ReadFormat) -> int:
    if file_format == "png":  # libvips knows no moving ones
        with _opened_again(path) as file:
            return frame_count(file)
    return max(1, picture.get("n-pages")) if picture.get_typeof("n-pages") else 1
