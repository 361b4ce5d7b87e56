"""The menus that are more than lists of actions."""

from __future__ import annotations

from importlib.metadata import version
from pathlib import Path

from PySide6.QtCore import QLocale, QObject, QUrl, Signal
from PySide6.QtGui import QAction, QDesktopServices
from PySide6.QtWidgets import QMainWindow, QMenu

from rednet_gui import APP_NAME
from rednet_gui.assets import user_guide
from rednet_gui.diagnostics import log_file
from rednet_gui.models.session import Session
from rednet_gui.saved_text import cannot_open
from rednet_gui.settings import SAVES_SRGB, Settings
from rednet_gui.views.actions import Actions
from rednet_gui.views.appearance_menu import AppearanceMenu
from rednet_gui.views.dialogs import about_box
from rednet_gui.views.key_sheet import KeySheet
from rednet_gui.views.language_menu import LanguageMenu
from rednet_gui.views.samples import SampleMenu


class MoreMenus(QObject):
    """Puts samples, the order of the photos, look and language into the menus, keeps what is switched there, and helps.

    Signals:
        sample_requested: the name of the task whose sample to open.
        noticed: one sentence to show.

    Attributes:
        to_srgb: whether colors are converted when a result is saved.
    """

    sample_requested = Signal(str)
    noticed = Signal(str)

    def __init__(
        self, session: Session, actions: Actions, order_menu: QMenu, settings: Settings, window: QMainWindow
    ) -> None:
        super().__init__(window)
        self.samples = SampleMenu(window)
        self.appearance = AppearanceMenu(settings, window)
        self.language = LanguageMenu(settings, window)
        self.samples.sample_requested.connect(self.sample_requested)
        self.language.noticed.connect(self.noticed)
        actions.file_menu.insertMenu(actions.paste, self.samples)
        self.to_srgb = QAction(self.tr("&Convert to sRGB when saving"), window)
        self.to_srgb.setCheckable(True)
        self.to_srgb.setChecked(settings.get(SAVES_SRGB))
        self.to_srgb.toggled.connect(lambda is_on: settings.set(SAVES_SRGB, is_on))
        files = actions.file_menu.actions()
        actions.file_menu.insertAction(files[files.index(actions.save) + 1], self.to_srgb)
        actions.view_menu.addMenu(order_menu)
        actions.view_menu.addSeparator()
        actions.view_menu.addMenu(self.appearance)
        actions.view_menu.addMenu(self.language)
        actions.keys.triggered.connect(lambda: KeySheet(window.menuBar(), window).open())
        actions.about.triggered.connect(lambda: about_box(window, version(APP_NAME)).open())
        actions.guide.triggered.connect(lambda: self._show(user_guide(QLocale.languageToCode(QLocale().language()))))
        actions.show_log.triggered.connect(lambda: self._show(log_file().parent))

    def _show(self, path: Path) -> None:
        """In the system's browser or file manager."""
        if not QDesktopServices.openUrl(QUrl.fromLocalFile(str(path))):
            self.noticed.emit(cannot_open(path))
