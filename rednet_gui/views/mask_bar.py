"""The line of tools for painting the mask."""

from __future__ import annotations

import math

from PySide6.QtCore import QLocale, QSignalBlocker, QSize, Qt
from PySide6.QtGui import QAction, QColor, QIcon, QPixmap
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QMenu,
    QSlider,
    QSpinBox,
    QToolButton,
    QWidget,
    QWidgetAction,
)

from rednet_gui.models.brush import MAX_SIZE_PX
from rednet_gui.models.mask_options import COLORS, MaskOptions
from rednet_gui.models.mask_shapes import MAX_AMOUNT_PX
from rednet_gui.settings import (
    BRUSH_HARDNESS,
    BRUSH_SIZE,
    DUST_SENSITIVITY,
    MASK_AMOUNT,
    MASK_COLOR,
    MASK_OPACITY,
    WAND_TOLERANCE,
)
from rednet_gui.views.flow_layout import FlowLayout
from rednet_gui.views.mask_actions import MaskActions
from rednet_gui.views.theme import SPACE, icon
from rednet_gui.views.widgets import keep_page_keys, label, percent_words, plain, shape_number_box

_ICON_PX = 18
_BUTTON_PX = 28
_SIZE_STEPS = 300
_SWATCH_PX = 14


class MaskBar(QFrame):
    """Shows the actions of the mask and the options of the tool that is chosen.

    Attributes:
        brush_size, hardness, tolerance, sensitivity, opacity, amount: the controls of the options.
        dust, look: buttons with menus that hold some of them.
        modes: a button whose menu says where the restoration counts.
    """

    def __init__(self, actions: MaskActions, options: MaskOptions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("viewBar")
        self._actions, self._options = actions, options
        self.brush_size = _slider(
            self.tr("Brush size"), self.tr("Diameter of the brush, in pixels of the photo"), _SIZE_STEPS
        )
        self.hardness = _slider(self.tr("Hardness"), self.tr("How sharp the edge of the brush is"), 100)
        self.tolerance = _slider(
            self.tr("Tolerance"), self.tr("How different the colors that the wand marks may be"), 128
        )
        self.sensitivity = _slider(self.tr("Sensitivity"), self.tr("How faint the dust that is found may be"), 100)
        self.opacity = _slider(self.tr("Opacity of the mask"), self.tr("How much of the photo the mask covers"), 100)
        self.opacity.setMinimum(5)
        self.amount = QSpinBox()
        self.amount.setRange(1, MAX_AMOUNT_PX)
        self.amount.setSuffix(self.tr(" px"))
        shape_number_box(self.amount)
        self.amount.setFixedSize(54, _BUTTON_PX)
        self.amount.setAccessibleName(self.tr("How far to grow, shrink or feather"))
        self.amount.setToolTip(self.tr("How far the mask grows, shrinks or fades out, in pixels of the photo"))
        self._numbers = {slider: label(role="muted") for slider in (self.brush_size, self.hardness, self.tolerance)}
        self._lay_out()
        self._connect()
        self._show()

    def _lay_out(self) -> None:
        acts = self._actions
        self.dust = self._dust_button()
        self.look = self._look_button()
        self.modes = self._modes_button()
        self._brush_options = _group(
            label(self.tr("Size"), role="muted"),
            self.brush_size,
            self._numbers[self.brush_size],
            label(self.tr("Hardness"), role="muted"),
            self.hardness,
            self._numbers[self.hardness],
        )
        self._wand_options = _group(
            label(self.tr("Tolerance"), role="muted"), self.tolerance, self._numbers[self.tolerance]
        )
        for slider, width in ((self.brush_size, 44), (self.hardness, 32), (self.tolerance, 22)):
            self._numbers[slider].setFixedWidth(width)
        layout = FlowLayout(self, SPACE, 0)
        layout.setContentsMargins(SPACE, SPACE // 2, SPACE, SPACE // 2)
        for group in (
            _group(*(_button(action) for action in acts.tools.actions())),
            self._brush_options,
            self._wand_options,
            _group(_button(acts.undo), _button(acts.redo), _button(acts.invert), _button(acts.clear)),
            _group(self.amount, _button(acts.grow), _button(acts.shrink), _button(acts.feather)),
            _group(self.dust, _button(acts.load), _button(acts.save)),
            _group(_button(acts.show), self.look),
            _group(self.modes),
        ):
            layout.addWidget(group)

    def _dust_button(self) -> QToolButton:
        """Finds with a click; how faint is chosen in its menu."""
        button = _button(self._actions.find_dust)
        button.setPopupMode(QToolButton.ToolButtonPopupMode.MenuButtonPopup)
        button.setFixedSize(_BUTTON_PX + 14, _BUTTON_PX)
        menu = QMenu(self.tr("Sensitivity"), button)
        menu.addAction(_in_menu(menu, self.tr("Sensitivity"), self.sensitivity))
        button.setMenu(menu)
        return button

    def _look_button(self) -> QToolButton:
        button = QToolButton()
        button.setIcon(icon("look"))
        _shape(
            button, self.tr("Look of the mask"), self.tr("The color of the mask, and how much of the photo it covers")
        )
        menu = QMenu(self.tr("Look of the mask"), button)
        self._colors = dict[str, QAction]()
        for name, words in self._color_words().items():
            swatch = QPixmap(_SWATCH_PX, _SWATCH_PX)
            swatch.fill(QColor(COLORS[name]))
            self._colors[name] = menu.addAction(QIcon(swatch), words)
            self._colors[name].setIconVisibleInMenu(True)
            self._colors[name].triggered.connect(lambda _, name=name: self._options.set(MASK_COLOR, name))
        menu.addSeparator()
        menu.addAction(_in_menu(menu, self.tr("Opacity"), self.opacity))
        button.setMenu(menu)
        button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        return button

    def _modes_button(self) -> QToolButton:
        button = QToolButton()
        _shape(button, self.tr("Where the restoration counts"), "")
        menu = QMenu(button.accessibleName(), button)
        menu.addActions(self._actions.modes.actions())
        button.setMenu(menu)
        button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        return button

    def _show_mode(self) -> None:
        chosen = self._actions.modes.checkedAction()
        if chosen is not None:
            self.modes.setIcon(chosen.icon())
            self.modes.setToolTip(chosen.toolTip())
        self.modes.setEnabled(self._actions.modes.isEnabled())

    def _color_words(self) -> dict[str, str]:
        return {
            "red": self.tr("Red"),
            "orange": self.tr("Orange"),
            "yellow": self.tr("Yellow"),
            "green": self.tr("Green"),
            "cyan": self.tr("Cyan"),
            "blue": self.tr("Blue"),
            "magenta": self.tr("Magenta"),
            "white": self.tr("White"),
        }

    def _connect(self) -> None:
        options = self._options
        self.brush_size.valueChanged.connect(lambda value: options.set(BRUSH_SIZE, _size_at(value)))
        self.hardness.valueChanged.connect(lambda value: options.set(BRUSH_HARDNESS, value / 100))
        self.tolerance.valueChanged.connect(lambda value: options.set(WAND_TOLERANCE, value))
        self.sensitivity.valueChanged.connect(lambda value: options.set(DUST_SENSITIVITY, value))
        self.opacity.valueChanged.connect(lambda value: options.set(MASK_OPACITY, value))
        self.amount.valueChanged.connect(lambda value: options.set(MASK_AMOUNT, value))
        options.changed.connect(self._show)
        for action in (self._actions.brush, self._actions.wand):
            action.toggled.connect(self._show)
        for action in self._actions.modes.actions():
            action.changed.connect(self._show_mode)

    def _show(self) -> None:
        options, locale = self._options, QLocale()
        size = options.get(BRUSH_SIZE)
        for control, value in (
            (self.brush_size, _step_of(size)),
            (self.hardness, round(options.get(BRUSH_HARDNESS) * 100)),
            (self.tolerance, options.get(WAND_TOLERANCE)),
            (self.sensitivity, options.get(DUST_SENSITIVITY)),
            (self.opacity, options.get(MASK_OPACITY)),
            (self.amount, options.get(MASK_AMOUNT)),
        ):
            with QSignalBlocker(control):
                control.setValue(value)
        self._numbers[self.brush_size].setText(self.tr("%1 px").replace("%1", locale.toString(round(size))))
        self._numbers[self.hardness].setText(percent_words(options.get(BRUSH_HARDNESS)))
        self._numbers[self.tolerance].setText(locale.toString(options.get(WAND_TOLERANCE)))
        for name, action in self._colors.items():
            action.setText(
                f"✓ {self._color_words()[name]}" if name == options.get(MASK_COLOR) else self._color_words()[name]
            )
        self._brush_options.setVisible(self._actions.brush.isChecked())
        self._wand_options.setVisible(self._actions.wand.isChecked())


def _size_at(step: int) -> float:
    """Even steps of a slider are even shares of a brush's size."""
    return float(round(math.exp(step / _SIZE_STEPS * math.log(MAX_SIZE_PX))))


def _step_of(size_px: float) -> int:
    return round(math.log(size_px) / math.log(MAX_SIZE_PX) * _SIZE_STEPS)


def _slider(name: str, help_: str, maximum: int) -> QSlider:
    slider = QSlider(Qt.Orientation.Horizontal)
    slider.setRange(0, maximum)
    slider.setPageStep(maximum // 10)
    keep_page_keys(slider)
    slider.setFixedWidth(60)
    slider.setAccessibleName(name)
    slider.setToolTip(help_)
    return slider


def _group(*widgets: QWidget) -> QWidget:
    group = QWidget()
    layout = QHBoxLayout(group)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(2)
    for widget in widgets:
        if isinstance(widget, QLabel) and layout.count() and widget.minimumWidth() == 0:
            layout.addSpacing(SPACE)
        layout.addWidget(widget)
        if isinstance(widget, QLabel | QSpinBox):
            layout.addSpacing(SPACE // 2)
    return group


def _button(action: QAction) -> QToolButton:
    button = QToolButton()
    button.setDefaultAction(action)
    _shape(button, plain(action.text()), action.toolTip())
    return button


def _shape(button: QToolButton, name: str, help_: str) -> None:
    button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonIconOnly)
    button.setIconSize(QSize(_ICON_PX, _ICON_PX))
    button.setFixedSize(_BUTTON_PX, _BUTTON_PX)
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    button.setAccessibleName(name)
    button.setToolTip(help_)


def _in_menu(menu: QMenu, words: str, slider: QSlider) -> QWidgetAction:
    slider.setFixedWidth(120)
    row = QWidget()
    layout = QHBoxLayout(row)
    layout.setContentsMargins(int(1.5 * SPACE), SPACE, int(1.5 * SPACE), SPACE)
    layout.addWidget(label(words, role="muted"))
    layout.addWidget(slider)
    action = QWidgetAction(menu)
    action.setDefaultWidget(row)
    return action
