from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QCoreApplication, QLocale
from PySide6.QtWidgets import QApplication

from rednet_gui import translation


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
