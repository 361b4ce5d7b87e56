"""What a file says beside its pixels survives, byte for byte where the format allows."""

from __future__ import annotations

import logging
import struct
from pathlib import Path

import cv2
import numpy as np
import PIL.Image
import pytest
from PIL import ImageCms, TiffImagePlugin

from engine.image_io import Image, read_image, write_image
from engine.metadata import Metadata, resized
from engine.saved import Loss, Part, Reason
from tests.engine.picture_files import (
    ACROSS,
    DOWN,
    HEIGHT,
    MAKE,
    MAKER_NOTE,
    ORIENTATION,
    TAKEN,
    WIDTH,
    exif_block,
    gray_profile,
    pixels_of,
    written_exif,
)

ICC = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
XMP = b'<?xpacket begin="" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/"/><?xpacket end="w"?>'
CAPTION = b"\x1c\x02\x78\x00\x07caption"  # IPTC record 2:120
PHOTOSHOP = b"Photoshop 3.0\0" + b"8BIM\x04\x04\0\0" + struct.pack(">L", len(CAPTION)) + CAPTION


def test_turning_drops_the_sideways_thumbnail_and_puts_xmp_right(tmp_path: Path) -> None:
    xmp = b'<x:xmpmeta tiff:Orientation="6"><tiff:Orientation>8</tiff:Orientation></x:xmpmeta>'
    exif = b"Exif\0\0" + exif_block(orientation=6)
    PIL.Image.new("RGB", (WIDTH, HEIGHT)).save(tmp_path / "picture.jpg", exif=exif, xmp=xmp)
    write_image(tmp_path / "copy.jpg", read_image(tmp_path / "picture.jpg"))
    with PIL.Image.open(tmp_path / "copy.jpg") as picture:
        assert picture.info["xmp"] == xmp.replace(b"6", b"1").replace(b"8", b"1")
        assert not picture.getexif().get_ifd(1)
    photo = written_exif(tmp_path / "copy.jpg")[1]
    assert (photo[ACROSS], photo[DOWN]) == (HEIGHT, WIDTH)


@pytest.mark.parametrize("order", ["<", ">"])
@pytest.mark.parametrize("suffix", [".jpg", ".png", ".webp"])
def test_metadata_is_kept_byte_for_byte(tmp_path: Path, suffix: str, order: str) -> None:
    exif = exif_block(order)
    metadata = Metadata(icc=ICC, exif=exif, xmp=XMP)
    path = tmp_path / f"picture{suffix}"
    write_image(path, Image(pixels_of("uint8", 3), metadata=metadata))
    with PIL.Image.open(path) as picture:
        assert picture.info["icc_profile"] == ICC
        assert picture.info["exif"].removeprefix(b"Exif\0\0") == exif
        xmp = picture.info.get("xmp") or picture.info["XML:com.adobe.xmp"].encode()  # in PNG it is text
        assert xmp == XMP
    image = read_image(path)
    assert (image.metadata.icc, image.metadata.exif, image.metadata.xmp) == (ICC, exif, XMP)


@pytest.mark.parametrize("order", ["<", ">"])
def test_tiff_keeps_icc_and_xmp_by_byte_and_exif_by_tag(tmp_path: Path, order: str) -> None:
    path, again = tmp_path / "picture.tif", tmp_path / "again.jpg"
    metadata = Metadata(icc=ICC, exif=exif_block(order), xmp=XMP)
    write_image(path, Image(pixels_of("uint16", 3), metadata=metadata))
    with PIL.Image.open(path) as picture:
        assert picture.info["icc_profile"] == ICC
        assert picture.info["xmp"] == XMP
    write_image(again, read_image(path))
    for file in (path, again):
        main, photo, place = written_exif(file)
        assert main[MAKE] == "Camera "
        assert photo[TAKEN] == "2024:05:06 07:08:09"
        assert photo[MAKER_NOTE] == b"maker note \x00\x01\x02" + bytes(range(16))
        assert (photo[ACROSS], photo[DOWN]) == (WIDTH, HEIGHT)
        assert place[1] == "N"
        assert [float(part) for part in place[2]] == [47, 22, 31.33]
    np.testing.assert_array_equal(read_image(path).pixels, pixels_of("uint16", 3))


def test_exif_of_a_big_endian_bigtiff_is_read(tmp_path: Path) -> None:
    tifffile = pytest.importorskip("tifffile")
    path = tmp_path / "picture.tif"
    samples = pixels_of("uint16", 3)
    tifffile.imwrite(
        path, samples, photometric="rgb", byteorder=">", bigtiff=True, extratags=[(MAKE, 2, 8, "Camera ", True)]
    )
    image = read_image(path)
    np.testing.assert_array_equal(image.pixels, samples)
    write_image(tmp_path / "copy.png", image)
    assert written_exif(tmp_path / "copy.png")[0][MAKE] == "Camera "


