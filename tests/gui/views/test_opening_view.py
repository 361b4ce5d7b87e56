from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QStackedWidget, QWidget
from pytestqt.qtbot import QtBot

from engine.image_io import Image, Sketch
from rednet_gui.models.picture_view import PictureView
from rednet_gui.models.session import Activity, Session
from rednet_gui.views.canvas import Canvas
from rednet_gui.views.opening_view import OpeningView
from tests.gui.conftest import source_of


@pytest.fixture
def stage(qtbot: QtBot) -> QStackedWidget:
    stage = QStackedWidget()
    qtbot.addWidget(stage)
    stage.addWidget(QWidget())
    stage.addWidget(Canvas())
    stage.resize(QSize(640, 480))
    return stage


def sketch() -> Sketch:
    """The left half red, the right one blue, of a picture of 4000 x 1000."""
    pixels = np.zeros((100, 400, 3), np.uint8)
    pixels[:, :200, 0] = pixels[:, 200:, 2] = 255
    return Sketch(pixels, 4000, 1000, None)


def test_it_shows_what_is_read_so_far_and_steps_back(session: Session, stage: QStackedWidget, qtbot: QtBot) -> None:
    view = OpeningView(session, stage)
    stage.show()
    session.set_activity(Activity.OPENING)
    session.set_sketch(sketch())
    assert stage.currentWidget() is view
    seen = view.grab().toImage()
    assert seen.pixelColor(160, 240) == QColor(255, 0, 0)
    assert seen.pixelColor(480, 240) == QColor(0, 0, 255)
    assert seen.pixelColor(160, 150) == seen.pixelColor(480, 330), "it lies in the middle, as wide as fits"
    session.end_activity(Activity.OPENING)
    assert stage.currentIndex() == 0


def test_the_picture_appears_where_its_sketch_was(session: Session, stage: QStackedWidget, qtbot: QtBot) -> None:
    view = OpeningView(session, stage)
    canvas = stage.widget(1)
    assert isinstance(canvas, Canvas)
    stage.show()
    session.set_activity(Activity.OPENING)
    session.set_sketch(sketch())
    before = view.grab().toImage()
    whole = np.repeat(np.repeat(sketch().pixels, 10, axis=0), 10, axis=1)
    session.set_source(source_of(Image(whole)))
    stage.setCurrentWidget(canvas)
    canvas.show_pictures(PictureView.of(whole), None)
    session.end_activity(Activity.OPENING)
    assert stage.currentWidget() is canvas
    after = canvas.grab().toImage()
    different = sum(
        before.pixelColor(x, y) != after.pixelColor(x, y) for x in range(0, 640, 4) for y in range(0, 480, 4)
    )
    assert different <= 40, "only where the colours meet"
