"""Presenters on stand-ins."""

from __future__ import annotations

import pytest

from rednet_gui.errors import ErrorText
from rednet_gui.models.session import Session


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
