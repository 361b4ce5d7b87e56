"""`rednet restore --scheduler` on real clusters of this machine: a scheduler and two workers, each a process."""

from __future__ import annotations

import csv
import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import numpy as np
import PIL.Image
import pytest
from numpy.typing import NDArray

from engine.batch.queue import stamp
from engine.cli.main import main
from engine.image_io import Image, write_image
from engine.metadata import Metadata
from engine.tasks import task_named
from tests.engine.conftest import save_tiny
from tests.engine.test_output_profile import WIDE

pytest.importorskip("distributed", reason="the extra 'fleet' is not installed")

Captured = pytest.CaptureFixture[str]
ROOT = Path(__file__).parents[2]
COUNT = 8
ENVIRONMENT = {**os.environ, "PYTHONPATH": str(ROOT), "OMP_NUM_THREADS": "1"}

# What a worker loads first, to die or dawdle in the middle of a picture.
KILLED = """
import os, signal
import engine.fleet.worker as worker

class Killed:
    made = 0

    def __init__(self, net):
        self.net = net

    def restore(self, *args):
        restored = self.net.restore(*args)
        Killed.made += 1
        if Killed.made == {dies_at}:
            os.kill(os.getpid(), signal.SIGKILL)
        return restored

def dask_setup(_):
    nets = worker._net
    worker._net = lambda *args: Killed(nets(*args))
"""
SLOW = """
import time
import engine.fleet.worker as worker

def dask_setup(_):
    nets = worker._net

    def slow(*args):
        time.sleep(0.5)
        return nets(*args)

    worker._net = slow
"""
FOREIGN = "import sys; sys.modules['engine'] = None"


class Machines:
    """A scheduler and its workers."""

    def __init__(self, folder: Path, stack: ExitStack, **variables: str) -> None:
        self._folder, self._stack, self._variables, self._workers = folder, stack, variables, 0
        file = folder / "scheduler.json"
        self.scheduler = self._start("scheduler", "--port", "0", "--scheduler-file", str(file))
        wait_until(lambda: file.exists() and file.read_text().endswith("}"))
        self.address = json.loads(file.read_text())["address"]

    def add_worker(self, name: str, preload: str = "") -> subprocess.Popen[bytes]:
        """Start a worker, which runs something first, and wait until the scheduler knows it."""
        script = self._folder / f"{name}.py"
        script.write_text(preload)
        options = ["--nthreads", "1", "--no-nanny", "--name", name, "--preload", str(script)]
        process = self._start("worker", self.address, *options, "--local-directory", str(self._folder / name))
        self._workers += 1
        log = self._folder / "worker.log"
        wait_until(lambda: log.read_text().count("Registered to") >= self._workers)
        return process

    def _start(self, what: str, *options: str) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-m", f"distributed.cli.dask_{what}", *options]
        command += ["--host", "127.0.0.1", "--no-dashboard"]
        log = self._stack.enter_context((self._folder / f"{what}.log").open("ab"))
        process = subprocess.Popen(command, stdout=log, stderr=log, env={**ENVIRONMENT, **self._variables})
        self._stack.callback(process.wait)
        self._stack.callback(process.kill)
        return process


def wait_until(is_so: object, seconds: float = 90) -> None:
    deadline = time.monotonic() + seconds
    while not is_so():  # type: ignore[operator]
        assert time.monotonic() < deadline
        time.sleep(0.02)


