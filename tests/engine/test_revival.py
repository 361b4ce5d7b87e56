from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
import torch
from torch import Tensor, nn

from engine.checkpoint import load_tensors
from engine.errors import Canceled
from engine.model import REDNet, REDNetConfig
from engine.run_context import RunContext
from engine.training.revival import revive
from tests.engine.test_training import TINY, lines, pictures, stop_at, trainer

__all__ = ["pictures"]  # a fixture

DEPTH = 14


def made(*, has_skips: bool = True) -> tuple[REDNet, Tensor]:
    net = REDNet(REDNetConfig(DEPTH, 8, 2, has_skips=has_skips), rng=torch.Generator().manual_seed(0))
    nn.init.normal_(net.last.weight, std=0.05, generator=torch.Generator().manual_seed(1))
    return net, torch.rand(2, 4, 96, 96, generator=torch.Generator().manual_seed(2))


def silence(layer: nn.Module, features: slice, constant: float = -1.0) -> None:
    """Make features give nothing, or the same everywhere."""
    assert isinstance(layer, nn.Conv2d | nn.ConvTranspose2d)
    with torch.no_grad():
        kernel = layer.weight if isinstance(layer, nn.Conv2d) else layer.weight.transpose(0, 1)
        kernel[features] = 0
        assert layer.bias is not None
        layer.bias[features] = constant


def woken(net: REDNet, inputs: Tensor) -> int:
    return revive(net, inputs, torch.Generator().manual_seed(3))


def learning(net: REDNet, inputs: Tensor, layers: list[nn.Module]) -> list[bool]:
    """Whether each layer gets a gradient."""
    kernels = [layer.get_parameter("weight") for layer in layers]
    return [bool(slope.any()) for slope in torch.autograd.grad(net.residual(inputs).square().mean(), kernels)]


def test_silent_features_wake_and_the_others_stay() -> None:
    net, inputs = made()
    natural = woken(net, inputs)
    assert woken(net, inputs) <= natural / 4
    encoder, decoder = net.encoder[3], net.decoder[2]
    assert isinstance(encoder, nn.Conv2d)
    silence(encoder, slice(0, 5))
    silence(decoder, slice(4, 8))
    before = encoder.weight[5:].clone()
    assert woken(net, inputs) >= 9
    assert torch.equal(encoder.weight[5:], before)
    assert encoder.weight[:5].flatten(1).norm(dim=1).min() > 0
    assert woken(net, inputs) <= 2


@pytest.mark.parametrize("constant", [-1.0, 0.3])
@pytest.mark.parametrize("has_skips", [False, True])
def test_waking_does_not_change_what_the_net_does(has_skips: bool, constant: float) -> None:
    """A layer that nothing is added to; the borders apart, where a constant meets the zeros beyond."""
    net, inputs = made(has_skips=has_skips)
    woken(net, inputs)
    silence(net.encoder[2], slice(0, 4), constant)
    middle = (..., slice(44, 52), slice(44, 52))
    with torch.no_grad():
        before = net.residual(inputs)[middle]
        assert woken(net, inputs) >= 4
        after = net.residual(inputs)[middle]
    assert (after - before).abs().max() < 0.01 * before.std()


def test_layers_made_in_bands_are_looked_at_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    counts, nets = list[int](), list[REDNet]()
    for band_px in (1 << 17, 500):
        monkeypatch.setattr("engine.model._BAND_PX", band_px)
        net, inputs = made()
        silence(net.encoder[3], slice(0, 5))
        counts.append(woken(net, inputs))
        nets.append(net)
    assert counts[0] == counts[1]
    assert all(torch.equal(one, other) for one, other in zip(*(net.parameters() for net in nets), strict=True))


def test_a_net_whose_middle_is_dead_learns_with_all_of_itself_again() -> None:
    net, inputs = made()
    dead = [*net.encoder[4:], *net.decoder[:3]]
    for layer in dead:
        silence(layer, slice(0, 8))
    assert learning(net, inputs, dead) == [False] * len(dead)
    woken(net, inputs)
    assert learning(net, inputs, dead) == [True] * len(dead)


def test_a_run_that_wakes_features_is_resumed_with_the_same_bits(pictures: Path, tmp_path: Path) -> None:
    recipe = replace(TINY, revive_every=2)
    trainer(pictures, tmp_path / "straight", recipe).run(RunContext())
    with pytest.raises(Canceled):
        trainer(pictures, tmp_path / "resumed", recipe).run(RunContext(stop_at(2)))
    trainer(pictures, tmp_path / "resumed", recipe).run(RunContext())
    straight, again = (load_tensors(tmp_path / name / "state.safetensors")[0] for name in ("straight", "resumed"))
    assert all(torch.equal(straight[name], again[name]) for name in straight)
    told = [line["step"] for line in lines(tmp_path / "resumed") if "revived" in line]
    assert told == [step for step in range(0, TINY.steps, 2) if step <= 0.6 * TINY.steps]
