"""What training makes small."""

from __future__ import annotations

from typing import Literal

import torch
from torch import Tensor

Loss = Literal["l1", "psnr"]

_SOFTENING = 1e-4
"""Mean squared error below which a patch counts as good enough (40 dB): flat patches must not outweigh all others."""


def loss_sums(kind: Loss, output: Tensor, targets: Tensor, weights: Tensor) -> Tensor:
    """Two numbers for `loss_of_sums`, to be added up where a batch is shared out.

    Args:
        kind: "l1" is the mean absolute error; "psnr" the geometric mean of the patches' root mean squared errors: one
            dB is worth as much on a hardly damaged patch as on a badly damaged one, as in the mean PSNR of a table.
        output, targets: (B, C, H, W), 0..1.
        weights: (B, 1, H, W), of the pixels; a patch may have none.
    """
    error = output.float() - targets
    if kind == "l1":
        return torch.stack([(error.abs() * weights).sum(), weights.sum() * targets.shape[1]])
    squares = (error.square() * weights).sum((1, 2, 3)) / (weights.sum((1, 2, 3)) * targets.shape[1] + 1)
    logarithms = (squares + _SOFTENING).log()
    return torch.stack([logarithms.sum(), torch.ones_like(logarithms).sum()])


def loss_of_sums(kind: Loss, sums: Tensor) -> Tensor:
    """The loss of a whole batch: not negative, and it falls as the output comes nearer."""
    if kind == "l1":
        return sums[0] / (sums[1] + 1)
    return (sums[0] / sums[1]).mul(0.5).exp()
