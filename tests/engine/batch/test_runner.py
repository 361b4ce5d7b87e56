"""Many pictures, one after another, and the report."""

from __future__ import annotations

import csv
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from engine.batch.names import NameTemplate
from engine.batch.queue import BatchOptions, Entry, Queue, Status
from engine.batch.report import write_report
from engine.batch.runner import Batch, Tools
from engine.errors import Canceled, ImageReadError
from engine.image_io import Image, read_image
from engine.picture_search import plan
from engine.run_context import RunContext
from engine.steps import Step, Steps
from engine.tasks import Level, Task
from tests.engine.batch.conftest import queue_of, statuses


@contextmanager
def no_context(entry: Entry, image: Image) -> Iterator[RunContext]:
    yield RunContext()


def inverted(image: Image, task: Task, level: Level, ctx: RunContext) -> Image:
    ctx.report(0, 1)
    return replace(image, pixels=np.invert(image.pixels))


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
