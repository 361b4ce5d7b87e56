"""The JPEG quality that a picture's pixels tell of, whatever file they are in now."""

from __future__ import annotations

import math
from functools import cache

import numpy as np
import torch
from torch import Tensor

from engine.jpeg import BLOCK_PX, in_zigzag, nearest_quality
from engine.metadata import Metadata
from engine.tensors import full_range_luma

_FREQUENCIES = 40
"""The lowest, beside the mean; the others are mostly zero."""
_LARGEST_STEP = 255
_MOST_BLOCKS = 4096
_SIGMA = 0.5
"""Of what rounding leaves between a coefficient and the multiple that it was, in 8-bit units."""
_STRAY_SHARE = 0.03
_LEAST_EVIDENCE = 7.0
"""Logarithm of how much more likely a frequency must be with its step than with none. Of 180 photos that
were shrunk, half of them with noise, none shows what it never had; of the qualities up to 98 nearly all are seen."""
_LEAST_SURE = 2
"""Frequencies; one, of so many, may be near multiples by chance."""
_ORDER = in_zigzag(range(BLOCK_PX * BLOCK_PX))[: 1 + _FREQUENCIES]
_IS_SLANTED = torch.tensor([index // BLOCK_PX > 0 and index % BLOCK_PX > 0 for index in _ORDER])
"""In a slope the others are the same numbers in all blocks, which are always near multiples of themselves."""
_FEW_BLOCKS = 512
_NEXT_TO_NOTHING = (1.0, 2.0)


def told_quality(picture: Tensor, metadata: Metadata) -> int:
    """The lower of what the tables of a JPEG file say and what the pixels show, for it may have been saved again.

    Returns: 1 to 100, which is also for what never was a JPEG.
    """
    return min(metadata.jpeg_quality or 100, trace_quality(picture) or 100)


def trace_quality(picture: Tensor) -> int | None:
    """The quality, 1 to 100, of the JPEG file that a picture once was; None where it shows no traces of one.

    Compression leaves each DCT coefficient of 8 by 8 pixels near a multiple of its quantization step. Cropped pictures
    and those that were saved again at a higher quality show it, resized ones do not.
    Source: Fan, de Queiroz, "Identification of Bitmap Compression History: JPEG Detection and Quantizer Estimation",
        IEEE TIP 12(2), 2003; here each step is the most likely one by itself, as tables need not be libjpeg's.

    Args:
        picture: (C, H, W) float32, nominally [0, 1].
    """
    scaled = picture * 255
    luma = full_range_luma(scaled) - 128
    is_clipped = ((scaled < 0.5) | (scaled > 254.5)).any(0)
    found = []
    for corner in _likeliest_corners(luma):
        blocks, is_clipped_block = (_blocks(plane, corner, _MOST_BLOCKS) for plane in (luma, is_clipped))
        if not len(seen := blocks[~is_clipped_block.any(-1)]):
            continue
        steps, evidence = _quantization_steps(seen)
        is_sure = evidence > _LEAST_EVIDENCE
        if int(is_sure.sum()) >= _LEAST_SURE and bool(is_sure[_IS_SLANTED].any()):
            found.append(nearest_quality(steps.numpy(), (evidence * is_sure).numpy()))
    return min(found, default=None)


def _likeliest_corners(luma: Tensor) -> set[tuple[int, int]]:
    """Where blocks may begin: there most frequencies are nothing, or next to it if the picture was saved again."""
    corners = [(row, column) for row in range(BLOCK_PX) for column in range(BLOCK_PX)]
    spectra = [_coefficients(_blocks(luma, corner, _FEW_BLOCKS)).abs() for corner in corners]
    likeliest = {(0, 0)}
    for bound in _NEXT_TO_NOTHING:
        shares = torch.stack([(spectrum < bound).float().mean() for spectrum in spectra])
        likeliest.add(corners[int(shares.argmax())])
    return likeliest


def _blocks(plane: Tensor, corner: tuple[int, int], most: int) -> Tensor:
    """(H, W) to (N, 64), at most so many of the whole blocks from a corner on."""
    inner = plane[corner[0] :, corner[1] :]
    if min(inner.shape) < BLOCK_PX:
        return plane.new_zeros(0, BLOCK_PX * BLOCK_PX)
    step = BLOCK_PX * math.ceil(math.sqrt(inner.numel() / BLOCK_PX**2 / most))
    return inner.unfold(0, BLOCK_PX, step).unfold(1, BLOCK_PX, step).reshape(-1, BLOCK_PX * BLOCK_PX)


def _coefficients(blocks: Tensor) -> Tensor:
    """(N, 64) blocks to (N, 41) DCT coefficients in zigzag order, but the mean, by which blocks of drawings differ."""
    coefficients = blocks @ _dct_basis().T
    coefficients[:, 0] = 0
    return coefficients


def _quantization_steps(blocks: Tensor) -> tuple[Tensor, Tensor]:
    """(N, 64) blocks to the likeliest quantization step of each frequency, in zigzag order, and its evidence."""
    # Equal blocks tell as much as one, or drawings would be taken for files.
    coefficients = torch.unique(_coefficients(blocks).round(decimals=1), dim=0)
    evidence = torch.stack([_evidence(coefficients, step) for step in range(2, _LARGEST_STEP + 1)])
    best = evidence.max(0)
    return best.indices + 2, best.values


def _evidence(coefficients: Tensor, step: int) -> Tensor:
    """Logarithm of how much likelier (N, 41) coefficients are as multiples of a step; the zeros tell nothing."""
    multiples = (coefficients / step).round()
    off = (coefficients - step * multiples).square()
    density = torch.exp(off * (-0.5 / _SIGMA**2)) * (step / (_SIGMA * math.sqrt(2 * math.pi)))
    gains = torch.log((1 - _STRAY_SHARE) * density + _STRAY_SHARE)
    return gains.mul_(multiples != 0).sum(0)


@cache
def _dct_basis() -> Tensor:
    """(41, 64), the orthonormal DCT of JPEG, the lowest frequencies first. Source: ITU-T T.81, A.3.3."""
    places = np.arange(BLOCK_PX)
    cosines = np.cos((2 * places + 1) * places[:, None] * np.pi / (2 * BLOCK_PX)) * math.sqrt(2 / BLOCK_PX)
    cosines[0] /= math.sqrt(2)
    side = torch.from_numpy(cosines.astype(np.float32))
    return torch.kron(side, side)[_ORDER]
