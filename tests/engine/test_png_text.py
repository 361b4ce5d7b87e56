"""What PNG files say in texts."""

from __future__ import annotations

import struct
import zlib
from pathlib import Path

import numpy as np
import PIL.Image
import PIL.PngImagePlugin
import pytest

from engine.image_io import Image, read_image, write_image
from engine.metadata import Metadata
from engine.xmp import Property, with_property
from tests.engine.picture_files import MAKE, ORIENTATION, exif_block, pixels_of, written_exif
from tests.engine.test_metadata import PHOTOSHOP

WORDS = (("Copyright", "©"), ("Description", "Eine Straße, 写真"), ("Title", ""))


def spelled_out(name: str, block: bytes) -> str:
    """As ImageMagick and Exiv2 write it."""
    digits = block.hex()
    return "\n".join(["", name, f"{len(block):8d}", *(digits[at : at + 72] for at in range(0, len(digits), 72)), ""])


def write_png(path: Path, texts: dict[str, str]) -> None:
    info = PIL.PngImagePlugin.PngInfo()
    for key, text in texts.items():
        info.add_itxt(key, text, zip=True)
    PIL.Image.fromarray(pixels_of("uint8", 3)).save(path, pnginfo=info)


@pytest.mark.parametrize("name", ["exif", "APP1"])
@pytest.mark.parametrize("suffix", [".png", ".jpg", ".tif", ".webp"])
def test_exif_that_is_spelled_out_is_kept(tmp_path: Path, suffix: str, name: str) -> None:
    block = b"Exif\0\0" + exif_block(orientation=6)
    write_png(tmp_path / "old.png", {f"Raw profile type {name}": spelled_out(name, block)})
    saved = write_image(tmp_path / f"new{suffix}", read_image(tmp_path / "old.png"))
    assert "EXIF and GPS kept" in saved.sentence
    main = written_exif(tmp_path / f"new{suffix}")[0]
    assert main[MAKE] == "Camera "
    assert main.get(ORIENTATION, 1) == 1, "the pixels are as every program shows them"


def test_iptc_that_is_spelled_out_is_kept(tmp_path: Path) -> None:
    block = PHOTOSHOP.removeprefix(b"Photoshop 3.0\0")
    write_png(tmp_path / "old.png", {"Raw profile type iptc": spelled_out("iptc", block)})
    assert "IPTC kept" in write_image(tmp_path / "new.jpg", read_image(tmp_path / "old.png")).sentence
    assert read_image(tmp_path / "new.jpg").metadata.iptc == PHOTOSHOP


@pytest.mark.parametrize("text", ["", "exif", "\nexif\n 3\nabc", "\nexif\nmany\n00", "\nexif\n 9\n00", "\nexif\n1\nzz"])
def test_what_makes_no_sense_is_no_exif(tmp_path: Path, text: str) -> None:
    write_png(tmp_path / "old.png", {"Raw profile type exif": text, "Raw profile type iptc": text})
    metadata = read_image(tmp_path / "old.png").metadata
    assert (metadata.exif, metadata.iptc, metadata.texts) == (None, None, ())


def test_words_stay_in_png_and_are_told_elsewhere(tmp_path: Path) -> None:
    write_png(tmp_path / "old.png", {**dict(WORDS), "Software": "some", "date:create": "2020"})
    image = read_image(tmp_path / "old.png")
    assert image.metadata.texts == WORDS
    assert write_image(tmp_path / "new.png", image).sentence == "8-bit PNG, texts kept"
    with PIL.Image.open(tmp_path / "new.png") as picture:
        assert isinstance(picture, PIL.PngImagePlugin.PngImageFile)
        assert {key: picture.text[key] for key, _ in WORDS} == dict(WORDS)
        np.testing.assert_array_equal(np.asarray(picture), image.pixels)
    assert "not kept: texts (the format has no place for it)" in write_image(tmp_path / "new.jpg", image).sentence


def test_texts_of_all_kinds_are_read_wherever_they_stand(tmp_path: Path) -> None:
    """Latin-1 where PNG says so, behind the pixels as ImageMagick writes them, and more than libvips takes."""
    path, info = tmp_path / "old.png", PIL.PngImagePlugin.PngInfo()
    info.add_text("Auth\xf6r", "J\xf6rg M\xfcller")
    info.add_text("Copyright", "\xa9 2024", zip=True)
    for number in range(60):
        info.add_itxt(f"Title {number}", "写真")
    PIL.Image.fromarray(pixels_of("uint8", 3)).save(path, pnginfo=info)
    content = path.read_bytes()
    body = b"tEXtComment\0behind"
    chunk = struct.pack(">L", len(body) - 4) + body + struct.pack(">L", zlib.crc32(body))
    path.write_bytes(content[:-12] + chunk + content[-12:])
    texts = read_image(path).metadata.texts
    assert texts[:2] == (("Auth\xf6r", "J\xf6rg M\xfcller"), ("Copyright", "\xa9 2024"))
    assert texts[-1] == ("Comment", "behind")
    assert len(texts) == 63
    write_image(tmp_path / "new.png", read_image(path))
    assert read_image(tmp_path / "new.png").metadata.texts == texts


def test_a_text_that_unpacks_to_more_than_any_is_left_out(tmp_path: Path) -> None:
    write_png(tmp_path / "bomb.png", {"Comment": "0" * 2**23, "Title": "a"})
    assert read_image(tmp_path / "bomb.png").metadata.texts == (("Title", "a"),)


def test_xmp_says_what_it_said_of_how_it_is_turned(tmp_path: Path) -> None:
    xmp = with_property(None, Property("http://ns.adobe.com/tiff/1.0/", "tiff", "Orientation"), "6")
    write_image(tmp_path / "a.png", Image(pixels_of("uint8", 3), metadata=Metadata(xmp=xmp)))
    assert read_image(tmp_path / "a.png").metadata.xmp == xmp


def test_a_picture_without_words_says_nothing_of_them(tmp_path: Path) -> None:
    assert write_image(tmp_path / "new.png", Image(pixels_of("uint8", 3))).sentence == "8-bit PNG"
