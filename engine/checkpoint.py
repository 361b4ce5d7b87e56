"""Model files: safetensors with a JSON header. Nothing is ever unpickled."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import torch
from safetensors import SafetensorError, safe_open
from safetensors.torch import save
from torch import Tensor

from engine.errors import CheckpointError
from engine.model import REDNet, REDNetConfig
from engine.safe_file import replace_file

FORMAT = 1
_HEADER_KEY = "rednet"


@dataclass(frozen=True, slots=True)
class ModelHeader:
    """What a model file says about itself.

    Attributes:
        task: the task it was trained for.
        levels: smallest and largest level seen in training, in the task's unit.
        config: the shape of the net.
        training: free facts about the run (data, steps, hours, scores), JSON values.
    """

    task: str
    levels: tuple[float, float]
    config: REDNetConfig
    training: Mapping[str, Any] = field(default_factory=dict)


def save_model(path: Path, net: REDNet, header: ModelHeader, *, dtype: torch.dtype = torch.float32) -> None:
    """Write a net and its header; the file is replaced in one step."""
    tensors = {name: value.detach().to(dtype).contiguous() for name, value in net.state_dict().items()}
    save_tensors(path, tensors, {"format": FORMAT, **asdict(header)})


def load_model(path: Path) -> tuple[REDNet, ModelHeader]:
    """Read a net (float32, on the CPU) and its header.

    Raises: CheckpointError: missing, damaged, or no model of this program.
    """
    tensors, facts = load_tensors(path)
    header = _parse_header(path, facts)
    net = REDNet(header.config)
    try:
        net.load_state_dict({name: value.float() for name, value in tensors.items()})
    except RuntimeError as error:
        raise CheckpointError(path, "its weights do not fit its header, get the file again") from error
    if not all(torch.isfinite(value).all() for value in net.state_dict().values()):
        raise CheckpointError(path, "it holds numbers that are not finite, get the file again")
    return net.eval(), header


def read_header(path: Path) -> ModelHeader:
    """The header alone, without reading the weights. Raises: CheckpointError."""
    with _open(path) as file:
        return _parse_header(path, _facts(path, file.metadata()))


def save_tensors(path: Path, tensors: Mapping[str, Tensor], facts: Mapping[str, Any]) -> None:
    """Write tensors and a JSON header; the file is replaced in one step.

    Raises: CheckpointError: the folder cannot be written.
    """
    try:
        replace_file(path, [save(dict(tensors), {_HEADER_KEY: json.dumps(facts)})])
    except (OSError, SafetensorError) as error:
        raise CheckpointError(path, "it cannot be written, check the folder and the free space") from error


def load_tensors(path: Path) -> tuple[dict[str, Tensor], dict[str, Any]]:
    """Read the tensors and the JSON header of a file. Raises: CheckpointError."""
    with _open(path) as file:
        try:
            return {name: file.get_tensor(name) for name in file.keys()}, _facts(path, file.metadata())  # noqa: SIM118
        except (SafetensorError, RuntimeError) as error:
            raise CheckpointError(path, "the file is damaged, get it again") from error


def _open(path: Path) -> Any:
    if not path.is_file():
        raise CheckpointError(path, "there is no such file")
    try:
        return safe_open(path, framework="pt")
    except (OSError, SafetensorError) as error:
        raise CheckpointError(path, "it is not a readable safetensors file, get it again") from error


def _facts(path: Path, metadata: Mapping[str, str] | None) -> dict[str, Any]:
    try:
        facts = json.loads((metadata or {})[_HEADER_KEY])
    except (KeyError, ValueError) as error:
        raise CheckpointError(path, "it is not a model of this program") from error
    if not isinstance(facts, dict):
        raise CheckpointError(path, "it is not a model of this program")
    if facts.get("format", FORMAT) != FORMAT:
        raise CheckpointError(path, "it was made by a newer version of this program")
    return facts


def _parse_header(path: Path, facts: Mapping[str, Any]) -> ModelHeader:
    if "optimizer_steps" in facts:
        raise CheckpointError(path, "it is the state of a training run, use the model.safetensors beside it")
    try:
        low, high = facts["levels"]
        config = REDNetConfig(**facts["config"])
        return ModelHeader(str(facts["task"]), (float(low), float(high)), config, dict(facts["training"]))
    except (KeyError, TypeError, ValueError) as error:
        raise CheckpointError(path, "its header is incomplete") from error
