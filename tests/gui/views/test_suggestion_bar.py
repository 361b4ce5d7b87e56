from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from engine.image_io import Image
from engine.metadata import Metadata
from engine.tasks import task_named
from rednet_gui.models.session import Session, Source
from rednet_gui.views.canvas import Canvas
from rednet_gui.views.suggestion_bar import SuggestionBar
from tests.gui.conftest import pixels_of, result_of, source_of


def saved_at(quality: int | None) -> Source:
    return source_of(Image(pixels_of(), metadata=Metadata(jpeg_quality=quality)))


@pytest.fixture
def bar(session: Session, canvas: Canvas) -> SuggestionBar:
    return SuggestionBar(session, canvas)


@pytest.mark.parametrize(("quality", "is_suggested"), [(1, True), (42, True), (89, True), (90, False), (None, False)])
def test_strong_compression_is_told(
    bar: SuggestionBar, canvas: Canvas, session: Session, quality: int, is_suggested: bool
) -> None:
    assert not bar.isVisible()
    session.set_source(saved_at(quality))
    assert bar.isVisible() == is_suggested
    if is_suggested:
        assert bar.text.text() == f"This JPEG was saved at about quality {quality}."
        assert canvas.rect().contains(bar.geometry())


def test_nothing_is_suggested_that_is_chosen_already_or_comes_too_late(bar: SuggestionBar, session: Session) -> None:
    session.set_source(saved_at(42))
    session.set_task(task_named("deblock"))
    assert not bar.isVisible()
    session.set_task(task_named("denoise"))
    assert bar.isVisible()
    session.set_result(result_of(Image(pixels_of())))
    assert not bar.isVisible()


def test_it_is_taken_or_closed_for_this_picture(bar: SuggestionBar, session: Session) -> None:
    taken = list[bool]()
    bar.taken.connect(lambda: taken.append(True))
    session.set_source(saved_at(42))
    QTest.mouseClick(bar.apply, Qt.MouseButton.LeftButton)
    assert taken == [True]
    QTest.mouseClick(bar.close_button, Qt.MouseButton.LeftButton)
    assert not bar.isVisible()
    session.set_task(task_named("super_resolution"))
    assert not bar.isVisible()
    session.set_source(saved_at(50))
    assert bar.isVisible()


def test_it_stays_in_the_middle(bar: SuggestionBar, canvas: Canvas, session: Session) -> None:
    session.set_source(saved_at(42))
    canvas.resize(800, 500)
    assert abs(bar.geometry().center().x() - 400) <= 1
