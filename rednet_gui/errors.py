"""Turns what the engine raises into words for the user."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, QLocale

from engine.errors import (
    CheckpointError,
    DeviceError,
    DeviceMemoryError,
    EngineError,
    ImageReadError,
    ImageWriteError,
    LevelError,
    NoModelError,
)


@dataclass(frozen=True, slots=True)
class ErrorText:
    """One failure in words.

    Attributes:
        title: what did not work, a few words.
        text: why, one sentence.
        advice: what the user can do about it, one sentence.
    """

    title: str
    text: str
    advice: str


def describe(error: BaseException) -> ErrorText:
    """The words for an error; one that nobody expected gets an honest general text."""
    match error:
        case ImageReadError():
            return ErrorText(
                _tr("This picture cannot be opened"),
                f"{error.path.name}: {error.reason}.",
                _tr("Nothing was changed. Check the file, or try another one."),
            )
        case ImageWriteError():
            return ErrorText(
                _tr("The picture could not be saved"),
                f"{error.path.name}: {error.reason}.",
                _tr("The restored picture is still here, and the file that was there before is untouched."),
            )
        case DeviceMemoryError():
            return ErrorText(
                _tr("Not enough memory"),
                _tr("One tile of the picture needs about %1.").replace(
                    "%1", QLocale().formattedDataSize(error.needed_bytes)
                ),
                _tr("Close other programs and press Restore again."),
            )
        case CheckpointError():
            return ErrorText(
                _tr("The model cannot be used"),
                f"{error.path.name}: {error.reason}.",
                _tr("Install the program again to get the model back."),
            )
        case NoModelError():
            return ErrorText(
                _tr("No weights yet"),
                _tr("There is no trained model for this task in this version."),
                _tr("Choose another task."),
            )
        case LevelError():
            return ErrorText(_tr("This strength is not possible"), str(error), _tr("Choose another strength."))
        case DeviceError():
            return ErrorText(_tr("The device cannot be used"), str(error), _tr("Start the program again."))
        case EngineError():
            return ErrorText(_tr("That did not work"), str(error), _tr("Nothing was changed."))
    return ErrorText(
        _tr("Something went wrong inside the program"),
        f"{type(error).__name__}: {error}",
        _tr("Your files are untouched. The log file has the details for a bug report (Help menu)."),
    )


def _tr(text: str) -> str:
    return QCoreApplication.translate("errors", text)
