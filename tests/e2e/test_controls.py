"""Whatever can be pressed in the real program, it goes on."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QDesktopServices
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QAbstractSpinBox, QApplication, QComboBox, QScrollBar, QSlider, QWidget

from engine.image_io import Image, read_image, write_image
from engine.tasks import TASKS
from rednet_gui.errors import ErrorText
from rednet_gui.models.session import Activity, Session
from rednet_gui.views.main_window import MainWindow
from tests.e2e.conftest import Condition, play

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("qapp", "tiny_models")]

KEYS = (Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_PageDown, Qt.Key.Key_End, Qt.Key.Key_Home)
KINDS = (QComboBox, QSlider, QAbstractSpinBox, QAbstractButton)
ENDS = ("Quit", "Close")


@pytest.fixture
def photos(photo: Path) -> list[Path]:
    part = Image(read_image(photo).pixels[50:130, 100:210])
    paths = [photo.with_name(f"{name}.png") for name in "abc"]
    for path in paths:
        write_image(path, part)
    return paths


def close_what_asks() -> None:
    for asked in (QApplication.activePopupWidget(), QApplication.activeModalWidget()):
        if asked is not None:
            asked.close()


def use(widget: QWidget) -> None:
    if isinstance(widget, QAbstractButton):
        presses = 2 if widget.isCheckable() else 0  # and back
        for _ in range(presses):
            widget.click()
    else:
        for key in KEYS:
            QTest.keyClick(widget, key)


def use_all(page: QWidget | None) -> None:
    assert page is not None
    found = [control for kind in KINDS for control in page.findChildren(kind)]
    assert len(found) > 5
    for control in found:
        if control.isVisible() and control.isEnabled() and not isinstance(control, QScrollBar):
            use(control)


def test_every_control_and_every_action_of_every_task_can_be_used(
    photos: list[Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[ErrorText] = []

    def script(window: MainWindow) -> Iterator[Condition]:
        session: Session = window._session
        session.failed.connect(told.append)
        yield window.panel.run.restore.isEnabled
        for task in TASKS:
            yield lambda: session.activity is Activity.IDLE and not session.is_estimating
            window.panel.tasks.task_requested.emit(task.name)
            yield lambda: session.activity is Activity.IDLE and not session.is_estimating
            assert session.task is task
            use_all(window.pages.stack.currentWidget())
        for go in window.pages.menu.actions():
            go.trigger()
            use_all(window.pages.stack.currentWidget())
        window.pages.show_desk()
        for action in window.findChildren(type(window.actions_.quit)):
            if action.isEnabled() and not action.menu() and not any(end in action.text() for end in ENDS):
                action.trigger()
                close_what_asks()
        yield lambda: session.activity is Activity.IDLE
        QCoreApplication.exit(0)  # closing would ask about what is not saved

    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: True)
    play(script, *photos)
    assert not told
