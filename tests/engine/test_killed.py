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
from engine.safe_file import replace_file

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
        # Between its name and its place a complete file may stand for a moment.
        left = [entry for entry in path.parent.iterdir() if entry != path]
        assert all(len(read_image(entry).pixels) == 400 for entry in left)
    write_image(path, Image(np.full((400, 600, 3), 7, np.uint8)))
    assert list(path.parent.iterdir()) == [path]


@pytest.mark.skipif(sys.platform != "linux", reason="only there files without a name are used")
def test_a_killed_program_leaves_the_old_file_or_the_new_one(tmp_path: Path) -> None:
    kill_while_saving(tmp_path / "picture.png", 3)


KILLED_BETWEEN_NAME_AND_PLACE = """
import os, signal, sys
from pathlib import Path
from engine.safe_file import replace_file
Path.replace = lambda *names: (print("between", flush=True), signal.pause())
replace_file(Path(sys.argv[1]), [b"new"])
"""


@pytest.mark.skipif(sys.platform != "linux", reason="only there files without a name are used")
def test_what_a_killed_program_leaves_goes_with_the_next_save_and_what_a_living_one_needs_stays(tmp_path: Path) -> None:
    path = tmp_path / "list"
    path.write_bytes(b"old")
    command = [sys.executable, "-c", KILLED_BETWEEN_NAME_AND_PLACE, str(path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as saving:
        assert saving.stdout is not None
        assert saving.stdout.readline() == b"between\n"
        replace_file(path, [b"of another"])
        assert sorted(entry.read_bytes() for entry in tmp_path.iterdir()) == [b"new", b"of another"]
        saving.kill()
    replace_file(path, [b"newer"])
    assert [entry.read_bytes() for entry in tmp_path.iterdir()] == [b"newer"]


def test_files_of_other_machines_that_cannot_show_a_lock_stay(tmp_path: Path) -> None:
    path, others = tmp_path / "list", tmp_path / ".rednet-0123456789abcdef"
    path.write_bytes(b"old")
    others.write_bytes(b"half")
    replace_file(path, [b"new"])
    assert others.read_bytes() == b"half"


NEW_FILES = """
import os, signal, sys
from pathlib import Path
from engine.safe_file import replace_file
link = os.link
def link_and_die(*names, **options):
    link(*names, **options)
    os.kill(os.getpid(), signal.SIGKILL)
os.link = link_and_die
replace_file(Path(sys.argv[1]), [b"new"])
"""


@pytest.mark.skipif(sys.platform != "linux", reason="only there files without a name are used")
def test_a_new_file_has_no_other_name_on_its_way(tmp_path: Path) -> None:
    path = tmp_path / "list"
    subprocess.run([sys.executable, "-c", NEW_FILES, str(path)], check=False)
    assert [entry.name for entry in tmp_path.iterdir()] == ["list"]
    assert path.read_bytes() == b"new"


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="only there files without a name are used")
@pytest.mark.parametrize("suffix", [".png", ".tif", ".jpg", ".webp"])
def test_at_random_moments(tmp_path: Path, suffix: str) -> None:
    kill_while_saving(tmp_path / f"picture{suffix}", 25)
