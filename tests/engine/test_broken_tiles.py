"""Number formats in which a net breaks."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest
import torch
from numpy.typing import NDArray
from torch import Tensor

from engine.image_io import Image
from engine.model import NO_SIDES, REDNet, Sides, ignore_layer
from engine.restore import Restorer
from engine.run_context import RunContext
from engine.tasks import Level, task_named
from tests.engine.conftest import EXACT, tiny_net

TASK = task_named("denoise")
COARSE = replace(EXACT, precision="bfloat16", tile_px=64)


class _Breaking(REDNet):
    """Gives something else in 16 bits than in 32."""

    broken: Callable[[Tensor], Tensor] = torch.zeros_like

    def residual(self, x: Tensor, on_layer: Callable[[int], None] = ignore_layer, halos: Sides = NO_SIDES) -> Tensor:
        if self.last.weight.dtype == torch.float32:
            return super().residual(x, on_layer, halos)
        return type(self).broken(x[:, : self.config.image_channels].float())


def breaking(broken: Callable[[Tensor], Tensor]) -> REDNet:
    net = tiny_net(TASK)
    net.__class__ = type("Breaking", (_Breaking,), {"broken": staticmethod(broken)})
    return net


def restored(net: REDNet, pixels: NDArray[np.uint8], **options: object) -> tuple[NDArray[np.uint8], list[str]]:
    notices = list[str]()
    restorer = Restorer(net, TASK, replace(COARSE, **options))  # type: ignore[arg-type]  # a few options of it
    image = restorer.restore(Image(pixels), Level(20), RunContext(on_notice=notices.append))
    return image.pixels, notices


@pytest.mark.parametrize("value", [torch.nan, torch.inf, -torch.inf, -2])
def test_a_tile_that_breaks_is_computed_again_and_that_is_told_once(photo: NDArray[np.uint8], value: float) -> None:
    pixels = photo[:70, :150]
    expected, _ = restored(tiny_net(TASK), pixels, precision="float32")
    found, notices = restored(breaking(lambda image: torch.full_like(image, value)), pixels)
    np.testing.assert_array_equal(found, expected)
    assert notices == ["A part came out broken in bfloat16: it was computed again in float32."]


def test_one_number_that_is_none_is_enough(photo: NDArray[np.uint8]) -> None:
    def one(image: Tensor) -> Tensor:
        residual = torch.zeros_like(image)
        residual[0, 1, 3, 5] = torch.nan
        return residual

    expected, _ = restored(tiny_net(TASK), photo[:40, :40], precision="float32")
    found, notices = restored(breaking(one), photo[:40, :40])
    np.testing.assert_array_equal(found, expected)
    assert notices


def test_a_net_that_overflows_in_float16_gives_what_it_gives_in_float32(photo: NDArray[np.uint8]) -> None:
    net = tiny_net(TASK)
    with torch.no_grad():
        net.encoder[0].weight.mul_(1e6)  # type: ignore[operator]  # a module list of convolutions
        net.last.weight.mul_(1e-6)
    expected, silence = restored(net, photo[:40, :40], precision="float32")
    found, notices = restored(net, photo[:40, :40], precision="float16")
    np.testing.assert_array_equal(found, expected)
    assert not silence
    assert "broken in float16" in notices[0]


def test_what_is_black_stays_black_without_a_word() -> None:
    black = np.zeros((40, 40, 3), np.uint8)
    pixels, notices = restored(breaking(lambda image: torch.full_like(image, -1)), black)
    assert not pixels.any()
    assert not notices


def test_noise_that_becomes_black_in_float32_too_is_believed() -> None:
    noise = np.random.default_rng(1).integers(0, 20, (40, 40, 3), np.uint8)
    net = tiny_net(TASK)
    with torch.no_grad():
        net.last.bias.sub_(9)  # type: ignore[union-attr]  # it has one
    pixels, notices = restored(net, noise)
    assert not pixels.any()
    assert not notices


def test_a_damaged_net_leaves_the_picture_as_it_is_and_says_so(photo: NDArray[np.uint8]) -> None:
    net = tiny_net(TASK)
    with torch.no_grad():
        net.last.weight[0, 0, 0, 0] = torch.nan
    for precision in ("float32", "bfloat16"):
        pixels, notices = restored(net, photo[:70, :150], precision=precision)
        np.testing.assert_array_equal(pixels, photo[:70, :150])
        assert notices == ["A part came out broken even in float32: it was left as it is. The model may be damaged."]
