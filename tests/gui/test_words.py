from __future__ import annotations

import pytest
from PySide6.QtCore import QSize

from engine import errors
from engine.errors import Canceled, EngineError
from engine.tasks import TASKS, Task
from rednet_gui import assets
from rednet_gui.errors import describe
from rednet_gui.text import task_text, time_left_words
from rednet_gui.views.widgets import plain

SAMPLES: list[EngineError] = [
    errors.ImageReadError("holiday.jpg", "it is empty"),
    errors.ImageWriteError("holiday.jpg", "the folder cannot be written"),
    errors.NameTakenError("holiday.jpg", "a file of that name has come there meanwhile; choose another name"),
    errors.AlreadyRestoredError("holiday.jpg", "it was restored in this way already"),
    errors.CheckpointError("denoise.safetensors", "it is damaged"),
    errors.TrainingError("photos", "it holds no pictures"),
    errors.StepsError("old scans.json", "it was made by a newer version of this program"),
    errors.QueueError("queue.json", "it cannot be read; check its permissions"),
    errors.NewerStepsError("steps.json", "it was made by a newer version of this program; install that one to use it"),
    errors.DamagedQueueError("queue.json", "it is damaged, or no queue; delete it to begin anew"),
    errors.FleetError("tcp://10.0.0.5:8786", "no scheduler answers there"),
    errors.WorkerError("photo.png"),
    errors.NameTemplateError("{nam}", "{nam} is not one of {name}"),
    errors.UsageError("--mask-mode says how a mask is meant: name the mask's file with --mask."),
    errors.LevelError("denoise", "sigma must be from 0 to 75, not 99"),
    errors.KernelError("no light stands out here"),
    errors.NoModelError("deblur"),
    errors.ProtocolError("There is no table 'deblur-moon'."),
    errors.DeviceError("There is no device 'cuda' on this machine."),
    errors.DeviceMemoryError(3 * 2**30),
]


def subclasses(base: type[EngineError]) -> set[type[EngineError]]:
    """All but those that only others are made of."""
    found = set(base.__subclasses__())
    return {kind for kind in found if not kind.__name__.startswith("_")}.union(*map(subclasses, found))


def test_samples_cover_every_error_of_the_engine() -> None:
    assert {type(error) for error in SAMPLES} == subclasses(EngineError) - {Canceled}


@pytest.mark.parametrize("error", SAMPLES, ids=lambda error: type(error).__name__)
def test_every_error_has_title_text_and_advice(qapp: object, error: EngineError) -> None:
    words = describe(error)
    assert words.title
    assert words.text.endswith(".")
    assert words.advice.endswith(".")
    assert not words.title.endswith(".")


def test_a_file_is_named_without_its_folder(qapp: object) -> None:
    words = describe(errors.ImageReadError("/home/somebody/holiday.jpg", "it is empty"))
    assert words.text == "holiday.jpg: it is empty."


def test_a_bug_is_called_a_bug(qapp: object) -> None:
    assert "inside the program" in describe(ZeroDivisionError("division by zero")).title


@pytest.mark.parametrize("task", TASKS, ids=lambda task: task.name)
def test_every_task_has_words_and_an_icon(qapp: object, task: Task) -> None:
    words = task_text(task.name)
    assert words.title
    assert words.summary
    assert words.help.endswith(".")
    has_level = task.levels.minimum < task.levels.maximum
    assert bool(words.level_title) == bool(words.level_help) == has_level
    assert ("%1" in words.estimate) == task.can_estimate
    assert not assets.icon(task.name, lambda _: "#ffffff").isNull()


@pytest.mark.parametrize("side", [16, 20, 32, 96])
def test_icons_are_drawn_in_the_asked_colour(qapp: object, side: int) -> None:
    drawn = assets.icon("close", lambda _: "#ff0000").pixmap(QSize(side, side)).toImage()
    assert drawn.width() == side
    middle = drawn.pixelColor(side // 2, side // 2)
    assert (middle.red(), middle.green(), middle.blue()) == (255, 0, 0)
    assert drawn.pixelColor(0, 0).alpha() == 0


@pytest.mark.usefixtures("qapp")
@pytest.mark.parametrize(
    ("seconds", "words"),
    [(0.2, "about 1 s left"), (89, "about 89 s left"), (150, "about 2 min left"), (9000, "about 2.5 h left")],
)
def test_how_long_it_still_takes(seconds: float, words: str) -> None:
    assert time_left_words(seconds) == words


@pytest.mark.parametrize(
    ("text", "words"),
    [("&Open…", "Open"), ("Zoom o&ut", "Zoom out"), ("위로(&U)", "위로"), ("열기(&O)…", "열기"), ("Brush", "Brush")],
)
def test_a_tooltip_has_no_mnemonic(text: str, words: str) -> None:
    assert plain(text) == words
