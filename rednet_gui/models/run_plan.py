"""What restoring the open picture will take."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from engine.restore_plan import RestorePlan


class RunPlan(QObject):
    """What is known before the restoration.

    Signals:
        changed: anything.

    Attributes:
        plan: None while that is not known.
        problem: why the result could not be saved, half a sentence; empty if it could.
    """

    changed = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.plan: RestorePlan | None = None
        self.problem = ""

    def tell(self, plan: RestorePlan | None, problem: str = "") -> None:
        """Note what was found out."""
        if (plan, problem) != (self.plan, self.problem):
            self.plan, self.problem = plan, problem
            self.changed.emit()
