"""Files that somebody damaged, or made to do harm: each is a picture or one clear sentence, soon."""

from __future__ import annotations

import io
import itertools
import struct
import time
import zlib
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import numpy as np
import PIL.Image
import pillow_heif
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from engine.errors import ImageReadError, ImageWriteError
from engine.image_io import Image, read_image, write_image
from engine.thumbnail import read_thumbnail
from tests.engine.picture_files import exif_block, pixels_of

SOON_S = 10.0
_SUFFIXES = (".jpg", ".png", ".tif", ".webp", ".gif", ".avif", ".heic", ".dng", ".mpo")


@cache
def valid(suffix: str) -> bytes:
    """A small picture of each kind, with EXIF and a profile where there is room for them."""
    picture = PIL.Image.fromarray(pixels_of("uint8", 3, 40, 56))
    if suffix == ".dng":
        return _dng()
    buffer = io.BytesIO()
    if suffix == ".heic":
        pillow_heif.from_pillow(picture).save(buffer, quality=60)
        return buffer.getvalue()
    names = {".jpg": "JPEG", ".tif": "TIFF", ".mpo": "MPO"}
    options: dict[str, object] = {} if suffix in (".gif", ".tif") else {"exif": b"Exif\0\0" + exif_block()}
    options |= {"compression": "tiff_deflate"} if suffix == ".tif" else {}
    options |= {"save_all": True, "append_images": [picture]} if suffix in (".mpo", ".gif") else {}
    picture.save(buffer, names.get(suffix, suffix[1:].upper()), **options)
    return buffer.getvalue()


def _dng() -> bytes:
    tifffile = pytest.importorskip("tifffile")
    buffer = io.BytesIO()
    tags = [
        (0x828D, 3, 2, (2, 2), True),
        (0x828E, 1, 4, (0, 1, 1, 2), True),
        (0xC612, 1, 4, (1, 4, 0, 0), True),
        (0xC614, 2, 7, "Camera", True),
    ]
    sensor = pixels_of("uint16", 1, 48, 64)[..., 0]
    tifffile.imwrite(buffer, sensor, photometric=32803, extratags=tags, metadata=None, software=False)
    return buffer.getvalue()


def assert_picture_or_sentence(path: Path) -> Image | None:
    """Read it, and look at it small; None if it is refused."""
    started = time.monotonic()
    image = _picture_or_sentence(path, read_image)
    _picture_or_sentence(path, lambda path: read_thumbnail(path, 64))
    assert time.monotonic() - started < SOON_S
    return image


def _picture_or_sentence(path: Path, read: Callable[[Path], Image]) -> Image | None:
    try:
        image = read(path)
    except ImageReadError as error:
        sentence = str(error)
    else:
        assert image.pixels.ndim == 3
        assert image.pixels.size
        return image
    assert sentence.startswith(f"Cannot open {path}: ")
    assert sentence.endswith(".")
    assert "\n" not in sentence
    return None


@st.composite
def damaged(draw: st.DrawFn) -> tuple[str, bytes]:
    """A valid file with bytes changed, cut out, doubled or taken from another one; and the suffix it pretends."""
    suffix = draw(st.sampled_from(_SUFFIXES))
    content = bytearray(valid(suffix))
    end = len(content)
    places = st.one_of(st.integers(0, min(end, 512) - 1), st.integers(0, end - 1))  # heads say what the rest means
    for _ in range(draw(st.integers(0, 6))):
        at = draw(places)
        match draw(st.sampled_from(["flip", "set", "number", "cut", "double", "splice"])):
            case "flip":
                content[at : at + 1] = bytes([content[at] ^ 1 << draw(st.integers(0, 7))]) if at < len(content) else b""
            case "set":
                content[at : at + 1] = draw(st.binary(min_size=1, max_size=1))
            case "number":
                number = draw(st.sampled_from([0, 1, 0x7FFF, 0xFFFF, 2**31 - 1, 2**32 - 1]))
                content[at : at + 4] = struct.pack(draw(st.sampled_from("<>")) + "L", number)
            case "cut":
                del content[at : at + draw(st.integers(1, 300))]
            case "double":
                length = draw(st.integers(1, 300))
                content[at:at] = content[at : at + length]
            case "splice":
                other = valid(draw(st.sampled_from(_SUFFIXES)))
                start = draw(st.integers(0, len(other) - 1))
                content[at:] = other[start:]
        if not content:
            break
    if draw(st.booleans()):
        del content[draw(st.integers(0, max(1, len(content)))) :]
    return draw(st.sampled_from([suffix, *_SUFFIXES])), bytes(content)


_counter = itertools.count()


def _read_damaged(folder: Path, case: tuple[str, bytes]) -> None:
    path = folder / f"{next(_counter)}{case[0]}"
    path.write_bytes(case[1])
    try:
        assert_picture_or_sentence(path)
    finally:
        path.unlink()


_SAME_FOLDER = [HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.data_too_large]


@given(case=damaged())
@settings(max_examples=200, derandomize=True, suppress_health_check=_SAME_FOLDER)
def test_a_damaged_file_is_a_picture_or_one_sentence(tmp_path: Path, case: tuple[str, bytes]) -> None:
    _read_damaged(tmp_path, case)


def test_an_avif_that_claims_to_be_longer_than_any_is_refused_at_once(tmp_path: Path) -> None:
    content, path = bytearray(valid(".avif")), tmp_path / "picture.avif"
    size = content.index(b"ispe") + 8
    content[size : size + 4] = struct.pack(">L", 8_388_664)
    path.write_bytes(content)
    with pytest.raises(ImageReadError, match="claims 8388664 x"):
        read_image(path)


