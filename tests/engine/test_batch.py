"""Many pictures: names, what is found in folders, the queue in its file, and the command line on folders."""

from __future__ import annotations

import csv
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from filelock import FileLock
from numpy.typing import NDArray

from engine.batch.names import NameTemplate
from engine.batch.plan import plan
from engine.batch.queue import BatchOptions, Entry, Queue, Status, stamp
from engine.batch.report import write_report
from engine.batch.runner import Batch, Tools
from engine.cli.main import main
from engine.errors import Canceled, ImageReadError, NameTemplateError, QueueError
from engine.image_io import Image, read_image, write_image
from engine.run_context import RunContext
from engine.steps import Plane, Step, Steps
from engine.tasks import Level, Task, task_named
from tests.engine.conftest import save_tiny

Captured = pytest.CaptureFixture[str]
STEPS = Steps((Step("denoise"), Step("super_resolution", 2.0)))


@pytest.fixture
def model(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    path = save_tiny(tmp_path_factory.mktemp("model") / "tiny.safetensors", task_named("denoise"))
    return ["--model", str(path), "--device", "cpu", "--level", "20"]


@pytest.fixture
def folder(tmp_path: Path, photo: NDArray[np.uint8]) -> Path:
    """Three pictures and what lies about in folders of pictures."""
    top = tmp_path / "Fotos 100%s 写真"
    (top / "day 2" / "inner").mkdir(parents=True)
    for number, name in enumerate(("a.png", "day 2/a.png", "day 2/inner/b.jpg")):
        write_image(top / name, Image(photo[number : number + 24, :32].copy()))
    for name in ("Thumbs.db", ".DS_Store", "day 2/._a.png", "notes.txt"):
        (top / name).write_bytes(b"no picture")
    (top / "__MACOSX").mkdir()
    (top / "__MACOSX" / "a.png").write_bytes(b"no picture")
    return top


@contextmanager
def no_context(entry: Entry, image: Image) -> Iterator[RunContext]:
    yield RunContext()


def inverted(image: Image, task: Task, level: Level, ctx: RunContext) -> Image:
    ctx.report(0, 1)
    return replace(image, pixels=np.invert(image.pixels))


def queue_of(folder: Path, out: Path, **options: object) -> Queue:
    queue = Queue(BatchOptions(Steps((Step("denoise", 20.0),)), out), path=out / "queue.json")
    queue.add(plan([folder]).items)
    queue.aim()
    return queue


def statuses(queue: Queue) -> list[Status]:
    return [entry.status for entry in queue.entries]


@pytest.mark.parametrize(
    ("template", "name"),
    [
        ("{name}-restored.{ext}", "été 50%-restored.JPG"),
        ("{n:03}_{task}_{level}.png", "007_denoise+super_resolution_auto+2.png"),
        ("{{{name}}}.tif", "{été 50%}.tif"),
    ],
)
def test_a_template_is_filled(template: str, name: str) -> None:
    assert NameTemplate(template).name_for(Path("x/été 50%.JPG"), STEPS, 7) == name


def test_a_name_that_is_too_long_is_cut_before_its_ending() -> None:
    name = NameTemplate("{name}-restored.{ext}").name_for(Path("写" * 83 + ".jpg"), STEPS, 1)
    assert name.endswith("写-restored.jpg")
    assert 252 < len(name.encode()) <= 255


@pytest.mark.parametrize(
    ("template", "message"),
    [
        ("{nam}.{ext}", "{nam} is not one of"),
        ("{name.{ext}", "brace"),
        ("{name}", "must end with"),
        ("../{name}.{ext}", "cannot hold /"),
        ("{name!r}.{ext}", "is not one of"),
        ("{name:>999999999}.{ext}", "only the number"),
        ("{}.png", "is not one of"),
        ("", "must end with"),
    ],
)
def test_a_template_that_makes_no_names_is_told(template: str, message: str) -> None:
    with pytest.raises(NameTemplateError, match="Cannot make names") as error:
        NameTemplate(template)
    assert message in str(error.value)


def test_folders_are_mirrored_and_stray_files_ignored(folder: Path) -> None:
    found = plan([folder])
    assert [(item.source.name, str(item.folder)) for item in found.items] == [
        ("a.png", "."),
        ("a.png", "day 2"),
        ("b.jpg", str(Path("day 2/inner"))),
    ]
    assert found.ignored == 4
    assert len(plan([folder], is_recursive=False).items) == 1
    assert len(plan([folder, folder / "a.png"], leaves_out=[folder / "day 2"]).items) == 1
    assert plan([folder / "Thumbs.db", folder / "gone.xyz"]).items[0].source.name == "gone.xyz"
    assert plan([folder], keeps_names=True).items[1].folder == Path(folder.name, "day 2")


def test_targets_never_meet_sources_files_or_one_another(folder: Path, tmp_path: Path) -> None:
    queue = Queue(BatchOptions(STEPS, None))
    queue.add(plan([folder]).items)
    queue.aim()
    assert [entry.target.name for entry in queue.entries if entry.target] == ["a-2.png", "a-2.png", "b-2.jpg"]
    flat = Queue(BatchOptions(STEPS, tmp_path))
    (tmp_path / "A.png").touch()
    flat.add([replace(item, folder=Path()) for item in plan([folder]).items])
    flat.aim()
    names = [entry.target.name.casefold() for entry in flat.entries if entry.target]
    assert len(set(names)) == 3
    over = Queue(BatchOptions(STEPS, None, overwrites=True))
    over.add(plan([folder]).items)
    over.aim()
    assert all(entry.target == entry.source for entry in over.entries)


def test_a_queue_is_the_same_after_a_restart(folder: Path, tmp_path: Path) -> None:
    mask = Plane.of(np.arange(12, dtype=np.uint8).reshape(3, 4))
    queue = Queue(BatchOptions(Steps((Step("inpaint", mask=mask),)), tmp_path), path=tmp_path / "q.json")
    queue.add(plan([folder]).items)
    queue.aim()
    queue.update(2, status=Status.FAILED, reason="it is “bad”")
    queue.save()
    assert Queue.load(tmp_path / "q.json") == queue
    assert Queue.load(tmp_path / "none.json") is None


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"rednet_queue": "9.0"}', '{"rednet_queue": "1.0", "options": 3}'])
def test_a_damaged_queue_is_told(tmp_path: Path, text: str) -> None:
    path = tmp_path / "q.json"
    path.write_text(text)
    with pytest.raises(QueueError, match=r"q\.json"):
        Queue.load(path)


