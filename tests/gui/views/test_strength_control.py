from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from engine.image_io import Image
from engine.strength import Strength, apply_strength
from rednet_gui.models.session import Activity, Session
from rednet_gui.views.canvas import Canvas
from rednet_gui.views.canvas_feed import CanvasFeed
from rednet_gui.views.strength_control import StrengthControl
from tests.gui.conftest import pixels_of, result_of, source_of
from tests.gui.views.test_canvas import seen

ORIGINAL, RESTORED = (Image(np.full((200, 300, 3), gray, np.uint8)) for gray in (50, 150))


@pytest.fixture
def control(session: Session, qtbot: QtBot) -> StrengthControl:
    made = StrengthControl(session)
    qtbot.addWidget(made)
    made.resize(268, 120)
    made.strength_requested.connect(session.set_strength)
    session.set_source(source_of(ORIGINAL, Path("a.png")))
    session.set_result(result_of(RESTORED))
    made.show()
    return made


def test_there_is_nothing_to_mix_without_a_result(control: StrengthControl, session: Session) -> None:
    assert control.overall.isEnabled()
    session.set_activity(Activity.SAVING)
    assert not control.overall.isEnabled(), "what is being saved stays what is shown"
    session.set_activity(Activity.IDLE)
    session.set_result(None)
    assert not control.overall.isEnabled()
    assert not control.reset.isEnabled()


def test_overall_moves_luma_and_color_together(control: StrengthControl, session: Session) -> None:
    control.overall.setValue(40)
    control.texture.setValue(70)
    assert session.strength == Strength(0.4, 0.4, 0.7)
    assert control.overall.percent.text() == "40%"


def test_brightness_and_color_can_be_moved_apart(control: StrengthControl, session: Session) -> None:
    assert control.overall.isVisible()
    assert not control.color.isVisible()
    QTest.mouseClick(control.apart, Qt.MouseButton.LeftButton)
    assert not control.overall.isVisible()
    control.color.setValue(20)
    assert session.strength == Strength(1.0, 0.2, 0.0)
    control.texture.setValue(50)
    assert session.strength == Strength(1.0, 0.2, 0.5)


def test_parts_that_differ_are_shown_apart(control: StrengthControl, session: Session) -> None:
    session.set_strength(0.2, 0.6, 0.1)
    assert (control.luma.value(), control.color.value(), control.texture.value()) == (20, 60, 10)
    assert control.luma.isVisible()


def test_a_double_click_and_the_button_put_it_back(control: StrengthControl, session: Session) -> None:
    session.set_strength(0.3, 0.3, 0.8)
    QTest.mouseDClick(control.overall, Qt.MouseButton.LeftButton)
    assert session.strength == Strength(1.0, 1.0, 0.8)
    QTest.mouseDClick(control.texture, Qt.MouseButton.LeftButton)
    assert session.strength.is_neutral
    session.set_strength(0.3, 0.4, 0.8)
    QTest.mouseClick(control.reset, Qt.MouseButton.LeftButton)
    assert session.strength.is_neutral
    assert not control.reset.isEnabled()


def test_another_strength_is_another_picture_to_save(control: StrengthControl, session: Session) -> None:
    session.mark_saved()
    session.set_strength(1, 1, 0)
    assert not session.has_unsaved_result
    control.overall.setValue(50)
    assert session.has_unsaved_result


def test_each_picture_keeps_its_strength(session: Session) -> None:
    session.set_source(source_of(ORIGINAL))
    session.set_strength(0.3, 0.3, 0)
    left = session.snapshot()
    session.set_source(source_of(RESTORED))
    assert session.strength.is_neutral
    assert left is not None
    session.recall(left)
    assert session.strength == Strength(0.3, 0.3, 0)


def test_the_canvas_follows_at_once(control: StrengthControl, session: Session, qtbot: QtBot) -> None:
    canvas = Canvas()
    qtbot.addWidget(canvas)
    canvas.resize(500, 400)
    feed = CanvasFeed(session, canvas)
    canvas.show()
    feed.show()
    canvas.set_split(0.25)
    assert (seen(canvas)[280, 200:400] == 150).all()
    control.overall.setValue(50)
    line = seen(canvas)[280, 100:400]
    assert (line[:70] == 50).all()
    assert (line[80:] == 100).all()
    session.set_result(None)
    feed.show()
    assert (seen(canvas)[280, 100:400] == 50).all()


@pytest.mark.parametrize("name", ["overall", "luma", "color", "texture", "apart", "reset"])
def test_every_control_says_what_it_is(control: StrengthControl, name: str) -> None:
    widget = getattr(control, name)
    assert widget.accessibleName()
    assert widget.toolTip()


def test_strength_of_noise_is_shown_as_it_is_saved(session: Session, qtbot: QtBot) -> None:
    original, restored = Image(pixels_of(200, 300)), Image(np.full((200, 300, 3), 90, np.uint8))
    session.set_source(source_of(original))
    session.set_result(result_of(restored))
    session.set_strength(0.35, 0.8, 0.6)
    canvas = Canvas()
    qtbot.addWidget(canvas)
    canvas.resize(500, 400)
    canvas.show()
    CanvasFeed(session, canvas).show()
    canvas.set_split(0)
    saved = apply_strength(original, restored, session.strength).pixels
    shown = seen(canvas)[100:300, 100:400]
    np.testing.assert_array_equal(shown[60:, 30:270], saved[60:, 30:270])  # below the words
