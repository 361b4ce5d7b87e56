"""Presenters on stand-ins."""

from __future__ import annotations

from pathlib import Path

import pytest

from rednet_gui.errors import ErrorText
from rednet_gui.models.album import Album
from rednet_gui.models.mask_store import MaskStore
from rednet_gui.models.session import Session
from rednet_gui.settings import Settings
from tests.gui.presenters.album_desk import Desk


@pytest.fixture
def album(session: Session) -> Album:
    """The open pictures: none."""
    return Album(session)


@pytest.fixture
def failures(session: Session) -> list[ErrorText]:
    """The errors shown so far."""
    shown = list[ErrorText]()
    session.failed.connect(shown.append)
    return shown


@pytest.fixture
def notices(session: Session) -> list[str]:
    """The sentences shown so far."""
    shown = list[str]()
    session.noticed.connect(shown.append)
    return shown


@pytest.fixture
def masks(tmp_path: Path) -> MaskStore:
    """Where painted masks are kept."""
    return MaskStore(tmp_path)


@pytest.fixture
def desk(session: Session, settings: Settings, tmp_path: Path) -> Desk:
    """An album in the first run of the program."""
    return Desk(session, settings, tmp_path)
