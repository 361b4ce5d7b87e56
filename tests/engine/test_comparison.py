from __future__ import annotations

import numpy as np
import pytest
import torch

from engine.restore import Restorer
from engine.run_context import RunContext
from engine.tasks import task_named
from engine.training.comparison import LEAST_PICTURES, compare, paired_bootstrap, summarize
from engine.training.plateau import Plateau
from engine.training.validation import Crop, HeldOut
from tests.engine.conftest import EXACT, tiny_net


def test_the_interval_is_that_of_the_mean() -> None:
    rng = np.random.default_rng(1)
    gains = rng.normal(0.4, 0.5, 100)
    low, high = paired_bootstrap(gains.tolist())
    # For many pictures the bootstrap agrees with the normal approximation.
    half = 1.96 * gains.std() / 10
    assert (low, high) == pytest.approx((gains.mean() - half, gains.mean() + half), abs=0.02)
    assert paired_bootstrap(gains.tolist()) == (low, high)


def test_of_few_pictures_that_gain_nothing_few_seem_better() -> None:
    rng = np.random.default_rng(2)
    gains = rng.normal(0, 1, (400, LEAST_PICTURES))
    wrong = sum(summarize([30.0] * LEAST_PICTURES, (30 + of_run).tolist()).is_better for of_run in gains)
    assert wrong / len(gains) < 0.05  # of 0.025; without widening 0.075


def test_what_all_pictures_gain_from_is_better_however_much_they_differ() -> None:
    stock = [20.0, 30.0, 35.0, 41.0, 33.0]
    better = summarize(stock, [score + 0.2 for score in stock])
    assert better.is_better
    assert better.gain == pytest.approx(0.2)
    assert better.low == pytest.approx(0.2)
    assert not summarize(stock, [20.9, 29.5, 35.5, 40.6, 33.1]).is_better


def test_few_pictures_prove_nothing() -> None:
    found = summarize([20.0, 21.0, 22.0, 23.0], [30.0, 31.0, 32.0, 33.0])
    assert found.gain == 10
    assert found.low is None
    assert not found.is_better
    assert found.to_json()["is_better"] is False


def test_of_pairs_the_stock_model_is_told_what_serves_it_best(monkeypatch: pytest.MonkeyPatch) -> None:
    task = task_named("denoise")
    clean = torch.rand(3, 24, 24, generator=torch.Generator().manual_seed(0))
    crops = tuple(Crop(clean, clean + 0.1 * number, (5.0, 50.0)) for number in range(3))
    held_out = HeldOut(crops)
    stock, own = (Restorer(tiny_net(task), task, EXACT) for _ in range(2))
    asked: list[float] = []

    def scores(self: HeldOut, restorer: Restorer, ctx: RunContext, *, told: int = 0) -> dict[str, list[float]]:
        asked.append(crops[0].told[told])
        return {"pairs": [20.0 + 5 * told] * 3 if restorer is stock else [26.0] * 3}

    monkeypatch.setattr(HeldOut, "scores_by_picture", scores)
    found = compare(stock, own, held_out, RunContext())
    assert asked == [5, 50, 5]
    assert (found.stock, found.own, found.gain) == (25, 26, 1)


def test_a_plateau_is_reached_when_nothing_was_gained_for_long() -> None:
    plateau = Plateau(2)
    means = [30.0, 30.2, 30.201, 30.3, 30.1, 30.302]
    best = [plateau.add({"15": mean - 1, "50": mean + 1}) for mean in means]
    assert best == [True, True, False, True, False, False]
    assert plateau.is_reached
    again = Plateau(2)
    again.recall(plateau.facts())
    assert again.is_reached
    assert not Plateau(0).is_reached


def test_nets_with_the_same_weights_differ_by_nothing() -> None:
    task = task_named("denoise")
    crops = tuple(Crop(torch.rand(3, 24, 24, generator=torch.Generator().manual_seed(n))) for n in range(5))
    stock, own = (Restorer(tiny_net(task), task, EXACT) for _ in range(2))
    found = compare(stock, own, HeldOut(crops), RunContext())
    assert (found.gain, found.low, found.high) == (0, 0, 0)
    assert not found.is_better
