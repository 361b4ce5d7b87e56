"""Results in another profile look the same."""

from __future__ import annotations

import io
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import ExifTags, ImageCms
from PIL import Image as Picture

from engine.batch.queue import BatchOptions, Queue
from engine.cli.main import main
from engine.errors import ImageReadError
from engine.image_io import Image, read_image, write_image
from engine.metadata import Metadata
from engine.output_profile import in_profile, read_profile
from engine.steps import Step, Steps
from engine.tasks import task_named
from tests.engine.conftest import save_tiny

SRGB = read_profile("srgb")


def swapped_profile(one: bytes, other: bytes) -> bytes:
    """A profile whose numbers mean other colours: sRGB with two primaries in each other's place."""
    first, second = SRGB.index(one), SRGB.index(other)
    swapped = bytearray(SRGB)
    swapped[first : first + 4], swapped[second : second + 4] = other, one
    return bytes(swapped)


WIDE, OTHER = swapped_profile(b"rXYZ", b"gXYZ"), swapped_profile(b"gXYZ", b"bXYZ")


def by_littlecms(pixels: NDArray[np.uint8], source: bytes, target: bytes) -> NDArray[np.uint8]:
    """The reference: Pillow's LittleCMS."""
    before, after = (ImageCms.ImageCmsProfile(io.BytesIO(icc)) for icc in (source, target))
    flags = ImageCms.Flags.BLACKPOINTCOMPENSATION
    made = ImageCms.profileToProfile(
        Picture.fromarray(pixels), before, after, renderingIntent=ImageCms.Intent.RELATIVE_COLORIMETRIC, flags=flags
    )
    return np.asarray(made)


def test_the_colors_are_converted_once_as_littlecms_does(photo: NDArray[np.uint8]) -> None:
    image = Image(photo, metadata=Metadata(icc=WIDE))
    made = in_profile(image, SRGB)
    expected = by_littlecms(photo, WIDE, SRGB)
    assert np.abs(expected.astype(int) - photo).mean() > 5
    assert np.abs(made.pixels.astype(int) - expected).max() <= 2
    assert made.metadata.icc == SRGB
    assert in_profile(made, SRGB) is made


@pytest.mark.parametrize(("icc", "space"), [(SRGB, 1), (WIDE, 0xFFFF)], ids=["srgb", "wide"])
@pytest.mark.parametrize("form", [b'exif:ColorSpace="%d"', b"<exif:ColorSpace>%d</exif:ColorSpace>"])
def test_metadata_name_the_new_colors(photo: NDArray[np.uint8], icc: bytes, space: int, form: bytes) -> None:
    before = 3 - min(space, 2)
    exif = Picture.Exif()
    exif.get_ifd(ExifTags.IFD.Exif)[ExifTags.Base.ColorSpace] = before
    block = exif.tobytes().removeprefix(b"Exif\0\0")
    made = in_profile(Image(photo, metadata=Metadata(icc=OTHER, exif=block, xmp=form % before)), icc)
    found = Picture.Exif()
    assert made.metadata.exif is not None
    found.load(b"Exif\0\0" + made.metadata.exif)
    assert found.get_ifd(ExifTags.IFD.Exif)[ExifTags.Base.ColorSpace] == space
    assert made.metadata.xmp == form % space


def test_a_damaged_profile_is_told_before_the_work(tmp_path: Path) -> None:
    path = tmp_path / "bad.icc"
    path.write_bytes(SRGB[:200] + bytes(len(SRGB) - 200))
    with pytest.raises(ImageReadError, match=r"bad\.icc"):
        read_profile(str(path))


