"""The optimisers of the recipe: Muon for the hidden kernels, Adam for the rest; and the average of the weights."""

from __future__ import annotations

import math

import torch
from torch import Tensor, nn

from engine.model import REDNet
from engine.training.captured import Captured
from engine.training.config import TrainConfig

_MOMENTUM = 0.95
_BETAS = (0.9, 0.99)
_EPSILON = 1e-8


def orthogonalize(matrices: Tensor, dtype: torch.dtype = torch.bfloat16) -> Tensor:
    """The nearest matrices with singular values around 1: five Newton-Schulz steps.

    Args:
        matrices: (..., M, N).
        dtype: of the steps; bfloat16 is enough.
    Returns: the same shape, float32.
    Source: Jordan et al. 2024, "Muon: An optimizer for hidden layers in neural networks".
    """
    x = matrices.to(dtype)
    is_tall = x.shape[-2] > x.shape[-1]
    if is_tall:
        x = x.mT
    x = x / (x.norm(dim=(-2, -1), keepdim=True) + 1e-7)
    for _ in range(5):
        gram = x @ x.mT
        x = 3.4445 * x + (-4.7750 * gram + 2.0315 * gram @ gram) @ x
    result: Tensor = x.mT if is_tall else x
    return result.float()


class Optimizer:
    """Muon on the hidden 3x3 kernels, Adam on the first layer, the last layer and the biases.

    All its state is in `state` and `average`, so that it can be saved as tensors.

    Attributes:
        state: name -> tensor: the momentum of all hidden kernels, and Adam's moments of all other numbers in a row.
        average: parameter name -> moving average of its values.
        steps: optimiser steps taken.
    """

    def __init__(self, net: REDNet, config: TrainConfig, dtype: torch.dtype = torch.bfloat16) -> None:
        """Prepare for the first step; `dtype` is the fastest number format of matrix products."""
        self._config, self._dtype = config, dtype
        self._muon = list(net.hidden_kernels())
        hidden = {id(kernel) for kernel in self._muon}
        self._adam = [p for p in net.parameters() if id(p) not in hidden]
        self._all = dict(net.named_parameters())
        self.steps = 0
        row = torch.cat([p.detach().flatten() for p in self._adam])
        biases = {id(layer.bias) for layer in net.hidden_layers}
        self._shares = torch.cat(
            [torch.full_like(p, config.bias_share if id(p) in biases else 1.0).flatten() for p in self._adam]
        )
        self.state: dict[str, Tensor] = {
            "momentum": torch.stack([torch.zeros_like(p) for p in self._muon]),
            "mean": torch.zeros_like(row),
            "square": torch.zeros_like(row),
        }
        self.average = {name: p.detach().clone() for name, p in self._all.items()}
        # What changes from step to step lies in a tensor, so that the step can be captured.
        self._factors = torch.zeros(5, device=row.device)
        self._apply_again = Captured(self._apply, row.device)

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
        factors = [
            self._config.muon_rate * rate,
            self._config.adam_rate * rate,
            1 - _BETAS[0] ** self.steps,
            1 - _BETAS[1] ** self.steps,
            1 - min(self._config.average, self.steps / (9 + self.steps)),
        ]
        self._factors.copy_(torch.tensor(factors))
        self._apply_again()

    @torch.no_grad()
    def _apply(self) -> None:
        muon_rate, adam_rate, mean_share, square_share, new_share = self._factors.unbind()
        self._muon_step(muon_rate)
        self._adam_step(adam_rate, mean_share, square_share)
        for name, parameter in self._all.items():
            self.average[name].lerp_(parameter, new_share)

    def _muon_step(self, rate: Tensor) -> None:
        gradients = torch.stack([_gradient(p) for p in self._muon])
        momentum = self.state["momentum"].lerp_(gradients, 1 - _MOMENTUM)
        nesterov = gradients.lerp_(momentum, _MOMENTUM).flatten(2)
        scale = math.sqrt(max(1.0, nesterov.shape[1] / nesterov.shape[2]))
        updates = orthogonalize(nesterov, self._dtype).reshape(momentum.shape) * (rate * scale)
        # The decay bounds the spectral norms; without it this net diverges sooner or later.
        kept = 1 - rate * self._config.weight_decay
        for parameter, update in zip(self._muon, updates, strict=True):
            parameter.mul_(kept).sub_(update)

    def _adam_step(self, rate: Tensor, mean_share: Tensor, square_share: Tensor) -> None:
        gradients = torch.cat([_gradient(p).flatten() for p in self._adam])
        mean = self.state["mean"].lerp_(gradients, 1 - _BETAS[0])
        square = self.state["square"].lerp_(gradients.square(), 1 - _BETAS[1])
        updates = rate * self._shares * (mean / mean_share) / ((square / square_share).sqrt_() + _EPSILON)
        parts = torch.split(updates, [p.numel() for p in self._adam])
        for parameter, update in zip(self._adam, parts, strict=True):
            parameter.sub_(update.reshape(parameter.shape))


def _gradient(parameter: nn.Parameter) -> Tensor:
    assert parameter.grad is not None
    return parameter.grad
