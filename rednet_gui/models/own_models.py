"""The user's own models, as the window lists them."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from engine.model_library import OwnModel as OwnModel


class OwnModels(QObject):
    """All models of the user's, and which one is used for a task.

    Signals:
        changed: read the attributes.

    Attributes:
        items: by name.
        chosen: by task; what is not among them is done by the stock model.
    """

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.items: tuple[OwnModel, ...] = ()
        self.chosen: dict[str, OwnModel] = {}

    def of(self, task: str) -> tuple[OwnModel, ...]:
        """Those of a task."""
        return tuple(model for model in self.items if model.task == task)

    def set_items(self, items: tuple[OwnModel, ...], chosen: dict[str, OwnModel]) -> None:
        """Show these."""
        self.items, self.chosen = items, chosen
        self.changed.emit()
