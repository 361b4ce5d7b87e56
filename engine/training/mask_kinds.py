"""The masks that inpainting is measured with."""

from __future__ import annotations

from collections.abc import Callable

import cv2
import numpy as np
from numpy.typing import NDArray

Mask = NDArray[np.bool_]
"""(H, W), True where the picture is to be filled."""

SCRATCHED_SHARE = 1 / 6
"""Source: measured on the authors' lena_scratch.bmp: 16.6 % of the pixels."""

_LINE_PX = 28
_FONTS = (cv2.FONT_HERSHEY_SIMPLEX, cv2.FONT_HERSHEY_COMPLEX, cv2.FONT_HERSHEY_TRIPLEX)


def make_mask(kind: str, shape: tuple[int, int], rng: np.random.Generator) -> Mask:
    """Draw a mask of a kind in `KINDS`."""
    return KINDS[kind](shape, rng)


def text_mask(shape: tuple[int, int], rng: np.random.Generator) -> Mask:
    """Lines of text all over the picture, as of a caption that was burnt in."""
    mask = np.zeros(shape, np.uint8)
    font = _FONTS[int(rng.integers(len(_FONTS)))]
    for baseline in range(_LINE_PX, shape[0] + _LINE_PX // 2, _LINE_PX):
        words = ["".join(chr(rng.integers(97, 123)) for _ in range(rng.integers(2, 10))) for _ in range(shape[1] // 16)]
        cv2.putText(mask, " ".join(words), (int(rng.integers(-60, 0)), baseline), font, 0.6, 1, 2, cv2.LINE_8)
    return mask.astype(bool)


def scratches_mask(shape: tuple[int, int], rng: np.random.Generator) -> Mask:
    """Bent scratches, up to eight pixels wide, until they cover a sixth of the pixels."""
    height, width = shape
    mask = np.zeros(shape, np.uint8)
    while mask.mean() < SCRATCHED_SHARE:
        start = rng.random(2) * [width, height]
        steps = rng.normal(0, 1, (6, 2)).cumsum(0) * max(height, width) / 16
        points = np.vstack([start, start + steps]).round().astype(np.int32)
        cv2.polylines(mask, [points], False, 1, int(rng.integers(2, 9)))
    return mask.astype(bool)


def missing_mask(share: float) -> Callable[[tuple[int, int], np.random.Generator], Mask]:
    """Single pixels, each missing by chance."""
    return lambda shape, rng: np.asarray(rng.random(shape) < share)


KINDS: dict[str, Callable[[tuple[int, int], np.random.Generator], Mask]] = {
    "text": text_mask,
    "scratches": scratches_mask,
    "missing 50 %": missing_mask(0.5),
    "missing 80 %": missing_mask(0.8),
}
