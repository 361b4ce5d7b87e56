from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import cv2
import numpy as np
import pytest
import torch
from numpy.typing import NDArray

from engine import zoo
from engine.cli.main import main
from engine.image_io import Image, read_image, write_image
from engine.kernels import Kernel, disk_kernel, motion_kernel, round_gaussian_kernel
from engine.level_estimate import estimate_level
from engine.restore import Restorer
from engine.run_context import RunContext
from engine.tasks import TASKS, Level, task_named
from tests.engine.conftest import save_tiny


@pytest.fixture
def noisy(tmp_path: Path, photo: NDArray[np.uint8]) -> Path:
    noise = np.random.default_rng(0).normal(0, 20, (60, 80, 3))
    path = tmp_path / "사진 50%.png"
    write_image(path, Image((photo[100:160, 100:180] + noise).clip(0, 255).astype(np.uint8)))
    return path


@pytest.fixture
def model(tmp_path: Path) -> list[str]:
    return ["--model", str(save_tiny(tmp_path / "tiny.safetensors", task_named("denoise"))), "--device", "cpu"]


Captured = pytest.CaptureFixture[str]


def one_line(captured: Captured) -> str:
    error = captured.readouterr().err
    assert error.count("\n") == 1, error
    assert "Traceback" not in error
    return error


def test_restore_writes_what_the_restorer_makes(
    noisy: Path, model: list[str], tmp_path: Path, capsys: Captured
) -> None:
    out = tmp_path / "out.png"
    assert main(["restore", str(noisy), "-o", str(out), "--level", "20", *model]) == 0
    restorer = Restorer.for_task(task_named("denoise"), model_path=tmp_path / "tiny.safetensors")
    expected = restorer.restore(read_image(noisy), Level(20), RunContext())
    np.testing.assert_array_equal(read_image(out).pixels, expected.pixels)
    line = capsys.readouterr().out
    assert re.fullmatch(r".*out\.png: denoise, sigma 20, 80 x 60, \d+\.\d s; 8-bit PNG\n", line)


def test_auto_tells_the_estimated_level(noisy: Path, model: list[str], tmp_path: Path, capsys: Captured) -> None:
    assert main(["restore", str(noisy), "-o", str(tmp_path / "out.tif"), "--level", "auto", *model]) == 0
    found = re.search(r"sigma ([\d.]+)", capsys.readouterr().out)
    assert found
    assert 15 < float(found[1]) < 25


def test_auto_takes_the_quality_that_a_jpeg_file_tells(
    noisy: Path, tmp_path: Path, photo: NDArray[np.uint8], capsys: Captured
) -> None:
    task, saved, out = task_named("deblock"), tmp_path / "saved.jpg", tmp_path / "out.png"
    write_image(saved, Image(photo[:60, :80]), quality=23)
    auto = ["--task", "deblock", "--level", "auto", "--model", str(save_tiny(tmp_path / "tiny.safetensors", task))]
    assert main(["restore", str(saved), "-o", str(out), *auto]) == 0
    assert "deblock, quality 23, 80 x 60" in capsys.readouterr().out
    restorer = Restorer.for_task(task, model_path=tmp_path / "tiny.safetensors")
    expected = restorer.restore(read_image(saved), Level(23), RunContext())
    np.testing.assert_array_equal(read_image(out).pixels, expected.pixels)
    assert main(["restore", str(noisy), "-o", str(tmp_path / "no.png"), *auto]) == 0
    assert "deblock, quality 95" in capsys.readouterr().out, "nothing shows that it ever was a JPEG file"


def test_several_files_go_into_a_folder_and_a_bad_one_stops_none(
    noisy: Path, model: list[str], tmp_path: Path, capsys: Captured
) -> None:
    bad, second = tmp_path / "bad.jpg", tmp_path / "second.png"
    bad.write_bytes(b"no picture")
    second.write_bytes(noisy.read_bytes())
    out = tmp_path / "new" / "folder"
    assert main(["restore", str(noisy), str(bad), str(second), "-o", str(out), *model]) == 1
    assert sorted(path.name for path in out.iterdir()) == sorted([noisy.name, second.name])
    captured = capsys.readouterr()
    assert captured.out.count("\n") == 2
    assert "bad.jpg" in captured.err
    assert "1 of 3" in captured.err


def test_a_file_that_is_named_again_is_restored_again(noisy: Path, model: list[str], tmp_path: Path) -> None:
    bad, out = tmp_path / "bad.jpg", tmp_path / "out"
    bad.write_bytes(b"no picture")
    assert main(["restore", str(noisy), str(bad), "-o", str(out), *model]) == 1
    first = (out / noisy.name).read_bytes()
    write_image(noisy, Image(255 - read_image(noisy).pixels))
    assert main(["restore", str(noisy), "-o", str(out), "--overwrite", *model]) == 0
    assert (out / noisy.name).read_bytes() != first


