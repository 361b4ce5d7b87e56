"""All keys on one sheet, and what the mouse does."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QAction, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QDialog,
    QGridLayout,
    QHBoxLayout,
    QMenu,
    QMenuBar,
    QVBoxLayout,
    QWidget,
)

from rednet_gui.views.gestures import gestures
from rednet_gui.views.theme import SPACE
from rednet_gui.views.widgets import label, plain, scrolled

_MOST_COLUMNS = 4
_MARGIN_PX = 24
_ROW_PX = 25
_HEAD_ROWS = 2  # what a title and the space before it take


@dataclass(frozen=True, slots=True)
class KeyGroup:
    """What belongs together.

    Attributes:
        rows: what is done, and the keys or gestures that do it.
    """

    title: str
    rows: tuple[tuple[str, tuple[str, ...]], ...]

    @property
    def height(self) -> int:
        """In rows."""
        return len(self.rows) + _HEAD_ROWS


def key_groups(bar: QMenuBar) -> list[KeyGroup]:
    """One group for each menu that has actions with keys; a menu inside another one is a group of its own."""
    found = [group for action in bar.actions() if (menu := _menu_of(action)) is not None for group in _groups_of(menu)]
    return [group for group in found if group.rows]


def in_columns(groups: Sequence[KeyGroup], count: int) -> list[list[KeyGroup]]:
    """The groups in their order, in at most so many columns, the highest as low as can be."""
    limit = max(group.height for group in groups)
    while len(columns := _filled(groups, limit)) > count:
        limit += 1
    return columns


class KeySheet(QDialog):
    """Made from the menus as they are at this moment, so it cannot be out of date; Esc closes it."""

    def __init__(self, bar: QMenuBar, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Keyboard and mouse"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        groups = [*key_groups(bar), *(KeyGroup(title, rows) for title, rows in gestures())]
        room = parent.size() - QSize(2 * _MARGIN_PX, 2 * _MARGIN_PX)
        sheet = _sheet(groups, room.width())
        area = scrolled(sheet, _MARGIN_PX)
        area.setFocusPolicy(Qt.FocusPolicy.StrongFocus)  # keys move it
        area.setAccessibleName(self.windowTitle())
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(area)
        QShortcut(QKeySequence("F1"), self, self.close)
        self.resize(sheet.sizeHint().boundedTo(room))
        area.setFocus()


def _filled(groups: Sequence[KeyGroup], limit: int) -> list[list[KeyGroup]]:
    columns: list[list[KeyGroup]] = [[]]
    for group in groups:
        if sum(other.height for other in columns[-1]) + group.height > limit and columns[-1]:
            columns.append([])
        columns[-1].append(group)
    return columns


def _sheet(groups: Sequence[KeyGroup], width: int) -> QWidget:
    """As many columns as there is room for."""
    for count in range(_MOST_COLUMNS, 0, -1):
        sheet = QWidget()
        layout = QHBoxLayout(sheet)
        layout.setContentsMargins(_MARGIN_PX, SPACE, _MARGIN_PX, 2 * SPACE)
        layout.setSpacing(4 * SPACE)
        for part in in_columns(groups, count):
            column = QVBoxLayout()
            column.setSpacing(0)
            for group in part:
                column.addLayout(_lay_out(group))
            column.addStretch(1)
            layout.addLayout(column, 1)
        if sheet.sizeHint().width() <= width:
            break
    return sheet


def _menu_of(action: QAction) -> QMenu | None:
    menu = action.menu()
    return menu if isinstance(menu, QMenu) else None


def _groups_of(menu: QMenu) -> Iterator[KeyGroup]:
    rows = tuple(
        (
            plain(action.text()),
            tuple(key.toString(QKeySequence.SequenceFormat.NativeText) for key in action.shortcuts()),
        )
        for action in menu.actions()
        if action.shortcuts()
    )
    yield KeyGroup(plain(menu.title()), rows)
    for action in menu.actions():
        if (inner := _menu_of(action)) is not None:
            yield from _groups_of(inner)


def _lay_out(group: KeyGroup) -> QGridLayout:
    grid = QGridLayout()
    grid.setContentsMargins(0, 2 * SPACE, 0, 0)
    grid.setHorizontalSpacing(SPACE)
    grid.setVerticalSpacing(0)
    grid.setColumnStretch(0, 1)
    title = label(group.title, role="section")
    grid.addWidget(title, 0, 0, 1, 2)
    grid.setRowMinimumHeight(0, _ROW_PX)
    for row, (words, keys) in enumerate(group.rows, start=1):
        grid.setRowMinimumHeight(row, _ROW_PX)
        grid.addWidget(label(words), row, 0)
        caps = QHBoxLayout()
        caps.setSpacing(SPACE // 2)
        caps.addStretch(1)
        for key in keys:
            cap = label(key, role="key")
            cap.setAccessibleDescription(words)
            caps.addWidget(cap, 0, Qt.AlignmentFlag.AlignVCenter)
        grid.addLayout(caps, row, 1)
    return grid
