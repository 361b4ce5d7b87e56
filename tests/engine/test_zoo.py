from __future__ import annotations

import hashlib
import math
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from engine import zoo
from engine.checkpoint import read_header
from engine.errors import CheckpointError, NoModelError
from engine.image_io import Image
from engine.metrics import psnr
from engine.restore import Restorer
from engine.run_context import RunContext
from engine.tasks import TASKS, Level, Task, task_named
from engine.tensors import to_tensor
from engine.training.data import list_pictures
from engine.training.evaluate import evaluate, restored_by
from engine.training.protocols import protocols_named

by_task = pytest.mark.parametrize("task", TASKS, ids=lambda task: task.name)
MODELS = Path(__file__).parents[2] / "resources" / "models"


@by_task
def test_the_manifest_tells_the_truth(task: Task) -> None:
    entry = zoo.manifest()[task.name]
    net, header = zoo.load_shipped(task.name)
    assert header == read_header(MODELS / entry["file"])
    assert header.task == task.name
    assert entry["parameters"] == sum(p.numel() for p in net.parameters())
    assert entry["sha256"] == hashlib.sha256((MODELS / entry["file"]).read_bytes()).hexdigest()
    assert entry["training"]["hours"] > 0
    assert all(math.isfinite(row["psnr_out"]) for score in entry["scores"] for row in score["levels"])


def test_every_model_file_is_in_the_manifest() -> None:
    files = {path.name for path in MODELS.glob("*.safetensors")}
    assert files == {entry["file"] for entry in zoo.manifest().values()}


def test_a_changed_file_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    entry = {**zoo.manifest()["denoise"], "sha256": "0"}
    monkeypatch.setattr(zoo, "manifest", lambda: {"denoise": entry})
    with pytest.raises(CheckpointError, match="install the program again"):
        zoo.load_shipped("denoise")


def test_a_task_without_weights_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(zoo, "manifest", dict)
    with pytest.raises(NoModelError, match="no weights for denoise yet"):
        zoo.load_shipped("denoise")


@pytest.mark.parametrize(("sigma", "gain_db"), [(15, 6), (25, 8), (50, 11)])
@pytest.mark.parametrize("is_gray", [False, True])
def test_the_shipped_net_removes_noise_from_a_real_photo(
    photo: NDArray[np.uint8], sigma: float, gain_db: float, is_gray: bool
) -> None:
    clean = photo[60:220, 100:340, 1:2] if is_gray else photo[60:220, 100:340]
    noise = np.random.default_rng(0).normal(0, sigma, clean.shape)
    noisy = (clean + noise).round().clip(0, 255).astype(np.uint8)
    restored = Restorer.for_task(task_named("denoise")).restore(Image(noisy), Level(sigma), RunContext())
    before, after = (psnr(to_tensor(pixels), to_tensor(clean)) for pixels in (noisy, restored.pixels))
    assert after > before + gain_db - (1 if is_gray else 0)


CBSD68 = next(score for score in zoo.manifest()["denoise"]["scores"] if score["table"] == "denoise-cbsd68")


@pytest.mark.slow
@pytest.mark.parametrize("row", CBSD68["levels"], ids=lambda row: row["name"])
def test_the_published_scores_are_reproduced(data_folder: Path, row: dict[str, Any]) -> None:
    (protocol,) = protocols_named(CBSD68["table"])
    (variant,) = (variant for variant in protocol.variants if variant.name == row["name"])
    pictures = list_pictures(data_folder / "test" / protocol.data)
    method = restored_by(Restorer.for_task(task_named("denoise")), RunContext())
    scores = [score.psnr_out for score in evaluate(method, protocol, variant, pictures, RunContext())]
    assert len(scores) == 68
    assert sum(scores) / 68 == pytest.approx(row["psnr_out"], abs=0.02)
