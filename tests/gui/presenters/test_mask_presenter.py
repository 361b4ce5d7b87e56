"""Changing the mask off the window's thread, and its files."""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np
import pytest
from PySide6.QtCore import QPoint

from engine.image_io import Image, read_image, write_image
from rednet_gui.errors import ErrorText
from rednet_gui.models.session import Session
from rednet_gui.presenters.mask_presenter import MaskPresenter
from rednet_gui.settings import DUST_SENSITIVITY, MASK_AMOUNT, MASK_FOLDER, WAND_TOLERANCE, Settings
from tests.gui.conftest import ImmediateRunner, source_of


def picture() -> Image:
    """A bright square on dark ground, with a scratch across both."""
    pixels = np.full((300, 400, 3), 60, np.uint8)
    pixels[50:150, 50:200] = 160
    cv2.line(pixels, (20, 10), (380, 290), (250, 250, 250), 1)
    return Image(pixels)


@pytest.fixture
def presenter(session: Session, settings: Settings, runner: ImmediateRunner) -> MaskPresenter:
    session.set_source(source_of(picture(), Path("photo.png")))
    return MaskPresenter(runner, session, settings, parent=session)


def paint(session: Session) -> None:
    session.mask.blend(100, 80, np.full((40, 60), 255, np.uint8))
    session.mask.end_step()


def test_the_whole_mask_is_changed_in_steps(presenter: MaskPresenter, session: Session, settings: Settings) -> None:
    settings.set(MASK_AMOUNT, 6)
    mask = session.mask
    paint(session)
    states = [mask.pixels.copy()]
    for change in (presenter.grow, presenter.shrink, presenter.feather, presenter.invert, presenter.clear):
        change()
        states.append(mask.pixels.copy())
    first, wide, narrow, soft, inverse, nothing = states
    assert (wide > 0).sum() > (first > 0).sum()
    assert wide[100, 94] == 255
    assert wide[100, 93] == 0
    assert np.abs(narrow.astype(int) - first).mean() < 1
    assert len(np.unique(soft)) > 20
    np.testing.assert_array_equal(inverse, 255 - soft)
    assert not nothing.any()
    for state in states[-2::-1]:
        mask.undo()
        np.testing.assert_array_equal(mask.pixels, state)


def test_the_wand_marks_and_frees(presenter: MaskPresenter, session: Session, settings: Settings) -> None:
    settings.set(WAND_TOLERANCE, 20)
    presenter.pick(QPoint(60, 140), False)
    assert session.mask.pixels[130:149, 55:120].all()
    assert not session.mask.pixels[60, 190], "a line of one pixel keeps it back"
    assert not session.mask.pixels[160:].any()
    presenter.pick(QPoint(60, 140), True)
    assert not session.mask.pixels[140, 60]


def test_dust_is_marked_beside_what_is_painted_and_found_anew(
    presenter: MaskPresenter, session: Session, settings: Settings, notices: list[str]
) -> None:
    paint(session)
    settings.set(DUST_SENSITIVITY, 90)
    presenter.find_dust()
    mask = session.mask
    assert mask.pixels[250, 328:332].any()
    assert (mask.pixels[80:120, 100:160] == 255).all()
    more = (mask.pixels > 0).sum()
    settings.set(DUST_SENSITIVITY, 0)
    presenter.find_dust()
    assert (mask.pixels > 0).sum() <= more, "the first dust is replaced"
    assert (mask.pixels[80:120, 100:160] == 255).all()
    assert notices[0] == "Dust and scratches are marked. Erase what is none of it."


def test_a_clean_photo_says_so(presenter: MaskPresenter, session: Session, notices: list[str]) -> None:
    session.set_source(source_of(Image(np.full((100, 120, 3), 90, np.uint8))))
    presenter.find_dust()
    assert session.mask.is_empty
    assert notices == ["No dust was found; a higher sensitivity finds fainter dust."]


