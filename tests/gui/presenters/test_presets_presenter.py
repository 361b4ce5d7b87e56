from __future__ import annotations

import json
from pathlib import Path

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from engine.image_io import Image
from engine.steps import Step, Steps, read_steps_file, with_steps
from rednet_gui.errors import ErrorText
from rednet_gui.models.mask_store import MaskStore
from rednet_gui.models.presets import Preset, Presets, PresetStore
from rednet_gui.models.session import Session
from rednet_gui.presenters.presets_presenter import PresetsPresenter
from rednet_gui.presenters.steps_presenter import StepsPresenter
from rednet_gui.views.presets_dialog import PresetsDialog
from tests.gui.conftest import FakeEngine, ImmediateRunner, pixels_of, source_of

IMAGE = Image(pixels_of())
STEPS = Steps((Step("deblock", 40.0), Step("denoise", 10.0)))


@pytest.fixture
def presets(qapp: object) -> Presets:
    return Presets()


@pytest.fixture
def folder(outside_home: Path) -> Path:
    return outside_home / "presets"


@pytest.fixture
def presenter(
    engine: FakeEngine, runner: ImmediateRunner, session: Session, presets: Presets, folder: Path
) -> PresetsPresenter:
    session.set_auto(False)
    session.set_source(source_of(IMAGE))
    steps = StepsPresenter(engine, runner, session, MaskStore(folder.parent), parent=session)
    return PresetsPresenter(engine, runner, session, steps, presets, PresetStore(folder.parent), parent=session)


def names(presets: Presets) -> list[str]:
    return [preset.name for preset in presets.items]


def only(presets: Presets) -> Preset:
    (preset,) = presets.items
    return preset


def test_steps_are_kept_and_used_for_another_photo(
    presenter: PresetsPresenter, session: Session, presets: Presets, folder: Path, notices: list[str]
) -> None:
    session.set_level(33.0)
    presenter.save("  Nachts,  im Café ")
    assert names(presets) == ["Nachts, im Café"]
    assert notices == ["Kept as the preset “Nachts, im Café”."]
    session.set_source(source_of(IMAGE, Path("other.png")))
    session.set_level(10.0)
    presenter.apply(only(presets))
    assert session.level == 33.0
    assert [path.name for path in folder.iterdir()] == ["nachts-im-café.json"]


def test_a_name_that_is_taken_gets_a_number(presenter: PresetsPresenter, presets: Presets) -> None:
    for name in ("Night", "Night", "10", "9"):
        presenter.save(name)
    assert names(presets) == ["9", "10", "Night", "Night 2"]


def test_presets_are_renamed_and_deleted(presenter: PresetsPresenter, presets: Presets, folder: Path) -> None:
    presenter.save("Night")
    presenter.rename(only(presets), "Day")
    assert names(presets) == ["Day"]
    presenter.rename(only(presets), "  ")
    assert names(presets) == ["Day"]
    presenter.delete(only(presets))
    assert names(presets) == []
    assert list(folder.iterdir()) == []


def test_presets_are_passed_on_and_taken_in(
    presenter: PresetsPresenter, presets: Presets, tmp_path: Path, notices: list[str]
) -> None:
    presenter.save("Night")
    target = tmp_path / "for you.json"
    presenter.pass_on(only(presets), target)
    assert read_steps_file(target).name == "Night"
    assert notices[-1] == "Saved as for you.json."
    presenter.take_in(target)
    assert names(presets) == ["Night", "Night 2"]
    assert presets.items[1].steps is not None
    assert presets.items[0].steps is not None
    assert presets.items[1].steps.items == presets.items[0].steps.items


def test_a_restored_photo_is_taken_in(
    presenter: PresetsPresenter, engine: FakeEngine, presets: Presets, failures: list[ErrorText]
) -> None:
    restored, plain = Path("summer.jpg"), Path("plain.jpg")
    engine.files = {restored: with_steps(IMAGE, STEPS, restored), plain: IMAGE}
    presenter.take_in(restored)
    assert names(presets) == ["summer"]
    assert only(presets).steps == Steps(STEPS.items, "summer")
    presenter.take_in(plain)
    assert [error.title for error in failures] == ["These steps cannot be used"]
    assert "plain.jpg: it does not say how it was restored" in failures[0].text
    assert names(presets) == ["summer"]


def test_a_preset_of_a_newer_version_is_told_and_left_alone(
    presenter: PresetsPresenter, session: Session, presets: Presets, folder: Path, failures: list[ErrorText]
) -> None:
    folder.mkdir()
    newer = folder / "newer.json"
    newer.write_text('{"rednet_steps": "2.0", "magic": 1}', encoding="utf-8")
    presenter.save("Night")
    assert names(presets) == ["newer", "Night"]
    before = session.steps.line
    presenter.apply(presets.items[0])
    presenter.rename(presets.items[0], "mine")
    assert session.steps.line == before
    assert [error.text for error in failures] == [
        "newer.json: it was made by a newer version of this program; install that one to use it."
    ]
    assert newer.read_text(encoding="utf-8") == '{"rednet_steps": "2.0", "magic": 1}'


def test_what_a_newer_minor_version_says_survives_a_new_name(
    presenter: PresetsPresenter, presets: Presets, tmp_path: Path, folder: Path
) -> None:
    data = {"rednet_steps": "1.4", "name": "A", "steps": [{"task": "denoise", "level": 5.0, "tint": 1}], "by": "me"}
    path = tmp_path / "a.json"
    path.write_text(json.dumps(data), encoding="utf-8")
    presenter.take_in(path)
    presenter.rename(only(presets), "B")
    kept = json.loads((folder / "a.json").read_text(encoding="utf-8"))
    assert kept == data | {"name": "B"}


def test_a_folder_that_cannot_be_written_is_told(
    presenter: PresetsPresenter, presets: Presets, folder: Path, failures: list[ErrorText]
) -> None:
    folder.write_text("a file in the place of the folder", encoding="utf-8")
    presenter.save("Night")
    assert [error.title for error in failures] == ["These steps cannot be used"]
    assert "it cannot be written" in failures[0].text


def test_a_preset_that_cannot_be_renamed_is_listed_by_its_old_name(
    presenter: PresetsPresenter, presets: Presets, qtbot: QtBot, folder: Path, failures: list[ErrorText]
) -> None:
    presenter.save("Night")
    parent = QWidget()
    qtbot.addWidget(parent)
    dialog = PresetsDialog(presets, parent)
    dialog.rename_requested.connect(presenter.rename)
    only(presets).path.unlink()
    folder.rmdir()
    folder.write_text("a file in the place of the folder", encoding="utf-8")
    dialog.list.item(0).setText("Day")
    assert len(failures) == 1
    assert dialog.list.item(0).text() == "Night"
