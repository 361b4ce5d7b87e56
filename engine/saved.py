"""What of a picture a saved file has kept, and what it could not, and why."""

from __future__ import annotations

import io
import math
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from engine import tiff_tags
from engine.icc import profile_name
from engine.image import Image
from engine.metadata import LARGEST_JPEG_EXIF_BYTES, LARGEST_JPEG_XMP_BYTES, Format, Metadata
from engine.xmp import STEPS, says_only

_NAMES: dict[Format, str] = {"jpeg": "JPEG", "png": "PNG", "tiff": "TIFF", "webp": "WebP"}
_DEFAULT = Metadata()


class Part(StrEnum):
    """Something that a file may keep."""

    PROFILE = "colour profile"
    EXIF = "EXIF"
    LONG_EXIF = "the longest EXIF field"
    GPS = "GPS"
    XMP = "XMP"
    XMP_EXTENSION = "extended XMP"
    IPTC = "IPTC"
    RESOLUTION = "resolution"
    ALPHA = "transparency"
    DEPTH = "bit depth"
    PAGES = "further pages"
    COMPANIONS = "HDR or film"
    TEXTS = "texts"
    LAYERS = "layers"
    INKS = "CMYK"


class Reason(StrEnum):
    """Why something was not kept."""

    FORMAT = "the format has no place for it"
    TOO_LARGE = "it is too large for the format"
    DAMAGED = "it is damaged"
    CONVERTED = "converted to sRGB"
    ROUNDED = "rounded to 8 or 16 bits"
    FIRST_ONLY = "only the first is restored"
    PICTURE_ONLY = "only the picture is restored"


@dataclass(frozen=True, slots=True)
class Loss:
    """What was not kept, and why."""

    part: Part
    reason: Reason


@dataclass(frozen=True, slots=True)
class Saved:
    """What became of a picture in a file.

    Attributes:
        format: such as "TIFF".
        bits: of a sample; 32 are floats.
        profile: what the colour profile in the file is called; None if there is none.
        kept, lost: what the picture had beside its pixels.
    """

    format: str
    bits: int
    profile: str | None
    kept: tuple[Part, ...]
    lost: tuple[Loss, ...]

    @property
    def sentence(self) -> str:
        """For people: "16-bit TIFF, Adobe RGB, EXIF and GPS kept"."""
        named = [f"{self.bits}-bit {self.format}", *([self.profile] if self.profile else [])]
        kept = joined([part.value for part in self.kept if part is not Part.PROFILE])
        lost = "; ".join(f"{loss.part} ({loss.reason})" for loss in self.lost)
        words = ", ".join([*named, *([f"{kept} kept"] if kept else [])])
        return f"{words}; not kept: {lost}" if lost else words


def joined(words: list[str]) -> str:
    """A list as people write it."""
    return " and ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words)


def compared(image: Image, file_format: Format, samples: np.dtype[np.generic], found: Metadata) -> Saved:
    """What a file has of a picture.

    Args:
        samples: the type of those in the file.
        found: what the file says now.
    """
    had = image.metadata
    had_xmp = None if had.xmp is None or says_only(had.xmp, STEPS) else had.xmp  # ours is no merit
    is_long = file_format == "jpeg" and len(had.exif or b"") > LARGEST_JPEG_EXIF_BYTES and bool(found.exif)
    is_shortened = is_long and tiff_tags.field_count(had.exif or b"") > tiff_tags.field_count(found.exif or b"")
    judged = [
        (Part.PROFILE, had.icc, found.icc == had.icc, _why_not(had.icc, math.inf, file_format)),
        (Part.EXIF, had.exif, bool(found.exif), _why_not(had.exif, LARGEST_JPEG_EXIF_BYTES, file_format)),
        (Part.LONG_EXIF, is_shortened, False, Reason.TOO_LARGE),
        (Part.GPS, _has_gps(had), _has_gps(found), _why_not(had.exif, LARGEST_JPEG_EXIF_BYTES, file_format)),
        (Part.XMP, had_xmp, found.xmp == had.xmp, _why_not(had.xmp, LARGEST_JPEG_XMP_BYTES, file_format)),
        (Part.XMP_EXTENSION, had.xmp_extension, found.xmp_extension == had.xmp_extension, Reason.FORMAT),
        (Part.IPTC, had.iptc, bool(found.iptc), _why_not(had.iptc, LARGEST_JPEG_EXIF_BYTES, file_format)),
        (Part.TEXTS, had.texts, found.texts == had.texts, Reason.FORMAT),
        (Part.RESOLUTION, _differs(had, _DEFAULT), not _differs(had, found), Reason.FORMAT),
        (Part.ALPHA, image.alpha is not None, file_format != "jpeg", Reason.FORMAT),
        (Part.DEPTH, samples.itemsize < image.pixels.dtype.itemsize, False, Reason.ROUNDED),
        (Part.PAGES, had.pages > 1, False, Reason.FIRST_ONLY),
        (Part.COMPANIONS, had.has_companions, False, Reason.PICTURE_ONLY),
        (Part.LAYERS, had.has_layers, False, Reason.PICTURE_ONLY),
        (Part.INKS, had.is_cmyk, False, Reason.CONVERTED),
    ]
    return Saved(
        _NAMES[file_format],
        8 * samples.itemsize,
        profile_name(found.icc) if found.icc else None,
        tuple(part for part, was_there, is_kept, _ in judged if was_there and is_kept),
        tuple(Loss(part, reason) for part, was_there, is_kept, reason in judged if was_there and not is_kept),
    )


def _why_not(block: bytes | None, largest_jpeg_bytes: float, file_format: Format) -> Reason:
    """Why a block would be missing, if it is."""
    if block is None:
        return Reason.FORMAT
    if file_format == "jpeg" and len(block) > largest_jpeg_bytes:
        return Reason.TOO_LARGE
    if file_format == "webp" and block[16:20] == b"GRAY":
        return Reason.CONVERTED
    is_readable = bool(_directory(block)) if block[:2] in (b"II", b"MM") else bool(block)
    return Reason.FORMAT if is_readable and file_format in ("png", "webp") else Reason.DAMAGED


def _has_gps(metadata: Metadata) -> bool:
    return tiff_tags.GPS in _directory(metadata.exif or b"")


def _directory(exif: bytes) -> tiff_tags.Directory:
    file = io.BytesIO(exif)
    try:
        layout, start = tiff_tags.read_header(file)
        return tiff_tags.read_directory(file, layout, start, wanted={tiff_tags.EXIF, tiff_tags.GPS, 0x010F})
    except tiff_tags.DAMAGED:
        return {}


def _differs(metadata: Metadata, other: Metadata) -> bool:
    pairs = zip(metadata.pixels_per_mm, other.pixels_per_mm, strict=True)
    return not all(math.isclose(mine, yours, rel_tol=0.02) for mine, yours in pairs)
