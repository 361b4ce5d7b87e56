"""The look: neutral grays, so that the colours of a photo are the only ones in sight."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, StrEnum, auto

from PySide6.QtGui import QColor, QFont, QIcon, QPalette
from PySide6.QtWidgets import QApplication

from rednet_gui import assets

SPACE = 8
"""Distances are multiples of half of this."""


class Appearance(StrEnum):
    """What the user can choose; the names stand in the settings."""

    DARK = "dark"
    LIGHT = "light"
    SYSTEM = "system"


class Color(Enum):
    """What a colour is for; paint with `Color.TEXT.now`, which follows the look. The style sheet uses these names too.

    Those that lie on photos are the same in every look.
    """

    CANVAS = auto()  # around the photo
    PANEL = auto()
    EDGE = auto()  # between the parts of the window; grooves
    LINE = auto()  # between the parts of a panel
    SUNKEN = auto()
    RAISED = auto()  # buttons, messages
    BORDER = auto()  # of buttons
    FIELD = auto()  # where one types
    HOVER = auto()
    ACTIVE = auto()  # what is switched on or selected
    ACTIVE_LINE = auto()  # its border
    CHOSEN = auto()  # the border of what is chosen among others
    FAINT = auto()  # what cannot be used
    RING = auto()
    MUTED = auto()  # words that explain
    FOCUS = auto()  # the border of what has the keyboard
    TEXT = auto()
    PRIMARY = auto()  # the one button that is meant
    PRIMARY_HOVER = auto()
    PRIMARY_PRESSED = auto()
    PRIMARY_TEXT = auto()
    ERROR = auto()
    SUCCESS = auto()
    BRIGHT = auto()  # on photos, and on ACTIVE
    INK = auto()  # on BRIGHT
    CHECKER_LIGHT = auto()
    CHECKER_DARK = auto()

    @property
    def now(self) -> QColor:
        """The colour in the look that is in use."""
        return QColor(_Use.look.colors[self])


@dataclass(frozen=True, slots=True)
class Look:
    """One table of colours.

    Attributes:
        check: the file of the tick on PRIMARY, which the style sheet cannot colour.
        focus_px: how wide the border of what has the keyboard is.
    """

    colors: dict[Color, str]
    check: str
    focus_px: int = 1


_ON_PHOTOS = {
    Color.BRIGHT: "#f2f2f2",
    Color.INK: "#161616",
    Color.CHECKER_LIGHT: "#6a6a6a",
    Color.CHECKER_DARK: "#545454",
}

DARK = Look(
    _ON_PHOTOS
    | {
        Color.CANVAS: "#1d1d1d",
        Color.PANEL: "#282828",
        Color.EDGE: "#151515",
        Color.LINE: "#3a3a3a",
        Color.SUNKEN: "#2e2e2e",
        Color.RAISED: "#363636",
        Color.BORDER: "#363636",
        Color.FIELD: "#1d1d1d",
        Color.HOVER: "#414141",
        Color.ACTIVE: "#5a5a5a",
        Color.ACTIVE_LINE: "#5a5a5a",
        Color.CHOSEN: "#4c4c4c",
        Color.FAINT: "#787878",
        Color.RING: "#8c8c8c",
        Color.MUTED: "#acacac",
        Color.FOCUS: "#c9c9c9",
        Color.TEXT: "#ececec",
        Color.PRIMARY: "#f2f2f2",
        Color.PRIMARY_HOVER: "#ffffff",
        Color.PRIMARY_PRESSED: "#d4d4d4",
        Color.PRIMARY_TEXT: "#161616",
        Color.ERROR: "#e5735f",
        Color.SUCCESS: "#8fbf8f",
    },
    check="check-light.svg",
)

LIGHT = Look(
    _ON_PHOTOS
    | {
        Color.CANVAS: "#c9c9c9",
        Color.PANEL: "#ededed",
        Color.EDGE: "#bababa",
        Color.LINE: "#d2d2d2",
        Color.SUNKEN: "#e3e3e3",
        Color.RAISED: "#fbfbfb",
        Color.BORDER: "#c8c8c8",
        Color.FIELD: "#ffffff",
        Color.HOVER: "#dedede",
        Color.ACTIVE: "#666666",
        Color.ACTIVE_LINE: "#666666",
        Color.CHOSEN: "#bdbdbd",
        Color.FAINT: "#9a9a9a",
        Color.RING: "#6f6f6f",
        Color.MUTED: "#4f4f4f",
        Color.FOCUS: "#3c3c3c",
        Color.TEXT: "#1b1b1b",
        Color.PRIMARY: "#2c2c2c",
        Color.PRIMARY_HOVER: "#101010",
        Color.PRIMARY_PRESSED: "#474747",
        Color.PRIMARY_TEXT: "#f7f7f7",
        Color.ERROR: "#8f2817",
        Color.SUCCESS: "#275c27",
    },
    check="check-dark.svg",
)

DARK_CONTRAST = Look(
    DARK.colors
    | {
        Color.CANVAS: "#141414",
        Color.PANEL: "#000000",
        Color.EDGE: "#a6a6a6",
        Color.LINE: "#a6a6a6",
        Color.SUNKEN: "#1c1c1c",
        Color.RAISED: "#1c1c1c",
        Color.BORDER: "#d9d9d9",
        Color.FIELD: "#000000",
        Color.HOVER: "#3a3a3a",
        Color.ACTIVE_LINE: "#ffffff",
        Color.CHOSEN: "#ffffff",
        Color.FAINT: "#a0a0a0",
        Color.RING: "#808080",
        Color.MUTED: "#eeeeee",
        Color.FOCUS: "#ffffff",
        Color.TEXT: "#ffffff",
        Color.PRIMARY: "#ffffff",
        Color.PRIMARY_TEXT: "#000000",
        Color.ERROR: "#ff9d8c",
        Color.SUCCESS: "#a9e6a9",
    },
    check=DARK.check,
    focus_px=3,
)

LIGHT_CONTRAST = Look(
    LIGHT.colors
    | {
        Color.CANVAS: "#dedede",
        Color.PANEL: "#ffffff",
        Color.EDGE: "#5c5c5c",
        Color.LINE: "#5c5c5c",
        Color.SUNKEN: "#f0f0f0",
        Color.RAISED: "#ffffff",
        Color.BORDER: "#303030",
        Color.HOVER: "#d6d6d6",
        Color.ACTIVE: "#3a3a3a",
        Color.ACTIVE_LINE: "#000000",
        Color.CHOSEN: "#000000",
        Color.FAINT: "#6a6a6a",
        Color.RING: "#808080",
        Color.MUTED: "#1a1a1a",
        Color.FOCUS: "#000000",
        Color.TEXT: "#000000",
        Color.PRIMARY: "#000000",
        Color.PRIMARY_TEXT: "#ffffff",
        Color.ERROR: "#8a1f0e",
        Color.SUCCESS: "#0f4d14",
    },
    check=LIGHT.check,
    focus_px=3,
)


class _Use:
    """What the program looks like now."""

    look = DARK
    is_begun = False


def look_for(appearance: Appearance, *, is_system_light: bool, wants_contrast: bool) -> Look:
    """The look of a choice on a system that is light or dark, and may ask for more contrast."""
    is_light = is_system_light if appearance is Appearance.SYSTEM else appearance is Appearance.LIGHT
    if wants_contrast:
        return LIGHT_CONTRAST if is_light else DARK_CONTRAST
    return LIGHT if is_light else DARK


def current_look() -> Look:
    """What is in use."""
    return _Use.look


def icon(name: str, color: Color = Color.TEXT) -> QIcon:
    """One of the program's icons in a colour of the theme; it follows the look."""

    def color_of(mode: QIcon.Mode) -> str:
        return (Color.FAINT if mode is QIcon.Mode.Disabled else color).now.name()

    return assets.icon(name, color_of)


def apply(app: QApplication, look: Look = DARK) -> None:
    """Give the whole program a look."""
    if not _Use.is_begun:
        _begin(app)
    elif look is _Use.look:
        return
    _Use.look, _Use.is_begun = look, True
    app.setPalette(_palette())
    values = {color.name: color.now.name() for color in Color}
    app.setStyleSheet(assets.style_sheet(values | {"FOCUS_PX": f"{look.focus_px}px", "CHECK": look.check}))


def _begin(app: QApplication) -> None:
    assets.load_fonts()
    assets.offer_icons()
    app.setStyle("Fusion")
    font = QFont(assets.FONT_FAMILY)
    font.setPixelSize(13)
    app.setFont(font)
    app.setWindowIcon(assets.app_icon())


def _palette() -> QPalette:
    role = QPalette.ColorRole
    palette = QPalette()
    for where, color in {
        role.Window: Color.PANEL,
        role.Base: Color.FIELD,
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
        palette.setColor(where, color.now)
    for where in (role.WindowText, role.Text, role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, where, Color.FAINT.now)
    return palette
