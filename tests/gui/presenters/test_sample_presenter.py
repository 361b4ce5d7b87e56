from __future__ import annotations

from pathlib import Path

import pytest

from engine.image_io import Image, read_image
from engine.tasks import TASKS
from rednet_gui.models.album import Album
from rednet_gui.models.blur import BlurKind
from rednet_gui.models.samples import SAMPLES, Sample, sample_of
from rednet_gui.models.session import Session
from rednet_gui.presenters.open_presenter import OpenPresenter
from rednet_gui.presenters.sample_presenter import SamplePresenter
from rednet_gui.settings import OPEN_FOLDER, Settings
from tests.gui.conftest import FakeEngine, ImmediateRunner, pixels_of, source_of


@pytest.fixture
def presenter(
    engine: FakeEngine, runner: ImmediateRunner, session: Session, album: Album, settings: Settings
) -> SamplePresenter:
    engine.files = {sample.path: Image(pixels_of()) for sample in SAMPLES}
    opener = OpenPresenter(engine, runner, session, album, settings, parent=session)
    return SamplePresenter(opener, session, album, parent=session)


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: sample.task)
def test_a_sample_opens_with_its_task_chosen(presenter: SamplePresenter, session: Session, sample: Sample) -> None:
    session.set_task(TASKS[-1] if sample.task == TASKS[0].name else TASKS[0])
    presenter.open(sample.task)
    assert session.source is not None
    assert session.source.path == sample.path
    assert session.task.name == sample.task
    assert session.level == sample.level or session.task.can_estimate


def test_a_sample_that_is_open_keeps_what_was_chosen(
    presenter: SamplePresenter, session: Session, album: Album
) -> None:
    presenter.open("denoise")
    session.set_auto(False)
    session.set_level(40)
    entry, snapshot = album.find(sample_of("denoise").path), session.snapshot()
    assert entry is not None
    assert snapshot is not None
    album.keep(entry, snapshot)
    presenter.open("deblock")
    presenter.open("denoise")
    assert session.task.name == "denoise"
    assert session.level == 40


def test_the_blurred_sample_comes_with_its_blur(presenter: SamplePresenter, session: Session) -> None:
    session.blur.set_kind(BlurKind.GAUSSIAN)
    presenter.open("deblur")
    assert session.blur.kind is BlurKind.DISK
    assert session.blur.numbers.radius == 4


def test_the_scratched_sample_comes_with_its_mask(presenter: SamplePresenter, session: Session) -> None:
    asked = list[Path]()
    presenter.mask_requested.connect(asked.append)
    presenter.open("denoise")
    assert not asked
    presenter.open("inpaint")
    assert [read_image(path).pixels.shape[:2] for path in asked] == [(512, 512)]


def test_another_photo_does_not_get_what_was_meant_for_the_sample(
    presenter: SamplePresenter, session: Session, runner: ImmediateRunner
) -> None:
    runner.is_held = True
    presenter.open("deblur")
    session.set_source(source_of(Image(pixels_of()), Path("holiday.png")))
    assert session.blur.numbers.radius != 4


def test_the_next_photo_is_not_looked_for_among_the_samples(presenter: SamplePresenter, settings: Settings) -> None:
    settings.set(OPEN_FOLDER, "/photos")
    presenter.open("denoise")
    assert settings.get(OPEN_FOLDER) == "/photos"
