from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QPoint
from PySide6.QtGui import QColorSpace, QGuiApplication
from PySide6.QtTest import QTest

from rednet_gui.models.picture_view import PictureView
from rednet_gui.views import canvas as canvas_module
from rednet_gui.views import screen_profile as module
from rednet_gui.views.canvas import Canvas
from rednet_gui.views.comparison import CompareMode
from rednet_gui.views.loupe import Loupe
from rednet_gui.views.screen_profile import SRGB, screen_profile
from tests.gui.conftest import pixels_of
from tests.gui.views.test_canvas import P3_TO_SRGB, seen, to_linear

P3 = QColorSpace(QColorSpace.NamedColorSpace.DisplayP3)
P3_ICC = bytes(P3.iccProfile().data())


@pytest.fixture(autouse=True)
def _screen(monkeypatch: pytest.MonkeyPatch) -> None:
    """The screen has the colours of Display P3."""
    monkeypatch.setattr(canvas_module, "screen_profile", lambda screen: P3)


def test_a_photo_without_profile_is_converted_from_srgb_to_the_screens_colours(canvas: Canvas) -> None:
    canvas.show_pictures(PictureView.of(np.full((200, 300, 3), (200, 100, 50), np.uint8)), None)
    linear = np.linalg.inv(P3_TO_SRGB) @ [to_linear(value / 255) for value in (200, 100, 50)]
    expected = 255 * (1.055 * linear ** (1 / 2.4) - 0.055)
    np.testing.assert_allclose(seen(canvas)[200, 250], expected, atol=1)


def test_pixels_that_are_in_the_screens_colours_stay_as_they_are(canvas: Canvas) -> None:
    pixels = pixels_of(200, 300)
    canvas.show_pictures(PictureView.of(pixels, icc=P3_ICC), None)
    np.testing.assert_array_equal(seen(canvas)[100:300, 100:400], pixels)


@pytest.mark.parametrize("mode", CompareMode)
def test_every_mode_and_the_loupe_show_the_same_colours(canvas: Canvas, mode: CompareMode) -> None:
    views = [
        PictureView.of(np.full((300, 400, 3), gray, np.uint8), icc=P3_ICC) for gray in ((200, 40, 9), (200, 60, 9))
    ]
    canvas.show_pictures(views[0], views[1])
    canvas.set_mode(mode)
    loupe = Loupe(canvas)
    loupe.set_on(True)
    for x in (120, 130):
        QTest.mouseMove(canvas, QPoint(x, 200))
    assert loupe.isVisible()
    under_the_lens, beside_it = (
        seen(canvas)[180, 60],
        seen(canvas)[240, 20 if mode is CompareMode.SIDE_BY_SIDE else 430],
    )
    if mode in (CompareMode.DIFFERENCE, CompareMode.REMOVED):
        assert (under_the_lens == seen(canvas)[200, 300]).all()
    else:
        assert tuple(under_the_lens) == (200, 40, 9)
        assert tuple(beside_it) == (200, 40 if mode is CompareMode.SIDE_BY_SIDE else 60, 9)


@pytest.mark.parametrize("icc", [b"", b"no profile", P3_ICC])
@pytest.mark.qt_log_ignore("fromIccProfile")
def test_a_screen_without_a_usable_profile_is_srgb(
    qapp: QGuiApplication, monkeypatch: pytest.MonkeyPatch, icc: bytes
) -> None:
    monkeypatch.setattr(module, "_known", {})
    monkeypatch.setattr(module, "_read", lambda screen: icc)
    assert screen_profile(qapp.primaryScreen()) == (P3 if icc is P3_ICC else SRGB)


ON_X = """
import ctypes, sys
from pathlib import Path
from PySide6.QtWidgets import QApplication
from rednet_gui.views.screen_profile import screen_profile
icc = Path(sys.argv[1]).read_bytes()
x = ctypes.CDLL("libX11.so.6")
x.XOpenDisplay.restype = ctypes.c_void_p
x.XDefaultRootWindow.restype = x.XInternAtom.restype = ctypes.c_ulong
display = ctypes.c_void_p(x.XOpenDisplay(None))  # stays open: without a client the server forgets
root, cardinal = ctypes.c_ulong(x.XDefaultRootWindow(display)), ctypes.c_ulong(6)
if icc:
    atom = ctypes.c_ulong(x.XInternAtom(display, b"_ICC_PROFILE", False))
    x.XChangeProperty(display, root, atom, cardinal, 8, 0, icc, len(icc))
    x.XSync(display, False)
app = QApplication([])
print(screen_profile(app.primaryScreen()).description())
"""


@pytest.mark.skipif(not shutil.which("Xvfb"), reason="Xvfb is not installed")
def test_the_profile_is_that_of_the_x_display(tmp_path: Path) -> None:
    reading, writing = os.pipe()
    command = ["Xvfb", "-displayfd", str(writing), "-screen", "0", "300x200x24", "-nolisten", "tcp"]
    server = subprocess.Popen(command, pass_fds=[writing], stderr=subprocess.DEVNULL)
    os.close(writing)
    with os.fdopen(reading) as answer:
        environment = {**os.environ, "DISPLAY": f":{answer.readline().strip()}", "QT_QPA_PLATFORM": "xcb"}
    try:
        for icc, expected in ((b"", SRGB), (P3_ICC, P3)):
            (tmp_path / "profile.icc").write_bytes(icc)
            call = [sys.executable, "-c", ON_X, str(tmp_path / "profile.icc")]
            done = subprocess.run(call, env=environment, check=True, timeout=60, capture_output=True, text=True)
            assert done.stdout.strip() == expected.description()
    finally:
        server.terminate()
        server.wait(10)
