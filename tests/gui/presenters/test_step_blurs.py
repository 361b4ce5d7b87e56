"""The blurs of the steps: each has its own, as it was come by."""

from __future__ import annotations

import numpy as np
import pytest

from engine.kernels import disk_kernel
from engine.steps import FrozenArray, Step
from engine.tasks import task_named
from rednet_gui.models.blur import BlurKind
from rednet_gui.models.mask_store import MaskStore
from rednet_gui.models.session import Session
from rednet_gui.presenters.blur_presenter import BlurPresenter
from rednet_gui.presenters.steps_presenter import StepsPresenter
from tests.gui.conftest import FakeEngine, ImmediateRunner
from tests.gui.presenters.steps_bench import blur_of, connected


@pytest.fixture
def presenter(engine: FakeEngine, runner: ImmediateRunner, session: Session, masks: MaskStore) -> StepsPresenter:
    return connected(engine, runner, session, masks)


def test_a_kernel_belongs_to_its_step(presenter: StepsPresenter, session: Session) -> None:
    kernel = np.full((3, 3), 1 / 9, np.float32)
    presenter.apply((Step("deblur", 2.0, kernel=FrozenArray.of(kernel)),))
    assert session.kernel is not None
    np.testing.assert_array_equal(session.kernel.numpy(), kernel)
    assert session.blur.kernel is not None
    np.testing.assert_array_equal(session.blur.kernel, kernel)


def test_undo_takes_a_blur_back_as_it_was_come_by(
    presenter: StepsPresenter, session: Session, runner: ImmediateRunner, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("rednet_gui.models.step_list._SAME_CHANGE_S", 0)
    BlurPresenter(runner, session, session.blur, parent=presenter)
    loaded = np.full((3, 3), 1 / 9, np.float32)
    session.set_task(task_named("deblur"))
    session.blur.take_file(loaded)
    session.blur.set_kind(BlurKind.DISK)
    session.blur.set_numbers(radius=5)
    session.blur.set_numbers(radius=6)
    presenter.undo()
    assert blur_of(session) == (BlurKind.DISK, 5)
    assert session.kernel is not None
    np.testing.assert_array_equal(session.kernel.numpy(), disk_kernel(5))
    presenter.redo()
    assert blur_of(session) == (BlurKind.DISK, 6)
    for _ in range(3):
        presenter.undo()
    assert blur_of(session)[0] is BlurKind.FILE
    np.testing.assert_array_equal(session.kernel.numpy(), loaded)
    session.blur.set_kind(BlurKind.DISK)
    session.blur.set_kind(BlurKind.FILE)
    assert session.blur.kernel is not None
    np.testing.assert_array_equal(session.blur.kernel, loaded)


def test_undo_takes_back_what_was_drawn(
    presenter: StepsPresenter, session: Session, runner: ImmediateRunner, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("rednet_gui.models.step_list._SAME_CHANGE_S", 0)
    BlurPresenter(runner, session, session.blur, parent=presenter)
    session.set_task(task_named("deblur"))
    session.blur.set_kind(BlurKind.PATH)
    session.blur.take_path(np.array([[0.0, 0.0], [5.0, 3.0]]))
    drawn = session.blur.kernel
    presenter.undo()
    assert (session.blur.kind, session.blur.kernel, session.kernel) == (BlurKind.PATH, None, None)
    presenter.undo()
    assert session.blur.kind is BlurKind.DISK
    assert session.kernel is not None
    presenter.redo()
    presenter.redo()
    assert drawn is not None
    assert session.blur.kernel is not None
    np.testing.assert_array_equal(session.blur.kernel, drawn)
    np.testing.assert_array_equal(session.kernel.numpy(), drawn)


def test_another_deblurring_starts_with_the_blur_that_was_drawn(
    presenter: StepsPresenter, session: Session, runner: ImmediateRunner
) -> None:
    BlurPresenter(runner, session, session.blur, parent=presenter)
    presenter.add("deblur")
    session.blur.set_kind(BlurKind.PATH)
    session.blur.take_path(np.array([[0.0, 0.0], [5.0, 3.0]]))
    drawn = session.kernel
    presenter.add("deblur")
    assert session.steps.line.current == 2
    assert drawn is not None
    assert session.kernel is not None
    np.testing.assert_array_equal(session.kernel.numpy(), drawn.numpy())


def test_each_step_has_its_blur_as_it_was_come_by(
    presenter: StepsPresenter, session: Session, runner: ImmediateRunner
) -> None:
    BlurPresenter(runner, session, session.blur, parent=presenter)
    session.set_task(task_named("deblur"))
    session.blur.set_numbers(radius=7)
    presenter.add("deblur")
    session.blur.set_numbers(radius=3)
    presenter.choose(0)
    assert blur_of(session) == (BlurKind.DISK, 7)
    presenter.choose(1)
    assert blur_of(session) == (BlurKind.DISK, 3)
