"""Pixels that go in come out: depth, channels, alpha, orientation, whatever the format and the name."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
from pathlib import Path

import numpy as np
import PIL.Image
import PIL.ImageOps
import pytest
import pyvips
from numpy.typing import NDArray

from engine.image_io import WRITABLE_SUFFIXES, Image, read_image, write_image
from engine.metadata import Metadata
from tests.engine.picture_files import HEIGHT, ORIENTATION, WIDTH, exif_block, pixels_of, written_exif

LOSSLESS = (".png", ".tif", ".tiff")


@pytest.mark.parametrize("size", [(HEIGHT, WIDTH), (1, 1), (300, 5)])
@pytest.mark.parametrize("has_alpha", [False, True])
@pytest.mark.parametrize("channels", [1, 3])
@pytest.mark.parametrize("dtype", ["uint8", "uint16"])
@pytest.mark.parametrize("suffix", LOSSLESS)
def test_lossless_formats_keep_every_sample(
    tmp_path: Path, suffix: str, dtype: str, channels: int, has_alpha: bool, size: tuple[int, int]
) -> None:
    pixels = pixels_of(dtype, channels, *size)
    alpha = pixels_of(dtype, 1, *size)[..., 0] if has_alpha else None
    path = tmp_path / f"picture{suffix}"
    write_image(path, Image(pixels, alpha))
    image = read_image(path)
    assert image.pixels.dtype == pixels.dtype
    np.testing.assert_array_equal(image.pixels, pixels)
    assert (image.alpha is None) is (alpha is None)
    if alpha is not None:
        np.testing.assert_array_equal(image.alpha, alpha)


@pytest.mark.parametrize("channels", [1, 3])
def test_float_tiff_keeps_every_sample(tmp_path: Path, channels: int) -> None:
    pixels = pixels_of("float32", channels) * 3 - 1
    write_image(tmp_path / "picture.tif", Image(pixels, pixels[..., 0]))
    image = read_image(tmp_path / "picture.tif")
    assert image.pixels.dtype == np.float32
    np.testing.assert_array_equal(image.pixels, pixels)
    np.testing.assert_array_equal(image.alpha, pixels[..., 0])


@pytest.mark.parametrize(
    ("suffix", "mode"),
    [(suffix, mode) for suffix in LOSSLESS for mode in ("L", "LA", "RGB", "RGBA")]
    + [(".jpg", "L"), (".jpg", "RGB"), (".webp", "RGB"), (".webp", "RGBA")],
)
def test_pillow_reads_what_we_write(tmp_path: Path, suffix: str, mode: str) -> None:
    rows, columns = np.mgrid[:HEIGHT, :WIDTH]
    smooth = np.stack([rows * 4, columns * 4, 255 - rows * 4, 100 + rows + columns], axis=2).astype(np.uint8)
    pixels = smooth[..., : 1 if mode.startswith("L") else 3]
    alpha = smooth[..., 3] if mode.endswith("A") else None
    path = tmp_path / f"picture{suffix}"
    write_image(path, Image(pixels, alpha))
    with PIL.Image.open(path) as picture:
        assert picture.mode == mode
        seen = np.atleast_3d(np.asarray(picture)).astype(int)
    expected = pixels if alpha is None else np.dstack([pixels, alpha])
    difference = np.abs(seen - expected)
    assert difference.max() <= (0 if suffix in LOSSLESS else 8)
    assert difference.mean() <= (0 if suffix in LOSSLESS else 1.5)


@pytest.mark.parametrize("dtype", ["uint16", "float32"])
@pytest.mark.parametrize("suffix", [".jpg", ".webp"])
def test_formats_of_8_bits_get_rounded_samples(tmp_path: Path, suffix: str, dtype: str) -> None:
    full = 65535 if dtype == "uint16" else 1
    for eighth_bit in (0.4, 0.6):  # one below, one above the half between 100 and 101
        pixels = np.full((16, 16, 3), (100 + eighth_bit) / 255 * full, dtype)
        write_image(tmp_path / f"picture{suffix}", Image(pixels), quality=100)
        assert abs(read_image(tmp_path / f"picture{suffix}").pixels.mean() - round(100 + eighth_bit)) < 0.2


def test_float_becomes_16_bits_in_png(tmp_path: Path) -> None:
    pixels = pixels_of("float32", 3) * np.float32(1.2) - np.float32(0.1)
    write_image(tmp_path / "picture.png", Image(pixels))
    expected = np.rint(np.clip(pixels, 0, 1) * 65535)
    np.testing.assert_allclose(read_image(tmp_path / "picture.png").pixels, expected, atol=1)


def test_jpeg_leaves_alpha_out_and_keeps_the_pixels(tmp_path: Path) -> None:
    pixels = np.full((16, 16, 3), 200, np.uint8)
    write_image(tmp_path / "picture.jpg", Image(pixels, np.zeros((16, 16), np.uint8)))
    image = read_image(tmp_path / "picture.jpg")
    assert image.alpha is None
    np.testing.assert_allclose(image.pixels, pixels, atol=2)


def test_jpeg_has_full_chroma_and_the_quality_asked_for(tmp_path: Path) -> None:
    pixels = pixels_of("uint8", 3)
    write_image(tmp_path / "fine.jpg", Image(pixels))
    write_image(tmp_path / "coarse.jpg", Image(pixels), quality=20)
    with PIL.Image.open(tmp_path / "fine.jpg") as fine:
        assert [component[1:3] for component in fine.layer] == [(1, 1)] * 3  # type: ignore[attr-defined]
    assert (tmp_path / "coarse.jpg").stat().st_size < (tmp_path / "fine.jpg").stat().st_size / 2


def test_tiff_is_compressed(tmp_path: Path) -> None:
    write_image(tmp_path / "picture.tif", Image(np.zeros((100, 100, 3), np.uint16)))
    assert (tmp_path / "picture.tif").stat().st_size < 5000


def test_a_turned_array_can_be_written(tmp_path: Path) -> None:
    pixels = pixels_of("uint8", 3)[::-1].swapaxes(0, 1)
    write_image(tmp_path / "picture.png", Image(pixels))
    np.testing.assert_array_equal(read_image(tmp_path / "picture.png").pixels, pixels)


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA"])
@pytest.mark.parametrize("suffix", [".png", ".tif"])
def test_kinds_of_8_bit_pictures_are_read_as_gray_or_rgb(tmp_path: Path, suffix: str, mode: str) -> None:
    samples = pixels_of("uint8", 4)
    colour = PIL.Image.fromarray(samples)
    picture = colour.convert("RGB").quantize(16) if mode == "P" else colour.convert(mode)
    path = tmp_path / f"picture{suffix}"
    picture.save(path)
    image = read_image(path)
    expected = np.asarray(picture.convert({"1": "L", "P": "RGB"}.get(mode, mode)))
    expected = np.atleast_3d(expected)
    channels = 3 if expected.shape[2] > 2 else 1
    assert image.pixels.dtype == np.uint8
    np.testing.assert_array_equal(image.pixels, expected[..., :channels])
    if mode.endswith("A"):
        np.testing.assert_array_equal(image.alpha, expected[..., channels])
    else:
        assert image.alpha is None


def test_palette_with_transparency_has_alpha(tmp_path: Path) -> None:
    picture = PIL.Image.fromarray(pixels_of("uint8", 3)).quantize(16)
    picture.save(tmp_path / "picture.png", transparency=3)
    image = read_image(tmp_path / "picture.png")
    assert image.pixels.shape == (HEIGHT, WIDTH, 3)
    np.testing.assert_array_equal(image.alpha, np.where(np.asarray(picture) == 3, 0, 255))


@pytest.mark.parametrize(("dtype", "half"), [("uint8", 127), ("uint16", 32767)])
def test_cmyk_keeps_its_transparency(tmp_path: Path, dtype: str, half: int) -> None:
    samples = np.full((200, 30, 5), half, dtype)
    pyvips.Image.new_from_array(samples, interpretation="cmyk").tiffsave(str(tmp_path / "picture.tif"))
    alpha = read_image(tmp_path / "picture.tif").alpha
    assert alpha is not None
    assert (alpha == half).all()


@pytest.mark.parametrize("suffix", [".jpg", ".tif"])
def test_cmyk_becomes_srgb(tmp_path: Path, suffix: str) -> None:
    inks = np.zeros((16, 64, 4), np.uint8)
    inks[:, 16:32, 1:3] = 255  # magenta and yellow
    inks[:, 32:48, 0] = 255
    inks[:, 48:, 3] = 255
    PIL.Image.fromarray(inks, "CMYK").save(tmp_path / f"picture{suffix}")
    image = read_image(tmp_path / f"picture{suffix}")
    paper, red, cyan, black = (image.pixels[8, x].astype(int) for x in (8, 24, 40, 56))
    assert image.channels == 3
    assert image.alpha is None
    assert paper.min() > 240
    assert red[0] > 180 > 80 > max(red[1:])
    assert cyan[0] < 80 < 120 < min(cyan[1:])
    assert black.max() < 70
    assert image.metadata.icc is not None
    assert image.metadata.icc[16:20] == b"RGB "


@pytest.mark.parametrize("suffix", [".tif", ".webp"])
def test_first_page_only(tmp_path: Path, suffix: str) -> None:
    first, second = (PIL.Image.new("RGB", (WIDTH, HEIGHT), colour) for colour in ("red", "blue"))
    first.save(tmp_path / f"picture{suffix}", save_all=True, append_images=[second])
    image = read_image(tmp_path / f"picture{suffix}")
    assert image.pixels.shape == (HEIGHT, WIDTH, 3)
    assert tuple(image.pixels[0, 0] > 128) == (True, False, False)


@pytest.mark.parametrize(("suffix", "kind"), [(".jpg", "PNG"), (".png", "TIFF"), (".tif", "JPEG"), (".txt", "WEBP")])
def test_content_decides_the_format(tmp_path: Path, suffix: str, kind: str) -> None:
    PIL.Image.new("RGB", (WIDTH, HEIGHT)).save(tmp_path / f"picture{suffix}", kind)
    assert read_image(tmp_path / f"picture{suffix}").width == WIDTH


@pytest.mark.parametrize(
    "name", ["größe 写真 🙂.png", "100% [Q=1].png", "a[page=3].tif", "b.jpg[strip].jpg", "%s%n.webp"]
)
def test_any_name_works(tmp_path: Path, name: str) -> None:
    folder = tmp_path / "50% [x]"
    folder.mkdir()
    write_image(folder / name, Image(pixels_of("uint8", 3)))
    assert [entry.name for entry in folder.iterdir()] == [name]
    assert read_image(folder / name).width == WIDTH


@pytest.mark.skipif(sys.platform != "linux", reason="other systems have no such names")
def test_a_name_that_is_no_text_works(tmp_path: Path) -> None:
    path = Path(os.fsdecode(os.fsencode(tmp_path) + b"/\xff\xfe.png"))
    write_image(path, Image(pixels_of("uint8", 3)))
    assert read_image(path).width == WIDTH


def test_tiff_with_large_strips_is_read(tmp_path: Path) -> None:
    tifffile = pytest.importorskip("tifffile")
    arrangement = {"photometric": "rgb", "planarconfig": "separate", "rowsperstrip": 6000}
    tifffile.imwrite(tmp_path / "picture.tif", shape=(3, 6000, 9000), dtype="uint8", **arrangement)  # a sparse file
    assert read_image(tmp_path / "picture.tif").pixels.shape == (6000, 9000, 3)


@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize("suffix", [".jpg", ".png", ".tif", ".webp"])
def test_orientation_is_applied_once(tmp_path: Path, suffix: str, orientation: int) -> None:
    samples = np.zeros((40, 24, 3), np.uint8)
    samples[:16, :8] = (255, 0, 0)
    samples[24:, :8] = (0, 255, 0)
    source, copy = tmp_path / f"source{suffix}", tmp_path / f"copy{suffix}"
    exif = PIL.Image.Exif()
    exif[ORIENTATION] = orientation
    PIL.Image.fromarray(samples).save(source, exif=exif)
    with PIL.Image.open(source) as picture:
        upright = PIL.ImageOps.exif_transpose(picture)
        expected = np.asarray(upright) if upright is not None else samples
    image = read_image(source)
    tolerance = 3 if suffix in (".jpg", ".webp") else 0
    np.testing.assert_allclose(image.pixels, expected, atol=tolerance)
    write_image(copy, image)
    assert written_exif(copy)[0].get(ORIENTATION, 1) == 1
    np.testing.assert_allclose(read_image(copy).pixels, expected, atol=40 if tolerance else 0)


def test_alpha_is_turned_with_the_pixels(tmp_path: Path) -> None:
    samples = pixels_of("uint8", 4)
    PIL.Image.fromarray(samples).save(tmp_path / "picture.png", exif=exif_block(orientation=6))
    image = read_image(tmp_path / "picture.png")
    np.testing.assert_array_equal(np.dstack([image.pixels, image.alpha]), np.rot90(samples, -1))  # type: ignore[list-item]


@pytest.mark.parametrize("suffix", [suffix.upper() for suffix in WRITABLE_SUFFIXES])
def test_suffixes_may_be_upper_case(tmp_path: Path, suffix: str) -> None:
    write_image(tmp_path / f"PICTURE{suffix}", Image(pixels_of("uint8", 3)))
    assert read_image(tmp_path / f"PICTURE{suffix}").width == WIDTH


@pytest.mark.parametrize(("suffix", "side"), [(".jpg", 65500), (".webp", 16383), (".png", 65501), (".tif", 65501)])
def test_the_longest_sides_work(tmp_path: Path, suffix: str, side: int) -> None:
    write_image(tmp_path / f"picture{suffix}", Image(np.zeros((1, side, 3), np.uint8)))
    assert read_image(tmp_path / f"picture{suffix}").width == side


def test_a_picture_can_be_saved_over_itself(tmp_path: Path) -> None:
    write_image(tmp_path / "picture.tif", Image(pixels_of("uint8", 3)))
    image = read_image(tmp_path / "picture.tif")
    write_image(tmp_path / "picture.tif", image)
    np.testing.assert_array_equal(read_image(tmp_path / "picture.tif").pixels, image.pixels)


@pytest.mark.skipif(sys.platform == "win32", reason="no POSIX permissions")
def test_new_files_have_ordinary_permissions(tmp_path: Path) -> None:
    before = os.umask(0o027)
    try:
        write_image(tmp_path / "picture.png", Image(pixels_of("uint8", 3)))
    finally:
        os.umask(before)
    assert (tmp_path / "picture.png").stat().st_mode & 0o777 == 0o640


@pytest.mark.skipif(sys.platform == "win32", reason="links need rights")
def test_a_link_stays_a_link(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "link.png").symlink_to(tmp_path / "real" / "picture.png")
    write_image(tmp_path / "link.png", Image(pixels_of("uint8", 3)))
    assert (tmp_path / "link.png").is_symlink()
    assert read_image(tmp_path / "real" / "picture.png").width == WIDTH


@pytest.mark.skipif(not Path("/proc/self/fd").is_dir(), reason="counts open files through /proc")
def test_no_file_stays_open(tmp_path: Path) -> None:
    def round_trip() -> int:
        for suffix in WRITABLE_SUFFIXES:
            write_image(tmp_path / f"picture{suffix}", Image(pixels_of("uint8", 3)))
            read_image(tmp_path / f"picture{suffix}")
        return len(list(Path("/proc/self/fd").iterdir()))

    assert round_trip() == round_trip()


PEAK = """
import resource, sys
from pathlib import Path
from engine.image_io import read_image
start = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
image = read_image(Path(sys.argv[1]))
print((resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - start) * 1024 / image.pixels.nbytes)
"""


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="ru_maxrss is in kilobytes on Linux only")
@pytest.mark.parametrize("orientation", [1, 6])
@pytest.mark.parametrize("suffix", [".tif", ".png", ".jpg"])
def test_reading_holds_the_pixels_once(tmp_path: Path, suffix: str, orientation: int) -> None:
    path = tmp_path / f"picture{suffix}"
    exif = exif_block(orientation=orientation)
    write_image(path, Image(np.zeros((5000, 6000, 3), np.uint8), metadata=Metadata(exif=exif)))
    done = subprocess.run([sys.executable, "-c", PEAK, str(path)], capture_output=True, text=True, check=True)
    assert float(done.stdout) < 1.3


@pytest.mark.skipif(os.name == "nt", reason="Windows has other permissions")
@pytest.mark.parametrize("mode", [0o600, 0o640, 0o664])
def test_a_file_that_is_replaced_keeps_its_permissions(tmp_path: Path, photo: NDArray[np.uint8], mode: int) -> None:
    path = tmp_path / "private.png"
    write_image(path, Image(photo))
    path.chmod(mode)
    write_image(path, Image(photo[::-1].copy()))
    assert stat.S_IMODE(path.stat().st_mode) == mode
