"""The kinds of picture files, and how to tell them apart by what is in them."""

from __future__ import annotations

import re
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, Literal

from engine.errors import ImageReadError
from engine.metadata import Format
from engine.tiff_tags import is_camera_raw, is_cut_short

ReadFormat = Format | Literal["gif", "avif", "heic", "raw"]
"""What can be opened; `Format` can be saved too."""

CUT_SHORT = "it is damaged or cut short; copy it again from where it came"

FORMATS: dict[str, Format] = {
    ".jpg": "jpeg",
    ".jpeg": "jpeg",
    ".png": "png",
    ".tif": "tiff",
    ".tiff": "tiff",
    ".webp": "webp",
}
WRITABLE_SUFFIXES: tuple[str, ...] = tuple(FORMATS)
"""The suffixes that `write_image` knows, lower case."""

RAW_SUFFIXES: tuple[str, ...] = (
    *(".3fr", ".arw", ".cr2", ".cr3", ".dng", ".erf", ".iiq", ".kdc", ".mef"),
    *(".mrw", ".nef", ".nrw", ".orf", ".pef", ".raf", ".rw2", ".srw", ".x3f"),
)
"""How the files of cameras' sensors usually end."""
READABLE_SUFFIXES: tuple[str, ...] = (*WRITABLE_SUFFIXES, ".avif", ".heic", ".heif", ".gif", *RAW_SUFFIXES)
"""How picture files usually end, lower case; `read_image` itself goes by the content."""

_HEAD_BYTES = 64
_SIGNATURES: dict[ReadFormat, re.Pattern[bytes]] = {
    "jpeg": re.compile(rb"\xff\xd8\xff"),
    "png": re.compile(rb"\x89PNG\r\n\x1a\n"),
    "tiff": re.compile(rb"II[*+]\0|MM\0[*+]"),
    "webp": re.compile(rb"RIFF....WEBP", re.DOTALL),
    "gif": re.compile(rb"GIF8[79]a"),
    # Behind the main brand and a version the brands that the file can be read as too; mif1 alone says nothing.
    "avif": re.compile(rb"....ftyp(avif|avis|(mif1|msf1|miaf)(....)*?(avif|avis))", re.DOTALL),
    "heic": re.compile(rb"....ftyp(hei[cxms]|hev[cx]|mif1|msf1)", re.DOTALL),
    # Canon's, Fujifilm's, Olympus', Panasonic's, Minolta's and Sigma's own; the others are TIFF inside.
    "raw": re.compile(rb"....ftypcrx |FUJIFILMCCD-RAW|IIR[OS]|MMOR|IIU\0|\0MRM|FOVb|II\x1a\0\0\0HEAPCCDR", re.DOTALL),
}


@contextmanager
def reading(path: Path) -> Iterator[None]:
    """Turn what the system says while a picture's file is read into one sentence. Raises: ImageReadError."""
    try:
        yield
    except FileNotFoundError as error:
        raise ImageReadError(path, "there is no such file; check its name") from error
    except PermissionError as error:
        raise ImageReadError(path, "you may not read it; change its permissions") from error
    except OSError as error:
        raise ImageReadError(path, f"reading failed ({cause_of(error)}); copy it to another disk first") from error


def undecodable(path: Path, reason: str) -> ImageReadError:
    """Why a picture could not be decoded: `reason`, unless its file is gone by now, or may no longer be read."""
    try:
        with reading(path), path.open("rb"):
            return ImageReadError(path, reason)
    except ImageReadError as error:
        return error


def sniff_format(path: Path) -> ReadFormat:
    """What kind of picture a file holds, by its content.

    Raises:
        ImageReadError: the file is missing, unreadable, cut short or no picture.
    """
    with reading(path):
        if not stat.S_ISREG(path.stat().st_mode):
            raise ImageReadError(path, "it is a folder or a device; choose a picture file")
        with path.open("rb") as file:
            head = file.read(_HEAD_BYTES)
            file_format = next((name for name, signature in _SIGNATURES.items() if signature.match(head)), None)
            ends_early = file_format == "tiff" and is_cut_short(file)
            if file_format == "tiff" and _is_raw(path, file):
                file_format = "raw"
    if not head:
        raise ImageReadError(path, "it is empty; copy it again from where it came")
    if ends_early:
        raise ImageReadError(path, CUT_SHORT)
    if file_format is None:
        kinds = "a JPEG, PNG, TIFF, WebP, AVIF, HEIC, GIF or camera raw picture"
        raise ImageReadError(path, f"it is not {kinds}; convert it to one of these first")
    return file_format


def cause_of(error: OSError) -> str:
    """What the system says, to stand inside a sentence."""
    return (error.strerror or type(error).__name__).lower()


def _is_raw(path: Path, file: BinaryIO) -> bool:
    return path.suffix.lower() in RAW_SUFFIXES or is_camera_raw(file)
