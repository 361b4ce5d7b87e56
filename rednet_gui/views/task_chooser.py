"""Which task to run."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from rednet_gui.models.session import Session, TaskChoice
from rednet_gui.text import task_text
from rednet_gui.views.theme import SPACE, Color
from rednet_gui.views.widgets import IconLabel, label


class TaskChooser(QWidget):
    """One row per task; those without weights say so and cannot be chosen.

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
        for choice in session.choices:
            row = TaskRow(choice)
            self._rows[choice.task.name] = row
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
        has_weights: whether it can be chosen.
    """

    def __init__(self, choice: TaskChoice, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.task_name = choice.task.name
        self.has_weights = choice.has_weights
        words = task_text(self.task_name)
        summary = words.summary if self.has_weights else self.tr("No weights yet")
        self.setObjectName("taskRow")
        self.setCheckable(True)
        self.setEnabled(self.has_weights)
        self.setAccessibleName(words.title)
        self.setAccessibleDescription(summary)
        self.setToolTip(
            words.help if self.has_weights else self.tr("This task comes with a later version: it has no weights yet.")
        )
        self._content = layout = QHBoxLayout(self)
        layout.setContentsMargins(int(1.5 * SPACE), SPACE, int(1.5 * SPACE), SPACE)
        layout.setSpacing(int(1.5 * SPACE))
        layout.addWidget(IconLabel(self.task_name, color=Color.TEXT if self.has_weights else Color.FAINT))
        layout.addWidget(label(words.title, role="strong"), 1)
        if not self.has_weights:
            layout.addWidget(label(summary, role="muted"))
        for child in self.findChildren(QWidget):
            child.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def sizeHint(self) -> QSize:
        return self._content.sizeHint()

    def minimumSizeHint(self) -> QSize:
        return self._content.minimumSize()
