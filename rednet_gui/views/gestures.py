"""What mouse and keys do where no menu tells it, in words."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

translate = QCoreApplication.translate

Rows = tuple[tuple[str, tuple[str, ...]], ...]


def gestures() -> list[tuple[str, Rows]]:
    """Groups of what is done and how."""
    return [
        (
            translate("gestures", "On the photo"),
            (
                (translate("gestures", "Zoom where the pointer is"), (translate("gestures", "Wheel"),)),
                (translate("gestures", "Move the photo"), (translate("gestures", "Drag"), _arrows())),
                (translate("gestures", "Actual size, or fit"), (translate("gestures", "Double click"),)),
                (translate("gestures", "Move the divider"), (translate("gestures", "Drag it"),)),
                (translate("gestures", "See the original for a moment"), (translate("gestures", "Hold Space"),)),
            ),
        ),
        (
            translate("gestures", "Elsewhere"),
            (
                (translate("gestures", "Next control"), ("Tab",)),
                (translate("gestures", "Move a slider by a step"), (_arrows(),)),
                (translate("gestures", "Strength back to where it was"), (translate("gestures", "Double click"),)),
                (translate("gestures", "Choose in the filmstrip"), (_arrows(),)),
            ),
        ),
    ]


def _arrows() -> str:
    return translate("gestures", "Arrows")
