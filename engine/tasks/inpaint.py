"""Inpainting: filling scratches, text, spots and missing pixels."""

from __future__ import annotations

import cv2
import numpy as np
import torch
import torch.nn.functional as F
from numpy.typing import NDArray
from torch import Tensor

from engine.errors import LevelError
from engine.tasks.base import Level, LevelRange, Task, numpy_rng
from engine.tensors import Pixels, to_tensor

_PYRAMID_LEVELS = 5
_THICKEST_PX = 32
"""Holes as thick as those the nets learned from; thicker ones are filled at half the size first."""
_DOUBTFUL_PX = 128
_MISSING_SHARE = 0.35
"""Part of the training masks in which single pixels are missing, and nothing else."""
_LEAST_KNOWN = 0.25  # of a pixel of half the size; with less it is a hole
_TRUST = 8
"""A pixel of half the size counts fully where an eighth of what it is the mean of is known."""
_LEAST_WEIGHT = 1e-4
_STRIP_PX = 512  # even; the floats of a whole photo take four to twelve times its memory


class Inpaint(Task):
    """Fills where the mask is set; the number of the level has no meaning."""

    name = "inpaint"
    levels = LevelRange("level", 0, 0, 0, standard=(0,))
    alignment_px = 1 << _PYRAMID_LEVELS
    needs_mask = True

    def sample_level(self, shape: tuple[int, int], rng: torch.Generator) -> Level:
        return Level(0, mask=torch.from_numpy(random_mask(shape, numpy_rng(rng)))[None])

    def degrade(self, clean: Tensor, level: Level, rng: torch.Generator) -> Tensor:
        """Blacken the masked pixels."""
        return clean * ~_mask_of(level)

    def network_input(self, degraded: Tensor, level: Level) -> Tensor:
        """The picture with its holes filled from their surroundings, and the mask."""
        mask = _mask_of(level)
        filled = _prefill(degraded, mask) if level.fill is None else _fill_from(level.fill, degraded, mask)
        return torch.cat([filled, mask.float()])

    def reach_px(self, level: Level) -> int:
        # Up the pyramid a pixel sees less than one of its own size farther, down it two at each level.
        return 4 * self.alignment_px

    def loss_weight(self, level: Level, shape: tuple[int, int]) -> Tensor:
        """Only masked pixels count: over all of them the net dies, every ReLU at zero."""
        return _mask_of(level).float()

    def merge(self, degraded: Tensor, restored: Tensor, level: Level) -> Tensor:
        """Pixels outside the mask stay exactly what they were."""
        if level.opacity is not None:
            restored = torch.lerp(degraded, restored, level.opacity / 255)
        return torch.where(_mask_of(level), restored, degraded)

    def leaves_alone(self, level: Level) -> bool:
        return not _mask_of(level).any()

    def coarser(self, degraded: Pixels, level: Level) -> tuple[Tensor, Level] | None:
        """Half the size while a hole is too thick for the net to see across; holes thinner than a pixel vanish."""
        mask = _mask_of(level)
        if level.fill is not None or _thickness_px(mask) <= _THICKEST_PX:
            return None
        starts = range(0, len(degraded), _STRIP_PX)
        strips = [
            _half_known(degraded[start : start + _STRIP_PX], mask[:, start : start + _STRIP_PX]) for start in starts
        ]
        average, weight = (torch.cat(planes, dim=1) for planes in zip(*strips, strict=True))
        return average, Level(level.value, mask=weight < _LEAST_KNOWN)

    def doubt(self, level: Level) -> str | None:
        thickness_px = _thickness_px(_mask_of(level))
        if thickness_px <= _DOUBTFUL_PX:
            return None
        return (
            f"A hole is about {round(thickness_px)} pixels thick: what is filled in there is smooth guesswork, "
            "nothing that was in the picture."
        )

    def check_level(self, level: Level) -> None:
        Task.check_level(self, level)
        mask = _mask_of(level)
        if mask.ndim != 3 or mask.shape[0] != 1 or mask.dtype != torch.bool:
            raise LevelError(self.name, "a mask is one plane of yes and no")
        if level.opacity is not None and level.opacity.shape != mask.shape:
            raise LevelError(self.name, "what shows of the filling is told for every pixel of the mask")


def _mask_of(level: Level) -> Tensor:
    if level.mask is None:
        raise ValueError("an inpaint level carries its mask")
    return level.mask


def _thickness_px(mask: Tensor) -> float:
    """Of the thickest hole: twice the longest way out of it; the picture's border is no way out."""
    holes = mask[0].numpy().astype(np.uint8)
    if not holes.any():
        return 0.0
    way_out = float(cv2.distanceTransform(holes, cv2.DIST_L2, cv2.DIST_MASK_3).max())
    return min(2 * way_out, float(max(holes.shape)))  # where all is hole there is no way out


