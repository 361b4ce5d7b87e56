from __future__ import annotations

from pathlib import Path

import pytest

from engine.image_io import Image
from engine.run_context import RunContext
from engine.tasks import Level, task_named
from rednet_gui.models.nets import Nets
from tests.engine.conftest import save_tiny
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
