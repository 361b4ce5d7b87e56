"""Saves picture files: JPEG, PNG, TIFF and WebP, through libvips."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np
import pyvips
from numpy.typing import NDArray

from engine.errors import ImageReadError, ImageWriteError, NameTakenError
from engine.image import Image
from engine.image_formats import FORMATS, WRITABLE_SUFFIXES, cause_of
from engine.image_reading import DTYPES, read_metadata
from engine.large_arrays import is_on_disk, release
from engine.metadata import Format, Metadata, embed, resized, with_thumbnail
from engine.safe_file import hidden_file
from engine.saved import Saved, compared
from engine.tiff_tags import DAMAGED

DEFAULT_QUALITY = 95
_LEAST_QUALITY = 90
_SAMPLES = {dtype: name for name, dtype in DTYPES.items()}
_FULL_SCALE = {"uchar": 255, "ushort": 65535, "float": 1}
# From the narrowest to the widest; what is wider still is rounded to the last.
_HELD_SAMPLES: dict[Format, tuple[str, ...]] = {
    "jpeg": ("uchar",),
    "png": ("uchar", "ushort"),
    "tiff": ("uchar", "ushort", "float"),
    "webp": ("uchar",),
}
_MAX_SIDE_PX: dict[Format, int] = {"jpeg": 65500, "webp": 16383}
_MAX_TIFF_BYTES = 4_000_000_000  # 2**32, with room for what stands beside the pixels
# How small files of photos may become beside their samples; paintings and scans of text are smaller than photos.
_LEAST_SHARES: dict[Format, float] = {"jpeg": 0.01, "png": 0.05, "tiff": 0.05, "webp": 0.01}
_THUMBNAIL_PX = (160, 120)
_THUMBNAIL_QUALITIES = (85, 70, 50, 30)


def default_quality(metadata: Metadata) -> int:
    """The quality to save a JPEG or WebP at, if nobody asks for one: its source's, but never one that shows."""
    return DEFAULT_QUALITY if metadata.jpeg_quality is None else max(_LEAST_QUALITY, metadata.jpeg_quality)


def write_image(path: Path, image: Image, *, quality: int = DEFAULT_QUALITY, replaces: bool = True) -> Saved:
    """Save a picture in the format of the suffix; an old file stays until the new one is complete.

    Samples wider than the format holds are rounded; JPEG leaves alpha out, WebP makes RGB of gray. What a format, or
    the state of it, does not let in beside the pixels is left out; the picture is saved in any case.

    Args:
        quality: of JPEG and WebP, 1 to 100; TIFF and PNG lose nothing.
        replaces: whether a file that is there may go.
    Returns: what was kept, read from the file.
    Raises:
        NameTakenError: there is a file that is not to be replaced.
        ImageWriteError: the picture cannot be saved there; what was there before is untouched.
    """
    check_target(path, image.width, image.height)
    file_format, target = FORMATS[path.suffix.lower()], path.resolve()  # a link stays a link, its file is replaced
    image = _with_its_size(image)
    # Beside the target, so that the last step cannot fail halfway.
    with _told(path), hidden_file(target.parent) as encoded, hidden_file(target.parent) as complete:
        _encode_in_any_case(image, file_format, encoded.file, quality)
        _embed_in_any_case(image, file_format, encoded.file, complete.file)
        complete.publish(target, replaces=replaces)
    return compared(image, file_format, DTYPES[_held(image, file_format)], _found(target))


def write_encoded(path: Path, data: bytes, *, replaces: bool = True) -> None:
    """Save a picture that `write_image` has made a file of elsewhere; an old file stays until it is complete.

    Raises:
        NameTakenError: there is a file that is not to be replaced.
        ImageWriteError: it cannot be saved there; what was there before is untouched.
    """
    check_target(path, 1, 1)
    target = path.resolve()
    with _told(path), hidden_file(target.parent) as complete:
        complete.file.write(data)
        complete.publish(target, replaces=replaces)


@contextmanager
def _told(path: Path) -> Iterator[None]:
    """What goes wrong with a file, in a sentence. Raises: ImageWriteError."""
    try:
        yield
    except pyvips.Error as error:
        raise ImageWriteError(path, "writing failed; check that the disk has room") from error
    except FileExistsError as error:
        raise NameTakenError(path, "a file of that name has come there meanwhile; choose another name") from error
    except PermissionError as error:
        raise ImageWriteError(path, "you may not write there; choose another folder") from error
    except OSError as error:
        raise ImageWriteError(path, f"writing failed ({cause_of(error)}); choose another folder") from error


def _found(target: Path) -> Metadata:
    try:
        return read_metadata(target)
    except ImageReadError:  # somebody has taken it away already
        return Metadata()


