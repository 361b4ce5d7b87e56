"""How large an enlarged photo becomes, said and chosen."""

from __future__ import annotations

from PySide6.QtCore import QLocale, QSignalBlocker, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSpinBox, QVBoxLayout, QWidget

from rednet_gui.models.output_size import OutputSize
from rednet_gui.models.session import Session
from rednet_gui.views.theme import SPACE
from rednet_gui.views.widgets import label, shape_number_box

_FACTORS = (2, 3, 4)
_SIDE_WIDTH = 84


class SizePanel(QWidget):
    """Shown for tasks that change the size.

    Signals:
        level_requested: how many times larger each side shall become.

    Attributes:
        factors: one button for each whole factor.
        width_box, height_box: the size in pixels; one follows the other.
        facts: what becomes of it.
    """

    level_requested = Signal(float)

    def __init__(self, session: Session, size: OutputSize, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session, self._size = session, size
        self.factors = [self._factor_button(factor) for factor in _FACTORS]
        self.width_box = self._side_box(self.tr("Width"), self.tr("How many pixels wide the enlarged photo becomes"))
        self.height_box = self._side_box(self.tr("Height"), self.tr("How many pixels high the enlarged photo becomes"))
        self.facts = label(role="muted", is_wrapped=True)
        self._lay_out()
        self.width_box.valueChanged.connect(lambda value: self._ask(value, 0))
        self.height_box.valueChanged.connect(lambda value: self._ask(value, 1))
        for signal in (session.source_changed, session.task_changed, session.level_changed, session.activity_changed):
            signal.connect(self._show)
        size.changed.connect(self._show)
        self._show()

    def _factor_button(self, factor: int) -> QPushButton:
        button = QPushButton(self.tr("%1×").replace("%1", str(factor)))
        button.setCheckable(True)
        button.setProperty("role", "toggle")
        words = self.tr("Make each side %1 times as long").replace("%1", str(factor))
        button.setToolTip(words)
        button.setAccessibleName(words)
        button.clicked.connect(lambda: self.level_requested.emit(float(factor)))
        button.clicked.connect(self._show)  # a second click leaves it checked
        return button

    def _side_box(self, name: str, help_: str) -> QSpinBox:
        box = QSpinBox()
        shape_number_box(box)
        box.setFixedWidth(_SIDE_WIDTH)
        box.setKeyboardTracking(False)
        box.setGroupSeparatorShown(True)
        box.setAccessibleName(name)
        box.setToolTip(help_)
        return box

    def _lay_out(self) -> None:
        buttons = QHBoxLayout()
        buttons.setSpacing(SPACE)
        for button in self.factors:
            buttons.addWidget(button, 1)
        sides = QHBoxLayout()
        sides.setSpacing(SPACE)
        sides.addWidget(self.width_box)
        sides.addWidget(label("×", role="muted"))
        sides.addWidget(self.height_box)
        sides.addWidget(label(self.tr("pixels"), role="muted"))
        sides.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, int(1.5 * SPACE), 0, 0)
        layout.setSpacing(SPACE)
        layout.addLayout(buttons)
        layout.addLayout(sides)
        layout.addWidget(self.facts)

    def _ask(self, length: int, axis: int) -> None:
        source = self._session.source
        if source is not None:
            self.level_requested.emit(length / (source.view.width, source.view.height)[axis])

    def _show(self) -> None:
        session, source = self._session, self._session.source
        self.setVisible(self._size.is_meant)
        self.setEnabled(session.can_choose)
        for factor, button in zip(_FACTORS, self.factors, strict=True):
            button.setChecked(session.level == factor)
        levels, pixels = session.task.levels, self._size.pixels
        lengths = (0, 0) if source is None else (source.view.width, source.view.height)
        for box, length, value in zip((self.width_box, self.height_box), lengths, pixels or (0, 0), strict=True):
            box.setEnabled(source is not None)
            with QSignalBlocker(box):
                box.setRange(round(length * levels.minimum), round(length * levels.maximum))
                box.setValue(value)
        self.facts.setText(self._facts())

    def _facts(self) -> str:
        pixels, size, locale = self._size.pixels, self._size, QLocale()
        if pixels is None:
            return self.tr("Open a photo to see how large it becomes.")
        width, height = (locale.toString(length) for length in pixels)
        megapixels = locale.toString(pixels[0] * pixels[1] / 1e6, "f", 1)
        words = self.tr("%1 × %2 pixels, %3 MP").replace("%1", width).replace("%2", height).replace("%3", megapixels)
        if size.problem:
            return f"{words}\n" + self.tr("As %1: %2.").replace("%1", self._type()).replace("%2", size.problem)
        if size.file_bytes is None:
            return f"{words}\n" + self.tr("Estimating the file…")
        about = self.tr("About %1 as %2")
        amount = locale.formattedDataSize(size.file_bytes, 1)
        return f"{words}\n" + about.replace("%1", amount).replace("%2", self._type())

    def _type(self) -> str:
        return self._size.suffix.lstrip(".").upper()
