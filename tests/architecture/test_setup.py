"""What set-up and continuous integration promise."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from importlib.metadata import entry_points
from pathlib import Path

import pytest

from engine.cli.main import main as engine_main
from rednet_gui.app import main as window_main

ROOT = Path(__file__).parents[2]


def test_what_is_pinned_stays_pinned() -> None:
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    assert '"torch==2.13.0"' in text
    assert '"PySide6-Essentials==6.11.3"' in text
    assert not re.search(r"torchvision|spandrel", text)


def test_ci_runs_what_make_ci_runs() -> None:
    assert "make ci" in (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    targets = re.search(r"^ci: (.*)$", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
    assert targets
    assert set(targets[1].split()) >= {"lint", "type", "test", "test-slow"}


@pytest.mark.skipif(os.name == "nt", reason="set-up is a shell script")
@pytest.mark.parametrize("python", ["missing-python", "false"])
def test_set_up_without_a_usable_python_says_what_is_needed(python: str, tmp_path: Path) -> None:
    environment = {**os.environ, "PYTHON": python}
    script = [str(ROOT / "packaging" / "setup.sh"), str(tmp_path / "venv")]
    result = subprocess.run(["sh", *script], env=environment, cwd=ROOT, capture_output=True, text=True, check=False)
    assert result.returncode == 1
    assert "Python 3.11, 3.12 or 3.13 is needed" in result.stderr
    assert not (tmp_path / "venv").exists()


def test_both_commands_are_installed_with_the_program() -> None:
    for command, start in (("rednet", engine_main), ("rednet-gui", window_main)):
        assert Path(sys.executable).with_name(command + Path(sys.executable).suffix).is_file()
        (entry,) = entry_points(name=command)
        assert entry.load() is start


@pytest.mark.slow
def test_both_commands_tell_their_version() -> None:
    for command in ("rednet", "rednet-gui"):
        path = Path(sys.executable).with_name(command)
        result = subprocess.run([str(path), "--version"], capture_output=True, text=True, check=True)
        assert re.fullmatch(rf"{command} \d+\.\d+\.\d+\n", result.stdout)
