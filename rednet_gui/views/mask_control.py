"""What filling needs: something painted."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from rednet_gui.models.session import Session
from rednet_gui.views.theme import SPACE
from rednet_gui.views.widgets import label


class MaskControl(QWidget):
    """Leads to the tools while the task fills; hidden otherwise.

    Attributes:
        paint: shows the tools.
        hint: what is to be done.
    """

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.paint = QPushButton(self.tr("Paint"))
        self.paint.setCheckable(True)
        self.paint.setProperty("role", "toggle")
        self.paint.setToolTip(self.tr("Paint on the photo with a brush, lasso, rectangle or wand"))
        self.hint = label(role="muted", is_wrapped=True)
        row = QHBoxLayout()
        row.setSpacing(SPACE)
        row.addWidget(label(self.tr("Where to fill"), role="section"), 1)
        row.addWidget(self.paint)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, SPACE)
        layout.setSpacing(SPACE)
        layout.addLayout(row)
        layout.addWidget(self.hint)
        for signal in (
            session.task_changed,
            session.source_changed,
            session.activity_changed,
            session.mask.is_empty_changed,
        ):
            signal.connect(self._show)
        self._show()

    def _show(self) -> None:
        session = self._session
        self.setVisible(session.task.needs_mask)
        self.paint.setEnabled(session.can_touch_up)
        self.hint.setText(
            self.tr("Paint over what is to be filled.")
            if session.mask.is_empty
            else self.tr("The rest of the photo stays as it is.")
        )
