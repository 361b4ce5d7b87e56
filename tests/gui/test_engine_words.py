"""What the engine says comes in the window's language."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

import rednet_gui
from engine import errors
from engine.errors import EngineError, ImageReadError, KernelError, LevelError
from engine.image_io import read_image
from engine.tasks import Level, task_named
from rednet_gui import translation
from rednet_gui.engine_templates import TEMPLATES
from rednet_gui.engine_words import as_sentence, in_words
from rednet_gui.errors import describe

ENGINE = Path(errors.__file__).parent
ELSEWHERE = (
    *("cli", "fleet"),
    *(f"training/{name}.py" for name in ("config", "evaluate", "protocols", "cases", "ranks")),
)
"""What only the command line says."""

ONLY_COMMAND_LINE = {
    "no run was started there, name its pictures with --data",
    "several workers ended while they worked on it, perhaps for want of memory; restore it here",
}
ERRORS = {name for name, found in vars(errors).items() if isinstance(found, type) and issubclass(found, EngineError)}
TELLING = {"notify", "_tell", "on_unusable", "Refused"}
GIVING = re.compile(r"_?(reason_against\w*|doubt|fault_of)$")
PLACE = re.compile(r"%\d")


@pytest.fixture(autouse=True)
def _as_it_was(qapp: QApplication) -> Iterator[None]:
    yield
    translation.install(qapp, "en")


def said(node: ast.AST) -> str | None:
    """A text with {} for its values; None if it is none, or nothing but values."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if isinstance(node, ast.JoinedStr):
        words = "".join(str(part.value) if isinstance(part, ast.Constant) else "\0" for part in node.values)
        return words if re.search("[a-z]{3}", words) else None
    return None


def sayings(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        parts: list[ast.AST] = []
        if isinstance(node, ast.Call):
            name = getattr(node.func, "id", getattr(node.func, "attr", ""))
            parts = list(node.args[-1:]) if name in ERRORS | TELLING else []
        elif isinstance(node, ast.Assign) and getattr(node.targets[0], "id", "") in ("reason", "CUT_SHORT", "_DAMAGED"):
            parts = [node.value]
        elif isinstance(node, ast.FunctionDef) and GIVING.match(node.name):
            returned = [found.value for found in ast.walk(node) if isinstance(found, ast.Return) and found.value]
            parts = [piece for value in returned for piece in (value.elts if isinstance(value, ast.Tuple) else [value])]
        yield from filter(None, map(said, parts))


def test_no_sentence_of_the_engine_is_forgotten() -> None:
    files = [path for path in ENGINE.rglob("*.py") if not path.relative_to(ENGINE).as_posix().startswith(ELSEWHERE)]
    files += Path(rednet_gui.__file__).parent.rglob("*.py")
    found = {words for path in files for words in sayings(ast.parse(path.read_text(encoding="utf-8")))}
    assert len(found) > 80, "they are looked for in the wrong way"
    examples = {words.replace("\0", "§") for words in found} - ONLY_COMMAND_LINE
    known = [re.compile(".+".join(map(re.escape, PLACE.split(template))) + r"\Z") for template in TEMPLATES]
    assert not sorted(words for words in examples if not any(pattern.match(words) for pattern in known))


def test_no_template_is_there_twice() -> None:
    assert len(set(TEMPLATES)) == len(TEMPLATES)


@pytest.mark.usefixtures("korean")
def test_a_file_that_cannot_be_read(tmp_path: Path) -> None:
    (tmp_path / "a.jpg").write_bytes(b"no picture")
    with pytest.raises(ImageReadError) as caught:
        read_image(tmp_path / "a.jpg")
    text = describe(caught.value).text
    assert text.startswith("a.jpg: JPEG, PNG")
    assert text.endswith("변환하십시오.")
    assert in_words(str(caught.value)).startswith(f"{tmp_path / 'a.jpg'}을(를) 열 수 없습니다: JPEG")


@pytest.mark.usefixtures("korean")
def test_values_and_reasons_within_a_sentence() -> None:
    with pytest.raises(LevelError) as caught:
        task_named("denoise").check_level(Level(99))
    assert describe(caught.value).text == "denoise에 맞지 않는 값입니다: sigma 값은 0에서 75 사이여야 하는데 99입니다."
    reason = "the disk is too small: at least 12 MiB are needed and 3 MiB are free; make room or choose another disk"
    assert in_words(reason).startswith("디스크가 너무 작습니다: 적어도 12 MiB가 필요한데 3 MiB만 비어 있습니다.")
    assert describe(KernelError("the path is wider than 99 pixels, draw a shorter one")).text.startswith(
        "경로가 99픽셀"
    )


@pytest.mark.parametrize("language", ["en", "ko"])
def test_what_nobody_knows_stays_as_it_is(qapp: QApplication, language: str) -> None:
    translation.install(qapp, language)
    assert in_words("C:\\photos\\it is %1.jpg") == "C:\\photos\\it is %1.jpg"
    assert as_sentence("an unheard-of reason") == "An unheard-of reason."


def test_english_stays_as_the_engine_says_it() -> None:
    for template in TEMPLATES:
        words = PLACE.sub("7", template)
        assert in_words(words) == words
