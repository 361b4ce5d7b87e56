"""Names, what is found in folders, and the queue in its file."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from engine.batch.names import NameTemplate
from engine.batch.queue import BatchOptions, Queue, Status, stamp
from engine.errors import Canceled, NameTemplateError, QueueError
from engine.picture_search import plan
from engine.run_context import RunContext
from engine.steps import FrozenArray, Step, Steps
from tests.engine.batch.conftest import queue_of, statuses

STEPS = Steps((Step("denoise"), Step("super_resolution", 2.0)))


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
    mask = FrozenArray.of(np.arange(12, dtype=np.uint8).reshape(3, 4))
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
    first = queue.entries[0].target
    assert first is not None
    first.write_bytes(b"complete")
    queue.recover()
    assert statuses(queue) == [Status.DONE, Status.WAITING, Status.WAITING]


def test_a_search_can_be_canceled(tmp_path: Path) -> None:
    ctx = RunContext()
    ctx.cancel()
    with pytest.raises(Canceled):
        plan([tmp_path], ctx=ctx)
