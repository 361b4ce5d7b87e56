"""A list of names that the user gave, and its place in a dialog."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QListWidget, QListWidgetItem, QPushButton, QVBoxLayout, QWidget

from rednet_gui.views.theme import SPACE


class NameList(QListWidget):
    """Names; F2, or a double click, changes one, and `itemChanged` says which."""

    def __init__(self, words: str) -> None:
        super().__init__()
        self.setAccessibleName(words)
        self.setToolTip(QCoreApplication.translate("NameList", "Double-click a name to change it"))

    def fill(self, names: Iterable[str]) -> None:
        """Show other names; the row that was chosen stays chosen."""
        row = max(0, self.currentRow())
        self.blockSignals(True)
        self.clear()
        for name in names:
            item = QListWidgetItem(name)
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsEditable)
            self.addItem(item)
        self.blockSignals(False)
        self.setCurrentRow(min(row, self.count() - 1))


def dialog_button(words: str, help_: str) -> QPushButton:
    """A button that Return does not press."""
    button = QPushButton(words)
    button.setToolTip(help_)
    button.setAutoDefault(False)
    return button


def lay_out_names(
    dialog: QDialog, names: NameList, about: QWidget, above: Sequence[QWidget], below: Sequence[QWidget]
) -> None:
    """Names at the left, what the chosen one is below them; at the right what can be done with it, and what always."""
    left, right = QVBoxLayout(), QVBoxLayout()
    left.addWidget(names, 1)
    left.addWidget(about)
    for control in above:
        right.addWidget(control)
    right.addStretch(1)
    for control in below:
        right.addWidget(control)
    layout = QHBoxLayout(dialog)
    layout.setContentsMargins(2 * SPACE, 2 * SPACE, 2 * SPACE, 2 * SPACE)
    layout.setSpacing(2 * SPACE)
    layout.addLayout(left, 1)
    layout.addLayout(right)
    for column in (left, right):
        column.setSpacing(SPACE)
