from __future__ import annotations

import gc
import os
import sys
import threading
import time
import weakref
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from pytestqt.qtbot import QtBot

from engine.errors import ImageReadError
from engine.run_context import RunContext
from rednet_gui.jobs import GuiGarbageCollector, Job, JobRunner


@pytest.fixture
def runner(qapp: QCoreApplication) -> Iterator[JobRunner]:
    made = JobRunner()
    yield made
    made.shutdown()


def wait_for_cancel(started: threading.Event) -> Job:
    def work(ctx: RunContext) -> None:
        started.set()
        while True:
            time.sleep(0.005)
            ctx.check_canceled()

    return Job(work)


def test_signals_arrive_in_order_on_the_gui_thread(runner: JobRunner, qtbot: QtBot) -> None:
    main, worker, seen = threading.get_ident(), list[int](), list[object]()

    def work(ctx: RunContext) -> int:
        worker.append(threading.get_ident())
        for done in range(3):
            ctx.report(done + 1, 3)
        ctx.notify("Going on with less.")
        return 42

    def note(*facts: object) -> None:
        seen.append((*facts, threading.get_ident() == main))

    job = Job(work)
    job.progressed.connect(lambda progress: note(progress.done))
    job.noticed.connect(note)
    job.succeeded.connect(note)
    job.finished.connect(lambda: note("finished"))
    with qtbot.waitSignal(job.finished):
        runner.start(job)
    assert worker[0] != main
    assert seen == [
        (1, True),
        (2, True),
        (3, True),
        ("Going on with less.", True),
        (42, True),
        ("finished", True),
    ]


def test_an_error_of_the_work_arrives_as_it_was(runner: JobRunner, qtbot: QtBot) -> None:
    def work(ctx: RunContext) -> None:
        raise ImageReadError("a.png", "it is empty")

    job = Job(work)
    with qtbot.waitSignal(job.failed) as blocker:
        runner.start(job)
    assert isinstance(blocker.args[0], ImageReadError)


def test_cancel_stops_the_running_and_the_waiting(runner: JobRunner, qtbot: QtBot) -> None:
    started, canceled = threading.Event(), list[str]()
    running, waiting = wait_for_cancel(started), Job(lambda ctx: 1)
    running.canceled.connect(lambda: canceled.append("running"))
    waiting.canceled.connect(lambda: canceled.append("waiting"))
    with qtbot.waitSignals([running.finished, waiting.finished]):
        runner.start(running)
        runner.start(waiting)
        assert started.wait(5)
        waiting.cancel()
        running.cancel()
    assert canceled == ["running", "waiting"]


def test_a_canceled_job_never_succeeds(runner: JobRunner, qtbot: QtBot) -> None:
    job, succeeded = Job(lambda ctx: 1), list[object]()
    job.succeeded.connect(succeeded.append)
    with qtbot.waitSignal(job.canceled):
        runner.start(job)
        job.cancel()  # too late for the work, but not for the answer
    assert not succeeded


def test_finished_jobs_are_freed(runner: JobRunner, qtbot: QtBot) -> None:
    freed = list[int]()

    class Payload:
        def __del__(self) -> None:
            freed.append(1)

    def start_one() -> weakref.ref[Job]:
        payload = Payload()

        def work(ctx: RunContext) -> object:
            ctx.report(1, 3)
            return [payload]

        job = Job(work)
        runner.start(job)
        return weakref.ref(job)

    jobs = [start_one() for _ in range(200)]
    last = Job(lambda ctx: None)
    with qtbot.waitSignal(last.finished, timeout=20_000):
        runner.start(last)
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    gc.collect()
    assert not [job for job in jobs if job() is not None]
    qtbot.waitUntil(lambda: len(freed) == len(jobs))


def test_the_thread_rests_only_when_no_job_is_left(qapp: QCoreApplication, qtbot: QtBot) -> None:
    rests, started, ended = list[tuple[int, int]](), threading.Event(), list[int]()
    runner = JobRunner(on_idle=lambda: rests.append((len(ended), threading.get_ident())))
    running, waiting = wait_for_cancel(started), Job(lambda ctx: threading.get_ident())
    workers = list[int]()
    waiting.succeeded.connect(workers.append)
    for job in (running, waiting):
        job.finished.connect(lambda: ended.append(1))
        runner.start(job)
    assert started.wait(5)
    running.cancel()
    qtbot.waitUntil(lambda: bool(rests))
    runner.shutdown()
    assert rests == [(2, workers[0])]


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere a QThread's priority does it")
def test_jobs_and_what_they_start_give_way_to_the_window(runner: JobRunner, qtbot: QtBot) -> None:
    def niceness() -> int:
        return os.getpriority(os.PRIO_PROCESS, threading.get_native_id())

    def work(ctx: RunContext) -> list[int]:
        with ThreadPoolExecutor(1) as pool:
            return [niceness(), pool.submit(niceness).result()]

    job, before = Job(work), niceness()
    with qtbot.waitSignal(job.succeeded) as blocker:
        runner.start(job)
    assert blocker.args[0] == [min(19, before + 5)] * 2
    assert niceness() == before


def test_shutdown_while_busy_is_quick(qapp: QCoreApplication) -> None:
    runner, started = JobRunner(), threading.Event()
    runner.start(wait_for_cancel(started))
    runner.start(wait_for_cancel(threading.Event()))
    assert started.wait(5)
    begun = time.monotonic()
    runner.shutdown()
    assert time.monotonic() - begun < 1


def test_cycles_are_collected_on_the_gui_thread_only(qtbot: QtBot) -> None:
    on_gui_thread = list[bool]()

    class Probe:
        def __init__(self) -> None:
            self.me = self

        def __del__(self) -> None:
            on_gui_thread.append(threading.current_thread() is threading.main_thread())

    def churn() -> None:
        for _ in range(5000):
            Probe()

    collector = GuiGarbageCollector()
    try:
        thread = threading.Thread(target=churn)
        thread.start()
        thread.join()
        assert not on_gui_thread
        qtbot.waitUntil(lambda: len(on_gui_thread) == 5000)
    finally:
        collector.stop()
    assert all(on_gui_thread)
    assert gc.isenabled()


def test_what_is_owed_is_done_though_the_program_ends(qapp: QCoreApplication) -> None:
    runner, started, done = JobRunner(), threading.Event(), list[str]()
    runner.start(wait_for_cancel(started))
    runner.start(Job(lambda ctx: done.append("a thumbnail")))
    runner.start(Job(lambda ctx: done.append("a preset"), is_owed=True))
    assert started.wait(5)
    runner.shutdown()
    assert done == ["a preset"]
