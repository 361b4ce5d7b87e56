"""Opens and saves picture files: JPEG, PNG, TIFF and WebP, through libvips."""

from __future__ import annotations

import logging
import os
import re
import stat
import tempfile
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import numpy as np
import pyvips
from numpy.typing import NDArray

from engine.errors import ImageReadError, ImageWriteError
from engine.jpeg import read_quality
from engine.metadata import Format, Metadata, embed, read_tiff, resized, upright
from engine.tiff_tags import is_cut_short

# libvips and libtiff warn about every odd tag; what matters comes back as an error.
logging.getLogger("pyvips").setLevel(logging.CRITICAL)
# A cached operation would keep its file open, and Windows does not replace an open file.
pyvips.cache_set_max(0)

_FORMATS: dict[str, Format] = {
    ".jpg": "jpeg",
    ".jpeg": "jpeg",
    ".png": "png",
    ".tif": "tiff",
    ".tiff": "tiff",
    ".webp": "webp",
}
READABLE_SUFFIXES: tuple[str, ...] = tuple(_FORMATS)
"""How picture files usually end, lower case; `read_image` itself goes by the content."""
WRITABLE_SUFFIXES: tuple[str, ...] = tuple(_FORMATS)
"""The suffixes that `write_image` knows, lower case."""

_SIGNATURES: dict[Format, re.Pattern[bytes]] = {
    "jpeg": re.compile(rb"\xff\xd8\xff"),
    "png": re.compile(rb"\x89PNG\r\n\x1a\n"),
    "tiff": re.compile(rb"II[*+]\0|MM\0[*+]"),
    "webp": re.compile(rb"RIFF....WEBP", re.DOTALL),
}
_DTYPES: dict[str, np.dtype[Any]] = {
    "uchar": np.dtype(np.uint8),
    "ushort": np.dtype(np.uint16),
    "float": np.dtype(np.float32),
}
_SAMPLES = {dtype: name for name, dtype in _DTYPES.items()}
_FULL_SCALE = {"uchar": 255, "ushort": 65535, "float": 1}
# From the narrowest to the widest; what is wider still is rounded to the last.
_HELD_SAMPLES: dict[Format, tuple[str, ...]] = {
    "jpeg": ("uchar",),
    "png": ("uchar", "ushort"),
    "tiff": ("uchar", "ushort", "float"),
    "webp": ("uchar",),
}
_COLOURS = ("b-w", "grey16", "srgb", "rgb16", "scrgb")
_CUT_SHORT = "it is damaged or cut short; copy it again from where it came"
_STRIP_ROWS = 64
_MAX_SIDE_PX: dict[Format, int] = {"jpeg": 65500, "webp": 16383}
_MAX_TIFF_BYTES = 4_000_000_000  # 2**32, with room for what stands beside the pixels


@dataclass(frozen=True, slots=True)
class Image:
    """A picture between files, engine and screen.

    Attributes:
        pixels: (H, W, C) uint8, uint16 or float32, C in {1, 3}; gamma-encoded as in the file, upright.
        alpha: (H, W), the same type; None where the file has none.
        metadata: what the file says beside its pixels.
    """

    pixels: NDArray[Any]
    alpha: NDArray[Any] | None = None
    metadata: Metadata = field(default_factory=Metadata)

    @property
    def height(self) -> int:
        """Rows."""
        return int(self.pixels.shape[0])

    @property
    def width(self) -> int:
        """Columns."""
        return int(self.pixels.shape[1])

    @property
    def channels(self) -> int:
        """1 for gray, 3 for RGB."""
        return int(self.pixels.shape[2])

    @property
    def megapixels(self) -> float:
        """Millions of pixels."""
        return self.width * self.height / 1e6


def read_image(path: Path) -> Image:
    """Open a picture; its content decides the format, not its suffix.

    Samples keep their type, but palettes, 1-bit and CMYK pictures become gray or RGB of 8 or 16 bits.
    Of several pages the first is read.

    Raises:
        ImageReadError: the file is missing, damaged, cut short or no picture.
    """
    file_format = sniff_format(path)
    try:
        picture = _opened(path, file_format)
    except pyvips.Error as error:
        reason = "it is damaged or of an unusual kind; save it anew as an ordinary 8- or 16-bit picture"
        raise ImageReadError(path, reason) from error
    if picture.format not in _DTYPES or picture.interpretation not in _COLOURS or picture.bands > 4:
        reason = "it is not gray, RGB or CMYK of 8 or 16 bits; save it anew as one of these"
        raise ImageReadError(path, reason)
    orientation = picture.get("orientation") if picture.get_typeof("orientation") else 1
    try:
        pixels, alpha = _decoded(picture, orientation)
    except pyvips.Error as error:
        raise ImageReadError(path, _CUT_SHORT) from error
    except MemoryError as error:
        reason = f"its {picture.width} x {picture.height} pixels do not fit into the memory; make it smaller first"
        raise ImageReadError(path, reason) from error
    if pixels.dtype == np.float32 and not np.isfinite(pixels).all():
        raise ImageReadError(path, "some of its samples are no numbers; save it anew as a 16-bit picture")
    metadata = _metadata(picture, path, file_format)
    return Image(pixels, alpha, upright(metadata) if orientation > 1 else metadata)


