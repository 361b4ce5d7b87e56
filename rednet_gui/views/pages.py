"""The pages of the window, one in sight, and the switch at the top right between them."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QMainWindow, QMenu, QStackedWidget, QToolButton, QWidget

from rednet_gui.views.theme import SPACE
from rednet_gui.views.widgets import plain, with_key


class Pages(QObject):
    """The first page is the desk, where one photo is restored.

    Most menus are the desk's: on another page they are off, so that their keys do nothing to what is out of sight.

    Signals:
        changed: another page is in sight.

    Attributes:
        stack: the pages, the middle of the window.
        menu: goes to a page.
    """

    changed = Signal(QWidget)

    def __init__(self, desk: QWidget, shared: Sequence[QMenu], window: QMainWindow) -> None:
        """Become the middle of the window; `shared` are the menus of all pages, the last of them stays the last."""
        super().__init__(window)
        self._bar = window.menuBar()
        self.stack = QStackedWidget()
        self.menu = QMenu(self.tr("&Go"), window)
        self._bar.insertMenu(shared[-1].menuAction(), self.menu)
        self._shared = [*shared, self.menu]
        self._group = QActionGroup(self)
        self._switch = QWidget()
        layout = QHBoxLayout(self._switch)
        layout.setContentsMargins(0, 0, SPACE, 0)
        layout.setSpacing(SPACE // 2)
        self._bar.setCornerWidget(self._switch, Qt.Corner.TopRightCorner)
        self._desk = desk
        self.add(desk, self.tr("&One photo"), self.tr("Work on one photo after another"))
        window.setCentralWidget(self.stack)

    @property
    def is_desk_shown(self) -> bool:
        """Whether the first page is in sight."""
        return self.stack.currentIndex() == 0

    def add(self, page: QWidget, title: str, purpose: str) -> QAction:
        """Add a page; the action goes to it.

        Args:
            title: one word, with a mnemonic.
            purpose: what the page is for, as a tooltip.
        """
        self.stack.addWidget(page)
        action = QAction(title, self)
        action.setIconText(plain(title))  # the buttons'; only menus say the mnemonic
        action.setCheckable(True)
        action.setChecked(self.stack.count() == 1)
        action.setShortcut(QKeySequence(f"Ctrl+Alt+{self.stack.count()}"))
        action.setToolTip(with_key(purpose, action))
        action.triggered.connect(lambda: self.show(page))
        self._group.addAction(action)
        self.menu.addAction(action)
        button = QToolButton()
        button.setObjectName("pageButton")
        button.setDefaultAction(action)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        layout = self._switch.layout()
        assert layout is not None
        layout.addWidget(button)
        self.menu.menuAction().setVisible(self.stack.count() > 1)
        self._switch.setVisible(self.stack.count() > 1)
        return action

    def show(self, page: QWidget) -> None:
        """Bring a page into sight."""
        if page is self.stack.currentWidget():
            return
        self.stack.setCurrentWidget(page)
        self._group.actions()[self.stack.currentIndex()].setChecked(True)
        for action in self._bar.actions():
            action.setEnabled(self.is_desk_shown or action.menu() in self._shared)
        self.changed.emit(page)

    def show_desk(self) -> None:
        """Bring the first page into sight."""
        self.show(self._desk)
