"""What only a machine with an NVIDIA card can show."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import torch
from numpy.typing import NDArray

from engine.image_io import Image
from engine.restore import RestoreOptions, Restorer
from engine.run_context import RunContext
from engine.tasks import Level, task_named
from engine.training.config import RunPaths, TrainConfig
from engine.training.data import PatchSource, list_pictures
from engine.training.trainer import Trainer
from engine.training.validation import HeldOut

pytestmark = pytest.mark.skipif(not torch.cuda.is_available(), reason="there is no NVIDIA card")

PICTURE = Image(np.random.default_rng(0).integers(0, 256, (300, 401, 3), np.uint8))
DENOISE = task_named("denoise")


def restored(device: str, precision: str, ctx: RunContext | None = None) -> NDArray[np.int64]:
    restorer = Restorer.for_task(DENOISE, RestoreOptions(device=device, precision=precision))
    return restorer.restore(PICTURE, Level(25), ctx or RunContext()).pixels.astype(int)


@pytest.mark.parametrize(("precision", "most"), [("float32", 1), ("float16", 1), ("bfloat16", 3)])
def test_a_card_restores_what_the_processor_does(precision: str, most: int) -> None:
    assert np.abs(restored("cuda", precision) - restored("cpu", "float32")).max() <= most


def test_a_card_with_too_little_memory_takes_smaller_tiles() -> None:
    expected = restored("cuda", "bfloat16")
    notices: list[str] = []
    whole = torch.cuda.get_device_properties(0).total_memory
    torch.cuda.empty_cache()
    torch.cuda.set_per_process_memory_fraction(24 * 2**20 / whole)
    try:
        result = restored("cuda", "bfloat16", RunContext(on_notice=notices.append))
    finally:
        torch.cuda.set_per_process_memory_fraction(1.0)
    assert notices
    assert np.abs(result - expected).max() <= 1


def test_training_goes_as_on_the_processor(pictures: Path, tmp_path: Path) -> None:
    losses = {}
    for device in ("cpu", "cuda"):
        config = TrainConfig(steps=30, batch=4, patch_px=32, depth=6, width=16, warmup_steps=5, validate_every=30)
        found = list_pictures(pictures)
        source, held_out = PatchSource(pictures, found, config), HeldOut.read(pictures, found)
        trainer = Trainer(
            *(DENOISE, config, source, held_out, RunPaths(tmp_path / device)), device=torch.device(device)
        )
        trainer.run(RunContext())
        losses[device] = trainer._loss
    assert losses["cuda"] == pytest.approx(losses["cpu"], rel=0.05)