def write_image(path: Path, image: Image, *, quality: int = 95) -> None:
    """Save a picture in the format of the suffix; an old file stays until the new one is complete.

    Samples wider than the format holds are rounded; JPEG leaves alpha out, WebP makes RGB of gray.

    Args:
        quality: of JPEG and WebP, 1 to 100; TIFF and PNG lose nothing.

    Raises:
        ImageWriteError: the picture cannot be saved there; what was there before is untouched.
    """
    check_target(path, image.width, image.height)
    file_format, target = _FORMATS[path.suffix.lower()], path.resolve()  # a link stays a link, its file is replaced
    try:
        # Beside the target, so that the last step cannot fail halfway; inside a folder, so that the
        # new file has ordinary permissions and nothing is left behind.
        with tempfile.TemporaryDirectory(prefix=".rednet-", dir=target.parent) as folder:
            encoded, complete = Path(folder, "encoded"), Path(folder, "complete")
            _encode(image, file_format, encoded, quality)
            metadata = resized(image.metadata, image.width, image.height)
            with encoded.open("rb") as source, complete.open("wb") as sink:
                embed(metadata, file_format, source, sink)
                sink.flush()
                os.fsync(sink.fileno())
            complete.replace(target)
    except pyvips.Error as error:
        raise ImageWriteError(path, "writing failed; check that the disk has room") from error
    except PermissionError as error:
        raise ImageWriteError(path, "you may not write there; choose another folder") from error
    except OSError as error:
        raise ImageWriteError(path, f"writing failed ({_cause(error)}); choose another folder") from error


def check_target(path: Path, width: int, height: int) -> None:
    """Find out, before the work is done, whether a picture of that size can be saved there.

    Raises:
        ImageWriteError: it cannot.
    """
    file_format = _FORMATS.get(path.suffix.lower())
    if file_format is None:
        raise ImageWriteError(path, f"the name must end in one of {', '.join(WRITABLE_SUFFIXES)}")
    try:
        reason = _reason_against_size(width, height, file_format) or _reason_against_place(path.resolve())
    except OSError as error:
        raise ImageWriteError(path, f"writing failed ({_cause(error)}); choose another folder") from error
    if reason is not None:
        raise ImageWriteError(path, reason)


def sniff_format(path: Path) -> Format:
    """What kind of picture a file holds, by its content.

    Raises:
        ImageReadError: the file is missing, unreadable, cut short or no picture.
    """
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            raise ImageReadError(path, "it is a folder or a device; choose a picture file")
        with path.open("rb") as file:
            head = file.read(12)
            file_format = next((name for name, signature in _SIGNATURES.items() if signature.match(head)), None)
            ends_early = file_format == "tiff" and is_cut_short(file)
    except FileNotFoundError as error:
        raise ImageReadError(path, "there is no such file; check its name") from error
    except PermissionError as error:
        raise ImageReadError(path, "you may not read it; change its permissions") from error
    except OSError as error:
        raise ImageReadError(path, f"reading failed ({_cause(error)}); copy it to another disk first") from error
    if not head:
        raise ImageReadError(path, "it is empty; copy it again from where it came")
    if ends_early:
        raise ImageReadError(path, _CUT_SHORT)
    if file_format is None:
        raise ImageReadError(path, "it is not a JPEG, PNG, TIFF or WebP picture; convert it to one of these first")
    return file_format


def _cause(error: OSError) -> str:
    return (error.strerror or type(error).__name__).lower()


def _opened(path: Path, file_format: Format) -> Any:
    """The picture, not yet decoded; CMYK already on its way to sRGB."""
    load = getattr(pyvips.Image, f"{file_format}load_source")
    options: dict[str, Any] = {"access": "sequential", "fail_on": "error"}
    if file_format == "tiff":
        options["unlimited"] = True  # else strips of over 50 MB are refused
    # A source takes any name; the other ways to open look for "[options]" in it.
    picture = load(pyvips.Source.new_from_file(os.fsencode(path)), **options)
    if picture.interpretation != "cmyk":
        return picture
    depth = 16 if picture.format == "ushort" else 8
    # "cmyk" is a common press profile, for pictures that bring none of their own.
    return picture.icc_transform(
        "srgb", embedded=True, input_profile="cmyk", black_point_compensation=True, depth=depth
    )


def _decoded(picture: Any, orientation: int) -> tuple[NDArray[Any], NDArray[Any] | None]:
    """Pixels and alpha, upright. Strip by strip, so that no second copy of the picture ever exists."""
    dtype = _DTYPES[picture.format]
    channels = 3 if picture.bands > 2 else 1
    shape = (picture.height, picture.width) if orientation < 5 else (picture.width, picture.height)
    pixels = np.empty((*shape, channels), dtype)
    alpha = np.empty(shape, dtype) if picture.bands > channels else None
    region = pyvips.Region.new(picture)
    for top in range(0, picture.height, _STRIP_ROWS):
        rows = min(_STRIP_ROWS, picture.height - top)
        data = region.fetch(0, top, picture.width, rows)
        strip = np.frombuffer(data, dtype).reshape(rows, picture.width, picture.bands)
        _as_in_file(pixels, orientation)[top : top + rows] = strip[..., :channels]
        if alpha is not None:
            _as_in_file(alpha, orientation)[top : top + rows] = strip[..., channels]
    return pixels, alpha


