"""What the window shows before there is a picture."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QKeySequence, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from rednet_gui.views.theme import SPACE, Color
from rednet_gui.views.widgets import IconLabel, label

_FRAME_WIDTH, _FRAME_HEIGHT = 460, 300
_ICON_PX = 48


class EmptyHint(QWidget):
    """Says how to begin.

    Signals:
        open_requested: the button.
    """

    open_requested = Signal()

    def __init__(self, open_keys: QKeySequence, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._is_lit = False
        self.button = QPushButton(self.tr("Open a photo…"))
        self.button.setProperty("role", "primary")
        self.button.clicked.connect(self.open_requested)
        keys = open_keys.toString(QKeySequence.SequenceFormat.NativeText)
        invitation = self.tr("Drop a photo here, or press %1").replace("%1", keys)
        center = Qt.AlignmentFlag.AlignHCenter
        layout = QVBoxLayout(self)
        layout.setSpacing(0)
        layout.addStretch(1)
        layout.addWidget(IconLabel("photo", color=Color.FAINT, side=_ICON_PX), 0, center)
        layout.addSpacing(2 * SPACE)
        layout.addWidget(label(invitation, role="title"), 0, center)
        layout.addSpacing(SPACE)
        layout.addWidget(
            label(self.tr("JPEG, PNG, TIFF or WebP. It never leaves this computer."), role="muted"), 0, center
        )
        layout.addSpacing(3 * SPACE)
        layout.addWidget(self.button, 0, center)
        layout.addStretch(1)

    def set_lit(self, is_lit: bool) -> None:
        """Show that something is about to be dropped."""
        self._is_lit = is_lit
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), Color.CANVAS.now)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        frame = QRectF(0, 0, _FRAME_WIDTH, _FRAME_HEIGHT)
        frame.moveCenter(QRectF(self.rect()).center())
        pen = QPen((Color.FOCUS if self._is_lit else Color.LINE).now, 1.5)
        pen.setDashPattern([4, 4])
        painter.setPen(pen)
        painter.setBrush(Color.PANEL.now if self._is_lit else Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(frame, 12, 12)
