from __future__ import annotations

import json
import logging
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from engine.errors import StepsError
from engine.image_io import Image, read_image, write_image
from engine.kernels import disk_kernel, normalized
from engine.metadata import LARGEST_JPEG_XMP_BYTES, Metadata
from engine.steps import FrozenArray, Step, Steps, is_told_by, read_steps, read_steps_file, with_steps
from engine.strength import Strength
from engine.tasks import TASKS, Task
from engine.xmp import Property, property_of
from tests.engine.picture_files import exif_block, pixels_of
from tests.engine.test_xmp import ADOBE

PATH = Path("old scans.json")
KERNEL = FrozenArray.of(disk_kernel(2.5))
STEPS = Steps(
    (
        Step("deblock", 40.0, Strength(0.5, 1, 0.25)),
        Step("denoise", estimated=18.25, is_on=False),
        Step("deblur", 2.55, kernel=KERNEL, mask="sky.png"),
    ),
    "Old scans",
)


def test_steps_survive_a_round_trip() -> None:
    read = Steps.from_json(STEPS.to_json(), PATH)
    assert read == STEPS
    assert read.items[1].estimated == 18.25
    assert Steps.from_json(STEPS.to_json(indent=2), PATH) == STEPS
    kernel = read.items[2].kernel
    assert kernel is not None
    np.testing.assert_array_equal(kernel.to_array(), disk_kernel(2.5))


@pytest.mark.parametrize("task", TASKS, ids=lambda task: task.name)
def test_a_step_is_short_where_little_is_said(task: Task) -> None:
    name = task.name
    assert json.loads(Steps((Step(name),)).to_json())["steps"] == [{"task": name, "level": "auto"}]
    assert Steps.from_json(f'{{"rednet_steps": "1.0", "steps": [{{"task": "{name}"}}]}}', PATH).items == (Step(name),)


def test_whole_numbers_are_written_like_others() -> None:
    whole, same = Step("deblock", 30, Strength(1, 0, 1)), Step("deblock", 30.0, Strength(1.0, 0.0, 1.0))
    assert Steps((whole,)).to_json() == Steps((same,)).to_json()


def test_a_painted_mask_is_not_kept_but_that_there_was_one() -> None:
    painted = FrozenArray.of(np.full((3, 4), 255, np.uint8))
    read = Steps.from_json(Steps((Step("denoise", mask=painted),)).to_json(), PATH)
    assert read.items[0].mask == ""
    assert painted != FrozenArray.of(np.full((4, 3), 255, np.uint8))


def test_a_kernel_can_be_written_by_hand() -> None:
    text = '{"rednet_steps": "1.0", "steps": [{"task": "deblur", "kernel": [[1, 2, 1]]}]}'
    kernel = Steps.from_json(text, PATH).items[0].kernel
    assert kernel is not None
    np.testing.assert_array_equal(kernel.to_array(), normalized(np.array([[1, 2, 1]])))


def test_what_a_newer_minor_version_says_is_kept() -> None:
    newer = {"rednet_steps": "1.7", "author": "x", "steps": [{"task": "denoise", "level": 5, "grain": {"seed": 3}}]}
    steps = Steps.from_json(json.dumps(newer), PATH)
    assert json.loads(steps.to_json()) == newer


def test_a_newer_version_is_one_clear_sentence() -> None:
    with pytest.raises(StepsError) as caught:
        Steps.from_json('{"rednet_steps": "2.0", "anything": 1}', PATH)
    assert str(caught.value) == (
        "Cannot use the steps in old scans.json: it was made by a newer version of this program; "
        "install that one to use it."
    )


BAD_STEPS: list[tuple[object, str]] = [
    ("denoise", "step 1 has no task"),
    ({"task": "sharpen"}, "step 1 has no task that this version of the program knows"),
    ({"task": ["denoise"]}, "step 1 has no task"),
    ({"task": "denoise", "level": 99}, "sigma must be from 0 to 75, not 99"),
    ({"task": "denoise", "level": "much"}, "the level must be a number"),
    ({"task": "denoise", "level": float("nan")}, "the level must be a number"),
    ({"task": "denoise", "level": True}, "the level must be a number"),
    ({"task": "denoise", "strength": {"luma": 1.5}}, "strength of luma must be from 0 to 1, not 1.5"),
    ({"task": "denoise", "strength": 1}, "the strength makes no sense"),
    ({"task": "denoise", "mask": 5}, "the mask"),
    ({"task": "deblur", "kernel": [[1, 2]]}, "two odd sides"),
    ({"task": "deblur", "kernel": [[0]]}, "not all 0"),
    ({"task": "deblur", "kernel": [[1, -2, 3]]}, "not below 0"),
    ({"task": "deblur", "kernel": [[1], [2, 3]]}, "the kernel is damaged"),
    ({"task": "deblur", "kernel": {"size": [3, 3], "float32": "!"}}, "the kernel is damaged"),
    ({"task": "deblur", "kernel": {"size": [10**9, 10**9], "float32": "eJwDAAAAAAE="}}, "the kernel is damaged"),
]