def test_strokes_made_meanwhile_are_not_lost(
    presenter: MaskPresenter, session: Session, settings: Settings, runner: ImmediateRunner
) -> None:
    settings.set(MASK_AMOUNT, 6)
    paint(session)
    runner.is_held = True
    presenter.grow()
    session.mask.blend(300, 200, np.full((20, 20), 255, np.uint8))
    session.mask.end_step()
    runner.is_held = False
    runner.release()
    assert session.mask.pixels[210, 295] == 255
    assert session.mask.pixels[100, 95] == 255


def test_a_change_for_another_photo_comes_too_late(
    presenter: MaskPresenter, session: Session, runner: ImmediateRunner
) -> None:
    paint(session)
    runner.is_held = True
    presenter.invert()
    session.set_source(source_of(picture(), Path("other.png")))
    runner.release()
    assert session.mask.is_empty


def test_a_mask_goes_to_a_file_and_comes_back(
    presenter: MaskPresenter, session: Session, settings: Settings, tmp_path: Path, notices: list[str]
) -> None:
    paint(session)
    presenter.feather()
    before = session.mask.pixels.copy()
    presenter.save(tmp_path / "mask.png")
    assert notices == ["The mask is saved as mask.png."]
    assert settings.get(MASK_FOLDER) == str(tmp_path)
    np.testing.assert_array_equal(read_image(tmp_path / "mask.png").pixels[..., 0], before)
    presenter.clear()
    presenter.load(tmp_path / "mask.png")
    np.testing.assert_array_equal(session.mask.pixels, before)
    session.mask.undo()
    assert session.mask.is_empty


def test_a_mask_of_another_size_is_fitted_and_the_user_is_told(
    presenter: MaskPresenter, session: Session, tmp_path: Path, notices: list[str]
) -> None:
    small = np.zeros((150, 200, 1), np.uint8)
    small[50:100, 50:150] = 255
    write_image(tmp_path / "small.png", Image(small))
    presenter.load(tmp_path / "small.png")
    assert session.mask.pixels[110:190, 110:290].all()
    assert not session.mask.pixels[:90].any()
    assert notices == ["The mask had another size and was fitted to the photo."]


@pytest.mark.parametrize("kind", ["text", "black", "missing"])
def test_what_is_no_mask_leaves_the_one_there_is(
    presenter: MaskPresenter, session: Session, tmp_path: Path, failures: list[ErrorText], kind: str
) -> None:
    paint(session)
    before, path = session.mask.pixels.copy(), tmp_path / "mask.png"
    if kind == "text":
        path.write_text("no picture")
    elif kind == "black":
        write_image(path, Image(np.zeros((300, 400, 1), np.uint8)))
    presenter.load(path)
    np.testing.assert_array_equal(session.mask.pixels, before)
    (error,) = failures
    assert error.text.startswith("mask.png: ")
    assert {"text": "not a JPEG", "black": "black everywhere", "missing": "no such file"}[kind] in error.text


def test_the_photo_is_not_overwritten_by_its_mask(
    presenter: MaskPresenter, session: Session, tmp_path: Path, failures: list[ErrorText]
) -> None:
    photo = tmp_path / "photo.png"
    write_image(photo, picture())
    content = photo.read_bytes()
    session.set_source(source_of(picture(), photo))
    paint(session)
    presenter.save(photo)
    assert photo.read_bytes() == content
    assert "it is the photo itself" in failures[0].text
    presenter.save(tmp_path / "missing" / "mask.png")
    assert len(failures) == 2


def test_without_a_photo_nothing_happens(settings: Settings, session: Session, runner: ImmediateRunner) -> None:
    presenter = MaskPresenter(runner, session, settings, parent=session)
    presenter.find_dust()
    presenter.pick(QPoint(1, 1), False)
    presenter.load(Path("mask.png"))
    assert session.mask.is_empty
