"""A program that is killed while it saves."""

from __future__ import annotations

import random
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pytest

from engine.image_io import Image, read_image, write_image

SAVING = """
import sys
from pathlib import Path
import numpy as np
from engine.image_io import Image, write_image
image = Image(np.random.default_rng(0).integers(0, 255, (400, 600, 3), dtype=np.uint8))
print("ready", flush=True)
while True:
    write_image(Path(sys.argv[1]), image)
"""


def kill_while_saving(path: Path, rounds: int) -> None:
    for number in range(rounds):
        write_image(path, Image(np.full((400, 600, 3), 7, np.uint8)))
        with subprocess.Popen([sys.executable, "-c", SAVING, str(path)], stdout=subprocess.PIPE) as saving:
            assert saving.stdout is not None
            saving.stdout.readline()
            time.sleep(random.Random(number).uniform(0, 0.15))
            saving.kill()
        assert read_image(path).pixels.shape == (400, 600, 3)
        left = [entry for entry in path.parent.iterdir() if entry != path]
        # Between its name and its place a complete file may stand for a moment.
        assert all(len(read_image(entry).pixels) == 400 for entry in left)
        for entry in left:
            entry.unlink()


@pytest.mark.skipif(sys.platform != "linux", reason="only there files without a name are used")
def test_a_killed_program_leaves_the_old_file_or_the_new_one(tmp_path: Path) -> None:
    kill_while_saving(tmp_path / "picture.png", 3)


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="only there files without a name are used")
@pytest.mark.parametrize("suffix", [".png", ".tif", ".jpg", ".webp"])
def test_at_random_moments(tmp_path: Path, suffix: str) -> None:
    kill_while_saving(tmp_path / f"picture{suffix}", 25)
