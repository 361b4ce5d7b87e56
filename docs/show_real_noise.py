"""Make the picture of the camera-noise card that shows real photos: python docs/show_real_noise.py FOLDER

FOLDER has the example photos of OpenCV, which nobody trained on: dpkg -x of Debian's package opencv-doc. Each row is
a cut as the camera saved it and as restored by the shipped net, at the strength that it estimates; twice enlarged.
"""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from engine.image_io import Image, read_image, write_image
from engine.level_estimate import estimate_level
from engine.restore import Restorer
from engine.run_context import RunContext
from engine.tasks import Level, task_named

TARGET = Path(__file__).parent / "model-cards" / "images" / "camera_noise_real.jpg"
WIDTH_PX, HEIGHT_PX, ZOOM, GAP_PX = 250, 130, 2, 8
QUALITY = 90

Pixels = NDArray[np.uint8]


class Cut(NamedTuple):
    """Where to look in a photo."""

    photo: str
    top: int
    left: int


CUTS = (
    Cut("ela_original.jpg", 560, 560),  # a telephone (XT1635-02) at ISO 1000
    Cut("scenetext01.jpg", 290, 500),
    Cut("scenetext06.jpg", 150, 330),
    Cut("scenetext02.jpg", 430, 510),
)


def row(folder: Path, cut: Cut) -> Pixels:
    """As it was, and restored."""
    task = task_named("camera_noise")
    photo = read_image(next(folder.rglob(cut.photo)))
    level = Level(estimate_level(photo, task))
    restored = Restorer.for_task(task).restore(photo, level, RunContext())
    print(f"{cut.photo}: strength {level.value:.0f}")
    places = slice(cut.top, cut.top + HEIGHT_PX), slice(cut.left, cut.left + WIDTH_PX)
    before, after = (image.pixels[places].repeat(ZOOM, 0).repeat(ZOOM, 1) for image in (photo, restored))
    gap = np.full((before.shape[0], GAP_PX, before.shape[2]), 255, np.uint8)
    return np.concatenate([before, gap, after], axis=1)


def main() -> None:
    """All rows, one under another."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    folder = parser.parse_args().folder
    rows = [row(folder, cut) for cut in CUTS]
    gap = np.full((GAP_PX, *rows[0].shape[1:]), 255, np.uint8)
    stacked = [part for picture in rows for part in (gap, picture)][1:]
    write_image(TARGET, Image(np.concatenate(stacked)), quality=QUALITY)


if __name__ == "__main__":
    main()
