"""A disk that fails while a picture is saved: the former file stays, nothing is left behind, and it is one sentence."""

from __future__ import annotations

import errno
import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from engine import image_writing
from engine.errors import ImageWriteError
from engine.image_io import Image, read_image, write_image
from engine.metadata import Metadata
from tests.engine.picture_files import exif_block, pixels_of

by_suffix = pytest.mark.parametrize("suffix", [".jpg", ".png", ".tif", ".webp"])
OLD = b"what was there before"


def picture() -> Image:
    return Image(pixels_of("uint8", 3, 90, 120), metadata=Metadata(exif=exif_block(), iptc=b"\x1c\x02\x78\x00\x03abc"))


class Disk:
    """Counts the calls that reach the disk, and fails at one of them and all that follow."""

    def __init__(self, fails_at: int | None, error: int = errno.ENOSPC) -> None:
        self.calls = 0
        self._fails_at, self._error = fails_at, error

    def watched(self, call: Callable[..., Any]) -> Callable[..., Any]:
        def do(*args: Any, **options: Any) -> Any:
            self.calls += 1
            if self._fails_at is not None and self.calls > self._fails_at:
                raise OSError(self._error, os.strerror(self._error))
            return call(*args, **options)

        return do


class WatchedFile:
    """A file whose writing reaches a `Disk`."""

    def __init__(self, file: Any, disk: Disk) -> None:
        self._file = file
        self.write = disk.watched(file.write)
        self.flush = disk.watched(file.flush)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._file, name)


def watch(monkeypatch: pytest.MonkeyPatch, disk: Disk) -> None:
    """Let all that saving does to the disk through Python go through `disk`."""
    fdopen = os.fdopen
    monkeypatch.setattr(os, "fdopen", lambda *args: WatchedFile(fdopen(*args), disk))
    for name in ("open", "fsync", "link"):
        monkeypatch.setattr(os, name, disk.watched(getattr(os, name)))
    monkeypatch.setattr(Path, "replace", disk.watched(Path.replace))
    monkeypatch.setattr(image_writing, "_encode", disk.watched(image_writing._encode))


def calls_of_a_save(folder: Path, suffix: str) -> int:
    """Of one that replaces a file."""
    disk = Disk(None)
    (folder / f"counted{suffix}").write_bytes(OLD)
    with pytest.MonkeyPatch.context() as patch:
        watch(patch, disk)
        write_image(folder / f"counted{suffix}", picture())
    (folder / f"counted{suffix}").unlink()
    return disk.calls


@by_suffix
@pytest.mark.parametrize("error", [errno.ENOSPC, errno.EIO])
def test_whichever_write_fails_the_former_file_stays(tmp_path: Path, suffix: str, error: int) -> None:
    path = tmp_path / f"picture{suffix}"
    calls = calls_of_a_save(tmp_path, suffix)
    assert calls >= 8
    for number in range(calls):
        path.write_bytes(OLD)
        with pytest.MonkeyPatch.context() as patch:
            watch(patch, Disk(number, error))
            with pytest.raises(ImageWriteError) as caught:
                write_image(path, picture())
        sentence = str(caught.value)
        assert sentence.startswith(f"Cannot save {path}: writing failed")
        assert sentence.endswith(".")
        assert "\n" not in sentence
        assert [entry.name for entry in tmp_path.iterdir()] == [path.name], f"at call {number}"
        assert path.read_bytes() == OLD


@by_suffix
def test_a_folder_that_is_removed_meanwhile_is_named(tmp_path: Path, suffix: str) -> None:
    folder = tmp_path / "drive"
    folder.mkdir()
    image = picture()
    shutil.rmtree(folder)
    with pytest.raises(ImageWriteError, match="there is no folder"):
        write_image(folder / f"picture{suffix}", image)
    assert not list(tmp_path.iterdir())


def test_a_folder_that_is_removed_while_saving_is_one_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "drive"
    folder.mkdir()
    encode = image_writing._encode

    def encode_and_remove(*args: Any) -> None:
        encode(*args)
        shutil.rmtree(folder)

    monkeypatch.setattr(image_writing, "_encode", encode_and_remove)
    with pytest.raises(ImageWriteError, match="writing failed") as caught:
        write_image(folder / "picture.png", picture())
    assert "\n" not in str(caught.value)
    assert not list(tmp_path.iterdir())


@by_suffix
def test_metadata_that_cannot_be_written_never_costs_the_picture(
    tmp_path: Path, suffix: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / f"picture{suffix}"
    path.write_bytes(OLD)

    def fail_halfway(metadata: object, file_format: object, source: Any, target: Any) -> None:
        target.write(source.read(50) + b"half of the EXIF")
        raise ValueError("these tags make no sense")

    monkeypatch.setattr(image_writing, "embed", fail_halfway)
    saved = write_image(path, picture())
    found = read_image(path)
    assert found.metadata.exif is None or suffix == ".tif"
    assert "not kept: EXIF" in saved.sentence
    assert [entry.name for entry in tmp_path.iterdir()] == [path.name]
    if suffix in (".png", ".tif"):
        np.testing.assert_array_equal(found.pixels, picture().pixels)
