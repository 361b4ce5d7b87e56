from __future__ import annotations

import json
import os
import sys
import threading
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from engine.checkpoint import load_tensors
from engine.cli.main import main
from engine.cli.train_report import JsonReport, LineReport
from engine.image_io import Image, read_image, write_image
from engine.run_context import Progress
from engine.tasks import task_named
from engine.training.comparison import summarize
from engine.training.config import RunPaths
from tests.engine.conftest import save_tiny

SMALL = ["--batch", "2", "--patch", "24", "--depth", "6", "--width", "8", "--threads", "1"]


@pytest.fixture
def good(tmp_path: Path, photo: NDArray[np.uint8]) -> Path:
    folder = tmp_path / "good"
    folder.mkdir()
    for number in range(4):
        cv2.imwrite(str(folder / f"{number}.png"), photo[30 * number : 30 * number + 80, 50 : 50 + 90, ::-1])
    return folder


@pytest.fixture
def said(capsys: pytest.CaptureFixture[str]) -> Any:
    return lambda: [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def test_the_time_left_is_measured_once_all_is_warm(monkeypatch: pytest.MonkeyPatch, said: Any) -> None:
    now = [0.0]
    monkeypatch.setattr("engine.cli.train_report.time.monotonic", lambda: now[0])
    report = JsonReport()
    for step, seconds in enumerate([100.0, 109, 112, 113, 114, 115, 116]):  # the first steps are slow
        now[0] = seconds
        report.progress(Progress(100 + step, 200, "step"))
    events = said()
    assert [event["step"] for event in events] == list(range(100, 107))
    assert events[0]["left_s"] is None
    assert events[-1]["left_s"] == pytest.approx(94 * (116 - 112) / 4, rel=1e-6)


def test_progress_is_told_twice_a_second_at_most(monkeypatch: pytest.MonkeyPatch, said: Any) -> None:
    now = [10.0]
    monkeypatch.setattr("engine.cli.train_report.time.monotonic", lambda: now[0])
    report = JsonReport()
    for step in range(100):
        now[0] = 10 + step * 0.1
        report.progress(Progress(step, 1000, "step"))
    assert len(said()) <= 21


def test_people_are_told_whether_it_is_better(capsys: pytest.CaptureFixture[str]) -> None:
    report = LineReport()
    report.result(summarize([20.0, 30.0, 31.0, 32.0, 33.0], [20.5, 30.4, 31.6, 32.5, 33.5]))
    report.result(summarize([20.0, 30.0], [19.0, 30.0]))
    first, second = capsys.readouterr().out.splitlines()
    assert first == "29.70 dB, stock 29.20 dB: +0.50 dB (+0.42 to +0.58) on 5 held-out pictures: better."
    assert second == "24.50 dB, stock 25.00 dB: -0.50 dB on 2 held-out pictures: too few to tell."


def test_what_a_program_is_told_of_pairs(good: Path, tmp_path: Path, said: Any) -> None:
    damaged, run = tmp_path / "damaged", tmp_path / "run"
    damaged.mkdir()
    for path in sorted(good.iterdir())[:3]:  # of which one is held out, to watch and to judge
        noise = np.random.default_rng(0).normal(0, 20, (80, 90, 3))
        pixels = read_image(path).pixels + noise
        write_image(damaged / path.name, Image(pixels.clip(0, 255).astype(np.uint8)))
    what = ["--data", str(good), "--pairs", str(damaged), "--run", str(run), "--steps", "2", "--validate-every", "1"]
    assert main(["train", "--json", "--compare", *what, *SMALL]) == 0
    events = said()
    kinds = [event["event"] for event in events]
    assert kinds[:3] == ["start", "stock", "preview"]
    assert kinds[-2:] == ["result", "done"]
    assert kinds.count("preview") == 3
    assert events[0] | {"pictures": 2, "held_out": 1, "previews": 1, "steps": 2} == events[0]
    assert events[1]["scores"].keys() == {"pairs"}
    paths = RunPaths(run)
    assert json.loads(paths.stock.read_text()) == events[1]["scores"]
    shapes = {path.name: read_image(path).pixels.shape for path in paths.previews.iterdir()}
    assert shapes == dict.fromkeys([f"0-{kind}.png" for kind in ("clean", "damaged", "stock", "now")], (72, 84, 3))
    # What the curve is to beat is what the result compares with: the pictures are the same here.
    assert events[-2]["stock"] == pytest.approx(events[1]["scores"]["pairs"], abs=1e-3)


@pytest.mark.parametrize(
    ("words", "code", "last"), [(b"pause\n", 130, "paused"), (b"", 130, "paused"), (b"finish\n", 0, "done")]
)
def test_a_run_obeys(
    good: Path, tmp_path: Path, said: Any, monkeypatch: pytest.MonkeyPatch, words: bytes, code: int, last: str
) -> None:
    out, into = os.pipe()
    told: list[int] = []

    def speak(report: JsonReport, progress: Progress) -> None:
        told.append(progress.done)
        if progress.done == 3:
            os.write(into, words) if words else os.close(into)  # closed as when the window crashed

    monkeypatch.setattr(JsonReport, "progress", speak)
    monkeypatch.setattr("engine.cli.train_report.os.nice", lambda by: 0, raising=False)
    with os.fdopen(out, "rb") as standard_input:
        monkeypatch.setattr(sys, "stdin", standard_input)
        what = ["--data", str(good), "--run", str(tmp_path / "run"), "--steps", "100000"]
        assert main(["train", "--json", "--obey", *what, *SMALL]) == code
        if words:
            os.close(into)
            _wait_for_threads()
    assert said()[-1]["event"] == last
    _, facts = load_tensors(RunPaths(tmp_path / "run").state)
    assert 3 <= facts["step"] <= told[-1] + 1


def _wait_for_threads() -> None:
    for thread in threading.enumerate():
        if thread.name == "commands":
            thread.join(5)


def test_a_model_that_is_gone_is_said(good: Path, tmp_path: Path, said: Any) -> None:
    model = save_tiny(tmp_path / "tiny.safetensors", task_named("denoise"))
    model.unlink()
    what = ["--data", str(good), "--run", str(tmp_path / "run"), "--steps", "1", "--start-from", str(model)]
    assert main(["train", "--json", *what, *SMALL]) == 1
    (event,) = said()
    assert event["event"] == "error"
    assert "tiny.safetensors" in event["text"]
