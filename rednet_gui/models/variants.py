"""What a contact sheet shows of a task: levels at several strengths, or for blurs of several sizes, and filters."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from engine.classical import FILTERS, Filter
from engine.strength import Strength
from engine.tasks import Level, LevelRange, Task
from rednet_gui.models.blur import SizedBlur

_FACTORS = (0.5, 0.75, 1.0, 4 / 3, 2.0)
_LEAST_SHARE = 0.04  # of the range: what a level near nothing is multiplied from
_FULL = Strength()
_WITH_TEXTURE = replace(_FULL, texture=0.5)
_MIXES = tuple(replace(_FULL, luma=part, color=part) for part in (0.75, 0.5))
_TEXTURED = ("denoise", "camera_noise", "deblock")  # where fine detail goes with the damage


class Origin(StrEnum):
    """What made a version."""

    PHOTO = "photo"
    NET = "net"
    FILTER = "filter"


@dataclass(frozen=True, slots=True)
class Variant:
    """One version of the picture.

    Attributes:
        value: the level, in the task's unit.
        strength: how much of the restoration is used.
        filter: what made it, if that was not the net.
        blur: the one that is undone, where several are compared.
        place: row and column on the sheet.
    """

    origin: Origin
    value: float
    strength: Strength = _FULL
    filter: Filter | None = None
    blur: SizedBlur | None = None
    place: tuple[int, int] = (0, 0)

    @property
    def can_be_chosen(self) -> bool:
        """Whether the program can make the whole picture so."""
        return self.origin is Origin.NET


def variants_of(
    task: Task, value: float, blurs: Sequence[SizedBlur] = (), strength: Strength = _FULL
) -> tuple[Variant, ...]:
    """The sheet of a task whose level is chosen, row by row.

    The photo and the filters stand in the first column, the levels in the next ones, weakest restoration first;
    strengths stand below one another. A task without levels has rows for columns. Of several blurs each has a column,
    with levels below one another, all at one strength.
    """
    values = levels_around(task, value)
    if blurs:
        rows = sorted({values[0], value, values[-1]})
        nets = [[Variant(Origin.NET, at, strength, blur=blur) for at in rows] for blur in blurs]
        return _in_rows([_references(task, value), *nets])
    strengths = (_FULL, _WITH_TEXTURE, _MIXES[1]) if task.name in _TEXTURED else (_FULL, *_MIXES)
    nets = [[Variant(Origin.NET, at, part) for part in strengths] for at in values]
    return _in_rows([_references(task, value), *nets], is_turned=len(values) == 1)


def _references(task: Task, value: float) -> list[Variant]:
    filters = [Variant(Origin.FILTER, value, filter=kind) for kind in FILTERS[task.name]]
    return [Variant(Origin.PHOTO, value), *filters]


def start_of(variants: Iterable[Variant], value: float, strength: Strength, blur: SizedBlur | None = None) -> Variant:
    """The version that is chosen now, or the nearest to it."""

    def distance(variant: Variant) -> tuple[bool, float, float]:
        mine, wanted = ((s.luma, s.color, s.texture) for s in (variant.strength, strength))
        away = sum(abs(a - b) for a, b in zip(mine, wanted, strict=True))
        return variant.blur != blur, abs(variant.value - value), away

    return min((variant for variant in variants if variant.can_be_chosen), key=distance)


def levels_around(task: Task, value: float) -> tuple[float, ...]:
    """The chosen level among weaker and stronger ones, in the order of what they do to a photo."""
    levels = task.levels
    found: set[float]
    if levels.minimum == levels.maximum:
        return (value,)
    if task.scale(Level(value)) > 1:
        return tuple(sorted({*levels.standard, value}))
    if levels.unit == "quality":
        found = {float(round(_quality(_coarseness(value) * factor))) for factor in _FACTORS}
    else:
        base = max(value, _LEAST_SHARE * levels.maximum)
        found = {round(base * factor, 1) for factor in (_FACTORS if base == value else _FACTORS[1:])}
    is_stronger_lower = levels.unit == "quality"
    return tuple(sorted(_apart(found, value, levels), reverse=is_stronger_lower))


def _apart(found: Iterable[float], value: float, levels: LevelRange) -> set[float]:
    """Those in the range, with the chosen one in the place of one that is nearly it."""
    step = 1.0 if levels.unit == "quality" else 0.1
    clamped = {min(levels.maximum, max(levels.minimum, level)) for level in found}
    return {level for level in clamped if abs(level - value) > step} | {value}


def _coarseness(quality: float) -> float:
    """How coarsely JPEG rounds at a quality, in percent of its tables. Source: libjpeg's jpeg_quality_scaling."""
    return 5000 / max(1.0, quality) if quality < 50 else 200 - 2 * quality


def _quality(coarseness: float) -> float:
    """The quality at which JPEG rounds that coarsely."""
    return 5000 / coarseness if coarseness > 100 else 100 - coarseness / 2


def _in_rows(columns: Sequence[Sequence[Variant]], *, is_turned: bool = False) -> tuple[Variant, ...]:
    placed = [
        replace(variant, place=(column, row) if is_turned else (row, column))
        for column, variants in enumerate(columns)
        for row, variant in enumerate(variants)
    ]
    return tuple(sorted(placed, key=lambda variant: variant.place))
