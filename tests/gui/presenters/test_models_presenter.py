from __future__ import annotations

from pathlib import Path

from pytestqt.qtbot import QtBot

from engine.image_io import Image
from engine.model_library import ModelLibrary
from engine.tasks import task_named
from rednet_gui.errors import ErrorText
from rednet_gui.models.mask_store import MaskStore
from rednet_gui.models.own_models import OwnModels
from rednet_gui.models.session import Session
from rednet_gui.presenters.models_presenter import ModelsPresenter
from rednet_gui.views.model_choice import ModelChoice
from tests.engine.conftest import save_tiny
from tests.gui.conftest import FakeEngine, ImmediateRunner, pixels_of, source_of
from tests.gui.presenters.steps_bench import connected


def test_a_choice_that_cannot_be_kept_is_not_shown_as_made(
    session: Session, runner: ImmediateRunner, failures: list[ErrorText], outside_home: Path, qtbot: QtBot
) -> None:
    library, models = ModelLibrary(outside_home), OwnModels(session)
    library.add(save_tiny(outside_home / "tiny.safetensors", task_named("denoise")), "mine", {})
    (library.folder / "default.json").mkdir()  # where the choice is written
    used: list[tuple[str, Path | None]] = []
    presenter = ModelsPresenter(
        runner, session, models, library, (lambda task, path: used.append((task, path)),), parent=session
    )
    choice = ModelChoice(session, models)
    qtbot.addWidget(choice)
    choice.choose_requested.connect(presenter.choose)
    choice.box.setCurrentText("mine")
    assert [error.title for error in failures] == ["The model cannot be used"]
    assert not used
    assert choice.box.currentText() == "Stock model"


def test_what_another_model_made_is_no_longer_current(
    session: Session, engine: FakeEngine, runner: ImmediateRunner, masks: MaskStore, outside_home: Path
) -> None:
    library, models = ModelLibrary(outside_home), OwnModels(session)
    mine = library.add(save_tiny(outside_home / "tiny.safetensors", task_named("denoise")), "mine", {})

    def use(task: str, path: Path | None) -> None:
        engine.models = {task: path} if path else {}

    presenter = ModelsPresenter(runner, session, models, library, (use, session.use_model), parent=session)
    steps = connected(engine, runner, session, masks)
    steps.add("super_resolution")
    assert session.is_result_current
    presenter.choose("denoise", mine)
    assert not session.is_result_current, "the first step would give something else"
    kept = session.snapshot()
    assert kept is not None
    session.set_source(source_of(Image(pixels_of(20, 20)), Path("other.png")))
    session.recall(kept)
    assert not session.is_result_current
    presenter.choose("denoise", None)
    assert session.is_result_current, "that is what made it"
    presenter.choose("denoise", mine)
    steps.choose(0)
    assert session.is_result_current, "made with the new one"