def test_what_was_written_when_the_process_was_killed_is_done(folder: Path, tmp_path: Path) -> None:
    queue = queue_of(folder, tmp_path)
    for entry in queue.entries:
        assert entry.target is not None
        queue.update(entry.number, status=Status.WRITING, was=stamp(entry.target))
    first, left = queue.entries[0].target, tmp_path / "day 2" / ".rednet-x"
    assert first is not None
    first.write_bytes(b"complete")
    left.mkdir(parents=True)
    (left / "encoded").write_bytes(b"half")
    queue.recover()
    assert statuses(queue) == [Status.DONE, Status.WAITING, Status.WAITING]
    assert not left.exists()


def test_a_bad_file_or_a_bug_stops_none(folder: Path, tmp_path: Path) -> None:
    queue = queue_of(folder, tmp_path / "out")

    def read(path: Path) -> Image:
        if path == queue.entries[0].source:
            raise ImageReadError(path, "it is bad")
        return read_image(path)

    def buggy(image: Image, task: Task, level: Level, ctx: RunContext) -> Image:
        if image.pixels[0, 0, 0] == bug:
            raise ZeroDivisionError("a bug")
        return inverted(image, task, level, ctx)

    bug = read_image(queue.entries[1].source).pixels[0, 0, 0]
    if read_image(queue.entries[2].source).pixels[0, 0, 0] == bug:
        pytest.skip("the pictures must differ")
    Batch(queue, Tools(buggy, no_context, read=read)).run(RunContext())
    assert statuses(queue) == [Status.FAILED, Status.FAILED, Status.DONE]
    assert "it is bad" in queue.entries[0].reason
    assert "ZeroDivisionError: a bug" in queue.entries[1].reason
    assert Queue.load(tmp_path / "out" / "queue.json") == queue


def test_skip_retry_pause_and_stop(folder: Path, tmp_path: Path) -> None:
    queue = queue_of(folder, tmp_path / "out")
    contexts: list[RunContext] = []
    does: list[str] = ["skip", "pause", "stop"]

    @contextmanager
    def context(entry: Entry, image: Image) -> Iterator[RunContext]:
        contexts.append(RunContext())
        yield contexts[-1]

    def restore(image: Image, task: Task, level: Level, ctx: RunContext) -> Image:
        act = does.pop(0) if does else ""
        if act == "skip":
            batch.skip(1)
        elif act == "pause":
            batch.pause()
            assert batch.is_paused
            batch.resume()
        elif act == "stop":
            ctx.cancel()
        return inverted(image, task, level, ctx)

    batch = Batch(queue, Tools(restore, context))
    with pytest.raises(Canceled):
        batch.run(RunContext())
    assert statuses(queue) == [Status.SKIPPED, Status.DONE, Status.WAITING]
    batch.retry(1)
    batch.run(RunContext())
    assert statuses(queue) == [Status.DONE] * 3


