"""Waking features that went silent: a ReLU that is never positive gets no gradient, and decay takes its weights."""

from __future__ import annotations

import math
from typing import cast

import torch
from torch import Tensor, nn

from engine.model import REDNet

_LEAST_SPREAD = 1e-6
_FRESH_NORM = 0.7 * math.sqrt(2)  # of the weights of a feature in a new net
_QUIETLY = 0.1
"""Of these, for a feature that is added to one that is at work."""

Layer = nn.Conv2d | nn.ConvTranspose2d


@torch.no_grad()
def revive(net: REDNet, inputs: Tensor, rng: torch.Generator) -> int:
    """Give the hidden features that are the same everywhere fresh weights, and hardly change what the net does.

    Args:
        inputs: (B, C + planes, H, W) what the net sees in training.
    Returns: how many features there were.
    Source: Sokar, Agarwal, Castro, Evci, "The Dormant Neuron Phenomenon in Deep Reinforcement Learning", ICML 2023.
    """
    layers = cast(list[Layer], [*net.encoder, *net.decoder])
    partners = _partners(net)
    lowest, highest = _ranges(net, layers[:-1], inputs)
    silent = highest - lowest <= _LEAST_SPREAD
    constants = highest * silent
    for number, layer in enumerate(layers[1:]):  # each takes in what the one before gives, `number`
        gone = silent[number]
        if number >= net.config.half and number in partners:
            gone, scale = gone & silent[partners[number]], net.config.skip_scale
            given = scale * (constants[number] + constants[partners[number]])
        else:
            given = constants[number]
        _cut_off(layer, gone, given)
    for number, layer in enumerate(layers[:-1]):
        is_joined = number in partners
        for feature in silent[number].nonzero().flatten().tolist():
            is_added = is_joined and not silent[partners[number], feature]
            _wake(layer, feature, _FRESH_NORM * (_QUIETLY if is_added else 1), rng)
    return int(silent.sum())


def _ranges(net: REDNet, layers: list[Layer], inputs: Tensor) -> tuple[Tensor, Tensor]:
    """(layers, features) the least and the greatest activation of each feature."""
    lowest = torch.full((len(layers), net.config.width), math.inf, device=inputs.device)
    highest = torch.zeros_like(lowest)
    numbers = {layer: number for number, layer in enumerate(layers)}

    def note(layer: Layer, _: object, output: Tensor) -> None:
        number, activations = numbers[layer], output.clamp_min(0)  # a large layer comes in several bands
        lowest[number] = lowest[number].minimum(activations.amin((0, 2, 3)))
        highest[number] = highest[number].maximum(activations.amax((0, 2, 3)))

    hooks = [layer.register_forward_hook(note) for layer in layers]
    try:
        net.residual(inputs)
    finally:
        for hook in hooks:
            hook.remove()
    return lowest, highest


def _partners(net: REDNet) -> dict[int, int]:
    """The layers whose outputs a skip adds, each way round; numbered from 0."""
    pairs = {net.config.depth - 1 - number: number - 1 for number in net.config.skipped}
    return pairs | {encoder: decoder for decoder, encoder in pairs.items()}


def _by_output(layer: Layer) -> Tensor:
    """The kernel as (output, input, height, width), not a copy."""
    return layer.weight.transpose(0, 1) if isinstance(layer, nn.ConvTranspose2d) else layer.weight


def _cut_off(layer: Layer, gone: Tensor, given: Tensor) -> None:
    """Take constants that silent features give into a layer's biases, and what they will give out of its kernels."""
    kernel = _by_output(layer)
    assert layer.bias is not None
    layer.bias += torch.einsum("oihw,i->o", kernel, given)
    kernel[:, gone] = 0


def _wake(layer: Layer, feature: int, norm: float, rng: torch.Generator) -> None:
    kernel = _by_output(layer)[feature]
    fresh = torch.randn(kernel.shape, generator=rng)
    kernel.copy_(fresh * (norm / fresh.norm()))
    assert layer.bias is not None
    layer.bias[feature] = 0
