from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QColor, QPainter
from PySide6.QtTest import QTest

from rednet_gui.models.picture_view import PictureView
from rednet_gui.views.canvas import Canvas
from rednet_gui.views.canvas_tool import CanvasTool, Placement, Touch
from tests.gui.conftest import pixels_of


class Recorder(CanvasTool):
    """Remembers what it is told and marks the last point."""

    def __init__(self) -> None:
        super().__init__()
        self.told: list[tuple[str, Touch]] = []

    def press(self, touch: Touch) -> None:
        self.told.append(("press", touch))

    def move(self, touch: Touch) -> None:
        self.told.append(("move", touch))

    def release(self, touch: Touch) -> None:
        self.told.append(("release", touch))
        self.changed.emit()

    def paint(self, painter: QPainter, placement: Placement) -> None:
        if self.told:
            painter.fillRect(0, 0, 5, 5, QColor("red"))


def stroke(canvas: Canvas, button: Qt.MouseButton, start: QPoint, end: QPoint) -> None:
    QTest.mousePress(canvas, button, pos=start)
    QTest.mouseMove(canvas, end)
    QTest.mouseRelease(canvas, button, pos=end)


@pytest.mark.parametrize("button", [Qt.MouseButton.LeftButton, Qt.MouseButton.RightButton])
def test_a_tool_gets_strokes_in_pixels_of_the_picture(canvas: Canvas, button: Qt.MouseButton) -> None:
    canvas.show_pictures(PictureView.of(pixels_of(800, 1000)), None)  # fitted at half size
    tool = Recorder()
    canvas.set_tool(tool)
    stroke(canvas, button, QPoint(100, 300), QPoint(140, 310))
    assert [what for what, _ in tool.told] == ["press", "move", "release"]
    assert [touch.point for _, touch in tool.told] == [QPointF(200, 600), QPointF(280, 620), QPointF(280, 620)]
    assert {touch.button for _, touch in tool.told} == {button}
    assert canvas.grab().toImage().pixelColor(2, 2) == QColor("red")


def test_points_stay_those_of_the_opened_picture_when_the_result_is_enlarged(canvas: Canvas) -> None:
    small = pixels_of(100, 120)
    canvas.show_pictures(PictureView.of(small), PictureView.of(small.repeat(2, 0).repeat(2, 1)))
    placement = canvas.placement
    assert placement is not None
    assert placement.scale == pytest.approx(2)
    middle = placement.to_widget(QPointF(60, 50))
    assert (middle.x(), middle.y()) == pytest.approx((250, 200))
    assert placement.to_picture(middle) == QPointF(60, 50)


def test_the_middle_button_still_moves_the_picture(canvas: Canvas) -> None:
    canvas.show_pictures(PictureView.of(pixels_of(800, 1000)), None)
    canvas.zoom_to_actual()
    tool = Recorder()
    canvas.set_tool(tool)
    before = canvas.placement
    stroke(canvas, Qt.MouseButton.MiddleButton, QPoint(100, 300), QPoint(140, 310))
    after = canvas.placement
    assert before is not None
    assert after is not None
    assert after.to_widget(QPointF()) - before.to_widget(QPointF()) == QPointF(40, 10)
    assert not tool.told


def test_without_a_tool_the_left_button_moves_the_picture_again(canvas: Canvas) -> None:
    canvas.show_pictures(PictureView.of(pixels_of(800, 1000)), None)
    canvas.zoom_to_actual()
    tool = Recorder()
    canvas.set_tool(tool)
    canvas.set_tool(None)
    before = canvas.placement
    stroke(canvas, Qt.MouseButton.LeftButton, QPoint(100, 300), QPoint(140, 310))
    assert canvas.placement != before
    assert not tool.told


def test_the_divider_can_be_dragged_while_a_tool_has_the_buttons(canvas: Canvas) -> None:
    canvas.show_pictures(PictureView.of(pixels_of(800, 1000)), PictureView.of(pixels_of(800, 1000)))
    tool = Recorder()
    canvas.set_tool(tool)
    stroke(canvas, Qt.MouseButton.LeftButton, QPoint(250, 300), QPoint(350, 300))
    assert canvas.split == pytest.approx(0.7)
    assert not tool.told
