"""What steps did, as the batch page and its report say it."""

from __future__ import annotations

import numpy as np
import pytest

from engine.image_io import Image
from engine.steps import Step, Steps
from rednet_gui.step_text import describe_done, describe_steps

STEPS = Steps(
    (
        Step("denoise", estimated=12.34),
        Step("deblock", 30.0, is_on=False),
        Step("super_resolution", 1.25),
    )
)
RESTORED = Image(np.zeros((6, 180, 3), np.uint8))


@pytest.mark.usefixtures("qapp")
def test_what_was_done_has_the_estimated_level_and_the_size() -> None:
    assert describe_steps(STEPS) == "Denoise (auto) → Enlarge (1.25×)"
    assert describe_done(RESTORED, STEPS) == "Denoise (auto 12.3) → Enlarge (1.25×), 180 × 6 pixels"


@pytest.mark.usefixtures("korean")
def test_what_was_done_is_said_in_the_language_of_the_window() -> None:
    done = describe_done(RESTORED, STEPS)
    assert "(자동 12.3)" in done
    assert done.endswith(", 180 × 6 픽셀")
    assert not any(word in done for word in ("Denoise", "auto", "pixels"))
