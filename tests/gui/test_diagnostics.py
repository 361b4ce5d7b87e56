from __future__ import annotations

import logging
import sys

import pytest
from PySide6.QtCore import qInfo

from rednet_gui.diagnostics import log_file, logging_to_file, reporting_crashes


def test_the_log_keeps_what_python_and_qt_say() -> None:
    root = logging.getLogger()
    handlers, level = list(root.handlers), root.level
    with logging_to_file():
        logging.getLogger("rednet_gui").info("restored in %.1f s", 1.5)
        qInfo("a word from Qt")
    words = log_file().read_text(encoding="utf-8")
    assert "INFO rednet_gui: restored in 1.5 s" in words
    assert "INFO qt: a word from Qt" in words
    assert (root.handlers, root.level) == (handlers, level)


def test_a_folder_that_cannot_be_written_only_costs_the_log(capsys: pytest.CaptureFixture[str]) -> None:
    log_file().parent.parent.mkdir(parents=True, exist_ok=True)
    log_file().parent.write_text("a file where the folder should be")
    with logging_to_file():
        logging.getLogger("rednet_gui").warning("going on")
    assert "going on" in capsys.readouterr().err


def test_an_error_in_a_slot_is_reported(caplog: pytest.LogCaptureFixture) -> None:
    hook, reported = sys.excepthook, list[BaseException]()
    with reporting_crashes(reported.append):
        error = ZeroDivisionError("division by zero")
        sys.excepthook(type(error), error, None)
    assert reported == [error]
    assert "unexpected error" in caplog.text
    assert sys.excepthook is hook
