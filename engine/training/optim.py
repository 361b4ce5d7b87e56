"""The optimisers of the recipe: Muon for the hidden kernels, Adam for the rest."""

from __future__ import annotations

import math

import torch
from torch import Tensor, nn

from engine.model import REDNet
from engine.training.config import TrainConfig

_MOMENTUM = 0.95
_BETAS = (0.9, 0.99)
_EPSILON = 1e-8


def orthogonalize(matrix: Tensor, dtype: torch.dtype = torch.bfloat16) -> Tensor:
    """The nearest matrix with singular values around 1: five Newton-Schulz steps.

    Args:
        dtype: of the steps; bfloat16 is enough.
    Source: Jordan et al. 2024, "Muon: An optimizer for hidden layers in neural networks".
    """
    x = matrix.to(dtype)
    is_tall = x.shape[0] > x.shape[1]
    if is_tall:
        x = x.T
    x = x / (x.norm() + 1e-7)
    for _ in range(5):
        gram = x @ x.T
        x = 3.4445 * x + (-4.7750 * gram + 2.0315 * gram @ gram) @ x
    result: Tensor = x.T if is_tall else x
    return result.float()


class Optimizer:
    """Muon on the hidden 3x3 kernels, Adam on the first layer, the last layer and the biases.

    All its state is in `state`, so that it can be saved as tensors.

    Attributes:
        state: (kind, parameter name) -> tensor shaped like the parameter.
        steps: optimiser steps taken.
    """

    def __init__(self, net: REDNet, config: TrainConfig, dtype: torch.dtype = torch.bfloat16) -> None:
        """Prepare for the first step; `dtype` is the fastest number format of matrix products."""
        self._config, self._dtype = config, dtype
        hidden = {id(kernel) for kernel in net.hidden_kernels()}
        self._muon = {name: p for name, p in net.named_parameters() if id(p) in hidden}
        self._adam = {name: p for name, p in net.named_parameters() if id(p) not in hidden}
        self.steps = 0
        self.state: dict[str, Tensor] = {
            **{f"momentum/{name}": torch.zeros_like(p) for name, p in self._muon.items()},
            **{f"mean/{name}": torch.zeros_like(p) for name, p in self._adam.items()},
            **{f"square/{name}": torch.zeros_like(p) for name, p in self._adam.items()},
        }

    def rate(self, step: int) -> float:
        """The learning rate of a step (from 0) as a share of its peak."""
        config = self._config
        cosine = 0.5 * (1 + math.cos(math.pi * min(1.0, step / config.steps)))
        warmup = min(1.0, (step + 1) / max(1, config.warmup_steps))
        return warmup * ((1 - config.final_rate) * cosine + config.final_rate)

    @torch.no_grad()
    def step(self) -> None:
        """Use the gradients, which are left as they are."""
        rate = self.rate(self.steps)
        self.steps += 1
        for name, parameter in self._muon.items():
            self._muon_step(name, parameter, self._config.muon_rate * rate)
        for name, parameter in self._adam.items():
            self._adam_step(name, parameter, self._config.adam_rate * rate)

    def _muon_step(self, name: str, parameter: nn.Parameter, rate: float) -> None:
        assert parameter.grad is not None
        momentum = self.state[f"momentum/{name}"].lerp_(parameter.grad, 1 - _MOMENTUM)
        nesterov = parameter.grad.lerp(momentum, _MOMENTUM).reshape(parameter.shape[0], -1)
        scale = math.sqrt(max(1.0, nesterov.shape[0] / nesterov.shape[1]))
        # The decay bounds the spectral norms; without it this net diverges sooner or later.
        parameter.mul_(1 - rate * self._config.weight_decay)
        parameter.add_(orthogonalize(nesterov, self._dtype).reshape(parameter.shape), alpha=-rate * scale)

    def _adam_step(self, name: str, parameter: nn.Parameter, rate: float) -> None:
        assert parameter.grad is not None
        mean = self.state[f"mean/{name}"].lerp_(parameter.grad, 1 - _BETAS[0])
        square = self.state[f"square/{name}"].lerp_(parameter.grad.square(), 1 - _BETAS[1])
        corrected = mean / (1 - _BETAS[0] ** self.steps)
        deviation = (square / (1 - _BETAS[1] ** self.steps)).sqrt_().add_(_EPSILON)
        parameter.addcdiv_(corrected, deviation, value=-rate)
