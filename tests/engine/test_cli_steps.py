"""Several steps on the command line."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from engine.cli.main import main
from engine.cli.options import expanded
from engine.image_io import Image, read_image, write_image
from engine.kernels import disk_kernel
from engine.restore import Restorer
from engine.restore_steps import run_steps
from engine.run_context import RunContext
from engine.steps import FrozenArray, Step, Steps, read_steps
from engine.strength import Strength
from engine.tasks import Level, Task, task_named
from tests.engine.conftest import save_tiny, tiny_nets

Captured = pytest.CaptureFixture[str]
STEPS = Steps((Step("denoise", None, Strength(0.75, 0.5, 0.5)), Step("super_resolution", 2.0)), "Small scans")


@pytest.fixture(autouse=True)
def _tiny_models(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Small nets in the place of the shipped ones, for all tasks but deblock."""
    with tiny_nets(tmp_path / "models", monkeypatch, besides="deblock"):
        yield


@pytest.fixture
def noisy(tmp_path: Path, photo: NDArray[np.uint8]) -> Path:
    noise = np.random.default_rng(0).normal(0, 20, (40, 52, 3))
    path = tmp_path / "noisy.png"
    write_image(path, Image((photo[100:140, 100:152] + noise).clip(0, 255).astype(np.uint8)))
    return path


def steps_file(folder: Path, steps: Steps) -> Path:
    path = folder / "steps.json"
    path.write_text(steps.to_json(indent=2), encoding="utf-8")
    return path


def by_restorers(image: Image, task: Task, level: Level, ctx: RunContext) -> Image:
    return Restorer.for_task(task).restore(image, level, ctx)


def test_steps_from_a_file_are_done_and_told(noisy: Path, tmp_path: Path, capsys: Captured) -> None:
    out = tmp_path / "out.png"
    assert main(["restore", str(noisy), "-o", str(out), "--steps", str(steps_file(tmp_path, STEPS))]) == 0
    expected, done = run_steps(read_image(noisy), STEPS, by_restorers, RunContext())
    np.testing.assert_array_equal(read_image(out).pixels, expected.pixels)
    line = capsys.readouterr().out
    assert f"denoise, sigma {done.items[0].estimated:.3g}; super_resolution, factor 2, 104 x 80" in line


def test_a_restored_picture_tells_what_to_do(noisy: Path, tmp_path: Path, capsys: Captured) -> None:
    first, second = tmp_path / "first.jpg", tmp_path / "second.jpg"
    steps = steps_file(tmp_path, STEPS)
    assert main(["restore", str(noisy), "-o", str(first), "--steps", str(steps)]) == 0
    assert main(["restore", str(noisy), "-o", str(second), "--like", str(first)]) == 0
    assert first.read_bytes() == second.read_bytes()
    capsys.readouterr()
    assert main(["info", str(first), str(noisy)]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].startswith(f"{first}: denoise, sigma ")
    assert lines[0].endswith("; super_resolution, factor 2")
    assert lines[1] == f"{noisy}: not restored, as far as it says"
    assert main(["info", "--json", str(first)]) == 0
    steps.write_text(capsys.readouterr().out, encoding="utf-8")
    assert main(["restore", str(noisy), "-o", str(second), "--steps", str(steps)]) == 0
    assert first.read_bytes() == second.read_bytes()


