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
    KernelError,
    LevelError,
    NameTemplateError,
    NoModelError,
    QueueError,
    StepsError,
    TrainingError,
)
from rednet_gui.engine_words import as_sentence, in_words

translate = QCoreApplication.translate


@dataclass(frozen=True, slots=True)
class ErrorText:
    """One failure in words.

    Attributes:
        title: what did not work, a few words.
        text: why, one sentence.
        advice: what the user can do about it.
    """

    title: str
    text: str
    advice: str


def describe(error: BaseException) -> ErrorText:
    """The words for an error; one that nobody expected gets an honest general text."""
    if not isinstance(error, EngineError):
        return ErrorText(
            translate("errors", "Something went wrong inside the program"),
            f"{type(error).__name__}: {error}.",
            translate(
                "errors", "Your files are untouched. The log has the details for a bug report: see the Help menu."
            ),
        )
    title, advice = _title_and_advice(error)
    return ErrorText(title, _text(error), advice)


def _title_and_advice(error: EngineError) -> tuple[str, str]:
    words = _file_words() | _work_words()
    return next(found for kind, found in words.items() if isinstance(error, kind))


def _file_words() -> dict[type[EngineError], tuple[str, str]]:
    return {
        ImageReadError: (
            translate("errors", "This picture cannot be opened"),
            translate("errors", "Nothing was changed. Check the file, or try another one."),
        ),
        ImageWriteError: (
            translate("errors", "The picture could not be saved"),
            translate("errors", "The restored picture is still here; a file that was there before is untouched."),
        ),
        CheckpointError: (
            translate("errors", "The model cannot be used"),
            translate("errors", "Install the program again to get the model back."),
        ),
        TrainingError: (
            translate("errors", "Training cannot go on"),
            translate("errors", "Your pictures are untouched, and what was learned is kept."),
        ),
        StepsError: (
            translate("errors", "These steps cannot be used"),
            translate("errors", "Nothing was changed."),
        ),
        QueueError: (
            translate("errors", "The batch queue cannot be used"),
            translate("errors", "Your photos, and those that are restored, are untouched."),
        ),
        NameTemplateError: (
            translate("errors", "No names can be made of this"),
            translate("errors", "Choose another pattern for the names."),
        ),
    }


def _work_words() -> dict[type[EngineError], tuple[str, str]]:
    """The last one serves all others."""
    return {
        DeviceMemoryError: (
            translate("errors", "Not enough memory"),
            translate("errors", "Close other programs and press Restore again."),
        ),
        NoModelError: (
            translate("errors", "No weights yet"),
            translate("errors", "Choose another task."),
        ),
        LevelError: (
            translate("errors", "This value is not possible"),
            translate("errors", "Choose another value."),
        ),
        KernelError: (
            translate("errors", "This blur cannot be used"),
            translate("errors", "Nothing was changed. Try again, or choose another kind of blur."),
        ),
        DeviceError: (
            translate("errors", "The device cannot be used"),
            translate("errors", "Start the program again."),
        ),
        EngineError: (
            translate("errors", "That did not work"),
            translate("errors", "Nothing was changed."),
        ),
    }


def _text(error: EngineError) -> str:
    match error:
        case ImageReadError() | ImageWriteError() | CheckpointError() | StepsError() | QueueError() | TrainingError():
            return f"{error.path.name}: {in_words(error.reason)}."
        case DeviceMemoryError():
            needed = QLocale().formattedDataSize(error.needed_bytes)
            return translate("errors", "One tile of the picture needs about %1.").replace("%1", needed)
        case NoModelError():
            return translate("errors", "There is no trained model for this task in this version.")
        case KernelError():
            return as_sentence(error.reason)
    return in_words(str(error))
