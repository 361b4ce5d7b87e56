"""Lists of pictures, and results that go where sources lie."""

from __future__ import annotations

import errno
import subprocess
import sys
from contextlib import nullcontext
from pathlib import Path

import numpy as np
import PIL.Image
import pytest

from engine.batch.names import NameTemplate
from engine.batch.queue import BatchOptions, Queue, Status
from engine.batch.runner import Batch, Tools
from engine.cli.main import main
from engine.errors import ImageWriteError, NameTakenError
from engine.image_io import Image, Saved, read_image, write_image
from engine.picture_search import Planned
from engine.run_context import RunContext
from engine.steps import Step, Steps

Captured = pytest.CaptureFixture[str]


def gray(path: Path, value: int, *more: int) -> Path:
    """A picture of one value, with more pages."""
    first, *rest = (PIL.Image.new("L", (64, 64), each) for each in (value, *more))
    first.save(path, save_all=bool(rest), append_images=rest) if rest else first.save(path)
    return path


@pytest.mark.parametrize("order", [("a.gif", "a.tif"), ("a.tif", "a.gif")])
def test_in_place_no_result_takes_the_place_of_another_source(tmp_path: Path, order: tuple[str, str]) -> None:
    queue = Queue(BatchOptions(Steps((Step("denoise", 9.0),)), None, NameTemplate("{name}.{ext}"), overwrites=True))
    for name in order:  # one after the other, as files are dropped
        queue.add([Planned(gray(tmp_path / name, 9))])
        queue.aim()
    targets = {entry.source.name: entry.target for entry in queue.entries}
    assert targets == {"a.tif": tmp_path / "a.tif", "a.gif": tmp_path / "a-2.tif"}


def test_in_place_both_of_one_name_are_restored(tmp_path: Path, model: list[str]) -> None:
    top = tmp_path / "in"
    top.mkdir()
    gray(top / "a.gif", 50), gray(top / "a.tif", 200)
    assert main(["restore", str(top), "-o", str(top), "--overwrite", *model]) == 0
    means = {path.name: float(np.mean(read_image(path).pixels)) for path in top.iterdir()}
    assert means == {"a.gif": 50, "a.tif": pytest.approx(200, abs=30), "a-2.tif": pytest.approx(50, abs=30)}


def test_what_was_restored_in_place_is_not_restored_with_other_settings_too(
    tmp_path: Path, model: list[str], capsys: Captured
) -> None:
    top = tmp_path / "in"
    top.mkdir()
    gray(top / "a.png", 50)
    (top / "bad.jpg").write_bytes(b"no picture")
    call = ["restore", str(top), "-o", str(top), "--overwrite", *model]
    assert main(call) == 1
    once = (top / "a.png").read_bytes()
    capsys.readouterr()
    assert main([*call, "--tile", "128"]) == 1
    assert "were restored in place with other settings" in capsys.readouterr().err
    (top / "bad.jpg").unlink()
    assert main(call) == 0
    assert (top / "a.png").read_bytes() == once


def test_two_at_once_take_two_names(tmp_path: Path, model: list[str]) -> None:
    picture, out = gray(tmp_path / "a.png", 50), tmp_path / "out"
    out.mkdir()
    writer, others = write_image, [b"of another program"]

    def write_late(path: Path, image: Image, *, quality: int, replaces: bool) -> Saved:
        if others:
            path.write_bytes(others.pop(0))  # after the name was found to be free
        return writer(path, image, quality=quality, replaces=replaces)

    queue = Queue(BatchOptions(Steps((Step("denoise", 9.0),)), out, NameTemplate("{name}.{ext}")))
    queue.add([Planned(picture)])
    queue.aim()
    tools = Tools(lambda image, *_: image, lambda *_: nullcontext(RunContext()), write=write_late)
    Batch(queue, tools).run(RunContext())
    assert (queue.entries[0].status, queue.entries[0].target) == (Status.DONE, out / "a-2.png")
    assert (out / "a.png").read_bytes() == b"of another program"
    assert read_image(out / "a-2.png").height == 64


