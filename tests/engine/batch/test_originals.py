"""No original is lost unless that was asked for, and none is restored twice."""

from __future__ import annotations

from contextlib import nullcontext
from dataclasses import replace
from pathlib import Path

import numpy as np
import PIL.Image
import pytest

from engine.batch.queue import BatchOptions, Entry, Queue
from engine.batch.runner import Batch, Tools
from engine.cli.main import main
from engine.image_io import Image, read_image, write_image
from engine.kernels import normalized
from engine.run_context import RunContext
from engine.steps import FrozenArray, Step, Steps
from engine.tasks import Level, Task
from tests.engine.batch.test_lists_and_places import gray

Captured = pytest.CaptureFixture[str]
LAYERS = 0x935C


def layered(path: Path) -> Path:
    PIL.Image.new("RGB", (64, 64), (9, 99, 199)).save(path, tiffinfo={LAYERS: b"Adobe Photoshop Document Data Block\0"})
    return path


def test_layers_are_not_replaced_by_what_they_look_like_together(
    tmp_path: Path, model: list[str], capsys: Captured
) -> None:
    picture = layered(tmp_path / "layers.tif")
    before = picture.read_bytes()
    assert main(["restore", str(picture), "-o", str(picture), "--overwrite", *model]) == 1
    assert "its layers would be lost" in capsys.readouterr().err
    assert picture.read_bytes() == before
    assert main(["restore", str(picture), "-o", str(tmp_path / "flat.tif"), *model]) == 0
    assert "not kept: layers (only the picture is restored)" in capsys.readouterr().out
    assert not read_image(tmp_path / "flat.tif").metadata.has_layers


def test_a_folder_of_another_name_is_the_same_place(tmp_path: Path, model: list[str], capsys: Captured) -> None:
    folder, link = tmp_path / "scans", tmp_path / "link"
    folder.mkdir()
    link.symlink_to(folder)
    scan = gray(folder / "scan.tif", 50, 100)
    before = scan.read_bytes()
    assert Entry(1, scan, target=link / "scan.tif").is_in_place
    assert not Entry(1, scan, target=link / "other.tif").is_in_place
    (folder / "alias.tif").symlink_to(scan)
    assert Entry(1, scan, target=folder / "alias.tif").is_in_place
    (folder / "alias.tif").unlink()
    assert main(["restore", str(folder), "-o", str(link), "--overwrite", *model]) == 1
    assert "its other pages would be lost" in capsys.readouterr().err
    assert scan.read_bytes() == before


def test_one_file_of_two_names_is_not_overwritten_unasked(tmp_path: Path, model: list[str], capsys: Captured) -> None:
    source, other = gray(tmp_path / "a.png", 50), tmp_path / "other name.png"
    other.hardlink_to(source)
    assert main(["restore", str(source), "-o", str(other), *model]) == 1
    assert "would overwrite one of the pictures" in capsys.readouterr().err


def test_named_files_that_go_elsewhere_keep_no_list(tmp_path: Path, model: list[str]) -> None:
    sources = [str(gray(tmp_path / f"{name}.png", 50)) for name in "ab"]
    (tmp_path / "out").mkdir()
    (tmp_path / "bad.png").write_bytes(b"no picture")
    assert main(["restore", *sources, str(tmp_path / "bad.png"), "-o", str(tmp_path / "out"), "--overwrite", *model])
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == ["a.png", "b.png"]


def test_named_files_in_place_are_not_restored_again_where_a_call_goes_on(tmp_path: Path, model: list[str]) -> None:
    first, bad = gray(tmp_path / "a.png", 50), tmp_path / "bad.png"
    bad.write_bytes(b"no picture")
    call = ["restore", str(first), str(bad), "-o", str(tmp_path), "--overwrite", *model]
    before = first.read_bytes()
    assert main(call) == 1
    once = first.read_bytes()
    assert once != before
    gray(bad, 100)
    assert main(call) == 0
    assert first.read_bytes() == once
    assert [path.suffix for path in tmp_path.iterdir()] == [".png", ".png"], "the list goes with the last picture"


