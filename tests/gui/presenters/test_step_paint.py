"""What is painted on a step and has no effect yet stays with that step."""

from __future__ import annotations

import numpy as np
import pytest

from rednet_gui.models.mask_store import MaskStore
from rednet_gui.models.session import Session
from rednet_gui.presenters.mask_keeper import MaskKeeper
from rednet_gui.presenters.steps_presenter import StepsPresenter
from tests.gui.conftest import FakeEngine, ImmediateRunner
from tests.gui.presenters.steps_bench import connected, tasks_of


@pytest.fixture
def presenter(engine: FakeEngine, runner: ImmediateRunner, session: Session, masks: MaskStore) -> StepsPresenter:
    MaskKeeper(runner, session, masks, parent=session)
    return connected(engine, runner, session, masks)


def paint(session: Session, left: int = 0) -> None:
    session.mask.blend(left, 0, np.full((9, 9), 255, np.uint8))
    session.mask.end_step()


def test_undo_of_a_step_can_be_made_again_though_there_is_paint(presenter: StepsPresenter, session: Session) -> None:
    paint(session)
    presenter.add("deblock")
    presenter.undo()
    assert session.mask.pixels[0, 0] == 255
    presenter.redo()
    assert tasks_of(session) == ["denoise", "deblock"]
