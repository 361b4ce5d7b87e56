"""What a JPEG holds besides its picture is told, and is not lost in place without a word."""

from __future__ import annotations

from pathlib import Path

import PIL.Image
import pytest

from engine.image_io import read_image, write_image
from engine.saved import Loss, Part, Reason

GAIN_MAP = b'<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:Description hdrgm:Version="1.0"/></x:xmpmeta>'


def write_several(path: Path) -> None:
    first, second = (PIL.Image.new("RGB", (40, 30), color) for color in ("red", "blue"))
    first.save(path, "MPO", save_all=True, append_images=[second])


def with_kind(path: Path, kind: int) -> None:
    """Say that the second picture is of another kind."""
    content = path.read_bytes()
    table = content.index(b"MPF\0")
    entries = content.index((0x030000).to_bytes(4, "little"), table + 40)  # behind the directory
    place = entries + 16
    path.write_bytes(content[:place] + kind.to_bytes(4, "little") + content[place + 4 :])


@pytest.mark.parametrize("kind", [0x000000, 0x020001, 0x020002, 0x020003])
def test_pictures_of_their_own_are_counted(tmp_path: Path, kind: int) -> None:
    write_several(tmp_path / "a.jpg")
    with_kind(tmp_path / "a.jpg", kind)
    image = read_image(tmp_path / "a.jpg")
    assert (image.metadata.pages, image.metadata.has_companions) == (2, False)


@pytest.mark.parametrize("kind", [0x010001, 0x010002])
def test_a_smaller_copy_is_no_picture_of_its_own(tmp_path: Path, kind: int) -> None:
    write_several(tmp_path / "a.jpg")
    with_kind(tmp_path / "a.jpg", kind)
    image = read_image(tmp_path / "a.jpg")
    assert (image.metadata.pages, image.metadata.has_companions) == (1, False)


def test_a_gain_map_belongs_to_the_picture_and_its_loss_is_told(tmp_path: Path) -> None:
    write_several(tmp_path / "a.jpg")
    content = (tmp_path / "a.jpg").read_bytes()
    second = content.rindex(b"\xff\xd8\xff") + 2
    body = b"http://ns.adobe.com/xap/1.0/\0" + GAIN_MAP
    segment = b"\xff\xe1" + (len(body) + 2).to_bytes(2, "big") + body
    (tmp_path / "a.jpg").write_bytes(content[:second] + segment + content[second:])
    image = read_image(tmp_path / "a.jpg")
    assert (image.metadata.pages, image.metadata.has_companions) == (1, True)
    saved = write_image(tmp_path / "copy.jpg", image)
    assert Loss(Part.COMPANIONS, Reason.PICTURE_ONLY) in saved.lost


@pytest.mark.parametrize(
    "claim",
    [b'GCamera:MotionPhoto="1"', b"<GCamera:MicroVideo>1</GCamera:MicroVideo>", b'Item:Mime="video/mp4"'],
)
def test_a_film_behind_the_picture_is_told(tmp_path: Path, claim: bytes) -> None:
    PIL.Image.new("RGB", (40, 30)).save(tmp_path / "a.jpg", xmp=b"<x:xmpmeta " + claim + b"/>")
    assert read_image(tmp_path / "a.jpg").metadata.has_companions


def test_a_table_that_makes_no_sense_costs_nothing(tmp_path: Path) -> None:
    write_several(tmp_path / "a.jpg")
    content = (tmp_path / "a.jpg").read_bytes()
    place = content.index(b"MPF\0") + 4
    for cut in (b"II*\0\xff\xff\xff\xff", b"nonsense", b"II*\0\x08\0\0\0\xff\xff"):
        (tmp_path / "b.jpg").write_bytes(content[:place] + cut + content[place + len(cut) :])
        assert read_image(tmp_path / "b.jpg").metadata.pages == 1


def test_an_ordinary_jpeg_has_one_picture(tmp_path: Path) -> None:
    PIL.Image.new("RGB", (40, 30)).save(tmp_path / "a.jpg")
    image = read_image(tmp_path / "a.jpg")
    assert (image.metadata.pages, image.metadata.has_companions) == (1, False)
