"""Icons and fonts that come with the program."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from importlib.resources import files
from pathlib import Path

from PySide6.QtCore import QByteArray, QDir, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFontDatabase, QIcon, QIconEngine, QImage, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

FONT_FAMILY = "Roboto"
"""The same on every system, so that the window looks as it was designed."""

Ink = Callable[[QIcon.Mode], str]
"""The colour of an icon at this moment, when it can be used or not."""

_RESOURCES = files("resources")
_COPIES: list[QIconEngine] = []


def load_fonts() -> None:
    """Register the program's typeface, `FONT_FAMILY`."""
    for file in (_RESOURCES / "fonts").iterdir():
        if file.name.endswith(".ttf"):
            QFontDatabase.addApplicationFontFromData(QByteArray(file.read_bytes()))


def offer_icons() -> None:
    """Let the style sheet find the icons, as "icons:NAME.svg"."""
    QDir.setSearchPaths("icons", [str(_RESOURCES / "icons")])


def icon(name: str, color: Ink) -> QIcon:
    """A one-colour icon, drawn with sharp edges at every screen scale."""
    return QIcon(_Drawing((_RESOURCES / "icons" / f"{name}.svg").read_text(encoding="utf-8"), color))


def app_icon() -> QIcon:
    """The program's own icon, in its own colours."""
    return icon("app", lambda _: "#000000")


def samples_folder() -> Path:
    """Where the sample photos lie."""
    return Path(str(_RESOURCES / "samples"))


def user_guide(language: str) -> Path:
    """The page to open in a browser; English where there is none in this language."""
    pages = Path(str(_RESOURCES / "user-guide"))
    page = pages / f"{language}.html"
    return page if page.is_file() else pages / "en.html"


@cache
def sample_picture(name: str) -> QImage:
    """A sample photo, for a small picture of it."""
    return QImage(str(samples_folder() / name))


def style_sheet(values: dict[str, str]) -> str:
    """The look of the widgets, with the colours and lengths that its @NAMES stand for."""
    style = (_RESOURCES / "style.qss").read_text(encoding="utf-8")
    return re.sub(r"@([A-Z_]+)", lambda match: values[match[1]], style.split("*/", 1)[1])


class _Drawing(QIconEngine):
    """Draws an icon anew whenever it is shown, so that it takes the colour of that moment."""

    def __init__(self, svg: str, color: Ink) -> None:
        super().__init__()
        self._svg, self._color = svg, color
        self._renderers: dict[str, QSvgRenderer] = {}

    def _renderer(self, color: str) -> QSvgRenderer:
        if color not in self._renderers:
            self._renderers[color] = QSvgRenderer(QByteArray(self._svg.replace("currentColor", color).encode()))
        return self._renderers[color]

    def actualSize(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QSize:
        side = min(size.width(), size.height())
        return QSize(side, side)

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        self._renderer(self._color(mode)).render(painter, QRectF(rect))

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        pixmap = QPixmap(size)
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        self.paint(painter, pixmap.rect(), mode, state)
        painter.end()
        return pixmap

    def clone(self) -> QIconEngine:
        copy = _Drawing(self._svg, self._color)
        _COPIES.append(copy)  # Qt takes it, but PySide would free what nobody holds
        return copy
