"""The quality of the files that lose something when they are saved."""

from __future__ import annotations

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSpinBox, QWidget

from rednet_gui.models.output_file import quality_for
from rednet_gui.models.session import Session
from rednet_gui.settings import IS_AUTO_QUALITY, QUALITY, Settings
from rednet_gui.views.theme import SPACE
from rednet_gui.views.widgets import label, shape_number_box


class QualityControl(QWidget):
    """A number that follows the photo until it is changed.

    Signals:
        changed: the user wants another quality.

    Attributes:
        auto, number: whether it follows, and the quality.
    """

    changed = Signal()

    def __init__(self, session: Session, settings: Settings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session, self._settings = session, settings
        self.auto = QPushButton(self.tr("Auto"))
        self.auto.setCheckable(True)
        self.auto.setProperty("role", "toggle")
        self.auto.setAccessibleName(self.tr("Save at the photo's own quality"))
        self.auto.setToolTip(
            self.tr("Save as the photo was saved, but never so small that it shows; 95 for photos that are no JPEG")
        )
        self.number = QSpinBox()
        self.number.setRange(1, 100)
        shape_number_box(self.number)
        self.number.setAccessibleName(self.tr("Quality of JPEG and WebP files"))
        self.number.setToolTip(self.tr("Higher keeps more detail in larger files; PNG and TIFF always keep all"))
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(SPACE)
        layout.addWidget(label(self.tr("JPEG and WebP quality"), role="muted"))
        layout.addStretch(1)
        layout.addWidget(self.auto)
        layout.addWidget(self.number)
        self.auto.clicked.connect(self._on_auto_clicked)
        self.number.valueChanged.connect(self._on_number_changed)
        session.source_changed.connect(self._show)
        self._show()

    def _show(self) -> None:
        self.auto.setChecked(self._settings.get(IS_AUTO_QUALITY))
        with QSignalBlocker(self.number):
            self.number.setValue(quality_for(self._settings, self._session.source))

    def _on_auto_clicked(self, is_auto: bool) -> None:
        self._take(self.number.value(), is_auto=is_auto)

    def _on_number_changed(self, quality: int) -> None:
        self._take(quality, is_auto=False)

    def _take(self, quality: int, *, is_auto: bool) -> None:
        self._settings.set(QUALITY, quality)
        self._settings.set(IS_AUTO_QUALITY, is_auto)
        self._show()
        self.changed.emit()
