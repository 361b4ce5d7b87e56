"""Nothing leaves the computer: in a whole session of the window not one socket is opened."""

from __future__ import annotations

import contextlib
import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtWidgets import QApplication

from engine.image_io import Image, read_image, write_image
from rednet_gui.views.main_window import MainWindow
from tests.e2e.conftest import Condition, choose_file, click, play

ROOT = Path(__file__).parents[2]

SESSION = """
import sys
from pathlib import Path

opened = []
sys.addaudithook(lambda event, details: opened.append(event) if event.startswith("socket.") else None)

def note_sockets():  # of Qt and torch too, which Python does not hear of
    folder = Path("/proc/self/fd")
    for entry in folder.iterdir() if folder.is_dir() else ():
        try:
            opened.extend(["an open socket"] if str(entry.readlink()).startswith("socket:") else [])
        except OSError:  # closed in the meantime, such as that of the folder
            pass

import engine.device  # on Windows torch must be loaded before Qt
from PySide6.QtWidgets import QApplication
from tests.e2e.conftest import choose_file, click, play

def script(window):
    yield window.panel.run.restore.isEnabled
    note_sockets()
    click(window.panel.run.restore)
    yield window.panel.save.isEnabled
    note_sockets()
    click(window.panel.save)
    yield lambda: bool(QApplication.activeModalWidget())
    choose_file(window, Path(sys.argv[2]))
    yield lambda: window.banner.isVisible() and "Saved" in window.banner.title.text()
    note_sockets()
    window.close()

app = QApplication(["rednet-gui"])  # for the timer of the robot
play(script, sys.argv[1])
note_sockets()
print(opened)
assert not {"dask", "distributed", "tornado"} & set(sys.modules)
import socket
socket.socket().close()
assert "socket.__new__" in opened  # it would have been seen
"""


def open_sockets() -> set[str]:
    """Those of Python, Qt and torch, where the system lists them."""
    folder, found = Path("/proc/self/fd"), set[str]()
    for entry in folder.iterdir() if folder.is_dir() else ():
        with contextlib.suppress(OSError):  # closed in the meantime, such as that of the folder
            found.add(str(entry.readlink()))
    return {link for link in found if link.startswith("socket:")}


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere Qt needs a screen, which it may reach by a socket")
@pytest.mark.usefixtures("qapp", "tiny_models")
def test_restoring_and_saving_open_no_socket(photo: Path, outside_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[object] = []
    monkeypatch.setattr(socket.socket, "__init__", lambda *details, **more: asked.append(details))
    before, target = open_sockets(), outside_home / "restored.png"

    def script(window: MainWindow) -> Iterator[Condition]:
        yield window.panel.run.restore.isEnabled
        click(window.panel.run.restore)
        yield window.panel.save.isEnabled
        assert open_sockets() == before
        click(window.panel.save)
        yield lambda: bool(QApplication.activeModalWidget())
        choose_file(window, target)
        yield lambda: window.banner.isVisible() and "Saved" in window.banner.title.text()
        assert open_sockets() == before
        window.close()

    play(script, photo)
    assert not asked
    assert target.is_file()


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere Qt needs a screen, which it may reach by a socket")
def test_a_session_opens_no_socket(outside_home: Path) -> None:
    source, target = outside_home / "photo.png", outside_home / "restored.png"
    write_image(source, Image(np.random.default_rng(1).integers(0, 256, (31, 37, 3), np.uint8)))
    done = subprocess.run(
        [sys.executable, "-c", SESSION, str(source), str(target)],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT), "QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout == "[]\n"
    assert not np.array_equal(read_image(target).pixels, read_image(source).pixels)
