"""Says in the window's language what the engine says in English."""

from __future__ import annotations

import re
from functools import cache

from PySide6.QtCore import QCoreApplication

from rednet_gui.engine_templates import CONTEXT, TEMPLATES

_PLACE = re.compile(r"%(\d)")


def in_words(said: str) -> str:
    """A sentence or half a sentence of the engine in the window's language; as it is if nobody knows it.

    What stands in it is translated too, where that is a reason of its own.
    """
    for template, pattern in _patterns():
        if found := pattern.fullmatch(said):
            translated = QCoreApplication.translate(CONTEXT, template)
            return _PLACE.sub(lambda place: in_words(found[f"v{place[1]}"]), translated)
    return said


def as_sentence(reason: str) -> str:
    """Half a sentence of the engine as a whole one."""
    words = in_words(reason)
    return f"{words[0].upper()}{words[1:]}."


@cache
def _patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """Those that begin with the most words first: where several fit, the others are about a part of it."""
    by_beginning = sorted(TEMPLATES, key=lambda template: -len(_PLACE.split(template)[0]))
    return tuple((template, _pattern(template)) for template in by_beginning)


def _pattern(template: str) -> re.Pattern[str]:
    parts = _PLACE.split(template)
    words = [f"(?P<v{part}>.+?)" if number % 2 else re.escape(part) for number, part in enumerate(parts)]
    return re.compile("".join(words), re.DOTALL)
