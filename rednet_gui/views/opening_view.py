"""A large picture while it is being opened."""

from __future__ import annotations

from PySide6.QtCore import QRect
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QStackedWidget, QWidget

from rednet_gui.models.picture_view import PictureView
from rednet_gui.models.session import Session
from rednet_gui.models.viewport import Viewport
from rednet_gui.views.layer import Layer
from rednet_gui.views.screen_profile import screen_profile
from rednet_gui.views.theme import Color


class OpeningView(QWidget):
    """Shows what is read so far, where the canvas shows the picture a moment later; takes its place on the stage."""

    def __init__(self, session: Session, stage: QStackedWidget) -> None:
        super().__init__()
        self._session, self._stage = session, stage
        self._former: QWidget | None = None
        self.setAccessibleName(self.tr("Photo, being opened"))
        stage.addWidget(self)
        session.sketch_changed.connect(self._show_sketch)

    def _show_sketch(self) -> None:
        current = self._stage.currentWidget()
        if self._session.sketch is None:
            if current is self and self._former is not None:  # else the canvas has the picture already
                self._stage.setCurrentWidget(self._former)
        elif current is not self:
            self._former = current
            self._stage.setCurrentWidget(self)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, ratio, sketch = QPainter(self), self.devicePixelRatioF(), self._session.sketch
        painter.fillRect(self.rect(), Color.CANVAS.now)
        if sketch is None:
            return
        window = (round(self.width() * ratio), round(self.height() * ratio))
        viewport = Viewport.fitting((sketch.width, sketch.height), window)
        painter.scale(1 / ratio, 1 / ratio)  # pictures are drawn in device pixels
        layer = Layer(PictureView.of(sketch.pixels, icc=sketch.icc))
        layer.paint(painter, QRect(*viewport.visible), viewport, screen_profile(self.screen()))
