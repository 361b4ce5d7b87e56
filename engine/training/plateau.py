"""Whether a run still becomes better."""

from __future__ import annotations

import math
from collections.abc import Mapping
from statistics import fmean
from typing import Any

_LEAST_GAIN_DB = 0.005


class Plateau:
    """Remembers the best measurement.

    Attributes:
        best: its mean PSNR in dB.
        since: measurements since then.
    """

    def __init__(self, patience: int) -> None:
        self._patience = patience
        self.best, self.since = -math.inf, 0

    @property
    def is_reached(self) -> bool:
        """Whether it did not become better for long."""
        return 0 < self._patience <= self.since

    def add(self, scores: Mapping[str, float]) -> bool:
        """Take a measurement; whether it is the best."""
        mean = fmean(scores.values())
        self.since += 1
        if mean > self.best + _LEAST_GAIN_DB or self.best == -math.inf:
            self.best, self.since = mean, 0
        return self.since == 0

    def facts(self) -> dict[str, Any]:
        """What `recall` takes."""
        return {"best": self.best, "since": self.since} if math.isfinite(self.best) else {}

    def recall(self, facts: Mapping[str, Any]) -> None:
        """Go on where an earlier run stopped."""
        self.best, self.since = float(facts.get("best", -math.inf)), int(facts.get("since", 0))
