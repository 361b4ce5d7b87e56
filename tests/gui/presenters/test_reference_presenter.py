from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from engine.image_io import Image
from engine.metrics import fidelity
from engine.strength import Strength, apply_strength
from engine.tasks import task_named
from engine.tensors import resize_pixels
from rednet_gui.errors import ErrorText
from rednet_gui.models.reference import Scores
from rednet_gui.models.session import Activity, Session
from rednet_gui.presenters.reference_presenter import ReferencePresenter
from tests.gui.conftest import FakeEngine, ImmediateRunner, pixels_of, result_of, source_of

CLEAN = Image(pixels_of())
NOISY = Image(CLEAN.pixels ^ 15)
RESTORED = Image(CLEAN.pixels ^ 3)
BEFORE = fidelity(NOISY.pixels, CLEAN.pixels)
AFTER = fidelity(RESTORED.pixels, CLEAN.pixels)
PATH = Path("photos/clean.png")


@pytest.fixture
def presenter(engine: FakeEngine, runner: ImmediateRunner, session: Session) -> ReferencePresenter:
    engine.files[PATH] = CLEAN
    return ReferencePresenter(engine, runner, ImmediateRunner(), session)


def has_scores(session: Session, scores: Scores) -> bool:
    return session.reference.scores == scores and not session.reference.is_measuring


def test_before_and_after_are_measured(presenter: ReferencePresenter, session: Session, qtbot: QtBot) -> None:
    session.set_source(source_of(NOISY))
    presenter.choose(PATH)
    assert session.reference.name == "clean.png"
    assert has_scores(session, Scores(BEFORE))
    session.set_result(result_of(RESTORED))
    qtbot.waitUntil(lambda: has_scores(session, Scores(BEFORE, AFTER)))


def test_a_strength_is_measured_as_it_is_saved(presenter: ReferencePresenter, session: Session, qtbot: QtBot) -> None:
    session.set_source(source_of(NOISY))
    session.set_result(result_of(RESTORED))
    presenter.choose(PATH)
    session.set_strength(0.5, 0.25, 0.0)
    assert session.reference.scores == Scores(BEFORE), "what is known is another picture's"
    mixed = apply_strength(NOISY, RESTORED, Strength(0.5, 0.25, 0.0))
    expected = Scores(BEFORE, fidelity(mixed.pixels, CLEAN.pixels))
    qtbot.waitUntil(lambda: has_scores(session, expected))


def test_a_reference_of_another_size_is_refused_in_one_sentence(
    presenter: ReferencePresenter, session: Session, engine: FakeEngine, failures: list[ErrorText]
) -> None:
    session.set_source(source_of(NOISY))
    engine.files[PATH] = Image(pixels_of(20, 30))
    presenter.choose(PATH)
    (failure,) = failures
    wanted = "clean.png: it has 30 × 20 pixels; the reference must have 37 × 31, like the restored photo."
    assert failure.text == wanted
    assert session.reference.image is None


def test_a_file_that_cannot_be_opened_leaves_the_reference(
    presenter: ReferencePresenter, session: Session, failures: list[ErrorText]
) -> None:
    session.set_source(source_of(NOISY))
    presenter.choose(PATH)
    presenter.choose(Path("gone.png"))
    assert [failure.title for failure in failures] == ["This picture cannot be opened"]
    assert session.reference.name == "clean.png"
    assert has_scores(session, Scores(BEFORE))


def test_an_enlargement_is_measured_against_a_large_reference(
    presenter: ReferencePresenter, session: Session, engine: FakeEngine, qtbot: QtBot
) -> None:
    session.set_task(task_named("super_resolution"))
    session.set_level(2)
    engine.files[PATH] = large = Image(CLEAN.pixels.repeat(2, 0).repeat(2, 1))
    session.set_source(source_of(CLEAN))
    session.set_level(2)
    presenter.choose(PATH)
    before = fidelity(resize_pixels(CLEAN.pixels, (62, 74)), large.pixels)
    assert has_scores(session, Scores(before))
    session.set_result(result_of(Image(large.pixels ^ 3)))
    qtbot.waitUntil(lambda: has_scores(session, Scores(before, fidelity(large.pixels ^ 3, large.pixels))))


def test_a_gray_reference_serves_a_colour_photo(
    presenter: ReferencePresenter, session: Session, engine: FakeEngine
) -> None:
    engine.files[PATH] = gray = Image(pixels_of(channels=1))
    session.set_source(source_of(Image(gray.pixels.repeat(3, 2))))
    presenter.choose(PATH)
    before = session.reference.scores.before
    assert before is not None
    assert before.psnr == np.inf


def test_measuring_makes_way_for_a_run(
    presenter: ReferencePresenter, session: Session, runner: ImmediateRunner, qtbot: QtBot
) -> None:
    session.set_source(source_of(NOISY))
    session.set_result(result_of(RESTORED))
    runner.is_held = True
    presenter.choose(PATH)
    assert session.reference.is_measuring
    session.set_activity(Activity.RESTORING)
    runner.release()
    runner.is_held = False
    assert session.reference.scores == Scores()
    qtbot.waitUntil(lambda: not presenter._timer.isActive())
    assert session.reference.scores == Scores(), "not while it runs"
    assert session.reference.is_measuring, "but it will be"
    session.set_activity(Activity.IDLE)
    qtbot.waitUntil(lambda: has_scores(session, Scores(BEFORE, AFTER)))


def test_each_photo_keeps_its_reference(presenter: ReferencePresenter, session: Session) -> None:
    first, second = source_of(NOISY, Path("a.png")), source_of(NOISY, Path("b.png"))
    session.set_source(first)
    presenter.choose(PATH)
    session.set_source(second)
    assert session.reference.image is None
    session.set_source(first)
    assert session.reference.image is CLEAN
    presenter.drop()
    assert session.reference.image is None
    session.set_source(second)
    session.set_source(first)
    assert session.reference.image is None