def _half_known(pixels: Pixels, mask: Tensor) -> tuple[Tensor, Tensor]:
    """Means of what is known of a strip, in half the size, and how much of each that is."""
    known = (~mask).float()[None]
    weight = _halve(known)
    return (_halve(to_tensor(pixels)[None] * known) / weight.clamp_min(1e-4))[0], weight[0]


def _fill_from(fill: Tensor, degraded: Tensor, mask: Tensor) -> Tensor:
    """Fill holes with a restoration of half the size."""
    return torch.where(mask, _double(fill[None], degraded.shape[-2:])[0], degraded)


def _prefill(degraded: Tensor, mask: Tensor) -> Tensor:
    """Fill holes by averages of what is known around them, from a pyramid that halves the size at each level.

    Source: push-pull, Gortler, Grzeszczuk, Szeliski, Cohen, "The Lumigraph", SIGGRAPH 1996, section 3.4.
    """
    weight = (~mask).float()[None]
    levels = [(degraded[None] * weight, weight)]
    for _ in range(_PYRAMID_LEVELS):
        total, weight = levels[-1]
        if max(weight.shape[-2:]) <= 2:
            break
        total, weight = _pull(total), _pull(weight)
        trust = (_TRUST * weight).clamp_max(1) / weight.clamp_min(_LEAST_WEIGHT)
        levels.append((total * trust, weight * trust))
    total, weight = levels.pop()
    filled = total / weight.clamp_min(_LEAST_WEIGHT)
    while levels:
        total, weight = levels.pop()
        filled = total + (1 - weight) * _double(filled, weight.shape[-2:])
    return torch.where(mask, filled[0], degraded)


def _pull(plane: Tensor) -> Tensor:
    """Half the size; each pixel is a mean over four by four, in which those beyond the border count as nothing."""
    for _ in range(2):
        padded = F.pad(plane, (1, 2))
        length = plane.shape[-1]
        # Sums of planes, not a convolution: a tile must give what the whole picture gives, to the last bit.
        a, b, c, d = (padded[..., start : start + length : 2] for start in range(4))
        plane = ((a + d + 3 * (b + c)) / 8).mT
    return plane


def _halve(plane: Tensor) -> Tensor:
    return F.avg_pool2d(plane, 2, ceil_mode=True)


def _double(plane: Tensor, size: torch.Size) -> Tensor:
    # A fixed factor, not a fixed size: a tile must give what the whole picture gives.
    larger = F.interpolate(plane, scale_factor=2, mode="bilinear", align_corners=False)
    return larger[..., : size[0], : size[1]]


def random_mask(shape: tuple[int, int], rng: np.random.Generator) -> NDArray[np.bool_]:
    """(H, W) scratches, letters and spots, or missing pixels: up to nearly all; True is a hole."""
    if rng.random() < _MISSING_SHARE:
        return np.asarray(rng.random(shape) < rng.uniform(0.1, 0.95))
    mask = np.zeros(shape, np.uint8)
    for _ in range(rng.integers(2, 11)):
        kind = rng.random()
        if kind < 0.5:
            _scratch(mask, rng)
        elif kind < 0.8:
            _write_letters(mask, rng)
        elif kind < 0.87:
            mask |= (rng.random(shape) < rng.uniform(0.05, 0.5)).astype(np.uint8)
        else:
            center = _place(shape, rng)
            cv2.circle(mask, center, int(rng.integers(2, 14)), 1, -1)
    return mask.astype(bool)


def _scratch(mask: NDArray[np.uint8], rng: np.random.Generator) -> None:
    """Draw a line, bent or with corners, that is up to nine pixels wide."""
    height, width = mask.shape
    if rng.random() < 0.5:
        points = rng.random((rng.integers(2, 6), 2)) * [width, height]
    else:
        points = _place(mask.shape, rng) + rng.normal(0, rng.uniform(4, 24), (6, 2)).cumsum(0)
    cv2.polylines(mask, [points.round().astype(np.int32)], False, 1, int(rng.integers(1, 10)))


def _place(shape: tuple[int, int], rng: np.random.Generator) -> tuple[int, int]:
    """The x and y of any pixel."""
    return int(rng.integers(shape[1])), int(rng.integers(shape[0]))


def _write_letters(mask: NDArray[np.uint8], rng: np.random.Generator) -> None:
    height, width = mask.shape
    text = "".join(chr(rng.integers(65, 122)) for _ in range(8))
    corner = int(rng.integers(-20, max(-19, width // 2))), int(rng.integers(5, max(6, height)))
    font, size, thickness = int(rng.integers(0, 6)), rng.uniform(0.4, 1.5), int(rng.integers(1, 4))
    cv2.putText(mask, text, corner, font, size, 1, thickness)
