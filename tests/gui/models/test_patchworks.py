from __future__ import annotations

import numpy as np
import torch

from engine.image_io import Image
from engine.order import Patchwork
from engine.tasks import Level, task_named
from rednet_gui.models.patchworks import Patchworks
from tests.gui.conftest import pixels_of

DENOISE, INPAINT = task_named("denoise"), task_named("inpaint")


def test_each_task_level_and_mask_has_its_own() -> None:
    image, works = Image(pixels_of()), Patchworks()
    mask = torch.zeros(1, 31, 37, dtype=torch.bool)
    other = mask.clone()
    other[0, 3, 3] = True
    levels = [
        (DENOISE, Level(10)),
        (DENOISE, Level(20)),
        (INPAINT, Level(0, mask=mask)),
        (INPAINT, Level(0, mask=other)),
        (INPAINT, Level(0, mask=other, opacity=other * torch.tensor(128, dtype=torch.uint8))),
    ]
    kept = []
    for task, level in levels:
        assert works.find(image, task, level) is None
        kept.append(Patchwork(np.zeros_like(image.pixels)))
        works.keep(task, level, kept[-1])
    assert [works.find(image, task, level) for task, level in levels] == kept
    assert works.find(image, INPAINT, Level(0, mask=mask.clone())) is kept[2]


def test_another_picture_starts_anew() -> None:
    first, second, works = Image(pixels_of()), Image(pixels_of()), Patchworks()
    works.find(first, DENOISE, Level(10))
    works.keep(DENOISE, Level(10), Patchwork(first.pixels))
    assert works.find(second, DENOISE, Level(10)) is None
    assert works.find(first, DENOISE, Level(10)) is None


def test_the_oldest_go_when_there_are_too_many() -> None:
    image = Image(pixels_of())
    works = Patchworks(largest_bytes=2 * image.pixels.nbytes)
    for value in (1, 2, 3):
        works.find(image, DENOISE, Level(value))
        works.keep(DENOISE, Level(value), Patchwork(image.pixels.copy()))
    assert works.find(image, DENOISE, Level(1)) is None
    assert works.find(image, DENOISE, Level(3)) is not None
