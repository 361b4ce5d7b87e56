"""Small pieces that several parts of the window are made of."""

from __future__ import annotations

import re

from PySide6.QtCore import QEvent, QLocale, QObject, Qt
from PySide6.QtGui import QAction, QIcon, QKeyEvent, QKeySequence, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractSpinBox, QFrame, QLabel, QPushButton, QScrollArea, QSizePolicy, QWidget

from rednet_gui.views.dropping import on_clipboard
from rednet_gui.views.theme import SPACE, Color, icon

ICON_PX = 20
_NUMBER_WIDTH = 64


def label(text: str = "", *, role: str = "", is_wrapped: bool = False) -> QLabel:
    """A text in one of the roles that the style sheet knows."""
    made = QLabel(text)
    made.setProperty("role", role)
    made.setWordWrap(is_wrapped)
    return made


class ElidedLabel(QLabel):
    """A line at the right of its room; what does not fit becomes an ellipsis."""

    def __init__(self, *, role: str = "") -> None:
        super().__init__()
        self.setProperty("role", role)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)

    def paintEvent(self, event: QPaintEvent) -> None:
        words = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, self.width())
        painter = QPainter(self)
        painter.setPen(self.palette().color(self.foregroundRole()))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, words)


class IconLabel(QLabel):
    """A picture that is not a button; it follows the look."""

    def __init__(self, name: str, *, color: Color = Color.TEXT, side: int = ICON_PX) -> None:
        super().__init__()
        self._icon = icon(name, color)
        self.setFixedSize(side, side)

    def show_icon(self, name: str, color: Color) -> None:
        """Show another one."""
        self._icon = icon(name, color)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        mode = QIcon.Mode.Normal if self.isEnabled() else QIcon.Mode.Disabled
        self._icon.paint(QPainter(self), self.rect(), mode=mode)


class _PictureKeys(QObject):
    """Leaves the key of Paste to the window while the clipboard holds what no number box can take."""

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() != QEvent.Type.ShortcutOverride or not isinstance(event, QKeyEvent):
            return False
        pasted = on_clipboard()
        is_left = event.matches(QKeySequence.StandardKey.Paste) and (pasted.hasImage() or pasted.hasUrls())
        if is_left:
            event.ignore()
        return is_left


class _PageKeys(QObject):
    """Keeps for a control the keys that move it far; elsewhere in the window they go to another photo."""

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() != QEvent.Type.ShortcutOverride or not isinstance(event, QKeyEvent):
            return False
        is_kept = event.key() in (Qt.Key.Key_PageUp, Qt.Key.Key_PageDown)
        if is_kept:
            event.accept()
        return is_kept


def keep_page_keys(control: QWidget) -> None:
    """Let Page Up and Page Down change the control that has the keyboard."""
    control.installEventFilter(_PageKeys(control))


def shape_number_box(box: QAbstractSpinBox) -> None:
    """Make a number box small, with the number at its right; pictures are pasted past it."""
    box.installEventFilter(_PictureKeys(box))
    keep_page_keys(box)
    box.setFixedWidth(_NUMBER_WIDTH)
    box.setAlignment(Qt.AlignmentFlag.AlignRight)
    box.lineEdit().setTextMargins(0, 0, SPACE // 2, 0)


def plain(text: str) -> str:
    """The words of a menu or an action without mnemonic, which East Asian ones append as "(&U)", and ellipsis."""
    return re.sub(r"\(&\w\)", "", text).replace("&", "").removesuffix("…")


def make_action(
    parent: QObject,
    text: str,
    keys: QKeySequence | QKeySequence.StandardKey | str = "",
    icon_name: str = "",
    help_: str = "",
) -> QAction:
    """An action whose icon is seen on buttons only.

    Args:
        help_: for its tooltip, to which the key is added; the text by default.
    """
    action = QAction(text, parent)
    if icon_name:
        action.setIcon(icon(icon_name))
        action.setIconVisibleInMenu(False)
    action.setShortcut(QKeySequence(keys))
    action.setToolTip(with_key(help_ or plain(text), action))
    return action


def with_key(words: str, action: QAction) -> str:
    """Words for a tooltip, with the key of the action if it has one."""
    key = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
    return f"{words} ({key})" if key else words


def set_meant(button: QPushButton, *, is_meant: bool) -> None:
    """Show which button is what most people want now."""
    role = "primary" if is_meant else ""
    if button.property("role") != role:
        button.setProperty("role", role)
        button.style().polish(button)


def percent_words(fraction: float) -> str:
    """A share as whole percents."""
    locale = QLocale()
    return locale.toString(round(fraction * 100)) + locale.percent()


def scrolled(content: QWidget, right_px: int) -> QScrollArea:
    """What is too high for its place, moved up and down; its right margin makes room for the scroll bar."""
    area = QScrollArea()
    area.setObjectName("scrolled")
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # what lies in it has the keyboard
    content.setObjectName("scrolledContent")
    area.setWidget(content)
    bar, layout = area.verticalScrollBar(), content.layout()
    assert layout is not None

    def make_room(_: int, bottom: int) -> None:
        margins = layout.contentsMargins()
        margins.setRight(right_px - (bar.sizeHint().width() if bottom else 0))
        layout.setContentsMargins(margins)

    bar.rangeChanged.connect(make_room)
    return area


def separator(parent: QWidget | None = None) -> QFrame:
    """A thin line across."""
    line = QFrame(parent)
    line.setObjectName("separator")
    line.setFixedHeight(1)
    line.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
    return line
