"""Work on a graphics card that is recorded once and then replayed."""

from __future__ import annotations

from collections.abc import Callable

import torch

_CALLS_BEFORE = 3
"""Libraries choose their kernels in the first calls."""


class Captured:
    """A function without arguments, called again and again on the same tensors.

    On CUDA it is recorded in its fourth call and replayed from then on: to launch the thousand small kernels of a
    training step one by one takes longer than to run them. It must not wait for the card or decide by its numbers, and
    tensors it makes are overwritten by the next call. Elsewhere it is called as it is.
    Source: PyTorch, "CUDA semantics: CUDA Graphs".
    """

    def __init__(self, function: Callable[[], None], device: torch.device) -> None:
        """Wrap `function`, which works on `device`."""
        self._function = function
        self._calls = 0
        self._is_captured = device.type == "cuda"
        self._graph: torch.cuda.CUDAGraph | None = None

    def __call__(self) -> None:
        """Do it once."""
        if not self._is_captured:
            self._function()
        elif self._calls < _CALLS_BEFORE:
            self._calls += 1
            self._on_side_stream()
        else:
            if self._graph is None:
                self._graph = torch.cuda.CUDAGraph()
                with torch.cuda.graph(self._graph, capture_error_mode="thread_local"):  # another thread pins memory
                    self._function()
            self._graph.replay()

    def _on_side_stream(self) -> None:
        # Recording happens on a stream of its own, and what autograd keeps must not belong to the default one.
        side, current = torch.cuda.Stream(), torch.cuda.current_stream()  # type: ignore[no-untyped-call]  # torch's stub
        side.wait_stream(current)
        with torch.cuda.stream(side):
            self._function()
        current.wait_stream(side)
