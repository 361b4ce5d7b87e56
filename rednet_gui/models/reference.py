"""What the restoration should have come to: a picture to measure it against."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal

from engine.image_io import Image
from engine.metrics import Fidelity


@dataclass(frozen=True, slots=True)
class Scores:
    """How near the photo and its restored version are to the reference; None where that cannot be told."""

    before: Fidelity | None = None
    after: Fidelity | None = None


class Reference(QObject):
    """The reference of the open picture, if the user gave one.

    Signals:
        changed: the picture, or what was measured.

    Attributes:
        image: None if there is none.
        name: of its file.
        scores: as far as they are measured.
        is_measuring: whether they are being measured.
    """

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.image: Image | None = None
        self.name = ""
        self.scores = Scores()
        self.is_measuring = False

    def set_image(self, image: Image | None, name: str = "") -> None:
        """Take another picture, or none; nothing is measured yet."""
        if image is None and self.image is None:
            return
        self.image, self.name = image, name
        self.scores, self.is_measuring = Scores(), False
        self.changed.emit()

    def set_measuring(self, is_measuring: bool) -> None:
        """Note whether scores are on their way."""
        if is_measuring is not self.is_measuring:
            self.is_measuring = is_measuring
            self.changed.emit()

    def set_scores(self, scores: Scores) -> None:
        """Note what was measured."""
        self.scores = scores
        self.changed.emit()
