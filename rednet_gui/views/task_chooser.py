"""Which task to run."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from rednet_gui.models.session import Session
from rednet_gui.text import task_text
from rednet_gui.views.theme import SPACE, Color
from rednet_gui.views.widgets import IconLabel, label


class TaskChooser(QWidget):
    """One row per task.

    Signals:
        task_requested: the name of a task.
    """

    task_requested = Signal(str)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._group = QButtonGroup(self)
        self._rows: dict[str, TaskRow] = {}
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(2)
        for task in session.tasks:
            row = self._rows[task.name] = TaskRow(task.name)
            self._group.addButton(row)
            layout.addWidget(row)
        self._group.buttonClicked.connect(self._on_button_clicked)
        session.task_changed.connect(self._show)
        self._show()

    def row(self, name: str) -> TaskRow:
        """The row of a task."""
        return self._rows[name]

    def _show(self) -> None:
        for name, row in self._rows.items():
            is_chosen = name == self._session.task.name
            row.setChecked(is_chosen)
            # Tab comes to the chosen one; arrows go on from there.
            row.setFocusPolicy(Qt.FocusPolicy.StrongFocus if is_chosen else Qt.FocusPolicy.ClickFocus)

    def _on_button_clicked(self, row: QAbstractButton) -> None:
        assert isinstance(row, TaskRow)
        self.task_requested.emit(row.task_name)


class TaskRow(QPushButton):
    """A task's icon and name; what it does is in its tooltip, so that what follows the rows fits a small screen.

    Attributes:
        task_name: the task's name.
    """

    def __init__(self, task_name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.task_name = task_name
        words = task_text(task_name)
        self.setObjectName("taskRow")
        self.setCheckable(True)
        self.setAccessibleName(words.title)
        self.setAccessibleDescription(words.summary)
        self.setToolTip(words.help)
        self._content = layout = QHBoxLayout(self)
        layout.setContentsMargins(int(1.5 * SPACE), SPACE, int(1.5 * SPACE), SPACE)
        layout.setSpacing(int(1.5 * SPACE))
        layout.addWidget(IconLabel(task_name, color=Color.TEXT))
        layout.addWidget(label(words.title, role="strong"), 1)
        for child in self.findChildren(QWidget):
            child.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def sizeHint(self) -> QSize:
        return self._content.sizeHint()

    def minimumSizeHint(self) -> QSize:
        return self._content.minimumSize()
