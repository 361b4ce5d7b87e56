"""Stand-ins for the engine and the worker thread, and small pictures."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray
from PySide6.QtCore import QLocale
from PySide6.QtWidgets import QApplication

from engine.errors import ImageReadError
from engine.image_io import Image, Sketch
from engine.order import Order, Patchwork
from engine.restore_plan import RestorePlan
from engine.run_context import RunContext
from engine.saved import Loss, Part, Reason, Saved
from engine.steps import Step
from engine.tasks import Level, Task, task_named
from engine.tiling import Tile
from rednet_gui import translation
from rednet_gui.jobs import Job
from rednet_gui.models.engine import Restoration
from rednet_gui.models.picture_view import PictureView
from rednet_gui.models.session import Result, Session, Source
from rednet_gui.settings import Settings


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    """Numbers are written in one way, whatever this machine is set to."""
    before = QLocale()
    QLocale.setDefault(QLocale(QLocale.Language.English, QLocale.Country.UnitedStates))
    yield
    QLocale.setDefault(before)


def pixels_of(height: int = 31, width: int = 37, channels: int = 3, dtype: str = "uint8") -> NDArray[Any]:
    """Noise with all values of an integer type."""
    top = np.iinfo(dtype).max
    return np.random.default_rng(5).integers(0, top, (height, width, channels), dtype=dtype, endpoint=True)


def source_of(image: Image, path: Path | None = Path("photo.png")) -> Source:
    return Source(image, PictureView.of(image.pixels, alpha=image.alpha), path, ".png" if path is None else path.suffix)


def result_of(image: Image) -> Result:
    step = Step("denoise", 25.0)
    return Result(image, PictureView.of(image.pixels), "denoise", 25.0, 1.5, "cpu", "float32", step)


class ImmediateRunner:
    """Runs a job inside `start`; or holds it back until `release`, as a busy thread would."""

    def __init__(self) -> None:
        self.is_held = False
        self._waiting: list[Job] = []

    def start(self, job: Job) -> None:
        self._waiting.append(job)
        if not self.is_held:
            self.release()

    def release(self) -> None:
        while self._waiting:
            self._waiting.pop(0).run()


@dataclass
class FakeEngine:
    """Remembers what it was asked for; inverts pictures; files are a dictionary.

    Attributes:
        estimated: the level it guesses.
        error: raised by the next call, if any.
    """

    files: dict[Path, Image] = field(default_factory=dict)
    estimated: float = 12.5
    error: Exception | None = None
    levels: list[float] = field(default_factory=list)
    sights: list[tuple[slice, slice]] = field(default_factory=list)
    parts: list[tuple[slice, slice]] = field(default_factory=list)
    qualities: list[int] = field(default_factory=list)
    sketches: list[Sketch] = field(default_factory=list)
    planned: list[tuple[str, Path, int]] = field(default_factory=list)
    models: dict[str, Path] = field(default_factory=dict)
    plan_error: Exception | None = None

    def read(self, path: Path, on_sketch: Callable[[Sketch], None] | None = None) -> Image:
        if on_sketch is not None:
            for sketch in self.sketches:
                on_sketch(sketch)
        if path not in self.files:
            raise ImageReadError(path, "there is no such file")
        return self.files[path]

    def thumbnail(self, path: Path, side_px: int) -> Image:
        return Image(self.read(path).pixels[:side_px, :side_px])

    def write(self, path: Path, image: Image, *, quality: int) -> Saved:
        self._fail()
        self.files[path] = image
        self.qualities.append(quality)
        return Saved("PNG", 8, None, (Part.EXIF,), (Loss(Part.PAGES, Reason.FIRST_ONLY),))

    def estimate(self, image: Image, task: Task) -> float:
        self._fail()
        return self.estimated

    def model_file(self, task_name: str) -> Path | None:
        return self.models.get(task_name)

    def restore(
        self, image: Image, task: Task, level: Level, ctx: RunContext, order: Order | None = None
    ) -> Restoration:
        self._fail()
        self.levels.append(level.value)
        work = Patchwork(np.invert(image.pixels))
        if order is not None:
            self.sights.append(order.sight)
            order.on_start(work)
        quarter = -(-image.width // 4)
        for done in range(4):
            ctx.report(done, 4)
            columns = slice(done * quarter, min(image.width, (done + 1) * quarter))
            if order is not None:
                order.on_tile(Tile(slice(0, image.height), columns, slice(0, image.height), columns))
        return Restoration(replace(image, pixels=work.pixels), "cpu", "float32")

    def restore_part(
        self, image: Image, task: Task, level: Level, part: tuple[slice, slice], ctx: RunContext
    ) -> Restoration:
        self._fail()
        self.levels.append(level.value)
        self.parts.append(part)
        ctx.report(0, 1)
        return Restoration(Image(np.invert(image.pixels[part])), "cpu", "float32")

    def plan(self, image: Image, step: Step, target: Path, *, quality: int) -> RestorePlan:
        if self.plan_error is not None:
            raise self.plan_error
        self.planned.append((step.task, target, quality))
        return RestorePlan(image.width, image.height, 12, 900_000_000, 75, 8_000_000, 0, 60 * 10**9, 16 * 10**9)

    def _fail(self) -> None:
        if self.error is not None:
            raise self.error


@pytest.fixture
def korean(qapp: QApplication) -> Iterator[None]:
    """The language of the window."""
    translation.install(qapp, "ko")
    yield
    translation.install(qapp, "en")


@pytest.fixture
def engine() -> FakeEngine:
    return FakeEngine()


@pytest.fixture
def runner() -> ImmediateRunner:
    return ImmediateRunner()


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(tmp_path / "settings")


@pytest.fixture
def session(qapp: object) -> Session:
    return Session(task_named("denoise"))
