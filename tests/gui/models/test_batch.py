from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from engine.batch.queue import Entry, Status
from engine.errors import AlreadyRestoredError
from rednet_gui.models.batch import Batch, Pace, Stage
from rednet_gui.models.batch_table import Column


class Clock:
    now_s = 0.0

    def __call__(self) -> float:
        return self.now_s


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def batch(qapp: object, clock: Clock) -> Batch:
    """A small and a large photo, the small one first."""
    made = Batch()
    made.pace = Pace(clock)
    made.add((Entry(1, Path("1.jpg"), size_bytes=1_000_000), Entry(2, Path("2.jpg"), size_bytes=9_000_000)))
    made.pace.begin()
    made.set_stage(Stage.RUNNING)
    return made


def settle(batch: Batch, row: int, status: Status) -> None:
    batch.put(replace(batch.table.entry_at(row), status=status))


def test_a_large_photo_counts_more_than_a_small_one(batch: Batch, clock: Clock) -> None:
    assert batch.progress.fraction == 0
    settle(batch, 0, Status.RUNNING)
    clock.now_s = 10
    settle(batch, 0, Status.DONE)
    assert batch.progress.fraction == pytest.approx(0.1)
    assert batch.progress.remaining_s == pytest.approx(90)
    settle(batch, 1, Status.RUNNING)
    clock.now_s = 55
    batch.set_share(2, 0.5)
    assert batch.progress.fraction == pytest.approx(0.55)
    assert batch.progress.remaining_s == pytest.approx(45)
    settle(batch, 1, Status.DONE)
    assert batch.progress.fraction == 1
    assert batch.progress.remaining_s == 0


def test_photos_that_are_left_out_take_no_time(batch: Batch, clock: Clock) -> None:
    settle(batch, 1, Status.SKIPPED)
    clock.now_s = 10
    settle(batch, 0, Status.RUNNING)
    batch.set_share(1, 0.25)
    assert batch.progress.remaining_s == pytest.approx(30)


def test_a_photo_that_is_left_out_says_why(batch: Batch) -> None:
    reason = "it was restored in this way already; to do that once more, choose another name"
    error = AlreadyRestoredError("1.jpg", reason)
    batch.put(replace(batch.table.entry_at(0), status=Status.SKIPPED, reason=str(error)))
    status, note = (batch.table.index(0, column).data() for column in (Column.STATUS, Column.NOTE))
    assert (status, note) == ("Skipped", f"I{reason[1:]}.")


def test_photos_of_unknown_size_count_alike(qapp: object) -> None:
    batch = Batch()
    assert batch.progress.fraction == 0
    batch.add(tuple(Entry(number, Path(f"{number}.jpg")) for number in range(4)))
    settle(batch, 0, Status.FAILED)
    assert batch.progress.fraction == pytest.approx(0.25)
