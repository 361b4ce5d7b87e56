from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QRect

from engine.image_io import Image
from engine.strength import Strength
from engine.tasks import task_named
from rednet_gui.models.contact_sheet import ContactSheet, Sample, can_open
from rednet_gui.models.picture_view import PictureView
from rednet_gui.models.session import Activity, Session
from rednet_gui.models.variants import Origin
from tests.gui.conftest import pixels_of, source_of

IMAGE = Image(pixels_of(600, 1000))


@pytest.fixture
def sheet(session: Session) -> ContactSheet:
    session.set_source(source_of(IMAGE))
    session.set_auto(False)
    made = ContactSheet()
    made.set_window(201, 161)
    made.open(session, (0.5, 0.5))
    return made


def test_it_shows_what_is_in_the_middle_at_100_percent(sheet: ContactSheet) -> None:
    assert sheet.sight == QRect(400, 220, 200, 160)
    assert sheet.viewport().scale == 1
    assert sheet.part.contains(sheet.sight.adjusted(-14, -14, 14, 14)), "texture looks farther than what is in sight"


@pytest.mark.parametrize("to", [(-50, -50), (5000, 300), (990, 599)])
def test_no_room_is_left_beside_the_picture(sheet: ContactSheet, to: tuple[int, int]) -> None:
    sheet.move_to(*to)
    assert sheet.sight.size().toTuple() == (200, 160)
    assert QRect(0, 0, 1000, 600).contains(sheet.sight)


def test_a_small_picture_is_shown_whole(session: Session) -> None:
    session.set_source(source_of(Image(pixels_of(31, 37))))
    sheet = ContactSheet()
    sheet.set_window(200, 160)
    sheet.open(session, (0.9, 0.9))
    assert sheet.sight == sheet.part == QRect(0, 0, 37, 31)


def test_larger_pixels_show_less(sheet: ContactSheet) -> None:
    sheet.set_zoom(4)
    assert sheet.sight == QRect(475, 280, 50, 40)
    assert sheet.viewport().scale == 4


def test_all_enlargements_show_the_same_part(sheet: ContactSheet, session: Session) -> None:
    session.set_task(task_named("super_resolution"))
    sheet.open(session, (0.5, 0.5))
    assert sheet.scale == 4, "the largest at 100 %"
    assert sheet.sight.size().toTuple() == (50, 40)


def test_a_version_is_ready_while_all_that_is_in_sight_is_there(sheet: ContactSheet) -> None:
    variant = next(variant for variant in sheet.variants if variant.can_be_chosen)
    assert not sheet.is_ready(variant)
    part = sheet.part
    sheet.add(variant, Sample(PictureView.of(IMAGE.pixels[: part.height(), : part.width()]), part))
    assert sheet.is_ready(variant)
    sheet.move_to(510, 300)
    assert sheet.is_ready(variant)
    sheet.move_to(560, 300)
    assert not sheet.is_ready(variant)
    assert sheet.sample(variant) is not None, "what is still in sight of it is shown"
    assert all(sheet.is_ready(variant) for variant in sheet.variants if variant.origin is Origin.PHOTO)


def test_the_one_that_is_used_now_is_known(sheet: ContactSheet, session: Session) -> None:
    assert sheet.current is not None
    assert (sheet.current.value, sheet.current.strength) == (session.level, Strength())
    session.set_strength(0.35, 0.8, 0.1)
    sheet.open(session, (0.5, 0.5))
    assert sheet.current is None
    assert sheet.start is not None


def test_it_goes_to_the_nearest_hole(session: Session) -> None:
    session.set_task(task_named("inpaint"))
    session.set_source(source_of(IMAGE))
    for left, top in ((30, 500), (901, 77)):
        session.mask.blend(left, top, np.full((9, 9), 255, np.uint8))
    sheet = ContactSheet()
    sheet.set_window(20, 20)
    sheet.open(session, (0.8, 0.2))
    assert sheet.sight.contains(905, 81)
    sheet.open(session, (0.1, 0.9))
    assert sheet.sight.contains(34, 504)


def test_what_lies_within_the_holes_is_gone_to_even_at_the_end(session: Session) -> None:
    session.set_task(task_named("inpaint"))
    session.set_source(source_of(IMAGE))
    session.mask.blend(998, 598, np.full((2, 2), 255, np.uint8))
    sheet = ContactSheet()
    sheet.set_window(20, 20)
    sheet.open(session, (0.1, 0.1))
    assert sheet.sight.contains(999, 599)


def test_it_opens_when_a_choice_could_be_used(session: Session) -> None:
    assert not can_open(session)
    session.set_source(source_of(IMAGE))
    assert can_open(session)
    session.set_estimating(True)
    assert not can_open(session), "the level is not known yet"
    session.set_auto(False)
    assert can_open(session)
    session.set_activity(Activity.SAVING)
    assert not can_open(session)
    session.set_activity(Activity.RESTORING)
    assert can_open(session)
    session.is_live = False
    assert not can_open(session)
    session.set_activity(Activity.IDLE)
    session.set_task(task_named("deblur"))
    assert not can_open(session), "there is no kernel"
