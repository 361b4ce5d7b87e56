"""The installed program on a real X display, used with a real pointer and keyboard."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest

from engine.cli.main import main as rednet
from engine.image_io import read_image

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(
        shutil.which("Xvfb") is None or shutil.which("xdotool") is None, reason="Xvfb or xdotool is not installed"
    ),
]

SCREEN = (1400, 900)


class Display:
    """An X server of our own, and hands to use it with."""

    def __init__(self, name: str, environment: dict[str, str]) -> None:
        self.environment = {**environment, "DISPLAY": name, "QT_QPA_PLATFORM": "xcb"}

    def do(self, *arguments: str | int) -> str:
        """One xdotool command; what it says."""
        command = ["xdotool", *(str(argument) for argument in arguments)]
        done = subprocess.run(command, env=self.environment, capture_output=True, text=True, timeout=30, check=False)
        return done.stdout.strip()

    def window_named(self, words: str) -> str:
        """Wait for a window; its id."""
        wait_until(lambda: bool(self.do("search", "--onlyvisible", "--name", words)))
        return self.do("search", "--onlyvisible", "--name", words).splitlines()[-1]

    def focus(self, window: str) -> None:
        """Keys go to this window from here on: without a window manager, one that has just opened may not have them."""
        wait_until(lambda: bool(self.do("windowfocus", window)) or self.do("getwindowfocus", "-f") == window)


def wait_until(condition: Callable[[], bool], timeout_s: float = 90) -> None:
    deadline = time.monotonic() + timeout_s
    while not condition():
        assert time.monotonic() < deadline, "waited in vain"
        time.sleep(0.1)  # another process has no signal to wait for


@pytest.fixture
def display() -> Iterator[Display]:
    reading, writing = os.pipe()
    size = f"{SCREEN[0]}x{SCREEN[1]}x24"
    command = ["Xvfb", "-displayfd", str(writing), "-screen", "0", size, "-nolisten", "tcp"]
    server = subprocess.Popen(command, pass_fds=[writing], stderr=subprocess.DEVNULL)
    os.close(writing)
    with os.fdopen(reading) as answer:
        number = answer.readline().strip()
    yield Display(f":{number}", dict(os.environ))
    server.terminate()
    server.wait(10)


def test_restore_and_save_with_pointer_and_keys(display: Display, photo: Path) -> None:
    target, reference = photo.with_name("out.jpg"), photo.with_name("reference.jpg")
    program = subprocess.Popen([sys.executable, "-m", "rednet_gui", str(photo)], env=display.environment)
    try:
        window = display.window_named("RED-Net Restore")
        display.do("windowmove", window, 0, 0)
        display.focus(window)
        wait_until(lambda: photo.name in display.do("getwindowname", window))
        display.do("mousemove", "--window", window, 1130, 624, "click", 1)  # Restore
        wait_until(lambda: "*" in display.do("getwindowname", window))
        display.do("key", "ctrl+s")
        display.focus(display.window_named("Save the restored photo"))
        display.do("key", "ctrl+a")
        display.do("type", str(target.with_suffix(".jpg").name))
        display.do("key", "Return")
        wait_until(target.exists)
        wait_until(lambda: "*" not in display.do("getwindowname", window))
        display.focus(window)
        display.do("key", "ctrl+q")
        assert program.wait(30) == 0
    finally:
        program.kill()
        program.wait(10)
    assert rednet(["restore", str(photo), "-o", str(reference), "--task", "camera_noise", "--level", "auto"]) == 0
    assert target.read_bytes() == reference.read_bytes()
    assert not np.array_equal(read_image(target).pixels, read_image(photo).pixels)
