"""What telephones and the web add to the formats that are saved too, and what a saved file says it has kept."""

from __future__ import annotations

import io
import os
import struct
import zlib
from dataclasses import replace
from pathlib import Path

import numpy as np
import PIL.Image
import pillow_heif
import pytest
from PIL import ImageCms

from engine import camera_raw, tiff_tags
from engine.errors import ImageReadError
from engine.image_io import Image, default_quality, read_image, write_image
from engine.metadata import Metadata
from engine.output_profile import read_profile
from engine.steps import Step, Steps, with_steps
from engine.thumbnail import read_shape, read_thumbnail
from engine.xmp import Property, with_property
from tests.engine.picture_files import (
    EXIF,
    MAKE,
    MAKER_NOTE,
    ORIENTATION,
    TAKEN,
    UNDEFINED,
    exif_block,
    pixels_of,
    written_exif,
)

ICC = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
HEIGHT, WIDTH = 48, 64
THUMBNAIL_START = 56
COMPRESSION, JPEG = 259, 7
XYZ_TO_SRGB = (32406, -15372, -4986, -9689, 18758, 415, 557, -2040, 10570)


def smooth() -> np.ndarray[tuple[int, ...], np.dtype[np.uint8]]:
    rows, columns = np.mgrid[:HEIGHT, :WIDTH]
    return np.stack([rows * 4, columns * 3, 200 - rows * 2], 2).astype(np.uint8)


