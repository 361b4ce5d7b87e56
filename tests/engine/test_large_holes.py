"""Holes that are thicker than the net sees are filled at smaller sizes first."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
import torch
from numpy.typing import NDArray

from engine.image_io import Image
from engine.restore import Restorer
from engine.run_context import RunContext
from engine.tasks import Level, task_named
from engine.tensors import to_tensor
from tests.engine.conftest import EXACT, as_float, tiny_net

TASK = task_named("inpaint")


def hole(shape: tuple[int, int], *rects: tuple[slice, slice]) -> Level:
    mask = torch.zeros(1, *shape, dtype=torch.bool)
    for rows, columns in rects:
        mask[:, rows, columns] = True
    return Level(0, mask=mask)


THIN = (slice(20, 200), slice(40, 60))
THICK = (slice(50, 191), slice(150, 297))


def test_only_thick_holes_are_filled_at_half_the_size_first(photo: NDArray[np.uint8]) -> None:
    assert TASK.coarser(photo, hole((300, 451), THIN)) is None
    coarser = TASK.coarser(photo, hole((300, 451), THIN, THICK))
    assert coarser is not None
    picture, level = coarser
    assert picture.shape == (3, 150, 226)
    assert level.mask is not None
    assert level.mask[0, 25:95, 75:148].all()
    half = to_tensor(photo[:, :450]).unfold(1, 2, 2).unfold(2, 2, 2).mean((-2, -1))
    assert torch.allclose(picture[:, :, 150:225], half[:, :, 150:], atol=1e-6)  # away from holes all is known
    assert not level.mask[0, :, 150:].any()


def test_half_the_size_is_the_same_strip_by_strip(photo: NDArray[np.uint8], monkeypatch: pytest.MonkeyPatch) -> None:
    odd, level = photo[:299, :401], hole((299, 401), THIN, THICK)
    whole = TASK.coarser(odd, level)
    monkeypatch.setattr("engine.tasks.inpaint._STRIP_PX", 64)
    strips = TASK.coarser(odd, level)
    assert whole is not None
    assert strips is not None
    assert torch.equal(strips[0], whole[0])
    assert strips[1].mask is not None
    assert whole[1].mask is not None
    assert torch.equal(strips[1].mask, whole[1].mask)


@pytest.mark.parametrize("image_channels", [1, 3])
def test_tiled_equals_whole_in_thick_holes(photo: NDArray[np.uint8], image_channels: int) -> None:
    image, level = as_float(Image(np.tile(photo, (1, 2, 1)))), hole((300, 902), THIN, THICK)
    net = tiny_net(TASK, image_channels=image_channels)
    whole = Restorer(net, TASK, EXACT).restore(image, level, RunContext())
    tiled = Restorer(net, TASK, replace(EXACT, tile_px=64)).restore(image, level, RunContext())
    assert np.abs(tiled.pixels - whole.pixels).max() < 1e-5
    assert level.mask is not None
    known = ~level.mask[0].numpy()
    np.testing.assert_array_equal(whole.pixels[known], image.pixels[known])


def test_the_middle_of_a_thick_hole_takes_up_what_is_around_it() -> None:
    """A slope from dark to bright goes on through a hole that is thicker than the net sees."""
    slope = np.broadcast_to(np.linspace(40, 215, 400).astype(np.uint8)[None, :, None], (400, 400, 3))
    damaged = slope.copy()
    rows = columns = slice(100, 300)
    damaged[rows, columns] = 0
    net = tiny_net(TASK)
    torch.nn.init.zeros_(net.last.weight)  # the fill alone
    restored = Restorer(net, TASK, EXACT).restore(Image(damaged), hole((400, 400), (rows, columns)), RunContext())
    error = restored.pixels[rows, columns].astype(float) - slope[rows, columns]
    assert np.abs(error).mean() < 25  # black would be 127 away


@pytest.mark.parametrize(("side", "is_doubtful"), [(100, False), (200, True)])
def test_the_user_is_told_of_a_hole_too_large_for_an_honest_result(side: int, is_doubtful: bool) -> None:
    notices = list[str]()
    pixels = np.full((300, 300, 3), 128, np.uint8)
    level = hole((300, 300), (slice(50, 50 + side), slice(50, 50 + side)))
    Restorer(tiny_net(TASK), TASK, EXACT).restore(Image(pixels), level, RunContext(on_notice=notices.append))
    assert [notice for notice in notices if "guesswork" in notice] == notices
    assert bool(notices) is is_doubtful


def test_a_finished_result_runs_no_net_again(photo: NDArray[np.uint8], monkeypatch: pytest.MonkeyPatch) -> None:
    image, level, net = Image(photo), hole((300, 451), THICK), tiny_net(TASK)
    restorer = Restorer(net, TASK, EXACT)
    work = restorer.begin(image, level)
    first = restorer.restore(image, level, RunContext(), begun=work)
    monkeypatch.setattr(net, "residual", None)
    again = restorer.restore(image, level, RunContext(), begun=work)
    np.testing.assert_array_equal(again.pixels, first.pixels)
