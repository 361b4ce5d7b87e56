from __future__ import annotations

import ast
import re
import shutil
import subprocess
import sys
import xml.etree.ElementTree as ET
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QLocale
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from rednet_gui import translation
from rednet_gui.settings import Settings
from rednet_gui.views.language_menu import LanguageMenu

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "resources" / "i18n"
FILES = sorted(FOLDER.glob("*.ts"))
BIN = Path(sys.executable).parent
HAS_TOOLS = shutil.which("sh") is not None and shutil.which("pyside6-lupdate", path=str(BIN)) is not None


@pytest.fixture(autouse=True)
def _as_it_was(qapp: QApplication) -> Iterator[None]:
    before = QLocale()
    yield
    translation.install(qapp, "en")
    QLocale.setDefault(before)


def word() -> str:
    return QCoreApplication.translate("text", "Denoise")


def test_words_come_in_the_chosen_language(qapp: QApplication) -> None:
    translation.install(qapp, "ko")
    assert word() == "노이즈 제거"
    translation.install(qapp, "en")
    assert word() == "Denoise"


@pytest.mark.parametrize("code", ["", "xx"])
def test_an_unknown_language_is_the_systems(qapp: QApplication, code: str) -> None:
    translation.install(qapp, code)
    assert QLocale().language() == QLocale.system().language()


def test_a_chosen_language_is_kept_for_the_next_start(qtbot: QtBot, tmp_path: Path) -> None:
    window, settings, told = QWidget(), Settings(tmp_path), list[str]()
    qtbot.addWidget(window)
    menu = LanguageMenu(settings, window)
    menu.noticed.connect(told.append)
    next(action for action in menu.actions() if action.data() == "ko").trigger()
    settings.sync()
    assert told == ["The language changes when the program is started again."]
    again = LanguageMenu(Settings(tmp_path), window)
    assert [action.data() for action in again.actions() if action.isChecked()] == ["ko"]


def test_every_language_but_the_sources_has_a_file() -> None:
    assert {file.stem for file in FILES} == {f"rednet_{code}" for code in translation.LANGUAGES if code != "en"}


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_no_call_of_translate_is_overlooked(file: Path) -> None:
    """The tool that collects words passes over calls that it cannot read, such as those with a number of things."""
    known = {(context, source) for context, source, *_ in messages(file)}
    asked = {
        tuple(ast.literal_eval(argument) for argument in call.args[:2])
        for module in (ROOT / "rednet_gui").rglob("*.py")
        for call in ast.walk(ast.parse(module.read_text(encoding="utf-8")))
        if isinstance(call, ast.Call) and getattr(call.func, "id", getattr(call.func, "attr", "")) == "translate"
        if len(call.args) > 1 and all(isinstance(argument, ast.Constant) for argument in call.args[:2])
    }
    assert not asked - known


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_every_message_is_translated(file: Path) -> None:
    unfinished = [key for key, message in messages(file).items() if not _is_finished(message)]
    assert not unfinished


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_a_translation_has_the_places_and_the_letter_of_its_source(file: Path) -> None:
    wrong = [
        (source, words)
        for (_, source, _), message in messages(file).items()
        for words in _translations(message)
        if _marks(words) != _marks(source)
    ]
    assert not wrong


@pytest.mark.skipif(not HAS_TOOLS, reason="no sh or pyside6-lupdate")
def test_no_word_of_the_window_is_forgotten(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "rednet_gui", tmp_path / "rednet_gui", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copytree(FOLDER, tmp_path / "resources" / "i18n")
    subprocess.run(["sh", str(ROOT / "packaging" / "i18n.sh"), str(BIN)], cwd=tmp_path, check=True)
    for file in FILES:
        collected = messages(tmp_path / "resources" / "i18n" / file.name)
        forgotten = collected.keys() - messages(file).keys()
        assert not forgotten, "make i18n collects them"


def messages(file: Path) -> dict[tuple[str, str, str], ET.Element]:
    """The messages of a file by context, source and comment."""
    return {
        (context.findtext("name", ""), message.findtext("source", ""), message.findtext("comment", "")): message
        for context in ET.parse(file).getroot().iter("context")
        for message in context.iter("message")
    }


def _is_finished(message: ET.Element) -> bool:
    (element,) = message.iter("translation")
    return "type" not in element.attrib and all(_translations(message))


def _translations(message: ET.Element) -> list[str]:
    (element,) = message.iter("translation")
    return [form.text or "" for form in element.iter("numerusform")] or [element.text or ""]


def _marks(words: str) -> Counter[str]:
    """%1, %n and the letter behind a single &."""
    return Counter(mark.upper() for mark in re.findall(r"%n|%L?\d+|&\w", words.replace("&&", "")))
