"""What a new run starts from, when it does not start from random weights."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import torch
import torch.nn.functional as F
from torch import Tensor

from engine.checkpoint import load_model
from engine.errors import CheckpointError
from engine.model import REDNet
from engine.tasks import Task, task_named

_USUAL_PX = 64


def take_over(net: REDNet, path: Path, task: Task) -> None:
    """Give `net` the weights of a model, also of another task. Raises: CheckpointError: it has another shape.

    For another task the planes start at zero, and the last layer at a hundredth, so that training starts near the
    unchanged picture. What the other net saw in its planes at its usual level becomes part of the biases: where it sees
    another task's planes instead, or none, its ReLUs are silent, and what is silent does not learn.
    """
    start, header = load_model(path)
    shape = ("depth", "width", "stride", "image_channels")
    if any(getattr(start.config, key) != getattr(net.config, key) for key in shape):
        raise CheckpointError(path, "its net has another shape than the recipe asks for")
    weights = start.state_dict()
    if header.task != task.name:
        first, last, image = "encoder.0", f"decoder.{net.config.half - 1}", net.config.image_channels
        kernels = weights[f"{first}.weight"]
        weights[f"{first}.bias"] += torch.einsum(
            "oihw,i->o", kernels[:, image:], _usual_planes(task_named(header.task))
        )
        weights[f"{first}.weight"] = F.pad(kernels[:, :image], (0, 0, 0, 0, 0, net.config.condition_channels))
        weights[f"{last}.weight"] *= 0.01
        weights[f"{last}.bias"] *= 0
    net.load_state_dict(weights)


def _usual_planes(task: Task) -> Tensor:
    """The means of the planes beside a picture at the task's default level."""
    shape = (_USUAL_PX, _USUAL_PX)
    level = replace(task.sample_level(shape, torch.Generator().manual_seed(0)), value=task.levels.default)
    return task.network_input(torch.zeros(3, *shape), level)[3:].mean((1, 2))