def test_one_task_is_told_too(noisy: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.png"
    assert main(["restore", str(noisy), "-o", str(out), "--level", "20"]) == 0
    assert read_steps(read_image(out).metadata, out) == Steps((Step("denoise", 20.0),))


@pytest.mark.parametrize("mode", ["only", "except"])
@pytest.mark.parametrize("scale", [1, 2])
def test_a_mask_limits_any_task(noisy: Path, tmp_path: Path, mode: str, scale: int) -> None:
    mask = np.zeros((40, 52, 1), np.uint8)
    mask[10:20] = 255
    write_image(tmp_path / "mask.png", Image(mask.repeat(scale, 0).repeat(scale, 1)))
    out, before = tmp_path / "out.png", read_image(noisy).pixels
    assert main(["restore", str(noisy), "-o", str(out), "--mask", str(tmp_path / "mask.png"), "--mask-mode", mode]) == 0
    after = read_image(out).pixels
    is_changed = (after != before).any(2)
    is_inside = mask[..., 0] > 0 if mode == "only" else mask[..., 0] == 0
    assert is_changed[is_inside].any()
    assert not is_changed[~is_inside].any()


@pytest.mark.parametrize("option", ["--steps", "--like"])
def test_a_mask_limits_steps_from_a_file_too(noisy: Path, tmp_path: Path, option: str) -> None:
    mask = np.zeros((40, 52, 1), np.uint8)
    mask[10:20] = 255
    write_image(tmp_path / "mask.png", Image(mask))
    source = steps_file(tmp_path, Steps((Step("denoise", 20.0), Step("camera_noise", 40.0))))
    if option == "--like":
        assert main(["restore", str(noisy), "-o", str(tmp_path / "like.png"), "--steps", str(source)]) == 0
        source = tmp_path / "like.png"
    out = tmp_path / "out.png"
    masked = ["--mask", str(tmp_path / "mask.png"), "--mask-mode", "except"]
    assert main(["restore", str(noisy), "-o", str(out), option, str(source), *masked]) == 0
    is_changed = (read_image(out).pixels != read_image(noisy).pixels).any(2)
    assert not is_changed[10:20].any()
    assert is_changed[:10].any()


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (["--mask-mode", "except"], "name the mask's file with --mask"),
        (["--kernel", "disk:2"], "--kernel has no effect"),
        (["--steps", "{steps}", "--mask", "{mask}"], "--mask has no effect"),
        (["--steps", "{steps}", "--kernel", "disk:2"], "--kernel has no effect"),
    ],
)
def test_options_without_effect_are_refused(
    noisy: Path, tmp_path: Path, capsys: Captured, options: list[str], words: str
) -> None:
    write_image(tmp_path / "mask.png", Image(np.full((40, 52, 1), 255, np.uint8)))
    steps = steps_file(tmp_path, Steps((Step("denoise", 20.0, mask=str(tmp_path / "mask.png")),)))
    asked = [option.format(steps=steps, mask=tmp_path / "mask.png") for option in options]
    assert main(["restore", str(noisy), "-o", str(tmp_path / "out.png"), *asked]) == 2
    assert words in capsys.readouterr().err
    assert not (tmp_path / "out.png").exists()


def test_a_mask_that_marks_nothing_is_told(noisy: Path, tmp_path: Path, capsys: Captured) -> None:
    write_image(tmp_path / "black.png", Image(np.zeros((40, 52, 1), np.uint8)))
    out = tmp_path / "out.png"
    assert main(["restore", str(noisy), "-o", str(out), "--mask", str(tmp_path / "black.png")]) == 1
    assert "black.png: it is black everywhere" in capsys.readouterr().err
    assert not out.exists()


def test_what_steps_lack_can_be_given(noisy: Path, tmp_path: Path, capsys: Captured) -> None:
    np.save(tmp_path / "kernel.npy", disk_kernel(2))
    write_image(tmp_path / "mask.png", Image(np.full((40, 52, 1), 255, np.uint8)))
    lacking = steps_file(tmp_path, Steps((Step("deblur", 2.0, mask=""),)))
    out, whole = tmp_path / "out.png", tmp_path / "whole.png"
    arguments = ["restore", str(noisy), "-o", str(out), "--steps", str(lacking)]
    assert main(arguments) == 2
    assert "give it with --kernel" in capsys.readouterr().err
    assert main([*arguments, "--kernel", "disk:2"]) == 2
    assert "painted and is not kept" in capsys.readouterr().err
    assert not out.exists()
    assert main([*arguments, "--kernel", "disk:2", "--mask", str(tmp_path / "mask.png")]) == 0
    complete = steps_file(tmp_path, Steps((Step("deblur", 2.0, kernel=FrozenArray.of(disk_kernel(2))),)))
    assert main(["restore", str(noisy), "-o", str(whole), "--steps", str(complete)]) == 0
    np.testing.assert_array_equal(read_image(out).pixels, read_image(whole).pixels)


