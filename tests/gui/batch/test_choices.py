"""What is asked for on the Batch page, and what it shows."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import PIL.Image
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QComboBox, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from engine.batch.queue import Queue
from engine.image_io import Image, read_image, write_image
from engine.metadata import Metadata
from engine.output_profile import in_profile, read_profile
from engine.steps import Step, Steps
from engine.tasks import task_named
from rednet_gui.batch_tab import BatchTab
from rednet_gui.models.batch import Stage
from rednet_gui.models.batch_store import BatchStore
from rednet_gui.models.presets import Preset
from rednet_gui.settings import BATCH_FOLDER, BATCH_STAGE, IS_AUTO_QUALITY, QUALITY, SAVES_SRGB
from rednet_gui.views.dialogs import DiscardQuestion
from tests.engine.test_output_profile import WIDE
from tests.gui.batch.batch_desk import (
    PATIENCE_MS,
    Desk,
    click,
    fill,
    select,
    wait_until_done,
)
from tests.gui.views.conftest import in_menus


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


def ask_to_replace(tab: BatchTab) -> None:
    tab.page.setup.template.selectAll()
    QTest.keyClicks(tab.page.setup.template, "{name}.{ext}")
    QTest.keyClick(tab.page.setup.overwrites, Qt.Key.Key_Space)


def test_any_original_that_would_be_lost_is_told(qtbot: QtBot, desk: Desk, photos: Path) -> None:
    PIL.Image.new("L", (9, 9)).save(photos / "0.gif")  # which no result replaces, for none is a GIF
    tab = desk.open()
    fill(qtbot, tab, photos / "0.gif", photos / "1.png", rows=2)
    ask_to_replace(tab)
    assert "1.png" in tab.page.setup.example.text()
    assert "original, which is lost" in tab.page.setup.example.text()


def test_originals_that_would_be_lost_in_a_mirrored_folder_are_told(qtbot: QtBot, desk: Desk, photos: Path) -> None:
    desk.settings.set(BATCH_FOLDER, str(photos.parent))
    tab = desk.open()
    fill(qtbot, tab, photos)
    ask_to_replace(tab)
    assert "original, which is lost" in tab.page.setup.example.text()


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
    for name, words in (("deblur", "must know the blur"), ("inpaint", "must know where")):
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


def test_results_that_are_dropped_with_their_photos_are_left_out_and_told(
    qtbot: QtBot, desk: Desk, photos: Path
) -> None:
    (photos / "1-restored.png").write_bytes((photos / "1.png").read_bytes())
    tab = desk.open()
    fill(qtbot, tab, photos)
    assert "1 photo(s) are results of others" in tab.page.banner.text.text() + tab.page.banner.title.text()


def test_a_damaged_list_is_set_aside_and_told(qtbot: QtBot, desk: Desk, photos: Path) -> None:
    store = BatchStore()
    store.folder.mkdir(parents=True)
    store.path.write_text("{")
    tab = desk.open()
    qtbot.waitUntil(lambda: tab.page.banner.isVisible(), timeout=PATIENCE_MS)
    assert "queue cannot be used" in tab.page.banner.title.text()
    assert store.path.with_suffix(".damaged.json").read_text() == "{"
    fill(qtbot, tab, photos)


def test_a_list_of_a_newer_version_stays_for_it(qtbot: QtBot, desk: Desk, photos: Path) -> None:
    store, newer = BatchStore(), '{"rednet_queue": "2.0"}'
    store.folder.mkdir(parents=True)
    store.path.write_text(newer)
    tab = desk.open()
    qtbot.waitUntil(lambda: "newer version" in tab.page.banner.text.text(), timeout=PATIENCE_MS)
    fill(qtbot, tab, photos)
    assert not tab.batch.is_kept
    assert store.path.read_text() == newer


def test_a_second_window_leaves_the_list_alone(qtbot: QtBot, desk: Desk, photos: Path) -> None:
    tab = desk.open()
    fill(qtbot, tab, photos)
    other = desk.open()
    qtbot.waitUntil(lambda: "Another window" in other.page.banner.title.text(), timeout=PATIENCE_MS)
    fill(qtbot, other, photos / "1.png", rows=1)
    kept = Queue.load(BatchStore().path)
    assert kept is not None
    assert len(kept.entries) == 3


def test_a_second_window_does_not_say_how_the_batch_of_the_first_one_stands(
    qtbot: QtBot, desk: Desk, photos: Path
) -> None:
    tab = desk.open()
    fill(qtbot, tab, photos)
    desk.net.gate.clear()
    click(tab.page.setup.start)
    desk.net.wait_until_begun(qtbot)
    other = desk.open()
    qtbot.waitUntil(lambda: "Another window" in other.page.banner.title.text(), timeout=PATIENCE_MS)
    fill(qtbot, other, photos / "1.png", rows=1)
    click(other.page.setup.start)
    assert "ends with this window" in other.page.setup.hint.text()
    assert "goes on at the next start" in tab.page.setup.hint.text()
    click(other.page.setup.stop)
    qtbot.waitUntil(lambda: other.batch.stage is Stage.IDLE, timeout=PATIENCE_MS)
    assert desk.settings.get(BATCH_STAGE) == Stage.RUNNING


def test_closing_asks_before_a_batch_ends_that_is_not_kept(qtbot: QtBot, desk: Desk, photos: Path) -> None:
    first = desk.open()
    fill(qtbot, first, photos / "1.png", rows=1)
    other = desk.open()
    qtbot.waitUntil(lambda: "Another window" in other.page.banner.title.text(), timeout=PATIENCE_MS)
    fill(qtbot, other, photos / "2.png", rows=1)
    desk.net.gate.clear()
    click(other.page.setup.start)
    assert not desk.window.close()
    question = desk.window.findChild(DiscardQuestion)
    assert isinstance(question, DiscardQuestion)
    assert "The batch is not done." in question.text()
    assert "The batch of this window ends" in question.informativeText()
    click(question.keep)
    assert other.batch.stage is Stage.RUNNING
    click(other.page.setup.stop)
    qtbot.waitUntil(lambda: other.batch.stage is Stage.IDLE, timeout=PATIENCE_MS)
    assert desk.window.close()


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
    wide, source = WIDE, photos / "1.png"
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


@pytest.mark.parametrize(("is_auto", "quality"), [(True, 98), (False, 60)])
def test_files_have_the_quality_of_their_photos_unless_a_number_is_chosen(
    qtbot: QtBot, desk: Desk, photos: Path, is_auto: bool, quality: int
) -> None:
    source = photos / "day 2" / "3.jpg"
    write_image(source, read_image(source), quality=98)
    desk.settings.set(IS_AUTO_QUALITY, is_auto)
    desk.settings.set(QUALITY, 60)
    tab = desk.open()
    fill(qtbot, tab, source, rows=1)
    click(tab.page.setup.start)
    wait_until_done(qtbot, tab)
    assert read_image(source.with_name("3-restored.jpg")).metadata.jpeg_quality == quality