@pytest.mark.parametrize("source", [".jpg", ".tif"])
@pytest.mark.parametrize("target", [".jpg", ".tif"])
def test_iptc_is_kept(tmp_path: Path, source: str, target: str) -> None:
    pixels = pixels_of("uint8", 3)
    first, second = tmp_path / f"first{source}", tmp_path / f"second{target}"
    write_image(first, Image(pixels, metadata=Metadata(iptc=PHOTOSHOP if source == ".jpg" else CAPTION)))
    write_image(second, read_image(first))
    with PIL.Image.open(second) as picture:
        if target == ".jpg":
            assert picture.info["photoshop"][0x0404].rstrip(b"\0") == CAPTION
        else:
            assert isinstance(picture, TiffImagePlugin.TiffImageFile)
            assert picture.tag_v2[33723] == CAPTION
    expected = PHOTOSHOP if target == ".jpg" else CAPTION
    assert read_image(second).metadata.iptc == expected + b"\0" * (len(expected) % 2 if source == ".tif" else 0)


@pytest.mark.parametrize("suffix", [".jpg", ".png", ".tif"])
def test_resolution_is_kept(tmp_path: Path, suffix: str) -> None:
    PIL.Image.new("RGB", (WIDTH, HEIGHT)).save(tmp_path / "source.jpg", dpi=(300, 240))
    write_image(tmp_path / f"copy{suffix}", read_image(tmp_path / "source.jpg"))
    with PIL.Image.open(tmp_path / f"copy{suffix}") as picture:
        assert picture.info["dpi"] == pytest.approx((300, 240), rel=1e-4)


@pytest.mark.parametrize("suffix", [".jpg", ".png", ".tif"])
def test_gray_stays_gray_with_its_profile(tmp_path: Path, suffix: str) -> None:
    icc = gray_profile(1.8)
    path = tmp_path / f"picture{suffix}"
    write_image(path, Image(np.full((16, 16, 1), 100, np.uint8), metadata=Metadata(icc=icc)))
    image = read_image(path)
    assert image.metadata.icc == icc
    assert image.pixels.shape == (16, 16, 1)


def test_gray_looks_the_same_in_webp(tmp_path: Path) -> None:
    gray = np.full((16, 16, 1), 100, np.uint8)
    write_image(tmp_path / "picture.webp", Image(gray, metadata=Metadata(icc=gray_profile(1.0))))
    image = read_image(tmp_path / "picture.webp")
    linear = 100 / 255
    assert image.metadata.icc is not None
    assert image.metadata.icc[16:20] == b"RGB "
    np.testing.assert_allclose(image.pixels, 255 * (1.055 * linear ** (1 / 2.4) - 0.055), atol=3)


def test_jpeg_has_one_jfif_header(tmp_path: Path) -> None:
    write_image(tmp_path / "picture.jpg", Image(pixels_of("uint8", 3), metadata=Metadata(ICC, exif_block(), XMP)))
    content = (tmp_path / "picture.jpg").read_bytes()
    assert content.startswith(b"\xff\xd8\xff\xe0\x00\x10JFIF\0")
    assert content.count(b"JFIF\0") == 1


def test_too_much_metadata_for_a_jpeg_is_left_out_and_said(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING):
        write_image(tmp_path / "picture.jpg", Image(pixels_of("uint8", 3), metadata=Metadata(xmp=bytes(70000))))
    assert "left out" in caplog.text
    assert read_image(tmp_path / "picture.jpg").metadata.xmp is None


@pytest.mark.parametrize("suffix", [".jpg", ".png", ".tif", ".webp"])
def test_every_format_has_the_size_of_the_result_and_says_that_xmp_is_kept(tmp_path: Path, suffix: str) -> None:
    packet = XMP.replace(b"<x:xmpmeta", b'<x:xmpmeta exif:PixelXDimension="%d"')
    image = Image(pixels_of("uint8", 3), metadata=Metadata(xmp=packet % 16))
    saved = write_image(tmp_path / f"picture{suffix}", image)
    assert read_image(tmp_path / f"picture{suffix}").metadata.xmp == packet % WIDTH
    assert saved.kept == (Part.XMP,)
    assert not saved.lost


def _with_large_xmp(path: Path, *, packet_comes_first: bool = True) -> bytes:
    """Make a JPEG with XMP that takes two further segments. Returns these, as in the file."""
    packet = XMP.replace(b"<x:xmpmeta", b'<x:xmpmeta xmpNote:HasExtendedXMP="%s"' % (b"A" * 32))
    rest, longest = bytes(range(256)) * 400, 65400
    segments = b""
    for start in range(0, len(rest), longest):
        body = b"http://ns.adobe.com/xmp/extension/\0" + b"A" * 32 + struct.pack(">LL", len(rest), start)
        body += rest[start : start + longest]
        segments += struct.pack(">BBH", 0xFF, 0xE1, len(body) + 2) + body
    PIL.Image.new("RGB", (WIDTH, HEIGHT)).save(path, xmp=packet)
    content = path.read_bytes()
    place = content.index(b"\xff\xdb") if packet_comes_first else 2
    path.write_bytes(content[:place] + segments + content[place:])
    return segments