def _as_in_file(upright: NDArray[Any], orientation: int) -> NDArray[Any]:
    """A view of an upright array, turned as a file with this EXIF orientation holds it."""
    if orientation in (2, 3, 6, 7):
        upright = upright[:, ::-1]
    if orientation in (3, 4, 7, 8):
        upright = upright[::-1]
    return upright.swapaxes(0, 1) if orientation >= 5 else upright


def _metadata(picture: Any, path: Path, file_format: Format) -> Metadata:
    icc, exif, xmp, iptc = (
        picture.get(name) if picture.get_typeof(name) else None
        for name in ("icc-profile-data", "exif-data", "xmp-data", "iptc-data")
    )
    quality = None
    if file_format in ("tiff", "jpeg"):
        with path.open("rb") as file:
            if file_format == "tiff":
                exif, iptc = read_tiff(file)
            else:
                quality = read_quality(file)
    if exif is not None:
        exif = exif.removeprefix(b"Exif\0\0")
    metadata = Metadata(icc, exif, xmp, iptc, jpeg_quality=quality)
    resolution = (picture.xres, picture.yres)
    # libvips says 1 pixel per millimetre where a file says nothing.
    return metadata if resolution == (1, 1) else replace(metadata, pixels_per_mm=resolution)


def _reason_against_size(width: int, height: int, file_format: Format) -> str | None:
    if not width * height:
        return "the picture has no pixels; open another one"
    longest, limit = max(width, height), _MAX_SIDE_PX.get(file_format)
    if limit is not None and longest > limit:
        return f"it is {longest} pixels long, {file_format.upper()} holds {limit}; save it as PNG or TIFF"
    return None


def _reason_against_place(target: Path) -> str | None:
    if target.is_dir():
        return "a folder has that name; choose another name"
    if not target.parent.is_dir():
        return f"there is no folder {target.parent}; create it first"
    if target.exists() and not os.access(target, os.W_OK):
        return "the file there is write-protected; choose another name"
    return None


def _encode(image: Image, file_format: Format, file: Path, quality: int) -> None:
    """Write the pixels, and of the metadata what libvips keeps as it is."""
    picture = _to_vips(image, file_format)
    options: dict[str, Any] = {"keep": "icc" if file_format == "jpeg" else "icc:xmp"}
    match file_format:
        case "jpeg":
            options |= {"Q": quality, "subsample_mode": "off"}
        case "png":
            options |= {"filter": "sub"}
        case "tiff":
            predictor = "float" if picture.format == "float" else "horizontal"
            raw_bytes = image.pixels.nbytes + (0 if image.alpha is None else image.alpha.nbytes)
            options |= {"compression": "deflate", "predictor": predictor, "bigtiff": raw_bytes > _MAX_TIFF_BYTES}
        case "webp":
            options |= {"Q": quality, "smart_subsample": True, "exact": True}
    getattr(picture, f"{file_format}save_target")(pyvips.Target.new_to_file(os.fsencode(file)), **options)


def _to_vips(image: Image, file_format: Format) -> Any:
    samples = _SAMPLES[image.pixels.dtype]
    picture = _wrapped(image.pixels)
    if image.alpha is not None and file_format != "jpeg":
        picture = picture.bandjoin(_wrapped(image.alpha[..., None]))
    held = _HELD_SAMPLES[file_format]
    if samples not in held:
        picture = (picture * (_FULL_SCALE[held[-1]] / _FULL_SCALE[samples])).rint().cast(held[-1])
        samples = held[-1]
    is_gray = image.channels == 1
    colour = {"uchar": ("srgb", "b-w"), "ushort": ("rgb16", "grey16"), "float": ("scrgb", "b-w")}[samples][is_gray]
    across, down = image.metadata.pixels_per_mm
    picture = picture.copy(interpretation=colour, xres=across, yres=down)
    picture.set_type(pyvips.GValue.gstr_type, "resolution-unit", "in")
    icc, xmp = image.metadata.icc, image.metadata.xmp
    if xmp is not None:
        picture.set_type(pyvips.GValue.blob_type, "xmp-data", xmp)
    if icc is not None:
        picture.set_type(pyvips.GValue.blob_type, "icc-profile-data", icc)
    if file_format == "webp" and is_gray and icc is not None and icc[16:20] == b"GRAY":
        return picture.icc_transform("srgb", embedded=True)  # WebP has only RGB, for which the profile is wrong
    return picture


def _wrapped(samples: NDArray[Any]) -> Any:
    """(H, W, C) samples as a libvips picture, without a copy."""
    height, width, bands = samples.shape
    return pyvips.Image.new_from_memory(np.ascontiguousarray(samples), width, height, bands, _SAMPLES[samples.dtype])
