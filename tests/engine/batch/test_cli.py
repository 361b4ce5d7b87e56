"""The command line on folders."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import PIL.Image
import pytest
from filelock import FileLock
from numpy.typing import NDArray

from engine.batch.queue import stamp
from engine.cli.main import main
from engine.image_io import Image, read_image, write_image

Captured = pytest.CaptureFixture[str]


def test_a_folder_gives_the_same_bytes_as_single_runs(
    folder: Path, tmp_path: Path, model: list[str], capsys: Captured
) -> None:
    out = tmp_path / "out"
    assert main(["restore", str(folder), "-o", str(out), "--recursive", "--report", *model]) == 0
    assert "The report is" in capsys.readouterr().out
    for name in ("a.png", "day 2/a.png", "day 2/inner/b.jpg"):
        single = tmp_path / f"single{Path(name).suffix}"
        assert main(["restore", str(folder / name), "-o", str(single), *model]) == 0
        assert (out / name).read_bytes() == single.read_bytes()
    assert sorted(path.name for path in out.iterdir()) == [
        "a.png", "day 2", "rednet-report.csv", "rednet-report.html",
    ]  # fmt: skip


def test_a_second_call_numbers_and_a_bad_file_is_tried_again(
    folder: Path, tmp_path: Path, model: list[str], capsys: Captured
) -> None:
    out, bad = tmp_path / "out", folder / "bad.jpg"
    bad.write_bytes(b"no picture")
    call = ["restore", str(folder), "-o", str(out), "--recursive", *model]
    assert main(call) == 1
    assert "1 of 4" in capsys.readouterr().err
    bad.write_bytes((folder / "day 2/inner/b.jpg").read_bytes())
    assert main(call) == 0
    assert "3 of 4 pictures are done" in capsys.readouterr().out
    assert (out / "bad.jpg").is_file()
    assert main(call) == 0
    assert (out / "a-2.png").read_bytes() == (out / "a.png").read_bytes()


def test_a_source_that_was_replaced_is_restored_again(
    folder: Path, tmp_path: Path, model: list[str], capsys: Captured
) -> None:
    out = tmp_path / "out"
    (folder / "bad.jpg").write_bytes(b"no picture")
    call = ["restore", str(folder), "-o", str(out), "--recursive", *model]
    assert main(call) == 1
    first = (out / "a.png").read_bytes()
    write_image(folder / "a.png", Image(np.full((40, 40, 3), 9, np.uint8)))
    assert main(call) == 1
    assert "2 of 4 pictures are done" in capsys.readouterr().out
    assert (out / "a.png").read_bytes() == first
    assert read_image(out / "a-2.png").width == 40


def test_results_that_are_gone_are_made_again(folder: Path, tmp_path: Path, model: list[str], capsys: Captured) -> None:
    out = tmp_path / "out"
    (folder / "bad.jpg").write_bytes(b"no picture")
    call = ["restore", str(folder), "-o", str(out), "--recursive", *model]
    assert main(call) == 1
    (out / "a.png").unlink()
    capsys.readouterr()
    assert main(call) == 1
    assert "2 of 4 pictures are done" in capsys.readouterr().out
    assert (out / "a.png").is_file()


def test_what_failed_in_another_folder_is_not_tried_again(
    folder: Path, tmp_path: Path, model: list[str], capsys: Captured
) -> None:
    out, other = tmp_path / "out", folder / "day 2" / "inner"
    (folder / "bad.jpg").write_bytes(b"no picture")
    assert main(["restore", str(folder), "-o", str(out), *model]) == 1
    capsys.readouterr()
    assert main(["restore", str(other), "-o", str(out), *model]) == 0
    assert "bad.jpg" not in capsys.readouterr().err
    assert (out / "b.jpg").is_file()


def test_what_was_named_and_is_no_picture_is_told(
    folder: Path, tmp_path: Path, model: list[str], capsys: Captured
) -> None:
    named = [str(folder / "a.png"), str(folder / "notes.txt")]
    assert main(["restore", *named, "-o", str(tmp_path / "out"), "--report", *model]) == 1
    assert "notes.txt: it is no picture" in capsys.readouterr().err
    assert (tmp_path / "out" / "a.png").is_file()


def test_a_list_gives_the_names_that_its_folder_gives(folder: Path, tmp_path: Path, model: list[str]) -> None:
    PIL.Image.new("RGB", (20, 20)).save(folder / "c.gif")
    files, whole = tmp_path / "files", tmp_path / "whole"
    assert main(["restore", *map(str, (folder / "a.png", folder / "c.gif")), "-o", str(files), *model]) == 0
    assert main(["restore", str(folder), "-o", str(whole), *model]) == 0
    assert {path.name for path in files.iterdir()} == {path.name for path in whole.iterdir()} == {"a.png", "c.tif"}


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (["--report", "page.csv"], "a page's name ends in .html"),
        (["--report", "."], "a page's name ends in .html"),
        (["-o", "out.png", "--report"], "OUT must be a folder"),
        (["--name", "{name}.{ext}", "-o", "out.png"], "OUT must be a folder"),
    ],
)
def test_what_does_not_suit_many_pictures_is_wrong_usage(
    folder: Path,
    tmp_path: Path,
    model: list[str],
    capsys: Captured,
    monkeypatch: pytest.MonkeyPatch,
    options: list[str],
    words: str,
) -> None:
    monkeypatch.chdir(tmp_path)
    try:
        code: object = main(["restore", str(folder / "a.png"), "-o", "out", *model, *options])
    except SystemExit as stopped:
        code = stopped.code
    assert code == 2
    assert words in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == [folder]


@pytest.mark.parametrize("options", [["-o", "out", "--recursive"], ["-o", "out.png"]])
def test_a_model_that_is_not_there_is_told(
    folder: Path, tmp_path: Path, capsys: Captured, monkeypatch: pytest.MonkeyPatch, options: list[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(["restore", str(folder / "a.png"), "--model", "nope.safetensors", *options]) == 1
    assert "nope.safetensors: there is no such file" in capsys.readouterr().err


def test_a_queue_of_other_settings_is_not_replaced_without_a_word(
    folder: Path, tmp_path: Path, model: list[str], capsys: Captured
) -> None:
    (folder / "bad.jpg").write_bytes(b"no picture")
    call = ["restore", str(folder), "-o", str(tmp_path / "out"), *model]
    assert main(call) == 1
    assert "other settings" not in capsys.readouterr().err
    assert main([*call, "--name", "{name}-again.{ext}"]) == 1
    assert "an earlier call with other settings left 1 pictures undone" in capsys.readouterr().err


def test_two_programs_do_not_work_on_one_queue(
    folder: Path, tmp_path: Path, model: list[str], capsys: Captured
) -> None:
    out = tmp_path / "out"
    out.mkdir()
    with FileLock(out / ".rednet-queue.lock"):
        assert main(["restore", str(folder), "-o", str(out), *model]) == 1
    assert "another program is working on it" in capsys.readouterr().err
    assert not (out / "a.png").exists()


@pytest.mark.skipif(os.name == "nt", reason="pipes")
def test_nobody_reads_what_is_told(folder: Path, tmp_path: Path, model: list[str]) -> None:
    out = tmp_path / "out"
    command = [sys.executable, "-m", "engine.cli", "restore", str(folder), "-o", str(out), "--recursive", *model]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert process.stdout is not None
    process.stdout.close()
    process.stdout = None
    assert process.communicate(timeout=60)[1] == b""
    assert process.returncode == 0
    assert sorted(path.name for path in out.iterdir()) == ["a.png", "day 2"]


def test_a_wrong_template_writes_nothing(folder: Path, tmp_path: Path, model: list[str], capsys: Captured) -> None:
    assert main(["restore", str(folder), "-o", str(tmp_path / "out"), "--name", "{x}", *model]) == 2
    assert capsys.readouterr().err.count("\n") == 1
    assert not (tmp_path / "out").exists()


@pytest.mark.slow
@pytest.mark.skipif(os.name == "nt", reason="SIGKILL")
def test_a_killed_run_goes_on_and_does_nothing_twice(
    tmp_path: Path, photo: NDArray[np.uint8], model: list[str]
) -> None:
    top, out = tmp_path / "in", tmp_path / "out"
    top.mkdir()
    for number in range(12):
        write_image(top / f"{number}.png", Image(photo[number : number + 200]))
    command = [sys.executable, "-m", "engine.cli", "restore", str(top), "-o", str(out), *model]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    deadline = time.monotonic() + 60
    while len(list(out.glob("*.png"))) < 3:
        assert time.monotonic() < deadline
        time.sleep(0.005)
    process.send_signal(signal.SIGKILL)
    process.wait()
    before = {path: stamp(path) for path in out.glob("*.png")}
    assert 3 <= len(before) < 12
    assert subprocess.run(command, check=False, capture_output=True).returncode == 0
    assert sorted(path.name for path in out.iterdir()) == sorted(f"{number}.png" for number in range(12))
    assert all(stamp(path) == found for path, found in before.items())
