from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from engine.file_size import estimate_file_bytes
from engine.image_io import Image, write_image
from engine.tensors import resize_pixels


@pytest.mark.parametrize(("suffix", "tolerance"), [(".png", 0.25), (".jpg", 0.25), (".webp", 0.4), (".tif", 0.25)])
@pytest.mark.parametrize("factor", [1.5, 3])
def test_the_estimate_is_near_the_file(
    photo: NDArray[np.uint8], tmp_path: Path, suffix: str, tolerance: float, factor: float
) -> None:
    photo = photo[:220, :300]
    size = round(photo.shape[0] * factor), round(photo.shape[1] * factor)
    path = tmp_path / f"large{suffix}"
    write_image(path, Image(resize_pixels(photo, size)), quality=90)
    guess = estimate_file_bytes(Image(photo), size, suffix, quality=90)
    assert guess == pytest.approx(path.stat().st_size, rel=tolerance)


@pytest.mark.parametrize("shape", [(1, 1, 3), (5, 400, 1)])
def test_small_pictures_have_files_too(shape: tuple[int, int, int]) -> None:
    image = Image(np.zeros(shape, np.uint16))
    assert estimate_file_bytes(image, (3 * shape[0], 3 * shape[1]), ".png", quality=90) > 50
