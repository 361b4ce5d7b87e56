"""One picture as pixels of the screen: only the part that is seen, drawn once and kept."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect
from PySide6.QtGui import QBrush, QColorSpace, QImage, QPainter, QPixmap

from rednet_gui.models.picture_view import View
from rednet_gui.models.viewport import Viewport
from rednet_gui.views.screen_profile import SRGB
from rednet_gui.views.theme import Color

_CHECKER_PX = 10


class Layer:
    """Draws a `View` and remembers the drawing while nothing moves.

    All lengths are device pixels.

    Attributes:
        view: what it draws.
    """

    def __init__(self, view: View) -> None:
        self.view = view
        self._profile = _profile_of(view)
        self._key: tuple[float, QRect, QColorSpace] | None = None
        self._drawing = QImage()

    def paint(self, painter: QPainter, part: QRect, viewport: Viewport, screen: QColorSpace = SRGB) -> None:
        """Draw a `part` of what is visible in the colours of a screen.

        A picture of another size is drawn as large as the viewport's.
        """
        origin, visible = QPoint(*viewport.origin), QRect(*viewport.visible)
        scale = viewport.scale * viewport.picture[0] / self.view.width
        window = visible.translated(-origin)
        if self._key != (scale, window, screen):
            self._drawing = self._draw(scale, window, screen)
            self._key = (scale, QRect(window), screen)
        if self.view.has_alpha:
            painter.setBrushOrigin(origin)
            painter.fillRect(part, _checker_brush())
        painter.drawImage(part, self._drawing, part.translated(-visible.topLeft()))

    def _draw(self, scale: float, window: QRect, screen: QColorSpace) -> QImage:
        pixels = self.view.render(
            scale, left=window.left(), top=window.top(), width=window.width(), height=window.height()
        )
        is_rgba = pixels.shape[2] == 4
        format_ = QImage.Format.Format_RGBA8888 if is_rgba else QImage.Format.Format_RGB888
        image = QImage(pixels.data, window.width(), window.height(), pixels.strides[0], format_)
        if self._profile != screen:
            image.setColorSpace(self._profile)
            image.convertToColorSpace(screen)
        # The copy owns its memory and has the format that painting is fastest with.
        painted = QImage.Format.Format_ARGB32_Premultiplied if is_rgba else QImage.Format.Format_RGB32
        return image.convertToFormat(painted)


def _profile_of(view: View) -> QColorSpace:
    """The profile to convert from; sRGB for what Qt cannot use."""
    if view.icc is None or view.channels != 3:
        return SRGB
    profile = QColorSpace.fromIccProfile(view.icc)
    return profile if profile.isValid() else SRGB


def _checker_brush() -> QBrush:
    tile = QPixmap(2 * _CHECKER_PX, 2 * _CHECKER_PX)
    tile.fill(Color.CHECKER_DARK.now)
    painter = QPainter(tile)
    for corner in (0, _CHECKER_PX):
        painter.fillRect(corner, corner, _CHECKER_PX, _CHECKER_PX, Color.CHECKER_LIGHT.now)
    painter.end()
    return QBrush(tile)
