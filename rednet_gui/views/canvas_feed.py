"""What the canvas is given to show."""

from __future__ import annotations

from PySide6.QtCore import QObject

from rednet_gui.models.blended_view import BlendedView, ViewPair
from rednet_gui.models.session import Result, Session, Source
from rednet_gui.views.canvas import Canvas


class CanvasFeed(QObject):
    """Shows the session's source, and its result at the session's strength."""

    def __init__(self, session: Session, canvas: Canvas) -> None:
        super().__init__(canvas)
        self._session = session
        self._canvas = canvas
        self._pair: ViewPair | None = None
        self._paired: tuple[Source | None, Result | None] = (None, None)
        session.strength_changed.connect(self.show)
        session.preview_changed.connect(self.show)

    def show(self) -> None:
        """Show what there is now."""
        source, result, preview = self._session.source, self._session.result, self._session.preview
        if source is not None and preview is not None:
            growing = ViewPair(source.view, preview, lambda: ())  # its fine detail cannot be measured yet
            self._canvas.show_pictures(source.view, BlendedView(growing, self._session.strength))
            return
        if self._paired[0] is not source or self._paired[1] is not result:
            self._paired = (source, result)
            self._pair = None if source is None or result is None else ViewPair.of(source, result)
        after = None if self._pair is None else BlendedView(self._pair, self._session.strength)
        self._canvas.show_pictures(None if source is None else source.view, after)
