"""What may go wrong while `rednet train --json` runs: one sentence that the window knows, and nothing is lost."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import cv2
import numpy as np
import pytest
import torch
from PySide6.QtWidgets import QApplication
from skimage import data

from engine.checkpoint import load_tensors
from engine.tasks import task_named
from engine.training.config import RunPaths
from rednet_gui import translation
from rednet_gui.engine_words import in_words
from tests.engine.conftest import save_tiny

if sys.platform == "linux":
    import resource

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform != "linux", reason="only there a process can be kept short of memory and disk"),
]

SHAPE = ("--depth", "6", "--width", "8", "--threads", "1")
SMALL = ("--batch", "2", "--patch", "24", *SHAPE)
ENOUGH_BYTES = 6 * 2**30  # torch alone takes most of it, as addresses
PATIENCE_S = 120


class Train(NamedTuple):
    """A training in a process of its own."""

    process: subprocess.Popen[str]

    def events(self) -> Iterator[dict[str, Any]]:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            yield json.loads(line)

    def until(self, event: str, step: int = 0) -> dict[str, Any]:
        """Wait for an event, of that step or a later one."""
        return next(found for found in self.events() if found["event"] == event and found.get("step", 0) >= step)

    def end(self) -> dict[str, Any]:
        """Wait for the last event."""
        *_, last = self.events()
        self.process.wait(PATIENCE_S)
        return last


@pytest.fixture
def train() -> Iterator[Callable[..., Train]]:
    started: list[subprocess.Popen[str]] = []

    def start(*arguments: object, **limits: int) -> Train:
        def limit() -> None:
            for name, value in limits.items():
                resource.setrlimit(getattr(resource, name), (value, value))

        command = [sys.executable, "-m", "engine.cli", "train", "--json", *map(str, arguments)]
        pipes: dict[str, Any] = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.DEVNULL}
        started.append(subprocess.Popen(command, text=True, preexec_fn=limit, **pipes))
        return Train(started[-1])

    yield start
    for process in started:
        process.kill()
        process.communicate()


@pytest.fixture
def good(tmp_path: Path) -> Path:
    folder = tmp_path / "good"
    folder.mkdir()
    cat = data.chelsea()[..., ::-1]  # type: ignore[no-untyped-call]  # scikit-image has no types
    for number in range(8):
        cv2.imwrite(
            str(folder / f"{number}.png"), cat[20 * number : 20 * number + 120, 30 * number : 30 * number + 140]
        )
    return folder


@pytest.fixture
def own(tmp_path: Path) -> tuple[object, ...]:
    """A tiny model to start from, as the stock model is for the window."""
    return ("--start-from", save_tiny(tmp_path / "tiny.safetensors", task_named("denoise")))


@pytest.fixture
def korean(qapp: QApplication) -> Iterator[None]:
    translation.install(qapp, "ko")
    yield
    translation.install(qapp, "en")


def assert_known(sentence: str) -> None:
    """The window says it in Korean, all of it but names."""
    assert sentence.endswith(".")
    assert "\n" not in sentence
    assert "Traceback" not in sentence
    korean = in_words(sentence)
    assert any("가" <= letter <= "힣" for letter in korean)
    assert not any(word in korean for word in (" the ", " and ", " cannot "))


def state_of(run: Path) -> tuple[dict[str, torch.Tensor], dict[str, Any]]:
    tensors, facts = load_tensors(RunPaths(run).state)
    return tensors, {key: value for key, value in facts.items() if key != "seconds"}


def assert_same(run: Path, other: Path) -> None:
    """Two runs ended alike, to the bit."""
    (tensors, facts), (others, other_facts) = state_of(run), state_of(other)
    assert facts == other_facts
    assert all(torch.equal(tensors[name], value) for name, value in others.items())


@pytest.mark.usefixtures("korean")
def test_too_little_memory(train: Callable[..., Train], tmp_path: Path) -> None:
    folder = tmp_path / "large"
    folder.mkdir()
    for number in range(3):
        cv2.imwrite(str(folder / f"{number}.jpg"), np.full((1000, 1000, 3), 60 * number, np.uint8))
    what = ("--data", folder, "--run", tmp_path / "run", "--batch", "96", "--patch", "960", *SHAPE)
    last = train(*what, RLIMIT_AS=ENOUGH_BYTES).end()
    assert last["event"] == "error"
    assert "not enough memory; close other programs" in last["text"]
    assert_known(last["text"])


@pytest.mark.usefixtures("korean")
@pytest.mark.parametrize("room", [200, 30_000, 100_000], ids=["plan", "pictures", "weights"])
def test_a_full_disk_loses_nothing(train: Callable[..., Train], good: Path, tmp_path: Path, room: int) -> None:
    """A file that may become no larger stands for the disk; what is saved before is still there, and it goes on."""
    what = ("--data", good, *SMALL, "--width", "16", "--steps", "40", "--validate-every", "20")
    straight = train(*what, "--run", tmp_path / "straight")
    assert straight.end()["event"] == "done"
    run = tmp_path / "run"
    last = train(*what, "--run", run, RLIMIT_FSIZE=room).end()
    assert last["event"] == "error"
    assert any(words in last["text"] for words in ("make room", "free space", "has room"))
    assert_known(last["text"])
    assert train(*what, "--run", run).end()["event"] == "done"
    assert_same(tmp_path / "straight", run)


@pytest.mark.usefixtures("korean")
def test_photos_that_disappear(train: Callable[..., Train], tmp_path: Path) -> None:
    folder = tmp_path / "archive"
    folder.mkdir()
    cv2.imwrite(str(folder / "00.jpg"), np.tile(np.arange(8000, dtype=np.uint8)[:, None, None], (1, 8000, 3)))
    for number in range(1, 16):  # every other one is trained on, and that is more than is held in memory
        (folder / f"{number:02}.jpg").hardlink_to(folder / "00.jpg")
    run = tmp_path / "run"
    going = train("--data", folder, "--run", run, *SMALL, "--steps", "100000", "--validate-every", "100000")
    going.until("progress", 2)
    for number in range(10):
        (folder / f"{number:02}.jpg").unlink()
    notice = going.until("notice")["text"]
    assert notice.startswith("Left out 0")
    assert "there is no such file" in notice
    assert_known(notice)
    for path in folder.iterdir():
        path.unlink()
    last = going.end()
    assert last["event"] == "error"
    assert "its pictures cannot be read any more; check the disk, then go on" in last["text"]
    assert_known(last["text"])


def test_a_larger_folder_takes_no_more_memory(train: Callable[..., Train], tmp_path: Path) -> None:
    first = tmp_path / "photo.jpg"
    cv2.imwrite(str(first), np.tile(np.arange(8000, dtype=np.uint8)[:, None, None], (1, 8000, 3)))
    peaks = []
    for count in (14, 2000):  # half of the few, too, are more than is held in memory
        folder = tmp_path / f"{count}"
        folder.mkdir()
        for number in range(count):
            (folder / f"{number:04}.jpg").hardlink_to(first)
        run = train("--data", folder, "--run", tmp_path / f"run{count}", *SMALL, "--steps", "4")
        assert run.until("done")["step"] == 4
        _, _, usage = os.wait4(run.process.pid, 0)
        peaks.append(usage.ru_maxrss)
    assert peaks[1] < 1.3 * peaks[0]


@pytest.mark.usefixtures("korean")
def test_a_run_that_goes_astray(
    train: Callable[..., Train], good: Path, tmp_path: Path, own: tuple[object, ...]
) -> None:
    recipe = tmp_path / "wild.toml"
    recipe.write_text("muon_rate = 50.0\nadam_rate = 50.0\nwarmup_steps = 0\n", encoding="utf-8")
    run = tmp_path / "run"
    wild = train("--data", good, "--run", run, "--recipe", recipe, *SMALL, *own, "--steps", "100000")
    events = list(wild.events())
    assert [event["rolled_back"] for event in events if "skipped_loss" in event].count(True) == 1
    assert "goes astray again and again; start a new run" in events[-1]["text"]
    assert_known(events[-1]["text"])


def test_a_killed_run_goes_on_to_the_same_bits(train: Callable[..., Train], good: Path, tmp_path: Path) -> None:
    what = ("--data", good, *SMALL, "--steps", "600", "--validate-every", "100")
    assert train(*what, "--run", tmp_path / "straight").end()["event"] == "done"
    run = tmp_path / "run"
    paused = train(*what, "--run", run, "--obey")
    paused.until("progress", 2)
    assert paused.process.stdin is not None
    paused.process.stdin.write("pause\n")
    paused.process.stdin.flush()
    assert paused.end()["event"] == "paused"
    saved = state_of(run)[1]["step"]
    killed = train(*what, "--run", run)
    killed.until("progress", saved + 1)
    killed.process.kill()
    killed.process.wait(PATIENCE_S)
    assert state_of(run)[1]["step"] == saved
    assert train(*what, "--run", run).end()["event"] == "done"
    assert_same(tmp_path / "straight", run)