@pytest.mark.parametrize("packet_comes_first", [True, False])
def test_xmp_of_several_segments_is_kept_in_jpegs(tmp_path: Path, *, packet_comes_first: bool) -> None:
    segments = _with_large_xmp(tmp_path / "picture.jpg", packet_comes_first=packet_comes_first)
    image = read_image(tmp_path / "picture.jpg")
    assert image.metadata.xmp is not None
    assert image.metadata.xmp.startswith(b"<?xpacket")
    saved = write_image(tmp_path / "copy.jpg", image)
    assert segments in (tmp_path / "copy.jpg").read_bytes()
    assert saved.sentence == "8-bit JPEG, XMP and extended XMP kept"


@pytest.mark.parametrize("suffix", [".png", ".tif", ".webp"])
def test_xmp_of_several_segments_is_told_where_it_goes(tmp_path: Path, suffix: str) -> None:
    _with_large_xmp(tmp_path / "picture.jpg")
    saved = write_image(tmp_path / f"copy{suffix}", read_image(tmp_path / "picture.jpg"))
    assert saved.kept == (Part.XMP,)
    assert saved.lost == (Loss(Part.XMP_EXTENSION, Reason.FORMAT),)


@pytest.mark.parametrize("exif", [b"", b"II*", b"II*\0\xff\xff\xff\xff", b"nonsense", exif_block()[:60]])
@pytest.mark.parametrize("suffix", [".jpg", ".png", ".tif", ".webp"])
def test_damaged_exif_does_not_cost_the_picture(tmp_path: Path, suffix: str, exif: bytes) -> None:
    write_image(tmp_path / f"picture{suffix}", Image(pixels_of("uint8", 3), metadata=Metadata(exif=exif)))
    assert read_image(tmp_path / f"picture{suffix}").width == WIDTH


@pytest.mark.parametrize("form", [b'%s="%d"', b"<%s>%d</%s>"], ids=["attribute", "element"])
def test_xmp_has_the_size_of_the_result(form: bytes) -> None:
    names = (b"exif:PixelXDimension", b"exif:PixelYDimension", b"tiff:ImageWidth", b"tiff:ImageLength")

    def packet(*sizes: int) -> bytes:
        texts = [form % ((name, size, name)[: form.count(b"%")]) for name, size in zip(names, sizes, strict=True)]
        return b" ".join([*texts, b'crs:ImageWidthOfCrop="64"'])

    assert resized(Metadata(xmp=packet(64, 48, 64, 48)), 128, 96).xmp == packet(128, 96, 128, 96)


@pytest.mark.parametrize(
    ("name", "options", "is_lossy"),
    [
        ("a.jpg", [], True),
        ("a.webp", [cv2.IMWRITE_WEBP_QUALITY, 90], True),
        ("a.webp", [cv2.IMWRITE_WEBP_QUALITY, 101], False),
        ("a.png", [], False),
        ("a.tif", [], False),
    ],
)
def test_a_file_tells_whether_it_leaves_something_out(
    tmp_path: Path, name: str, options: list[int], is_lossy: bool
) -> None:
    (tmp_path / name).write_bytes(cv2.imencode(Path(name).suffix, pixels_of("uint8", 3), options)[1].tobytes())
    assert read_image(tmp_path / name).metadata.is_lossy == is_lossy


def damaged_exif(kind: str) -> bytes:
    """A camera that was turned, in a block whose other directories are not all there."""
    if kind == "no next directory":
        return b"II*\0\x08\0\0\0" + struct.pack("<HHHLHxx", 1, ORIENTATION, 3, 1, 6)
    start = 10_000 if kind == "photo outside" else 40
    entries = struct.pack("<HHLHxx", ORIENTATION, 3, 1, 6) + struct.pack("<HHLL", 0x8769, 4, 1, start)
    return b"II*\0\x08\0\0\0" + struct.pack("<H", 2) + entries + bytes(6) + struct.pack("<H", 99)


@pytest.mark.parametrize("kind", ["photo outside", "photo cut off", "no next directory"])
def test_a_picture_with_damaged_exif_is_turned_once(tmp_path: Path, kind: str) -> None:
    exif = b"Exif\0\0" + damaged_exif(kind)
    PIL.Image.new("RGB", (WIDTH, HEIGHT)).save(tmp_path / "picture.jpg", exif=exif)
    image = read_image(tmp_path / "picture.jpg")
    assert (image.height, image.width) == (WIDTH, HEIGHT)
    write_image(tmp_path / "copy.jpg", image)
    assert read_image(tmp_path / "copy.jpg").pixels.shape == image.pixels.shape
