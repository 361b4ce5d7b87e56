from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import pytest
import torch
from pytestqt.qtbot import QtBot

from engine.classical import filter_part
from engine.errors import DeviceMemoryError
from engine.image_io import Image
from engine.kernels import disk_kernel
from engine.restore import Restorer
from engine.run_context import RunContext
from engine.strength import Strength, apply_strength
from engine.tasks import TASKS, Level, Task, task_named
from rednet_gui.errors import ErrorText
from rednet_gui.models.contact_sheet import ContactSheet
from rednet_gui.models.engine import Restoration
from rednet_gui.models.limit import LimitMode
from rednet_gui.models.session import Activity, Session
from rednet_gui.models.variants import Origin, Variant, levels_around
from rednet_gui.presenters.contact_sheet_presenter import ContactSheetPresenter
from tests.engine.conftest import EXACT, tiny_net
from tests.gui.conftest import FakeEngine, ImmediateRunner, pixels_of, result_of, source_of

IMAGE = Image(pixels_of(200, 260))


class TinyEngine(FakeEngine):
    """Restores parts with a small net."""

    def __init__(self, restorer: Restorer) -> None:
        super().__init__()
        self._restorer = restorer

    def restore_part(
        self, image: Image, task: Task, level: Level, part: tuple[slice, slice], ctx: RunContext
    ) -> Restoration:
        return Restoration(self._restorer.restore_part(image, level, part, ctx), "cpu", "float32")


@pytest.fixture
def _one_thread() -> Iterator[None]:
    """Tiny nets are done sooner by one."""
    before = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(before)


@pytest.fixture
def sheet(session: Session) -> ContactSheet:
    session.set_source(source_of(IMAGE))
    session.set_auto(False)
    session.set_level(24.0)
    made = ContactSheet()
    made.set_window(60, 40)
    return made


@pytest.fixture
def presenter(
    engine: FakeEngine, runner: ImmediateRunner, session: Session, sheet: ContactSheet
) -> ContactSheetPresenter:
    return ContactSheetPresenter(engine, runner, session, sheet)


def shown(sheet: ContactSheet, variant: Variant) -> np.ndarray[tuple[int, ...], np.dtype[np.uint8]]:
    """The pixels of a version that are in sight."""
    sample = sheet.sample(variant)
    assert sample is not None
    scale = sample.view.width / sample.rect.width()
    sight = sheet.sight.translated(-sample.rect.topLeft())
    sides = (sight.left(), sight.top(), sight.width(), sight.height())
    left, top, width, height = (round(side * scale) for side in sides)
    return sample.view.render(1.0, left=left, top=top, width=width, height=height)


def open_and_wait(presenter: ContactSheetPresenter, sheet: ContactSheet, qtbot: QtBot) -> None:
    presenter.open()
    qtbot.waitUntil(lambda: all(sheet.is_ready(variant) for variant in sheet.variants))


def variant_of(sheet: ContactSheet, value: float, luma: float = 1.0, texture: float = 0.0) -> Variant:
    return next(
        variant
        for variant in sheet.variants
        if variant.can_be_chosen
        and (variant.value, variant.strength.luma, variant.strength.texture) == (value, luma, texture)
    )


def test_each_level_is_restored_once_the_chosen_one_first(
    presenter: ContactSheetPresenter, sheet: ContactSheet, engine: FakeEngine, qtbot: QtBot
) -> None:
    added = list[Variant]()
    sheet.sample_added.connect(added.append)
    open_and_wait(presenter, sheet, qtbot)
    assert engine.levels[0] == 24.0
    assert sorted(engine.levels) == sorted(levels_around(task_named("denoise"), 24.0))
    assert added[0] == sheet.start
    assert len(added) == len(sheet.variants) - 1, "the photo is there already"


def take_blur(session: Session, radius: float) -> None:
    session.blur.changed.connect(lambda: session.set_kernel(torch.from_numpy(session.blur.kernel)))
    session.blur.set_numbers(radius=radius)


