"""Ways to open the sample photos: small pictures of them, and a menu."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QImage, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QMenu, QPushButton, QSizePolicy, QWidget

from rednet_gui import assets
from rednet_gui.models.samples import SAMPLES, Sample
from rednet_gui.text import task_text
from rednet_gui.views.theme import SPACE, Color, current_look

_PICTURE = QSize(144, 96)
_NARROWEST = 76
_DETAIL_WIDTH = 210  # pixels of the photo; few, so that the damage can be seen
_WORDS_HEIGHT = 40
_GAP = 12
_CORNER = 6

translate = QCoreApplication.translate


def _invitation(task: str) -> str:
    """What happens when the sample of a task is opened."""
    return {
        "denoise": translate("samples", "Opens a grainy photo, to see how grain goes and detail stays"),
        "camera_noise": translate("samples", "Opens a photo that was taken in the dark, to see its noise go"),
        "super_resolution": translate("samples", "Opens a small photo, to see it enlarged"),
        "deblock": translate("samples", "Opens a photo that was saved too small as a JPEG, to see the blocks go"),
        "deblur": translate("samples", "Opens a photo that is out of focus, to see it sharpened"),
        "inpaint": translate("samples", "Opens a scratched photo, to see the scratches filled"),
    }[task]


class SampleRow(QWidget):
    """One small picture per task, side by side.

    Signals:
        sample_requested: the name of the task whose sample to open.

    Attributes:
        buttons: from left to right.
    """

    sample_requested = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.buttons = [SampleButton(sample) for sample in SAMPLES]
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(_GAP)
        self.setMaximumWidth(len(SAMPLES) * (_PICTURE.width() + _GAP) - _GAP)
        for button in self.buttons:
            button.clicked.connect(lambda _=False, task=button.task: self.sample_requested.emit(task))
            layout.addWidget(button)


class SampleButton(QPushButton):
    """A part of a sample photo, large enough to see what is wrong with it, over the name of the task.

    Attributes:
        task: its name.
    """

    def __init__(self, sample: Sample, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.task = sample.task
        self._sample = sample
        self._picture: QImage | None = None
        self.setText(task_text(sample.task).title)
        self.setAccessibleName(self.text())
        self.setToolTip(_invitation(sample.task))
        self.setAccessibleDescription(self.toolTip())
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setMinimumSize(_NARROWEST, _PICTURE.height() + _WORDS_HEIGHT)
        self.setMaximumSize(_PICTURE + QSize(0, _WORDS_HEIGHT))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def _detail(self) -> QImage:
        if self._picture is None:  # only when it is seen, so never while the program starts with photos
            photo = assets.sample_picture(self._sample.file)
            width = min(_DETAIL_WIDTH, photo.width())
            part = QRect(0, 0, width, width * _PICTURE.height() // _PICTURE.width())
            x, y = self._sample.detail
            part.moveCenter(QRect(0, 0, round(2 * x * photo.width()), round(2 * y * photo.height())).center())
            self._picture = photo.copy(part.intersected(photo.rect()))
        return self._picture

    def sizeHint(self) -> QSize:
        return _PICTURE + QSize(0, _WORDS_HEIGHT)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        frame = QRectF(0, 0, self.width(), _PICTURE.height()).adjusted(2, 2, -2, -2)
        outline = QPainterPath()
        outline.addRoundedRect(frame, _CORNER, _CORNER)
        painter.save()
        painter.setClipPath(outline)
        painter.drawImage(frame, self._detail(), _covering(self._detail().rect(), frame))
        painter.restore()
        self._paint_outline(painter, outline)
        painter.setPen(Color.TEXT.now)
        font = painter.font()
        font.setPixelSize(12)
        painter.setFont(font)
        words = QRectF(0, _PICTURE.height() + SPACE // 2, self.width(), _WORDS_HEIGHT - SPACE // 2)
        flags = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop
        painter.drawText(words, flags | Qt.TextFlag.TextWordWrap, self.text())

    def _paint_outline(self, painter: QPainter, outline: QPainterPath) -> None:
        painter.setBrush(Qt.BrushStyle.NoBrush)
        if self.hasFocus():
            painter.setPen(QPen(Color.FOCUS.now, 1 + current_look().focus_px))
        elif self.underMouse():
            painter.setPen(QPen(Color.RING.now, 2))
        else:
            painter.setPen(QPen(Color.BORDER.now, 1))
        painter.drawPath(outline)


class SampleMenu(QMenu):
    """The same as a menu.

    Signals:
        sample_requested: the name of the task whose sample to open.
    """

    sample_requested = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setTitle(self.tr("Open a sa&mple"))
        for sample in SAMPLES:
            self.addAction(task_text(sample.task).title).setData(sample.task)
        self.triggered.connect(lambda action: self.sample_requested.emit(action.data()))


def _covering(picture: QRect, frame: QRectF) -> QRectF:
    """The middle part of a picture that has the shape of a frame."""
    size = frame.size().scaled(QRectF(picture).size(), Qt.AspectRatioMode.KeepAspectRatio)
    part = QRectF(0, 0, size.width(), size.height())
    part.moveCenter(QRectF(picture).center())
    return part