@pytest.mark.parametrize("dtype", [np.uint16, np.float32])
def test_deep_pictures_stay_deep(photo: NDArray[np.uint8], dtype: type[np.generic]) -> None:
    full = 1.0 if dtype is np.float32 else 65535
    between = np.random.default_rng(1).uniform(-0.4, 0.4, photo.shape)  # what 8 bits do not hold
    deep = ((photo + between).clip(0, 255) / 255 * full).astype(dtype)
    made = in_profile(Image(deep, metadata=Metadata(icc=WIDE)), SRGB)
    assert made.pixels.dtype == dtype
    expected = by_littlecms(photo, WIDE, SRGB) / 255 * full
    assert np.abs(made.pixels - expected).max() <= 3 / 255 * full
    assert np.unique(made.pixels).size > 256


def test_gray_stays_gray_for_srgb_and_becomes_rgb_for_others() -> None:
    gray = Image(np.arange(256, dtype=np.uint8).reshape(16, 16, 1), alpha=np.full((16, 16), 7, np.uint8))
    assert in_profile(gray, SRGB) is gray
    made = in_profile(gray, WIDE)
    assert made.pixels.shape == (16, 16, 3)
    assert made.alpha is gray.alpha
    assert np.abs(made.pixels.astype(int) - gray.pixels).max() <= 1, "gray is gray in both"


def test_a_picture_without_a_profile_counts_as_srgb(photo: NDArray[np.uint8]) -> None:
    made = in_profile(Image(photo), SRGB)
    assert made.pixels is photo
    assert made.metadata.icc == SRGB
    assert np.abs(in_profile(Image(photo), WIDE).pixels.astype(int) - by_littlecms(photo, SRGB, WIDE)).max() <= 2


def test_what_is_no_profile_is_told(tmp_path: Path) -> None:
    for content in (None, b"", b"x" * 500, SRGB[:16] + b"CMYK" + SRGB[20:]):
        path = tmp_path / "a.icc"
        path.unlink(missing_ok=True)
        if content is not None:
            path.write_bytes(content)
        with pytest.raises(ImageReadError, match=r"a\.icc"):
            read_profile(str(path))
    damaged = SRGB[:200] + bytes(280)
    with pytest.raises(ImageReadError, match="cannot be converted"):
        in_profile(Image(np.zeros((4, 4, 3), np.uint8), metadata=Metadata(icc=WIDE)), damaged)


def test_a_queue_keeps_its_profile(tmp_path: Path) -> None:
    queue = Queue(BatchOptions(Steps((Step("denoise", 5.0),)), tmp_path, profile=WIDE), path=tmp_path / "q.json")
    queue.save()
    assert Queue.load(tmp_path / "q.json") == queue
    older = (tmp_path / "q.json").read_text().replace('"profile"', '"unknown"')
    (tmp_path / "q.json").write_text(older)
    loaded = Queue.load(tmp_path / "q.json")
    assert loaded is not None
    assert loaded.options.profile is None


def test_the_command_line_converts(
    photo: NDArray[np.uint8], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    model = save_tiny(tmp_path / "model.safetensors", task_named("denoise"))
    source, profile = tmp_path / "a.tif", tmp_path / "wide.icc"
    write_image(source, Image(photo[:64, :80], metadata=Metadata(icc=WIDE)))
    profile.write_bytes(WIDE)
    options = ["--model", str(model), "--device", "cpu", "--level", "9"]
    for name, extra in (("kept", []), ("srgb", ["--profile", "srgb"]), ("same", ["--profile", str(profile)])):
        assert main(["restore", str(source), "-o", str(tmp_path / f"{name}.tif"), *options, *extra]) == 0
    kept, srgb, same = (read_image(tmp_path / f"{name}.tif") for name in ("kept", "srgb", "same"))
    assert np.array_equal(kept.pixels, same.pixels)
    assert (kept.metadata.icc, srgb.metadata.icc) == (WIDE, SRGB)
    assert np.abs(srgb.pixels.astype(int) - by_littlecms(kept.pixels, WIDE, SRGB)).max() <= 2
    assert main(["restore", str(source), "-o", str(tmp_path / "b.tif"), *options, "--profile", str(source)]) == 1
    assert "it is no ICC profile of RGB" in capsys.readouterr().err