@contextmanager
def machines(folder: Path, **variables: str) -> Iterator[Machines]:
    with ExitStack() as stack:
        yield Machines(folder, stack, **variables)


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A cluster that nothing happens to."""
    with machines(tmp_path_factory.mktemp("cluster")) as found:
        for name in ("first", "second"):
            found.add_worker(name)
        yield found.address


@pytest.fixture
def model(tmp_path: Path) -> list[str]:
    path = save_tiny(tmp_path / "tiny.safetensors", task_named("denoise"))
    return ["--model", str(path), "--device", "cpu", "--level", "20"]


@pytest.fixture
def pictures(tmp_path: Path, photo: NDArray[np.uint8]) -> Path:
    """Eight pictures of three formats in two folders, with what they say of themselves."""
    top = tmp_path / "Fotos 100%s 写真"
    (top / "day 2").mkdir(parents=True)
    for number in range(COUNT):
        name = ("{}.jpg", "day 2/{}.tif", "{}.png")[number % 3].format(number)
        pixels = photo[number : number + 48, :64].copy()
        write_image(top / name, Image(pixels, metadata=Metadata(pixels_per_mm=(4.0, 4.0))))
    return top


def call(*arguments: object) -> list[str]:
    return [sys.executable, "-m", "engine.cli", "restore", *map(str, arguments)]


def run(command: list[str]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command, env=ENVIRONMENT, cwd=ROOT, capture_output=True, text=True, timeout=120, check=False)


def files(folder: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and "report" not in path.name
    }


def restored_here(pictures: Path, out: Path, *options: str) -> dict[str, bytes]:
    assert main(["restore", str(pictures), "-o", str(out), "--recursive", *options]) == 0
    return files(out)


def test_pages_are_not_replaced_by_the_first(address: str, tmp_path: Path, model: list[str]) -> None:
    top = tmp_path / "scans"
    top.mkdir()
    first, second = (PIL.Image.new("L", (64, 64), value) for value in (9, 99))
    first.save(top / "a.tif", save_all=True, append_images=[second])
    before = (top / "a.tif").read_bytes()
    done = run(call(top, "-o", top, "--recursive", "--overwrite", "--scheduler", address, *model))
    assert done.returncode == 1
    assert "its other pages would be lost" in done.stderr
    assert (top / "a.tif").read_bytes() == before


def assert_each_once(done: subprocess.CompletedProcess[str], out: Path) -> None:
    """No picture was lost, and none was saved twice; neither in what was told nor in the report."""
    assert done.returncode == 0, done.stderr
    assert sum(" -> " in line for line in done.stdout.splitlines()) == COUNT
    page = (out / "rednet-report.html").read_text(encoding="utf-8")
    assert f"<p>{COUNT} done</p>" in page
    with (out / "rednet-report.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["status"] for row in rows] == ["done"] * COUNT
    assert len({row["result"] for row in rows}) == COUNT


@pytest.mark.slow
def test_two_workers_give_what_one_machine_gives(
    address: str, pictures: Path, tmp_path: Path, model: list[str]
) -> None:
    out = tmp_path / "fleet"
    done = run(call(pictures, "-o", out, "--recursive", "--report", "--scheduler", address, *model))
    assert_each_once(done, out)
    assert done.stderr == ""
    assert files(out) == restored_here(pictures, tmp_path / "here", *model)
    assert "kept" in done.stdout


@pytest.mark.slow
def test_names_that_are_taken_get_numbers(address: str, pictures: Path, tmp_path: Path, model: list[str]) -> None:
    out = tmp_path / "fleet"
    (out / "day 2").mkdir(parents=True)
    for name in ("0.jpg", "day 2/1.tif"):
        (out / name).write_bytes(b"somebody else's")
    done = run(call(pictures, "-o", out, "--recursive", "--scheduler", address, *model))
    assert done.returncode == 0, done.stderr
    assert {name for name in files(out) if "-2" in name} == {"0-2.jpg", "day 2/1-2.tif"}
    assert (out / "0.jpg").read_bytes() == b"somebody else's"


@pytest.mark.slow
def test_what_is_wrong_with_a_picture_is_told_as_on_one_machine(
    address: str, pictures: Path, tmp_path: Path, model: list[str]
) -> None:
    whole = (pictures / "0.jpg").read_bytes()
    (pictures / "cut.jpg").write_bytes(whole[: len(whole) // 2])
    (pictures / "empty.png").write_bytes(b"")
    told = [
        run(call(pictures, "-o", tmp_path / "out" / str(number), "--recursive", *options, *model))
        for number, options in enumerate(([], ["--scheduler", address]))
    ]
    assert [done.returncode for done in told] == [1, 1]
    here, fleet = (sorted(done.stderr.replace("/out/1/", "/out/0/").splitlines()) for done in told)
    assert here == fleet
    assert len(here) == 3
    assert files(tmp_path / "out" / "1").keys() == files(tmp_path / "out" / "0").keys()


@pytest.mark.slow
def test_a_mask_and_a_profile_travel_with_the_steps(
    address: str, pictures: Path, tmp_path: Path, model: list[str]
) -> None:
    mask = tmp_path / "mask.png"
    write_image(mask, Image(np.repeat([[0, 255]], 32, axis=1).repeat(48, axis=0).astype(np.uint8)[..., None]))
    steps, profile = tmp_path / "steps.json", tmp_path / "wide.icc"
    profile.write_bytes(WIDE)
    step = {"task": "denoise", "level": 20.0, "strength": {}, "mask": str(mask)}
    steps.write_text(json.dumps({"rednet_steps": "1.0", "steps": [step]}))
    options = ["--steps", str(steps), "--profile", str(profile), *model[:4]]
    out = tmp_path / "fleet"
    done = run(call(pictures, "-o", out, "--recursive", "--scheduler", address, *options))
    assert done.returncode == 0, done.stderr
    assert files(out) == restored_here(pictures, tmp_path / "here", *options)


@pytest.mark.slow
def test_a_worker_that_is_killed_loses_nothing(pictures: Path, tmp_path: Path, model: list[str]) -> None:
    out = tmp_path / "fleet"
    with machines(tmp_path) as found:
        doomed = found.add_worker("doomed", KILLED.format(dies_at=2))
        found.add_worker("other")
        wait_until(lambda: (tmp_path / "worker.log").read_text().count("Registered to") >= 2)
        done = run(call(pictures, "-o", out, "--recursive", "--report", "--scheduler", found.address, *model))
        assert doomed.wait(10) == -9, "it was killed in the middle of its second picture"
    assert_each_once(done, out)
    assert done.stderr == ""
    assert files(out) == restored_here(pictures, tmp_path / "here", *model)


@pytest.mark.slow
def test_a_picture_that_workers_die_of_stops_no_other(pictures: Path, tmp_path: Path, model: list[str]) -> None:
    with machines(tmp_path, DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES="0") as found:
        found.add_worker("doomed", KILLED.format(dies_at=1))
        found.add_worker("other")
        wait_until(lambda: (tmp_path / "worker.log").read_text().count("Registered to") >= 2)
        done = run(call(pictures, "-o", tmp_path / "out", "--recursive", "--scheduler", found.address, *model))
    assert done.returncode == 1
    *failed, last = done.stderr.splitlines()
    assert 1 <= len(failed) <= 2, "the picture it was at, and the one that lay ready for it"
    assert all("several workers ended while they worked on it" in line for line in failed)
    assert last == f"rednet: {len(failed)} of {COUNT} pictures could not be restored."
    made = [name for name in files(tmp_path / "out") if not name.startswith(".rednet")]
    assert len(made) == COUNT - len(failed)


@pytest.mark.slow
@pytest.mark.parametrize("lost", ["scheduler", "program"])
def test_what_was_interrupted_goes_on_and_does_nothing_twice(
    lost: str, pictures: Path, tmp_path: Path, model: list[str]
) -> None:
    out = tmp_path / "fleet"
    command = call(pictures, "-o", out, "--recursive", "--report")
    with machines(tmp_path) as found:
        found.add_worker("slow", SLOW)
        process = subprocess.Popen(
            [*command, "--scheduler", found.address, *model],
            env=ENVIRONMENT, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True,
        )  # fmt: skip
        wait_until(lambda: len(list(out.rglob("?.*"))) >= 2)
        (found.scheduler if lost == "scheduler" else process).kill()
        message = process.communicate(timeout=60)[1]
    if lost == "scheduler":
        assert process.returncode == 1
        assert message.count("\n") == 1
        assert "connection to its scheduler is lost" in message
    before = {path: stamp(path) for path in out.rglob("?.*")}
    assert 2 <= len(before) < COUNT
    (tmp_path / "again").mkdir()
    with machines(tmp_path / "again") as found:
        found.add_worker("first")
        done = run([*command, "--scheduler", found.address, *model])
    assert done.returncode == 0, done.stderr
    assert f"Going on where it was interrupted: {len(before)} of {COUNT}" in done.stdout
    assert all(stamp(path) == was for path, was in before.items())
    assert files(out) == restored_here(pictures, tmp_path / "here", *model)


@pytest.mark.slow
def test_a_worker_without_the_program_is_named(pictures: Path, tmp_path: Path, model: list[str]) -> None:
    with machines(tmp_path) as found:
        found.add_worker("foreign", FOREIGN)
        done = run(call(pictures, "-o", tmp_path / "out", "--scheduler", found.address, *model))
    assert done.returncode == 1
    assert done.stderr.count("\n") == 1
    assert "lacks the program; install version" in done.stderr
    assert not (tmp_path / "out").exists()


@pytest.mark.slow
@pytest.mark.parametrize(
    ("address", "sentence"),
    [
        ("tcp://127.0.0.1:9", "no scheduler answers there within 1 seconds; check the address and the network"),
        ("x://nowhere", "that is no address; it looks like tcp://"),
    ],
)
def test_a_scheduler_that_cannot_be_reached_is_told(
    address: str, sentence: str, pictures: Path, tmp_path: Path, model: list[str]
) -> None:
    command = call(pictures, "-o", tmp_path / "out", "--scheduler", address, *model)
    hasty = "from engine.fleet import cluster; cluster.CONNECT_S = 1.0; from engine.cli.main import main; "
    done = run([sys.executable, "-c", f"{hasty}raise SystemExit(main())", *command[3:]])
    assert done.returncode == 1
    assert done.stderr.startswith(f"rednet: Cannot use the cluster at {address}: {sentence}")
    assert done.stderr.count("\n") == 1
    assert not (tmp_path / "out").exists()


def test_without_dask_it_is_told_what_to_install(
    pictures: Path, tmp_path: Path, model: list[str], capsys: Captured, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    assert main(["restore", str(pictures), "-o", str(tmp_path / "out"), "--scheduler", "tcp://x:1", *model]) == 1
    message = capsys.readouterr().err
    assert "dask.distributed is not installed; install it with 'pip install distributed'." in message
    assert message.count("\n") == 1
