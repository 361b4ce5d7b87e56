from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest
import torch

from engine.model import NO_SIDES, REDNet, REDNetConfig, Sides, ignore_layer
from tests.engine import reference


def red_net(depth: int, *, width: int = 64, image_channels: int = 1) -> REDNetConfig:
    """The paper's RED10 (without skips), RED20 or RED30: full resolution, no level plane."""
    return REDNetConfig(
        depth=depth,
        width=width,
        stride=1,
        image_channels=image_channels,
        condition_channels=0,
        has_skips=depth > 10,
        skip_scale=1.0,
    )


@pytest.mark.parametrize(
    ("depth", "width", "channels", "parameters"),
    [(30, 64, 1, 1_035_201), (30, 128, 1, 4_134_785)],
)
def test_parameter_counts_are_the_papers(depth: int, width: int, channels: int, parameters: int) -> None:
    net = REDNet(red_net(depth, width=width, image_channels=channels))
    assert sum(p.numel() for p in net.parameters()) == parameters


@pytest.mark.parametrize("depth", [4, 10, 20, 30])
@pytest.mark.parametrize("stride", [1, 2])
@pytest.mark.parametrize("has_skips", [True, False])
def test_forward_equals_the_slow_reference(depth: int, stride: int, has_skips: bool) -> None:
    config = REDNetConfig(depth, 4, stride, 2, 1, has_skips=has_skips, skip_scale=0.8)
    net = REDNet(config, rng=torch.Generator().manual_seed(depth)).double()
    rng = torch.Generator().manual_seed(1)
    for parameter in net.parameters():
        torch.nn.init.normal_(parameter, std=0.3, generator=rng)
    x = torch.rand(3, 6, 8, dtype=torch.float64, generator=torch.Generator().manual_seed(0))
    expected = reference.red_net(
        x.numpy(),
        {name: value.detach().numpy() for name, value in net.named_parameters()},
        half=depth // 2,
        stride=stride,
        channels=2,
        skips=has_skips,
        scale=0.8,
    )
    with torch.inference_mode():
        got = x[None][:, :2] + net.residual(x[None])
    np.testing.assert_allclose(got[0].numpy(), expected, rtol=1e-5, atol=1e-5)


def test_training_and_inference_give_the_same() -> None:
    net = REDNet(REDNetConfig(8, 6, 2))
    x = torch.rand(1, 4, 12, 16)
    with torch.inference_mode():
        without_gradients = net(x)
    torch.testing.assert_close(net(x).detach(), without_gradients)


@pytest.mark.parametrize("stride", [1, 2])
def test_large_layers_are_made_in_bands(stride: int, monkeypatch: pytest.MonkeyPatch) -> None:
    net = REDNet(REDNetConfig(6, 8, stride))
    torch.nn.init.normal_(net.last.weight, std=0.1)
    x, looks = torch.rand(1, 4, 150, 64), list[int]()
    with torch.inference_mode():
        whole = net.residual(x, looks.append)
        assert looks == list(range(6))
        monkeypatch.setattr("engine.model._BAND_PX", 7 * 64 // stride)
        looks.clear()
        torch.testing.assert_close(net.residual(x, looks.append), whole)
    assert looks == sorted(looks)
    assert [looks.count(layer) for layer in range(6)] == [1, *[math.ceil(150 / stride / 7)] * 4, 1]


@pytest.mark.parametrize("halos", [(1, 0, 0, 0), (0, 1, 0, 0), (0, 0, 1, 0), (0, 0, 0, 1), (1, 0, 0, 1), (1, 1, 1, 1)])
@pytest.mark.parametrize("stride", [1, 2])
@pytest.mark.parametrize("band_rows", [3, 1000])
def test_halos_leave_the_rest_as_it_is(
    halos: Sides, stride: int, band_rows: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    net = REDNet(REDNetConfig(10, 4, stride), rng=torch.Generator().manual_seed(1)).double()
    torch.nn.init.normal_(net.last.weight, std=0.1)
    x = torch.rand(1, 4, 60, 64, dtype=torch.float64)
    left, right, top, bottom = (net.config.radius_px * side for side in halos)
    monkeypatch.setattr("engine.model._BAND_PX", band_rows * 64 // stride)
    with torch.inference_mode():
        whole, found = (net.residual(x, ignore_layer, sides) for sides in (NO_SIDES, halos))
    assert found.shape == whole.shape
    rows, columns = slice(top, 60 - bottom), slice(left, 64 - right)
    torch.testing.assert_close(found[..., rows, columns], whole[..., rows, columns])
    assert not torch.equal(found, whole)  # nothing was left out otherwise


@pytest.mark.parametrize("depth", [4, 6, 10, 20, 30])
@pytest.mark.parametrize("stride", [1, 2])
def test_no_output_pixel_sees_farther_than_the_radius(depth: int, stride: int) -> None:
    config = REDNetConfig(depth, 2, stride, 1, 0)
    net = REDNet(config)
    for parameter in net.parameters():
        torch.nn.init.constant_(parameter, 0.1)
    side = 4 * config.half + 140
    side += side % 2
    x = torch.zeros(1, 1, 8, side, requires_grad=True)
    for column in (side // 2, side // 2 + 1):
        (gradient,) = torch.autograd.grad(net(x)[0, 0, 4, column], x)
        seen = gradient[0, 0].abs().amax(0).nonzero().flatten()
        assert max(column - int(seen.min()), int(seen.max()) - column) <= config.radius_px
    reach = dict.fromkeys((side // 2, side // 2 + 1), config.radius_px)
    assert any(
        torch.autograd.grad(net(x)[0, 0, 4, column], x)[0][0, 0, :, column - r].abs().sum() > 0
        or torch.autograd.grad(net(x)[0, 0, 4, column], x)[0][0, 0, :, column + r].abs().sum() > 0
        for column, r in reach.items()
    ), "the radius is larger than it need be"


def test_the_same_seed_gives_the_same_weights() -> None:
    nets = [REDNet(REDNetConfig(6, 4), rng=torch.Generator().manual_seed(3)) for _ in range(2)]
    for first, second in zip(*(net.parameters() for net in nets), strict=True):
        assert torch.equal(first, second)


@pytest.mark.parametrize("bad", [{"depth": 7}, {"depth": 2}, {"stride": 3}, {"width": 0}, {"condition_channels": -1}])
def test_impossible_shapes_are_refused(bad: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="must be"):
        REDNetConfig(**bad)
