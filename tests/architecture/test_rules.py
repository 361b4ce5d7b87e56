"""The rules of CONTRIBUTING and ARCHITECTURE that no linter knows."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PACKAGES = ("engine", "rednet_gui")
SOURCES = sorted(path for package in PACKAGES for path in (ROOT / package).rglob("*.py"))
by_source = pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))


@cache
def tree_of(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def functions(path: Path) -> Iterator[ast.FunctionDef]:
    yield from (node for node in ast.walk(tree_of(path)) if isinstance(node, ast.FunctionDef))


@by_source
def test_files_and_functions_stay_short(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) < 400
    for function in functions(path):
        first = function.body[1] if ast.get_docstring(function) and len(function.body) > 1 else function.body[0]
        assert (function.end_lineno or 0) - first.lineno < 40, function.name


@by_source
def test_modules_say_what_they_are_for(path: Path) -> None:
    assert not path.read_text(encoding="utf-8").strip() or ast.get_docstring(tree_of(path))


def test_import_rules_hold() -> None:
    command = [str(Path(sys.executable).with_name("lint-imports")), "--no-cache"]
    result = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stdout


def test_the_engine_loads_without_qt() -> None:
    code = (
        "import sys, engine.cli.main; sys.exit(any(name.startswith(('PySide6', 'rednet_gui')) for name in sys.modules))"
    )
    assert subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=False).returncode == 0


def test_packaging_is_no_python_package() -> None:
    assert not (ROOT / "packaging" / "__init__.py").exists(), "it would shadow PyPI's packaging"
