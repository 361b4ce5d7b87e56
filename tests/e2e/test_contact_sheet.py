"""Choosing on the contact sheet, in the real program."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from engine.image_io import Image, write_image
from rednet_gui.views.contact_sheet import ContactSheetDialog
from rednet_gui.views.main_window import MainWindow
from tests.e2e.conftest import Condition, click, play

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("qapp", "tiny_models")]


def sheet_of(window: MainWindow) -> ContactSheetDialog:
    (dialog,) = window.findChildren(ContactSheetDialog)
    return dialog


def is_ready(dialog: ContactSheetDialog) -> bool:
    return bool(dialog.cells) and all(dialog._sheet.is_ready(cell.variant) for cell in dialog.cells)


def test_what_is_chosen_on_the_sheet_is_restored(photo: Path) -> None:
    def script(window: MainWindow) -> Iterator[Condition]:
        action, level = window.actions_.contact_sheet, window.panel.level
        yield action.isEnabled
        start = level.number.value()
        QTest.keyClick(window, Qt.Key.Key_T, Qt.KeyboardModifier.ControlModifier)
        dialog = sheet_of(window)
        yield lambda: is_ready(dialog) and QApplication.focusWidget() in dialog.cells
        for key in (Qt.Key.Key_Left, Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Return):
            QTest.keyClick(QApplication.focusWidget(), key)  # type: ignore[arg-type]  # a cell
        assert not dialog.isVisible()
        assert level.number.value() == pytest.approx(0.75 * start, abs=0.1)
        assert not level.auto.isChecked()
        yield window.panel.save.isEnabled
        assert window.panel.strength.overall.value() == 50
        window.panel.save.setFocus()
        window._session.mark_saved()
        window.close()

    play(script, photo)


def test_escape_stops_within_a_moment_and_what_waited_goes_on(outside_home: Path) -> None:
    large = outside_home / "large.png"
    write_image(large, Image(np.random.default_rng(0).integers(0, 255, (800, 1200, 3), dtype=np.uint8)))

    def script(window: MainWindow) -> Iterator[Condition]:
        yield window.panel.run.restore.isEnabled
        click(window.panel.run.restore)
        yield lambda: window.panel.run.bar.value() > 0
        window.actions_.contact_sheet.trigger()
        dialog = sheet_of(window)
        yield lambda: dialog.isVisible() and any(dialog._sheet.sample(cell.variant) for cell in dialog.cells)
        assert not window.panel.save.isEnabled()
        pressed_s = time.monotonic()
        QTest.keyClick(dialog, Qt.Key.Key_Escape)
        assert not dialog.isVisible()
        assert time.monotonic() - pressed_s < 0.1
        yield window.panel.save.isEnabled
        window._session.mark_saved()
        window.close()

    play(script, large)
