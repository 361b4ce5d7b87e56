"""Shaping a blur with real mouse events: on the picture, on the kernel, in the panel."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QMainWindow
from pytestqt.qtbot import QtBot

from engine.image_io import Image
from engine.kernels import disk_kernel
from engine.tasks import task_named
from rednet_gui.models.blur import BlurKind
from rednet_gui.models.picture_view import PictureView
from rednet_gui.models.session import Activity, Session
from rednet_gui.views.actions import Actions
from rednet_gui.views.blur_desk import BlurDesk
from rednet_gui.views.canvas import Canvas
from rednet_gui.views.kernel_view import SIDE
from tests.gui.conftest import source_of

LEFT, RIGHT = Qt.MouseButton.LeftButton, Qt.MouseButton.RightButton
IMAGE = Image(np.full((800, 1000, 3), 60, np.uint8))


@pytest.fixture
def desk(session: Session, canvas: Canvas, qtbot: QtBot) -> Iterator[BlurDesk]:
    window = QMainWindow()
    qtbot.addWidget(window)
    made = BlurDesk(session, Actions(window), canvas)
    qtbot.addWidget(made.panel)
    session.set_source(source_of(IMAGE))
    session.set_task(task_named("deblur"))
    canvas.show_pictures(PictureView.of(IMAGE.pixels), None)
    made.panel.resize(268, 400)
    made.panel.show()
    yield made
    canvas.set_tool(None)


def choose(desk: BlurDesk, kind: BlurKind) -> None:
    index = desk.panel.kinds.findData(kind)
    desk.panel.kinds.setCurrentIndex(index)
    desk.panel.kinds.activated.emit(index)


def drag(canvas: Canvas, *points: QPoint) -> None:
    QTest.mousePress(canvas, LEFT, pos=points[0])
    for point in points[1:]:
        QTest.mouseMove(canvas, point)
    QTest.mouseRelease(canvas, LEFT, pos=points[-1])


def test_an_arrow_on_the_picture_sets_length_and_angle(desk: BlurDesk, session: Session, canvas: Canvas) -> None:
    choose(desk, BlurKind.MOTION)
    assert canvas.tool is desk.arrow
    drag(canvas, QPoint(100, 100), QPoint(110, 100), QPoint(118, 94))
    numbers = session.blur.numbers
    assert numbers.length == pytest.approx(2 * np.hypot(18, 6))
    assert numbers.angle == pytest.approx(np.degrees(np.arctan2(6, 18)))
    assert desk.panel.numbers["length"].box.value() == pytest.approx(numbers.length, abs=0.05)
    image = canvas.grab().toImage()
    assert image.pixelColor(109, 97).lightness() > 150


def test_shift_turns_the_arrow_in_steps(desk: BlurDesk, session: Session, canvas: Canvas) -> None:
    choose(desk, BlurKind.MOTION)
    QTest.mousePress(canvas, LEFT, pos=QPoint(100, 100))
    end, shift = QPointF(120, 79), Qt.KeyboardModifier.ShiftModifier
    move = QMouseEvent(QEvent.Type.MouseMove, end, canvas.mapToGlobal(end), Qt.MouseButton.NoButton, LEFT, shift)
    QApplication.sendEvent(canvas, move)
    QTest.mouseRelease(canvas, LEFT, pos=end.toPoint())
    assert session.blur.numbers.angle == pytest.approx(45)
    assert session.blur.numbers.length == pytest.approx(58)


def test_a_path_is_told_while_it_is_drawn(desk: BlurDesk, canvas: Canvas) -> None:
    paths = list[list[tuple[float, float]]]()
    desk.path.drawn.connect(paths.append)
    choose(desk, BlurKind.PATH)
    drag(canvas, QPoint(50, 60), QPoint(60, 60), QPoint(60, 70))
    assert paths == [[(100.0, 120.0), (120.0, 120.0)], [(100.0, 120.0), (120.0, 120.0), (120.0, 140.0)]]


def test_a_light_is_framed_by_a_drag_or_a_click(desk: BlurDesk, canvas: Canvas) -> None:
    frames = list[QRect]()
    desk.light.framed.connect(frames.append)
    choose(desk, BlurKind.LIGHT)
    drag(canvas, QPoint(80, 90), QPoint(50, 60))
    drag(canvas, QPoint(200, 200))
    assert frames == [QRect(100, 120, 60, 60), QRect(368, 368, 64, 64)]


def test_drawing_ends_with_its_button_its_kind_and_its_task(desk: BlurDesk, session: Session, canvas: Canvas) -> None:
    choose(desk, BlurKind.MOTION)
    QTest.mouseClick(desk.panel.draw, LEFT)
    assert canvas.tool is None
    QTest.mouseClick(desk.panel.draw, LEFT)
    assert canvas.tool is desk.arrow
    choose(desk, BlurKind.DISK)
    assert canvas.tool is None
    assert not desk.panel.draw.isVisible()
    choose(desk, BlurKind.LIGHT)
    assert canvas.tool is desk.light
    session.set_task(task_named("denoise"))
    assert canvas.tool is None
    assert not desk.panel.isVisible()


def test_nothing_is_drawn_while_the_photo_is_restored(desk: BlurDesk, session: Session, canvas: Canvas) -> None:
    choose(desk, BlurKind.MOTION)
    session.set_activity(Activity.RESTORING)
    assert canvas.tool is None
    assert not desk.panel.isEnabled()
    session.set_activity(Activity.IDLE)
    assert canvas.tool is desk.arrow


def test_the_numbers_of_the_kind_are_shown_and_make_the_kernel(desk: BlurDesk, session: Session) -> None:
    panel = desk.panel
    assert [name for name, number in panel.numbers.items() if number.isVisible()] == ["radius"]
    panel.numbers["radius"].box.setValue(6.5)
    np.testing.assert_array_equal(session.blur.kernel, disk_kernel(6.5))
    assert panel.facts.text() == "15 × 15 px"
    panel.numbers["radius"].setValue(panel.numbers["radius"].maximum())
    assert session.blur.numbers.radius == 95
    choose(desk, BlurKind.MOTION)
    assert [name for name, number in panel.numbers.items() if number.isVisible()] == ["length", "angle"]


def test_the_kernel_is_painted_with_the_left_and_erased_with_the_right_button(desk: BlurDesk, session: Session) -> None:
    view, blur = desk.panel.kernel, session.blur
    before = blur.kernel
    assert before is not None
    cell = SIDE / view.cells
    spot = QPoint(round(SIDE / 2 + 5 * cell), round(SIDE / 2 - 3 * cell))
    QTest.mouseClick(view, LEFT, pos=spot)
    painted = blur.kernel
    assert painted is not None
    assert painted[painted.shape[0] // 2 - 3, painted.shape[1] // 2 + 5] > 0.01
    assert painted.sum() == pytest.approx(1)
    QTest.mousePress(view, RIGHT, pos=spot)
    for _ in range(6):
        QTest.mouseMove(view, spot + QPoint(1, 0))
        QTest.mouseMove(view, spot)
    QTest.mouseRelease(view, RIGHT, pos=spot)
    erased = blur.kernel
    assert erased is not None
    assert erased.shape[1] < painted.shape[1]
    QTest.mouseClick(desk.panel.start_over, LEFT)
    np.testing.assert_array_equal(blur.kernel, before)
    assert not desk.panel.start_over.isEnabled()


def test_the_kernel_is_painted_with_keys_too(desk: BlurDesk, session: Session) -> None:
    view = desk.panel.kernel
    for _ in range(4):
        QTest.keyClick(view, Qt.Key.Key_Right)
    QTest.keyClick(view, Qt.Key.Key_Plus)
    kernel = session.blur.kernel
    assert kernel is not None
    assert kernel[kernel.shape[0] // 2, kernel.shape[1] // 2 + 4] > 0
    for _ in range(4):
        QTest.keyClick(view, Qt.Key.Key_Minus)
    again = session.blur.kernel
    assert again is not None
    assert again.shape[1] < kernel.shape[1]


def test_the_kernel_is_shown_where_it_lies(desk: BlurDesk, session: Session) -> None:
    off = np.zeros((5, 5), np.float32)
    off[0, 4] = 1
    session.blur.take_file(off)
    view = desk.panel.kernel
    image, cell = view.grab().toImage(), SIDE / view.cells

    def lightness(x: int, y: int) -> int:
        return image.pixelColor(QPointF(SIDE / 2 + x * cell, SIDE / 2 + y * cell).toPoint()).lightness()

    assert lightness(2, -2) > 200
    assert max(lightness(-2, 2), lightness(0, 0), lightness(-2, -2)) < 60


def test_the_part_in_sight_is_told(desk: BlurDesk, canvas: Canvas) -> None:
    sights = list[QRect]()
    desk.sight_changed.connect(sights.append)
    canvas.zoom_to_actual()
    assert sights[-1] == QRect(250, 200, 500, 400)


def test_files_are_asked_for_without_blocking(desk: BlurDesk, qtbot: QtBot) -> None:
    for button, signal in (
        (desk.panel.load, desk.panel.load_requested),
        (desk.panel.save, desk.panel.save_requested),
    ):
        QTest.mouseClick(button, LEFT)
        (dialog,) = desk.panel.window().findChildren(QFileDialog)
        with qtbot.waitSignal(signal) as asked:
            dialog.fileSelected.emit("/photos/blur.npy")
        assert str(asked.args[0]) == "/photos/blur.npy"
        dialog.close()
        qtbot.waitUntil(lambda: not desk.panel.window().findChildren(QFileDialog))


def test_what_was_drawn_on_one_photo_does_not_lie_on_the_next(desk: BlurDesk, session: Session, canvas: Canvas) -> None:
    for kind in (BlurKind.MOTION, BlurKind.PATH, BlurKind.LIGHT):
        choose(desk, kind)
        assert session.blur.kind is kind, "Qt gives back a plain text"
        clean = canvas.grab().toImage()
        drag(canvas, QPoint(100, 100), QPoint(160, 100), QPoint(200, 160))
        assert canvas.grab().toImage() != clean
        session.set_source(source_of(IMAGE))
        canvas.show_pictures(PictureView.of(IMAGE.pixels), None)
        assert canvas.grab().toImage() == clean
