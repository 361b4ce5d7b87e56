from __future__ import annotations

import pickle
from pathlib import Path

import pytest
import torch

from engine.errors import TrainingError
from engine.tasks import task_named
from engine.training.data import Batch, PatchSource
from engine.training.loader import batches


class Lost(PatchSource):
    """Pictures on a disk that is gone."""

    def __init__(self) -> None:
        """Nothing is read."""

    def batch(self, step: int, task: object) -> Batch:
        raise TrainingError("photos", "it is gone")


@pytest.mark.skipif("fork" not in torch.multiprocessing.get_all_start_methods(), reason="only they draw elsewhere")
@pytest.mark.filterwarnings("ignore:'pin_memory' argument:UserWarning")  # here is no card
def test_what_goes_wrong_where_batches_are_drawn_is_told_here() -> None:
    with pytest.raises(TrainingError, match=r"^Cannot train with photos: it is gone\.$"):
        list(batches(Lost(), task_named("denoise"), [0], torch.device("cuda")))


def test_errors_go_from_process_to_process() -> None:
    error = pickle.loads(pickle.dumps(TrainingError(Path("photos"), "it is gone")))
    assert (type(error), error.path, error.reason) == (TrainingError, Path("photos"), "it is gone")
