from __future__ import annotations

from collections import Counter
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QColorSpace, QDropEvent, QGuiApplication, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractSlider,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QFileDialog,
    QLineEdit,
    QMessageBox,
    QScrollBar,
    QWidget,
)
from pytestqt.qtbot import QtBot

from engine.image_io import Image
from engine.metadata import Metadata
from rednet_gui.errors import ErrorText
from rednet_gui.models.session import Activity, Session
from rednet_gui.settings import SAVE_FOLDER, Settings
from rednet_gui.views import theme
from rednet_gui.views.actions import Actions
from rednet_gui.views.dialogs import SaveDialog
from rednet_gui.views.main_window import MainWindow
from tests.gui.conftest import pixels_of, result_of, source_of

IMAGE = Image(pixels_of(200, 300))
ERROR = ErrorText("This picture cannot be opened", "letter.jpg: it is no picture.", "Try another one.")


def dialog_of(window: MainWindow, qtbot: QtBot) -> QFileDialog:
    qtbot.waitUntil(lambda: bool(window.findChildren(QFileDialog)))
    return window.findChildren(QFileDialog)[0]


def test_every_action_has_a_key_of_its_own_but_help(window: MainWindow) -> None:
    acts = [action for action in vars(window.actions_).values() if hasattr(action, "shortcuts")]
    keys = Counter(key.toString() for action in acts for key in action.shortcuts())
    assert max(keys.values()) == 1
    without = [action.text() for action in acts if not action.shortcuts()]
    assert without == ["&About RED-Net Restore", "Open the &log folder"]
    assert isinstance(window.actions_, Actions)


def test_the_keyboard_starts_at_opening_a_photo(window: MainWindow) -> None:
    assert window.focusWidget() is window.empty_hint.button


def test_every_control_says_what_it_is(window: MainWindow, session: Session) -> None:
    session.set_source(source_of(IMAGE))
    controls = [
        found
        for kind in (QAbstractButton, QAbstractSlider, QAbstractSpinBox)
        for found in window.findChildren(kind)
        if found.objectName() != "qt_menubar_ext_button" and not isinstance(found, QScrollBar)
    ]
    assert len(controls) > 10
    for control in controls:
        text = control.text() if isinstance(control, QAbstractButton | QAbstractSpinBox) else ""
        assert control.accessibleName() or text, control
        assert control.toolTip() or control is window.empty_hint.button, control


def test_an_error_lies_over_the_canvas_until_it_is_closed(window: MainWindow, session: Session) -> None:
    session.failed.emit(ERROR)
    assert window.banner.isVisible()
    assert window.banner.title.text() == ERROR.title
    assert window.banner.text.text() == f"{ERROR.text} {ERROR.advice}"
    assert window.banner.height() >= window.banner.title.height() + window.banner.text.height()
    QTest.keyClick(window, Qt.Key.Key_Escape)
    assert not window.banner.isVisible()


def test_an_error_while_a_photo_is_open_leaves_it(window: MainWindow, session: Session) -> None:
    session.set_source(source_of(IMAGE))
    session.failed.emit(ERROR)
    assert window.canvas.isVisible()


def test_the_title_names_the_photo_and_marks_what_is_not_saved(window: MainWindow, session: Session) -> None:
    session.set_source(source_of(IMAGE, Path("/photos/holiday.jpg")))
    assert window.windowTitle() == "holiday.jpg[*] – RED-Net Restore"
    assert not window.isWindowModified()
    session.set_result(result_of(IMAGE))
    assert window.isWindowModified()
    session.mark_saved()
    assert not window.isWindowModified()


@pytest.mark.parametrize("has_folder", [True, False])
def test_save_starts_in_the_last_folder_or_beside_the_source(
    window: MainWindow, session: Session, settings: Settings, qtbot: QtBot, tmp_path: Path, has_folder: bool
) -> None:
    settings.set(SAVE_FOLDER, str(tmp_path / "last"))
    beside = tmp_path / "photos"
    beside.mkdir()
    if has_folder:
        (tmp_path / "last").mkdir()
    session.set_source(source_of(IMAGE, beside / "holiday.tif"))
    session.set_result(result_of(IMAGE))
    QTest.mouseClick(window.panel.save, Qt.MouseButton.LeftButton)
    dialog = dialog_of(window, qtbot)
    expected = (tmp_path / "last" if has_folder else beside) / "holiday-restored.tif"
    assert dialog.selectedFiles() == [str(expected)]
    assert "TIFF" in dialog.selectedNameFilter()
    dialog.reject()


