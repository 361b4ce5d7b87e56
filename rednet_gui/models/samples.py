"""The photos that come with the program, one for each task."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QStandardPaths

from rednet_gui import assets


@dataclass(frozen=True, slots=True)
class Sample:
    """A damaged photo.

    Attributes:
        task: the name of the task that repairs it.
        file: its name.
        level: to start with where none can be estimated, in the task's unit.
        detail: the point that a small picture of it is to show, from 0 at the left and top to 1.
        blur_px: the radius of the disc that a point became; 0 where it is not out of focus.
        mask: the name of the file that marks what is to be filled; empty where there is none.
    """

    task: str
    file: str
    level: float
    detail: tuple[float, float]
    blur_px: float = 0
    mask: str = ""

    @property
    def path(self) -> Path:
        """Where it lies."""
        return assets.samples_folder() / self.file

    @property
    def mask_path(self) -> Path | None:
        """Where its mask lies, if it has one."""
        return assets.samples_folder() / self.mask if self.mask else None


SAMPLES = (
    Sample("denoise", "noisy-coffee.jpg", 25, (0.55, 0.42)),
    Sample("camera_noise", "dark-astronaut.jpg", 40, (0.24, 0.36)),
    Sample("super_resolution", "small-cat.png", 2, (0.5, 0.5)),
    Sample("deblock", "compressed-rocket.jpg", 15, (0.34, 0.83)),
    Sample("deblur", "blurred-cameraman.jpg", 1, (0.45, 0.28), blur_px=4),
    Sample("inpaint", "scratched-astronaut.jpg", 0, (0.42, 0.22), mask="scratched-astronaut-mask.png"),
)


def sample_of(task: str) -> Sample:
    """The sample of a task. Raises: StopIteration: it has none."""
    return next(sample for sample in SAMPLES if sample.task == task)


def is_sample(path: Path) -> bool:
    """Whether a picture came with the program."""
    return path.parent == assets.samples_folder()


def folder_for_result(path: Path | None) -> Path:
    """Where to suggest saving what came of a picture: beside it, unless it was pasted or came with the program."""
    if path is not None and not is_sample(path):
        return path.resolve().parent
    pictures = Path(QStandardPaths.writableLocation(QStandardPaths.StandardLocation.PicturesLocation))
    return pictures if pictures.is_dir() else Path.home()
