"""Through the whole Train page with a tiny net, in a process of its own."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMessageBox, QWidget
from pytestqt.qtbot import QtBot
from skimage import data

from engine.model_library import ModelLibrary
from engine.tasks import task_named
from rednet_gui.jobs import JobRunner
from rednet_gui.models.album import Album
from rednet_gui.models.session import Session
from rednet_gui.models.training import Stage
from rednet_gui.models.training_runs import RunStore
from rednet_gui.settings import Settings
from rednet_gui.train_tab import TrainTab
from rednet_gui.views.main_window import MainWindow
from rednet_gui.views.models_dialog import ModelsDialog
from tests.engine.conftest import save_tiny

TINY = {"depth": 6, "width": 8, "batch": 2, "patch_px": 24, "warmup_steps": 1}
PATIENCE_MS = 60_000
Make = Callable[..., TrainTab]


@pytest.fixture
def photos(tmp_path: Path) -> Path:
    folder = tmp_path / "Mein Archiv"
    folder.mkdir()
    whole = data.chelsea()[..., ::-1]  # type: ignore[no-untyped-call]  # scikit-image has no types
    for number in range(9):
        cv2.imwrite(
            str(folder / f"{number}.png"), whole[20 * number : 20 * number + 100, 40 * number : 40 * number + 120]
        )
    return folder


@pytest.fixture
def make(qtbot: QtBot, session: Session, settings: Settings, tmp_path: Path) -> Iterator[Make]:
    """The window with the page; may be made again, as after a crash."""
    tiny = save_tiny(tmp_path / "tiny.safetensors", task_named("denoise"))
    made: list[tuple[TrainTab, JobRunner]] = []
    used: list[tuple[str, Path | None]] = []

    def build(**changes: Any) -> TrainTab:
        window = MainWindow(session, Album(), settings)
        qtbot.addWidget(window)
        runner = JobRunner()
        tab = TrainTab(
            session,
            window,
            runner,
            (lambda task, path: used.append((task, path)),),
            changes={**TINY, **changes},
            start_from=str(tiny),
        )
        tab.used = used  # type: ignore[attr-defined]  # for the tests
        made.append((tab, runner))
        window.show()
        window.pages.show(tab.page)
        return tab

    yield build
    for tab, runner in made:
        tab.shutdown()
        runner.shutdown()


def click(widget: QWidget) -> None:
    assert widget.isVisible()
    assert widget.isEnabled()
    QTest.mouseClick(widget, Qt.MouseButton.LeftButton)


def drop(page: QWidget, folder: Path) -> None:
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(folder))])
    none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    page.dropEvent(QDropEvent(QPointF(50, 50), Qt.DropAction.CopyAction, mime, *none))


def start(qtbot: QtBot, tab: TrainTab, photos: Path) -> None:
    drop(tab.page, photos)
    qtbot.waitUntil(lambda: bool(tab.training.sheet), timeout=PATIENCE_MS)
    click(tab.page.setup.start)


def wait_for(qtbot: QtBot, tab: TrainTab, stage: Stage) -> None:
    qtbot.waitUntil(lambda: tab.training.stage is stage, timeout=PATIENCE_MS)


@pytest.mark.slow
def test_from_a_folder_to_a_model_in_the_list(qtbot: QtBot, make: Make, photos: Path) -> None:
    shutil.copy(photos / "3.png", photos / "again.png")
    tab = make(steps=6, validate_every=3)
    page, setup, run = tab.page, tab.page.setup, tab.page.run
    assert page.hint.isVisible()
    assert not setup.start.isEnabled()
    drop(page, photos)
    qtbot.waitUntil(lambda: bool(tab.training.sheet), timeout=PATIENCE_MS)
    assert (
        setup.check_line.text()
        == "Usable photos: 9 · there twice: 1\nWith 12 or more, it can also be told whether your model is better."
    )
    assert "again.png: the same as 3.png" in setup.check_line.toolTip()
    assert page.sheet.isVisible()
    assert len(page.sheet.cells) == 24
    click(setup.start)
    wait_for(qtbot, tab, Stage.RUNNING)
    qtbot.waitUntil(lambda: bool(tab.training.previews), timeout=PATIENCE_MS)
    assert page.progress.isVisible()
    assert page.previews.rows[0][2].pixmap().width() > 0
    wait_for(qtbot, tab, Stage.ENDED)
    chart = page.curves.quality
    assert chart is not None
    assert [step for step, _ in chart.points] == [3, 6]
    assert chart.line == pytest.approx(tab.training.curves.stock)
    assert run.keep.isVisible()
    assert "stock model" in run.title.text()
    assert run.name.text() == "Mein Archiv"
    run.name.setText("My archive")
    click(run.keep)
    run.keep_requested.emit("Twice")  # as by a double click
    qtbot.waitUntil(lambda: bool(tab.models.items), timeout=PATIENCE_MS)
    (model,) = ModelLibrary().models("denoise")
    assert model.name == "My archive"
    assert model.card["data"] == "Mein Archiv"
    assert model.card["pictures"] == 5
    assert page.setup.isVisible()
    assert RunStore().newest() is None
    tab._window.pages.show_desk()
    assert tab.choice.isVisible()
    assert [tab.choice.box.itemText(n) for n in range(tab.choice.box.count())] == ["Stock model", "My archive"]
    tab.choice.box.setFocus()
    QTest.keyClick(tab.choice.box, Qt.Key.Key_Down)
    qtbot.waitUntil(lambda: ("denoise", model.path) in tab.used, timeout=PATIENCE_MS)  # type: ignore[attr-defined]
    assert ModelLibrary().default("denoise") == model


@pytest.mark.slow
def test_a_run_is_found_again_and_goes_on_to_the_same_bits(
    qtbot: QtBot, make: Make, photos: Path, tmp_path: Path
) -> None:
    tab = make(steps=12, validate_every=4)
    start(qtbot, tab, photos)
    qtbot.waitUntil(lambda: len(tab.training.curves.scores) > 0, timeout=PATIENCE_MS)
    if tab.training.stage is Stage.RUNNING:
        click(tab.page.run.pause)
    qtbot.waitUntil(lambda: not tab.training.is_busy, timeout=PATIENCE_MS)
    tab.shutdown()  # the window is closed
    again = make(steps=12, validate_every=4)
    qtbot.waitUntil(lambda: again.training.run is not None, timeout=PATIENCE_MS)
    assert again.training.curves.scores[: len(tab.training.curves.scores)] == tab.training.curves.scores
    assert again.training.previews
    if again.training.stage is Stage.PAUSED:
        click(again.page.run.resume)
        wait_for(qtbot, again, Stage.ENDED)
    assert [step for step, _ in again.training.curves.scores] == [4, 8, 12]
    click(again.page.run.discard)
    (question,) = again.page.run.findChildren(QMessageBox)
    click(question.buttons()[1] if "Discard" in question.buttons()[1].text() else question.buttons()[0])
    qtbot.waitUntil(lambda: RunStore().newest() is None, timeout=PATIENCE_MS)
    assert again.page.setup.isVisible()
    assert ModelLibrary().models() == ()


@pytest.mark.slow
def test_finishing_early_judges_what_there_is(qtbot: QtBot, make: Make, photos: Path) -> None:
    tab = make(steps=5000, validate_every=2000)
    start(qtbot, tab, photos)
    wait_for(qtbot, tab, Stage.RUNNING)
    qtbot.waitUntil(lambda: tab.training.state.left_s is not None, timeout=PATIENCE_MS)
    assert "left" in tab.page.run.facts.text()
    click(tab.page.run.finish)
    wait_for(qtbot, tab, Stage.ENDED)
    assert tab.training.result is not None
    assert tab.training.result["pictures"] == 3


@pytest.mark.slow
def test_a_process_that_dies_leaves_a_run_to_go_on_with(qtbot: QtBot, make: Make, photos: Path) -> None:
    tab = make(steps=5000, validate_every=2000)
    start(qtbot, tab, photos)
    wait_for(qtbot, tab, Stage.RUNNING)
    process = tab._process._process
    assert process is not None
    process.kill()
    wait_for(qtbot, tab, Stage.PAUSED)
    assert "goes on from the last minute" in tab.page.run.problem.text()
    assert tab.page.run.resume.isVisible()


@pytest.mark.parametrize("kind", ["empty", "no pictures", "unreadable", "one", "tiny"])
def test_folders_that_cannot_be_used_say_so(qtbot: QtBot, make: Make, photos: Path, tmp_path: Path, kind: str) -> None:
    folder = tmp_path / "bad"
    folder.mkdir()
    if kind == "no pictures":
        (folder / "letter.txt").write_text("no picture")
    if kind == "unreadable":
        for number in range(8):
            (folder / f"{number}.jpg").write_bytes(b"no picture")
    if kind == "one":
        shutil.copy(photos / "0.png", folder)
    if kind == "tiny":
        for number in range(8):
            cv2.imwrite(str(folder / f"{number}.png"), np.full((20, 20, 3), number, np.uint8))
    tab = make()
    drop(tab.page, folder)
    words = {
        "empty": "it holds no pictures",
        "no pictures": "it holds no pictures",
        "unreadable": "unreadable: 8",
        "one": "At least 6 are needed",
        "tiny": "too small: 8",
    }[kind]
    qtbot.waitUntil(lambda: words in tab.page.setup.check_line.text(), timeout=PATIENCE_MS)
    assert not tab.page.setup.start.isEnabled()


def test_pairs_that_do_not_fit_say_so(qtbot: QtBot, make: Make, photos: Path, tmp_path: Path) -> None:
    other = tmp_path / "damaged"
    other.mkdir()
    for path in photos.iterdir():
        shutil.copy(path, other / f"other-{path.name}")
    tab = make()
    setup = tab.page.setup
    drop(tab.page, photos)
    qtbot.waitUntil(lambda: bool(tab.training.sheet), timeout=PATIENCE_MS)
    click(setup.pairs_switch)
    assert not setup.start.isEnabled()
    setup.pairs_folder.folder_chosen.emit(other)
    qtbot.waitUntil(lambda: "give both the same names" in setup.problem.text(), timeout=PATIENCE_MS)
    assert not setup.start.isEnabled()
    for path in list(other.iterdir()):
        path.rename(other / path.name.removeprefix("other-"))
    setup.pairs_folder.folder_chosen.emit(tmp_path)
    setup.pairs_folder.folder_chosen.emit(other)
    qtbot.waitUntil(lambda: setup.start.isEnabled() and bool(tab.training.sheet), timeout=PATIENCE_MS)


def test_models_are_put_in_order(qtbot: QtBot, make: Make, tmp_path: Path) -> None:
    ModelLibrary().add(save_tiny(tmp_path / "one.safetensors", task_named("denoise")), "One", {})
    tab = make()
    qtbot.waitUntil(lambda: bool(tab.models.items), timeout=PATIENCE_MS)
    click(tab.page.setup.models)
    (dialog,) = tab._window.findChildren(ModelsDialog)
    assert "Denoise" in dialog.card.text()
    dialog.list.item(0).setText("Two")
    qtbot.waitUntil(lambda: [model.name for model in tab.models.items] == ["Two"], timeout=PATIENCE_MS)
    click(dialog.use)
    qtbot.waitUntil(lambda: "denoise" in tab.models.chosen, timeout=PATIENCE_MS)
    dialog.pass_on_requested.emit(tab.models.items[0], tmp_path / "out.safetensors")
    dialog.take_in_requested.emit(tmp_path / "out.safetensors")
    qtbot.waitUntil(lambda: [model.name for model in tab.models.items] == ["Two", "Two 2"], timeout=PATIENCE_MS)
    click(dialog.delete)
    (question,) = dialog.findChildren(QMessageBox)
    click(next(button for button in question.buttons() if button.text() == "Delete it"))
    qtbot.waitUntil(lambda: [model.name for model in tab.models.items] == ["Two 2"], timeout=PATIENCE_MS)
    assert tab.models.chosen == {}
    click(dialog.back)


def test_the_recipe_is_exported_for_the_command_line(qtbot: QtBot, make: Make, photos: Path, tmp_path: Path) -> None:
    from engine.training.config import read_recipe

    tab = make()
    drop(tab.page, photos)
    qtbot.waitUntil(lambda: bool(tab.training.sheet), timeout=PATIENCE_MS)
    click(tab.page.setup.more)
    tab.page.setup.steps.setValue(77)
    tab.page.setup.low.setValue(10)
    tab.page.setup.export_requested.emit(tmp_path / "mine.toml")
    qtbot.waitUntil(lambda: (tmp_path / "mine.toml").exists(), timeout=PATIENCE_MS)
    (recipe,) = read_recipe(tmp_path / "mine.toml")
    assert (recipe.steps, recipe.level_low, recipe.level_high, recipe.loss) == (77, 10, 75, "psnr")
    assert json.dumps(recipe.levels) == "[10.0, 75.0]"