def test_a_pause_holds_within_a_picture_until_it_ends(folder: Path, tmp_path: Path) -> None:
    queue = queue_of(folder, tmp_path / "out")
    layers: list[int] = []
    has_begun, may_end = threading.Event(), threading.Event()

    def restore(image: Image, task: Task, level: Level, ctx: RunContext) -> Image:
        for layer in range(4):
            ctx.report(layer, 4)
            layers.append(layer)
            has_begun.set()
            if len(layers) == 1:
                assert may_end.wait(10)
        return inverted(image, task, level, ctx)

    batch = Batch(queue, Tools(restore, no_context))
    working = threading.Thread(target=batch.run, args=(RunContext(),))
    working.start()
    assert has_begun.wait(10)
    batch.pause()
    may_end.set()
    working.join(0.3)
    assert layers == [0]
    assert statuses(queue) == [Status.RUNNING, Status.WAITING, Status.WAITING]
    batch.resume()
    working.join(10)
    assert not working.is_alive()
    assert statuses(queue) == [Status.DONE] * 3


def test_a_stop_ends_a_pause_and_leaves_the_picture_waiting(folder: Path, tmp_path: Path) -> None:
    queue = queue_of(folder, tmp_path / "out")
    ctx, ended = RunContext(), threading.Event()
    batch = Batch(queue, Tools(inverted, no_context))
    batch.pause()

    def work() -> None:
        with pytest.raises(Canceled):
            batch.run(ctx)
        ended.set()

    working = threading.Thread(target=work)
    working.start()
    assert not ended.wait(0.3)
    ctx.cancel()
    assert ended.wait(10)
    working.join(10)
    assert statuses(queue) == [Status.WAITING] * 3


def test_pictures_are_added_while_it_runs(folder: Path, tmp_path: Path) -> None:
    queue = queue_of(folder / "day 2", tmp_path / "out")
    added: list[Entry] = []

    def restore(image: Image, task: Task, level: Level, ctx: RunContext) -> Image:
        added.extend(batch.add(plan([folder]).items))
        return inverted(image, task, level, ctx)

    batch = Batch(queue, Tools(restore, no_context))
    batch.run(RunContext())
    assert [entry.source for entry in added] == [folder / "a.png"]
    assert statuses(queue) == [Status.DONE] * 3


def test_other_settings_count_for_what_waits(folder: Path, tmp_path: Path) -> None:
    queue = queue_of(folder, tmp_path / "out")
    queue.update(1, status=Status.DONE)
    batch = Batch(queue, Tools(inverted, no_context))
    before = queue.entries[0]
    other = BatchOptions(Steps((Step("denoise", 5.0),)), tmp_path / "new", NameTemplate("{name}-{level}.png"))
    batch.prepare(other)
    assert queue.entries[0] == before
    targets = [entry.target.name for entry in queue.entries[1:] if entry.target]
    assert targets == ["a-5.png", "b-5.png"]
    assert Queue.load(tmp_path / "out" / "queue.json") == queue
    batch.clear()
    assert Queue.load(tmp_path / "out" / "queue.json") == Queue(other, path=tmp_path / "out" / "queue.json")


def test_a_report_that_is_canceled_leaves_nothing(folder: Path, tmp_path: Path) -> None:
    def check() -> None:
        raise Canceled

    with pytest.raises(Canceled):
        write_report(tmp_path / "report.html", queue_of(folder, tmp_path / "out"), check)
    assert not [path for path in tmp_path.iterdir() if "report" in path.name or path.name.startswith(".rednet")]


def test_reading_restoring_and_writing_overlap(folder: Path, tmp_path: Path) -> None:
    queue = queue_of(folder, tmp_path / "out")
    events: list[str] = []

    def read(path: Path) -> Image:
        events.append("read")
        return read_image(path)

    def restore(image: Image, task: Task, level: Level, ctx: RunContext) -> Image:
        deadline = time.monotonic() + 10
        wanted = min(3, events.count("restore") + 2)
        while events.count("read") < wanted:  # the next one is read meanwhile, or this never ends
            assert time.monotonic() < deadline
            time.sleep(0.001)
        events.append("restore")
        return inverted(image, task, level, ctx)

    Batch(queue, Tools(restore, no_context, read=read)).run(RunContext())
    assert statuses(queue) == [Status.DONE] * 3


