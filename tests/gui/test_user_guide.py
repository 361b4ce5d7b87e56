from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QLocale, QObject, QUrl, Slot
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from engine.tasks import TASKS
from rednet_gui.assets import user_guide
from rednet_gui.models.album import Album
from rednet_gui.models.session import Session
from rednet_gui.settings import Settings
from rednet_gui.translation import LANGUAGES
from rednet_gui.views.main_window import MainWindow


class Browser(QObject):
    """Takes addresses in place of the system's browser."""

    def __init__(self) -> None:
        super().__init__()
        self.opened: list[QUrl] = []

    @Slot(QUrl)
    def open(self, url: QUrl) -> None:
        self.opened.append(url)


@pytest.fixture
def browser() -> Iterator[Browser]:
    made = Browser()
    QDesktopServices.setUrlHandler("file", made, "open")  # type: ignore[arg-type]  # text, whatever the stub says
    yield made
    QDesktopServices.unsetUrlHandler("file")


def text_of(language: str) -> str:
    return user_guide(language).read_text(encoding="utf-8")


def addresses(text: str) -> list[str]:
    return re.findall(r'(?:src|href)="([^"]+)"', text)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_has_a_guide_with_all_tasks(language: str) -> None:
    text = text_of(language)
    assert f'<html lang="{language}">' in text
    assert all(f'<h2 id="{task.name}">' in text for task in TASKS)


@pytest.mark.parametrize("language", LANGUAGES)
def test_whatever_it_shows_is_there_and_nothing_needs_a_network(language: str) -> None:
    page = user_guide(language)
    for address in addresses(text_of(language)):
        if address.startswith("#"):
            assert f'id="{address[1:]}"' in text_of(language)
        else:
            assert (page.parent / address).is_file(), address


def test_all_languages_say_the_same_things_in_the_same_order() -> None:
    shapes = [re.findall(r"<(?:h\d|figure|ol|ul|li|p|pre|tr)\b", text_of(language)) for language in LANGUAGES]
    assert all(shape == shapes[0] for shape in shapes)
    shown = [
        [address.replace(f"/{language}/", "/") for address in addresses(text_of(language))] for language in LANGUAGES
    ]
    assert all(pictures == shown[0] for pictures in shown)


def test_an_unknown_language_reads_english() -> None:
    assert user_guide("fr") == user_guide("en")


@pytest.mark.parametrize("language", LANGUAGES)
def test_help_opens_it_in_the_language_of_the_window(
    session: Session, settings: Settings, qtbot: QtBot, browser: Browser, language: str
) -> None:
    QLocale.setDefault(QLocale(language))
    window = MainWindow(session, Album(session), settings)
    qtbot.addWidget(window)
    window.actions_.guide.trigger()
    assert [Path(url.toLocalFile()) for url in browser.opened] == [user_guide(language)]


def test_without_a_browser_it_is_said_where_it_lies(
    session: Session, settings: Settings, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = MainWindow(session, Album(session), settings)
    qtbot.addWidget(window)
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda _: False)
    window.actions_.guide.trigger()
    words = [label.text() for label in window.banner.findChildren(QLabel)]
    assert any(str(user_guide("en")) in text for text in words)
