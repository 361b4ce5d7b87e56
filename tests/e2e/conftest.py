"""A robot that uses the real program as a person would."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QCoreApplication, QObject, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QLineEdit, QWidget
from skimage import data

from engine.image_io import Image, read_image, write_image
from rednet_gui.app import main
from rednet_gui.settings import TASK, Settings
from rednet_gui.views.main_window import MainWindow
from tests.engine.conftest import tiny_nets

Condition = Callable[[], bool]
Script = Callable[[MainWindow], Iterator[Condition]]

_POLL_MS = 10
_PATIENCE_S = 30.0


class Robot(QObject):
    """Plays a script: a generator that acts, then yields what to wait for."""

    def __init__(self, script: Script) -> None:
        super().__init__()
        self.error: BaseException | None = None
        self.is_finished = False
        self._script = script
        self._steps: Iterator[Condition] | None = None
        self._condition: Condition = lambda: True
        self._deadline_s = time.monotonic() + _PATIENCE_S
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._on_timeout)
        self._timer.start(_POLL_MS)

    def _on_timeout(self) -> None:
        try:
            self._go_on()
        except StopIteration:
            self.is_finished = True
            self._timer.stop()
            QTimer.singleShot(int(_PATIENCE_S * 1000), self, lambda: QCoreApplication.exit(99))  # should it not end
        except BaseException as error:  # handed to the test, which raises it
            self.error = error
            self._timer.stop()
            QCoreApplication.exit(99)

    def _go_on(self) -> None:
        if self._steps is None:
            (window,) = (found for found in QApplication.topLevelWidgets() if isinstance(found, MainWindow))
            self._steps = self._script(window)
        if self._condition():
            self._condition = next(self._steps)
            self._deadline_s = time.monotonic() + _PATIENCE_S
        assert time.monotonic() < self._deadline_s, "waited in vain"


def play(script: Script, *arguments: str | Path) -> None:
    """Run the program with a robot in front of it."""
    robot = Robot(script)
    code = main([str(argument) for argument in arguments])
    if robot.error is not None:
        raise robot.error
    assert code == 0
    assert robot.is_finished, "the program ended before the script"


def click(widget: QWidget) -> None:
    """Press and release the left button in the middle of a widget."""
    assert widget.isVisible()
    assert widget.isEnabled()
    QTest.mouseClick(widget, Qt.MouseButton.LeftButton)


def choose_file(window: MainWindow, path: Path) -> None:
    """Answer the file dialog that is open."""
    (dialog,) = (found for found in window.findChildren(QFileDialog) if found.isVisible())
    dialog.setDirectory(str(path.parent))
    name = dialog.findChild(QLineEdit, "fileNameEdit")
    assert isinstance(name, QLineEdit)
    name.setText(path.name)
    dialog.accept()


@pytest.fixture
def tiny_models(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Small nets in the place of the shipped ones; the window starts with denoising."""
    Settings().set(TASK, "denoise")
    with tiny_nets(tmp_path / "models", monkeypatch):
        yield


@pytest.fixture
def photo(outside_home: Path) -> Path:
    """A noisy JPEG photo, 300 x 451."""
    clean = data.chelsea()  # type: ignore[no-untyped-call]  # scikit-image has no types
    noisy = clean + np.random.default_rng(3).normal(0, 20, clean.shape)
    path = outside_home / "Katze 猫.jpg"
    write_image(path, Image(noisy.clip(0, 255).round().astype(np.uint8)))
    return path


def cut_small(photo: Path) -> Path:
    """Leave a part of a photo, for what is restored several times."""
    write_image(photo, Image(read_image(photo).pixels[50:190, 100:310]))
    return photo
