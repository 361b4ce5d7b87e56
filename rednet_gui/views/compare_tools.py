"""What helps to judge a restoration: ways to compare, the loupe, the histogram and the reference."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QAction, QDropEvent

from rednet_gui.models.session import Session
from rednet_gui.settings import COMPARE_MODE, OPEN_FOLDER, SHOWS_HISTOGRAM, SHOWS_LOUPE, Settings
from rednet_gui.views.actions import Actions
from rednet_gui.views.canvas import Canvas
from rednet_gui.views.comparison import CompareMode
from rednet_gui.views.dialogs import reference_dialog
from rednet_gui.views.histogram_panel import HistogramPanel
from rednet_gui.views.loupe import Loupe
from rednet_gui.views.reference_card import ReferenceCard


class CompareTools(QObject):
    """Connects the actions that compare with the canvas, and remembers what was chosen.

    Signals:
        reference_requested: the path of a picture to measure against.

    Attributes:
        loupe, histogram, card: what lies over the canvas.
    """

    reference_requested = Signal(Path)

    def __init__(self, session: Session, actions: Actions, canvas: Canvas, settings: Settings) -> None:
        super().__init__(canvas)
        self._session, self._actions, self._canvas, self._settings = session, actions, canvas, settings
        self.loupe = Loupe(canvas)
        self.histogram = HistogramPanel(canvas)
        self.card = ReferenceCard(session.reference, canvas)
        actions.modes.triggered.connect(self._on_mode_triggered)
        actions.loupe.toggled.connect(self.loupe.set_on)
        actions.loupe.toggled.connect(lambda is_on: settings.set(SHOWS_LOUPE, is_on))
        actions.histogram.toggled.connect(self.histogram.set_on)
        actions.histogram.toggled.connect(lambda is_on: settings.set(SHOWS_HISTOGRAM, is_on))
        actions.reference.triggered.connect(self._ask_reference)
        session.source_changed.connect(self._show)
        session.result_changed.connect(self._show)
        session.preview_changed.connect(self._show)
        self._recall()
        self._show()

    def takes_drop(self, event: QDropEvent) -> bool:
        """Whether a file is dropped to be the reference: with Alt held, on a photo; asks for it then."""
        paths = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
        is_meant = bool(event.modifiers() & Qt.KeyboardModifier.AltModifier)
        if not paths or not is_meant or self._session.source is None:
            return False
        self.reference_requested.emit(paths[0])
        return True

    def _recall(self) -> None:
        for action in self._actions.modes.actions():
            if action.data() == self._settings.get(COMPARE_MODE):
                action.setChecked(True)
                self._canvas.set_mode(CompareMode(action.data()))
        self._actions.loupe.setChecked(self._settings.get(SHOWS_LOUPE))
        self._actions.histogram.setChecked(self._settings.get(SHOWS_HISTOGRAM))

    def _show(self) -> None:
        actions, session = self._actions, self._session
        is_compared = session.result is not None or session.preview is not None
        for action in (actions.loupe, actions.histogram, actions.reference):
            action.setEnabled(session.source is not None)
        actions.modes.setEnabled(is_compared)
        actions.compare_menu.setEnabled(is_compared)

    def _on_mode_triggered(self, action: QAction) -> None:
        mode = CompareMode(action.data())  # Qt gives back a plain text
        self._canvas.set_mode(mode)
        self._settings.set(COMPARE_MODE, mode.value)

    def _ask_reference(self) -> None:
        path = None if self._session.source is None else self._session.source.path
        folder = self._settings.get(OPEN_FOLDER) if path is None else str(path.resolve().parent)
        dialog = reference_dialog(self._canvas.window(), folder)
        dialog.fileSelected.connect(lambda name: self.reference_requested.emit(Path(name)))
        dialog.open()