@pytest.mark.parametrize("has_nameless", [True, False])
def test_what_is_there_can_be_left_alone(tmp_path: Path, has_nameless: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    if not has_nameless:
        monkeypatch.setattr("engine.safe_file._nameless", lambda folder: None)
    picture, old = Image(np.zeros((9, 9, 3), np.uint8)), tmp_path / "old.png"
    old.write_bytes(b"old")
    with pytest.raises(NameTakenError, match=r"old\.png: a file of that name has come"):
        write_image(old, picture, replaces=False)
    assert old.read_bytes() == b"old"
    write_image(tmp_path / "new.png", picture, replaces=False)
    assert read_image(tmp_path / "new.png").width == 9
    assert {path.name for path in tmp_path.iterdir()} == {"old.png", "new.png"}


def test_a_name_that_was_claimed_in_vain_is_given_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(name: Path, target: Path) -> None:
        raise OSError(errno.EIO, "the disk is gone")

    monkeypatch.setattr("engine.safe_file._nameless", lambda folder: None)
    monkeypatch.setattr(Path, "replace", fail)
    with pytest.raises(ImageWriteError):
        write_image(tmp_path / "new.png", Image(np.zeros((9, 9, 3), np.uint8)), replaces=False)
    assert not list(tmp_path.iterdir())


def test_a_file_of_several_pages_is_not_replaced_by_its_first(
    tmp_path: Path, model: list[str], capsys: Captured
) -> None:
    scan = gray(tmp_path / "scan.tif", 50, 100, 150)
    before = scan.read_bytes()
    assert main(["restore", str(scan), "-o", str(scan), "--overwrite", *model]) == 1
    assert "its other pages would be lost" in capsys.readouterr().err
    assert scan.read_bytes() == before
    assert main(["restore", str(scan), "-o", str(tmp_path / "first.tif"), *model]) == 0


def test_the_plan_of_a_list_fails_where_the_call_would(tmp_path: Path, model: list[str], capsys: Captured) -> None:
    picture, text = gray(tmp_path / "a.png", 50), tmp_path / "notes.txt"
    text.write_text("no picture")
    for arguments, code, sentence in (
        ([picture, text, "-o", tmp_path / "out"], 1, "notes.txt: it is no picture."),
        ([picture, picture, "-o", tmp_path / "out.png"], 2, "OUT must be a folder for several pictures"),
    ):
        for last in ([], ["--plan"]):
            assert main(["restore", *map(str, arguments), *last, *model]) == code
            assert sentence in capsys.readouterr().err


def test_a_name_that_cannot_be_stops_no_other(tmp_path: Path, model: list[str], capsys: Captured) -> None:
    picture, out = gray(tmp_path / "a.png", 50), tmp_path / "out"
    assert main(["restore", str(picture), str(tmp_path / ("x" * 300 + ".png")), "-o", str(out), *model]) == 1
    assert "unexpected" not in capsys.readouterr().err
    assert (out / "a.png").is_file()


@pytest.mark.skipif(sys.platform == "win32", reason="links need rights there")
def test_a_link_to_itself_is_one_sentence(tmp_path: Path, model: list[str], capsys: Captured) -> None:
    loop = tmp_path / "loop.png"
    loop.symlink_to(loop)
    assert main(["restore", str(gray(tmp_path / "a.png", 50)), "-o", str(loop), *model]) == 1
    assert capsys.readouterr().err.count("\n") == 1


@pytest.mark.slow
@pytest.mark.skipif(not Path("/dev/full").exists(), reason="only Linux has it")
@pytest.mark.parametrize("closing", [">/dev/full", ">&-", "2>/dev/full"])
def test_work_goes_on_where_nothing_can_be_told(tmp_path: Path, model: list[str], closing: str) -> None:
    out = tmp_path / "out.png"
    call = [sys.executable, "-m", "engine.cli", "restore", str(gray(tmp_path / "a.png", 50)), "-o", str(out), *model]
    assert subprocess.run(["sh", "-c", f'"$@" {closing}', "sh", *call], check=False).returncode == 0
    assert out.is_file()


@pytest.mark.parametrize("template", ["{name}-restored.{ext}", "{name}.{ext}"])
def test_results_that_lie_beside_their_sources_are_no_sources(template: str) -> None:
    options = BatchOptions(Steps((Step("denoise", 9.0),)), None, NameTemplate(template))
    names = ["a.gif", "a.png", "a-restored.png", "b-restored.png"]
    left = [item.source.name for item in options.without_results([Planned(Path("/photos") / name) for name in names])]
    assert left == [name for name in names if "restored" not in template or name != "a-restored.png"]


def left_of(template: str, *names: str) -> list[str]:
    options = BatchOptions(Steps((Step("denoise", 9.0),)), None, NameTemplate(template))
    return [item.source.name for item in options.without_results([Planned(Path("/photos") / name) for name in names])]


def test_results_that_got_a_number_are_no_sources_either() -> None:
    names = ("a.png", "a-2.png", "a-restored.png", "a-restored-2.png", "a-restored-restored.png", "-2.png")
    assert left_of("{name}-restored.{ext}", *names) == ["a.png", "a-2.png", "-2.png"]


def test_how_many_results_are_left_out_is_told(
    tmp_path: Path, model: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("a.png", "a-restored.png"):
        gray(tmp_path / name, 50)
    call = ["restore", str(tmp_path), "-o", str(tmp_path), "--name", "{name}-restored.{ext}", "--plan", *model]
    assert main(call) == 0
    assert "results of others, by their names: 1." in capsys.readouterr().err


@pytest.mark.parametrize("template", ["IMG_{n:04}.{ext}", "IMG.{ext}", "{name}_{n:04}.{ext}"])
def test_photos_are_not_taken_for_results_where_names_do_not_tell(template: str) -> None:
    names = ("IMG_0002.png", "IMG_0003.png", "IMG-2.png", "IMG_0001.png")
    assert left_of(template, *names) == [*names]
