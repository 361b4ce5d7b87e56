from __future__ import annotations

import json
from pathlib import Path

import platformdirs
import pytest
import torch

from engine import device
from engine.errors import DeviceError

CPU = torch.device("cpu")


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(platformdirs, "user_cache_dir", lambda *args, **options: str(tmp_path / "cache"))
    return tmp_path / "cache" / "precision.json"


def test_the_processor_is_always_there_and_comes_last() -> None:
    assert device.available_devices()[-1][0] == "cpu"
    assert device.choose_device("auto").type == device.available_devices()[0][0]
    with pytest.raises(DeviceError, match="'mars'"):
        device.choose_device("mars")


@pytest.mark.parametrize("name", device.PRECISIONS)
def test_a_chosen_precision_is_kept(name: str) -> None:
    assert device.choose_precision(CPU, name).name == name


@pytest.mark.parametrize(("ratio", "name"), [(2.0, "bfloat16"), (0.4, "float32")])
def test_auto_takes_the_faster_format_and_says_why(
    cache: Path, monkeypatch: pytest.MonkeyPatch, ratio: float, name: str
) -> None:
    monkeypatch.setattr(device, "_measure_ratio", lambda: ratio)
    precision = device.choose_precision(CPU)
    assert precision.name == name
    assert f"{ratio:.1f} times" in precision.reason


def test_the_speed_is_measured_once_and_remembered(cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = device.choose_precision(CPU)
    assert len(json.loads(cache.read_text())) == 1

    def fail() -> float:
        raise AssertionError("measured again")

    monkeypatch.setattr(device, "_measure_ratio", fail)
    assert device.choose_precision(CPU) == first


@pytest.mark.parametrize("content", ["", "[]", "{}", '{"other": 1}', "\x00"])
def test_a_spoilt_memory_is_measured_anew(cache: Path, monkeypatch: pytest.MonkeyPatch, content: str) -> None:
    cache.parent.mkdir()
    cache.write_text(content)
    monkeypatch.setattr(device, "_measure_ratio", lambda: 3.0)
    assert device.choose_precision(CPU).name == "bfloat16"
    assert 3.0 in json.loads(cache.read_text()).values()


def test_a_cache_that_cannot_be_written_does_no_harm(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "file").write_text("")
    monkeypatch.setattr(platformdirs, "user_cache_dir", lambda *args, **options: str(tmp_path / "file"))
    monkeypatch.setattr(device, "_measure_ratio", lambda: 3.0)
    assert device.choose_precision(CPU).name == "bfloat16"
    assert "could not be remembered" in caplog.text


@pytest.mark.parametrize(
    ("error", "is_memory"),
    [
        (MemoryError(), True),
        (torch.cuda.OutOfMemoryError(), True),
        (
            RuntimeError("[enforce fail] DefaultCPUAllocator: can't allocate memory: you tried to allocate 9 bytes"),
            True,
        ),
        (RuntimeError("MPS backend out of memory"), True),
        (RuntimeError("shapes do not match"), False),
        (ValueError("out of memory"), False),
    ],
)
def test_what_counts_as_out_of_memory(error: Exception, is_memory: bool) -> None:
    assert device.is_out_of_memory(error) is is_memory


def test_torch_really_raises_what_is_recognised() -> None:
    with pytest.raises(RuntimeError) as caught:
        torch.empty(2**60, dtype=torch.uint8)
    assert device.is_out_of_memory(caught.value)


def test_machines_that_share_a_folder_remember_one_speed_each(cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(device, "_measure_ratio", lambda: 3.0)
    for processor in ("one", "another"):
        monkeypatch.setattr(device, "cpu_name", lambda name=processor: name)
        device.choose_precision(CPU)
    assert len(json.loads(cache.read_text())) == 2


@pytest.mark.parametrize(
    ("card", "built", "is_offered"),
    [
        ((6, 1), ["sm_75", "sm_80", "sm_90"], False),
        ((7, 5), ["sm_75", "sm_80", "sm_90"], True),
        ((8, 9), ["sm_75", "sm_80", "sm_90"], True),
        ((8, 0), ["sm_75", "sm_86"], False),
        ((12, 1), ["sm_90a", "sm_100", "sm_120"], True),
        ((12, 1), ["sm_90", "compute_90"], True),
        ((9, 0), ["gfx90a"], True),
    ],
)
def test_a_card_that_this_torch_was_not_built_for_is_not_offered(
    monkeypatch: pytest.MonkeyPatch, card: tuple[int, int], built: list[str], is_offered: bool
) -> None:
    monkeypatch.setattr(torch.cuda, "is_available", lambda: True)
    monkeypatch.setattr(torch.cuda, "get_device_capability", lambda: card)
    monkeypatch.setattr(torch.cuda, "get_arch_list", lambda: built)
    monkeypatch.setattr(torch.cuda, "get_device_name", lambda _: "Card")
    assert ("cuda", "Card") in device.available_devices() or not is_offered
    assert (device.choose_device().type == "cuda") is is_offered


def test_nothing_trains_in_float16_by_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    card = torch.device("cuda")
    monkeypatch.setattr(torch.cuda, "is_bf16_supported", lambda including_emulation: False)
    assert device.choose_precision(card).dtype is torch.float16
    assert device.choose_training_precision(card).dtype is torch.float32
    assert device.choose_training_precision(card, "float16").dtype is torch.float16
