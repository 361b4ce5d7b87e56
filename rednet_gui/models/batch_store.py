"""Where the window keeps its batch queue."""

from __future__ import annotations

import logging
from pathlib import Path

import platformdirs
from filelock import FileLock, Timeout

from engine.batch.queue import BatchOptions, Queue
from engine.errors import DamagedQueueError, QueueError
from engine.steps import Steps
from rednet_gui import APP_NAME

log = logging.getLogger(__name__)


class BatchStore:
    """One window of the user's works on the queue; others begin one that is not kept.

    Args:
        folder: where it lies; None for the platform's own place.

    Attributes:
        problem: why the queue that was there could not be used.
        is_lent: whether another window has it.
    """

    def __init__(self, folder: Path | None = None) -> None:
        self.folder = folder or platformdirs.user_data_path(APP_NAME, appauthor=False)
        self.path = self.folder / "batch.json"
        self.problem: QueueError | None = None
        self.is_lent = False
        # Taken on the thread for files, given back on the window's.
        self._lock = FileLock(self.path.with_suffix(".lock"), timeout=0, thread_local=False)

    @property
    def reports(self) -> Path:
        """Where reports go if the results lie beside the photos."""
        return self.folder / "reports"

    def open(self) -> Queue:
        """The queue as it was left, or an empty one; without a path it is kept nowhere.

        One that is damaged is set aside; one of a newer version, or that cannot be read now, stays for later.
        """
        empty = Queue(BatchOptions(Steps()))
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            self._lock.acquire()
        except Timeout:
            log.info("another window works on the queue")
            self.is_lent = True
            return empty
        except OSError as error:
            log.warning("the queue cannot be kept: %s", error)
            return empty
        try:
            queue = Queue.load(self.path) or empty
        except QueueError as error:
            self.problem = error
            if isinstance(error, DamagedQueueError) and self._set_aside():
                empty.path = self.path
            return empty
        queue.path = self.path
        queue.recover()
        return queue

    def close(self) -> None:
        """Let another window have it."""
        self._lock.release()

    def _set_aside(self) -> bool:
        try:
            self.path.replace(self.path.with_suffix(".damaged.json"))
        except OSError as error:
            log.warning("it cannot be set aside: %s", error)
            return False
        return True
