from __future__ import annotations

import json
import os
import pickle
from pathlib import Path

import pytest
import torch
from safetensors.torch import save_file

from engine.checkpoint import ModelHeader, load_model, read_header, save_model
from engine.errors import CheckpointError
from engine.model import REDNet, REDNetConfig


def _saved(path: Path, dtype: torch.dtype = torch.float32) -> tuple[REDNet, ModelHeader]:
    net = REDNet(REDNetConfig(6, 4))
    header = ModelHeader("denoise", (0, 75), net.config, {"steps": 7})
    save_model(path, net, header, dtype=dtype)
    return net, header


def test_a_saved_net_comes_back(tmp_path: Path) -> None:
    net, header = _saved(tmp_path / "모델 50%.safetensors")
    loaded, found = load_model(tmp_path / "모델 50%.safetensors")
    assert found == header == read_header(tmp_path / "모델 50%.safetensors")
    for name, value in net.state_dict().items():
        assert torch.equal(loaded.state_dict()[name], value)


def test_half_precision_files_load_as_float32(tmp_path: Path) -> None:
    _saved(tmp_path / "net.safetensors", torch.bfloat16)
    loaded, _ = load_model(tmp_path / "net.safetensors")
    assert {value.dtype for value in loaded.state_dict().values()} == {torch.float32}


def _empty(path: Path) -> None:
    path.write_bytes(b"")


def _truncated(path: Path) -> None:
    _saved(path)
    path.write_bytes(path.read_bytes()[:-100])


def _pickled(path: Path) -> None:
    path.write_bytes(pickle.dumps({"a": 1}))


def _foreign(path: Path) -> None:
    save_file({"weight": torch.zeros(3)}, path)


def _newer(path: Path) -> None:
    save_file({"weight": torch.zeros(3)}, path, {"rednet": json.dumps({"format": 99})})


def _incomplete(path: Path) -> None:
    save_file({"weight": torch.zeros(3)}, path, {"rednet": json.dumps({"format": 1, "task": "denoise"})})


def _of_another_shape(path: Path) -> None:
    net = REDNet(REDNetConfig(6, 4))
    save_model(path, net, ModelHeader("denoise", (0, 75), REDNetConfig(8, 4)))


def _not_finite(path: Path) -> None:
    net = REDNet(REDNetConfig(6, 4))
    torch.nn.init.constant_(net.last.weight, torch.nan)
    save_model(path, net, ModelHeader("denoise", (0, 75), net.config))


def _missing(path: Path) -> None:
    """Write nothing."""


@pytest.mark.parametrize(
    "spoil",
    [_empty, _truncated, _pickled, _foreign, _newer, _incomplete, _of_another_shape, _not_finite, _missing, Path.mkdir],
)
def test_a_bad_file_is_one_sentence_that_names_it(spoil: object, tmp_path: Path) -> None:
    path = tmp_path / "bad.safetensors"
    assert callable(spoil)
    spoil(path)
    with pytest.raises(CheckpointError) as caught:
        load_model(path)
    assert str(path) in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_failed_save_keeps_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "net.safetensors"
    _saved(path)
    before = path.read_bytes()

    def fail(self: Path, target: Path) -> Path:
        raise OSError("disk full")

    monkeypatch.setattr(Path, "replace", fail)
    with pytest.raises(CheckpointError, match="free space"):
        _saved(path)
    assert path.read_bytes() == before
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.skipif(os.name == "nt", reason="permissions are another thing there")
def test_a_model_file_may_be_read_by_whom_other_files_may(tmp_path: Path) -> None:
    _saved(tmp_path / "net.safetensors")
    (tmp_path / "other").touch()
    assert (tmp_path / "net.safetensors").stat().st_mode == (tmp_path / "other").stat().st_mode
