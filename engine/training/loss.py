"""What training makes small."""

from __future__ import annotations

from typing import Literal

from torch import Tensor

Loss = Literal["l1", "psnr"]

_SOFTENING = 1e-4
"""Mean squared error below which a patch counts as good enough (40 dB): flat patches must not outweigh all others."""


def training_loss(kind: Loss, output: Tensor, targets: Tensor, weights: Tensor) -> Tensor:
    """One number, not negative, that falls as the output comes nearer.

    Args:
        kind: "l1" is the mean absolute error; "psnr" the geometric mean of the patches' root mean squared errors: one
            dB is worth as much on a hardly damaged patch as on a badly damaged one, as in the mean PSNR of a table.
        output, targets: (B, C, H, W), 0..1.
        weights: (B, 1, H, W), of the pixels; a patch may have none.
    """
    error = output.float() - targets
    if kind == "l1":
        return (error.abs() * weights).sum() / (weights.sum() * targets.shape[1] + 1)
    squares = (error.square() * weights).sum((1, 2, 3)) / (weights.sum((1, 2, 3)) * targets.shape[1] + 1)
    return (squares + _SOFTENING).log().mean().mul(0.5).exp()
