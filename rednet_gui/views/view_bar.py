"""The line above the picture: its name, and how it is shown."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMenu, QToolButton, QWidget

from rednet_gui.models.session import Session
from rednet_gui.views.actions import Actions
from rednet_gui.views.theme import SPACE
from rednet_gui.views.widgets import label, percent_words, plain

_HEIGHT = 44
_ICON_PX = 18
_BUTTON_PX = 32


class ViewBar(QFrame):
    """Shows the file's name and offers the zoom actions."""

    def __init__(self, session: Session, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("viewBar")
        self.setFixedHeight(_HEIGHT)
        self._session = session
        self.name = label(role="strong")
        self.scale = label(role="muted")
        self.scale.setFixedWidth(52)
        self.scale.setAlignment(Qt.AlignmentFlag.AlignCenter)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(int(1.5 * SPACE), 0, SPACE, 0)
        layout.setSpacing(SPACE // 2)
        layout.addWidget(self.name, 1)
        layout.addWidget(_button(actions.zoom_out))
        layout.addWidget(self.scale)
        layout.addWidget(_button(actions.zoom_in))
        layout.addSpacing(SPACE)
        layout.addWidget(_menu_button(actions.compare_menu))
        for action in (actions.loupe, actions.histogram):
            layout.addWidget(_button(action))
        layout.addSpacing(SPACE)
        for action in (actions.fit, actions.actual, actions.original):
            layout.addWidget(_button(action))
        session.source_changed.connect(self._show_name)
        session.result_changed.connect(self._show_name)

    def add(self, action: QAction) -> None:
        """Offer an action left of the others."""
        layout = self.layout()
        assert isinstance(layout, QHBoxLayout)
        layout.insertWidget(1, _button(action))
        layout.insertSpacing(2, SPACE)

    def show_scale(self, scale: float | None) -> None:
        """Show screen pixels per picture pixel as a percentage."""
        self.scale.setText("" if scale is None else percent_words(scale))

    def _show_name(self) -> None:
        source = self._session.source
        if source is None:
            self.name.clear()
        else:
            self.name.setText(source.title or self.tr("Pasted picture"))


def _menu_button(menu: QMenu) -> QToolButton:
    button = QToolButton()
    button.setMenu(menu)
    button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
    button.setIconSize(QSize(_ICON_PX, _ICON_PX))
    button.setFixedSize(_BUTTON_PX, _BUTTON_PX)
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    button.setAccessibleName(plain(menu.title()))
    button.setToolTip(menu.toolTip())

    def show_choice() -> None:
        button.setIcon(next(action.icon() for action in menu.actions() if action.isChecked()))
        button.setEnabled(menu.isEnabled())

    for action in menu.actions():
        action.changed.connect(show_choice)
    menu.menuAction().changed.connect(show_choice)
    show_choice()
    return button


def _button(action: QAction) -> QToolButton:
    button = QToolButton()
    button.setDefaultAction(action)
    button.setIconSize(QSize(_ICON_PX, _ICON_PX))
    button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonIconOnly)
    button.setFixedSize(_BUTTON_PX, _BUTTON_PX)
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    button.setAccessibleName(plain(action.text()))
    return button
