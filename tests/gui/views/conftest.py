"""Views with the program's look."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication

from rednet_gui.views import theme


@pytest.fixture(scope="session", autouse=True)
def _look(qapp: QApplication) -> None:
    theme.apply(qapp)