@pytest.mark.usefixtures("_one_thread")
@pytest.mark.parametrize("task", TASKS, ids=lambda task: task.name)
def test_every_version_is_what_would_be_saved(task: Task, runner: ImmediateRunner, qtbot: QtBot) -> None:
    image = Image(pixels_of(110, 130))
    session = Session(task)
    session.set_source(source_of(image))
    session.set_auto(False)
    if task.needs_kernel:
        session.set_level(5.0)
        take_blur(session, 2.5)
    if task.needs_mask:
        session.mask.blend(70, 60, np.full((12, 20), 255, np.uint8))
    sheet, restorer = ContactSheet(), Restorer(tiny_net(task), task, EXACT)
    sheet.set_window(30, 24)
    presenter = ContactSheetPresenter(TinyEngine(restorer), runner, session, sheet)
    open_and_wait(presenter, sheet, qtbot)
    sight = sheet.sight
    part = (slice(sight.top(), sight.bottom() + 1), slice(sight.left(), sight.right() + 1))
    for variant in sheet.variants:
        level = replace(session.level_at(session.level), value=variant.value)
        if variant.filter is not None:
            wanted = filter_part(variant.filter, image, level, part).pixels
            np.testing.assert_allclose(shown(sheet, variant), wanted, atol=1)
        elif variant.can_be_chosen and (variant.strength.luma == 0.5 or variant.blur is not None):
            if variant.blur is not None:
                level = replace(level, kernel=torch.from_numpy(disk_kernel(variant.blur.size)))
            whole = apply_strength(image, restorer.restore(image, level, RunContext()), variant.strength).pixels
            scale = task.scale(level)
            rows, columns = (slice(side.start * scale, side.stop * scale) for side in part)
            np.testing.assert_allclose(shown(sheet, variant).astype(int), whole[rows, columns].astype(int), atol=1)
    assert len({variant.blur for variant in sheet.variants if variant.can_be_chosen}) == (5 if task.needs_kernel else 1)


def test_the_mask_limits_what_is_shown_too(
    presenter: ContactSheetPresenter, sheet: ContactSheet, session: Session, qtbot: QtBot
) -> None:
    session.mask.blend(0, 0, np.full((200, 130), 255, np.uint8))
    session.limit.set_mode(LimitMode.EXCEPT)
    open_and_wait(presenter, sheet, qtbot)
    left = 130 - sheet.sight.left()
    before = IMAGE.pixels[sheet.sight.top() :, sheet.sight.left() :][:40, :60]
    pixels = shown(sheet, variant_of(sheet, 24.0))
    np.testing.assert_array_equal(pixels[:, :left], before[:, :left])
    np.testing.assert_array_equal(pixels[:, left:], ~before[:, left:])


def test_another_place_is_restored_when_it_comes_into_sight(
    presenter: ContactSheetPresenter, sheet: ContactSheet, engine: FakeEngine, qtbot: QtBot
) -> None:
    open_and_wait(presenter, sheet, qtbot)
    count = len(engine.levels)
    sheet.move_to(sheet.center[0] + 10, sheet.center[1])
    assert all(sheet.is_ready(variant) for variant in sheet.variants)
    for step in range(5):
        sheet.move_to(150 + 10 * step, 100)
    qtbot.waitUntil(lambda: all(sheet.is_ready(variant) for variant in sheet.variants))
    assert len(engine.levels) == 2 * count, "once, after the last step"
    expected = ~IMAGE.pixels[80:120, 160:220]
    np.testing.assert_array_equal(shown(sheet, variant_of(sheet, 24.0)), expected)


def test_choosing_sets_level_and_strength(
    presenter: ContactSheetPresenter, sheet: ContactSheet, session: Session, qtbot: QtBot
) -> None:
    open_and_wait(presenter, sheet, qtbot)
    variant = variant_of(sheet, 12.0, luma=0.5)
    with qtbot.waitSignal(presenter.level_chosen) as chosen, qtbot.assertNotEmitted(presenter.resumed):
        presenter.choose(variant)
    assert chosen.args == [12.0]
    assert session.strength == variant.strength
    assert sheet.source is None


@pytest.mark.parametrize("is_made", [False, True])
def test_the_same_level_again_is_restored_only_if_it_was_not(
    presenter: ContactSheetPresenter, sheet: ContactSheet, session: Session, qtbot: QtBot, is_made: bool
) -> None:
    session.set_level(25.0)
    if is_made:
        session.set_result(result_of(IMAGE))
        session.mark_saved()
    open_and_wait(presenter, sheet, qtbot)
    told = list[bool]()
    presenter.resumed.connect(lambda: told.append(True))
    presenter.choose(variant_of(sheet, 25.0))
    assert told == [] if is_made else [True]
    assert session.is_result_saved == is_made