def _with_its_size(image: Image) -> Image:
    try:
        return replace(image, metadata=resized(image.metadata, image.width, image.height))
    except (*DAMAGED, IndexError):
        return image


def _encode_in_any_case(image: Image, file_format: Format, file: BinaryIO, quality: int) -> None:
    """Encode the pixels; with the profile and XMP, unless that is what makes it fail."""
    try:
        _encode(image, file_format, file, quality)
    except pyvips.Error:
        if image.metadata.icc is None and image.metadata.xmp is None:
            raise
        file.seek(0)
        file.truncate()
        bare = replace(image, metadata=replace(image.metadata, icc=None, xmp=None))
        _encode(bare, file_format, file, quality)


def _embed_in_any_case(image: Image, file_format: Format, source: BinaryIO, sink: BinaryIO) -> None:
    source.seek(0)  # libvips has moved on behind Python's back
    try:
        metadata = with_thumbnail(image.metadata, lambda largest: _thumbnail(image, largest))
        embed(metadata, file_format, source, sink)
    except (*DAMAGED, IndexError):
        for file in (source, sink):
            file.seek(0)
        sink.truncate()
        shutil.copyfileobj(source, sink, 2**20)


def _thumbnail(image: Image, largest_bytes: int) -> bytes | None:
    """A small JPEG of a picture."""
    width, height = _THUMBNAIL_PX
    small = _to_vips(image, "jpeg").thumbnail_image(width, height=height, size="down", export_profile="srgb")
    for quality in _THUMBNAIL_QUALITIES:
        data: bytes = small.jpegsave_buffer(Q=quality, keep="none")
        if len(data) <= largest_bytes:
            return data
    return None


def check_target(path: Path, width: int, height: int, *, pixel_bytes: int = 1) -> None:
    """Find out, before the work is done, whether a picture of that size can be saved there.

    Args:
        pixel_bytes: of all samples of a pixel; says whether the disk is clearly too small.
    Raises:
        ImageWriteError: it cannot.
    """
    file_format = FORMATS.get(path.suffix.lower())
    if file_format is None:
        raise ImageWriteError(path, f"the name must end in one of {', '.join(WRITABLE_SUFFIXES)}")
    try:
        target = path.resolve()
        reason = _reason_against_size(width, height, file_format) or _reason_against_place(target)
        reason = reason or _reason_against_disk(target, width * height * pixel_bytes * _LEAST_SHARES[file_format])
    except RuntimeError as error:  # of Python before 3.13
        raise ImageWriteError(path, "the link there leads to itself; choose another name") from error
    except OSError as error:
        raise ImageWriteError(path, f"writing failed ({cause_of(error)}); choose another folder") from error
    if reason is not None:
        raise ImageWriteError(path, reason)


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
    if not os.access(target.parent, os.W_OK | os.X_OK):
        return f"you may not write in {target.parent}; choose another folder"
    if target.exists() and not os.access(target, os.W_OK):
        return "the file there is write-protected; choose another name"
    return None


def _reason_against_disk(target: Path, least_bytes: float) -> str | None:
    needed, free = round(2 * least_bytes), shutil.disk_usage(target.parent).free  # twice: see `write_image`
    if needed <= free:
        return None
    amounts = f"at least {needed / 2**20:.0f} MiB are needed and {free / 2**20:.0f} MiB are free"
    return f"the disk is too small: {amounts}; make room or choose another disk"


def _encode(image: Image, file_format: Format, file: BinaryIO, quality: int) -> None:
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
    _release_while_read(picture, image)
    getattr(picture, f"{file_format}save_target")(pyvips.Target.new_to_descriptor(file.fileno()), **options)


def _release_while_read(picture: Any, image: Image) -> None:
    """Let large arrays take little memory while libvips reads them from the top to the bottom."""

    def let_go(*_: object) -> None:
        release(image.pixels)
        if image.alpha is not None:
            release(image.alpha)

    if is_on_disk(image.pixels):
        picture.set_progress(True)
        picture.signal_connect("eval", let_go)


def _held(image: Image, file_format: Format) -> str:
    """The samples that a file gets."""
    held, samples = _HELD_SAMPLES[file_format], _SAMPLES[image.pixels.dtype]
    return samples if samples in held else held[-1]


def _to_vips(image: Image, file_format: Format) -> Any:
    samples = _SAMPLES[image.pixels.dtype]
    picture = _wrapped(image.pixels)
    if image.alpha is not None and file_format != "jpeg":
        picture = picture.bandjoin(_wrapped(image.alpha[..., None]))
    held = _held(image, file_format)
    if samples != held:
        picture = (picture * (_FULL_SCALE[held] / _FULL_SCALE[samples])).rint().cast(held)
        samples = held
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
