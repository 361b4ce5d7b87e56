"""What a run is judged on."""

from __future__ import annotations

import math
from pathlib import Path

import cv2
import numpy as np
import pytest
import torch
from numpy.typing import NDArray

from engine.restore import Restorer
from engine.run_context import RunContext
from engine.tasks import task_named
from engine.training.comparison import compare
from engine.training.data import list_pictures
from engine.training.validation import Crop, HeldOut
from tests.engine.conftest import EXACT, tiny_net


@pytest.mark.parametrize("side", [36, 60, 61, 72])
def test_small_held_out_pictures_can_be_deblurred(side: int, tmp_path: Path, photo: NDArray[np.uint8]) -> None:
    cv2.imwrite(str(tmp_path / "small.png"), photo[:side, :side])
    deblur = task_named("deblur")
    held_out = HeldOut.read(tmp_path, list_pictures(tmp_path))
    scores = held_out.scores(tiny_net(deblur), deblur, RunContext(), EXACT)
    assert all(math.isfinite(score) for score in scores.values())


def test_a_picture_that_comes_back_exactly_does_not_decide() -> None:
    task = task_named("inpaint")
    net = tiny_net(task)
    for parameter in net.parameters():
        parameter.data.zero_()  # leaves the fill that the net starts from, which is right for a blank page
    blank, noisy = torch.ones(3, 48, 48), torch.rand(3, 48, 48, generator=torch.Generator().manual_seed(0))
    held_out, stock = HeldOut((Crop(blank), Crop(noisy))), Restorer(net, task, EXACT)
    (scores,) = held_out.scores_by_picture(stock, RunContext()).values()
    assert scores[0] == 60 > scores[1]
    assert compare(stock, stock, held_out, RunContext()).gain == 0
