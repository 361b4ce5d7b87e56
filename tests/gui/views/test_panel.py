from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QToolButton
from pytestqt.qtbot import QtBot

from engine.image_io import Image
from engine.metadata import Metadata
from engine.restore_plan import RestorePlan
from engine.tasks import TASKS, Task, task_named
from rednet_gui.models.picture_steps import step_of
from rednet_gui.models.session import Activity, RunProgress, Session
from rednet_gui.settings import IS_AUTO_QUALITY, QUALITY, Settings
from rednet_gui.views.run_control import RunControl
from rednet_gui.views.side_panel import SidePanel
from rednet_gui.views.status_bar import StatusBar
from tests.gui.conftest import pixels_of, result_of, source_of

IMAGE = Image(pixels_of())


@pytest.fixture
def panel(session: Session, settings: Settings, qtbot: QtBot) -> SidePanel:
    made = SidePanel(session, settings)
    qtbot.addWidget(made)
    made.resize(300, 700)
    made.show()
    return made


@pytest.mark.parametrize("task", TASKS, ids=lambda task: task.name)
def test_a_task_is_chosen_by_a_click(panel: SidePanel, session: Session, qtbot: QtBot, task: Task) -> None:
    row = panel.tasks.row(task.name)
    asked = list[str]()
    panel.tasks.task_requested.connect(asked.append)
    QTest.mouseClick(row, Qt.MouseButton.LeftButton)
    assert asked == [task.name]


@pytest.mark.parametrize("task", TASKS, ids=lambda task: task.name)
def test_the_level_control_follows_the_task(panel: SidePanel, session: Session, task: Task) -> None:
    session.set_task(task)
    level = panel.level
    assert level.isVisible() == (task.levels.minimum < task.levels.maximum)
    assert level.auto.isVisibleTo(level) == task.can_estimate
    assert (level.number.minimum(), level.number.maximum()) == (task.levels.minimum, task.levels.maximum)
    assert level.number.value() == pytest.approx(task.levels.default, abs=0.05)
    assert session.level == task.levels.default, "showing a level does not change it"


def test_slider_and_number_ask_for_the_same_level(panel: SidePanel) -> None:
    asked = list[float]()
    panel.level.level_requested.connect(asked.append)
    panel.level.slider.setValue(305)
    panel.level.number.setValue(42.5)
    panel.level.strengthen()
    assert asked == [30.5, 42.5, 31.5]


def test_an_enlargement_has_whole_steps_and_any_value_between(panel: SidePanel, session: Session) -> None:
    session.set_task(task_named("super_resolution"))
    asked = list[float]()
    panel.level.level_requested.connect(asked.append)
    panel.level.strengthen()
    panel.level.strengthen()
    panel.level.strengthen()
    assert asked == [3, 4]
    panel.level.slider.setValue(27)
    panel.level.slider.triggerAction(panel.level.slider.SliderAction.SliderPageStepSub)
    assert asked[2:] == [2.7, 1.7]


def test_the_estimate_is_told(panel: SidePanel, session: Session) -> None:
    session.set_source(source_of(IMAGE))
    session.set_estimating(True)
    assert panel.level.hint.text() == "Estimating…"
    session.set_estimate(17.25)
    assert panel.level.hint.text() == "Estimated from the photo: 17.3"
    assert panel.level.number.value() == pytest.approx(17.25, abs=0.06)
    assert session.level == 17.25, "rounding on screen does not reach the engine"


@pytest.mark.parametrize("task", [task for task in TASKS if task.can_estimate], ids=lambda task: task.name)
def test_an_estimate_at_the_end_of_the_range_is_told(panel: SidePanel, session: Session, task: Task) -> None:
    session.set_source(source_of(Image(pixels_of(), metadata=Metadata(jpeg_quality=95))))
    session.set_task(task)
    session.set_estimate(task.levels.maximum)
    assert panel.level.number.value() == task.levels.maximum


def test_an_estimate_that_is_not_followed_can_be_applied(panel: SidePanel, session: Session) -> None:
    asked = list[float]()
    panel.level.level_requested.connect(asked.append)
    session.set_source(source_of(IMAGE))
    session.set_estimate(17.25)
    assert not panel.level.apply.isVisible(), "it is followed"
    session.set_auto(False)
    session.set_level(40.0)
    QTest.mouseClick(panel.level.apply, Qt.MouseButton.LeftButton)
    assert asked == [17.25]
    session.set_level(17.25)
    assert not panel.level.apply.isVisible()


