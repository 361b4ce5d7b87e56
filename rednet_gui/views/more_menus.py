"""The menus that are more than lists of actions."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QMenu, QWidget

from rednet_gui.models.session import Session
from rednet_gui.settings import Settings
from rednet_gui.views.actions import Actions
from rednet_gui.views.appearance_menu import AppearanceMenu
from rednet_gui.views.language_menu import LanguageMenu
from rednet_gui.views.samples import SampleMenu


class MoreMenus(QObject):
    """Puts samples, the order of the photos, look and language into the menus.

    Signals:
        sample_requested: the name of the task whose sample to open.
        noticed: one sentence to show.
    """

    sample_requested = Signal(str)
    noticed = Signal(str)

    def __init__(
        self, session: Session, actions: Actions, order_menu: QMenu, settings: Settings, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self.samples = SampleMenu(session.choices, parent)
        self.appearance = AppearanceMenu(settings, parent)
        self.language = LanguageMenu(settings, parent)
        self.samples.sample_requested.connect(self.sample_requested)
        self.language.noticed.connect(self.noticed)
        actions.file_menu.insertMenu(actions.paste, self.samples)
        actions.view_menu.addMenu(order_menu)
        actions.view_menu.addSeparator()
        actions.view_menu.addMenu(self.appearance)
        actions.view_menu.addMenu(self.language)
