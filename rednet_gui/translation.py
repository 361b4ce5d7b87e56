"""The language of the window."""

from __future__ import annotations

from importlib.resources import files

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QTranslator

LANGUAGES = {"en": "English", "ko": "한국어"}
"""What there is, by its code; each called by its own name."""

_SOURCE = "en"


def install(app: QCoreApplication, language: str) -> None:
    """Show all words that are made from now on in a language.

    Args:
        language: one of `LANGUAGES`; anything else for the system's, or English where that is none of them.
    """
    for translator in app.findChildren(QTranslator):
        app.removeTranslator(translator)
        translator.deleteLater()
    locale = QLocale(language) if language in LANGUAGES else QLocale.system()
    QLocale.setDefault(locale)
    code = QLocale.languageToCode(locale.language())
    if code == _SOURCE or code not in LANGUAGES:
        return
    for name, folder in (
        (f"qtbase_{code}", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)),
        (f"rednet_{code}", str(files("resources") / "i18n")),
    ):
        translator = QTranslator(app)
        if translator.load(name, folder):
            app.installTranslator(translator)