def test_qualities_are_whole(panel: SidePanel, session: Session) -> None:
    session.set_task(task_named("deblock"))
    asked = list[float]()
    panel.level.level_requested.connect(asked.append)
    panel.level.level_requested.connect(session.set_level)
    panel.level.slider.setValue(41)
    panel.level.strengthen()
    assert panel.level.number.text() == "40", "more is taken away from a worse file"
    panel.level.weaken()
    assert asked == [41, 40, 41]


def test_the_quality_to_deblock_is_told(panel: SidePanel, session: Session) -> None:
    session.set_task(task_named("deblock"))
    session.set_source(source_of(IMAGE))
    assert panel.level.auto.isVisible()
    assert session.is_auto
    session.set_estimate(42.0)
    assert panel.level.hint.text() == "The photo is like a JPEG file of about quality 42."
    assert panel.level.number.value() == 42
    session.set_estimate(95.0)
    assert panel.level.hint.text().startswith("No traces of a small JPEG file were found.")
    session.set_source(source_of(Image(IMAGE.pixels, metadata=Metadata(jpeg_quality=97))))
    session.set_estimate(95.0)
    assert panel.level.hint.text() == "The photo is like a JPEG file of about quality 95."


def test_a_failed_estimate_leaves_the_choice_to_the_user(panel: SidePanel, session: Session) -> None:
    session.set_source(source_of(IMAGE))
    session.set_estimating(True)
    session.set_estimating(False)
    assert panel.level.hint.text() == "No estimate; choose the value yourself."


def test_auto_asks(panel: SidePanel) -> None:
    asked = list[bool]()
    panel.level.auto_requested.connect(asked.append)
    QTest.mouseClick(panel.level.auto, Qt.MouseButton.LeftButton)
    assert asked == [False]


def test_restore_needs_a_picture(panel: SidePanel, session: Session) -> None:
    assert not panel.run.restore.isEnabled()
    session.set_activity(Activity.OPENING)
    session.set_source(source_of(IMAGE))
    assert not panel.run.restore.isEnabled()
    session.set_activity(Activity.IDLE)
    assert panel.run.restore.isEnabled()


@pytest.mark.parametrize(
    ("remaining_s", "words"),
    [(None, ""), (0.2, "about 1 s left"), (42.0, "about 42 s left"), (200.0, "about 3 min left")],
)
def test_progress_and_time_left(panel: SidePanel, session: Session, remaining_s: float | None, words: str) -> None:
    session.set_source(source_of(IMAGE))
    session.set_activity(Activity.RESTORING)
    assert panel.run.cancel.isVisible()
    session.set_progress(RunProgress(0.4, remaining_s))
    assert (panel.run.percent.text(), panel.run.remaining.text()) == ("40%", words)
    panel.run.show_canceling()
    session.set_progress(RunProgress(0.5, remaining_s))
    assert panel.run.remaining.text() == "Stopping…"
    session.set_activity(Activity.IDLE)
    assert panel.run.restore.isVisible()


def test_save_needs_a_result(panel: SidePanel, session: Session) -> None:
    session.set_source(source_of(IMAGE, Path("a.png")))
    assert not panel.save.isEnabled()
    roles = [panel.run.restore.property("role"), panel.save.property("role")]
    session.set_result(result_of(IMAGE))
    assert panel.save.isEnabled()
    assert [panel.save.property("role"), panel.run.restore.property("role")] == roles == ["primary", ""]
    session.mark_saved()
    assert [panel.run.restore.property("role"), panel.save.property("role")] == ["", ""], "nothing is left to do"
    session.set_level(session.level + 1)
    assert [panel.run.restore.property("role"), panel.save.property("role")] == roles, "the result is of the old level"


def test_an_outdated_result_is_not_offered_first(panel: SidePanel, session: Session) -> None:
    session.set_source(source_of(IMAGE, Path("a.png")))
    session.set_result(result_of(IMAGE))
    before = session.task
    session.set_task(next(task for task in session.tasks if task is not before))
    assert [panel.run.restore.property("role"), panel.save.property("role")] == ["primary", ""]


