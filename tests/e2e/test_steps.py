"""Several steps in the real program are those of the command line."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
import torch
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QInputDialog, QLineEdit

from engine.cli.main import main as rednet
from engine.image_io import read_image
from engine.steps import read_steps
from rednet_gui.models.session import Activity, Session
from rednet_gui.views.dialogs import DiscardQuestion
from rednet_gui.views.main_window import MainWindow
from rednet_gui.views.steps_desk import StepsDesk
from tests.e2e.conftest import Condition, choose_file, click, cut_small, play

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("qapp", "tiny_models")]

SHIFT = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier


@pytest.fixture(autouse=True)
def _one_thread() -> Iterator[None]:
    """Tiny nets are done sooner by one."""
    threads = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(threads)


@pytest.fixture
def photo(photo: Path) -> Path:
    return cut_small(photo)


def is_done(session: Session) -> Condition:
    return lambda: session.result is not None and session.activity is Activity.IDLE and not session.is_estimating


def desk_of(window: MainWindow) -> StepsDesk:
    (desk,) = window.findChildren(StepsDesk)
    return desk


def save_as(window: MainWindow, target: Path) -> Iterator[Condition]:
    click(window.panel.save)
    yield lambda: bool(QApplication.activeModalWidget())
    choose_file(window, target)
    yield lambda: window.banner.title.text() == f"Saved as {target.name} in {target.parent}."


@pytest.mark.parametrize("suffix", [".jpg", ".png"])
def test_two_steps_of_the_window_are_those_of_the_command_line(photo: Path, tmp_path: Path, suffix: str) -> None:
    target = photo.with_name(f"a{suffix}")

    def script(window: MainWindow) -> Iterator[Condition]:
        desk = desk_of(window)
        session: Session = desk._session
        yield window.panel.run.restore.isEnabled
        click(window.panel.run.restore)
        yield is_done(session)
        window.panel.strength.overall.setValue(75)
        next(action for action in desk.add if action.data() == "super_resolution").trigger()
        yield lambda: session.task.name == "super_resolution" and session.activity is Activity.IDLE
        yield is_done(session)
        assert [row.button.isVisible() for row in desk.panel.rows] == [True, True]
        yield from save_as(window, target)
        window.close()

    play(script, photo)
    found = read_steps(read_image(target).metadata, target)
    assert found is not None
    assert [(step.task, step.level, step.strength.luma) for step in found.items] == [
        ("denoise", None, 0.75),
        ("super_resolution", 2.0, 1.0),
    ]
    steps, again, like = tmp_path / "steps.json", photo.with_name(f"b{suffix}"), photo.with_name(f"c{suffix}")
    strength = {"luma": 0.75, "color": 0.75}
    items = [{"task": "denoise", "strength": strength}, {"task": "super_resolution", "level": 2}]
    steps.write_text(json.dumps({"rednet_steps": "1.0", "steps": items}), encoding="utf-8")
    assert rednet(["restore", str(photo), "-o", str(again), "--steps", str(steps)]) == 0
    assert rednet(["restore", str(photo), "-o", str(like), "--like", str(target)]) == 0
    assert again.read_bytes() == target.read_bytes()
    assert like.read_bytes() == target.read_bytes()


def test_steps_outlive_the_program_and_serve_other_photos(photo: Path) -> None:
    other = photo.with_name("other.png")
    other.write_bytes(photo.read_bytes())

    def first(window: MainWindow) -> Iterator[Condition]:
        desk = desk_of(window)
        session: Session = desk._session
        yield window.panel.run.restore.isEnabled
        click(window.panel.run.restore)
        yield is_done(session)
        desk.add[0].trigger()
        yield lambda: len(session.steps.line.items) == 2 and session.activity is Activity.IDLE
        yield is_done(session)
        QTest.keyClick(window, Qt.Key.Key_S, SHIFT)
        yield lambda: bool(window.findChildren(QInputDialog))
        dialog = window.findChildren(QInputDialog)[0]
        QTest.keyClicks(dialog.findChildren(QLineEdit)[0], "Twice")
        dialog.accept()
        yield lambda: window.banner.title.text() == "Kept as the preset “Twice”."
        session.mark_saved()
        window.close()

    def second(window: MainWindow) -> Iterator[Condition]:
        desk = desk_of(window)
        session: Session = desk._session
        yield lambda: session.source is not None and len(session.source.done) == 1
        yield is_done(session)
        assert session.is_auto
        window.open_paths([other])
        yield lambda: session.source is not None and session.source.path == other
        yield lambda: session.activity is Activity.IDLE
        assert len(session.steps.line.items) == 1
        yield lambda: desk.presets.menu.actions()[0].text() == "Twice"
        desk.presets.menu.actions()[0].trigger()
        yield lambda: session.source is not None and len(session.source.done) == 1
        yield is_done(session)
        QTest.keyClick(window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
        yield lambda: len(session.steps.line.items) == 1
        yield lambda: session.activity is Activity.IDLE
        window.close()
        yield lambda: bool(window.findChildren(DiscardQuestion))
        click(window.findChildren(DiscardQuestion)[0].discard)

    play(first, photo)
    play(second)
