"""A calm line about what went wrong, or what went well."""

from __future__ import annotations

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QFrame, QHBoxLayout, QToolButton, QVBoxLayout, QWidget

from rednet_gui.errors import ErrorText
from rednet_gui.views.theme import SPACE, Color, icon
from rednet_gui.views.widgets import IconLabel, label

_NOTICE_MS = 8000
_WIDTH = 560


class Banner(QFrame):
    """Lies over the top of its parent until it is closed; a notice goes by itself."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._stage = parent
        self.setObjectName("banner")
        self._icon = IconLabel("notice")
        self.title = label(role="strong", is_wrapped=True)
        self.text = label(role="muted", is_wrapped=True)
        self.close_button = QToolButton()
        self.close_button.setIcon(icon("close", Color.MUTED))
        self.close_button.setAccessibleName(self.tr("Close the message"))
        self.close_button.setToolTip(self.tr("Close the message"))
        self.close_button.clicked.connect(self.hide)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.hide)
        self._lay_out()
        self.hide()

    def show_error(self, error: ErrorText) -> None:
        """Show until it is closed."""
        self._timer.stop()
        self._show("error", Color.ERROR, error.title, f"{error.text} {error.advice}")

    def show_notice(self, sentence: str) -> None:
        """Show for a while; what follows the first line is less important."""
        title, _, text = sentence.partition("\n")
        self._show("notice", Color.SUCCESS, title, text)
        self._timer.start(_NOTICE_MS)

    def lie_over(self, stage: QWidget) -> None:
        """Go where the user goes."""
        is_shown = not self.isHidden()
        self._stage = stage
        self.setParent(stage)
        self.place()
        self.setVisible(is_shown)

    def place(self) -> None:
        """Take the place at the top of the parent."""
        room = self._stage.width()
        width = min(_WIDTH, room - 4 * SPACE)
        self._content.activate()
        is_wrapped = self._content.hasHeightForWidth()
        height = self._content.totalHeightForWidth(width) if is_wrapped else self._content.sizeHint().height()
        self.setFixedSize(width, height)
        self.move((room - width) // 2, 2 * SPACE)

    def _show(self, icon_name: str, color: Color, title: str, text: str) -> None:
        self._icon.show_icon(icon_name, color)
        self.title.setText(title)
        self.text.setText(text)
        self.text.setVisible(bool(text))
        self.setAccessibleName(f"{title} {text}".strip())
        self.place()
        self.show()
        self.raise_()

    def _lay_out(self) -> None:
        texts = QVBoxLayout()
        texts.setSpacing(SPACE // 2)
        texts.addWidget(self.title)
        texts.addWidget(self.text)
        self._content = layout = QHBoxLayout(self)
        layout.setContentsMargins(int(1.5 * SPACE), SPACE, SPACE, SPACE)
        layout.setSpacing(int(1.5 * SPACE))
        layout.addWidget(self._icon)
        layout.addLayout(texts, 1)
        layout.addWidget(self.close_button)
