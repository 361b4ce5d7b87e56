"""Choosing a blur in the real program."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from rednet_gui.models.blur import BlurKind
from rednet_gui.models.session import Activity, Session
from rednet_gui.views.main_window import MainWindow
from tests.e2e.conftest import Condition, click, cut_small, play

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("qapp", "tiny_models")]


def test_every_kind_of_blur_is_chosen_with_keys_and_kept(
    photo: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def script(window: MainWindow) -> Iterator[Condition]:
        session: Session = window._session
        yield window.panel.run.restore.isEnabled
        window.panel.live.setChecked(False)
        yield window.panel.run.restore.isEnabled
        click(window.panel.tasks.row("deblur"))
        kinds = window.blur_desk.panel.kinds
        yield kinds.isVisible
        kinds.setFocus()
        for kind in list(BlurKind)[1:]:
            QTest.keyClick(kinds, Qt.Key.Key_Down)
            assert session.blur.kind is kind
            assert session.state.extra["blur"]
        while kinds.currentIndex():
            QTest.keyClick(kinds, Qt.Key.Key_Up)
        yield window.panel.run.restore.isEnabled
        click(window.panel.run.restore)
        yield lambda: session.result is not None and session.activity is Activity.IDLE
        session.mark_saved()
        window.close()

    play(script, cut_small(photo))
