from __future__ import annotations

from pathlib import Path

import pytest

from engine.checkpoint import ModelHeader, save_model
from engine.image_io import Image
from engine.model_library import ModelLibrary
from engine.run_context import RunContext
from engine.tasks import Level, task_named
from rednet_gui.models.nets import Nets
from tests.engine.conftest import save_tiny, tiny_net
from tests.gui.conftest import pixels_of


def test_the_users_model_restores_a_batch_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from engine.restore import Restorer

    task, image = task_named("denoise"), Image(pixels_of(24, 24))
    own = save_tiny(tmp_path / "own.safetensors", task)
    other = save_tiny(tmp_path / "other.safetensors", task)
    opened: list[Path | None] = []
    make = Restorer.for_task

    def note(task: object, *, model_path: Path | None = None) -> Restorer:
        opened.append(model_path)
        return make(task_named("denoise"), model_path=model_path)

    monkeypatch.setattr(Restorer, "for_task", note)
    nets = Nets()
    for path in (own, own, other):
        nets.use_model("denoise", path)
        nets.restore(image, task, Level(20), RunContext())
    assert opened == [own, other]


def test_a_deleted_model_restores_no_more_when_a_new_one_takes_its_name(tmp_path: Path) -> None:
    task, image, library, nets = task_named("denoise"), Image(pixels_of(24, 24)), ModelLibrary(tmp_path), Nets()
    results = []
    for seed in (1, 2):
        net = tiny_net(task, seed=seed)
        save_model(tmp_path / "run.safetensors", net, ModelHeader(task.name, (0, 1), net.config))
        own = library.add(tmp_path / "run.safetensors", "Mine", {})
        nets.use_model(task.name, own.path)
        results.append(nets.restore(image, task, Level(20), RunContext()).pixels.tobytes())
        library.delete(own)
    assert results[0] != results[1]