def test_the_report_shows_before_and_after(folder: Path, tmp_path: Path) -> None:
    queue = queue_of(folder, tmp_path / "out")
    queue.update(2, status=Status.FAILED, reason="<b>bad</b>")
    Batch(queue, Tools(inverted, no_context)).run(RunContext())
    page = write_report(tmp_path / "report.html", queue)
    text = page.read_text(encoding="utf-8")
    assert text.count("data:image/jpeg;base64,") == 5  # the failed one has no after
    assert "&lt;b&gt;bad" in text
    assert "http" not in text
    with page.with_suffix(".csv").open(encoding="utf-8", newline="") as file:
        assert [row["status"] for row in csv.DictReader(file)] == ["done", "failed", "done"]
    assert write_report(tmp_path / "report.html", queue).name == "report-2.html"


def test_a_folder_gives_the_same_bytes_as_single_runs(
    folder: Path, tmp_path: Path, model: list[str], capsys: Captured
) -> None:
    out = tmp_path / "out"
    assert main(["restore", str(folder), "-o", str(out), "--recursive", "--report", *model]) == 0
    assert "The report is" in capsys.readouterr().out
    for name in ("a.png", "day 2/a.png", "day 2/inner/b.jpg"):
        single = tmp_path / f"single{Path(name).suffix}"
        assert main(["restore", str(folder / name), "-o", str(single), *model]) == 0
        assert (out / name).read_bytes() == single.read_bytes()
    assert sorted(path.name for path in out.iterdir()) == [
        "a.png", "day 2", "rednet-report.csv", "rednet-report.html",
    ]  # fmt: skip


def test_a_second_call_numbers_and_a_bad_file_is_tried_again(
    folder: Path, tmp_path: Path, model: list[str], capsys: Captured
) -> None:
    out, bad = tmp_path / "out", folder / "bad.jpg"
    bad.write_bytes(b"no picture")
    call = ["restore", str(folder), "-o", str(out), "--recursive", *model]
    assert main(call) == 1
    assert "1 of 4" in capsys.readouterr().err
    bad.write_bytes((folder / "day 2/inner/b.jpg").read_bytes())
    assert main(call) == 0
    assert "3 of 4 pictures are done" in capsys.readouterr().out
    assert (out / "bad.jpg").is_file()
    assert main(call) == 0
    assert (out / "a-2.png").read_bytes() == (out / "a.png").read_bytes()


def test_a_queue_of_other_settings_is_not_replaced_without_a_word(
    folder: Path, tmp_path: Path, model: list[str], capsys: Captured
) -> None:
    (folder / "bad.jpg").write_bytes(b"no picture")
    call = ["restore", str(folder), "-o", str(tmp_path / "out"), *model]
    assert main(call) == 1
    assert "other settings" not in capsys.readouterr().err
    assert main([*call, "--name", "{name}-again.{ext}"]) == 1
    assert "an earlier call with other settings left 1 pictures undone" in capsys.readouterr().err


def test_two_programs_do_not_work_on_one_queue(
    folder: Path, tmp_path: Path, model: list[str], capsys: Captured
) -> None:
    out = tmp_path / "out"
    out.mkdir()
    with FileLock(out / ".rednet-queue.lock"):
        assert main(["restore", str(folder), "-o", str(out), *model]) == 1
    assert "another program is working on it" in capsys.readouterr().err
    assert not (out / "a.png").exists()


def test_a_wrong_template_writes_nothing(folder: Path, tmp_path: Path, model: list[str], capsys: Captured) -> None:
    assert main(["restore", str(folder), "-o", str(tmp_path / "out"), "--name", "{x}", *model]) == 1
    assert capsys.readouterr().err.count("\n") == 1
    assert not (tmp_path / "out").exists()


@pytest.mark.slow
@pytest.mark.skipif(os.name == "nt", reason="SIGKILL")
def test_a_killed_run_goes_on_and_does_nothing_twice(
    tmp_path: Path, photo: NDArray[np.uint8], model: list[str]
) -> None:
    top, out = tmp_path / "in", tmp_path / "out"
    top.mkdir()
    for number in range(12):
        write_image(top / f"{number}.png", Image(photo[number : number + 200]))
    command = [sys.executable, "-m", "engine.cli", "restore", str(top), "-o", str(out), *model]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    deadline = time.monotonic() + 60
    while len(list(out.glob("*.png"))) < 3:
        assert time.monotonic() < deadline
        time.sleep(0.005)
    process.send_signal(signal.SIGKILL)
    process.wait()
    before = {path: stamp(path) for path in out.glob("*.png")}
    assert 3 <= len(before) < 12
    assert subprocess.run(command, check=False, capture_output=True).returncode == 0
    assert sorted(path.name for path in out.iterdir()) == sorted(f"{number}.png" for number in range(12))
    assert all(stamp(path) == found for path, found in before.items())