def test_what_was_restored_in_place_is_not_restored_so_again(
    tmp_path: Path, model: list[str], capsys: Captured
) -> None:
    folder = tmp_path / "scans"
    folder.mkdir()
    scan = gray(folder / "scan.png", 50)
    call = ["restore", str(folder), "-o", str(folder), "--overwrite", *model]
    assert main([*call, "--level", "20"]) == 0
    once = scan.read_bytes()
    capsys.readouterr()
    assert main([*call, "--level", "20"]) == 0
    told = capsys.readouterr()
    assert told.out.startswith(f"Left out {scan}: it was restored in this way already")
    assert told.err == ""
    assert scan.read_bytes() == once
    assert main([*call, "--level", "5"]) == 0
    assert scan.read_bytes() != once


def test_a_folder_that_is_restored_in_place_may_grow(tmp_path: Path, model: list[str], capsys: Captured) -> None:
    first, second = gray(tmp_path / "a.png", 50), tmp_path / "b.png"
    call = ["restore", str(tmp_path), "-o", str(tmp_path), "--overwrite", *model]
    assert main(call) == 0
    once = first.read_bytes()
    second.write_bytes(b"no picture")
    assert main(call) == 1
    assert "Left out" in capsys.readouterr().out
    gray(first, 100), gray(second, 90)
    sources = first.read_bytes(), second.read_bytes()
    assert main(call) == 0
    assert first.read_bytes() not in (once, sources[0]), "what was left out is looked at again, as what failed is"
    assert second.read_bytes() != sources[1]
    assert {path.name for path in tmp_path.iterdir()} == {"a.png", "b.png"}, "the list goes with the last picture"
    assert main([*call, "--level", "5"]) == 0


NOISE = np.random.default_rng(3).random((151, 151))


def restored_in_place(picture: Path, step: Step) -> bytes:
    def lighter(image: Image, task: Task, level: Level, ctx: RunContext) -> Image:
        return replace(image, pixels=image.pixels + 9)

    queue = Queue(BatchOptions(Steps((step,)), overwrites=True), [Entry(1, picture, target=picture)])
    Batch(queue, Tools(lighter, lambda *_: nullcontext(RunContext()))).run(RunContext())
    return picture.read_bytes()


@pytest.mark.parametrize("suffix", [".jpg", ".png"])
@pytest.mark.parametrize("is_file", [False, True], ids=["painted", "file"])
def test_what_was_restored_in_place_within_a_mask_is_not_restored_so_again(
    tmp_path: Path, suffix: str, is_file: bool
) -> None:
    left = np.zeros((64, 64), np.uint8)
    left[:, :32] = 255
    picture, file = gray(tmp_path / f"scan{suffix}", 50), tmp_path / "mask.png"
    original = picture.read_bytes()

    def restored(mask: np.ndarray[tuple[int, ...], np.dtype[np.uint8]]) -> bytes:
        write_image(file, Image(mask[..., None]))
        return restored_in_place(picture, Step("denoise", 20.0, mask=str(file) if is_file else FrozenArray.of(mask)))

    once = restored(left)
    assert once != original
    assert restored(left) == once
    assert restored(~left) != once, "another mask, though its file has the same name"


@pytest.mark.parametrize("suffix", [".jpg", ".png"])
def test_what_was_deblurred_in_place_is_not_deblurred_so_again(tmp_path: Path, suffix: str) -> None:
    """A JPEG has no room for the kernel."""
    picture = gray(tmp_path / f"scan{suffix}", 50)
    first, other = (Step("deblur", 2.0, kernel=FrozenArray.of(normalized(each))) for each in (NOISE, NOISE.T))
    once = restored_in_place(picture, first)
    assert restored_in_place(picture, first) == once
    assert restored_in_place(picture, other) != once
