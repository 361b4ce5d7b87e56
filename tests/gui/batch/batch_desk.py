"""The window with the Batch page, and what is done there."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from engine.batch.queue import Status
from engine.image_io import Image
from engine.run_context import RunContext
from engine.tasks import Level, Task
from rednet_gui.batch_tab import BatchTab
from rednet_gui.jobs import JobRunner
from rednet_gui.models.album import Album
from rednet_gui.models.presets import Presets
from rednet_gui.models.session import Session
from rednet_gui.settings import Settings
from rednet_gui.views.main_window import MainWindow

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

    def wait_until_begun(self, qtbot: QtBot) -> None:
        """Wait for the first picture; the page says that it is restored just before."""
        qtbot.waitUntil(lambda: bool(self.levels), timeout=PATIENCE_MS)


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
