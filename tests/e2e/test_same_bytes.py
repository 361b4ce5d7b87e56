"""What the window saves is what the command line writes, for the tasks that need more than a level."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtWidgets import QApplication

from engine.cli.main import main as rednet
from engine.image_io import Image, read_image, write_image
from rednet_gui.models.blur import BlurNumbers
from rednet_gui.views.main_window import MainWindow
from tests.e2e.conftest import Condition, choose_file, click, play

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("qapp", "tiny_models")]

RADIUS = BlurNumbers().radius


@pytest.fixture
def large(photo: Path) -> Path:
    """One that does not fit the window at real pixels, so that what is in sight is restored ahead."""
    path = photo.with_name("large.jpg")
    write_image(path, Image(np.tile(read_image(photo).pixels, (3, 3, 1))))
    return path


@pytest.mark.parametrize(
    ("task", "options"),
    [
        ("denoise", ["--level", "auto"]),
        ("deblur", ["--level", "auto", "--kernel", f"disk:{RADIUS:g}"]),
        ("super_resolution", ["--level", "2"]),
    ],
)
@pytest.mark.parametrize("suffix", [".jpg", ".png"])
def test_what_the_window_saves_is_what_the_command_line_writes(
    large: Path, task: str, options: list[str], suffix: str
) -> None:
    target, reference = large.with_name(f"a{suffix}"), large.with_name(f"b{suffix}")

    def script(window: MainWindow) -> Iterator[Condition]:
        yield window.panel.run.restore.isEnabled
        window.canvas.zoom_to_actual()
        window.panel.live.setChecked(False)
        yield window.panel.run.restore.isEnabled
        window.panel.tasks.task_requested.emit(task)
        yield window.panel.run.restore.isEnabled
        click(window.panel.run.restore)
        yield window.panel.save.isEnabled
        click(window.panel.save)
        yield lambda: bool(QApplication.activeModalWidget())
        choose_file(window, target)
        yield window.banner.isVisible
        assert window.banner.title.text() == f"Saved as {target.name} in {target.parent}."
        window.close()

    play(script, large)
    assert rednet(["restore", str(large), "-o", str(reference), "--task", task, *options]) == 0
    assert target.read_bytes() == reference.read_bytes()
