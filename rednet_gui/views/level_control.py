"""How strong the task works: a slider, a number and Auto."""

from __future__ import annotations

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QDoubleSpinBox, QHBoxLayout, QPushButton, QSlider, QVBoxLayout, QWidget

from rednet_gui.models.session import Session
from rednet_gui.text import level_number, task_text
from rednet_gui.views.theme import SPACE
from rednet_gui.views.widgets import keep_page_keys, label, shape_number_box

_STEPS_PER_UNIT = 10
_QUALITY = "quality"
_WHOLE_UNITS = (_QUALITY,)


class LevelControl(QWidget):
    """Shows the session's level and asks for another.

    Signals:
        level_requested: a level, in the task's unit.
        auto_requested: whether the level shall follow the estimate.
    """

    level_requested = Signal(float)
    auto_requested = Signal(bool)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.title = label(role="section")
        self.auto = QPushButton(self.tr("Auto"))
        self.auto.setCheckable(True)
        self.auto.setProperty("role", "toggle")
        self.auto.setToolTip(self.tr("Take the value that is estimated from the photo"))
        self.slider = QSlider(Qt.Orientation.Horizontal)
        keep_page_keys(self.slider)
        self.number = QDoubleSpinBox()
        shape_number_box(self.number)
        self.number.setKeyboardTracking(False)
        self.hint = label(role="muted", is_wrapped=True)
        self.apply = QPushButton(self.tr("Apply"))
        self.apply.setProperty("role", "toggle")
        self.apply.setToolTip(self.tr("Use the estimated value"))
        self._lay_out()
        self.slider.valueChanged.connect(self._on_slider_changed)
        self.number.valueChanged.connect(self._on_number_changed)
        self.auto.clicked.connect(self.auto_requested)
        self.apply.clicked.connect(self._on_apply_clicked)
        session.task_changed.connect(self._show_task)
        session.level_changed.connect(self._show_level)
        session.source_changed.connect(self._show_level)
        self._show_task()

    def strengthen(self) -> None:
        """Ask for a level at which the task does one step more."""
        self._step(is_more=True)

    def weaken(self) -> None:
        """Ask for a level at which the task does one step less."""
        self._step(is_more=False)

    def _step(self, *, is_more: bool) -> None:
        is_up = is_more != (self._session.task.levels.unit == _QUALITY)  # the worse a photo, the more is done to it
        actions = QSlider.SliderAction
        self.slider.triggerAction(actions.SliderSingleStepAdd if is_up else actions.SliderSingleStepSub)

    def take_typed(self) -> None:
        """Ask for the number as it stands in its box, finished with Enter or not."""
        self.number.interpretText()

    def add_button(self, button: QWidget) -> None:
        """Put a button of another part of the window beside Auto."""
        self._top.insertWidget(1, button)
        QWidget.setTabOrder(self.auto, button)

    def _lay_out(self) -> None:
        top = self._top = QHBoxLayout()
        top.addWidget(self.title, 1)
        top.addWidget(self.auto)
        middle = QHBoxLayout()
        middle.setSpacing(int(1.5 * SPACE))
        middle.addWidget(self.slider, 1)
        middle.addWidget(self.number)
        bottom = QHBoxLayout()
        bottom.setSpacing(SPACE)
        bottom.addWidget(self.hint, 1)
        bottom.addWidget(self.apply)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(SPACE)
        layout.addLayout(top)
        layout.addLayout(middle)
        layout.addLayout(bottom)

    def _show_task(self) -> None:
        levels, words = self._session.task.levels, task_text(self._session.task.name)
        self.setVisible(bool(words.level_title))
        self.title.setText(words.level_title)
        for control in (self.slider, self.number):
            control.setAccessibleName(words.level_title)
            control.setToolTip(words.level_help)
        with QSignalBlocker(self.slider), QSignalBlocker(self.number):
            self.number.setDecimals(0 if self._steps_per_unit == 1 else 1)
            self.number.setRange(levels.minimum, levels.maximum)
            self.slider.setRange(self._to_slider(levels.minimum), self._to_slider(levels.maximum))
            self.slider.setSingleStep(self._steps_per_unit)
            length = self.slider.maximum() - self.slider.minimum()
            self.slider.setPageStep(min(5 * self._steps_per_unit, length // 3))
        self._show_level()

    def _show_level(self) -> None:
        level = self._session.level
        with QSignalBlocker(self.slider), QSignalBlocker(self.number):
            self.slider.setValue(self._to_slider(level))
            self.number.setValue(level)
        self.auto.setVisible(self._session.task.can_estimate)
        self.auto.setChecked(self._session.is_auto)
        self.hint.setText(self._hint())
        estimate = self._session.estimate
        self.apply.setVisible(estimate is not None and f"{estimate:.1f}" != f"{level:.1f}")

    def _hint(self) -> str:
        words = task_text(self._session.task.name)
        if not self._session.task.can_estimate:
            return words.level_help
        if self._session.source is None:
            return self.tr("Auto estimates this from your photo.")
        if self._session.estimate is not None:
            if not self._has_traces:
                return self.tr("No traces of a small JPEG file were found. If you see blocks, choose a lower quality.")
            return words.estimate.replace("%1", level_number(self._session.task.name, self._session.estimate))
        if self._session.is_estimating:
            return self.tr("Estimating…")
        return self.tr("No estimate; choose the value yourself.")

    @property
    def _has_traces(self) -> bool:
        """Whether the estimate tells more than that nothing was found."""
        session, levels = self._session, self._session.task.levels
        is_told = session.source is not None and session.source.image.metadata.jpeg_quality is not None
        return levels.unit != _QUALITY or is_told or session.estimate != levels.maximum

    @property
    def _steps_per_unit(self) -> int:
        return 1 if self._session.task.levels.unit in _WHOLE_UNITS else _STEPS_PER_UNIT

    def _to_slider(self, level: float) -> int:
        return round(level * self._steps_per_unit)

    def _on_slider_changed(self, value: int) -> None:
        self.level_requested.emit(value / self._steps_per_unit)

    def _on_apply_clicked(self) -> None:
        if self._session.estimate is not None:
            self.level_requested.emit(self._session.estimate)

    def _on_number_changed(self, value: float) -> None:
        self.level_requested.emit(value)
