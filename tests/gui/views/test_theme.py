from __future__ import annotations

import gc
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QColor, QIcon
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from rednet_gui.views import theme
from rednet_gui.views.theme import Appearance, Color, Look
from rednet_gui.views.widgets import IconLabel

LOOKS = {
    "dark": theme.DARK,
    "light": theme.LIGHT,
    "dark-contrast": theme.DARK_CONTRAST,
    "light-contrast": theme.LIGHT_CONTRAST,
}
ON_PHOTOS = (Color.BRIGHT, Color.INK, Color.CHECKER_LIGHT, Color.CHECKER_DARK)
READ_ON = (
    (Color.TEXT, Color.PANEL),
    (Color.TEXT, Color.CANVAS),
    (Color.TEXT, Color.RAISED),
    (Color.TEXT, Color.FIELD),
    (Color.TEXT, Color.HOVER),
    (Color.MUTED, Color.PANEL),
    (Color.MUTED, Color.CANVAS),
    (Color.MUTED, Color.RAISED),
    (Color.PRIMARY_TEXT, Color.PRIMARY),
    (Color.PRIMARY_TEXT, Color.PRIMARY_HOVER),
)

every_look = pytest.mark.parametrize("look", LOOKS.values(), ids=list(LOOKS))


@pytest.fixture(autouse=True)
def _dark_afterwards(qapp: QApplication) -> Iterator[None]:
    yield
    theme.apply(qapp, theme.DARK)


def luminance(color: QColor) -> float:
    """Source: WCAG 2.2, relative luminance."""
    rgb = (color.redF(), color.greenF(), color.blueF())
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in rgb]
    return sum(weight * c for weight, c in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def contrast(look: Look, one: Color, other: Color) -> float:
    low, high = sorted(luminance(QColor(look.colors[color])) for color in (one, other))
    return (high + 0.05) / (low + 0.05)


@every_look
def test_a_look_has_every_colour(look: Look) -> None:
    assert set(look.colors) == set(Color)


@every_look
def test_only_signs_are_coloured(look: Look) -> None:
    coloured = {color for color, name in look.colors.items() if QColor(name).hsvSaturation() > 0}
    assert coloured == {Color.ERROR, Color.SUCCESS}


@every_look
def test_words_can_be_read(look: Look) -> None:
    least = 7 if look.focus_px > 1 else 4.5
    assert not {(words, back) for words, back in READ_ON if contrast(look, words, back) < least}
    assert contrast(look, Color.BRIGHT, Color.ACTIVE) > 4.5


@every_look
def test_the_focus_can_be_seen(look: Look) -> None:
    assert all(contrast(look, Color.FOCUS, back) > 3 for back in (Color.PANEL, Color.CANVAS, Color.RAISED))


@pytest.mark.parametrize("color", ON_PHOTOS)
def test_what_lies_on_photos_is_the_same_in_all_looks(color: Color) -> None:
    assert len({look.colors[color] for look in LOOKS.values()}) == 1


@pytest.mark.parametrize("look", [theme.DARK_CONTRAST, theme.LIGHT_CONTRAST])
def test_more_contrast_has_borders_and_a_wide_focus(look: Look) -> None:
    for color in (Color.BORDER, Color.EDGE, Color.LINE, Color.CHOSEN, Color.ACTIVE_LINE):
        assert contrast(look, color, Color.PANEL) > 4.5
    assert look.focus_px == 3


@pytest.mark.parametrize("wants_contrast", [False, True])
@pytest.mark.parametrize("is_system_light", [False, True])
def test_the_system_is_followed_when_asked(is_system_light: bool, wants_contrast: bool) -> None:
    def look_of(appearance: Appearance) -> Look:
        return theme.look_for(appearance, is_system_light=is_system_light, wants_contrast=wants_contrast)

    dark, light = (theme.DARK_CONTRAST, theme.LIGHT_CONTRAST) if wants_contrast else (theme.DARK, theme.LIGHT)
    assert look_of(Appearance.DARK) is dark
    assert look_of(Appearance.LIGHT) is light
    assert look_of(Appearance.SYSTEM) is (light if is_system_light else dark)


def test_an_icon_takes_the_colour_of_the_moment(qapp: QApplication) -> None:
    icon = theme.icon("close")
    seen = []
    for look in (theme.DARK, theme.LIGHT):
        theme.apply(qapp, look)
        seen.append(icon.pixmap(QSize(20, 20)).toImage().pixelColor(10, 10).name())
    assert seen == [theme.DARK.colors[Color.TEXT], theme.LIGHT.colors[Color.TEXT]]
    faint = icon.pixmap(QSize(20, 20), QIcon.Mode.Disabled).toImage().pixelColor(10, 10).name()
    assert faint == theme.LIGHT.colors[Color.FAINT]


def test_an_icon_outlives_its_maker_and_its_copies(qtbot: QtBot) -> None:
    button = QPushButton()
    qtbot.addWidget(button)
    button.setIcon(theme.icon("close", Color.ERROR))
    gc.collect()
    copy = QIcon(button.icon())
    copy.addPixmap(copy.pixmap(QSize(8, 8)))  # a copy that is changed has drawings of its own
    drawn = button.icon().pixmap(QSize(20, 20)).toImage().pixelColor(10, 10)
    assert drawn.name() == Color.ERROR.now.name()


def test_icons_keep_their_shape_in_a_wide_frame(qtbot: QtBot) -> None:
    shown = IconLabel("close", side=20)
    qtbot.addWidget(shown)
    shown.setFixedSize(60, 20)
    image = shown.grab().toImage()
    marked = [x for x in range(60) for y in range(20) if image.pixelColor(x, y).lightness() > 150]
    assert min(marked) >= 20
    assert max(marked) < 40


def test_a_widget_is_painted_in_the_look(qapp: QApplication, qtbot: QtBot) -> None:
    button = QPushButton()
    qtbot.addWidget(button)
    button.setAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen)
    button.show()
    for look in LOOKS.values():
        theme.apply(qapp, look)
        middle = button.grab().toImage().pixelColor(button.width() // 2, button.height() // 2)
        assert middle.name() == look.colors[Color.RAISED]
        assert theme.current_look() is look
