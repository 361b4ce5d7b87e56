"""The menu that chooses between the dark and the light look."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QActionGroup, QGuiApplication
from PySide6.QtWidgets import QApplication, QMenu, QWidget

from rednet_gui.settings import APPEARANCE, Settings
from rednet_gui.views.theme import Appearance, apply, look_for

_SCHEMES = {Appearance.DARK: Qt.ColorScheme.Dark, Appearance.LIGHT: Qt.ColorScheme.Light}


class System(QObject):
    """What the user has told the system about how programs shall look.

    Signals:
        changed: one of the properties.
    """

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._hints = QGuiApplication.styleHints()
        self._hints.colorSchemeChanged.connect(self.changed)
        self._hints.accessibility().contrastPreferenceChanged.connect(self.changed)

    @property
    def is_light(self) -> bool:
        """Whether programs shall be light."""
        return self._hints.colorScheme() is Qt.ColorScheme.Light

    @property
    def wants_contrast(self) -> bool:
        """Whether words and borders shall stand out more."""
        return self._hints.accessibility().contrastPreference() is Qt.ContrastPreference.HighContrast

    def follow(self, appearance: Appearance) -> None:
        """Give the title bar and the system's own dialogs the same look."""
        self._hints.setColorScheme(_SCHEMES.get(appearance, Qt.ColorScheme.Unknown))


class AppearanceMenu(QMenu):
    """Dark, light or as the system; keeps the program's look in step with the choice and with the system."""

    def __init__(self, settings: Settings, parent: QWidget, system: System | None = None) -> None:
        super().__init__(parent)
        self.setTitle(self.tr("&Appearance"))
        self._settings = settings
        self._system = system or System(self)
        self._group = QActionGroup(self)
        for appearance, words in (
            (Appearance.DARK, self.tr("&Dark")),
            (Appearance.LIGHT, self.tr("&Light")),
            (Appearance.SYSTEM, self.tr("As the &system")),
        ):
            action = self.addAction(words)
            action.setCheckable(True)
            action.setData(appearance.value)
            action.setChecked(settings.get(APPEARANCE) == appearance)
            self._group.addAction(action)
        self._group.triggered.connect(lambda action: self._choose(action.data()))
        self._system.changed.connect(self._show)
        self._show()

    def _choose(self, appearance: str) -> None:
        self._settings.set(APPEARANCE, appearance)
        self._show()

    def _show(self) -> None:
        appearance, system = Appearance(self._settings.get(APPEARANCE)), self._system
        system.follow(appearance)
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        apply(app, look_for(appearance, is_system_light=system.is_light, wants_contrast=system.wants_contrast))
