from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np
import pytest
import torch
from PySide6.QtCore import QRect

from engine.image_io import Image
from engine.kernels import disk_kernel, motion_kernel, read_kernel, trimmed
from rednet_gui.errors import ErrorText
from rednet_gui.models.blur import BlurKind
from rednet_gui.models.session import Session
from rednet_gui.presenters.blur_presenter import BlurPresenter
from tests.gui.conftest import ImmediateRunner, source_of


def night() -> Image:
    """A dark picture with one square light of 5 x 5 pixels."""
    pixels = np.full((120, 160, 3), 20, np.uint8)
    pixels[50:55, 80:85] = 220
    return Image(pixels)


@pytest.fixture
def presenter(session: Session, runner: ImmediateRunner) -> BlurPresenter:
    session.set_source(source_of(night()))
    return BlurPresenter(runner, session, session.blur)


def test_the_session_has_the_kernel_of_the_blur(presenter: BlurPresenter, session: Session) -> None:
    assert session.kernel is not None
    session.blur.set_numbers(radius=7)
    assert torch.equal(session.kernel, torch.from_numpy(disk_kernel(7)))
    session.blur.set_kind(BlurKind.FILE)
    assert session.kernel is None


def test_a_drawn_path_becomes_the_kernel(presenter: BlurPresenter, session: Session) -> None:
    presenter.take_path([(20.0, 30.0), (29.0, 30.0)])
    assert session.kernel is not None
    np.testing.assert_allclose(session.kernel.numpy(), motion_kernel(9, 0), atol=1e-6)


def test_a_framed_light_becomes_the_kernel(presenter: BlurPresenter, session: Session) -> None:
    presenter.take_light(QRect(70, 40, 200, 30))  # partly outside
    assert session.kernel is not None
    np.testing.assert_allclose(session.kernel.numpy(), np.full((5, 5), 1 / 25), atol=1e-6)


@pytest.mark.parametrize("frame", [QRect(5, 5, 30, 30), QRect(500, 500, 30, 30), QRect(78, 45, 5, 20)])
def test_a_frame_without_a_light_is_told_and_changes_nothing(
    presenter: BlurPresenter, session: Session, failures: list[ErrorText], frame: QRect
) -> None:
    before = session.kernel
    presenter.take_light(frame)
    assert session.kernel is before
    assert [error.title for error in failures] == ["This blur cannot be used"]


def test_kernels_are_saved_and_loaded(
    presenter: BlurPresenter, session: Session, notices: list[str], tmp_path: Path
) -> None:
    session.blur.set_numbers(radius=4.4)
    for name, tolerance in (("blur.npy", 0.0), ("흐림.png", 1e-6)):
        presenter.save(tmp_path / name)
        np.testing.assert_allclose(read_kernel(tmp_path / name), trimmed(disk_kernel(4.4)), atol=tolerance)
    presenter.load(tmp_path / "blur.npy")
    assert session.blur.kind is BlurKind.FILE
    assert session.kernel is not None
    assert torch.equal(session.kernel, torch.from_numpy(trimmed(disk_kernel(4.4))))
    assert notices == ["Saved the blur as blur.npy.", "Saved the blur as 흐림.png."]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["blur.npy", "흐림.png"]


def test_bad_kernel_files_are_told_and_change_nothing(
    presenter: BlurPresenter, session: Session, failures: list[ErrorText], tmp_path: Path
) -> None:
    before = session.kernel
    cv2.imwrite(str(tmp_path / "black.png"), np.zeros((5, 5), np.uint8))
    cv2.imwrite(str(tmp_path / "white.png"), np.full((5, 5), 255, np.uint8))
    np.save(tmp_path / "nan.npy", np.full((3, 3), np.nan))
    for name in ("black.png", "white.png", "nan.npy", "missing.npy"):
        presenter.load(tmp_path / name)
    presenter.save(tmp_path / "no folder" / "blur.npy")
    assert session.kernel is before
    assert len(failures) == 5
    assert all(name in failures[at].text for at, name in enumerate(("black.png", "white.png", "nan.npy", "missing")))


def test_a_kernel_that_is_still_being_read_is_not_the_next_photos(
    presenter: BlurPresenter, session: Session, runner: ImmediateRunner, tmp_path: Path
) -> None:
    np.save(tmp_path / "kernel.npy", disk_kernel(3))
    before, runner.is_held = session.kernel, True
    presenter.load(tmp_path / "kernel.npy")
    session.set_source(source_of(night()))
    runner.release()
    assert session.kernel is before


def test_a_frame_around_much_of_the_photo_is_refused(
    presenter: BlurPresenter, session: Session, failures: list[ErrorText]
) -> None:
    session.set_source(source_of(Image(np.full((900, 900, 3), 20, np.uint8))))
    presenter.take_light(QRect(0, 0, 900, 300))
    assert "around one light alone" in failures[0].text


def test_a_kernel_that_is_saved_twice_at_once_is_saved_twice(
    presenter: BlurPresenter, runner: ImmediateRunner, notices: list[str], tmp_path: Path
) -> None:
    runner.is_held = True
    presenter.save(tmp_path / "a.npy")
    presenter.save(tmp_path / "b.npy")
    runner.release()
    assert notices == ["Saved the blur as a.npy.", "Saved the blur as b.npy."]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.npy", "b.npy"]