def test_a_folder_that_exists_takes_a_single_file(noisy: Path, model: list[str], tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    assert main(["restore", str(noisy), "-o", str(tmp_path / "out"), *model]) == 0
    assert (tmp_path / "out" / noisy.name).exists()


def test_a_file_is_replaced_where_that_is_asked_for(noisy: Path, model: list[str], tmp_path: Path) -> None:
    out = tmp_path / "out.png"
    out.write_bytes(b"old")
    assert main(["restore", str(noisy), "-o", str(out), "--overwrite", *model]) == 0
    assert read_image(out).pixels.shape == read_image(noisy).pixels.shape
    before = noisy.read_bytes()
    assert main(["restore", str(noisy), "-o", str(noisy), "--overwrite", *model]) == 0
    assert noisy.read_bytes() != before


def test_in_a_folder_nothing_is_replaced_unless_asked(noisy: Path, model: list[str], tmp_path: Path) -> None:
    second, out = tmp_path / "second.png", tmp_path / "out"
    second.write_bytes(noisy.read_bytes())
    out.mkdir()
    (out / "second.png").write_bytes(b"dear to somebody")
    call = ["restore", str(noisy), str(second), "-o", str(out), *model]
    assert main(call) == 0
    assert (out / "second.png").read_bytes() == b"dear to somebody"
    assert {path.name for path in out.iterdir()} == {noisy.name, "second.png", "second-2.png"}
    assert main([*call, "--overwrite"]) == 0
    assert (out / "second.png").read_bytes() == (out / "second-2.png").read_bytes()


def test_in_the_folder_of_the_source_the_result_gets_a_number(
    noisy: Path, model: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(noisy.parent)
    before = noisy.read_bytes()
    assert main(["restore", noisy.name, "-o", ".", *model]) == 0
    assert noisy.read_bytes() == before
    assert noisy.with_stem(f"{noisy.stem}-2").exists()


@pytest.mark.parametrize("out", ["사진 50%.png", "./사진 50%.png"])
def test_the_source_is_never_overwritten(
    noisy: Path, model: list[str], out: str, capsys: Captured, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(noisy.parent)
    before = noisy.read_bytes()
    assert main(["restore", noisy.name, "-o", out, *model]) == 1
    assert "overwrite" in one_line(capsys)
    assert noisy.read_bytes() == before


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (["--level", "nan"], 2, "a number, not 'nan'"),
        (["--level", "much"], 2, "'auto' or a number"),
        (["--level", "76"], 2, "sigma must be from 0 to 75"),
        (["--task", "sharpen"], 2, "invalid choice"),
        (["--device", "cuda"], 2, "no device 'cuda'"),
        (["--tile", "5"], 2, "at least 64"),
        (["--model", "missing.safetensors"], 1, "missing.safetensors"),
        (["--task", "deblur"], 1, "trained for denoise"),
    ],
)
def test_wrong_usage_is_told_and_writes_nothing(
    noisy: Path, model: list[str], tmp_path: Path, capsys: Captured, arguments: list[str], code: int, message: str
) -> None:
    out = tmp_path / "out.png"
    try:
        found = main(["restore", str(noisy), "-o", str(out), *model, *arguments])
    except SystemExit as error:
        found = int(str(error.code))
    assert found == code
    assert message in one_line(capsys)
    assert not out.exists()


def test_a_task_without_weights_says_so(
    noisy: Path, tmp_path: Path, capsys: Captured, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "manifest.json").write_text("{}", encoding="utf-8")
    monkeypatch.setattr(zoo, "_MODELS", tmp_path)
    zoo.manifest.cache_clear()
    try:
        assert main(["restore", str(noisy), "-o", str(tmp_path / "out.png"), "--task", "denoise"]) == 1
    finally:
        zoo.manifest.cache_clear()
    assert "no weights for denoise yet" in one_line(capsys)


@pytest.mark.parametrize(
    ("name", "message"), [("out.bmp", ".jpg"), ("missing/out.png", "missing"), ("out", "its name must end")]
)
def test_unwritable_targets_are_told(
    noisy: Path, model: list[str], tmp_path: Path, capsys: Captured, name: str, message: str
) -> None:
    assert main(["restore", str(noisy), "-o", str(tmp_path / name), *model]) == 1
    assert message in one_line(capsys)
    assert not (tmp_path / name).exists()


def test_masks_and_kernels_come_from_files(noisy: Path, tmp_path: Path, capsys: Captured) -> None:
    mask = np.zeros((60, 80), np.uint8)
    mask[20:30] = 255
    cv2.imwrite(str(tmp_path / "mask.png"), mask)
    np.save(tmp_path / "kernel.npy", np.ones((3, 3)))
    for task, option, file in (("inpaint", "--mask", "mask.png"), ("deblur", "--kernel", "kernel.npy")):
        model = save_tiny(tmp_path / f"{task}.safetensors", task_named(task))
        arguments = ["--task", task, option, str(tmp_path / file), "--model", str(model)]
        arguments += ["--level", "3"] if task == "deblur" else []
        assert main(["restore", str(noisy), "-o", str(tmp_path / f"{task}.png"), *arguments]) == 0
    filled, before = read_image(tmp_path / "inpaint.png").pixels, read_image(noisy).pixels
    np.testing.assert_array_equal(filled[mask == 0], before[mask == 0])
    assert (filled[mask != 0] != before[mask != 0]).any()
    capsys.readouterr()
    level = ["--model", str(tmp_path / "deblur.safetensors")]
    assert main(["restore", str(noisy), "-o", str(tmp_path / "x.png"), "--task", "deblur", *level]) == 2
    assert "--kernel" in one_line(capsys)


def test_any_enlargement_up_to_four_can_be_asked_for(noisy: Path, tmp_path: Path, capsys: Captured) -> None:
    task, out = task_named("super_resolution"), tmp_path / "out.png"
    model = save_tiny(tmp_path / "tiny.safetensors", task)
    arguments = ["--task", "super_resolution", "--level", "2.7", "--model", str(model)]
    assert main(["restore", str(noisy), "-o", str(out), *arguments]) == 0
    assert "factor 2.7, 216 x 162" in capsys.readouterr().out
    expected = Restorer.for_task(task, model_path=model).restore(read_image(noisy), Level(2.7), RunContext())
    np.testing.assert_array_equal(read_image(out).pixels, expected.pixels)
    scores = ["--data", str(noisy.parent), "--task", "super_resolution", "--level", "2.7", "--model", str(model)]
    assert main(["evaluate", *scores]) == 2
    assert "2.7 cannot be compared" in one_line(capsys)


@pytest.mark.parametrize(
    ("words", "kernel"),
    [
        ("disk:3.5", disk_kernel(3.5)),
        ("gaussian:1.5", round_gaussian_kernel(1.5)),
        ("motion:9,-30", motion_kernel(9, -30)),
    ],
)
def test_a_kernel_can_be_given_in_words(noisy: Path, tmp_path: Path, words: str, kernel: Kernel) -> None:
    task, out = task_named("deblur"), tmp_path / "out.png"
    model = save_tiny(tmp_path / "tiny.safetensors", task)
    arguments = ["--task", "deblur", "--kernel", words, "--model", str(model), "--device", "cpu"]
    assert main(["restore", str(noisy), "-o", str(out), *arguments]) == 0
    image = read_image(noisy)
    level = Level(estimate_level(image, task), torch.from_numpy(kernel))
    expected = Restorer.for_task(task, model_path=model).restore(image, level, RunContext())
    np.testing.assert_array_equal(read_image(out).pixels, expected.pixels)


@pytest.mark.parametrize(
    ("words", "code", "message"),
    [
        ("disk:", 2, "a number"),
        ("disk:0.1", 2, "RADIUS must be from 0.5 to 95 pixels"),
        ("gaussian:99", 2, "SIGMA must be from"),
        ("motion:9", 2, "motion:LENGTH,ANGLE"),
        ("motion:9,x", 2, "a number"),
        ("disk:90", 1, "larger than the picture of 80 x 60"),
        ("missing.npy", 1, "missing.npy"),
        ("blob:3", 1, "blob:3"),
    ],
)
def test_wrong_kernels_are_told_and_write_nothing(
    noisy: Path, tmp_path: Path, capsys: Captured, words: str, code: int, message: str
) -> None:
    out = tmp_path / "out.png"
    model = save_tiny(tmp_path / "tiny.safetensors", task_named("deblur"))
    arguments = ["--task", "deblur", "--kernel", words, "--model", str(model)]
    try:
        found = main(["restore", str(noisy), "-o", str(out), *arguments])
    except SystemExit as error:
        found = int(str(error.code))
    assert found == code
    assert message in one_line(capsys)
    assert not out.exists()


@pytest.mark.parametrize("arguments", [["--level", "999"], ["--model", "missing.safetensors"]])
def test_a_wrong_call_makes_no_folder(noisy: Path, model: list[str], tmp_path: Path, arguments: list[str]) -> None:
    assert main(["restore", str(noisy), str(noisy.with_name("b.png")), "-o", str(tmp_path / "new"), *model, *arguments])
    assert not (tmp_path / "new").exists()


def test_a_target_that_cannot_be_written_is_told_before_the_work(
    noisy: Path, model: list[str], tmp_path: Path, capsys: Captured, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Restorer, "restore", lambda *args: pytest.fail("the work was done"))
    assert main(["restore", str(noisy), "-o", str(tmp_path / "missing" / "out.png"), *model]) == 1
    assert "missing" in one_line(capsys)


def test_an_interrupt_outside_the_work_is_one_line_too(
    noisy: Path, model: list[str], tmp_path: Path, capsys: Captured, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupt(path: Path) -> Image:
        raise KeyboardInterrupt

    monkeypatch.setattr("engine.cli.restore.read_image", interrupt)
    assert main(["restore", str(noisy), "-o", str(tmp_path / "out.png"), *model]) == 130
    assert one_line(capsys) == "rednet: Canceled.\n"


def test_info_names_devices_precision_and_models(capsys: Captured) -> None:
    assert main(["info"]) == 0
    text = capsys.readouterr().out
    assert "cpu" in text
    assert "times as fast as float32" in text
    for task in TASKS:
        assert f"{task.name}: " in text


def test_evaluate_prints_a_table_and_writes_json(
    noisy: Path, model: list[str], tmp_path: Path, capsys: Captured
) -> None:
    clean = tmp_path / "clean"
    clean.mkdir()
    (clean / "a.png").write_bytes(noisy.read_bytes())
    scores = tmp_path / "scores.json"
    assert main(["evaluate", "--data", str(clean), "--level", "15", "50", "--json", str(scores), *model]) == 0
    content = json.loads(scores.read_text())
    assert [row["level"] for row in content["levels"]] == [15, 50]
    assert content["levels"][0]["psnr_in"] == pytest.approx(24.7, abs=0.3)
    assert content["levels"][0]["pictures"][0]["picture"] == "a.png"
    assert content["protocol"]["channels"] == "rgb"
    assert f"{content['levels'][1]['psnr_out']:.2f}" in capsys.readouterr().out


def test_train_from_the_command_line(noisy: Path, tmp_path: Path, capsys: Captured) -> None:
    folder = tmp_path / "pictures"
    folder.mkdir()
    for number in range(3):
        (folder / f"{number}.png").write_bytes(noisy.read_bytes())
    small = ["--steps", "2", "--batch", "2", "--patch", "24", "--depth", "6", "--width", "8", "--validate-every", "2"]
    run = tmp_path / "run"
    assert main(["train", "--data", str(folder), "--run", str(run), "--json", *small]) == 0
    lines = capsys.readouterr().out.splitlines()
    events = [json.loads(line) for line in lines]
    assert next(event for event in events if "validation" in event)["validation"].keys() == {"15", "25", "50"}
    assert events[-1] == {"event": "done", "model": str(run / "model.safetensors"), "step": 2}
    assert main(["train", "--data", str(folder), "--run", str(run), *small, "--seed", "5"]) == 1
    assert "another recipe" in one_line(capsys)


@pytest.mark.parametrize(
    "arguments", [["train", "--data", "missing", "--run", "run"], ["evaluate", "--data", "missing"]]
)
def test_missing_folders_are_one_line(
    arguments: list[str], capsys: Captured, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main([*arguments, "--data", "missing"]) == 1
    assert "missing: there is no such folder" in one_line(capsys)


def test_the_unexpected_is_one_line_too(
    noisy: Path, model: list[str], capsys: Captured, monkeypatch: pytest.MonkeyPatch
) -> None:
    def explode(*args: object) -> None:
        raise ZeroDivisionError("a bug")

    monkeypatch.setattr(Restorer, "restore", explode)
    assert main(["restore", str(noisy), "-o", "out.png", *model]) == 1
    assert "ZeroDivisionError: a bug" in one_line(capsys)


@pytest.mark.slow
@pytest.mark.skipif(os.name == "nt", reason="Ctrl-C cannot be sent to one process on Windows")
def test_ctrl_c_stops_at_once_and_leaves_nothing(tmp_path: Path, photo: NDArray[np.uint8]) -> None:
    large = tmp_path / "large.png"
    write_image(large, Image(np.tile(photo, (16, 12, 1))))
    command = [sys.executable, "-m", "engine.cli", "restore", str(large), "-o", str(tmp_path / "out.png")]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    assert process.stderr is not None
    process.stderr.readline()  # the first line of progress: the net is running
    sent_at = time.monotonic()
    process.send_signal(signal.SIGINT)
    _, error = process.communicate(timeout=30)
    assert process.returncode == 130
    assert error.endswith("rednet: Canceled.\n")
    assert time.monotonic() - sent_at < 1.5  # the run stops within 0.5 s, the interpreter takes the rest
    assert sorted(path.name for path in tmp_path.iterdir()) == ["large.png"]
