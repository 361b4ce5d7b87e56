"""Cutting parts out of pictures, with the surroundings that must be seen to work on them."""

from __future__ import annotations

import math
from dataclasses import replace

from engine.image_io import Image
from engine.model import REDNetConfig
from engine.tasks import Level, Task
from engine.tensors import Size
from engine.tiling import Grid, Part

INVERSE_REACH_PX = 512
"""How far an inverse filter is followed. It has no end; what is left is under a step of 8 bits, but at the borders of a
photo, where it is a few steps, and for photos that are said to have hardly any noise."""


def cut(image: Image, part: Part) -> Image:
    """The part alone."""
    return replace(image, pixels=image.pixels[part], alpha=None if image.alpha is None else image.alpha[part])


def widened(part: Part, margin_px: int, image: Image) -> Part:
    """A part with a margin around it, where the picture goes on."""
    rows, columns = (
        slice(max(0, side.start - margin_px), min(length, side.stop + margin_px))
        for side, length in zip(part, (image.height, image.width), strict=True)
    )
    return rows, columns


def grid_of(config: REDNetConfig, task: Task, level: Level, height: int, width: int) -> Grid:
    """How a result of that size is cut into tiles for a net."""
    alignment_px = math.lcm(config.alignment_px, task.scale(level), task.alignment_px)
    return Grid(height, width, config.radius_px, alignment_px, task.reach_px(level))


def seen_by(config: REDNetConfig, task: Task, level: Level, image: Image, part: Part) -> Part:
    """What a net must see of a picture to restore a part as it restores the whole."""
    scale = task.scale(level)
    grid = grid_of(config, task, level, image.height * scale, image.width * scale)
    if task.needs_whole_picture:
        grid = replace(grid, reach_px=INVERSE_REACH_PX)
    rows, columns = grid.around(*(slice(side.start * scale, side.stop * scale) for side in part))
    return slice(rows.start // scale, rows.stop // scale), slice(columns.start // scale, columns.stop // scale)


def within(window: Part, part: Part) -> Part:
    """Where a part lies in a window around it."""
    rows, columns = (
        slice(side.start - around.start, side.stop - around.start) for side, around in zip(part, window, strict=True)
    )
    return rows, columns


def inner(made: Image, window: Part, part: Part, size: Size) -> Image:
    """Cut a part out of what was made of a window around it.

    Args:
        made: as large as the window, or larger; then the part may lie half a pixel beside its place.
        window, part: in pixels of the picture that they were cut from.
        size: height and width of the part in `made`.
    """
    spans = []
    place = within(window, part)
    for side, around, whole, length in zip(place, window, made.pixels.shape, size, strict=False):
        start = round(side.start * whole / (around.stop - around.start))
        start = min(start, whole - length)
        spans.append(slice(start, start + length))
    return cut(made, (spans[0], spans[1]))
