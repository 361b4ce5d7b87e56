from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from rednet_gui import display

ROOT = Path(__file__).parents[2]
LAUNCHER = ROOT / "packaging" / "launch.py"

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="elsewhere there is always a display")


@pytest.fixture(autouse=True)
def bare(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)


def launch(*arguments: str, name: str = "rednet-gui", **environment: str) -> subprocess.CompletedProcess[str]:
    code = "import sys; code = open(sys.argv.pop(1)).read(); sys.argv.pop(0); exec(code)"
    command = [sys.executable, "-c", code, str(LAUNCHER), f"/somewhere/{name}", *arguments]
    variables = {**os.environ, "PYTHONPATH": str(ROOT), **environment}
    return subprocess.run(command, env=variables, capture_output=True, text=True, check=False, timeout=60)


def test_without_a_display_one_sentence_says_so() -> None:
    done = launch()
    assert done.returncode == 1
    assert done.stderr == f"{display.obstacle()}\n"
    assert done.stderr.startswith("There is no display")


def test_a_display_that_does_not_answer_is_none() -> None:
    done = launch(DISPLAY=":9876")
    assert done.returncode == 1
    assert done.stderr.count("\n") == 1
    assert done.stderr.startswith("There is no display")


@pytest.mark.slow
@pytest.mark.parametrize("name", ["rednet", "rednet-gui"])
def test_a_version_needs_no_display(name: str) -> None:
    done = launch("--version", name=name)
    assert done.returncode == 0
    assert done.stdout.startswith(f"{name} ")


def test_missing_libraries_are_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(display, "LIBRARIES", ("libc.so.6", "libmissing.so.1", "libgone.so.2"))
    assert display.obstacle(["--version"]).startswith("This system lacks libmissing.so.1, libgone.so.2: ")


def test_a_platform_without_screen_is_no_obstacle(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")
    assert display.obstacle() == ""


def test_started_from_an_icon_it_tells_in_a_dialog(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    told, dialog = tmp_path / "told", tmp_path / "zenity"
    dialog.write_text(f'#!/bin/sh\nprintf "%s\\n" "$@" > {told}\n')
    dialog.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path), prepend=os.pathsep)
    monkeypatch.setenv("WAYLAND_DISPLAY", "wayland-0")
    display.complain("A sentence.")
    assert told.read_text().splitlines() == ["--error", "--text", "A sentence."]
