from __future__ import annotations

import shutil
from pathlib import Path

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from engine.errors import Canceled, TrainingError
from engine.run_context import RunContext
from engine.training.config import TrainConfig
from engine.training.data import list_pictures
from engine.training.folder_check import Fault, FolderReport, blur_of, check_folder
from engine.training.plan import Plan


def check(folder: Path) -> FolderReport:
    return check_folder(list_pictures(folder), 64, RunContext())


@pytest.fixture
def folder(tmp_path: Path, photo: NDArray[np.uint8]) -> Path:
    bgr = photo[..., ::-1]
    for number in range(6):
        left = 50 * number
        cv2.imwrite(str(tmp_path / f"good{number}.png"), bgr[10 * number : 10 * number + 180, left : left + 200])
    return tmp_path


def test_each_fault_is_found_and_named(folder: Path, photo: NDArray[np.uint8]) -> None:
    bgr = np.ascontiguousarray(photo[..., ::-1])
    shutil.copy(folder / "good0.png", folder / "twice.png")
    cv2.imwrite(str(folder / "small.png"), bgr[:60, :200])
    cv2.imwrite(str(folder / "soft.png"), cv2.GaussianBlur(bgr[:, 200:], (0, 0), 4))
    cv2.imwrite(str(folder / "squeezed.jpg"), bgr[60:, :], [cv2.IMWRITE_JPEG_QUALITY, 40])
    cv2.imwrite(str(folder / "fine.jpg"), bgr[::-1], [cv2.IMWRITE_JPEG_QUALITY, 92])
    (folder / "cut.png").write_bytes((folder / "good1.png").read_bytes()[:2000])
    (folder / "notes.txt").write_text("no picture")
    report = check(folder)
    assert {one.path.name: one.fault for one in report.refused} == {
        "twice.png": Fault.DUPLICATE,
        "small.png": Fault.TOO_SMALL,
        "soft.png": Fault.BLURRED,
        "squeezed.jpg": Fault.COMPRESSED,
        "cut.png": Fault.UNREADABLE,
    }
    reasons = {one.path.name: one.reason for one in report.refused}
    assert reasons["twice.png"] == "the same as good0.png"
    assert "quality 40" in reasons["squeezed.jpg"]
    assert "200 x 60" in reasons["small.png"]
    assert [path.name for path in report.usable] == ["fine.jpg", *(f"good{number}.png" for number in range(6))]
    assert report.counts == dict.fromkeys(Fault, 1)
    assert report.is_enough


def test_a_picture_saved_smaller_and_brighter_is_the_same(folder: Path, photo: NDArray[np.uint8]) -> None:
    whole = np.ascontiguousarray(photo[..., ::-1])
    cv2.imwrite(str(folder / "whole.png"), whole)
    brighter = cv2.convertScaleAbs(cv2.resize(whole, (300, 200), interpolation=cv2.INTER_AREA), alpha=0.8, beta=20)
    cv2.imwrite(str(folder / "whole-web.png"), brighter)
    assert check(folder).counts == {Fault.DUPLICATE: 1}


def test_blur_is_measured_where_the_picture_is_sharpest(photo: NDArray[np.uint8]) -> None:
    gray = np.asarray(cv2.cvtColor(photo, cv2.COLOR_RGB2GRAY), np.float32)
    soft = np.asarray(cv2.GaussianBlur(gray, (0, 0), 4), np.float32)
    assert blur_of(gray) < 0.45
    assert blur_of(soft) > 0.6
    portrait = soft.copy()
    portrait[100:200, 150:300] = gray[100:200, 150:300]
    assert blur_of(portrait) < 0.45
    assert blur_of(np.full((200, 200), 90, np.float32)) == 1


def test_empty_and_unreadable_folders_are_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(TrainingError, match="holds no pictures"):
        list_pictures(tmp_path)
    for number in range(3):
        (tmp_path / f"{number}.jpg").write_text("no picture")
    report = check(tmp_path)
    assert report.counts == {Fault.UNREADABLE: 3}
    assert not report.is_enough


def test_one_picture_is_too_few(tmp_path: Path, photo: NDArray[np.uint8]) -> None:
    cv2.imwrite(str(tmp_path / "only.png"), photo)
    assert not check(tmp_path).is_enough
    with pytest.raises(TrainingError, match="one picture cannot be trained on and judged on"):
        Plan.of(TrainConfig(), tmp_path, list_pictures(tmp_path))


def test_huge_and_tiny_pictures_mixed(folder: Path, photo: NDArray[np.uint8]) -> None:
    cv2.imwrite(str(folder / "dot.png"), photo[:1, :1])
    cv2.imwrite(str(folder / "huge.jpg"), cv2.resize(photo[60:], (4510, 2400), interpolation=cv2.INTER_LANCZOS4))
    cv2.imwrite(str(folder / "strip.png"), photo[:10])
    report = check(folder)
    assert report.counts == {Fault.TOO_SMALL: 2}
    assert folder / "huge.jpg" in report.usable


def test_a_check_can_be_canceled(folder: Path) -> None:
    ctx = RunContext()
    ctx.cancel()
    with pytest.raises(Canceled):
        check_folder(list_pictures(folder), 64, ctx)
