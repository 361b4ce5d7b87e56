from __future__ import annotations

import pickle
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
import torch
from torch.utils.data import Dataset

from engine.errors import EngineError, LevelError, TrainingError, WorkerError
from engine.tasks import task_named
from engine.training import loader
from engine.training.data import Batch, PatchSource


class Lost(PatchSource):
    """Pictures on a disk that is gone."""

    def __init__(self) -> None:
        """Nothing is read."""

    def batch(self, step: int, task: object) -> Batch:
        raise TrainingError("photos", "it is gone")


def drawn(steps: Dataset[object], *, sampler: Sequence[int], **_: object) -> Iterator[object]:
    """What forked processes would send."""
    return (steps[number] for number in sampler)


@pytest.mark.skipif("fork" not in torch.multiprocessing.get_all_start_methods(), reason="only they draw elsewhere")
def test_what_goes_wrong_where_batches_are_drawn_is_told_here(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(loader, "DataLoader", drawn)
    with pytest.raises(TrainingError, match=r"^Cannot train with photos: it is gone\.$"):
        list(loader.batches(Lost(), task_named("denoise"), [0], torch.device("cuda")))


@pytest.mark.parametrize(
    "error",
    [TrainingError(Path("photos"), "it is gone"), LevelError("denoise", "too much"), WorkerError(Path("a.png"))],
)
def test_errors_go_from_process_to_process(error: EngineError) -> None:
    again = pickle.loads(pickle.dumps(error))
    assert (type(again), str(again), vars(again)) == (type(error), str(error), vars(error))