def test_a_model_of_your_own_serves_its_task_alone(noisy: Path, tmp_path: Path, capsys: Captured) -> None:
    model = save_tiny(tmp_path / "own.safetensors", task_named("deblock"))
    steps = steps_file(tmp_path, Steps((Step("denoise", 20.0), Step("deblock", 40.0))))
    arguments = ["restore", str(noisy), "-o", str(tmp_path / "out.png"), "--steps", str(steps)]
    assert main(arguments) == 1
    assert "no weights for deblock yet" in capsys.readouterr().err
    assert main([*arguments, "--model", str(model)]) == 0
    other = steps_file(tmp_path, STEPS)
    assert main([*arguments[:-1], str(other), "--model", str(model)]) == 1
    assert "trained for deblock" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (["--steps", "missing.json"], 1, "missing.json: there is no such file"),
        (["--steps", "newer.json"], 1, "newer.json: it was made by a newer version of this program"),
        (["--steps", "off.json"], 1, "none of its steps is on"),
        (["--like", "noisy.png"], 1, "it does not say how it was restored"),
        (["--like", "missing.png"], 1, "missing.png"),
        (["--steps", "off.json", "--like", "noisy.png"], 2, "not allowed with"),
        (["--steps", "good.json", "--level", "20"], 2, "leave out --task and --level"),
        (["--steps", "good.json", "--task", "denoise"], 2, "leave out --task and --level"),
    ],
)
def test_steps_that_cannot_be_used_are_one_line_and_write_nothing(
    noisy: Path,
    tmp_path: Path,
    capsys: Captured,
    monkeypatch: pytest.MonkeyPatch,
    arguments: list[str],
    code: int,
    message: str,
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("newer.json").write_text('{"rednet_steps": "2.0"}', encoding="utf-8")
    Path("off.json").write_text(Steps((Step("denoise", is_on=False),)).to_json(), encoding="utf-8")
    Path("good.json").write_text(STEPS.to_json(), encoding="utf-8")
    try:
        found = main(["restore", str(noisy), "-o", "out.png", *arguments])
    except SystemExit as error:
        found = int(str(error.code))
    assert found == code
    told = capsys.readouterr().err
    assert message in told
    assert told.count("\n") == 1
    assert not Path("out.png").exists()


def test_a_step_that_is_off_takes_no_mask_from_one_that_is_on(noisy: Path, tmp_path: Path) -> None:
    steps = Steps((Step("denoise", 30.0), Step("inpaint", is_on=False, mask="")))
    mask, out = tmp_path / "mask.png", tmp_path / "out.png"
    write_image(mask, Image(np.repeat(np.array([0, 255], np.uint8), 26)[None].repeat(40, 0)[..., None]))
    call = ["restore", str(noisy), "-o", str(out), "--steps", str(steps_file(tmp_path, steps)), "--mask", str(mask)]
    assert main(call) == 0
    before, after = read_image(noisy).pixels, read_image(out).pixels
    np.testing.assert_array_equal(after[:, :26], before[:, :26])
    assert (after[:, 26:] != before[:, 26:]).any()


def test_a_mask_of_another_shape_is_told(noisy: Path, tmp_path: Path, capsys: Captured) -> None:
    out = str(tmp_path / "out.png")
    for shape, is_told in (((40, 52), False), ((20, 26), False), ((52, 40), True)):
        mask = tmp_path / "mask.png"
        write_image(mask, Image(np.full((*shape, 1), 255, np.uint8)))
        assert main(["restore", str(noisy), "-o", out, "--level", "20", "--mask", str(mask)]) == 0
        assert ("The mask has another shape than the picture" in capsys.readouterr().err) == is_told


def test_wildcards_are_spelled_out_where_the_shell_does_not(tmp_path: Path) -> None:
    paths = [tmp_path / name for name in ("b.png", "a.png", "[1].png")]
    for path in paths:
        path.touch()
    pattern, missing = tmp_path / "?.png", tmp_path / "*.tif"
    assert expanded([pattern], is_shell_blind=True) == [tmp_path / "a.png", tmp_path / "b.png"]
    assert expanded([paths[2], missing], is_shell_blind=True) == [paths[2], missing]
    assert expanded([pattern], is_shell_blind=False) == [pattern]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["evaluate", "--data", ".", "--table", "denoise-set12", "--task", "deblur"], "leave out --task"),
        (["evaluate", "--data", ".", "--task", "denoise", "--kernel", "disk:3"], "--kernel has no effect on denoise"),
        (["evaluate", "--data", ".", "--task", "denoise", "--mask-kind", "text"], "--mask-kind has no effect"),
        (["info", "--json"], "name one"),
        (["restore", "photo.jpg", "-o", ""], "OUT is empty"),
    ],
)
def test_options_without_an_effect_are_refused(
    capsys: pytest.CaptureFixture[str], arguments: list[str], words: str
) -> None:
    assert main(arguments) == 2
    assert words in capsys.readouterr().err


def test_a_name_that_is_wrong_is_told_before_what_would_become_of_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["restore", str(tmp_path / "typo"), "-o", str(tmp_path / "restored")]) == 1
    assert "typo: there is no such file; check its name" in capsys.readouterr().err
