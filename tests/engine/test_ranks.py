from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import cv2
import numpy as np
import pytest
import torch
from numpy.typing import NDArray

from engine.checkpoint import load_tensors
from engine.cli.main import main
from engine.errors import TrainingError
from engine.training.config import RunPaths
from engine.training.data import Batch
from engine.training.ranks import Ranks

SMALL = ["--batch", "5", "--patch", "24", "--depth", "6", "--width", "8", "--steps", "8", "--validate-every", "4"]


def test_every_patch_is_some_processes() -> None:
    inputs = torch.arange(5.0).reshape(5, 1, 1, 1)
    shares = [Ranks(rank, 2).share(Batch(inputs, inputs, inputs)) for rank in range(2)]
    assert sorted(value for share in shares for value in share.inputs.flatten().tolist()) == [0, 1, 2, 3, 4]
    with pytest.raises(TrainingError, match="smaller than the number of processes"):
        Ranks(0, 6).share(Batch(inputs, inputs, inputs))


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="gloo between processes is only promised on Linux")
@pytest.mark.parametrize("task", ["denoise", "inpaint"])
def test_two_processes_train_what_one_does(tmp_path: Path, photo: NDArray[np.uint8], task: str) -> None:
    good = tmp_path / "good"
    good.mkdir()
    for number in range(4):
        cv2.imwrite(str(good / f"{number}.png"), photo[30 * number : 30 * number + 80, 50 : 50 + 90, ::-1])
    start, alone, together = (tmp_path / name for name in ("start", "alone", "together"))
    what = ["train", "--task", task, "--data", str(good), *SMALL]
    assert main([*what, "--run", str(alone)]) == 0
    assert main([*what, "--run", str(start), "--steps", "1"]) == 0
    torchrun = [sys.executable, "-m", "torch.distributed.run", "--standalone", "--nproc-per-node", "2", "-m"]
    command = [*torchrun, "engine.cli", *what, "--run-folder", str(together)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=300, check=False)
    assert done.returncode == 0, done.stderr
    assert done.stdout.count("step 4:") == 1  # the first process alone tells
    one, two, before = (load_tensors(RunPaths(run).state)[0] for run in (alone, together, start))
    for name in (name for name in one if name.startswith("net/")):
        moved = (one[name] - before[name]).norm()
        assert (one[name] - two[name]).norm() <= 0.02 * moved + 1e-4
    assert RunPaths(together).model.exists()
    assert len(RunPaths(together).curves.read_text().splitlines()) == len(
        RunPaths(alone).curves.read_text().splitlines()
    )
