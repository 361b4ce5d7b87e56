"""Working step by step: connects the list of steps, its menu and the keys."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu

from rednet_gui.models.presets import Presets
from rednet_gui.models.session import Activity, Session
from rednet_gui.models.step_list import Track
from rednet_gui.settings import SHOWS_STEPS, Settings
from rednet_gui.text import task_text
from rednet_gui.views.main_window import MainWindow
from rednet_gui.views.presets_menu import PresetsMenu
from rednet_gui.views.steps_panel import StepsPanel
from rednet_gui.views.theme import icon
from rednet_gui.views.widgets import make_action


class StepsDesk(QObject):
    """Puts the steps into the window and passes on what is asked of them.

    Signals:
        add_requested: the name of a task.
        choose_requested, switch_requested, remove_requested: the place of a step.
        move_requested: from where, to where.
        copy_requested, paste_requested: no more to say.

    Attributes:
        panel, presets: the parts.
        undo, redo, shown, previous, next, up, down, remove, copy, paste: what can be done.
        add: one action per task.
    """

    add_requested = Signal(str)
    choose_requested = Signal(int)
    switch_requested = Signal(int)
    move_requested = Signal(int, int)
    remove_requested = Signal(int)
    copy_requested = Signal()
    paste_requested = Signal()

    def __init__(self, session: Session, presets: Presets, settings: Settings, window: MainWindow) -> None:
        super().__init__(window)
        self._session, self._settings, self._window = session, settings, window
        self._revealed: Track | None = None
        self.presets = PresetsMenu(session, presets, window)
        self._make_actions()
        self._fill_menu()
        self.panel = StepsPanel(session, self._add_menu, self.presets.menu)
        window.columns.insertWidget(0, self.panel)
        window.view_bar.add(self.shown)
        self._connect()
        self.shown.setChecked(settings.get(SHOWS_STEPS))
        self.panel.setVisible(self.shown.isChecked())
        self._show()

    def _make_actions(self) -> None:
        self.undo, self.redo = self._window.undo_actions.undo, self._window.undo_actions.redo
        self.shown = make_action(self, self.tr("Sho&w the steps"), "F4", "steps")
        self.shown.setCheckable(True)
        self.previous = make_action(self, self.tr("Work on the step &before"), "Alt+Up")
        self.next = make_action(self, self.tr("Work on the step &after"), "Alt+Down")
        self.up = make_action(self, self.tr("Move this step u&p"), "Ctrl+Shift+Up")
        self.down = make_action(self, self.tr("Move this step &down"), "Ctrl+Shift+Down")
        self.remove = make_action(self, self.tr("&Remove this step"), "Ctrl+Backspace")
        self.copy = make_action(self, self.tr("&Copy the steps"), "Ctrl+Shift+C")
        self.paste = make_action(self, self.tr("Paste t&he steps"), "Ctrl+Shift+V")
        self._add_menu = QMenu(self.tr("Add a s&tep"), self._window)
        self._add_menu.setIcon(icon("add"))
        self.add: list[QAction] = []
        for task in self._session.tasks:
            action = self._add_menu.addAction(icon(task.name), task_text(task.name).title)
            action.setData(task.name)
            self.add.append(action)

    def _fill_menu(self) -> None:
        self.menu = QMenu(self.tr("&Steps"), self._window)
        self.menu.addActions([self.undo, self.redo])
        self.menu.addSeparator()
        self.menu.addMenu(self._add_menu)
        for group in ([self.previous, self.next], [self.up, self.down, self.remove], [self.copy, self.paste]):
            self.menu.addSeparator()
            self.menu.addActions(group)
        self.menu.addSeparator()
        self.menu.addMenu(self.presets.menu)
        self.menu.addSeparator()
        self.menu.addAction(self.shown)
        bar = self._window.menuBar()
        bar.insertMenu(bar.actions()[2], self.menu)

    def _connect(self) -> None:
        panel, session = self.panel, self._session
        for theirs, own in (
            (panel.choose_requested, self.choose_requested),
            (panel.switch_requested, self.switch_requested),
            (panel.move_requested, self.move_requested),
            (panel.remove_requested, self.remove_requested),
        ):
            theirs.connect(own)
        self._add_menu.triggered.connect(self._on_add_triggered)
        self.previous.triggered.connect(lambda: self._choose(-1))
        self.next.triggered.connect(lambda: self._choose(1))
        self.up.triggered.connect(lambda: self._move(-1))
        self.down.triggered.connect(lambda: self._move(1))
        self.remove.triggered.connect(lambda: self.remove_requested.emit(session.steps.line.current))
        self.copy.triggered.connect(self.copy_requested)
        self.paste.triggered.connect(self.paste_requested)
        self.shown.toggled.connect(self._on_shown_toggled)
        for signal in (session.steps.changed, session.source_changed, session.activity_changed):
            signal.connect(self._show)

    def _show(self) -> None:
        session = self._session
        line, is_free = session.steps.line, session.activity in (Activity.IDLE, Activity.RESTORING)
        can_change = session.source is not None and is_free
        current, last = line.current, len(line.items) - 1
        self._add_menu.setEnabled(can_change)
        self.previous.setEnabled(can_change and self._neighbor(-1) is not None)
        self.next.setEnabled(can_change and self._neighbor(1) is not None)
        self.up.setEnabled(can_change and current > 0)
        self.down.setEnabled(can_change and current < last)
        self.remove.setEnabled(can_change and line.can_lose(current))
        self.copy.setEnabled(session.source is not None)
        self.paste.setEnabled(can_change and bool(session.steps.copied))
        self.presets.set_enabled(can_change)
        if last > 0 and session.source is not None:
            self._reveal()

    def _reveal(self) -> None:
        """Several steps are not to be overlooked; who hides them then, hides them for this picture."""
        track = self._session.steps.track
        if track is not self._revealed:
            self._revealed = track
            self.shown.setChecked(True)

    def _neighbor(self, step: int) -> int | None:
        """The next step in a direction that is on."""
        line = self._session.steps.line
        places = range(line.current + step, len(line.items) if step > 0 else -1, step)
        return next((place for place in places if line.items[place].is_on), None)

    def _choose(self, step: int) -> None:
        place = self._neighbor(step)
        if place is not None:
            self.choose_requested.emit(place)

    def _move(self, step: int) -> None:
        current = self._session.steps.line.current
        self.move_requested.emit(current, current + step)

    def _on_add_triggered(self, action: QAction) -> None:
        self.add_requested.emit(action.data())

    def _on_shown_toggled(self, is_shown: bool) -> None:
        self.panel.setVisible(is_shown)
        self._settings.set(SHOWS_STEPS, is_shown)
