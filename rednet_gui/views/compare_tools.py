"""What helps to judge a restoration: ways to compare, the loupe and the histogram."""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction

from rednet_gui.models.session import Session
from rednet_gui.views.actions import Actions
from rednet_gui.views.canvas import Canvas
from rednet_gui.views.histogram_panel import HistogramPanel
from rednet_gui.views.loupe import Loupe


class CompareTools(QObject):
    """Connects the actions that compare with the canvas.

    Attributes:
        loupe, histogram: what lies over the canvas.
    """

    def __init__(self, session: Session, actions: Actions, canvas: Canvas) -> None:
        super().__init__(canvas)
        self._session, self._actions, self._canvas = session, actions, canvas
        self.loupe = Loupe(canvas)
        self.histogram = HistogramPanel(canvas)
        actions.modes.triggered.connect(self._on_mode_triggered)
        actions.loupe.toggled.connect(self.loupe.set_on)
        actions.histogram.toggled.connect(self.histogram.set_on)
        session.source_changed.connect(self._show)
        session.result_changed.connect(self._show)
        self._show()

    def _show(self) -> None:
        actions, has_result = self._actions, self._session.result is not None
        for action in (actions.loupe, actions.histogram, actions.reference):
            action.setEnabled(self._session.source is not None)
        actions.modes.setEnabled(has_result)
        actions.compare_menu.setEnabled(has_result)

    def _on_mode_triggered(self, action: QAction) -> None:
        self._canvas.set_mode(action.data())
