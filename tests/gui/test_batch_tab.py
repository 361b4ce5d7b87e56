"""Through the whole Batch page, with real files and threads."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDesktopServices, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QComboBox, QFileDialog, QLineEdit, QMessageBox, QWidget
from pytestqt.qtbot import QtBot

from engine.batch.queue import Queue, Status
from engine.cli.main import main
from engine.image_io import Image, read_image, write_image
from engine.metadata import Metadata
from engine.output_profile import in_profile, read_profile
from engine.restore import Restorer
from engine.run_context import RunContext
from engine.steps import Step, Steps
from engine.tasks import Level, Task, task_named
from rednet_gui.batch_tab import BatchTab
from rednet_gui.jobs import JobRunner
from rednet_gui.models.album import Album
from rednet_gui.models.batch import Stage
from rednet_gui.models.batch_store import BatchStore
from rednet_gui.models.presets import Preset, Presets
from rednet_gui.models.session import Activity, Session
from rednet_gui.settings import SAVES_SRGB, Settings
from rednet_gui.views.main_window import MainWindow
from tests.engine.conftest import save_tiny
from tests.engine.test_output_profile import wide_profile
from tests.gui.conftest import pixels_of
from tests.gui.views.conftest import in_menus

PATIENCE_MS = 20_000
LEFT = Qt.MouseButton.LeftButton


class Net:
    """Inverts pictures in three layers; holds within each while `gate` is shut.

    Attributes:
        levels: of the pictures that were begun.
    """

    def __init__(self) -> None:
        self.gate = threading.Event()
        self.gate.set()
        self.levels: list[float] = []

    def restore(self, image: Image, task: Task, level: Level, ctx: RunContext) -> Image:
        self.levels.append(level.value)
        for layer in range(3):
            ctx.report(layer, 3)
            while not self.gate.wait(0.01):
                ctx.check_canceled()
        return replace(image, pixels=np.invert(image.pixels))


class Desk:
    """The window with the page; can be closed and opened again."""

    def __init__(self, qtbot: QtBot, session: Session, settings: Settings) -> None:
        self._qtbot, self.session, self.settings = qtbot, session, settings
        self.net, self.presets = Net(), Presets(session)
        self._open: list[tuple[BatchTab, JobRunner]] = []

    def open(self, restore: Callable[..., Image] | None = None) -> BatchTab:
        window = MainWindow(self.session, Album(), self.settings)
        self._qtbot.addWidget(window)
        runner = JobRunner(name="files")
        tab = BatchTab(self.session, self.presets, window, runner, restore or self.net.restore, self.settings)
        self._open.append((tab, runner))
        window.resize(1280, 800)
        window.show()
        window.pages.show(tab.page)
        self.window = window
        return tab

    def close(self) -> None:
        for tab, runner in self._open:
            tab.shutdown()
            runner.shutdown()
            tab.close()
        self._open.clear()


@pytest.fixture
def desk(qtbot: QtBot, session: Session, settings: Settings) -> Iterator[Desk]:
    made = Desk(qtbot, session, settings)
    session.set_auto(wants_auto=False)
    session.set_level(20.0)
    yield made
    made.net.gate.set()
    made.close()


@pytest.fixture
def photos(outside_home: Path) -> Path:
    """Three photos, one of them in a folder of its own."""
    (outside_home / "day 2").mkdir()
    for number, name in enumerate(("1.png", "2.png", "day 2/3.jpg")):
        write_image(outside_home / name, Image(pixels_of(24, 32) // (number + 1)))
    (outside_home / "Thumbs.db").write_bytes(b"no picture")
    return outside_home


def click(widget: QWidget) -> None:
    assert widget.isVisible()
    assert widget.isEnabled()
    QTest.mouseClick(widget, LEFT)


def drop(page: QWidget, *paths: Path) -> None:
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    none = LEFT, Qt.KeyboardModifier.NoModifier
    page.dropEvent(QDropEvent(QPointF(50, 50), Qt.DropAction.MoveAction, mime, *none))


def statuses(tab: BatchTab) -> list[Status]:
    table = tab.batch.table
    return [table.entry_at(row).status for row in range(table.rowCount())]


def fill(qtbot: QtBot, tab: BatchTab, *paths: Path, rows: int = 3) -> None:
    drop(tab.page, *paths)
    qtbot.waitUntil(lambda: tab.batch.table.rowCount() == rows, timeout=PATIENCE_MS)


def wait_until_done(qtbot: QtBot, tab: BatchTab) -> None:
    qtbot.waitUntil(lambda: tab.batch.is_finished and not tab.batch.is_reporting, timeout=PATIENCE_MS)


def wait_until_restoring(qtbot: QtBot, tab: BatchTab, row: int = 0) -> None:
    qtbot.waitUntil(lambda: statuses(tab)[row] is Status.RUNNING, timeout=PATIENCE_MS)


def select(tab: BatchTab, *rows: int) -> None:
    table = tab.page.table
    table.clearSelection()
    for row in rows:
        place = table.visualRect(tab.batch.table.index(row, 1)).center()
        QTest.mouseClick(table.viewport(), LEFT, Qt.KeyboardModifier.ControlModifier, place)


def cells(tab: BatchTab, row: int) -> list[object]:
    table = tab.batch.table
    return [table.data(table.index(row, column)) for column in range(table.columnCount())]


def test_dropped_folders_are_restored_mirrored_and_reported(
    qtbot: QtBot, desk: Desk, photos: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tab = desk.open()
    page, setup = tab.page, tab.page.setup
    assert page.hint.isVisible()
    assert not setup.start.isEnabled()
    fill(qtbot, tab, photos)
    assert page.table.isVisible()
    setup.place.activated.emit(setup.place.count() - 1)
    (dialog,) = page.findChildren(QFileDialog)
    dialog.filesSelected.emit([str(tmp_path / "out")])
    dialog.reject()
    assert setup.words.text() == "Denoise (20)"
    click(setup.start)
    wait_until_done(qtbot, tab)
    for name in ("1.png", "2.png"):
        made = read_image(tmp_path / "out" / photos.name / name.replace(".", "-restored."))
        assert (made.pixels == np.invert(read_image(photos / name).pixels)).all()
    assert (tmp_path / "out" / photos.name / "day 2" / "3-restored.jpg").is_file()
    assert page.words.text() == "3 restored"
    assert cells(tab, 0)[:2] == ["1.png", "Done"]
    assert "PNG" in str(cells(tab, 0)[3])
    opened: list[QUrl] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", opened.append)
    click(page.report)
    assert [Path(url.toLocalFile()) for url in opened] == [tmp_path / "out" / "rednet-report.html"]
    assert (tmp_path / "out" / "rednet-report.csv").is_file()


@pytest.mark.slow
def test_a_batch_gives_the_same_bytes_as_the_command_line(
    qtbot: QtBot, desk: Desk, photos: Path, tmp_path: Path
) -> None:
    model = save_tiny(tmp_path / "tiny.safetensors", task_named("denoise"))
    net = Restorer.for_task(task_named("denoise"), model_path=model)
    tab = desk.open(lambda image, task, level, ctx: net.restore(image, level, ctx))
    fill(qtbot, tab, photos / "1.png", rows=1)
    click(tab.page.setup.start)
    wait_until_done(qtbot, tab)
    single = tmp_path / "single.png"
    assert main(["restore", str(photos / "1.png"), "-o", str(single), "--model", str(model), "--level", "20"]) == 0
    assert (photos / "1-restored.png").read_bytes() == single.read_bytes()


def test_one_bad_photo_stops_none_and_is_tried_again(qtbot: QtBot, desk: Desk, photos: Path) -> None:
    (photos / "2.png").write_bytes(b"no picture")
    tab = desk.open()
    fill(qtbot, tab, photos)
    click(tab.page.setup.start)
    wait_until_done(qtbot, tab)
    assert statuses(tab) == [Status.DONE, Status.FAILED, Status.DONE]
    assert cells(tab, 1)[1] == "Failed"
    assert str(cells(tab, 1)[3]).startswith("It is not a JPEG")
    assert tab.page.words.text() == "2 restored · 1 failed"
    (photos / "2.png").write_bytes((photos / "1.png").read_bytes())
    click(tab.page.retry_failed)
    qtbot.waitUntil(lambda: statuses(tab) == [Status.DONE] * 3, timeout=PATIENCE_MS)
    wait_until_done(qtbot, tab)
    assert not tab.page.retry_failed.isVisible()


def test_a_pause_holds_and_going_on_ends_it(qtbot: QtBot, desk: Desk, photos: Path) -> None:
    tab = desk.open()
    setup = tab.page.setup
    fill(qtbot, tab, photos)
    desk.net.gate.clear()
    click(setup.start)
    wait_until_restoring(qtbot, tab)
    assert not setup.template.isEnabled()
    click(setup.pause)
    desk.net.gate.set()
    qtbot.wait(200)
    assert statuses(tab) == [Status.RUNNING, Status.WAITING, Status.WAITING]
    assert "paused" in tab.page.words.text()
    click(setup.resume)
    wait_until_done(qtbot, tab)
    assert statuses(tab) == [Status.DONE] * 3


def test_skipped_photos_are_left_out_also_the_one_that_is_restored(qtbot: QtBot, desk: Desk, photos: Path) -> None:
    tab = desk.open()
    fill(qtbot, tab, photos)
    assert not tab.page.skip.isEnabled()
    desk.net.gate.clear()
    click(tab.page.setup.start)
    wait_until_restoring(qtbot, tab)
    select(tab, 0)
    click(tab.page.skip)
    wait_until_restoring(qtbot, tab, row=1)
    select(tab, 2)
    QTest.keyClick(tab.page.table, Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: statuses(tab)[2] is Status.SKIPPED, timeout=PATIENCE_MS)
    desk.net.gate.set()
    wait_until_done(qtbot, tab)
    assert statuses(tab) == [Status.SKIPPED, Status.DONE, Status.SKIPPED]
    assert tab.page.words.text() == "1 restored · 2 skipped"
    select(tab, 2)
    click(tab.page.retry)
    qtbot.waitUntil(lambda: statuses(tab) == [Status.SKIPPED, Status.DONE, Status.DONE], timeout=PATIENCE_MS)
    wait_until_done(qtbot, tab)


def test_what_was_stopped_waits_for_other_settings(qtbot: QtBot, desk: Desk, photos: Path) -> None:
    tab = desk.open()
    setup = tab.page.setup
    fill(qtbot, tab, photos)
    desk.net.gate.clear()
    click(setup.start)
    wait_until_restoring(qtbot, tab)
    click(setup.stop)
    qtbot.waitUntil(lambda: tab.batch.stage is Stage.IDLE, timeout=PATIENCE_MS)
    assert statuses(tab) == [Status.WAITING] * 3
    assert not list(photos.rglob("*-restored*"))
    desk.net.gate.set()
    desk.session.set_level(5.0)
    setup.template.selectAll()
    QTest.keyClicks(setup.template, "{n}-{level}.{ext}")
    assert setup.example.text() == "For example: 1-5.png"
    click(setup.start)
    wait_until_done(qtbot, tab)
    assert desk.net.levels == [20.0, 5.0, 5.0, 5.0]
    assert (photos / "2-5.png").is_file()


def test_closing_asks_nothing_and_the_next_start_goes_on(qtbot: QtBot, desk: Desk, photos: Path) -> None:
    tab = desk.open()
    fill(qtbot, tab, photos)
    desk.net.gate.clear()
    click(tab.page.setup.start)
    wait_until_restoring(qtbot, tab)
    assert desk.window.close()
    assert not desk.window.findChildren(QMessageBox)
    desk.close()
    kept = Queue.load(BatchStore().path)
    assert kept is not None
    assert [entry.status for entry in kept.entries] == [Status.WAITING] * 3
    desk.session.set_level(70.0)  # what was asked for counts, not what is chosen now
    desk.net.gate.set()
    again = desk.open()
    wait_until_done(qtbot, again)
    assert statuses(again) == [Status.DONE] * 3
    assert set(desk.net.levels) == {20.0}
    desk.close()
    last = desk.open()
    qtbot.waitUntil(lambda: last.batch.table.rowCount() == 3, timeout=PATIENCE_MS)
    qtbot.wait(50)
    assert last.batch.stage is Stage.IDLE
    assert len(desk.net.levels) == 4


def test_a_paused_batch_is_paused_at_the_next_start(qtbot: QtBot, desk: Desk, photos: Path) -> None:
    tab = desk.open()
    fill(qtbot, tab, photos)
    desk.net.gate.clear()
    click(tab.page.setup.start)
    wait_until_restoring(qtbot, tab)
    click(tab.page.setup.pause)
    desk.close()
    desk.net.gate.set()
    again = desk.open()
    qtbot.waitUntil(lambda: again.batch.stage is Stage.PAUSED, timeout=PATIENCE_MS)
    assert again.page.setup.words.text() == "Denoise (20)"
    click(again.page.setup.resume)
    wait_until_done(qtbot, again)
    assert statuses(again) == [Status.DONE] * 3


def test_the_batch_waits_while_one_photo_is_restored(qtbot: QtBot, desk: Desk, photos: Path) -> None:
    tab = desk.open()
    fill(qtbot, tab, photos)
    desk.session.set_activity(Activity.RESTORING)
    click(tab.page.setup.start)
    qtbot.wait(200)
    assert "waiting while one photo is restored" in tab.page.words.text()
    assert Status.DONE not in statuses(tab)
    desk.session.set_activity(Activity.IDLE)
    wait_until_done(qtbot, tab)


def test_photos_are_added_while_it_runs_and_none_twice(qtbot: QtBot, desk: Desk, photos: Path) -> None:
    tab = desk.open()
    fill(qtbot, tab, photos / "1.png", rows=1)
    desk.net.gate.clear()
    click(tab.page.setup.start)
    wait_until_restoring(qtbot, tab)
    fill(qtbot, tab, photos, rows=3)
    drop(tab.page, photos / "2.png")
    qtbot.waitUntil(lambda: "already" in tab.page.banner.title.text(), timeout=PATIENCE_MS)
    drop(tab.page, photos / "Thumbs.db")
    qtbot.waitUntil(lambda: "no photos" in tab.page.banner.title.text(), timeout=PATIENCE_MS)
    desk.net.gate.set()
    wait_until_done(qtbot, tab)
    assert statuses(tab) == [Status.DONE] * 3


def test_a_file_that_is_there_is_replaced_only_when_asked(qtbot: QtBot, desk: Desk, photos: Path) -> None:
    tab, source = desk.open(), photos / "1.png"
    setup, before = tab.page.setup, source.read_bytes()
    fill(qtbot, tab, source, rows=1)
    setup.template.selectAll()
    QTest.keyClicks(setup.template, "{name}.{ext}")
    click(setup.start)
    wait_until_done(qtbot, tab)
    assert source.read_bytes() == before
    assert (photos / "1-2.png").is_file()
    click(tab.page.clear)
    qtbot.waitUntil(lambda: tab.page.hint.isVisible(), timeout=PATIENCE_MS)
    fill(qtbot, tab, source, rows=1)
    QTest.keyClick(setup.overwrites, Qt.Key.Key_Space)
    assert "original, which is lost" in setup.example.text()
    click(setup.start)
    wait_until_done(qtbot, tab)
    assert source.read_bytes() != before


def test_names_that_cannot_be_are_told_and_nothing_starts(qtbot: QtBot, desk: Desk, photos: Path) -> None:
    tab = desk.open()
    fill(qtbot, tab, photos)
    setup = tab.page.setup
    setup.template.selectAll()
    QTest.keyClicks(setup.template, "{nam}.{ext}")
    assert "{nam} is not one of" in setup.example.text()
    assert not setup.start.isEnabled()


def test_a_task_that_lacks_something_says_what(qtbot: QtBot, desk: Desk, photos: Path) -> None:
    tab = desk.open()
    fill(qtbot, tab, photos)
    for name, words in (("deblur", "must know the blur"), ("inpaint", "no trained model")):
        desk.window.pages.show_desk()
        desk.session.set_task(task_named(name))
        desk.window.pages.show(tab.page)
        assert words in tab.page.setup.problem.text()
        assert not tab.page.setup.start.isEnabled()


def test_a_preset_is_used_instead(qtbot: QtBot, desk: Desk, photos: Path, tmp_path: Path) -> None:
    steps = Steps((Step("denoise", 30.0), Step("denoise", 10.0)), "Scans")
    desk.presets.set_items(
        (Preset("Scans", tmp_path / "scans.json", steps), Preset("X", tmp_path / "x.json", None, "it is damaged"))
    )
    tab = desk.open()
    setup = tab.page.setup
    fill(qtbot, tab, photos / "1.png", rows=1)
    setup.what.setFocus()
    QTest.keyClick(setup.what, Qt.Key.Key_End)
    assert "it is damaged" in setup.problem.text()
    QTest.keyClick(setup.what, Qt.Key.Key_Up)
    assert setup.words.text() == "Denoise (30) → Denoise (10)"
    click(setup.start)
    wait_until_done(qtbot, tab)
    assert desk.net.levels == [30.0, 10.0]


def test_what_is_asked_for_is_remembered(qtbot: QtBot, desk: Desk, tmp_path: Path) -> None:
    tab = desk.open()
    asked = replace(tab.batch.setup, folder=tmp_path, template="{n:03}.{ext}", overwrites=True)
    tab.page.setup.setup_requested.emit(asked)
    desk.close()
    assert desk.open().batch.setup == asked


def test_a_damaged_list_is_set_aside_and_told(qtbot: QtBot, desk: Desk, photos: Path) -> None:
    store = BatchStore()
    store.folder.mkdir(parents=True)
    store.path.write_text("{")
    tab = desk.open()
    qtbot.waitUntil(lambda: tab.page.banner.isVisible(), timeout=PATIENCE_MS)
    assert "queue cannot be used" in tab.page.banner.title.text()
    assert store.path.with_suffix(".damaged.json").read_text() == "{"
    fill(qtbot, tab, photos)


def test_a_second_window_leaves_the_list_alone(qtbot: QtBot, desk: Desk, photos: Path) -> None:
    tab = desk.open()
    fill(qtbot, tab, photos)
    other = desk.open()
    qtbot.waitUntil(lambda: "Another window" in other.page.banner.title.text(), timeout=PATIENCE_MS)
    fill(qtbot, other, photos / "1.png", rows=1)
    kept = Queue.load(BatchStore().path)
    assert kept is not None
    assert len(kept.entries) == 3


def test_every_control_is_named_explained_and_reached_by_tab(qtbot: QtBot, desk: Desk, photos: Path) -> None:
    tab = desk.open()
    fill(qtbot, tab, photos)
    select(tab, 0)
    page, kinds = tab.page, (QAbstractButton, QComboBox, QLineEdit)
    seen = [found for kind in kinds for found in page.findChildren(kind) if found.isVisible() and found.isEnabled()]
    assert not [found.objectName() for found in seen if not found.toolTip()]
    assert not [found for found in seen if not (found.accessibleName() or getattr(found, "text", str)())]
    page.add_photos.setFocus()
    reached: set[QWidget | None] = set()
    for _ in range(60):
        reached.add(desk.window.focusWidget())
        QTest.keyClick(desk.window.focusWidget(), Qt.Key.Key_Tab)
    assert {found for found in seen if found is not page.banner.close_button} <= reached
    assert page.table in reached


def test_photos_in_sight_get_their_thumbnails(qtbot: QtBot, desk: Desk, photos: Path) -> None:
    tab = desk.open()
    fill(qtbot, tab, photos)
    table = tab.batch.table
    index = table.index(2, 0)
    qtbot.waitUntil(
        lambda: not table.data(index, Qt.ItemDataRole.DecorationRole).isNull(),  # type: ignore[attr-defined]
        timeout=PATIENCE_MS,
    )


def test_colors_become_srgb_if_the_menu_says_so(qtbot: QtBot, desk: Desk, photos: Path) -> None:
    wide, source = wide_profile(), photos / "1.png"
    write_image(source, Image(read_image(source).pixels, metadata=Metadata(icc=wide)))
    tab = desk.open()
    fill(qtbot, tab, source, rows=1)
    (to_srgb,) = (found for found in in_menus(desk.window) if "sRGB" in found.text())
    assert not to_srgb.isChecked()
    to_srgb.trigger()
    assert desk.settings.get(SAVES_SRGB)
    click(tab.page.setup.start)
    wait_until_done(qtbot, tab)
    made = read_image(photos / "1-restored.png")
    inverted = Image(np.invert(read_image(source).pixels), metadata=Metadata(icc=wide))
    assert made.metadata.icc == read_profile("srgb")
    assert np.array_equal(made.pixels, in_profile(inverted, read_profile("srgb")).pixels)
