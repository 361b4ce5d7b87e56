"""What every test stands on: no screen, no home folder, and nothing left behind."""

from __future__ import annotations

import gc
import logging
import os
import sys
import threading
from collections.abc import Iterator
from functools import cache
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING
from weakref import WeakSet

if "PYTEST_XDIST_WORKER" in os.environ:  # a worker for each core: more threads only wait for one another
    for _threads in ("OMP_NUM_THREADS", "OPENCV_FOR_THREADS_NUM"):
        os.environ.setdefault(_threads, "1")

import hypothesis
import pytest
import torch  # noqa: F401  # before Qt: on Windows it cannot be loaded after it

if TYPE_CHECKING:
    from PySide6.QtCore import QThread

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

# How long a case takes says something of the machine, not of the program.
hypothesis.settings.register_profile("rednet", deadline=None)
hypothesis.settings.load_profile("rednet")

_OFFSCREEN_NOISE = r"This plugin does not support (\w+\(\)|grabbing the keyboard)"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """A Qt message fails the test that caused it."""
    for item in items:
        item.add_marker(pytest.mark.qt_log_level_fail("WARNING"))
        item.add_marker(pytest.mark.qt_log_ignore(_OFFSCREEN_NOISE, extend=True))


@pytest.fixture(scope="session", autouse=True)
def _few_objects() -> Iterator[None]:
    """What is imported is looked at by no collection; that is most of all objects."""
    gc.collect()
    gc.freeze()
    yield
    gc.unfreeze()


@pytest.fixture(scope="session", autouse=True)
def _cache_folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """One cache for all tests, since the engine measures the machine to fill it."""
    folder = str(tmp_path_factory.mktemp("cache"))
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", folder)
        patch.setenv("WIN_PD_OVERRIDE_LOCAL_APPDATA", folder)
        yield


@pytest.fixture(scope="session")
def _homes(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """New folders, by a count: pytest finds a number by looking at all folders that there are, for each test."""
    folder = tmp_path_factory.mktemp("homes")
    return (folder / str(number) for number in count())


@pytest.fixture(autouse=True)
def _home_folder(_homes: Iterator[Path], monkeypatch: pytest.MonkeyPatch) -> None:
    """Settings and logs go to a folder of the test's own."""
    home = next(_homes)
    home.mkdir()
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setenv("USERPROFILE", str(home))
    for kind in ("CONFIG", "DATA", "STATE"):
        monkeypatch.setenv(f"XDG_{kind}_HOME", str(home / kind.lower()))


@pytest.fixture(autouse=True)
def _no_leaks(request: pytest.FixtureRequest) -> Iterator[None]:
    """A thread, or a window, that outlives its test fails it."""
    threads = set(threading.enumerate())
    uses_qt = not {"qtbot", "qapp"}.isdisjoint(request.fixturenames)
    windows = _windows() if uses_qt else set()
    if uses_qt:
        _started_qthreads()
    yield
    left = {thread for thread in threading.enumerate() if thread not in threads and _is_own(thread)}
    assert not left, f"threads left running: {left}"
    if uses_qt:
        assert not _running_qthreads()
        if _windows() - windows:
            gc.collect()  # windows that only a cycle keeps are none
        assert not _windows() - windows, "windows left open"


@pytest.fixture(autouse=True)
def _no_qt_warnings_in_the_log() -> Iterator[None]:
    """While `main` runs, Qt's messages go to the log instead of to pytest-qt."""
    records: list[logging.LogRecord] = []

    class Keeper(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            records.append(record)

    keeper = Keeper(logging.WARNING)
    logger = logging.getLogger("qt")
    logger.addHandler(keeper)
    yield
    logger.removeHandler(keeper)
    assert not [record.getMessage() for record in records if "plugin does not support" not in record.getMessage()]


@pytest.fixture
def outside_home(tmp_path: Path) -> Path:
    """A folder with a name that is neither ASCII nor without spaces."""
    folder = tmp_path / "Fotos – été 写真"
    folder.mkdir()
    return folder


def _is_own(thread: threading.Thread) -> bool:
    """Python lists a foreign thread, once seen, for ever; QThreads are looked at apart."""
    return thread.is_alive() and type(thread).__name__ != "_DummyThread" and "pytest_timeout" not in thread.name


def _running_qthreads() -> list[object]:
    from shiboken6 import isValid

    return [thread for thread in _started_qthreads() if isValid(thread) and thread.isRunning()]


@cache
def _started_qthreads() -> WeakSet[QThread]:
    """Those started since the first call; looking for them among all objects takes longer than most tests."""
    from PySide6.QtCore import QThread

    started: WeakSet[QThread] = WeakSet()
    start = QThread.start

    def start_and_note(thread: QThread, priority: QThread.Priority = QThread.Priority.InheritPriority) -> None:
        started.add(thread)
        start(thread, priority)

    QThread.start = start_and_note  # type: ignore[method-assign]
    return started


def _windows() -> set[object]:
    if "PySide6.QtWidgets" not in sys.modules:
        return set()
    from PySide6.QtCore import QCoreApplication, QEvent
    from PySide6.QtWidgets import QApplication

    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    return set(QApplication.topLevelWidgets())
