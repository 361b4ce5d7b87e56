"""What restored pictures are called: a template, and names that are free."""

from __future__ import annotations

import itertools
import os
import re
import string
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from engine.errors import NameTemplateError
from engine.image_io import WRITABLE_SUFFIXES
from engine.steps import Steps

FIELDS = ("name", "task", "level", "n", "ext")
DEFAULT_TEMPLATE = "{name}-restored.{ext}"
SAME_NAME = "{name}.{ext}"

_LONGEST_BYTES = 255  # what common file systems hold; Windows counts letters, which are never more
_FORBIDDEN = set('/\\<>:"|?*')  # somewhere, at least
_LOSSLESS = "tif"
_NUMBER = re.compile(r"(?<=.)-\d+$")


@dataclass(frozen=True, slots=True)
class NameTemplate:
    """How names are made: `{name}` and `{ext}` of the source, `{task}`, `{level}`, and its number `{n}`.

    Attributes:
        text: such as "{name}-{task}-{n:03}.{ext}".
    """

    text: str

    def __post_init__(self) -> None:
        """Raises: NameTemplateError: no name can come of it."""
        for literal, field, form, conversion in self._parts():
            if bad := _FORBIDDEN & set(literal) or {sign for sign in literal if not sign.isprintable()}:
                raise NameTemplateError(self.text, f"a name cannot hold {' '.join(sorted(bad))}")
            if field is not None and (field not in FIELDS or conversion):
                raise NameTemplateError(self.text, f"{{{field}}} is not one of {' '.join(f'{{{x}}}' for x in FIELDS)}")
            if form and not (field == "n" and len(form) == 2 and form[0] == "0" and form[1] in "123456789"):
                raise NameTemplateError(self.text, "only the number can have a width, as in {n:03}")
        if not self.text.lower().endswith((".{ext}", *WRITABLE_SUFFIXES)):
            raise NameTemplateError(self.text, f"it must end with .{{ext}} or one of {' '.join(WRITABLE_SUFFIXES)}")

    @property
    def tells_source(self) -> bool:
        """Whether names tell of what picture they are, wherever that stands in the list."""
        fields = {field for _, field, _, _ in self._parts()}
        return "name" in fields and "n" not in fields

    def name_for(self, source: Path, steps: Steps, number: int) -> str:
        """What a picture becomes. A name that is too long for a disk is cut within `{name}`."""
        name = source.stem
        while True:
            made = self._filled(name, source, steps, number)
            excess = len(os.fsencode(made)) - _LONGEST_BYTES
            if excess <= 0 or not name:
                return made
            name = shortened(name, len(os.fsencode(name)) - excess)

    def _filled(self, name: str, source: Path, steps: Steps, number: int) -> str:
        suffix = source.suffix.lower()
        values = {
            "name": name,
            "ext": source.suffix[1:] if suffix in WRITABLE_SUFFIXES else _LOSSLESS,
            "task": "+".join(step.task for step in steps.active),
            "level": "+".join("auto" if step.level is None else f"{step.level:g}" for step in steps.active),
            "n": number,
        }
        return "".join(
            literal + ("" if field is None else format(values[field], form or ""))
            for literal, field, form, _ in self._parts()
        )

    def _parts(self) -> list[tuple[str, str | None, str | None, str | None]]:
        try:
            return list(string.Formatter().parse(self.text))
        except ValueError as error:
            raise NameTemplateError(self.text, "a brace is missing; write {{ or }} for one in the name") from error


def shortened(name: str, most_bytes: int) -> str:
    """The beginning of a name that fits, whole letters only."""
    while name and len(os.fsencode(name)) > max(0, most_bytes):
        name = name[:-1]
    return name


def key_of(path: Path) -> str:
    """Equal for paths that some file systems take for one."""
    return unicodedata.normalize("NFC", os.path.abspath(path)).casefold()  # noqa: PTH100  # links stay links


def free_path(path: Path, is_taken: Callable[[Path], bool]) -> Path:
    """The path, or the next one with a number: photo-2.jpg."""
    if not is_taken(path):
        return path
    for number in itertools.count(2):
        ending = f"-{number}{path.suffix}"
        stem = shortened(path.stem, _LONGEST_BYTES - len(os.fsencode(ending)))
        found = path.with_name(stem + ending)
        if not is_taken(found):
            return found
    raise AssertionError  # never: there is always another number


def without_number(path: Path) -> Path:
    """What `free_path` may have been given where it gave this: photo.jpg for photo-2.jpg."""
    return path.with_name(_NUMBER.sub("", path.stem) + path.suffix)
