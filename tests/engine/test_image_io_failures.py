"""One clear sentence when a picture cannot be read or saved, nothing printed, nothing lost."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import PIL.Image
import pytest

from engine import image_reading, thumbnail
from engine.errors import ImageReadError, ImageWriteError
from engine.image_formats import ReadFormat, sniff_format
from engine.image_io import WRITABLE_SUFFIXES, Image, check_target, read_image, write_image
from tests.engine.picture_files import pixels_of


def assert_one_clear_sentence(error: Exception, path: Path) -> None:
    text = str(error)
    assert "\n" not in text
    assert str(path) in text
    assert text.endswith(".")
    assert "vips" not in text.lower()


def saved(path: Path) -> bytes:
    """The bytes of a valid picture of some size, at `path` too."""
    PIL.Image.fromarray(pixels_of("uint8", 3, 200, 300)).save(path)
    return path.read_bytes()


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("missing.jpg", None, "no such file"),
        ("missing/folder.jpg", None, "no such file"),
        ("empty.jpg", b"", "is empty"),
        ("text.jpg", b"Dear diary, today I took no photo.", "not a JPEG, PNG, TIFF, WebP"),
        ("vector.svg", b"<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'/>", "not a JPEG"),
        ("start.jpg", b"\xff\xd8\xff\xe0", "damaged"),
        ("start.png", b"\x89PNG\r\n\x1a\n", "damaged"),
        ("start.tif", b"II*\0\x08\0\0\0", "damaged"),
        ("start.webp", b"RIFF\x10\0\0\0WEBP", "damaged"),
        ("%d[1]ö.png", b"\x89PNG\r\n\x1a\n", "damaged"),
    ],
)
def test_what_is_no_picture_is_refused(tmp_path: Path, name: str, content: bytes | None, reason: str) -> None:
    path = tmp_path / name
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(ImageReadError, match=reason) as caught:
        read_image(path)
    assert_one_clear_sentence(caught.value, path)


@pytest.mark.parametrize("suffix", [".jpg", ".png", ".tif"])
def test_a_file_that_disappears_while_it_is_read(tmp_path: Path, suffix: str, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / f"gone{suffix}"
    saved(path)

    def decode_and_lose(*args: Any) -> Any:
        decoded = decode(*args)
        path.unlink()
        return decoded

    decode = image_reading._decoded
    monkeypatch.setattr(image_reading, "_decoded", decode_and_lose)
    with pytest.raises(ImageReadError, match="no such file") as caught:
        read_image(path)
    assert_one_clear_sentence(caught.value, path)


@pytest.mark.parametrize("suffix", [".jpg", ".png", ".tif", ".webp", ".avif"])
@pytest.mark.parametrize("small", [False, True])
def test_a_file_that_disappears_before_it_is_decoded(
    tmp_path: Path, suffix: str, small: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / f"gone{suffix}"
    saved(path)
    module = thumbnail if small else image_reading

    def sniff_and_lose(path: Path) -> ReadFormat:
        found = sniff_format(path)
        path.unlink()
        return found

    monkeypatch.setattr(module, "sniff_format", sniff_and_lose)
    with pytest.raises(ImageReadError, match="no such file") as caught:
        thumbnail.read_thumbnail(path, 64) if small else read_image(path)
    assert_one_clear_sentence(caught.value, path)


def test_a_folder_and_a_device_are_refused(tmp_path: Path) -> None:
    for path in (tmp_path, Path(os.devnull)):
        with pytest.raises(ImageReadError, match="folder or a device") as caught:
            read_image(path)
        assert_one_clear_sentence(caught.value, path)


def test_a_file_that_may_not_be_read_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "picture.png"
    saved(path)

    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", refuse)
    with pytest.raises(ImageReadError, match="may not read") as caught:
        read_image(path)
    assert_one_clear_sentence(caught.value, path)


@pytest.mark.parametrize("share", [0.1, 0.5, 0.9, 0.999])
@pytest.mark.parametrize("suffix", [".jpg", ".png", ".tif", ".webp"])
def test_a_picture_cut_short_is_refused(tmp_path: Path, suffix: str, share: float) -> None:
    path = tmp_path / f"picture{suffix}"
    content = saved(path)
    path.write_bytes(content[: int(len(content) * share)])
    with pytest.raises(ImageReadError, match="damaged") as caught:
        read_image(path)
    assert_one_clear_sentence(caught.value, path)


@pytest.mark.parametrize("arrangement", [{"rowsperstrip": 16}, {"tile": (64, 64)}, {"planarconfig": "separate"}])
@pytest.mark.parametrize("is_big", [False, True])
def test_a_tiff_without_its_last_pixels_is_refused(tmp_path: Path, arrangement: dict[str, Any], is_big: bool) -> None:
    tifffile = pytest.importorskip("tifffile")
    path = tmp_path / "picture.tif"
    samples = pixels_of("uint8", 3, 200, 300)
    if "planarconfig" in arrangement:
        samples = np.ascontiguousarray(samples.transpose(2, 0, 1))
    tifffile.imwrite(path, samples, photometric="rgb", bigtiff=is_big, **arrangement)
    assert read_image(path).width == 300
    path.write_bytes(path.read_bytes()[:-5000])
    with pytest.raises(ImageReadError, match="cut short"):
        read_image(path)


@pytest.mark.parametrize("compression", ["tiff_deflate", "tiff_lzw"])
def test_a_tiff_with_damaged_pixels_is_refused(tmp_path: Path, compression: str) -> None:
    PIL.Image.fromarray(pixels_of("uint8", 3, 200, 300)).save(tmp_path / "picture.tif", compression=compression)
    content = bytearray((tmp_path / "picture.tif").read_bytes())
    content[50_000:50_100] = bytes(100)
    (tmp_path / "picture.tif").write_bytes(content)
    with pytest.raises(ImageReadError, match="damaged"):
        read_image(tmp_path / "picture.tif")


def test_a_zero_size_picture_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "picture.png"
    content = bytearray(saved(path))
    content[16:24] = bytes(8)
    path.write_bytes(content)
    with pytest.raises(ImageReadError, match="damaged"):
        read_image(path)


@pytest.mark.parametrize("dtype", ["uint32", "int16"])
def test_samples_of_an_unusual_type_are_refused(tmp_path: Path, dtype: str) -> None:
    tifffile = pytest.importorskip("tifffile")
    tifffile.imwrite(tmp_path / "picture.tif", np.zeros((9, 9), dtype), photometric="minisblack")
    with pytest.raises(ImageReadError, match="8 or 16 bits"):
        read_image(tmp_path / "picture.tif")


def test_a_picture_that_does_not_fit_into_memory_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    saved(tmp_path / "picture.png")

    def fail(*_: object) -> None:
        raise MemoryError

    monkeypatch.setattr("engine.large_arrays.np.empty", fail)
    with pytest.raises(ImageReadError, match="300 x 200 pixels do not fit"):
        read_image(tmp_path / "picture.png")


@pytest.mark.parametrize("name", ["picture", "picture.gif", "picture.jpg.bak"])
def test_unknown_suffixes_are_refused_with_the_known_ones(tmp_path: Path, name: str) -> None:
    with pytest.raises(ImageWriteError) as caught:
        write_image(tmp_path / name, Image(pixels_of("uint8", 3)))
    assert_one_clear_sentence(caught.value, tmp_path / name)
    assert all(suffix in str(caught.value) for suffix in WRITABLE_SUFFIXES)
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    ("suffix", "shape", "reason"),
    [
        (".jpg", (1, 65501, 3), "65501 pixels long, JPEG holds 65500"),
        (".webp", (16384, 1, 3), "16384 pixels long, WEBP holds 16383"),
        (".png", (0, 5, 3), "no pixels"),
        (".tif", (5, 0, 1), "no pixels"),
    ],
)
def test_sizes_that_a_format_cannot_hold_are_refused(
    tmp_path: Path, suffix: str, shape: tuple[int, int, int], reason: str
) -> None:
    with pytest.raises(ImageWriteError, match=reason) as caught:
        write_image(tmp_path / f"picture{suffix}", Image(np.zeros(shape, np.uint8)))
    assert_one_clear_sentence(caught.value, tmp_path / f"picture{suffix}")
    assert not list(tmp_path.iterdir())


def test_a_missing_folder_is_named(tmp_path: Path) -> None:
    with pytest.raises(ImageWriteError, match=r"there is no folder .*nowhere; create it") as caught:
        write_image(tmp_path / "nowhere" / "picture.png", Image(pixels_of("uint8", 3)))
    assert_one_clear_sentence(caught.value, tmp_path / "nowhere" / "picture.png")
    assert not list(tmp_path.iterdir())


def test_a_folder_in_the_way_stays(tmp_path: Path) -> None:
    (tmp_path / "picture.png").mkdir()
    with pytest.raises(ImageWriteError, match="a folder has that name"):
        write_image(tmp_path / "picture.png", Image(pixels_of("uint8", 3)))
    assert [entry.name for entry in tmp_path.iterdir()] == ["picture.png"]


def test_a_write_protected_file_stays(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    old = saved(tmp_path / "picture.png")
    monkeypatch.setattr(os, "access", lambda path, *_: path.is_dir())  # root may write everything
    with pytest.raises(ImageWriteError, match="write-protected"):
        write_image(tmp_path / "picture.png", Image(pixels_of("uint8", 3)))
    assert (tmp_path / "picture.png").read_bytes() == old


def test_a_write_protected_folder_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(os, "open", refuse)
    with pytest.raises(ImageWriteError, match="may not write there"):
        write_image(tmp_path / "picture.png", Image(pixels_of("uint8", 3)))


def test_a_write_protected_folder_is_told_before_the_work(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "access", lambda *_: False)  # root may write everywhere
    with pytest.raises(ImageWriteError, match="you may not write in"):
        check_target(tmp_path / "picture.png", 8, 8)


@pytest.mark.parametrize("failing", ["fsync", "replace"])
def test_a_failure_keeps_the_old_file_and_leaves_nothing_behind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, failing: str
) -> None:
    old = saved(tmp_path / "picture.png")

    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, failing, fail)
    with pytest.raises(ImageWriteError, match="no space left on device") as caught:
        write_image(tmp_path / "picture.png", Image(pixels_of("uint8", 3)))
    assert_one_clear_sentence(caught.value, tmp_path / "picture.png")
    assert [entry.name for entry in tmp_path.iterdir()] == ["picture.png"]
    assert (tmp_path / "picture.png").read_bytes() == old


@pytest.mark.parametrize("suffix", [".jpg", ".png", ".tif", ".webp"])
def test_a_full_disk_keeps_the_old_file_and_leaves_nothing_behind(tmp_path: Path, suffix: str) -> None:
    resource = pytest.importorskip("resource")
    path = tmp_path / f"picture{suffix}"
    old = saved(path)
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (10_000, hard))
    try:
        with pytest.raises(ImageWriteError, match="writing failed") as caught:
            write_image(path, Image(pixels_of("uint8", 3, 400, 400)))
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert_one_clear_sentence(caught.value, path)
    assert [entry.name for entry in tmp_path.iterdir()] == [path.name]
    assert path.read_bytes() == old


def test_an_interrupted_save_keeps_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    old = saved(tmp_path / "picture.png")

    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("engine.image_writing.embed", interrupt)
    with pytest.raises(KeyboardInterrupt):
        write_image(tmp_path / "picture.png", Image(pixels_of("uint8", 3)))
    assert [entry.name for entry in tmp_path.iterdir()] == ["picture.png"]
    assert (tmp_path / "picture.png").read_bytes() == old


ROUND_TRIP = """
import sys
from pathlib import Path
from engine.errors import EngineError
from engine.image_io import read_image, write_image
folder = Path(sys.argv[1])
for path in sorted(folder.iterdir()):
    try:
        write_image(folder / f"copy of {path.name}", read_image(path))
    except EngineError:
        pass
"""


def test_nothing_is_printed_whatever_the_file(tmp_path: Path) -> None:
    for suffix in (".jpg", ".png", ".tif", ".webp"):
        content = saved(tmp_path / f"whole{suffix}")
        for share in range(1, 10):
            (tmp_path / f"cut{share}{suffix}").write_bytes(content[: len(content) * share // 10])
            damaged = bytearray(content)
            damaged[len(content) * share // 10 - 9 :: 997] = b"?" * len(damaged[len(content) * share // 10 - 9 :: 997])
            (tmp_path / f"damaged{share}{suffix}").write_bytes(damaged)
    done = subprocess.run([sys.executable, "-c", ROUND_TRIP, str(tmp_path)], capture_output=True, text=True, check=True)
    assert (done.stdout, done.stderr) == ("", "")
    assert len(list(tmp_path.glob("copy of whole*"))) == 4