def test_saving_leaves_what_is_shown(window: MainWindow, session: Session) -> None:
    session.set_source(source_of(IMAGE))
    session.set_result(result_of(IMAGE))
    window.canvas.set_original_shown(True)
    session.mark_saved()
    assert window.canvas.is_original_shown


def test_a_name_without_suffix_gets_that_of_the_chosen_type(window: MainWindow, qtbot: QtBot, tmp_path: Path) -> None:
    dialog = SaveDialog(window, tmp_path / "holiday-restored.jpg")
    dialog.open()
    types = dialog.findChild(QComboBox, "fileTypeCombo")
    assert isinstance(types, QComboBox)
    QTest.keyClicks(types, "TIFF")
    name = dialog.findChild(QLineEdit, "fileNameEdit")
    assert isinstance(name, QLineEdit)
    name.setText("holiday")
    with qtbot.waitSignal(dialog.fileSelected) as selected:
        dialog.accept()
    assert selected.args == [str(tmp_path / "holiday.tif")]


def test_the_level_stays_while_it_is_used(window: MainWindow, session: Session) -> None:
    session.is_live = False
    session.set_source(source_of(IMAGE))
    asked = list[float]()
    window.panel.level.level_requested.connect(asked.append)
    session.set_activity(Activity.RESTORING)
    QTest.keyClick(window, Qt.Key.Key_Down, Qt.KeyboardModifier.ControlModifier)
    assert not asked
    assert not window.actions_.auto.isEnabled()
    assert not window.panel.level.slider.isEnabled()
    assert not window.panel.tasks.isEnabled()
    session.set_activity(Activity.IDLE)
    QTest.keyClick(window, Qt.Key.Key_Down, Qt.KeyboardModifier.ControlModifier)
    assert len(asked) == 1


@pytest.mark.parametrize("is_file", [True, False])
def test_a_picture_is_pasted_while_a_number_has_the_focus(window: MainWindow, is_file: bool) -> None:
    asked = list[object]()
    window.open_requested.connect(asked.append)
    window.paste_requested.connect(asked.append)
    data = QMimeData()
    if is_file:
        data.setUrls([QUrl.fromLocalFile("/photos/holiday.jpg")])
    else:
        data.setImageData(QImage(3, 2, QImage.Format.Format_RGB32))
    QGuiApplication.clipboard().setMimeData(data)
    for number in (window.panel.level.number, window.panel.quality):
        number.setFocus()
        QTest.keyClick(number, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert len(asked) == 2


def test_a_number_is_pasted_into_its_box(window: MainWindow) -> None:
    QGuiApplication.clipboard().setText("42")
    number = window.panel.level.number
    number.setFocus()
    number.selectAll()
    QTest.keyClick(number, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert number.text() == "42"


def test_a_dropped_file_is_copied_never_moved(window: MainWindow) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile("/photos/holiday.jpg")])
    event = QDropEvent(
        QPointF(9, 9),
        Qt.DropAction.CopyAction | Qt.DropAction.MoveAction,
        data,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.ShiftModifier,  # proposes to move
    )
    assert event.proposedAction() is Qt.DropAction.MoveAction
    window.dropEvent(event)
    assert event.isAccepted()
    assert event.dropAction() is Qt.DropAction.CopyAction


def test_a_typed_strength_is_taken_by_the_restore_key(window: MainWindow, session: Session) -> None:
    session.set_source(source_of(IMAGE))
    window.panel.level.level_requested.connect(session.set_level)
    levels = list[float]()
    window.restore_requested.connect(lambda: levels.append(session.level))
    number = window.panel.level.number
    number.setFocus()
    number.selectAll()
    QTest.keyClicks(number, "40")
    QTest.keyClick(number, Qt.Key.Key_R, Qt.KeyboardModifier.ControlModifier)
    assert levels == [40.0]


def test_escape_cancels_the_run(window: MainWindow, session: Session) -> None:
    session.set_source(source_of(IMAGE))
    session.set_activity(Activity.RESTORING)
    canceled = list[bool]()
    window.cancel_requested.connect(lambda: canceled.append(True))
    QTest.keyClick(window, Qt.Key.Key_Escape)
    assert canceled == [True]


