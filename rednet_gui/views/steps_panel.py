"""The list of what is done to the photo, step by step."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QLocale, QSignalBlocker, QSize, Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QFrame,
    QHBoxLayout,
    QMenu,
    QPushButton,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from rednet_gui.models.session import Activity, Session
from rednet_gui.text import task_text
from rednet_gui.views.step_words import step_details
from rednet_gui.views.theme import SPACE, Color, icon
from rednet_gui.views.widgets import IconLabel, label, scrolled

if TYPE_CHECKING:
    from engine.steps import Step

_WIDTH = 256
_ICON_PX = 18
_SWITCH_WIDTH = 22


class StepsPanel(QFrame):
    """Shows the session's steps, one row each, and asks for changes.

    Signals:
        choose_requested, switch_requested, remove_requested: the place of a step, from 0.
        move_requested: from where, to where.

    Attributes:
        rows: the steps from first to last.
        add: adds one more; its menu has the tasks.
        hint: what to know about the steps as they are.
    """

    choose_requested = Signal(int)
    switch_requested = Signal(int)
    move_requested = Signal(int, int)
    remove_requested = Signal(int)

    def __init__(self, session: Session, add_menu: QMenu, presets_menu: QMenu, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("stepsPanel")
        self.setFixedWidth(_WIDTH)
        self._session = session
        self.rows: list[StepRow] = []
        self.add = QPushButton(self.tr("Add a step"))
        self.add.setIcon(icon("add"))
        self.add.setMenu(add_menu)
        self.add.setToolTip(self.tr("Go on with another task on what the steps above make of the photo"))
        self.presets = _menu_button("preset", presets_menu, self.tr("Presets: steps to use again"))
        self.hint = label(role="muted", is_wrapped=True)
        self._list = QVBoxLayout()
        self._lay_out()
        for signal in (
            session.steps.changed,
            session.source_changed,
            session.result_changed,
            session.level_changed,
            session.activity_changed,
        ):
            signal.connect(self._show)
        self._show()

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.addWidget(label(self.tr("Steps"), role="section"), 1)
        top.addWidget(self.presets)
        top.setContentsMargins(SPACE // 2, 0, 0, 0)
        content = QWidget()
        self._list.setSpacing(2)
        column = QVBoxLayout(content)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(int(1.5 * SPACE))
        column.addLayout(self._list)
        column.addWidget(self.add)
        column.addWidget(self.hint)
        column.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(SPACE, int(1.5 * SPACE), SPACE, SPACE)
        layout.setSpacing(SPACE)
        layout.addLayout(top)
        layout.addWidget(scrolled(content, 0), 1)

    def _show(self) -> None:
        session, line = self._session, self._session.steps.line
        has_picture = session.source is not None
        while has_picture and len(self.rows) < len(line.items):
            self._append_row()
        for row in self.rows:
            row.setVisible(has_picture and row.number < len(line.items))
            if has_picture and row.number < len(line.items):
                row.show_step(line.items[row.number], step_details(session, row.number))
                row.show_place(is_current=row.number == line.current, count=len(line.items))
                row.show_whether_needed(line.can_lose(row.number))
        is_free = session.activity in (Activity.IDLE, Activity.RESTORING)
        self.setEnabled(has_picture and is_free)
        self.hint.setText(self._hint())

    def _append_row(self) -> None:
        row = StepRow(len(self.rows))
        row.chosen.connect(self.choose_requested)
        row.switched.connect(self.switch_requested)
        row.moved.connect(self.move_requested)
        row.removed.connect(self.remove_requested)
        self.rows.append(row)
        self._list.addWidget(row)

    def _hint(self) -> str:
        session, line = self._session, self._session.steps.line
        if session.source is None:
            return ""
        if session.activity is Activity.STEPPING:
            return self.tr("Making what this step works on…")
        if not line.is_last:
            shown = self.tr("You see the photo after step %1. Choose the last step to see and save all of them.")
            return shown.replace("%1", QLocale().toString(line.current + 1))
        if len(line.items) == 1:
            return self.tr("Each step works on what the one before has made.")
        return ""


class StepRow(QWidget):
    """One step: a switch, what it is, and what else can be done with it.

    Signals:
        chosen, switched, removed: its number.
        moved: its number, and where to.

    Attributes:
        number: its place, from 0.
        switch, button, more: the controls; `more` has a menu of these:
        up, down, remove: what its entries do.
    """

    chosen = Signal(int)
    switched = Signal(int)
    moved = Signal(int, int)
    removed = Signal(int)

    def __init__(self, number: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.number = number
        self.switch = QCheckBox()
        self.switch.setFixedWidth(_SWITCH_WIDTH)
        self.button = _StepButton()
        menu = QMenu(self)
        self.up = menu.addAction(self.tr("Move &up"))
        self.down = menu.addAction(self.tr("Move &down"))
        menu.addSeparator()
        self.remove = menu.addAction(self.tr("&Remove"))
        self.more = _menu_button("more", menu, self.tr("Move or remove this step"))
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.switch)
        layout.addWidget(self.button, 1)
        layout.addWidget(self.more)
        self.switch.clicked.connect(lambda: self.switched.emit(number))
        self.button.clicked.connect(lambda: self.chosen.emit(number))
        self.up.triggered.connect(lambda: self.moved.emit(number, number - 1))
        self.down.triggered.connect(lambda: self.moved.emit(number, number + 1))
        self.remove.triggered.connect(lambda: self.removed.emit(number))

    def show_step(self, step: Step, details: str) -> None:
        """Say what it is."""
        title = task_text(step.task).title
        self.button.show_words(step.task, title, details if step.is_on else self.tr("Off"), is_on=step.is_on)
        with QSignalBlocker(self.switch):
            self.switch.setChecked(step.is_on)
        numbered = self.tr("Step %1: %2").replace("%1", QLocale().toString(self.number + 1)).replace("%2", title)
        self.button.setAccessibleName(numbered)
        self.button.setAccessibleDescription(details)
        self.switch.setAccessibleName(self.tr("Use %1").replace("%1", numbered))
        self.more.setAccessibleName(self.tr("More for %1").replace("%1", numbered))
        self.button.setEnabled(step.is_on)
        self.button.setToolTip(self.tr("Work on this step: see the photo after it, and change its task, level or mask"))

    def show_place(self, *, is_current: bool, count: int) -> None:
        """Say whether it is worked on, and where it can move."""
        self.button.setChecked(is_current)
        self.up.setEnabled(self.number > 0)
        self.down.setEnabled(self.number < count - 1)

    def show_whether_needed(self, can_lose: bool) -> None:
        """Say whether there would be nothing left without it."""
        self.switch.setEnabled(can_lose)
        self.remove.setEnabled(can_lose)
        self.more.setEnabled(can_lose or self.up.isEnabled() or self.down.isEnabled())
        self.switch.setToolTip(
            self.tr("Leave this step out, or use it again")
            if can_lose
            else self.tr("The only step that is on; add another one to switch it off")
        )


class _StepButton(QPushButton):
    """A task's icon, its name and what is chosen."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("stepRow")
        self.setCheckable(True)
        self._icon = IconLabel("denoise", side=_ICON_PX)
        self._title, self._details = label(role="strong"), label(role="muted")
        self._content = layout = QHBoxLayout(self)
        layout.setContentsMargins(SPACE, SPACE // 2, SPACE // 2, SPACE // 2)
        layout.setSpacing(SPACE)
        layout.addWidget(self._icon)
        texts = QVBoxLayout()
        texts.setSpacing(0)
        texts.addWidget(self._title)
        texts.addWidget(self._details)
        layout.addLayout(texts, 1)
        for words in (self._title, self._details):  # long ones must not make the list wider than its place
            words.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        for child in self.findChildren(QWidget):
            child.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def show_words(self, task: str, title: str, details: str, *, is_on: bool) -> None:
        """Show a step."""
        self._title.setText(title)
        self._details.setText(details)
        self._details.setVisible(bool(details))
        self._icon.show_icon(task, Color.TEXT if is_on else Color.FAINT)
        for words in (self._title, self._details):
            words.setEnabled(is_on)

    def nextCheckState(self) -> None:
        """Stays as it is: what is worked on says the session."""

    def sizeHint(self) -> QSize:
        return self._content.sizeHint()

    def minimumSizeHint(self) -> QSize:
        return self._content.minimumSize()


def _menu_button(icon_name: str, menu: QMenu, words: str) -> QToolButton:
    button = QToolButton()
    button.setIcon(icon(icon_name, Color.MUTED))
    button.setIconSize(QSize(_ICON_PX, _ICON_PX))
    button.setMenu(menu)
    button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
    button.setAccessibleName(words)
    button.setToolTip(words)
    return button
