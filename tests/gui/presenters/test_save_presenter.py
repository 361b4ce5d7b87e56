from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from engine.errors import ImageWriteError
from engine.image_io import Image
from engine.metadata import Metadata
from engine.output_profile import in_profile, read_profile
from engine.steps import Step, Steps, read_steps
from rednet_gui.errors import ErrorText
from rednet_gui.models.blended_view import BlendedView, ViewPair
from rednet_gui.models.limit import LimitMode
from rednet_gui.models.session import Activity, Session
from rednet_gui.presenters.save_presenter import SavePresenter
from rednet_gui.settings import IS_AUTO_QUALITY, QUALITY, SAVE_FOLDER, SAVES_SRGB, Settings
from tests.engine.test_output_profile import WIDE
from tests.gui.conftest import FakeEngine, ImmediateRunner, pixels_of, result_of, source_of

IMAGE = Image(pixels_of())


@pytest.fixture
def source_path(outside_home: Path) -> Path:
    path = outside_home / "photo.png"
    path.touch()
    return path


@pytest.fixture
def presenter(
    engine: FakeEngine, runner: ImmediateRunner, session: Session, settings: Settings, source_path: Path
) -> SavePresenter:
    session.set_source(source_of(IMAGE, source_path))
    session.set_result(result_of(IMAGE))
    return SavePresenter(engine, runner, session, settings)


def test_save_writes_the_result_and_says_so(
    presenter: SavePresenter,
    session: Session,
    engine: FakeEngine,
    settings: Settings,
    source_path: Path,
    notices: list[str],
) -> None:
    settings.set(QUALITY, 77)
    settings.set(IS_AUTO_QUALITY, False)
    target = source_path.with_name("photo-restored.png")
    presenter.save(target)
    assert session.result is not None
    assert list(engine.files) == [target]
    np.testing.assert_array_equal(engine.files[target].pixels, session.result.image.pixels)
    assert read_steps(engine.files[target].metadata, target) == Steps((session.result.step,))
    assert engine.qualities == [77]
    assert not session.has_unsaved_result
    assert settings.get(SAVE_FOLDER) == str(target.parent)
    assert notices == [
        f"Saved as photo-restored.png in {target.parent}.\n"
        "8-bit PNG, EXIF kept. Not kept: further pages (only the first is restored)."
    ]


@pytest.mark.parametrize(("saved_at", "quality"), [(None, 95), (60, 90), (97, 97)])
def test_a_jpeg_is_saved_as_well_as_its_source(
    presenter: SavePresenter, session: Session, engine: FakeEngine, source_path: Path, saved_at: int, quality: int
) -> None:
    session.set_source(source_of(Image(IMAGE.pixels, metadata=Metadata(jpeg_quality=saved_at)), source_path))
    session.set_result(result_of(IMAGE))
    presenter.save(source_path.with_name("b.jpg"))
    assert engine.qualities == [quality]


def test_colors_are_converted_to_srgb_if_that_is_wanted(
    presenter: SavePresenter, session: Session, engine: FakeEngine, source_path: Path, settings: Settings
) -> None:
    wide = WIDE
    image = Image(IMAGE.pixels, metadata=Metadata(icc=wide))
    session.set_source(source_of(image, source_path))
    session.set_result(result_of(image))
    for wants_srgb, name in ((False, "wide.png"), (True, "srgb.png")):
        settings.set(SAVES_SRGB, wants_srgb)
        presenter.save(source_path.with_name(name))
    saved, converted = (engine.files[source_path.with_name(name)] for name in ("wide.png", "srgb.png"))
    assert saved.metadata.icc == wide
    assert converted.metadata.icc == read_profile("srgb")
    np.testing.assert_array_equal(converted.pixels, in_profile(saved, read_profile("srgb")).pixels)
    assert not np.array_equal(converted.pixels, saved.pixels)


def test_what_is_saved_has_the_strength_that_is_shown(
    presenter: SavePresenter, session: Session, engine: FakeEngine, source_path: Path
) -> None:
    restored = Image(np.invert(IMAGE.pixels))
    session.set_result(result_of(restored))
    session.set_strength(0.25, 0.75, 0.5)
    target = source_path.with_name("mixed.png")
    presenter.save(target)
    saved = engine.files[target].pixels
    assert read_steps(engine.files[target].metadata, target) == Steps((Step("denoise", 25.0, session.strength),))
    view = BlendedView(ViewPair.of(source_of(IMAGE), result_of(restored)), session.strength)
    np.testing.assert_array_equal(saved, view.render(1, left=0, top=0, width=37, height=31))
    assert not np.array_equal(saved, restored.pixels)


@pytest.mark.parametrize("change", ["mask", "strength", "result", None])
def test_what_changes_while_a_file_is_written_is_not_in_it(
    presenter: SavePresenter,
    session: Session,
    engine: FakeEngine,
    runner: ImmediateRunner,
    source_path: Path,
    change: str | None,
) -> None:
    session.limit.set_mode(LimitMode.ONLY)
    runner.is_held = True
    presenter.save(source_path.with_name("b.png"))
    match change:
        case "mask":  # a job of its own, begun before, ends now
            session.mask.replace(np.full((31, 37), 255, np.uint8))
        case "strength":
            session.set_strength(0.5, 0.5, 0.5)
        case "result":
            session.set_result(result_of(IMAGE))
    runner.release()
    assert list(engine.files) == [source_path.with_name("b.png")]
    assert session.is_result_saved == (change is None)


@pytest.mark.parametrize("detour", ["photo.png", "nowhere/../photo.png"])
def test_the_source_is_never_overwritten(
    presenter: SavePresenter,
    session: Session,
    engine: FakeEngine,
    source_path: Path,
    detour: str,
    failures: list[ErrorText],
) -> None:
    presenter.save(source_path.parent / detour)
    assert not engine.files
    assert session.has_unsaved_result
    assert [error.title for error in failures] == ["The original photo is never overwritten"]


def test_a_link_to_the_source_is_the_source(
    presenter: SavePresenter, engine: FakeEngine, source_path: Path, failures: list[ErrorText]
) -> None:
    link = source_path.with_name("link.png")
    link.hardlink_to(source_path)
    presenter.save(link)
    assert not engine.files
    assert failures


def test_a_link_to_itself_is_not_the_source(
    presenter: SavePresenter, engine: FakeEngine, source_path: Path, failures: list[ErrorText]
) -> None:
    loop = source_path.with_name("loop.png")
    loop.symlink_to(loop)
    engine.error = ImageWriteError(loop, "it is a link that leads to itself")
    presenter.save(loop)
    assert "leads to itself" in failures[0].text, "saving tells what is wrong with it"


def test_a_failure_keeps_the_result(
    presenter: SavePresenter, session: Session, engine: FakeEngine, source_path: Path, failures: list[ErrorText]
) -> None:
    engine.error = ImageWriteError("b.png", "the folder cannot be written")
    presenter.save(source_path.with_name("b.png"))
    assert session.has_unsaved_result
    assert session.activity is Activity.IDLE
    assert [error.title for error in failures] == ["The picture could not be saved"]


def test_nothing_is_saved_before_there_is_a_result(
    presenter: SavePresenter, session: Session, engine: FakeEngine, source_path: Path
) -> None:
    session.set_result(None)
    presenter.save(source_path.with_name("b.png"))
    assert not engine.files
