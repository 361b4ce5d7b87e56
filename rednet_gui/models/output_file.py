"""What the file of a restored picture is like, unless the user asks for something else."""

from __future__ import annotations

from pathlib import Path

from engine.image_io import WRITABLE_SUFFIXES, Image, default_quality, sniff_format
from engine.output_profile import SRGB, read_profile
from rednet_gui.models.picture import Source
from rednet_gui.settings import IS_AUTO_QUALITY, QUALITY, SAVES_SRGB, Settings

_DEEP, _SMALL, _LOSSLESS = ".tif", ".jpg", ".png"
_LOSSY = ("avif", "heic", "raw")


def chosen_quality(settings: Settings) -> int | None:
    """The user's quality of JPEG and WebP files; None for that of each photo."""
    return None if settings.get(IS_AUTO_QUALITY) else settings.get(QUALITY)


def quality_for(settings: Settings, source: Source | None) -> int:
    """The quality of JPEG and WebP files: the user's, or that of the source."""
    chosen = chosen_quality(settings)
    if chosen is not None:
        return chosen
    return QUALITY.default if source is None else default_quality(source.image.metadata)


def profile_for(settings: Settings) -> bytes | None:
    """The colour profile of results; None for that of each photo."""
    return read_profile(SRGB) if settings.get(SAVES_SRGB) else None


def result_suffix(path: Path, image: Image) -> str:
    """The file type to suggest for what is made of a file: its own, or one that holds as much. May take long.

    Raises: ImageReadError: the file is gone.
    """
    if path.suffix.lower() in WRITABLE_SUFFIXES:
        return path.suffix
    if image.pixels.dtype.itemsize > 1:
        return _DEEP
    # What has lost nothing so far, or is transparent, would lose by becoming a JPEG.
    return _SMALL if sniff_format(path) in _LOSSY and image.alpha is None else _LOSSLESS
