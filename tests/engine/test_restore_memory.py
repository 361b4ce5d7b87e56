"""Running out of memory."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
import torch
from numpy.typing import NDArray
from torch import Tensor

from engine.device import Precision
from engine.errors import DeviceMemoryError
from engine.image_io import Image
from engine.model import REDNet
from engine.restore import Restorer
from engine.run_context import RunContext
from engine.tasks import Level, task_named
from tests.engine.conftest import EXACT, as_float, level_for, tiny_net


class _ScarceMemory:
    """Lets a net run only on inputs up to a size, like a card with little memory."""

    def __init__(self, net: REDNet, largest: int, message: str) -> None:
        self._residual, self._largest, self._message = net.residual, largest, message
        self.refused = 0

    def __call__(self, x: Tensor, *args: Any) -> Tensor:
        if x.shape[-1] * x.shape[-2] > self._largest:
            self.refused += 1
            raise RuntimeError(self._message)
        return self._residual(x, *args)


@pytest.mark.parametrize("message", ["CUDA out of memory.", "DefaultCPUAllocator: not enough memory: you tried ..."])
def test_out_of_memory_halves_the_tile_and_says_so(
    photo: NDArray[np.uint8], monkeypatch: pytest.MonkeyPatch, message: str
) -> None:
    task, notices = task_named("denoise"), list[str]()
    net = tiny_net(task)
    expected = Restorer(net, task, EXACT).restore(as_float(Image(photo)), Level(20), RunContext())
    scarce = _ScarceMemory(net, 100 * 150, message)
    monkeypatch.setattr(net, "residual", scarce)
    restored = Restorer(net, task, EXACT).restore(
        as_float(Image(photo)), Level(20), RunContext(on_notice=notices.append)
    )
    assert np.abs(restored.pixels - expected.pixels).max() < 1e-5
    assert scarce.refused == len(notices) == 2
    assert "tiles of 76 pixels" in notices[-1]


def test_no_memory_at_all_is_one_clear_sentence(photo: NDArray[np.uint8], monkeypatch: pytest.MonkeyPatch) -> None:
    task = task_named("denoise")
    net = tiny_net(task)
    monkeypatch.setattr(net, "residual", _ScarceMemory(net, 0, "out of memory"))
    with pytest.raises(DeviceMemoryError, match="Close other programs"):
        Restorer(net, task, EXACT).restore(Image(photo), Level(20), RunContext())


def test_a_card_without_memory_hands_over_to_the_processor(
    photo: NDArray[np.uint8], monkeypatch: pytest.MonkeyPatch
) -> None:
    task, notices = task_named("denoise"), list[str]()
    expected = Restorer(tiny_net(task), task, EXACT).restore(Image(photo), Level(20), RunContext())
    net = tiny_net(task)
    restorer = Restorer(net, task, EXACT)
    residual, card = net.residual, torch.device("meta")

    def refuse_on_card(x: Tensor, *args: Any) -> Tensor:
        if restorer.device == card:
            raise torch.cuda.OutOfMemoryError("CUDA out of memory.")
        return residual(x, *args)

    monkeypatch.setattr(net, "residual", refuse_on_card)
    monkeypatch.setattr("engine.net_runner.choose_precision", lambda *args: Precision(torch.float32, "tested"))
    restorer._runner.device = card
    restored = restorer.restore(Image(photo), Level(20), RunContext(on_notice=notices.append))
    np.testing.assert_array_equal(restored.pixels, expected.pixels)
    assert restorer.device.type == "cpu"
    assert restorer.precision.reason == "tested"
    assert "tiles of 64 pixels" in notices[-2]
    assert "on the processor" in notices[-1]


def test_no_memory_for_the_nets_input_is_one_clear_sentence(
    photo: NDArray[np.uint8], monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*args: object) -> Tensor:
        raise RuntimeError("DefaultCPUAllocator: not enough memory")

    monkeypatch.setattr("engine.tasks.deblur.deconvolve", refuse)
    task = task_named("deblur")
    image = Image(photo[:40, :40])
    with pytest.raises(DeviceMemoryError, match="MiB are needed"):
        Restorer(tiny_net(task), task, EXACT).restore(image, level_for(task, image), RunContext())


def test_other_errors_are_not_mistaken_for_memory(photo: NDArray[np.uint8], monkeypatch: pytest.MonkeyPatch) -> None:
    task = task_named("denoise")
    net = tiny_net(task)
    monkeypatch.setattr(net, "residual", _ScarceMemory(net, 0, "shape mismatch"))
    with pytest.raises(RuntimeError, match="shape mismatch"):
        Restorer(net, task, EXACT).restore(Image(photo), Level(20), RunContext())
