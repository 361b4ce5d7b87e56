"""How much of the restoration is used: sliders that act at once."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSignalBlocker, Qt, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QSlider, QToolButton, QVBoxLayout, QWidget

from rednet_gui.models.session import Session
from rednet_gui.views.theme import SPACE, Color, icon
from rednet_gui.views.widgets import keep_page_keys, label, percent_words

_STEPS = 100
_NAME_WIDTH = 74
_PERCENT_WIDTH = 40


class StrengthControl(QWidget):
    """Shows the session's strength and asks for another.

    Signals:
        strength_requested: luma, color and texture, each from 0 to 1.

    Attributes:
        overall, luma, color, texture: the sliders; either the first or the next two are shown.
        apart: chooses which.
        reset: asks for the strength that uses the restoration as it is.
    """

    strength_requested = Signal(float, float, float)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.apart = _tool_button(
            "apart",
            self.tr("Brightness and color apart"),
            self.tr("Choose by itself how much of the brightness and of the color is changed"),
        )
        self.apart.setCheckable(True)
        self.reset = _tool_button(
            "reset",
            self.tr("Use the restored photo as it is"),
            self.tr("Use the restored photo as it is, with nothing of the original mixed in"),
        )
        self.overall = _Percent(
            self.tr("Overall"), self.tr("How much of the restoration is used; less shows more of the original"), 1
        )
        self.luma = _Percent(self.tr("Brightness"), self.tr("How much of the change in brightness is used"), 1)
        self.color = _Percent(self.tr("Color"), self.tr("How much of the change in color is used"), 1)
        self.texture = _Percent(
            self.tr("Texture"), self.tr("Brings back fine detail that went with the noise, but not the noise"), 0
        )
        self._lay_out()
        self.overall.asked.connect(lambda part: self._ask(part, part, self._session.strength.texture))
        for slider in (self.luma, self.color, self.texture):
            slider.asked.connect(self._ask_parts)
        self.apart.toggled.connect(self._show_apart)
        self.reset.clicked.connect(lambda: self._ask(1, 1, 0))
        session.strength_changed.connect(self._show)
        session.result_changed.connect(self._show)
        session.activity_changed.connect(self._show)
        self._show_apart(False)
        self._show()

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.setSpacing(0)
        top.addWidget(label(self.tr("Amount"), role="section"), 1)
        top.addWidget(self.apart)
        top.addWidget(self.reset)
        rows = QGridLayout()
        rows.setHorizontalSpacing(SPACE)
        rows.setVerticalSpacing(SPACE // 2)
        rows.setColumnStretch(1, 1)
        for row, slider in enumerate((self.overall, self.luma, self.color, self.texture)):
            slider.name.setFixedWidth(_NAME_WIDTH)
            for column, part in enumerate((slider.name, slider, slider.percent)):
                rows.addWidget(part, row, column)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 2 * SPACE, 0, 0)
        layout.setSpacing(SPACE // 2)
        layout.addLayout(top)
        layout.addLayout(rows)

    def _ask(self, luma: float, color: float, texture: float) -> None:
        self.strength_requested.emit(luma, color, texture)

    def _ask_parts(self) -> None:
        texture = self.texture.part
        if self.apart.isChecked():
            self._ask(self.luma.part, self.color.part, texture)
        else:
            self._ask(self._session.strength.luma, self._session.strength.color, texture)

    def _show_apart(self, is_apart: bool) -> None:
        self.overall.set_shown(not is_apart)
        self.luma.set_shown(is_apart)
        self.color.set_shown(is_apart)

    def _show(self) -> None:
        session, strength = self._session, self._session.strength
        result = session.result
        self.setEnabled(result is not None and session.can_touch_up)
        for slider, part in (
            (self.overall, (strength.luma + strength.color) / 2),
            (self.luma, strength.luma),
            (self.color, strength.color),
            (self.texture, strength.texture),
        ):
            slider.show_part(part)
        if strength.luma != strength.color:
            self.apart.setChecked(True)
        self.reset.setEnabled(not strength.is_neutral)


class _Percent(QSlider):
    """A slider from 0 to 100 % with its name and its number; a double click puts it back.

    Signals:
        asked: the part that was chosen, 0 to 1.
    """

    asked = Signal(float)

    def __init__(self, name: str, help_: str, neutral: float) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self._neutral = neutral
        self.setRange(0, _STEPS)
        self.setPageStep(_STEPS // 10)
        keep_page_keys(self)
        self.setAccessibleName(name)
        self.setAccessibleDescription(help_)
        self.setToolTip(help_)
        self.name: QLabel = label(name)
        self.name.setBuddy(self)
        self.percent: QLabel = label(role="muted")
        self.percent.setFixedWidth(_PERCENT_WIDTH)
        self.percent.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.valueChanged.connect(lambda value: self.asked.emit(value / _STEPS))

    @property
    def part(self) -> float:
        """What is chosen, 0 to 1."""
        return self.value() / _STEPS

    def show_part(self, part: float) -> None:
        """Stand there, without asking for it."""
        with QSignalBlocker(self):
            self.setValue(round(part * _STEPS))
        self.percent.setText(percent_words(self.part))

    def set_shown(self, is_shown: bool) -> None:
        """Show the slider with its name and its number, or hide them."""
        for widget in (self.name, self, self.percent):
            widget.setVisible(is_shown)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self.setValue(round(self._neutral * _STEPS))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.EnabledChange:
            self.name.setEnabled(self.isEnabled())


def _tool_button(icon_name: str, words: str, help_: str) -> QToolButton:
    button = QToolButton()
    button.setIcon(icon(icon_name, Color.MUTED))
    button.setAccessibleName(words)
    button.setToolTip(help_)
    return button