@pytest.mark.parametrize(("step", "message"), BAD_STEPS)
def test_steps_that_make_no_sense_are_refused(step: object, message: str) -> None:
    with pytest.raises(StepsError) as caught:
        Steps.from_json(json.dumps({"rednet_steps": "1.0", "steps": [step]}), PATH)
    assert message in str(caught.value)


@pytest.mark.parametrize(
    "text",
    [
        b"",
        b"\xff\xfe",
        "[" * 100_000,
        "[]",
        "{}",
        '{"rednet_steps": 1}',
        '{"rednet_steps": "x.y", "steps": []}',
        '{"rednet_steps": "1.0", "steps": {}}',
        '{"rednet_steps": "1.0", "steps": [], "name": 5}',
    ],
)
def test_other_files_are_refused(text: str | bytes) -> None:
    with pytest.raises(StepsError, match="damaged, or no file of steps"):
        Steps.from_json(text, PATH)


def test_masks_lie_beside_the_file_that_names_them(tmp_path: Path) -> None:
    path = tmp_path / "steps.json"
    path.write_text(STEPS.to_json(), encoding="utf-8")
    read = read_steps_file(path)
    assert [step.mask for step in read.items] == [None, None, str(tmp_path / "sky.png")]
    for missing in (tmp_path / "none.json", tmp_path):
        with pytest.raises(StepsError):
            read_steps_file(missing)


@pytest.mark.parametrize("suffix", [".jpg", ".png", ".tif", ".webp"])
@pytest.mark.parametrize("xmp", [None, ADOBE])
def test_a_saved_picture_says_how_it_was_restored(tmp_path: Path, suffix: str, xmp: bytes | None) -> None:
    path = tmp_path / f"picture{suffix}"
    image = Image(pixels_of("uint8", 3), metadata=Metadata(exif=exif_block(), xmp=xmp))
    assert read_steps(image.metadata, path) is None
    write_image(path, with_steps(image, STEPS, path))
    read = read_image(path)
    found = read_steps(read.metadata, path)
    done = Steps((STEPS.items[0], replace(STEPS.items[2], mask="")), extra={"digests": [KERNEL.digest]})
    assert found == done, "only what was done, and no file names"
    assert read.metadata.exif == exif_block() or suffix == ".tif"
    if xmp is not None:
        title = Property("urn:crs:", "crs", "Exposure")
        assert read.metadata.xmp is not None
        assert property_of(read.metadata.xmp, title) == "+0.50"
        before, after = xmp.split(b" </rdf:RDF>\n</x")
        assert read.metadata.xmp.startswith(before)
        assert read.metadata.xmp.rstrip(b"\0").endswith(b" </rdf:RDF>\n</x".lstrip() + after.rstrip(b"\0"))


def test_a_picture_that_older_versions_saved_tells_what_it_can() -> None:
    told = Steps((STEPS.items[0], replace(STEPS.items[2], mask=None)))
    assert is_told_by(told, told)
    masked = replace(told.items[1], mask=FrozenArray.of(np.ones((3, 4), np.uint8)))
    assert not is_told_by(Steps((told.items[0], replace(masked, mask=""))), Steps((told.items[0], masked)))


def test_damaged_xmp_stays_as_it_is(caplog: pytest.LogCaptureFixture) -> None:
    image = Image(pixels_of("uint8", 3), metadata=Metadata(xmp=b"<broken"))
    assert read_steps(image.metadata, PATH) is None
    with caplog.at_level(logging.WARNING):
        assert with_steps(image, STEPS, Path("a.png")) is image
    assert "damaged" in caplog.text


def test_what_a_jpeg_cannot_hold_is_left_out_before_older_xmp_is(caplog: pytest.LogCaptureFixture) -> None:
    noise = np.random.default_rng(1).random((151, 151))
    steps = Steps((Step("deblur", 1.0, kernel=FrozenArray.of(normalized(noise))),))
    image = Image(pixels_of("uint8", 3), metadata=Metadata(xmp=ADOBE))
    for path, is_kept in ((Path("a.png"), True), (Path("a.jpg"), False)):
        found = read_steps(with_steps(image, steps, path).metadata, path)
        assert found is not None
        assert (found.items[0].kernel is not None) == is_kept
    room = LARGEST_JPEG_XMP_BYTES - len(ADOBE)
    full = replace(image, metadata=Metadata(xmp=ADOBE.replace(b"<!-- ", b"<!-- " + b"x" * room)))
    with caplog.at_level(logging.WARNING):
        assert with_steps(full, steps, Path("a.JPG")) is full
    assert "no room" in caplog.text
