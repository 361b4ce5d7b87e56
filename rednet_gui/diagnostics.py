"""Logging, and the last resort for errors that nobody expected."""

from __future__ import annotations

import logging
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from logging.handlers import RotatingFileHandler
from pathlib import Path
from types import TracebackType

import platformdirs
from PySide6.QtCore import QCoreApplication, QMessageLogContext, QtMsgType, qInstallMessageHandler

from rednet_gui import APP_NAME

log = logging.getLogger(__name__)
_qt_log = logging.getLogger("qt")

_QT_LEVELS = {
    QtMsgType.QtDebugMsg: logging.DEBUG,
    QtMsgType.QtInfoMsg: logging.INFO,
    QtMsgType.QtWarningMsg: logging.WARNING,
    QtMsgType.QtCriticalMsg: logging.ERROR,
    QtMsgType.QtFatalMsg: logging.CRITICAL,
}


def log_file() -> Path:
    """Where the log is kept."""
    return platformdirs.user_log_path(APP_NAME, appauthor=False) / "rednet-gui.log"


@contextmanager
def logging_to_file() -> Iterator[None]:
    """Keep a log on disk, Qt's messages among it, while the program runs."""
    root = logging.getLogger()
    handlers: list[logging.Handler] = [logging.StreamHandler()]
    handlers[0].setLevel(logging.WARNING)
    try:
        log_file().parent.mkdir(parents=True, exist_ok=True)
        handlers.append(RotatingFileHandler(log_file(), maxBytes=1_000_000, backupCount=2, encoding="utf-8"))
    except OSError as error:
        log.warning("no log file can be kept: %s", error)
    for handler in handlers:
        handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
        root.addHandler(handler)
    previous_level = root.level
    root.setLevel(logging.INFO)
    previous_qt_handler = qInstallMessageHandler(_on_qt_message)
    try:
        yield
    finally:
        qInstallMessageHandler(previous_qt_handler)
        root.setLevel(previous_level)
        for handler in handlers:
            root.removeHandler(handler)
            handler.close()


@contextmanager
def reporting_crashes(report: Callable[[BaseException], None]) -> Iterator[None]:
    """Hand errors that escape a slot to `report` instead of losing them."""

    def hook(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            QCoreApplication.quit()  # Ctrl+C in the terminal
            return
        log.error("unexpected error", exc_info=(kind, error, trace))
        report(error)

    previous_hook = sys.excepthook
    sys.excepthook = hook
    try:
        yield
    finally:
        sys.excepthook = previous_hook


def _on_qt_message(kind: QtMsgType, context: QMessageLogContext, message: str) -> None:
    _qt_log.log(_QT_LEVELS[kind], "%s", message)
