"""What is dropped on the window, or pasted."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QDropEvent, QGuiApplication


def accept_copy(event: QDropEvent) -> None:
    """Take what is dropped; proposed may be a move, after which the file manager deletes the photo."""
    event.setDropAction(Qt.DropAction.CopyAction)
    event.accept()


def on_clipboard() -> QMimeData:
    """What was copied last; empty where nothing ever was."""
    return QGuiApplication.clipboard().mimeData() or QMimeData()


def local_paths(data: QMimeData) -> list[Path]:
    """The files on this computer that it names."""
    return [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]
