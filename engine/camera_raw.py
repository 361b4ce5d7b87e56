"""Opens what a camera's sensor saw, through LibRaw."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, BinaryIO

import pyvips
from numpy.typing import NDArray

from engine.errors import ImageReadError
from engine.image_formats import undecodable
from engine.metadata import Metadata, read_tiff, recolored, upright

_SRGB_CURVE = (2.4, 12.92)
# LibRaw's default blows out a hundredth of the pixels to look bright; what is burnt out cannot be restored.
_BURNT_SHARE = 0.001


class UnknownRaw(Exception):
    """LibRaw does not know the camera."""


def read_raw(path: Path) -> tuple[NDArray[Any], Metadata]:
    """(H, W, 3) uint16 sRGB as the camera balanced it, upright, and the metadata.

    Raises:
        UnknownRaw: it is of no camera that LibRaw knows.
        ImageReadError: it is damaged.
    """
    import rawpy  # not before it is needed

    with _opened(path) as (file, raw):
        preview = _preview(raw)  # first: LibRaw lets go of the file when it makes the pixels
        pixels = raw.postprocess(
            use_camera_wb=True,
            output_bps=16,
            output_color=rawpy.ColorSpace.sRGB,
            gamma=_SRGB_CURVE,
            auto_bright_thr=_BURNT_SHARE,
        )
        exif, xmp = _described(file, preview)
    if pixels.ndim != 3 or pixels.shape[2] != 3 or not pixels.size:
        raise ImageReadError(path, "it is of a camera with an unusual sensor; save it as a 16-bit TIFF first")
    return pixels, recolored(upright(Metadata(exif=exif, xmp=xmp)), None, is_srgb=True)


def raw_size(path: Path) -> tuple[int, int]:
    """Height and width of what `read_raw` gives, before it is turned. Raises: as `read_raw`."""
    with _opened(path) as (_, raw):
        return raw.sizes.iheight, raw.sizes.iwidth


@contextmanager
def _opened(path: Path) -> Iterator[tuple[BinaryIO, Any]]:
    """The file, and LibRaw's view of it."""
    import rawpy

    try:
        with path.open("rb") as file, rawpy.imread(file) as raw:
            yield file, raw
    except (rawpy.LibRawFileUnsupportedError, rawpy.NotSupportedError) as error:
        raise UnknownRaw from error
    except (rawpy.LibRawError, OSError, ValueError) as error:
        raise undecodable(path, "it is damaged or cut short; copy it again from the camera's card") from error
    except MemoryError as error:
        raise ImageReadError(path, "its pixels do not fit into the memory; make it smaller first") from error


def _preview(raw: Any) -> bytes | None:
    """The JPEG that the camera put into the file."""
    import rawpy

    with suppress(rawpy.LibRawError, rawpy.NotSupportedError, ValueError):
        thumbnail = raw.extract_thumb()
        if thumbnail.format == rawpy.ThumbFormat.JPEG:
            return bytes(thumbnail.data)
    return None


def _described(file: BinaryIO, preview: bytes | None) -> tuple[bytes | None, bytes | None]:
    """EXIF and XMP: of the file if it is a TIFF inside, else of the camera's own JPEG."""
    file.seek(0)
    exif, _ = read_tiff(file)
    if exif is not None or preview is None:
        return exif, None
    with suppress(pyvips.Error):
        picture = pyvips.Image.jpegload_buffer(preview)
        found = [picture.get(name) if picture.get_typeof(name) else None for name in ("exif-data", "xmp-data")]
        return (found[0].removeprefix(b"Exif\0\0") if found[0] else None), found[1]
    return None, None
