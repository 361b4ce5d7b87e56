"""What an enlargement comes to, said before it is made."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from engine.file_size import estimate_file_bytes
from engine.image_io import Image
from engine.tasks import TASKS, task_named
from rednet_gui.models.output_size import OutputSize
from rednet_gui.models.session import Session
from rednet_gui.presenters.size_presenter import SizePresenter
from rednet_gui.settings import IS_AUTO_QUALITY, QUALITY, Settings
from rednet_gui.views.size_panel import SizePanel
from tests.gui.conftest import ImmediateRunner, pixels_of, source_of

IMAGE = Image(pixels_of(100, 151))


@pytest.fixture
def size(session: Session) -> OutputSize:
    return OutputSize(session)


@pytest.fixture
def panel(session: Session, size: OutputSize, qtbot: QtBot) -> SizePanel:
    made = SizePanel(session, size)
    qtbot.addWidget(made)
    made.level_requested.connect(session.set_level)
    session.set_source(source_of(IMAGE))
    session.set_task(task_named("super_resolution"))
    made.show()
    return made


def test_it_is_there_only_for_tasks_that_change_the_size(panel: SizePanel, session: Session) -> None:
    for task in TASKS:
        session.set_task(task)
        assert panel.isVisible() == (task.name == "super_resolution")


def test_buttons_choose_whole_factors(panel: SizePanel, session: Session) -> None:
    for button, factor in zip(panel.factors, (2, 3, 4), strict=True):
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)
        assert session.level == factor
        assert [other.isChecked() for other in panel.factors] == [other is button for other in panel.factors]
        assert (panel.width_box.value(), panel.height_box.value()) == (151 * factor, 100 * factor)
    QTest.mouseClick(panel.factors[2], Qt.MouseButton.LeftButton)
    assert panel.factors[2].isChecked()


@pytest.mark.parametrize("width", [151, 200, 333, 604])
def test_a_width_that_is_typed_is_met_exactly(panel: SizePanel, session: Session, width: int) -> None:
    panel.width_box.setValue(width)
    assert session.task.output_size(session.level_at(session.level), 100, 151)[1] == width
    assert panel.height_box.value() == round(100 * width / 151)
    panel.height_box.setValue(250)
    assert session.level == 2.5
    panel.width_box.setValue(9999)
    assert session.level == 4


def test_size_and_file_are_told_and_the_file_is_that_of_the_format(
    panel: SizePanel, session: Session, size: OutputSize, runner: ImmediateRunner, settings: Settings, qtbot: QtBot
) -> None:
    settings.set(QUALITY, 60)
    settings.set(IS_AUTO_QUALITY, False)
    SizePresenter(runner, session, size, settings, parent=session)
    session.set_source(source_of(IMAGE, Path("a.jpg")))
    session.set_level(2.5)
    assert panel.facts.text() == "378 × 250 pixels, 0.1 MP\nEstimating the file…"
    qtbot.waitUntil(lambda: size.file_bytes is not None)
    assert size.file_bytes == estimate_file_bytes(IMAGE, (250, 378), ".jpg", quality=60)
    assert "About" in panel.facts.text()
    assert panel.facts.text().endswith("as JPG")


def test_a_size_that_the_format_cannot_hold_is_told_before(
    panel: SizePanel, session: Session, size: OutputSize, runner: ImmediateRunner, settings: Settings, qtbot: QtBot
) -> None:
    SizePresenter(runner, session, size, settings, parent=session)
    session.set_source(source_of(Image(np.zeros((2, 9000, 1), np.uint8)), Path("a.webp")))
    qtbot.waitUntil(lambda: bool(size.problem))
    assert "WEBP holds 16383" in panel.facts.text()


def test_without_a_photo_there_is_nothing_to_size(session: Session, size: OutputSize, qtbot: QtBot) -> None:
    made = SizePanel(session, size)
    qtbot.addWidget(made)
    session.set_task(task_named("super_resolution"))
    assert not made.width_box.isEnabled()
    assert "Open a photo" in made.facts.text()