@pytest.mark.parametrize("is_canceled", [False, True])
def test_the_focus_comes_back_to_restore(window: MainWindow, session: Session, is_canceled: bool) -> None:
    session.set_source(source_of(IMAGE))
    run = window.panel.run
    run.restore.setFocus()
    session.set_activity(Activity.RESTORING)
    assert window.focusWidget() is run.cancel
    if is_canceled:
        run.show_canceling()
    session.set_activity(Activity.IDLE)
    assert window.focusWidget() is run.restore


def test_tooltips_tell_the_keys(window: MainWindow) -> None:
    run = window.panel.run
    assert run.restore.toolTip() == "Repair the whole photo with the chosen task; its file stays as it is (Ctrl+R)"
    assert run.cancel.toolTip() == "Stop; the last result stays (Esc)"
    assert window.panel.save.toolTip() == "Save the restored photo as a new file; the original stays as it is (Ctrl+S)"


def test_keys_move_the_divider_and_hide_the_result(window: MainWindow, session: Session) -> None:
    session.set_source(source_of(IMAGE))
    session.set_result(result_of(IMAGE))
    QTest.keyClick(window, Qt.Key.Key_BracketLeft)
    assert window.canvas.split == pytest.approx(0.45)
    QTest.keyClick(window, Qt.Key.Key_BracketRight)
    assert window.canvas.split == pytest.approx(0.5)
    QTest.keyClick(window, Qt.Key.Key_Backslash)
    assert window.canvas.is_original_shown
    assert window.actions_.original.isChecked()


@pytest.mark.parametrize(
    ("dtype", "icc", "words"),
    [
        ("uint8", None, ["300 × 200 pixels, 0.1 MP", "8-bit", "No color profile"]),
        ("uint16", QColorSpace.NamedColorSpace.AdobeRgb, ["300 × 200 pixels, 0.1 MP", "16-bit", "Adobe RGB"]),
    ],
)
def test_the_status_bar_tells_the_facts(
    window: MainWindow,
    session: Session,
    dtype: str,
    icc: QColorSpace.NamedColorSpace | None,
    words: list[str],
) -> None:
    profile = None if icc is None else bytes(QColorSpace(icc).iccProfile().data())
    session.set_source(source_of(Image(pixels_of(200, 300, dtype=dtype), metadata=Metadata(icc=profile))))
    status = window.status
    assert [status.size_fact.text(), status.depth_fact.text(), status.profile_fact.text()] == words
    session.set_result(result_of(IMAGE))
    facts = [status.level_fact.text(), status.device_fact.text(), status.timing_fact.text()]
    assert facts == ["Noise level: 25", "Processor", "Restored in 1.5 s"]
    assert status.device_fact.toolTip() == "CPU, float32"


def test_about_tells_the_version(window: MainWindow) -> None:
    window.actions_.about.trigger()
    (box,) = window.findChildren(QMessageBox)
    assert "RED-Net Restore 0." in box.text()
    box.reject()


@pytest.mark.parametrize("look", [theme.DARK, theme.LIGHT, theme.DARK_CONTRAST, theme.LIGHT_CONTRAST])
def test_the_look_is_neutral(window: MainWindow, session: Session, qapp: QApplication, look: theme.Look) -> None:
    theme.apply(qapp, look)
    session.set_source(source_of(Image(np.full((200, 300, 1), 128, np.uint8))))
    image = window.grab().toImage().convertToFormat(QImage.Format.Format_RGBA8888)
    colors = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.width(), 4)[..., :3]
    theme.apply(qapp)
    assert np.ptp(colors, axis=2).max() == 0, "colour beside a photo changes how it looks"


def test_tab_reaches_the_controls_from_top_to_bottom(window: MainWindow, session: Session) -> None:
    session.set_source(source_of(IMAGE))
    panel = window.panel
    panel.tasks.row("denoise").setFocus()
    level = panel.level
    wanted: list[QWidget] = [level.auto, level.slider, level.number, panel.live, panel.run.restore]
    wanted += [panel.quality_control.auto, panel.quality]
    reached = list[QWidget | None]()
    for _ in wanted:
        QTest.keyClick(window.focusWidget(), Qt.Key.Key_Tab)
        reached.append(window.focusWidget())
    assert reached == wanted
