from __future__ import annotations

from pathlib import Path

import pytest

from rednet_gui.models.presets import Preset
from rednet_gui.views.step_words import steps_words


@pytest.mark.usefixtures("korean")
def test_why_a_preset_cannot_be_used_is_said_in_the_language_of_the_window() -> None:
    reason = "it was made by a newer version of this program; install that one to use it"
    words = steps_words(Preset("newer", Path("newer.json"), None, reason))
    assert "버전" in words
    assert "newer" not in words
