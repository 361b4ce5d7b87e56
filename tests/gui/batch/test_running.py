"""Running a batch from the page, with real files and threads."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QMessageBox
from pytestqt.qtbot import QtBot

from engine.batch.queue import Queue, Status
from engine.cli.main import main
from engine.image_io import read_image
from engine.restore import Restorer
from engine.tasks import task_named
from rednet_gui.models.batch import Stage
from rednet_gui.models.batch_store import BatchStore
from rednet_gui.models.session import Activity
from tests.engine.conftest import save_tiny
from tests.gui.batch.batch_desk import (
    PATIENCE_MS,
    Desk,
    cells,
    click,
    drop,
    fill,
    select,
    statuses,
    wait_until_done,
    wait_until_restoring,
)


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
    details = tab.batch.table.data(tab.batch.table.index(0, 0), Qt.ItemDataRole.ToolTipRole)
    assert "Denoise (20), " in str(details)
    opened: list[QUrl] = []

    def show(url: QUrl) -> bool:
        opened.append(url)
        return True

    monkeypatch.setattr(QDesktopServices, "openUrl", show)
    click(page.report)
    assert [Path(url.toLocalFile()) for url in opened] == [tmp_path / "out" / "rednet-report.html"]
    assert (tmp_path / "out" / "rednet-report.csv").is_file()
    assert not page.banner.isVisible()
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda _: False)
    click(page.report)
    assert page.banner.isVisible(), "it says where the report is"


@pytest.mark.usefixtures("korean")
def test_what_a_file_has_kept_is_said_in_the_language_of_the_window(qtbot: QtBot, desk: Desk, photos: Path) -> None:
    tab = desk.open()
    fill(qtbot, tab, photos)
    click(tab.page.setup.start)
    wait_until_done(qtbot, tab)
    assert cells(tab, 0)[3] == "노이즈 제거 (20), 32 × 24 픽셀 · 8비트 PNG."


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
    setup.pause.setFocus()
    click(setup.pause)
    assert setup.focusWidget() is setup.resume, "the same key pauses and goes on"
    desk.net.gate.set()
    qtbot.wait(200)
    assert statuses(tab) == [Status.RUNNING, Status.WAITING, Status.WAITING]
    assert "paused" in tab.page.words.text()
    desk.net.gate.clear()
    QTest.keyClick(setup.resume, Qt.Key.Key_Space)
    assert setup.focusWidget() is setup.pause
    desk.net.gate.set()
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
    desk.net.wait_until_begun(qtbot)
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
    desk.net.wait_until_begun(qtbot)
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


def test_what_is_stopped_after_a_restart_is_asked_for_anew(qtbot: QtBot, desk: Desk, photos: Path) -> None:
    tab = desk.open()
    fill(qtbot, tab, photos)
    desk.net.gate.clear()
    click(tab.page.setup.start)
    desk.net.wait_until_begun(qtbot)
    click(tab.page.setup.pause)
    desk.close()
    desk.session.set_level(35.0)
    tab = desk.open()
    qtbot.waitUntil(lambda: tab.batch.stage is Stage.PAUSED, timeout=PATIENCE_MS)
    assert "20" in tab.page.setup.words.text()
    click(tab.page.setup.stop)
    assert "35" in tab.page.setup.words.text()


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
