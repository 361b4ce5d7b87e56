"""The menu that chooses the language."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QActionGroup
from PySide6.QtWidgets import QMenu, QWidget

from rednet_gui.settings import LANGUAGE, Settings
from rednet_gui.translation import LANGUAGES


class LanguageMenu(QMenu):
    """The system's language, or one of those that the program speaks, from the next start on.

    Signals:
        noticed: one sentence to show.
    """

    noticed = Signal(str)

    def __init__(self, settings: Settings, parent: QWidget) -> None:
        super().__init__(parent)
        self.setTitle(self.tr("Lan&guage"))
        self._settings = settings
        self._group = QActionGroup(self)
        for code, name in {"": self.tr("As the &system"), **LANGUAGES}.items():
            action = self.addAction(name)
            action.setCheckable(True)
            action.setData(code)
            action.setChecked(settings.get(LANGUAGE) == code)
            self._group.addAction(action)
        self._group.triggered.connect(lambda action: self._choose(action.data()))

    def _choose(self, code: str) -> None:
        self._settings.set(LANGUAGE, code)
        self.noticed.emit(self.tr("The language changes when the program is started again."))
