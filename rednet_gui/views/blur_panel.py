"""The controls that shape the blur: its kind, its numbers, and the kernel itself."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QLocale, QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QDoubleSpinBox,
    QGridLayout,
    QHBoxLayout,
    QPushButton,
    QSlider,
    QVBoxLayout,
    QWidget,
)

from rednet_gui.models.blur import LIMITS, BlurKind, Range
from rednet_gui.models.samples import folder_for_result
from rednet_gui.models.session import Activity, Session
from rednet_gui.views.kernel_dialogs import KernelSaveDialog, kernel_open_dialog
from rednet_gui.views.kernel_view import KernelView
from rednet_gui.views.theme import SPACE
from rednet_gui.views.widgets import keep_page_keys, label, shape_number_box

_NAME_WIDTH = 74
_STEPS = 400
_NUMBERS = {
    BlurKind.DISK: ("radius",),
    BlurKind.GAUSSIAN: ("sigma",),
    BlurKind.MOTION: ("length", "angle"),
}
DRAWN_KINDS = (BlurKind.MOTION, BlurKind.PATH, BlurKind.LIGHT)


class BlurPanel(QWidget):
    """Shows the session's blur while the task undoes one.

    Signals:
        kind_requested: a `BlurKind`.
        numbers_requested: new values by their names in `BlurNumbers`.
        center_requested, start_over_requested: the buttons.
        load_requested, save_requested: the path of a kernel.

    Attributes:
        numbers: the sliders with their boxes, named as in `BlurNumbers`.
        kinds, draw, kernel, center, start_over, load, save: the controls.
    """

    kind_requested = Signal(object)
    numbers_requested = Signal(dict)
    center_requested = Signal()
    start_over_requested = Signal()
    load_requested = Signal(Path)
    save_requested = Signal(Path)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._blur = session.blur
        self.kinds = QComboBox()
        for kind, words in self._kind_words().items():
            self.kinds.addItem(words, kind)
        self.kinds.setAccessibleName(self.tr("Kind of blur"))
        self.kinds.setToolTip(self.tr("How the photo was blurred; deblurring undoes this"))
        self.numbers = dict[str, _Number]()
        self._make_numbers()
        self.draw = QPushButton(self.tr("Draw on the photo"))
        self.draw.setCheckable(True)
        self.draw.setProperty("role", "toggle")
        self.draw.setToolTip(self.tr("Show the blur on the photo with the mouse"))
        self.hint = label(role="muted", is_wrapped=True)
        self.kernel = KernelView(self._blur)
        self.facts = label(role="muted", is_wrapped=True)
        self.center = _button(
            self.tr("Center"), self.tr("Move the blur's weight into the middle, so that nothing shifts")
        )
        self.start_over = _button(self.tr("Start over"), self.tr("Take back what was painted on the blur"))
        self.load = _button(self.tr("Load…"), self.tr("Take the blur from a picture or a .npy file"))
        self.save = _button(self.tr("Save…"), self.tr("Keep the blur as a picture or a .npy file"))
        self._lay_out()
        self._connect()
        self._show()

    def _make_numbers(self) -> None:
        pixels = self.tr(" px")
        for name, words, help_, unit in (
            ("radius", self.tr("Radius"), self.tr("How large the disc is that a point became"), pixels),
            ("sigma", self.tr("Softness"), self.tr("How wide the haze is that a point became"), pixels),
            ("length", self.tr("Length"), self.tr("How far a point moved"), pixels),
            ("angle", self.tr("Angle"), self.tr("In which direction it moved"), self.tr("°")),
        ):
            self.numbers[name] = _Number(words, help_, LIMITS[name], unit)

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.addWidget(label(self.tr("Blur"), role="section"), 1)
        top.addWidget(self.kinds)
        rows = QGridLayout()
        rows.setHorizontalSpacing(SPACE)
        rows.setVerticalSpacing(SPACE // 2)
        rows.setColumnStretch(1, 1)
        for row, number in enumerate(self.numbers.values()):
            number.name.setFixedWidth(_NAME_WIDTH)
            for column, part in enumerate((number.name, number, number.box)):
                rows.addWidget(part, row, column)
        side = QVBoxLayout()
        side.setSpacing(SPACE // 2)
        side.addWidget(self.facts)
        side.addStretch(1)
        for button in (self.center, self.start_over, self.load, self.save):
            side.addWidget(button)
        bottom = QHBoxLayout()
        bottom.setSpacing(int(1.5 * SPACE))
        bottom.addWidget(self.kernel, 0, Qt.AlignmentFlag.AlignTop)
        bottom.addLayout(side, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 2 * SPACE, 0, 0)
        layout.setSpacing(SPACE)
        layout.addLayout(top)
        layout.addLayout(rows)
        layout.addWidget(self.hint)
        layout.addWidget(self.draw)
        layout.addLayout(bottom)

    def _connect(self) -> None:
        # Qt gives back a plain text.
        self.kinds.activated.connect(lambda index: self.kind_requested.emit(BlurKind(self.kinds.itemData(index))))
        for name, number in self.numbers.items():
            number.asked.connect(lambda value, name=name: self.numbers_requested.emit({name: value}))
        self.center.clicked.connect(self.center_requested)
        self.start_over.clicked.connect(self.start_over_requested)
        self.load.clicked.connect(self._ask_load)
        self.save.clicked.connect(self._ask_save)
        session = self._session
        self._blur.changed.connect(self._show)
        for signal in (session.task_changed, session.activity_changed, session.source_changed, session.preview_changed):
            signal.connect(self._show)

    def _show(self) -> None:
        session, blur = self._session, self._blur
        self.setVisible(session.task.needs_kernel)
        self.setEnabled(session.can_choose)
        self.kinds.setCurrentIndex(self.kinds.findData(blur.kind))
        for name, number in self.numbers.items():
            number.set_shown(name in _NUMBERS.get(blur.kind, ()))
            number.show_value(getattr(blur.numbers, name))
        self.draw.setVisible(blur.kind in DRAWN_KINDS)
        self.draw.setEnabled(session.source is not None)
        self.hint.setText(self._hint())
        kernel = blur.kernel
        for button in (self.center, self.save):
            button.setEnabled(kernel is not None)
        self.start_over.setEnabled(blur.is_edited)
        locale = QLocale()
        sides = ("–", "–") if kernel is None else tuple(locale.toString(side) for side in kernel.shape[::-1])
        self.facts.setText(self.tr("%1 × %2 px").replace("%1", sides[0]).replace("%2", sides[1]))

    def _hint(self) -> str:
        if self._session.preview is not None and self._session.activity is Activity.IDLE:
            return self.tr("This is a preview of the middle of what is in sight. Restore works on the whole photo.")
        return {
            BlurKind.DISK: self.tr("Out of focus: every point became a disc."),
            BlurKind.GAUSSIAN: self.tr("Soft: every point became a round haze."),
            BlurKind.MOTION: self.tr("Draw an arrow along a smear, from one end to the other."),
            BlurKind.PATH: self.tr("Draw how a point moved while the shutter was open."),
            BlurKind.LIGHT: self.tr("Click on a small bright light, or draw a frame around it."),
            BlurKind.FILE: self.tr("Load a picture of the blur, a bright trace on black, or a .npy file."),
        }[self._blur.kind]

    def _kind_words(self) -> dict[BlurKind, str]:
        return {
            BlurKind.DISK: self.tr("Out of focus"),
            BlurKind.GAUSSIAN: self.tr("Soft"),
            BlurKind.MOTION: self.tr("Straight motion"),
            BlurKind.PATH: self.tr("Drawn motion"),
            BlurKind.LIGHT: self.tr("From a light"),
            BlurKind.FILE: self.tr("From a file"),
        }

    def _folder(self) -> Path:
        source = self._session.source
        return folder_for_result(None if source is None else source.path)

    def _ask_load(self) -> None:
        dialog = kernel_open_dialog(self.window(), self._folder())
        dialog.fileSelected.connect(lambda name: self.load_requested.emit(Path(name)))
        dialog.open()

    def _ask_save(self) -> None:
        dialog = KernelSaveDialog(self.window(), self._folder())
        dialog.fileSelected.connect(lambda name: self.save_requested.emit(Path(name)))
        dialog.open()


class _Number(QSlider):
    """A slider, finer where the numbers are small, with its name and its number.

    Signals:
        asked: the number that was chosen.
    """

    asked = Signal(float)

    def __init__(self, name: str, help_: str, limits: Range, unit: str) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self._limits = limits
        self._power = 1 if limits[0] < 0 else 3
        self.name = label(name)
        self.setRange(0, _STEPS)
        self.setPageStep(_STEPS // 20)
        keep_page_keys(self)
        self.box = QDoubleSpinBox()
        shape_number_box(self.box)
        self.box.setDecimals(1)
        self.box.setRange(*limits)
        self.box.setSingleStep(0.1 if self._power > 1 else 1)
        self.box.setSuffix(unit)
        self.box.setKeyboardTracking(False)
        self.name.setBuddy(self.box)
        for control in (self, self.box):
            control.setAccessibleName(name)
            control.setAccessibleDescription(help_)
            control.setToolTip(help_)
        self.valueChanged.connect(self._on_slider_changed)
        self.box.valueChanged.connect(self.asked)

    def show_value(self, value: float) -> None:
        """Stand there, without asking for it."""
        low, high = self._limits
        part = max(0.0, (value - low) / (high - low)) ** (1 / self._power)
        with QSignalBlocker(self), QSignalBlocker(self.box):
            self.setValue(round(part * _STEPS))
            self.box.setValue(value)

    def set_shown(self, is_shown: bool) -> None:
        """Show the slider with its name and its number, or hide them."""
        for widget in (self.name, self, self.box):
            widget.setVisible(is_shown)

    def _on_slider_changed(self, step: int) -> None:
        low, high = self._limits
        self.asked.emit(round(low + (high - low) * (step / _STEPS) ** self._power, 2))


def _button(words: str, help_: str) -> QPushButton:
    button = QPushButton(words)
    button.setProperty("role", "small")
    button.setToolTip(help_)
    return button
