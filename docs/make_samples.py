"""Make the sample pictures of resources/samples from freely licensed photos of scikit-image.

    python docs/make_samples.py FOLDER

The noisy one is not made here: it is older and shown in the README.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path

import cv2
import numpy as np
import torch
from numpy.typing import NDArray
from skimage import data
from torch import Tensor

from engine.image_io import Image, write_image
from engine.kernels import disk_kernel
from engine.tasks import Level, task_named
from engine.tensors import to_pixels, to_tensor

ENLARGED = 2
JPEG_QUALITY = 15
DIMMED = 0.7
DARKNESS = 42
BLUR_RADIUS_PX = 4
BLUR_SIGMA = 1.0
SCRATCHES = 7
SPECKS = 40
BRIGHTNESS = (214, 240)
MARGIN_PX = 2  # what JPEG spreads around a scratch is filled too

Pixels = NDArray[np.uint8]


def small_cat() -> Image:
    """A picture of half the size, by the bicubic filter that the net learned from."""
    clean = to_tensor(data.chelsea())
    even = clean[:, : clean.shape[1] // ENLARGED * ENLARGED, : clean.shape[2] // ENLARGED * ENLARGED]
    return _degraded("super_resolution", even, Level(ENLARGED))


def dark_astronaut() -> Image:
    """Too dark, at high ISO."""
    dimmed = DIMMED * to_tensor(data.astronaut()[:340, 150:512])
    return _degraded("camera_noise", dimmed, Level(DARKNESS))


def compressed_rocket() -> Image:
    """The photo as it is; saving it does the damage."""
    return Image(data.rocket())


def blurred_cameraman() -> Image:
    """Out of focus by a disc, with a little noise."""
    clean = to_tensor(data.camera()[..., None])
    return _degraded("deblur", clean, Level(BLUR_SIGMA, kernel=torch.from_numpy(disk_kernel(BLUR_RADIUS_PX))))


def scratched_astronaut() -> tuple[Image, Image]:
    """A portrait with bright scratches and specks, and the mask of them."""
    clean = data.astronaut()
    scratches = _scratches(clean.shape[:2], np.random.default_rng(17))
    shade = np.linspace(*BRIGHTNESS, clean.shape[0])[:, None, None]
    scratched = np.where(scratches[..., None] > 0, shade, clean).astype(np.uint8)
    around = cv2.dilate(scratches, np.ones((2 * MARGIN_PX + 1,) * 2, np.uint8))
    return Image(scratched), Image(around[..., None])


def _degraded(task: str, clean: Tensor, level: Level) -> Image:
    damaged = task_named(task).degrade(clean, level, torch.Generator().manual_seed(1))
    return Image(to_pixels(damaged, np.dtype(np.uint8)))


def _scratches(shape: tuple[int, int], rng: np.random.Generator) -> Pixels:
    """(H, W), 255 where the surface is gone."""
    height, width = shape
    drawn = np.zeros(shape, np.uint8)
    for _ in range(SCRATCHES):
        start, end = rng.random((2, 2)) * [width, height]
        along = np.linspace(0, 1, 24)[:, None]
        wander = np.cumsum(rng.normal(0, 1.6, (24, 2)), axis=0)
        points = (start + (end - start) * along + wander).astype(np.int32)
        cv2.polylines(drawn, [points], False, 255, int(rng.integers(1, 4)))
    for _ in range(SPECKS):
        center = int(rng.integers(width)), int(rng.integers(height))
        cv2.circle(drawn, center, int(rng.integers(1, 4)), 255, -1)
    return drawn


def main() -> None:
    """Write the pictures into a folder."""
    parser = argparse.ArgumentParser(description="Make the sample pictures.")
    parser.add_argument("folder", type=Path)
    folder = parser.parse_args().folder
    folder.mkdir(parents=True, exist_ok=True)
    photos: dict[str, tuple[Callable[[], Image], int]] = {
        "small-cat.png": (small_cat, 100),
        "dark-astronaut.jpg": (dark_astronaut, 92),
        "compressed-rocket.jpg": (compressed_rocket, JPEG_QUALITY),
        "blurred-cameraman.jpg": (blurred_cameraman, 95),
    }
    for name, (make, quality) in photos.items():
        write_image(folder / name, make(), quality=quality)
    scratched, mask = scratched_astronaut()
    write_image(folder / "scratched-astronaut.jpg", scratched, quality=90)
    write_image(folder / "scratched-astronaut-mask.png", mask)


if __name__ == "__main__":
    main()
