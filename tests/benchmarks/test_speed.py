"""The benchmark of speed counts what it says."""

from __future__ import annotations

import numpy as np
import pytest

from benchmarks.speed import watched_nets
from engine.image_io import Image
from engine.model import REDNet, REDNetConfig
from engine.restore import RestoreOptions, Restorer
from engine.run_context import RunContext
from engine.tasks import Level, task_named


@pytest.mark.parametrize("precision", ["bfloat16", "float32"])
def test_the_work_inside_the_net_is_counted(precision: str) -> None:
    net = REDNet(REDNetConfig(6, 8, 2, condition_channels=1))
    restorer = Restorer(net, task_named("denoise"), RestoreOptions(device="cpu", precision=precision))
    picture = Image(np.full((32, 48, 3), 99, np.uint8))
    with watched_nets() as watch:
        restorer.restore(picture, Level(25), RunContext())
    restorer.restore(picture, Level(25), RunContext())
    layers = 2 * 16 * 24 * (4 * 8 * 8 * 9 + 8 * 16 * (4 + 3))
    assert watch.operations == layers
    assert watch.seconds > 0