@pytest.mark.parametrize("origin", [Origin.PHOTO, Origin.FILTER])
def test_what_is_there_to_compare_cannot_be_chosen(
    presenter: ContactSheetPresenter, sheet: ContactSheet, session: Session, qtbot: QtBot, origin: Origin
) -> None:
    open_and_wait(presenter, sheet, qtbot)
    presenter.choose(next(variant for variant in sheet.variants if variant.origin is origin))
    assert sheet.source is not None
    assert session.level == 24.0


def test_leaving_stops_the_work(
    presenter: ContactSheetPresenter, sheet: ContactSheet, engine: FakeEngine, runner: ImmediateRunner, qtbot: QtBot
) -> None:
    runner.is_held = True
    presenter.open()
    qtbot.waitUntil(lambda: bool(runner._waiting))
    added = list[Variant]()
    sheet.sample_added.connect(added.append)
    presenter.close()
    runner.release()
    assert not engine.levels
    assert not added
    assert sheet.source is None


@pytest.mark.parametrize("was_restoring", [False, True])
def test_what_was_being_restored_waits_and_goes_on(
    presenter: ContactSheetPresenter, sheet: ContactSheet, session: Session, qtbot: QtBot, was_restoring: bool
) -> None:
    if was_restoring:
        session.has_asked = True
        session.set_activity(Activity.RESTORING)
    presenter.started.connect(lambda: session.set_activity(Activity.IDLE))
    with qtbot.waitSignal(presenter.started):
        presenter.open()
    told = list[bool]()
    presenter.resumed.connect(lambda: told.append(session.has_asked))
    presenter.close()
    presenter.close()
    assert told == ([True] if was_restoring else [])


def test_a_failure_ends_it_with_a_message(
    presenter: ContactSheetPresenter,
    sheet: ContactSheet,
    engine: FakeEngine,
    failures: list[ErrorText],
    qtbot: QtBot,
) -> None:
    engine.error = DeviceMemoryError(1)
    presenter.open()
    qtbot.waitUntil(lambda: sheet.source is None)
    assert len(failures) == 1


def test_choosing_another_size_of_the_blur_restores_with_it(
    presenter: ContactSheetPresenter, sheet: ContactSheet, session: Session, qtbot: QtBot
) -> None:
    session.set_task(task_named("deblur"))
    session.set_auto(False)
    session.set_level(5.0)
    session.set_strength(0.8, 0.9, 0.0)
    take_blur(session, 2.0)
    session.set_result(replace(result_of(IMAGE), task="deblur", level=5.0))
    open_and_wait(presenter, sheet, qtbot)
    assert sheet.current is not None
    assert sheet.current.blur is not None
    assert (sheet.current.blur.size, sheet.current.value) == (2.0, 5.0)
    sizes = [variant.blur.size for variant in sheet.variants if variant.blur is not None and variant.place[0] == 0]
    assert sizes == [1.4, 1.7, 2.0, 2.4, 2.9]
    larger = next(variant for variant in sheet.variants if variant.blur is not None and variant.blur.size == 2.4)
    same_level = next(
        variant for variant in sheet.variants if variant.blur == larger.blur and variant.value == session.level
    )
    with qtbot.waitSignal(presenter.resumed):
        presenter.choose(same_level)
    assert session.blur.numbers.radius == 2.4
    assert session.kernel is not None
    np.testing.assert_array_equal(session.kernel.numpy(), disk_kernel(2.4))
    assert session.strength == Strength(0.8, 0.9)


def test_a_blur_without_a_size_is_compared_at_several_strengths(sheet: ContactSheet, session: Session) -> None:
    session.set_task(task_named("deblur"))
    session.blur.take_file(disk_kernel(3))
    sheet.open(session, (0.5, 0.5))
    assert not any(variant.blur for variant in sheet.variants)
    assert {variant.strength.luma for variant in sheet.variants} == {1.0, 0.75, 0.5}
