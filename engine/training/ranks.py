"""Several processes that train one net: each takes a share of every batch, and all take the same step."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TypeVar

import torch
import torch.distributed as dist
from torch import Tensor, nn

from engine.errors import TrainingError
from engine.training.data import Batch

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Ranks:
    """This process among those that `torchrun` started; without it, the only one.

    Attributes:
        rank: which one this is; the first one writes and tells.
        count: how many there are.
    """

    rank: int = 0
    count: int = 1

    @property
    def is_first(self) -> bool:
        """Whether this one writes and tells."""
        return self.rank == 0

    def share(self, batch: Batch) -> Batch:
        """The part of a batch that this process works on. All draw the whole, so that it depends on the step alone."""
        if self.count == 1:
            return batch
        if len(batch.inputs) < self.count:
            words = f"the batch of {len(batch.inputs)} is smaller than the number of processes, {self.count}"
            raise TrainingError("--batch", words)
        inputs, targets, weights = (
            column[self.rank :: self.count] for column in (batch.inputs, batch.targets, batch.weights)
        )
        return Batch(inputs.contiguous(memory_format=torch.channels_last), targets, weights)

    def total(self, values: Tensor) -> Tensor:
        """The sum over all processes, without a gradient."""
        summed = values.detach().clone()
        if self.count > 1:
            dist.all_reduce(summed)
        return summed

    def add_gradients(self, net: nn.Module) -> None:
        """Give every process the sum of all gradients."""
        gradients = [parameter.grad for parameter in net.parameters() if parameter.grad is not None]
        if self.count > 1:
            summed = torch.cat([gradient.reshape(-1) for gradient in gradients])
            dist.all_reduce(summed)
            parts = torch.split(summed, [gradient.numel() for gradient in gradients])
            for gradient, part in zip(gradients, parts, strict=True):
                gradient.copy_(part.reshape(gradient.shape))

    def any(self, *flags: bool) -> tuple[bool, ...]:
        """Of each flag, whether some process has it."""
        if self.count == 1:
            return flags
        return tuple(bool(value) for value in self.total(torch.tensor(flags, dtype=torch.float32)).tolist())

    def wait(self) -> None:
        """Until all processes are here: what the first one wrote is there then."""
        if self.count > 1:
            dist.barrier()

    def from_first(self, value: T | None) -> T:
        """What the first process has; plain values."""
        held = [value]
        if self.count > 1:
            dist.broadcast_object_list(held, src=0)
        assert held[0] is not None
        return held[0]


@contextmanager
def joined() -> Iterator[Ranks]:
    """Meet the other processes that `torchrun` started, and part from them at the end."""
    count = int(os.environ.get("WORLD_SIZE", "1"))
    if count == 1:
        yield Ranks()
        return
    if torch.cuda.is_available():
        torch.cuda.set_device(int(os.environ.get("LOCAL_RANK", "0")) % torch.cuda.device_count())
    dist.init_process_group("gloo")
    try:
        yield Ranks(dist.get_rank(), count)
    finally:
        dist.destroy_process_group()
