"""Batches, in time for the device that trains on them."""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Iterator, Sequence

import cv2
import torch
from torch import Tensor
from torch.utils.data import DataLoader, Dataset

from engine.errors import EngineError
from engine.tasks import Task
from engine.training.data import Batch, PatchSource

Columns = tuple[Tensor, Tensor, Tensor]

_FORK = "fork"
_MOST_WORKERS = 8
"""Each keeps pictures of its own in memory."""


def batches(source: PatchSource, task: Task, steps: Sequence[int], device: torch.device) -> Iterator[Batch]:
    """The batch of every step, in order.

    A graphics card takes its step in a fraction of the time that drawing a batch takes, so other processes draw for it.
    They are forked, for only so do they share the pictures; where systems cannot, and for the processor, whose cores
    are all busy with the net, each batch is drawn when it is wanted.
    """
    if device.type != "cuda" or _FORK not in multiprocessing.get_all_start_methods():
        return (source.batch(step, task) for step in steps)
    loader = DataLoader(
        _Steps(source, task),
        batch_size=None,
        sampler=steps,
        num_workers=min(_MOST_WORKERS, max(1, len(os.sched_getaffinity(0)) - 1)),
        multiprocessing_context=_FORK,
        worker_init_fn=_begin,
        pin_memory=True,
    )
    return map(_batch, loader)


def _batch(drawn: Columns | EngineError) -> Batch:
    if isinstance(drawn, EngineError):
        raise drawn
    return Batch(*drawn)


class _Steps(Dataset[Columns | EngineError]):
    def __init__(self, source: PatchSource, task: Task) -> None:
        self._source, self._task = source, task

    def __getitem__(self, step: int) -> Columns | EngineError:
        """A batch, or why there is none: the loader would turn what is raised here into another error."""
        try:
            return self._source.batch(step, self._task).columns
        except EngineError as error:
            return error


def _begin(number: int) -> None:
    cv2.setNumThreads(0)  # its pool of threads does not live on in a forked process
