from __future__ import annotations

import json
from importlib.resources import files
from pathlib import Path

import pytest

from engine import zoo
from engine.cli.main import main
from engine.tasks import TASKS


@pytest.mark.slow
def test_an_installation_in_order_passes(capsys: pytest.CaptureFixture[str]) -> None:
    lines = passed(capsys)
    assert "ok    training: two steps made" in lines
    assert "ok    window: opened and closed" in lines


def test_what_is_no_window_is_in_order(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    for check in ("_open_window", "_train"):
        monkeypatch.setattr(f"engine.cli.self_test.{check}", lambda: "left out")
    assert "ok    window: left out" in passed(capsys)


def passed(captured: pytest.CaptureFixture[str]) -> list[str]:
    """The lines of a self-test that went well."""
    assert main(["--self-test"]) == 0
    lines = captured.readouterr().out.splitlines()
    assert lines[-1] == "Everything works."
    assert all(line.startswith("ok") for line in lines[:-1])
    for task in TASKS:
        assert any(f"model {task.name}:" in line for line in lines)
    return lines


def test_a_damaged_model_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    entry = zoo.manifest()["denoise"]
    content = bytearray((files("resources") / "models" / entry["file"]).read_bytes())
    content[-100] ^= 1
    (tmp_path / entry["file"]).write_bytes(content)
    (tmp_path / "manifest.json").write_text(json.dumps({"denoise": entry}))
    monkeypatch.setattr(zoo, "_MODELS", tmp_path)
    monkeypatch.setattr("engine.cli.self_test._open_window", lambda: "")
    zoo.manifest.cache_clear()
    try:
        assert main(["--self-test"]) == 1
    finally:
        zoo.manifest.cache_clear()
    out = capsys.readouterr().out
    assert "FAIL  model denoise: " in out
    assert out.splitlines()[-1].endswith("checks failed: install the program again.")


def test_a_command_is_needed(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        main([])
    assert stopped.value.code == 2
    assert "a command is needed" in capsys.readouterr().err.lower()
