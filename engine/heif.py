"""Opens HEIC, as telephones write it: the pictures of libvips have no decoder for it, those of pi-heif have."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.errors import ImageReadError
from engine.image_formats import undecodable
from engine.metadata import Metadata, upright

_MODES = {"L": 1, "LA": 2, "RGB": 3, "RGBA": 4}
_DAMAGED = (ValueError, RuntimeError, OSError, EOFError, SyntaxError, LookupError)


def read_heic(path: Path) -> tuple[NDArray[Any], Metadata]:
    """(H, W, C) uint8 or uint16 samples with alpha if the file has any, upright, and the metadata.

    Raises:
        ImageReadError: it is damaged or of an unusual kind.
    """
    import pi_heif  # brings half of Pillow along

    try:
        with path.open("rb") as file:
            picture = pi_heif.open_heif(file, convert_hdr_to_8bit=False)
            # The main picture, not the first: the others are for depth or bursts.
            mode, info, pages = str(picture.mode), dict(picture.info), len(picture)
            samples = _samples(picture)
    except _DAMAGED as error:
        raise undecodable(path, "it is damaged or of an unusual kind; save it anew as a JPEG") from error
    except MemoryError as error:
        raise ImageReadError(path, "its pixels do not fit into the memory; make it smaller first") from error
    if mode.partition(";")[0] not in _MODES:
        raise ImageReadError(path, "it is neither gray nor RGB; save it anew as a JPEG")
    exif, xmp, icc = (info.get(name) or None for name in ("exif", "xmp", "icc_profile"))
    exif = None if exif is None else exif.removeprefix(b"Exif\0\0")
    metadata = Metadata(icc, exif, xmp, pages=max(1, pages), is_lossy=True)
    return samples, upright(metadata)  # the file turns its pixels itself, whatever its EXIF says


def _samples(picture: Any) -> NDArray[Any]:
    width, height = picture.size
    is_deep = ";16" in picture.mode
    channels = _MODES.get(picture.mode.partition(";")[0], 1)
    dtype = np.dtype(np.uint16 if is_deep else np.uint8)
    rows = np.frombuffer(picture.data, np.uint8).reshape(height, -1)[:, : width * channels * dtype.itemsize]
    # A copy always: the memory is libheif's, and goes with the picture.
    samples = np.array(rows, order="C").view(dtype).reshape(height, width, channels)
    return widened(samples, int(picture.info.get("bit_depth") or 16)) if is_deep else samples


def widened(samples: NDArray[Any], bits: int) -> NDArray[Any]:
    """16-bit samples of which only the upper bits count, so that white is 65535: the upper bits are repeated below."""
    return samples if not 8 <= bits < 16 else samples | (samples >> bits)
