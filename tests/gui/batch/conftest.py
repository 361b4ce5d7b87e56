"""The Batch page, and photos for it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from engine.image_io import Image, write_image
from rednet_gui.models.session import Session
from rednet_gui.settings import Settings
from tests.gui.batch.batch_desk import (
    Desk,
)
from tests.gui.conftest import pixels_of


@pytest.fixture
def desk(qtbot: QtBot, session: Session, settings: Settings) -> Iterator[Desk]:
    made = Desk(qtbot, session, settings)
    session.set_auto(wants_auto=False)
    session.set_level(20.0)
    yield made
    made.net.gate.set()
    made.close()


@pytest.fixture
def photos(outside_home: Path) -> Path:
    """Three photos, one of them in a folder of its own."""
    (outside_home / "day 2").mkdir()
    for number, name in enumerate(("1.png", "2.png", "day 2/3.jpg")):
        write_image(outside_home / name, Image(pixels_of(24, 32) // (number + 1)))
    (outside_home / "Thumbs.db").write_bytes(b"no picture")
    return outside_home