@pytest.mark.slow
@pytest.mark.timeout(7200)
@given(case=damaged())
@settings(max_examples=10_000, suppress_health_check=_SAME_FOLDER)
def test_ten_thousand_damaged_files_are_pictures_or_sentences(tmp_path: Path, case: tuple[str, bytes]) -> None:
    _read_damaged(tmp_path, case)


@pytest.mark.parametrize(
    "size", [(1, 1), (1, 97), (97, 1), (8, 8), (2, 65501)], ids=lambda size: f"{size[1]}x{size[0]}"
)
@pytest.mark.parametrize("suffix", [".png", ".tif", ".jpg", ".webp"])
def test_odd_sizes_are_read_and_saved(tmp_path: Path, suffix: str, size: tuple[int, int]) -> None:
    samples = pixels_of("uint8", 3, *size)
    source = tmp_path / "source.png"
    PIL.Image.fromarray(samples).save(source)
    image = assert_picture_or_sentence(source)
    assert image is not None
    np.testing.assert_array_equal(image.pixels, samples)
    target = tmp_path / f"target{suffix}"
    if size[1] > 60_000 and suffix in (".jpg", ".webp"):
        with pytest.raises(ImageWriteError, match="save it as PNG or TIFF"):
            write_image(target, image)
        return
    write_image(target, image)
    found = assert_picture_or_sentence(target)
    assert found is not None
    assert found.pixels.shape == samples.shape


@pytest.mark.parametrize("suffix", _SUFFIXES)
def test_a_file_cut_at_every_kilobyte_is_refused_or_read(tmp_path: Path, suffix: str) -> None:
    content, path = valid(suffix), tmp_path / f"picture{suffix}"
    for length in range(0, len(content), 1024):
        path.write_bytes(content[:length])
        assert_picture_or_sentence(path)


@pytest.mark.parametrize("suffix", _SUFFIXES)
def test_the_content_counts_not_the_suffix(tmp_path: Path, suffix: str) -> None:
    for wrong in _SUFFIXES:
        path = tmp_path / f"picture{wrong}"
        path.write_bytes(valid(suffix))
        assert assert_picture_or_sentence(path) is not None


def _png(width: int, height: int, data: bytes) -> bytes:
    chunks = [(b"IHDR", struct.pack(">LLBBBBB", width, height, 8, 2, 0, 0, 0)), (b"IDAT", data), (b"IEND", b"")]
    body = b"".join(
        struct.pack(">L", len(content)) + name + content + struct.pack(">L", zlib.crc32(name + content))
        for name, content in chunks
    )
    return b"\x89PNG\r\n\x1a\n" + body


def _tiff(width: int, height: int, data: bytes, *, compression: int = 1) -> bytes:
    tags = [(256, width), (257, height), (258, 8), (259, compression), (262, 1), (273, 122), (278, height)]
    tags.append((279, len(data)))
    entries = b"".join(struct.pack("<HHLL", tag, 4, 1, value) for tag, value in tags)
    return (b"II*\0" + struct.pack("<LH", 8, len(tags)) + entries + bytes(4)).ljust(122, b"\0") + data


def _bombs() -> Iterator[tuple[str, bytes]]:
    zeros = zlib.compress(bytes(2_000_000), 9)
    yield "png", _png(60_000, 60_000, zeros)
    yield "png of the largest size", _png(2**31 - 1, 2**31 - 1, zeros)
    yield "tiff", _tiff(200_000, 200_000, zeros, compression=8)
    yield "tiff that has nothing", _tiff(2**31 - 1, 2**31 - 1, b"")
    yield "jpeg", valid(".jpg").replace(struct.pack(">HH", 40, 56), struct.pack(">HH", 65_500, 65_500))
    yield "webp", valid(".webp")[:26] + b"\xff\x3f\xff\x3f" + valid(".webp")[30:]


def test_a_bomb_does_no_harm(tmp_path: Path) -> None:
    path = tmp_path / "picture"
    for name, content in _bombs():
        path.write_bytes(content)
        assert assert_picture_or_sentence(path) is None, name


def _odd_blocks() -> Iterator[tuple[str, bytes]]:
    """EXIF and profiles that make no sense."""
    block = exif_block()
    yield "no header", b"nonsense"
    yield "nothing", b""
    yield "cut short", block[: len(block) // 2]
    yield "a directory far away", block[:4] + b"\xff\xff\xff\x7f" + block[8:]
    yield "itself below itself", block[:8] + struct.pack("<H", 1) + struct.pack("<HHLL", 0x8769, 4, 1, 8)
    yield "a huge count", block[:8] + b"\xff\xff" + block[10:]


@pytest.mark.parametrize("suffix", [".jpg", ".png", ".webp"])
def test_corrupt_exif_and_profiles_never_cost_the_picture(tmp_path: Path, suffix: str) -> None:
    picture, path = PIL.Image.fromarray(pixels_of("uint8", 3, 40, 56)), tmp_path / f"picture{suffix}"
    for name, block in _odd_blocks():
        picture.save(path, exif=b"Exif\0\0" + block, icc_profile=block or b"\0")
        image = assert_picture_or_sentence(path)
        assert image is not None, name
        for target in (".jpg", ".png", ".tif", ".webp"):
            write_image(tmp_path / f"copy{target}", image)
            copy = assert_picture_or_sentence(tmp_path / f"copy{target}")
            assert copy is not None, name
            if target in (".png", ".tif"):
                np.testing.assert_array_equal(copy.pixels, image.pixels)
