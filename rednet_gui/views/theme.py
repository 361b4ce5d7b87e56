"""The look: neutral grays, so that the colours of a photo are the only ones in sight."""

from __future__ import annotations

from enum import StrEnum

from PySide6.QtGui import QColor, QFont, QIcon, QPalette
from PySide6.QtWidgets import QApplication

from rednet_gui import assets


class Color(StrEnum):
    """The palette; the style sheet uses these names too."""

    CANVAS = "#1d1d1d"
    EDGE = "#151515"
    PANEL = "#282828"
    SUNKEN = "#2e2e2e"
    RAISED = "#363636"
    LINE = "#3a3a3a"
    HOVER = "#414141"
    ACTIVE = "#5a5a5a"
    FAINT = "#787878"
    RING = "#8c8c8c"
    MUTED = "#acacac"
    FOCUS = "#c9c9c9"
    PRESSED = "#d4d4d4"
    TEXT = "#ececec"
    BRIGHT = "#f2f2f2"
    WHITE = "#ffffff"
    INK = "#161616"
    ERROR = "#e5735f"
    SUCCESS = "#8fbf8f"
    CHECKER_LIGHT = "#6a6a6a"
    CHECKER_DARK = "#545454"


SPACE = 8
"""Distances are multiples of half of this."""


def icon(name: str, color: Color = Color.TEXT) -> QIcon:
    """One of the program's icons in a colour of the theme."""
    return assets.icon(name, color=color, disabled_color=Color.FAINT)


def apply(app: QApplication) -> None:
    """Give the whole program its look."""
    assets.load_fonts()
    app.setStyle("Fusion")
    font = QFont(assets.FONT_FAMILY)
    font.setPixelSize(13)
    app.setFont(font)
    app.setPalette(_palette())
    app.setStyleSheet(assets.style_sheet({color.name: color.value for color in Color}))
    app.setWindowIcon(assets.app_icon())


def _palette() -> QPalette:
    role = QPalette.ColorRole
    palette = QPalette()
    for where, color in {
        role.Window: Color.PANEL,
        role.Base: Color.CANVAS,
        role.AlternateBase: Color.PANEL,
        role.Button: Color.RAISED,
        role.ToolTipBase: Color.RAISED,
        role.WindowText: Color.TEXT,
        role.Text: Color.TEXT,
        role.ButtonText: Color.TEXT,
        role.ToolTipText: Color.TEXT,
        role.BrightText: Color.BRIGHT,
        role.PlaceholderText: Color.FAINT,
        role.Highlight: Color.ACTIVE,
        role.HighlightedText: Color.BRIGHT,
        role.Link: Color.FOCUS,
    }.items():
        palette.setColor(where, QColor(color))
    for where in (role.WindowText, role.Text, role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, where, QColor(Color.FAINT))
    return palette
