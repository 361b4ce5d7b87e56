"""Masks: planes that say where a picture is restored, how much, or where it is filled."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import cv2
import numpy as np
import torch
from numpy.typing import NDArray

from engine.errors import ImageReadError
from engine.image_io import read_image
from engine.tasks import Level
from engine.tensors import to_8bit

Plane = NDArray[np.uint8]

_FAINTEST = 7
"""Fainter paint makes no hole: JPEG leaves as much on what was black."""


def read_mask(path: Path) -> Plane:
    """A mask file as (H, W): 255 where it is white and opaque, 0 where it is black or see-through.

    Raises: ImageReadError: it is no picture, or paints nothing.
    """
    image = read_image(path)
    mask: Plane = to_8bit(image.pixels).max(axis=2)
    if image.alpha is not None:
        mask = np.asarray(cv2.multiply(mask, to_8bit(image.alpha[..., None])[..., 0], scale=1 / 255), np.uint8)
    if not has_paint(mask):
        raise ImageReadError(path, "it is black everywhere, so nothing is marked; paint white what is meant")
    return mask


def resampled(mask: Plane, width: int, height: int) -> Plane:
    """A mask in the size of a picture."""
    if mask.shape == (height, width):
        return mask
    is_smaller = height < mask.shape[0] or width < mask.shape[1]
    method = cv2.INTER_AREA if is_smaller else cv2.INTER_LINEAR
    return np.asarray(cv2.resize(mask, (width, height), interpolation=method), np.uint8)


def has_paint(mask: Plane) -> bool:
    """Whether anything would be restored."""
    return bool(mask.size) and int(mask.max()) > _FAINTEST


def with_mask(level: Level, mask: Plane) -> Level:
    """A level that fills wherever the mask is painted, and shows as much of the filling as it is."""
    opacity = torch.from_numpy(mask)[None]
    return replace(level, mask=opacity > _FAINTEST, opacity=opacity)
