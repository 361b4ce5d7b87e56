"""Pictures that do not fit into the memory lie on the disk, and give the same bits."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from engine import large_arrays
from engine.errors import DeviceMemoryError, ImageReadError, ImageWriteError
from engine.image_io import Image, check_target, read_image, write_image
from engine.large_arrays import is_on_disk
from engine.restore import Restorer
from engine.run_context import RunContext
from engine.strength import Strength, apply_strength
from engine.tasks import TASKS, Level, Task, task_named
from tests.engine.conftest import EXACT, level_for, tiny_net
from tests.engine.picture_files import pixels_of


@pytest.fixture
def all_on_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(large_arrays, "IN_MEMORY_BYTES", 100)


@pytest.mark.parametrize("task", TASKS, ids=lambda task: task.name)
def test_what_is_restored_on_the_disk_is_what_is_restored_in_memory(
    task: Task, photo: NDArray[np.uint8], monkeypatch: pytest.MonkeyPatch
) -> None:
    image = Image(photo[:75, :91])
    level = replace(level_for(task, image), value=2.5) if task.name == "super_resolution" else level_for(task, image)
    restorer = Restorer(tiny_net(task), task, replace(EXACT, tile_px=64))
    strength = Strength(0.5, 0.75, 0.5)
    expected = restorer.restore(image, level, RunContext())
    mixed = apply_strength(image, expected, strength)
    monkeypatch.setattr(large_arrays, "IN_MEMORY_BYTES", 100)
    restored = restorer.restore(image, level, RunContext())
    mixed_on_disk = apply_strength(image, restored, strength)
    assert not is_on_disk(expected.pixels)
    assert is_on_disk(restored.pixels)
    assert is_on_disk(mixed_on_disk.pixels)
    np.testing.assert_array_equal(restored.pixels, expected.pixels)
    np.testing.assert_array_equal(mixed_on_disk.pixels, mixed.pixels)


@pytest.mark.usefixtures("all_on_disk")
@pytest.mark.parametrize("suffix", [".png", ".tif"])
def test_a_picture_on_the_disk_is_read_and_saved(tmp_path: Path, suffix: str) -> None:
    image = Image(pixels_of("uint16", 3, 300, 200), pixels_of("uint16", 1, 300, 200)[..., 0])
    write_image(tmp_path / f"a{suffix}", image)
    found = read_image(tmp_path / f"a{suffix}")
    assert found.alpha is not None
    assert is_on_disk(found.pixels)
    assert is_on_disk(found.alpha)
    write_image(tmp_path / f"b{suffix}", found)
    again = read_image(tmp_path / f"b{suffix}")
    np.testing.assert_array_equal(again.pixels, image.pixels)
    np.testing.assert_array_equal(again.alpha, image.alpha)


@pytest.mark.usefixtures("all_on_disk")
def test_no_room_for_large_arrays_is_one_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    image = Image(pixels_of("uint8", 3, 40, 40))
    write_image(tmp_path / "a.png", image)
    monkeypatch.setattr(large_arrays, "_MARGIN_BYTES", 2**60)
    task = task_named("denoise")
    with pytest.raises(ImageReadError, match="40 x 40 pixels do not fit"):
        read_image(tmp_path / "a.png")
    with pytest.raises(DeviceMemoryError):
        Restorer(tiny_net(task), task, EXACT).restore(image, Level(20), RunContext())
    with pytest.raises(DeviceMemoryError):
        apply_strength(image, image, Strength(0.5))


def test_deblurring_says_that_it_needs_the_whole_picture_in_memory(
    photo: NDArray[np.uint8], monkeypatch: pytest.MonkeyPatch
) -> None:
    task, notices = task_named("deblur"), list[str]()
    image = Image(photo[:40, :40])
    restorer = Restorer(tiny_net(task), task, EXACT)
    restorer.restore(image, level_for(task, image), RunContext(on_notice=notices.append))
    assert not notices
    monkeypatch.setattr("engine.restore.IN_MEMORY_BYTES", 1000)
    restorer.restore(image, level_for(task, image), RunContext(on_notice=notices.append))
    assert ["whole picture in memory" in notice for notice in notices] == [True]


def test_a_disk_that_is_clearly_too_small_is_told_before_the_work(tmp_path: Path) -> None:
    check_target(tmp_path / "a.tif", 30_000, 30_000, pixel_bytes=6)
    with pytest.raises(ImageWriteError, match=r"the disk is too small: at least .* MiB are needed and .* are free"):
        check_target(tmp_path / "a.tif", 30_000_000, 30_000_000, pixel_bytes=6)
