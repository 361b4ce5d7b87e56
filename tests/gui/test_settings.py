from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QByteArray
from pytestqt.qtbot import QtBot

from engine.tasks import TASKS
from rednet_gui.app import Program
from rednet_gui.settings import IS_AUTO, LEVEL, OPEN_FOLDER, QUALITY, TASK, Setting, Settings


@pytest.mark.parametrize(
    ("setting", "value"),
    [(TASK, "deblur"), (LEVEL, 12.5), (IS_AUTO, False), (QUALITY, 80), (OPEN_FOLDER, "C:\\Fotos, 写真; 100%")],
    ids=lambda value: value.key if isinstance(value, Setting) else None,
)
def test_a_value_comes_back_with_its_type(tmp_path: Path, setting: Setting[str], value: str) -> None:
    written = Settings(tmp_path)
    assert written.get(setting) == setting.default
    written.set(setting, value)
    written.sync()
    read = Settings(tmp_path).get(setting)
    assert read == value
    assert type(read) is type(value)


@pytest.mark.parametrize("text", ["0", "101", "much", ""])
def test_a_damaged_value_is_the_default(tmp_path: Path, text: str) -> None:
    (tmp_path / "settings.ini").write_text(f"[General]\nquality={text}\n")
    assert Settings(tmp_path).get(QUALITY) == QUALITY.default


NEWER = """[General]
task=colorize
level=12.5
compare=hologram
appearance=sepia
language=xx
mask_color=ultraviolet
batch_stage=dreaming
quality=9000
brush_size=@Variant(\\0\\0)
hologram=7

[Colorize]
palette=warm
"""
"""Of a version that can do more than this one."""


def test_what_a_newer_version_has_set_does_no_harm_and_stays(
    tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    (tmp_path / "settings.ini").write_text(NEWER, encoding="utf-8")
    (tmp_path / "window.ini").write_text("[General]\ngeometry=@ByteArray(\\0\\x1)\nstate=nonsense\n", encoding="utf-8")
    settings = Settings(tmp_path)
    program = Program(settings)
    qtbot.addWidget(program.window)
    program.window.show()
    assert program.session.task.name in [task.name for task in TASKS]
    settings.set(QUALITY, 80)
    program.window.close()
    program.shutdown()
    settings.sync()
    kept = (tmp_path / "settings.ini").read_text(encoding="utf-8")
    assert "hologram=7" in kept
    assert "palette=warm" in kept
    assert Settings(tmp_path).get(QUALITY) == 80


def test_a_file_that_is_none_is_as_an_empty_one(tmp_path: Path) -> None:
    (tmp_path / "settings.ini").write_bytes(bytes(range(256)) * 40)
    settings = Settings(tmp_path)
    assert settings.get(QUALITY) == QUALITY.default
    settings.set(QUALITY, 80)
    settings.sync()
    assert Settings(tmp_path).get(QUALITY) == 80


def test_window_state_lies_apart(tmp_path: Path) -> None:
    settings = Settings(tmp_path)
    settings.set_window_state("geometry", QByteArray(b"\x00\x01"))
    settings.sync()
    assert Settings(tmp_path).window_state("geometry") == QByteArray(b"\x00\x01")
    assert not (tmp_path / "settings.ini").exists()


def test_the_usual_place_is_the_platforms(qapp: object) -> None:
    settings = Settings()
    settings.set(QUALITY, 70)
    settings.sync()
    assert len(list(Path.home().rglob("settings.ini"))) == 1
