"""How much of a restoration is used, as it is kept on disk."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict

from engine.strength import Strength

KEY = "strength"
"""Where `strength_to_keep` puts it."""


def strength_to_keep(strength: Strength) -> Mapping[str, object]:
    """What is to be kept on disk; nothing of the strength that all start with."""
    return {} if strength.is_neutral else {KEY: asdict(strength)}


def kept_strength(extra: Mapping[str, object]) -> Strength:
    """What `strength_to_keep` kept; the strength that all start with if that is nothing, or makes no sense."""
    data = extra.get(KEY, {})
    try:
        return Strength(**data) if isinstance(data, dict) else Strength()
    except (TypeError, ValueError):
        return Strength()
