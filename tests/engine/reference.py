"""RED-Net once more: plain numpy loops in float64, written from the paper and not from engine.model."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]


def convolve(x: Array, weight: Array, bias: Array, stride: int) -> Array:
    """(I, H, W) with (O, I, k, k), zero padding 1."""
    padded = np.pad(x, ((0, 0), (1, 1), (1, 1)))
    kernel = weight.shape[2]
    height, width = ((side + 2 - kernel) // stride + 1 for side in x.shape[1:])
    out = np.zeros((weight.shape[0], height, width))
    for y in range(height):
        for z in range(width):
            patch = padded[:, y * stride : y * stride + kernel, z * stride : z * stride + kernel]
            out[:, y, z] = np.tensordot(weight, patch, 3) + bias
    return out


def deconvolve(x: Array, weight: Array, bias: Array, stride: int) -> Array:
    """(I, H, W) with (I, O, k, k): every input pixel spreads its kernel; one border pixel is cut off."""
    kernel = weight.shape[2]
    height, width = ((side - 1) * stride + kernel for side in x.shape[1:])
    out = np.zeros((weight.shape[1], height, width))
    for y in range(x.shape[1]):
        for z in range(x.shape[2]):
            spread = np.tensordot(x[:, y, z], weight, 1)
            out[:, y * stride : y * stride + kernel, z * stride : z * stride + kernel] += spread
    return out[:, 1:-1, 1:-1] + bias[:, None, None]


def red_net(
    x: Array, weights: Mapping[str, Array], *, half: int, stride: int, channels: int, skips: bool, scale: float
) -> Array:
    """(C, H, W) through conv1..conv_half and deconv1..deconv_half, plus the image.

    Every second convolution c_2, c_4, ... (but the last) is added to deconv_(half - number),
    which for RED30 gives c14 -> d1, c12 -> d3, ... c2 -> d13.
    """
    h, kept = x, {}
    for number in range(1, half + 1):
        name = f"encoder.{number - 1}"
        s = stride if number == 1 else 1
        h = np.maximum(convolve(h, weights[f"{name}.weight"], weights[f"{name}.bias"], s), 0)
        kept[number] = h
    for number in range(1, half + 1):
        name = f"decoder.{number - 1}"
        s = stride if number == half else 1
        h = deconvolve(h, weights[f"{name}.weight"], weights[f"{name}.bias"], s)
        if number == half:
            break
        h = np.maximum(h, 0)
        mirrored = half - number
        if skips and mirrored % 2 == 0:
            h = np.maximum((h + kept[mirrored]) * scale, 0)
    return x[:channels] + h