@pytest.mark.parametrize("suffix", [".avif", ".heic"])
def test_pictures_of_telephones_are_read_upright_with_their_exif(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"picture{suffix}"
    if suffix == ".heic":
        pillow_heif.from_pillow(PIL.Image.fromarray(smooth())).save(path, quality=95, exif=exif_block())
    else:
        PIL.Image.fromarray(smooth()).save(path, quality=95, exif=exif_block())
    image = read_image(path)
    assert image.pixels.dtype == np.uint8
    assert image.pixels.shape == (HEIGHT, WIDTH, 3)
    assert np.abs(image.pixels.astype(int) - smooth()).mean() < 3
    write_image(tmp_path / "copy.jpg", image)
    main, _, place = written_exif(tmp_path / "copy.jpg")
    assert main.get(ORIENTATION, 1) == 1  # Pillow's AVIF has none
    assert place[1] == "N"
    assert read_thumbnail(path, 16).width == 16


@pytest.mark.parametrize("mode", ["L", "RGB", "RGBA"])
def test_a_picture_of_a_telephone_stays_what_it_was_when_memory_is_used_again(tmp_path: Path, mode: str) -> None:
    noisy = PIL.Image.fromarray(pixels_of("uint8", 3, 700, 1000)).convert(mode)
    pillow_heif.from_pillow(noisy).save(tmp_path / "picture.heic", quality=-1, chroma=444, matrix_coefficients=0)
    image = read_image(tmp_path / "picture.heic")
    others = [np.full_like(image.pixels, value) for value in range(9)]
    samples = np.asarray(noisy).reshape(700, 1000, -1)
    np.testing.assert_array_equal(image.pixels, samples[..., : image.channels])
    if mode == "RGBA":
        np.testing.assert_array_equal(image.alpha, samples[..., 3])
    assert len(others) == 9


@pytest.mark.parametrize("suffix", [".avif", ".heic"])
@pytest.mark.parametrize("share", [0.1, 0.5, 0.9])
def test_one_cut_short_is_refused(tmp_path: Path, suffix: str, share: float) -> None:
    path = tmp_path / f"picture{suffix}"
    picture = PIL.Image.fromarray(pixels_of("uint8", 3, HEIGHT, WIDTH))
    (pillow_heif.from_pillow(picture) if suffix == ".heic" else picture).save(path)
    path.write_bytes(path.read_bytes()[: int(path.stat().st_size * share)])
    with pytest.raises(ImageReadError):
        read_image(path)


@pytest.mark.parametrize("content", [b"II*\0\x10\0\0\0CR\2\0" + bytes(99), b"FUJIFILMCCD-RAW " + bytes(999)])
def test_a_damaged_camera_file_is_refused(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "picture.raw").write_bytes(content)
    with pytest.raises(ImageReadError):
        read_image(tmp_path / "picture.raw")


def test_a_tiff_with_the_name_of_a_camera_file_is_read(tmp_path: Path) -> None:
    samples = pixels_of("uint8", 3)
    PIL.Image.fromarray(samples).save(tmp_path / "picture.nef", "TIFF")
    np.testing.assert_array_equal(read_image(tmp_path / "picture.nef").pixels, samples)


def test_a_moving_picture_says_how_many_it_has(tmp_path: Path) -> None:
    first, second = (PIL.Image.new("RGB", (WIDTH, HEIGHT), colour) for colour in ("red", "blue"))
    for suffix in (".gif", ".png", ".webp", ".tif"):
        first.save(tmp_path / f"picture{suffix}", save_all=True, append_images=[second])
        image = read_image(tmp_path / f"picture{suffix}")
        assert image.metadata.pages == 2
        assert tuple(image.pixels[0, 0] > 128) == (True, False, False)


def test_the_small_picture_in_exif_is_that_of_the_restored_one(tmp_path: Path) -> None:
    buffer = io.BytesIO()
    PIL.Image.new("RGB", (160, 120), "red").save(buffer, "JPEG", quality=100)
    old = buffer.getvalue() + bytes(4000)
    block = exif_with_thumbnail(old)
    write_image(
        tmp_path / "copy.jpg", Image(np.full((240, 320, 3), (0, 0, 255), np.uint8), metadata=Metadata(exif=block))
    )
    with PIL.Image.open(tmp_path / "copy.jpg") as picture:
        kept = picture.info["exif"].removeprefix(b"Exif\0\0")
    assert len(kept) == len(block)
    assert kept[:THUMBNAIL_START] == block[:THUMBNAIL_START]
    with PIL.Image.open(io.BytesIO(kept[THUMBNAIL_START:])) as small:
        assert small.size == (160, 120)
        assert small.convert("RGB").getpixel((5, 5))[2] > 200  # type: ignore[index]


def exif_with_thumbnail(jpeg: bytes) -> bytes:
    main = struct.pack("<HHHLHxxL", 1, ORIENTATION, 3, 1, 1, 26)
    head = b"II" + struct.pack("<HL", 42, 8) + main
    entries = struct.pack("<HHLL", 0x0201, 4, 1, THUMBNAIL_START) + struct.pack("<HHLL", 0x0202, 4, 1, len(jpeg))
    return head + struct.pack("<H", 2) + entries + struct.pack("<L", 0) + jpeg


def test_a_saved_file_says_what_it_has_kept(tmp_path: Path) -> None:
    metadata = Metadata(icc=ICC, exif=exif_block(), iptc=b"\x1c\x02\x78\x00\x07caption", pages=3)
    image = Image(pixels_of("uint16", 3), pixels_of("uint16", 1)[..., 0], metadata)
    saved = write_image(tmp_path / "copy.tif", image)
    assert saved.sentence == (
        "16-bit TIFF, sRGB built-in, EXIF, GPS, IPTC and transparency kept; "
        "not kept: further pages (only the first is restored)"
    )
    saved = write_image(tmp_path / "copy.jpg", image)
    assert saved.sentence.startswith("8-bit JPEG, sRGB built-in, EXIF, GPS and IPTC kept; not kept: transparency (the")
    assert "bit depth (rounded" in saved.sentence
    assert "IPTC (the format has no place for it)" in write_image(tmp_path / "copy.png", image).sentence


def test_our_own_xmp_is_no_merit(tmp_path: Path) -> None:
    plain = Image(pixels_of("uint8", 3))
    path = tmp_path / "copy.png"
    assert write_image(path, with_steps(plain, Steps((Step("denoise", 25.0),)), path)).sentence == "8-bit PNG"
    again = write_image(path, with_steps(read_image(path), Steps((Step("deblock", 40.0),)), path))
    assert again.sentence == "8-bit PNG"
    theirs = with_property(None, Property("http://ns.adobe.com/xap/1.0/", "xmp", "Label"), "a <b> & c")
    both = with_steps(replace(plain, metadata=Metadata(xmp=theirs)), Steps((Step("denoise", 25.0),)), path)
    assert write_image(path, both).sentence == "8-bit PNG, XMP kept"


@pytest.mark.parametrize("order", ["<", ">"])
def test_what_makes_exif_too_large_for_a_jpeg_is_left_out_and_named(tmp_path: Path, order: str) -> None:
    layout = tiff_tags.Layout("<" if order == "<" else ">", is_big=False)
    directory = tiff_tags.read_directory(io.BytesIO(exif_block(order)), layout, 8)
    photo = directory[EXIF]
    assert isinstance(photo, dict)
    photo[MAKER_NOTE] = tiff_tags.Field(UNDEFINED, 70_000, bytes(70_000))
    exif = tiff_tags.header(layout, 8) + tiff_tags.pack(directory, layout, 8)
    image = Image(pixels_of("uint8", 3), metadata=Metadata(exif=exif))
    saved = write_image(tmp_path / "copy.jpg", image)
    assert (
        saved.sentence
        == "8-bit JPEG, EXIF and GPS kept; not kept: the longest EXIF field (it is too large for the format)"
    )
    main, photo_tags, place = written_exif(tmp_path / "copy.jpg")
    assert main[MAKE] == "Camera "
    assert photo_tags[TAKEN] == "2024:05:06 07:08:09"
    assert MAKER_NOTE not in photo_tags
    assert place[1] == "N"
    assert write_image(tmp_path / "copy.png", image).sentence == "8-bit PNG, EXIF and GPS kept"
    padded = replace(image, metadata=Metadata(exif=exif_block(order) + bytes(70_000)))  # as of a thumbnail that is gone
    assert write_image(tmp_path / "copy.jpg", padded).sentence == "8-bit JPEG, EXIF and GPS kept"


def test_damaged_exif_that_is_too_large_is_named_and_does_not_cost_the_picture(tmp_path: Path) -> None:
    exif = b"II*\0" + bytes(70_000)
    saved = write_image(tmp_path / "copy.jpg", Image(pixels_of("uint8", 3), metadata=Metadata(exif=exif)))
    assert "EXIF (it is too large for the format)" in saved.sentence
    assert read_image(tmp_path / "copy.jpg").metadata.exif is None


def test_the_quality_is_the_sources_but_never_a_poor_one() -> None:
    found = [default_quality(Metadata(jpeg_quality=quality)) for quality in (None, 20, 98)]
    assert found == [95, 90, 98]


def test_a_bomb_is_refused_at_once(tmp_path: Path) -> None:
    PIL.Image.new("L", (9, 9)).save(tmp_path / "picture.png")
    content = bytearray((tmp_path / "picture.png").read_bytes())
    content[16:24] = (60_000).to_bytes(4, "big") * 2
    content[29:33] = zlib.crc32(content[12:29]).to_bytes(4, "big")
    (tmp_path / "picture.png").write_bytes(content)
    with pytest.raises(ImageReadError, match="60000 x 60000"):
        read_image(tmp_path / "picture.png")


def save_dng(path: Path, orientation: int = 1, preview: bytes | None = None) -> None:
    """A sensor of 12 bits, RGGB, that saw orange on the left and gray on the right; and what the camera showed."""
    tifffile = pytest.importorskip("tifffile")
    sensor = np.full((64, 96), 1000, np.uint16)
    sensor[::2, :48:2], sensor[1::2, 1:48:2] = 2000, 200
    tags = [
        (0x010F, 2, 7, "Camera", True),
        (ORIENTATION, 3, 1, orientation, True),
        (0x828D, 3, 2, (2, 2), True),
        (0x828E, 1, 4, (0, 1, 1, 2), True),
        (0xC612, 1, 4, (1, 4, 0, 0), True),
        (0xC614, 2, 7, "Camera", True),
        (0xC61D, 4, 1, 4095, True),
        (0xC621, 10, 9, sum(((number, 10_000) for number in XYZ_TO_SRGB), ()), True),
        (0xC628, 5, 3, (1, 1, 1, 1, 1, 1), True),
        (0xC65A, 3, 1, 21, True),
    ]
    with tifffile.TiffWriter(path) as file:
        if preview is not None:
            strip = np.frombuffer(preview.ljust(HEIGHT * WIDTH * 3, b"\0"), np.uint8).reshape(HEIGHT, WIDTH, 3)
            file.write(strip, photometric="rgb", subfiletype=1, metadata=None, software=False)
        file.write(sensor, photometric=32803, extratags=tags, metadata=None, software=False)
    if preview is not None:
        with tifffile.TiffFile(path, mode="r+") as file:
            file.pages[0].tags[COMPRESSION].overwrite(JPEG)


@pytest.mark.parametrize("orientation", [1, 6])
@pytest.mark.parametrize("name", ["picture.dng", "picture.tif"])
def test_camera_raw_becomes_16_bits_upright(tmp_path: Path, name: str, orientation: int) -> None:
    save_dng(tmp_path / name, orientation)
    image = read_image(tmp_path / name)
    assert image.pixels.dtype == np.uint16
    assert image.pixels.shape == ((64, 96, 3) if orientation == 1 else (96, 64, 3))
    orange = image.pixels[32, 20] if orientation == 1 else image.pixels[20, 32]
    assert orange[0] > orange[1] > orange[2]
    saved = write_image(tmp_path / "copy.tif", image)
    assert saved.sentence == "16-bit TIFF, EXIF kept"
    main = written_exif(tmp_path / "copy.tif")[0]
    assert (main[0x010F], main.get(ORIENTATION, 1)) == ("Camera", 1)


def test_the_preview_of_camera_raw_is_the_one_in_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    buffer = io.BytesIO()
    PIL.Image.fromarray(smooth()).save(buffer, "JPEG", quality=95)
    save_dng(tmp_path / "picture.dng", preview=buffer.getvalue())
    found = []

    def note(file: object, preview: bytes | None) -> tuple[None, None]:
        found.append(preview)
        return None, None

    monkeypatch.setattr(camera_raw, "_described", note)
    read_image(tmp_path / "picture.dng")
    assert found[0] is not None
    with PIL.Image.open(io.BytesIO(found[0])) as preview:
        assert np.abs(np.asarray(preview).astype(int) - smooth()).mean() < 3


@pytest.mark.skipif(os.name == "nt", reason="a file that is open stays there")
def test_camera_raw_that_disappears_while_it_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    save_dng(tmp_path / "picture.dng")

    def lose(raw: object) -> None:
        (tmp_path / "picture.dng").unlink()

    monkeypatch.setattr(camera_raw, "_preview", lose)
    image = read_image(tmp_path / "picture.dng")
    assert image.metadata.exif is not None, "it is still open"


def test_a_film_with_much_before_it_is_one(tmp_path: Path) -> None:
    first, second = (PIL.Image.new("RGB", (WIDTH, HEIGHT), colour) for colour in ("red", "blue"))
    profile = ICC + np.random.default_rng(0).bytes(9000)
    first.save(tmp_path / "film.png", save_all=True, append_images=[second], icc_profile=profile)
    assert read_image(tmp_path / "film.png").metadata.pages == 2
    first.save(tmp_path / "photo.webp", lossless=True, icc_profile=profile)
    assert not read_image(tmp_path / "photo.webp").metadata.is_lossy


def test_small_pictures_have_the_colors_of_the_large_one(tmp_path: Path) -> None:
    profile, pixels = read_profile("resources/profiles/adobe_rgb.icc"), np.full((64, 64, 3), (60, 200, 60), np.uint8)
    pillow_heif.from_pillow(PIL.Image.fromarray(pixels)).save(tmp_path / "a.heic", quality=-1, icc_profile=profile)
    PIL.Image.fromarray(pixels).save(tmp_path / "a.png", icc_profile=profile)
    found = [read_thumbnail(tmp_path / name, 16).pixels[8, 8].astype(int) for name in ("a.heic", "a.png")]
    assert np.abs(found[0] - found[1]).max() <= 3
    assert found[0][0] < 30, "which sRGB can hardly show"


def test_camera_raw_is_as_large_as_what_is_read_of_it(tmp_path: Path) -> None:
    buffer = io.BytesIO()
    PIL.Image.fromarray(smooth()).save(buffer, "JPEG", quality=95)
    save_dng(tmp_path / "picture.dng", preview=buffer.getvalue())
    assert read_shape(tmp_path / "picture.dng") == (64, 96, read_image(tmp_path / "picture.dng").pixels.nbytes)
