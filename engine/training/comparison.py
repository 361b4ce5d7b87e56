"""Whether a model is better than another one, on pictures that neither was trained on."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from statistics import NormalDist, fmean
from typing import Any

import numpy as np

from engine.restore import Restorer
from engine.run_context import RunContext
from engine.training.validation import PAIRS, HeldOut

LEAST_PICTURES = 5
"""Of fewer, chance cannot be told from gain: four all gain once in sixteen times."""

_ROUNDS = 10_000
_CONFIDENCE = 0.95


@dataclass(frozen=True, slots=True)
class Comparison:
    """What two models make of the same damaged pictures.

    Attributes:
        stock, own: mean PSNR in dB.
        gain: how much better the own model is, in dB.
        low, high: where the gain on all such pictures lies with 95 % confidence; None for too few pictures.
        pictures: how many there were.
    """

    stock: float
    own: float
    gain: float
    low: float | None
    high: float | None
    pictures: int

    @property
    def is_better(self) -> bool:
        """Whether the gain is no chance."""
        return self.low is not None and self.low > 0

    def to_json(self) -> dict[str, Any]:
        """Plain values."""
        return {**asdict(self), "is_better": self.is_better}


def compare(stock: Restorer, own: Restorer, held_out: HeldOut, ctx: RunContext) -> Comparison:
    """Restore every held-out picture with both."""
    _, baseline = fairest_scores(stock, held_out, ctx)
    return summarize(_by_picture(baseline), _by_picture(held_out.scores_by_picture(own, ctx)))


def fairest_scores(stock: Restorer, held_out: HeldOut, ctx: RunContext) -> tuple[int, dict[str, list[float]]]:
    """What to beat: PSNR of every picture, by level; of pairs, the stock model is told what serves it best.

    Returns: which of `Crop.told` that is, and the scores.
    """
    is_pairs = held_out.names(stock.task) == [PAIRS]
    numbers = range(max(len(crop.told) for crop in held_out.crops) if is_pairs else 1)
    found = [(number, held_out.scores_by_picture(stock, ctx, told=number)) for number in numbers]
    return max(found, key=lambda one: fmean(_by_picture(one[1])))


def summarize(stock: Sequence[float], own: Sequence[float]) -> Comparison:
    """Compare scores of the same pictures, in the same order."""
    gains = np.subtract(own, stock)
    low, high = paired_bootstrap(gains.tolist()) if len(gains) >= LEAST_PICTURES else (None, None)
    return Comparison(fmean(stock), fmean(own), float(gains.mean()), low, high, len(gains))


def paired_bootstrap(gains: Sequence[float], *, seed: int = 0) -> tuple[float, float]:
    """The interval in which the mean gain lies with 95 % confidence, by drawing pictures again and again.

    The interval is widened for few pictures, which differ less among each other than all pictures do.

    Source: Hesterberg 2015, "What Teachers Should Know About the Bootstrap", expanded percentile interval.
    """
    values = np.asarray(gains)
    drawn = np.random.default_rng(seed).integers(0, len(values), (_ROUNDS, len(values)))
    tail = 100 * _tail(len(values))
    low, high = np.percentile(values[drawn].mean(1), [tail, 100 - tail])
    return float(low), float(high)


def _tail(count: int) -> float:
    """What share of the drawn means lies beyond each end of the interval.

    Source: for Student's t, Abramowitz and Stegun 26.7.5.
    """
    z, freedom = NormalDist().inv_cdf((1 + _CONFIDENCE) / 2), count - 1
    terms = (z, (z**3 + z) / 4, (5 * z**5 + 16 * z**3 + 3 * z) / 96, (3 * z**7 + 19 * z**5 + 17 * z**3 - 15 * z) / 384)
    student = sum(term / freedom**power for power, term in enumerate(terms))
    return NormalDist().cdf(-student * math.sqrt(count / freedom))


def _by_picture(scores: dict[str, list[float]]) -> list[float]:
    """The mean over the levels."""
    return [fmean(of_picture) for of_picture in zip(*scores.values(), strict=True)]
