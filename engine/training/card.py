"""The facts about a trained model that its card shows."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from engine.checkpoint import read_header
from engine.training.comparison import Comparison
from engine.training.config import RunPaths
from engine.training.plan import Plan


def card_of(plan: Plan, paths: RunPaths, result: Comparison) -> dict[str, Any]:
    """For `ModelLibrary.add`. Raises: CheckpointError: the run has no model."""
    return {
        "data": plan.data.name,
        "pairs": None if plan.pairs is None else plan.pairs.name,
        "pictures": len(plan.training),
        "date": datetime.now(UTC).date().isoformat(),
        "hours": read_header(paths.model).training.get("hours"),
        "stock": round(result.stock, 3),
        "own": round(result.own, 3),
        "gain": round(result.gain, 3),
        "low": None if result.low is None else round(result.low, 3),
        "high": None if result.high is None else round(result.high, 3),
        "held_out": result.pictures,
    }
