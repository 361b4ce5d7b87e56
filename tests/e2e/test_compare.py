"""Comparing in the real program, used with mouse and keys."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from skimage import data

from engine.image_io import Image, read_image, write_image
from engine.metrics import fidelity
from rednet_gui.views.comparison import CompareMode
from rednet_gui.views.dialogs import DiscardQuestion
from rednet_gui.views.main_window import MainWindow
from tests.e2e.conftest import Condition, choose_file, click, play

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("qapp", "tiny_models")]

ALL = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def clean(photo: Path) -> Path:
    path = photo.with_name("clean.png")
    write_image(path, Image(data.chelsea()))  # type: ignore[no-untyped-call]  # scikit-image has no types
    return path


def close(window: MainWindow) -> Iterator[Condition]:
    window.close()
    yield lambda: bool(window.findChildren(DiscardQuestion))
    click(window.findChildren(DiscardQuestion)[0].discard)


def test_before_and_after_are_measured_and_seen_in_every_way(photo: Path, clean: Path) -> None:
    noisy, wanted = read_image(photo), read_image(clean)
    before = fidelity(noisy.pixels, wanted.pixels)

    def script(window: MainWindow) -> Iterator[Condition]:
        yield window.panel.run.restore.isEnabled
        QTest.keyClick(window, Qt.Key.Key_R, ALL)
        yield lambda: bool(QApplication.activeModalWidget())
        choose_file(window, clean)
        values = window.compare.card.values
        yield lambda: values[0][0].text() == f"{before.psnr:.2f} dB"
        assert values[1][0].text() == f"{before.ssim:.4f}"
        click(window.panel.run.restore)
        yield lambda: values[0][1].text().endswith("dB")
        assert window.actions_.modes.isEnabled()
        window.activateWindow()  # without a window manager nobody gives it back after the dialog
        yield window.isActiveWindow
        for key, mode in ((Qt.Key.Key_F7, CompareMode.SIDE_BY_SIDE), (Qt.Key.Key_F8, CompareMode.DIFFERENCE)):
            QTest.keyClick(window, key)
            assert window.canvas.comparison.mode is mode
        QTest.keyClick(window, Qt.Key.Key_H)
        assert window.compare.histogram.isVisible()
        click(window.compare.card.close_button)
        yield lambda: not window.compare.card.isVisible()
        yield from close(window)

    play(script, photo)

    def again(window: MainWindow) -> Iterator[Condition]:
        yield window.panel.run.restore.isEnabled
        assert window.canvas.comparison.mode is CompareMode.DIFFERENCE
        assert window.compare.histogram.isVisible()
        window.close()

    play(again, photo)


def test_a_reference_of_another_size_is_refused_when_dropped(photo: Path) -> None:
    small = photo.with_name("small.png")
    write_image(small, Image(np.zeros((20, 30, 3), np.uint8)))

    def script(window: MainWindow) -> Iterator[Condition]:
        yield window.panel.run.restore.isEnabled
        dropped = QMimeData()
        dropped.setUrls([QUrl.fromLocalFile(str(small))])
        alt = Qt.KeyboardModifier.AltModifier
        window.dropEvent(QDropEvent(QPointF(9, 9), Qt.DropAction.CopyAction, dropped, Qt.MouseButton.LeftButton, alt))
        yield window.banner.isVisible
        assert "small.png: it has 30 × 20 pixels" in window.banner.text.text()
        assert not window.compare.card.isVisible()
        assert photo.name in window.windowTitle()
        window.close()

    play(script, photo)
