"""What mouse and keys do where no menu tells it, in words."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

translate = QCoreApplication.translate

Rows = tuple[tuple[str, tuple[str, ...]], ...]


def gestures() -> list[tuple[str, Rows]]:
    """Groups of what is done and how."""
    return [
        (translate("gestures", "On the photo"), _on_the_photo()),
        (translate("gestures", "Painting the mask"), _painting()),
        (translate("gestures", "Drawing the blur"), _blurring()),
        (translate("gestures", "On the contact sheet"), _on_the_sheet()),
        (translate("gestures", "Elsewhere"), _elsewhere()),
    ]


def _on_the_photo() -> Rows:
    return (
        (translate("gestures", "Zoom where the pointer is"), (translate("gestures", "Wheel"),)),
        (translate("gestures", "Move the photo"), (translate("gestures", "Drag"), _arrows())),
        (translate("gestures", "Move it while painting"), (translate("gestures", "Middle button"),)),
        (translate("gestures", "Actual size, or fit"), (_double_click(),)),
        (translate("gestures", "Move the divider"), (translate("gestures", "Drag it"),)),
        (translate("gestures", "See the original"), (translate("gestures", "Hold Space"),)),
    )


def _painting() -> Rows:
    return (
        (translate("gestures", "Erase"), (translate("gestures", "Right button"), translate("gestures", "Alt"))),
        (translate("gestures", "Straight line"), (translate("gestures", "Shift, click"),)),
        (translate("gestures", "Size of the brush"), (translate("gestures", "Ctrl, wheel"),)),
        (translate("gestures", "Give up the stroke"), (translate("gestures", "Esc"),)),
    )


def _blurring() -> Rows:
    return (
        (translate("gestures", "Arrow in steps of angle"), (translate("gestures", "Shift, drag"),)),
        (translate("gestures", "Paint on the blur"), (translate("gestures", "Drag"), "+")),
        (translate("gestures", "Erase on the blur"), (translate("gestures", "Right button"), "−")),
    )


def _on_the_sheet() -> Rows:
    return (
        (translate("gestures", "Choose a version"), (translate("gestures", "Click"), translate("gestures", "Enter"))),
        (
            translate("gestures", "Show another place"),
            (translate("gestures", "Drag"), translate("gestures", "Shift, arrows")),
        ),
        (translate("gestures", "Larger, smaller"), (translate("gestures", "Wheel"), "+", "−")),
    )


def _elsewhere() -> Rows:
    return (
        (translate("gestures", "Next control"), (translate("gestures", "Tab"),)),
        (translate("gestures", "Slider by a step"), (_arrows(),)),
        (translate("gestures", "Amount slider back"), (_double_click(),)),
        (translate("gestures", "Another task or photo"), (_arrows(),)),
    )


def _arrows() -> str:
    return translate("gestures", "Arrows")


def _double_click() -> str:
    return translate("gestures", "Double click")
