"""What the window shows before there is a picture."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QKeySequence, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from rednet_gui.views.samples import SampleRow
from rednet_gui.views.theme import SPACE, Color
from rednet_gui.views.widgets import IconLabel, label

_FRAME_WIDTH = 460
_ICON_PX = 48

_CENTER = Qt.AlignmentFlag.AlignHCenter


class EmptyHint(QWidget):
    """Says how to begin, and offers samples to begin with.

    Signals:
        open_requested: the button.
        sample_requested: the name of the task whose sample to open.

    Attributes:
        button: opens a photo.
        samples: small pictures of the samples.
    """

    open_requested = Signal()
    sample_requested = Signal(str)

    def __init__(self, open_keys: QKeySequence, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._is_lit = False
        self.button = QPushButton(self.tr("Open a photo…"))
        self.button.setProperty("role", "primary")
        self.button.clicked.connect(self.open_requested)
        keys = open_keys.toString(QKeySequence.SequenceFormat.NativeText)
        self.button.setToolTip(self.tr("Choose a photo to repair; its file is never changed (%1)").replace("%1", keys))
        self.samples = SampleRow()
        self.samples.sample_requested.connect(self.sample_requested)
        self._invitation = self._make_invitation(keys)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(2 * SPACE, SPACE, 2 * SPACE, SPACE)
        layout.setSpacing(0)
        layout.addStretch(3)
        layout.addWidget(self._invitation, 0, _CENTER)
        layout.addSpacing(2 * SPACE)
        layout.addLayout(self._make_steps())
        layout.addStretch(2)
        layout.addWidget(label(self.tr("No photo at hand? Try a sample."), role="muted"), 0, _CENTER)
        layout.addSpacing(int(1.5 * SPACE))
        samples = QHBoxLayout()
        samples.addStretch(1)
        samples.addWidget(self.samples, 100)
        samples.addStretch(1)
        layout.addLayout(samples)
        layout.addStretch(3)

    def set_lit(self, is_lit: bool) -> None:
        """Show that something is about to be dropped."""
        self._is_lit = is_lit
        self.update()

    def _make_invitation(self, keys: str) -> QWidget:
        made = QWidget()
        made.setFixedWidth(_FRAME_WIDTH)
        layout = QVBoxLayout(made)
        layout.setContentsMargins(2 * SPACE, 3 * SPACE, 2 * SPACE, 3 * SPACE)
        layout.setSpacing(0)
        layout.addWidget(IconLabel("photo", color=Color.FAINT, side=_ICON_PX), 0, _CENTER)
        layout.addSpacing(int(1.5 * SPACE))
        layout.addWidget(label(self.tr("Drop a photo here, or press %1").replace("%1", keys), role="title"), 0, _CENTER)
        layout.addSpacing(SPACE)
        for words in (
            self.tr("JPEG, PNG, TIFF, WebP, AVIF, HEIC, GIF or camera raw."),
            self.tr("It never leaves this computer."),
        ):
            line = label(words, role="muted", is_wrapped=True)
            line.setAlignment(_CENTER)
            layout.addWidget(line)
        layout.addSpacing(int(2.5 * SPACE))
        layout.addWidget(self.button, 0, _CENTER)
        return made

    def _make_steps(self) -> QHBoxLayout:
        """What comes after that."""
        layout = QHBoxLayout()
        layout.setSpacing(3 * SPACE)
        layout.addStretch(1)
        for number, words in enumerate(
            (self.tr("Open a photo"), self.tr("Choose what to repair"), self.tr("Compare and save")), start=1
        ):
            step: QLabel = label(self.tr("%1. %2").replace("%1", str(number)).replace("%2", words), role="muted")
            layout.addWidget(step)
        layout.addStretch(1)
        return layout

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), Color.CANVAS.now)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        pen = QPen((Color.FOCUS if self._is_lit else Color.RING).now, 1.5)
        pen.setDashPattern([4, 4])
        painter.setPen(pen)
        painter.setBrush(Color.PANEL.now if self._is_lit else Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(QRectF(self._invitation.geometry()), 12, 12)
