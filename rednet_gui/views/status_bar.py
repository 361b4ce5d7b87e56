"""Facts about the picture and the last run."""

from __future__ import annotations

from PySide6.QtCore import QLocale
from PySide6.QtGui import QColorSpace
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from rednet_gui.models.session import Activity, Result, Session, Source
from rednet_gui.plan_text import describe_plan
from rednet_gui.text import level_number, task_text
from rednet_gui.views.theme import SPACE
from rednet_gui.views.widgets import ElidedLabel, label

_HEIGHT = 28
_LEAST_MEGAPIXELS = 0.05


class StatusBar(QFrame):
    """Size, bit depth, profile and JPEG quality on the left; the last run, or what one will take, on the right."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("statusBar")
        self.setFixedHeight(_HEIGHT)
        self._session = session
        self.size_fact, self.depth_fact, self.profile_fact, self.quality_fact = (label() for _ in range(4))
        self.level_fact, self.device_fact, self.timing_fact = label(), label(), label()
        layout = QHBoxLayout(self)
        layout.setContentsMargins(int(1.5 * SPACE), 0, int(1.5 * SPACE), 0)
        layout.setSpacing(3 * SPACE)
        for fact in (self.size_fact, self.depth_fact, self.profile_fact, self.quality_fact):
            layout.addWidget(fact)
        self.plan_fact = ElidedLabel(role="muted")
        layout.addWidget(self.plan_fact, 1)
        for fact in (self.level_fact, self.device_fact, self.timing_fact):
            layout.addWidget(fact)
        session.source_changed.connect(self._show)
        session.result_changed.connect(self._show)
        session.activity_changed.connect(self._show)
        session.plan.changed.connect(self._show)
        self._show()

    def _show(self) -> None:
        source, result = self._session.source, self._session.result
        is_shown = source is not None and self._session.activity is not Activity.OPENING
        if source is None or not is_shown:
            is_opening = self._session.activity is Activity.OPENING
            self.size_fact.setText(self.tr("Opening…") if is_opening else self.tr("No photo"))
        else:
            self.size_fact.setText(self._size_words(source))
            self.depth_fact.setText(self.tr("%n-bit", "", source.image.pixels.dtype.itemsize * 8))
            self.profile_fact.setText(self._profile_words(source.image.metadata.icc))
            self.quality_fact.setText(self._quality_words(source.image.metadata.jpeg_quality))
        self.depth_fact.setVisible(is_shown)
        self.profile_fact.setVisible(is_shown)
        self.quality_fact.setVisible(is_shown)
        plan = self._session.plan.plan
        self.plan_fact.setText(describe_plan(plan) if plan is not None and is_shown and result is None else "")
        self.level_fact.setText("" if result is None else self._level_words(result))
        self.device_fact.setText("" if result is None else self._device_words(result.device))
        self.device_fact.setToolTip("" if result is None else f"{result.device.upper()}, {result.precision}")
        self.timing_fact.setText("" if result is None else self._timing_words(result.seconds))
        for fact in (self.level_fact, self.device_fact, self.timing_fact):
            fact.setVisible(bool(fact.text()))

    def _size_words(self, source: Source) -> str:
        locale, view = QLocale(), source.view
        megapixels = view.width * view.height / 1e6
        words = self.tr("%1 × %2 pixels") if megapixels < _LEAST_MEGAPIXELS else self.tr("%1 × %2 pixels, %3 MP")
        words = words.replace("%1", locale.toString(view.width)).replace("%2", locale.toString(view.height))
        return words.replace("%3", locale.toString(megapixels, "f", 1))

    def _device_words(self, device: str) -> str:
        return self.tr("Processor") if device == "cpu" else self.tr("Graphics card")

    def _profile_words(self, icc: bytes | None) -> str:
        if icc is None:
            return self.tr("No color profile")
        return QColorSpace.fromIccProfile(icc).description() or self.tr("Color profile")

    def _quality_words(self, quality: int | None) -> str:
        return "" if quality is None else self.tr("JPEG quality %1").replace("%1", QLocale().toString(quality))

    def _level_words(self, result: Result) -> str:
        title = task_text(result.task).level_title
        return f"{title}: {level_number(result.task, result.level)}" if title else ""

    def _timing_words(self, seconds: float) -> str:
        return self.tr("Restored in %1 s").replace("%1", QLocale().toString(seconds, "f", 1))
