"""Make the pictures of the model cards that show where each net fails: python docs/show_failures.py [TASK ...]

Each is a strip of three: the photo as it was, damaged, and restored by the shipped net. The photos are freely licensed
ones of scikit-image.
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

from engine.image_io import Image, write_image
from engine.kernels import disk_kernel
from engine.level_estimate import estimate_level
from engine.restore import Restorer
from engine.run_context import RunContext
from engine.tasks import Level, task_named
from engine.tensors import to_pixels, to_tensor

FOLDER = Path(__file__).parent / "model-cards" / "images"
SIDE_PX = 256
GAP_PX = 8
QUALITY = 90

Pixels = NDArray[np.uint8]
Case = tuple[Pixels, Pixels, Level]
"""A clean photo, the damaged one, and what the net is told."""


def _cut(photo: Pixels, top: int, left: int, side: int = SIDE_PX) -> Pixels:
    return np.ascontiguousarray(photo[top : top + side, left : left + side])


def _damaged(task: str, clean: Pixels, level: Level) -> Pixels:
    made = task_named(task).degrade(to_tensor(clean), level, torch.Generator().manual_seed(1))
    return to_pixels(made, np.dtype(np.uint8))


def noise_of_a_camera_taken_for_white() -> Case:
    """It lies in blotches, which the net for white noise takes for the photo."""
    clean = _cut(data.astronaut(), 30, 130)
    damaged = _damaged("camera_noise", clean, Level(60))
    return clean, damaged, Level(estimate_level(Image(damaged), task_named("denoise")))


def much_noise_over_texture() -> Case:
    """The fur goes with the noise."""
    clean, level = _cut(data.chelsea(), 40, 100), Level(85)
    return clean, _damaged("camera_noise", clean, level), level


def fur_at_four_times() -> Case:
    """What is not there is not invented."""
    clean, level = _cut(data.chelsea(), 40, 100), Level(4)
    return clean, _damaged("super_resolution", clean, level), level


def compressed_then_resized() -> Case:
    """The blocks are no longer eight pixels wide."""
    clean = _cut(data.astronaut(), 0, 100, 400)
    stored = _damaged("deblock", clean, Level(10))
    clean, damaged = (cv2.resize(photo, (SIDE_PX, SIDE_PX), interpolation=cv2.INTER_AREA) for photo in (clean, stored))
    return np.asarray(clean, np.uint8), np.asarray(damaged, np.uint8), Level(30)


def another_blur_than_told() -> Case:
    """Told a disc of six pixels where it was four: rings."""
    clean = _cut(data.camera()[..., None], 60, 130)
    four, six = (Level(1, kernel=torch.from_numpy(disk_kernel(radius))) for radius in (4, 6))
    return clean, _damaged("deblur", clean, four), six


def holes_in_a_pattern() -> Case:
    """Some joints of the bricks end in a smudge."""
    clean = _cut(data.brick()[..., None], 100, 100).repeat(3, axis=2)
    holes = np.zeros(clean.shape[:2], np.uint8)
    for center in ((70, 80), (180, 110), (110, 200)):
        cv2.circle(holes, center, 24, 1, -1)
    level = Level(0, mask=torch.from_numpy(holes.astype(bool))[None])
    return clean, _damaged("inpaint", clean, level), level


CASES: dict[str, Callable[[], Case]] = {
    "denoise": noise_of_a_camera_taken_for_white,
    "camera_noise": much_noise_over_texture,
    "super_resolution": fur_at_four_times,
    "deblock": compressed_then_resized,
    "deblur": another_blur_than_told,
    "inpaint": holes_in_a_pattern,
}


def strip(task: str) -> Pixels:
    """The three side by side."""
    clean, damaged, level = CASES[task]()
    restored = Restorer.for_task(task_named(task)).restore(Image(damaged), level, RunContext()).pixels
    shown = cv2.resize(damaged, clean.shape[1::-1], interpolation=cv2.INTER_NEAREST).reshape(clean.shape)
    gap = np.full((clean.shape[0], GAP_PX, clean.shape[2]), 255, np.uint8)
    return np.concatenate([clean, gap, np.asarray(shown, np.uint8), gap, restored], axis=1)


def main() -> None:
    """Make those that were named, or all."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("tasks", nargs="*", choices=[*CASES, []], metavar="TASK")
    FOLDER.mkdir(exist_ok=True)
    for task in parser.parse_args().tasks or CASES:
        write_image(FOLDER / f"{task}.jpg", Image(strip(task)), quality=QUALITY)


if __name__ == "__main__":
    main()
