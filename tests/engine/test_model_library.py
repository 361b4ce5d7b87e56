from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from engine.cli.main import main
from engine.errors import CheckpointError
from engine.image_io import read_image
from engine.model_library import STOCK, ModelLibrary
from engine.tasks import task_named
from engine.zoo import shipped_file
from tests.engine.conftest import save_tiny

CARD = {"data": "Scans", "pictures": 40, "date": "2026-11-25", "hours": 0.2, "gain": 0.7}


@pytest.fixture
def library(tmp_path: Path) -> ModelLibrary:
    return ModelLibrary(tmp_path / "data")


@pytest.fixture
def model(tmp_path: Path) -> Path:
    return save_tiny(tmp_path / "model.safetensors", task_named("denoise"))


def test_a_model_is_listed_with_its_card(library: ModelLibrary, model: Path) -> None:
    added = library.add(model, "My scanner", CARD)
    assert library.models() == (added,)
    assert library.models("deblock") == ()
    assert (added.name, added.task, dict(added.card)) == ("My scanner", "denoise", CARD)
    assert added.levels == (0, 1)


def test_names_are_unique_and_none_is_stocks(library: ModelLibrary, model: Path) -> None:
    names = [library.add(model, name, {}).name for name in ("Mine", " Mine ", STOCK, "", "Ж / ?")]
    assert names == ["Mine", "Mine 2", "stock 2", "Model", "Ж / ?"]
    assert len(library.models()) == 5


def test_renaming_keeps_the_card_and_the_default(library: ModelLibrary, model: Path) -> None:
    added = library.add(model, "Mine", CARD)
    library.set_default("denoise", added)
    renamed = library.rename(added, "Archive  1960")
    assert library.models() == (renamed,)
    assert (renamed.name, dict(renamed.card)) == ("Archive 1960", CARD)
    assert library.default("denoise") == renamed


def test_a_model_travels_as_one_file(library: ModelLibrary, model: Path, tmp_path: Path) -> None:
    added = library.add(model, "Mine", CARD)
    library.export(added, tmp_path / "elsewhere" / "mine.safetensors")
    other = ModelLibrary(tmp_path / "other")
    taken = other.take_in(tmp_path / "elsewhere" / "mine.safetensors")
    assert (taken.name, dict(taken.card), taken.task) == ("Mine", CARD, "denoise")
    assert other.take_in(model).name == "model"  # one without a card
    (tmp_path / "notes.safetensors").write_text("no model")
    with pytest.raises(CheckpointError, match="not a readable safetensors file"):
        other.take_in(tmp_path / "notes.safetensors")
    assert len(other.models()) == 2


def test_deleting_gives_the_task_back_to_the_stock_model(library: ModelLibrary, model: Path) -> None:
    added = library.add(model, "Mine", {})
    library.set_default("denoise", added)
    library.delete(added)
    assert library.models() == ()
    assert library.default("denoise") is None
    assert ModelLibrary(library.folder.parent).resolve(None, "denoise") is None


def test_a_files_name_tells_a_new_model_from_a_deleted_one(library: ModelLibrary, model: Path) -> None:
    first = library.add(model, "My scans / 1960", {})
    library.delete(first)
    second = library.add(model, "My scans / 1960", {})
    assert second.name == first.name
    assert second.path != first.path, "a net that is held in memory is known by its file"
    assert second.path.name.startswith("my-scans-1960-"), "messages name the file"
    assert second.file_name == "my-scans-1960.safetensors"


def test_the_longest_name_fits_a_disk(library: ModelLibrary, model: Path) -> None:
    added = library.add(model, "𠀀" * 100, {})
    assert (library.models(), len(added.name)) == ((added,), 60)


def test_a_damaged_model_or_choice_is_passed_over(library: ModelLibrary, model: Path) -> None:
    added = library.add(model, "Mine", {})
    library.set_default("denoise", added)
    (library.folder / "broken.safetensors").write_text("no model")
    assert library.models() == (added,)
    added.path.write_text("no model any more")
    assert library.default("denoise") is None
    (library.folder / "default.json").write_text('{"denoise": "../../etc/passwd"}')
    assert library.default("denoise") is None
    (library.folder / "default.json").write_text("no choice")
    assert library.default("denoise") is None


def test_what_a_command_line_can_name(library: ModelLibrary, model: Path) -> None:
    added = library.add(model, "Mine", {})
    assert library.resolve(None, "denoise") is None
    assert library.resolve("Mine", "denoise") == added.path
    assert library.resolve(str(model), "denoise") == model
    library.set_default("denoise", added)
    assert library.resolve(None, "denoise") == added.path
    assert library.resolve(STOCK, "denoise") is None
    with pytest.raises(CheckpointError, match="neither such a file nor a model"):
        library.resolve("Yours", "denoise")


def test_restore_takes_a_model_by_name_and_by_default(model: Path, tmp_path: Path, photo_file: Path) -> None:
    with shipped_file("denoise") as stock:
        before = hashlib.sha256(stock.read_bytes()).hexdigest()
    library = ModelLibrary()
    added = library.add(model, "Mine", {})

    def restored(name: str, *options: str) -> bytes:
        target = tmp_path / f"{name}.png"
        assert main(["restore", str(photo_file), "-o", str(target), "--level", "20", *options]) == 0
        return read_image(target).pixels.tobytes()

    by_file, by_name, stock_first = (
        restored("file", "--model", str(model)),
        restored("name", "--model", "Mine"),
        restored("stock"),
    )
    assert by_file == by_name != stock_first
    library.set_default("denoise", added)
    assert restored("default") == by_file
    assert restored("still-stock", "--model", STOCK) == stock_first
    with shipped_file("denoise") as stock:
        assert hashlib.sha256(stock.read_bytes()).hexdigest() == before


def test_a_folder_is_restored_with_a_model_by_name(model: Path, tmp_path: Path, photo_file: Path) -> None:
    ModelLibrary().add(model, "Mine", {})
    folder = tmp_path / "scans"
    folder.mkdir()
    (folder / "a.png").write_bytes(photo_file.read_bytes())
    results: list[bytes] = []
    for asked in ("Mine", str(model), STOCK):
        what = [str(folder), "-o", str(tmp_path / f"to-{len(results)}"), "--level", "20", "--model", asked]
        assert main(["restore", *what]) == 0
        results.append(read_image(tmp_path / f"to-{len(results)}" / "a.png").pixels.tobytes())
    assert results[0] == results[1] != results[2]


def test_info_names_own_models(model: Path, capsys: pytest.CaptureFixture[str]) -> None:
    library = ModelLibrary()
    library.add(model, "Scanner", {"gain": 0.8})
    library.set_default("denoise", library.add(model, "Phone", {}))
    assert main(["info"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert " *   “Phone”, yours" in lines
    assert "     “Scanner”, yours, +0.80 dB against the stock model" in lines


@pytest.fixture
def photo_file(tmp_path: Path) -> Path:
    import cv2
    import numpy as np

    path = tmp_path / "photo.png"
    cv2.imwrite(str(path), np.random.default_rng(0).integers(0, 255, (40, 40, 3), dtype=np.uint8))
    return path
