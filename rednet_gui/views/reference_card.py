"""How near before and after are to the reference, in a corner of the canvas."""

from __future__ import annotations

import math

from PySide6.QtCore import QEvent, QLocale, QObject, Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLabel, QToolButton

from rednet_gui.models.reference import Reference
from rednet_gui.views.canvas import Canvas
from rednet_gui.views.theme import SPACE, Color, icon
from rednet_gui.views.widgets import label

_NAME_WIDTH = 180
_BUTTON_PX = 22
_COLUMN_WIDTH = 68


class ReferenceCard(QFrame):
    """A small table of PSNR and SSIM.

    Signals:
        dropped: the user wants no reference any more.

    Attributes:
        values: the numbers by row, PSNR first, each before and after.
        close_button: asks for that.
    """

    dropped = Signal()

    def __init__(self, reference: Reference, canvas: Canvas) -> None:
        super().__init__(canvas)
        self._reference, self._canvas = reference, canvas
        self.setObjectName("referenceCard")
        self.name = label(role="strong")
        self.values = [[_number(), _number()], [_number(), _number()]]
        self.close_button = QToolButton()
        self.close_button.setIcon(icon("close", Color.BRIGHT))
        self.close_button.setFixedSize(_BUTTON_PX, _BUTTON_PX)
        self.close_button.setAccessibleName(self.tr("Measure no longer"))
        self.close_button.setToolTip(self.tr("Take the reference away; no file is changed"))
        self.close_button.clicked.connect(self.dropped)
        self._lay_out()
        canvas.installEventFilter(self)
        reference.changed.connect(self._show)
        self._show()

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.addWidget(self.name, 1)
        top.addWidget(self.close_button)
        grid = QGridLayout(self)
        grid.setContentsMargins(int(1.5 * SPACE), SPACE, int(1.5 * SPACE), SPACE)
        grid.setHorizontalSpacing(SPACE)
        grid.setVerticalSpacing(SPACE // 4)
        grid.addLayout(top, 0, 0, 1, 3)
        for column, words in ((1, self.tr("Before")), (2, self.tr("After"))):
            head = label(words, role="muted")
            head.setAlignment(Qt.AlignmentFlag.AlignRight)
            grid.addWidget(head, 1, column)
            grid.setColumnMinimumWidth(column, _COLUMN_WIDTH)
        for row, (words, help_) in enumerate(
            (
                (self.tr("PSNR"), self.tr("How small the difference to the reference is: more is better")),
                (self.tr("SSIM"), self.tr("How alike the structure is: 1 is the same")),
            )
        ):
            grid.addWidget(label(words, role="muted"), row + 2, 0)
            for column, value in enumerate(self.values[row]):
                value.setToolTip(help_)
                grid.addWidget(value, row + 2, column + 1)

    def _show(self) -> None:
        reference = self._reference
        self.setVisible(reference.image is not None)
        metrics = self.name.fontMetrics()
        against = self.tr("Against %1").replace("%1", reference.name)
        self.name.setText(metrics.elidedText(against, Qt.TextElideMode.ElideMiddle, _NAME_WIDTH))
        self.name.setToolTip(reference.name)
        for column, score in enumerate((reference.scores.before, reference.scores.after)):
            unknown = "…" if reference.is_measuring else "–"
            words = (unknown, unknown) if score is None else (_decibels(score.psnr), _share(score.ssim))
            for row, word in enumerate(words):
                self.values[row][column].setText(word)
        (before, after), (first, second) = ([value.text() for value in row] for row in self.values)
        self.setAccessibleName(f"{against}: PSNR {before}, {after}; SSIM {first}, {second}")
        self._place()

    def _place(self) -> None:
        self.adjustSize()
        self.move(2 * SPACE, self._canvas.height() - self.height() - 2 * SPACE)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            self._place()
        return False


def _number() -> QLabel:
    made = label()
    made.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
    return made


def _decibels(psnr: float) -> str:
    return f"{'∞' if math.isinf(psnr) else QLocale().toString(psnr, 'f', 2)} dB"


def _share(ssim: float) -> str:
    return "–" if math.isnan(ssim) else QLocale().toString(ssim, "f", 4)
