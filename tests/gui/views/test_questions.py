"""What the window asks before something is lost."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PySide6.QtWidgets import QMessageBox
from pytestqt.qtbot import QtBot

from engine.image_io import Image
from rednet_gui.errors import ErrorText
from rednet_gui.models.album import Entry
from rednet_gui.models.session import Activity, Session
from rednet_gui.views.dialogs import DiscardQuestion, SaveDialog
from rednet_gui.views.main_window import MainWindow
from tests.gui.conftest import pixels_of, result_of, source_of

IMAGE = Image(pixels_of(200, 300))
ERROR = ErrorText("This picture cannot be opened", "letter.jpg: it is no picture.", "Try another one.")


def test_another_photo_may_come_in_since_the_album_keeps_the_result(window: MainWindow, session: Session) -> None:
    session.set_source(source_of(IMAGE))
    session.set_result(result_of(IMAGE))
    asked = list[list[Path]]()
    window.open_requested.connect(asked.append)
    window.open_paths([Path("other.png")])
    assert not window.findChildren(DiscardQuestion)
    assert asked == [[Path("other.png")]]


def test_a_result_is_not_lost_by_closing_without_asking(window: MainWindow, session: Session) -> None:
    session.set_source(source_of(IMAGE))
    session.set_result(result_of(IMAGE))
    window.close()
    assert window.isVisible()
    (question,) = window.findChildren(DiscardQuestion)
    assert question.text() == "The restored photo is not saved."
    question.discard.click()
    assert not window.isVisible()


def test_no_original_is_promised_of_a_pasted_photo(window: MainWindow, session: Session) -> None:
    session.set_source(source_of(IMAGE, None))
    session.mask.blend(0, 0, np.full((5, 6), 255, np.uint8))
    window.close()
    assert window.isVisible()
    (question,) = window.findChildren(DiscardQuestion)
    assert question.text() == "The pasted photo is not saved."
    question.discard.click()
    assert not window.isVisible()


@pytest.mark.parametrize("activity", [Activity.RESTORING, Activity.STEPPING])
def test_a_running_restore_is_not_lost_without_asking(window: MainWindow, session: Session, activity: Activity) -> None:
    session.set_source(source_of(IMAGE))
    session.set_activity(activity)
    session.has_asked = True
    asked = list[list[Path]]()
    window.open_requested.connect(asked.append)
    window.open_paths([Path("other.png")])
    assert not asked
    (question,) = window.findChildren(DiscardQuestion)
    assert question.text() == "A photo is being restored."
    question.discard.click()
    assert asked == [[Path("other.png")]]


def test_a_restore_that_nobody_asked_for_gives_way(window: MainWindow, session: Session) -> None:
    session.set_source(source_of(IMAGE))
    session.set_activity(Activity.RESTORING)
    asked = list[list[Path]]()
    window.open_requested.connect(asked.append)
    window.open_paths([Path("other.png")])
    assert asked == [[Path("other.png")]]


def test_the_original_is_refused_as_target_while_the_dialog_is_open(
    window: MainWindow, session: Session, tmp_path: Path, qtbot: QtBot
) -> None:
    photo = tmp_path / "photo.png"
    photo.touch()
    session.set_source(source_of(IMAGE, photo))
    session.set_result(result_of(IMAGE))
    asked = list[Path]()
    window.save_requested.connect(asked.append)
    window.panel.save.click()
    qtbot.waitUntil(lambda: bool(window.findChildren(SaveDialog)))
    (dialog,) = window.findChildren(SaveDialog)
    dialog.selectFile(str(photo))
    dialog.accept()
    (refusal,) = dialog.findChildren(QMessageBox)
    assert refusal.text() == "The original photo is never overwritten."
    refusal.accept()
    assert dialog.isVisible()
    dialog.selectFile(str(tmp_path / "other.png"))
    dialog.accept()
    assert asked == [tmp_path / "other.png"]


def test_an_unsaved_result_is_not_lost_to_the_file_as_it_is_now_without_asking(window: MainWindow) -> None:
    entry, asked = Entry(Path("changed.png")), list[Entry]()
    window.read_again_requested.connect(asked.append)
    window.ask_to_read_again(entry)
    assert not asked
    (question,) = window.findChildren(DiscardQuestion)
    assert question.text() == "The restored photo is not saved."
    question.discard.click()
    assert asked == [entry]


def test_no_other_photo_comes_in_while_one_is_saved(window: MainWindow, session: Session) -> None:
    session.set_source(source_of(IMAGE))
    session.set_result(result_of(IMAGE))
    session.set_activity(Activity.SAVING)
    asked = list[list[Path]]()
    window.open_requested.connect(asked.append)
    window.open_paths([Path("other.png")])
    assert not asked
    assert not window.findChildren(DiscardQuestion)
    assert window.banner.title.text() == "Wait until the photo is saved."


@pytest.mark.parametrize("has_failed", [False, True])
def test_closing_while_saving_waits_for_the_outcome(window: MainWindow, session: Session, has_failed: bool) -> None:
    session.set_source(source_of(IMAGE))
    session.set_result(result_of(IMAGE))
    session.mark_saved()
    session.set_activity(Activity.SAVING)
    window.close()
    assert window.isVisible()
    if has_failed:
        session.failed.emit(ERROR)
    session.set_activity(Activity.IDLE)
    assert window.isVisible() == has_failed
    assert window.banner.isVisible() == has_failed
