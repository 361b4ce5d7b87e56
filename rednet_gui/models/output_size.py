"""How large the result of an enlargement becomes."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from engine.tasks import Level
from rednet_gui.models.session import Session


class OutputSize(QObject):
    """What is known before the restoration.

    Signals:
        changed: anything.

    Attributes:
        file_bytes: about how large the file becomes; None while that is not known.
        suffix: of the file that is meant.
        problem: why the result cannot be saved in it, half a sentence; empty if it can.
    """

    changed = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._session = session
        self.file_bytes: int | None = None
        self.suffix = ""
        self.problem = ""

    @property
    def pixels(self) -> tuple[int, int] | None:
        """Width and height; None without a picture."""
        source = self._session.source
        if source is None:
            return None
        level = Level(self._session.level)
        height, width = self._session.task.output_size(level, source.view.height, source.view.width)
        return width, height

    @property
    def is_meant(self) -> bool:
        """Whether the task changes the size."""
        return self._session.task.output_size(Level(2), 1, 1) != (1, 1)

    def tell(self, file_bytes: int | None, suffix: str, problem: str = "") -> None:
        """Note what was found out."""
        self.file_bytes, self.suffix, self.problem = file_bytes, suffix, problem
        self.changed.emit()
