"""Which picture files some paths stand for."""

from __future__ import annotations

from pathlib import Path

import pytest

from rednet_gui.models.picture_files import find_pictures


@pytest.mark.parametrize("name", ["gone.png", "long" * 100 + ".png"])
def test_what_is_not_there_has_no_time(name: str, tmp_path: Path) -> None:
    assert find_pictures([tmp_path / name]) == {tmp_path / name: None}


def test_a_folder_stands_for_its_pictures_by_name(tmp_path: Path) -> None:
    (tmp_path / "folder.png").mkdir()
    for name in ("10.png", "9.jpg", ".hidden.png", "notes.txt"):
        (tmp_path / name).touch()
    assert [path.name for path in find_pictures([tmp_path])] == ["9.jpg", "10.png"]
