from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QByteArray

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
