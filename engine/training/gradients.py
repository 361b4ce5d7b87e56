"""The gradients of a batch."""

from __future__ import annotations

import torch
from torch import Tensor, nn

from engine.model import REDNet
from engine.training.captured import Captured
from engine.training.data import Batch
from engine.training.loss import Loss, loss_of_sums, loss_sums
from engine.training.ranks import Ranks

_LARGEST_NORM = 1.0


class Gradients:
    """Gives a net's parameters the gradients of a batch's loss, clipped."""

    def __init__(self, net: REDNet, loss: Loss, dtype: torch.dtype, ranks: Ranks) -> None:
        """Work where `net` is, with its layers in the number format `dtype`."""
        self._net, self._loss, self._dtype, self._ranks = net, loss, dtype, ranks
        self._device = net.last.weight.device
        self._batch: Batch | None = None
        self._found = torch.zeros(2, device=self._device)
        alone = self._device if ranks.count == 1 else torch.device("cpu")  # processes wait for each other in between
        self._compute_again = Captured(self._compute, alone)

    def compute(self, batch: Batch) -> tuple[float, float]:
        """The loss of this process's share of a batch and of all others', and the norm before clipping."""
        batch = self._ranks.share(batch)
        if self._batch is None:
            self._batch = self._moved(batch)
        else:
            for held, new in zip(self._batch.columns, batch.columns, strict=True):
                held.copy_(new, non_blocking=True)
        self._compute_again()
        loss, norm = self._found.tolist()
        return loss, norm

    def _moved(self, batch: Batch) -> Batch:
        inputs, targets, weights = (column.to(self._device, copy=True) for column in batch.columns)
        channels_last = {"memory_format": torch.channels_last}
        return Batch(inputs.contiguous(**channels_last), targets.contiguous(**channels_last), weights)

    def _compute(self) -> None:
        assert self._batch is not None
        self._net.zero_grad(set_to_none=True)
        is_reduced = self._dtype is not torch.float32
        with torch.autocast(self._device.type, dtype=self._dtype, enabled=is_reduced, cache_enabled=False):
            output = self._net(self._batch.inputs)
        sums = loss_sums(self._loss, output, self._batch.targets, self._batch.weights)
        loss = self._backward(sums)
        self._ranks.add_gradients(self._net)
        norm = nn.utils.clip_grad_norm_(self._net.parameters(), _LARGEST_NORM)
        self._found.copy_(torch.stack([loss, norm]))

    def _backward(self, sums: Tensor) -> Tensor:
        total = self._ranks.total(sums).requires_grad_()
        loss = loss_of_sums(self._loss, total)
        (slopes,) = torch.autograd.grad(loss, total)
        # A scalar: to be handed slopes, torch would load its compiler's algebra, which the installers leave out.
        torch.autograd.backward(torch.dot(sums.flatten(), slopes.flatten()))
        return loss.detach()
