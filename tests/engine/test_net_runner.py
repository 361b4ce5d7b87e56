"""What of a window goes through the net."""

from __future__ import annotations

from collections.abc import Callable

import pytest
import torch
from torch import Tensor

from engine.model import REDNet, REDNetConfig, Sides, ignore_layer
from engine.net_runner import NetRunner

SIDE = 90


@pytest.fixture(params=[1, 2])
def net(request: pytest.FixtureRequest) -> REDNet:
    """One whose every output depends on all that it sees."""
    net = REDNet(REDNetConfig(8, 4, request.param, 1, 0))
    for parameter in net.parameters():
        torch.nn.init.constant_(parameter, 0.1)
    return net


def spied(net: REDNet, monkeypatch: pytest.MonkeyPatch) -> list[Sides]:
    found, residual = list[Sides](), net.residual

    def spy(x: Tensor, on_layer: Callable[[int], None], halos: Sides) -> Tensor:
        found.append(halos)
        return residual(x, on_layer, halos)

    monkeypatch.setattr(net, "residual", spy)
    return found


@pytest.mark.parametrize("excess", [-1, 0, 1])
@pytest.mark.parametrize("side", range(4), ids=["left", "right", "top", "bottom"])
def test_a_side_is_a_halo_from_the_nets_radius_on(
    net: REDNet, monkeypatch: pytest.MonkeyPatch, side: int, excess: int
) -> None:
    radius, picture = net.config.radius_px, torch.rand(1, SIDE, SIDE, generator=torch.Generator().manual_seed(1))
    found = spied(net, monkeypatch)
    margins = [0, 0, 0, 0]
    margins[side] = radius + excess
    left, right, top, bottom = margins
    wanted = (slice(top, SIDE - bottom), slice(left, SIDE - right))
    runner = NetRunner(net, "cpu", "float32")
    with torch.inference_mode():
        whole = runner.run(picture, (slice(0, SIDE), slice(0, SIDE)), ignore_layer)
        part = runner.run(picture, wanted, ignore_layer)
    torch.testing.assert_close(part, whole[:, *wanted])
    assert [any(halos) for halos in found] == [False, excess >= 0]
    assert found[1][side] == (excess >= 0)


def test_all_flips_are_averaged_with_or_without_halos(net: REDNet) -> None:
    radius, picture = net.config.radius_px, torch.rand(1, SIDE, SIDE, generator=torch.Generator().manual_seed(1))
    wanted = (slice(radius, SIDE), slice(0, SIDE - radius))
    runner = NetRunner(net, "cpu", "float32", has_ensemble=True)
    with torch.inference_mode():
        whole = runner.run(picture, (slice(0, SIDE), slice(0, SIDE)), ignore_layer)
        torch.testing.assert_close(runner.run(picture, wanted, ignore_layer), whole[:, *wanted])
