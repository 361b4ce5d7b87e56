"""Icons and fonts that come with the program."""

from __future__ import annotations

import re
from importlib.resources import files

from PySide6.QtCore import QByteArray, QSize, Qt
from PySide6.QtGui import QFontDatabase, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

FONT_FAMILY = "Roboto"
"""The same on every system, so that the window looks as it was designed."""

_RESOURCES = files("resources")
_ICON_SIDES_PX = (16, 20, 24, 32, 40, 48, 64, 96)


def load_fonts() -> None:
    """Register the program's typeface, `FONT_FAMILY`."""
    for file in (_RESOURCES / "fonts").iterdir():
        if file.name.endswith(".ttf"):
            QFontDatabase.addApplicationFontFromData(QByteArray(file.read_bytes()))


def icon(name: str, *, color: str, disabled_color: str | None = None) -> QIcon:
    """A one-colour icon, drawn with sharp edges at every screen scale."""
    result = QIcon()
    _add_drawings(result, name, color, QIcon.Mode.Normal)
    if disabled_color is not None:
        _add_drawings(result, name, disabled_color, QIcon.Mode.Disabled)
    return result


def app_icon() -> QIcon:
    """The program's own icon, in its own colours."""
    return icon("app", color="#000000")


def style_sheet(colors: dict[str, str]) -> str:
    """The look of the widgets, with the colours that its @NAMES stand for."""
    style = (_RESOURCES / "style.qss").read_text(encoding="utf-8")
    return re.sub(r"@([A-Z_]+)", lambda match: colors[match[1]], style.split("*/", 1)[1])


def _add_drawings(result: QIcon, name: str, color: str, mode: QIcon.Mode) -> None:
    svg = (_RESOURCES / "icons" / f"{name}.svg").read_text(encoding="utf-8")
    renderer = QSvgRenderer(QByteArray(svg.replace("currentColor", color).encode()))
    for side in _ICON_SIDES_PX:
        pixmap = QPixmap(QSize(side, side))
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        renderer.render(painter)
        painter.end()
        result.addPixmap(pixmap, mode)
