"""Undo and redo, for the mask and the steps alike."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from rednet_gui.models.session import Activity, Session
from rednet_gui.views.widgets import make_action


class UndoActions(QObject):
    """Takes back what was done last, be it to the mask or to the steps, and makes it again.

    Signals:
        undo_requested, redo_requested: a change of the steps is to be taken back, or made again.

    Attributes:
        undo, redo: what can be done.
    """

    undo_requested = Signal()
    redo_requested = Signal()

    def __init__(self, session: Session, parent: QObject) -> None:
        super().__init__(parent)
        self._session = session
        self.undo = make_action(
            self, self.tr("&Undo"), "Ctrl+Z", "undo", self.tr("Take the last change of the mask or the steps back")
        )
        self.redo = make_action(
            self, self.tr("R&edo"), "Ctrl+Shift+Z", "redo", self.tr("Make the change again that was taken back")
        )
        self.undo.triggered.connect(self._undo)
        self.redo.triggered.connect(self._redo)
        for signal in (
            *(session.source_changed, session.activity_changed, session.steps.changed),
            *(session.mask.changed, session.mask.steps_changed),
        ):
            signal.connect(self._show)
        self._show()

    def _show(self) -> None:
        session, mask = self._session, self._session.mask
        is_free = session.activity in (Activity.IDLE, Activity.RESTORING) and not mask.is_changing
        is_open = session.source is not None and is_free
        self.undo.setEnabled(is_open and (mask.can_undo or session.steps.can_undo))
        self.redo.setEnabled(is_open and (mask.can_redo or session.steps.can_redo))

    def _undo(self) -> None:
        mask, steps = self._session.mask, self._session.steps
        if mask.undo_s > steps.undo_s:
            mask.undo()
        else:
            self.undo_requested.emit()

    def _redo(self) -> None:
        mask, steps = self._session.mask, self._session.steps
        if mask.redo_s < steps.redo_s:
            mask.redo()
        else:
            self.redo_requested.emit()
