"""What the canvas is given to show."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer

from rednet_gui.models.blended_view import BlendedView, ViewPair
from rednet_gui.models.session import Result, Session, Source
from rednet_gui.models.step_list import Track
from rednet_gui.views.canvas import Canvas

_FRAME_MS = 16


class CanvasFeed(QObject):
    """Shows the session's source, and its result at the session's strength, where it counts."""

    def __init__(self, session: Session, canvas: Canvas) -> None:
        super().__init__(canvas)
        self._session = session
        self._canvas = canvas
        self._track: Track | None = None
        self._pair: ViewPair | None = None
        self._paired: tuple[Source | None, Result | None] = (None, None)
        session.strength_changed.connect(self.show)
        session.preview_changed.connect(self.show)
        self._soon = QTimer(self, singleShot=True, interval=_FRAME_MS)  # a stroke changes the mask more often
        self._soon.timeout.connect(self.show)
        session.limit.changed.connect(self._show_soon)

    def begin(self) -> bool:
        """Show all of another photo; zoom and place stay between the steps of one.

        Returns: whether it is another one.
        """
        track = None if self._session.source is None else self._session.source.track
        if track is self._track:
            return False
        self._track = track
        self._canvas.reset_view()
        return True

    def show(self) -> None:
        """Show what there is now."""
        source, result, preview = self._session.source, self._session.result, self._session.preview
        opened = None if source is None or source.track.opened is None else source.track.opened.view
        if source is not None and preview is not None:
            growing = ViewPair(source.view, preview, lambda: ())  # its fine detail cannot be measured yet
            limit = self._session.limit_of(self._session.task.name)
            self._canvas.show_pictures(source.view, BlendedView(growing, self._session.strength, limit), opened)
            return
        if self._paired[0] is not source or self._paired[1] is not result:
            self._paired = (source, result)
            self._pair = None if source is None or result is None else ViewPair.of(source, result)
        limit = None if result is None else self._session.limit_of(result.task)
        after = None if self._pair is None else BlendedView(self._pair, self._session.strength, limit)
        self._canvas.show_pictures(None if source is None else source.view, after, opened)

    def _show_soon(self) -> None:
        if (self._session.result is not None or self._session.preview is not None) and not self._soon.isActive():
            self._soon.start()
