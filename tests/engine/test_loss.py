from __future__ import annotations

from typing import get_args

import pytest
import torch
from torch import Tensor

from engine.training.loss import Loss, loss_of_sums, loss_sums

EVERYWHERE = torch.ones(2, 1, 8, 8)


def off_by(*errors: float) -> tuple[Tensor, Tensor]:
    """An output whose patches are each off by so much, and its targets."""
    targets = torch.full((len(errors), 3, 8, 8), 0.5)
    return targets + torch.tensor(errors).reshape(-1, 1, 1, 1), targets


def training_loss(kind: Loss, output: Tensor, targets: Tensor, weights: Tensor) -> Tensor:
    return loss_of_sums(kind, loss_sums(kind, output, targets, weights))


def test_l1_is_the_mean_absolute_error() -> None:
    assert training_loss("l1", *off_by(0.1, -0.3), EVERYWHERE).item() == pytest.approx(0.2, rel=0.01)


def test_the_psnr_loss_is_the_geometric_mean_of_the_patches_errors() -> None:
    assert training_loss("psnr", *off_by(0.1, -0.4), EVERYWHERE).item() == pytest.approx(0.2, rel=0.01)


def test_a_decibel_is_worth_as_much_on_a_better_patch_for_the_psnr_loss_alone() -> None:
    better_first, better_second = off_by(0.1, 0.4), off_by(0.2, 0.2)
    assert training_loss("psnr", *better_first, EVERYWHERE) == pytest.approx(
        training_loss("psnr", *better_second, EVERYWHERE).item(), rel=0.01
    )
    assert training_loss("l1", *better_first, EVERYWHERE) > 1.2 * training_loss("l1", *better_second, EVERYWHERE)


@pytest.mark.parametrize("kind", get_args(Loss))
def test_pixels_without_weight_do_not_count(kind: Loss) -> None:
    output, targets = off_by(0.1, 0.1)
    weights = EVERYWHERE.clone()
    weights[..., 4:] = 0
    before = training_loss(kind, output, targets, weights)
    output[..., 4:] += 1
    assert training_loss(kind, output, targets, weights) == before


@pytest.mark.parametrize("kind", get_args(Loss))
def test_a_patch_without_any_weight_and_a_perfect_patch_have_finite_gradients(kind: Loss) -> None:
    output, targets = off_by(0.0, 0.3)
    output.requires_grad_()
    torch.autograd.backward(training_loss(kind, output, targets, torch.zeros_like(EVERYWHERE)))
    assert output.grad is not None
    assert torch.isfinite(output.grad).all()


@pytest.mark.parametrize("kind", get_args(Loss))
def test_a_batch_that_is_shared_out_has_the_loss_of_the_whole(kind: Loss) -> None:
    output, targets = off_by(0.1, 0.4, 0.0)
    weights = torch.rand(3, 1, 8, 8, generator=torch.Generator().manual_seed(0))
    parts = [loss_sums(kind, output[rank::2], targets[rank::2], weights[rank::2]) for rank in range(2)]
    whole = training_loss(kind, output, targets, weights)
    assert loss_of_sums(kind, parts[0] + parts[1]).item() == pytest.approx(whole.item(), rel=1e-5)