def test_a_filling_is_outdated_by_more_paint_and_by_less(panel: SidePanel, session: Session) -> None:
    session.set_source(source_of(IMAGE, Path("a.png")))
    session.set_task(task_named("inpaint"))
    session.mask.blend(5, 5, np.full((9, 9), 255, np.uint8))
    session.mask.end_step()
    level = session.level_at(session.level)
    made = replace(result_of(IMAGE), task="inpaint", level=session.level, step=step_of(session.task, level))
    session.set_result(made)
    assert panel.save.property("role") == "primary"
    session.mask.undo()
    assert panel.save.property("role") == ""
    session.mask.redo()
    assert panel.save.property("role") == "primary"


def test_quality_is_remembered(panel: SidePanel, settings: Settings) -> None:
    panel.quality.setValue(81)
    assert settings.get(QUALITY) == 81
    assert not settings.get(IS_AUTO_QUALITY)


def test_quality_is_the_photos_until_it_is_changed(panel: SidePanel, session: Session, settings: Settings) -> None:
    auto = panel.quality_control.auto
    session.set_source(source_of(Image(IMAGE.pixels, metadata=Metadata(jpeg_quality=97))))
    assert (auto.isChecked(), panel.quality.value()) == (True, 97)
    panel.quality.setValue(80)
    session.set_source(source_of(Image(IMAGE.pixels, metadata=Metadata(jpeg_quality=92))))
    assert (auto.isChecked(), panel.quality.value()) == (False, 80)
    told = list[int]()
    panel.quality_control.changed.connect(lambda: told.append(panel.quality.value()))
    QTest.mouseClick(auto, Qt.MouseButton.LeftButton)
    assert (told, settings.get(IS_AUTO_QUALITY)) == ([92], True)


def test_what_speaks_against_restoring_stands_over_the_button(session: Session, qtbot: QtBot) -> None:
    control = RunControl(session)
    qtbot.addWidget(control)
    control.show()
    assert not control.warning.isVisible()
    session.plan.tell(None, "the disk is too small; make room")
    assert control.warning.isVisible()
    assert control.warning.text() == "It could not be saved: the disk is too small; make room."
    assert control.warning.geometry().bottom() <= control.restore.geometry().top()
    session.plan.tell(None)
    assert not control.warning.isVisible()


def test_the_status_bar_tells_the_plan_until_there_is_a_result(session: Session, qtbot: QtBot) -> None:
    bar = StatusBar(session)
    qtbot.addWidget(bar)
    bar.resize(1280, 28)
    session.set_source(source_of(Image(pixels_of())))
    session.plan.tell(RestorePlan(37, 31, 1, 10**6, 1, 10**4, 0, 10**9))
    assert bar.plan_fact.text().startswith("Restoring: about 1 s, 1 tile, ")
    session.set_result(result_of(Image(pixels_of())))
    assert bar.plan_fact.text() == ""


@pytest.mark.parametrize(("level", "shown"), [(2, "2"), (2.5, "2.5"), (24.97, "25"), (1 / 3, "0.3")])
def test_the_status_bar_tells_any_level(session: Session, qtbot: QtBot, level: float, shown: str) -> None:
    bar = StatusBar(session)
    qtbot.addWidget(bar)
    session.set_source(source_of(Image(pixels_of())))
    session.set_result(replace(result_of(Image(pixels_of())), level=level))
    assert bar.level_fact.text().endswith(f": {shown}")


def test_a_run_that_begins_while_another_one_stops_can_be_canceled(panel: SidePanel, session: Session) -> None:
    session.set_source(source_of(IMAGE))
    session.set_activity(Activity.RESTORING)
    panel.run.show_canceling()
    session.task_changed.emit()
    assert not panel.run.cancel.isEnabled(), "nothing new has begun"
    session.set_activity(Activity.RESTORING)
    assert panel.run.cancel.isEnabled()


def test_tab_goes_from_auto_to_the_button_beside_it(panel: SidePanel) -> None:
    button = QToolButton()
    panel.level.add_button(button)
    assert panel.level.auto.nextInFocusChain() is button
    assert button.nextInFocusChain() is panel.level.slider
