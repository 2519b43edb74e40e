"""The tool that makes lines wrong: what it changes, where, and that only code is changed."""

from __future__ import annotations

import ast
import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest

from helpers import ROOT


@pytest.fixture(scope="module")
def tool() -> ModuleType:
    spec = importlib.util.spec_from_file_location("mutation", ROOT / "tools/mutation.py")
    assert spec is not None and spec.loader is not None
    found = importlib.util.module_from_spec(spec)
    sys.modules["mutation"] = found
    spec.loader.exec_module(found)
    return found


@pytest.mark.parametrize(
    ("line", "wanted"),
    [
        ("x = a < b", ["x = (a <= b)"]),
        ("x = a in b and c", ["x = (a in b or c)", "x = (a not in b) and c"]),
        ("x = not a", ["x = (a)"]),
        ("x = -a * 2.5", ["x = (-a / 2.5)", "x = (a) * 2.5", "x = -a * (3.5)"]),
        ("x = True", ["x = (False)"]),
        ("é = 'ä' if a == 1 else b", ["é = 'ä' if (a != 1) else b", "é = 'ä' if a == (2) else b"]),
        ("x: Literal[1] = y", []),
        ("def f(a: Literal[1]) -> Literal[2]: ...", []),
        ("__all__ = [1]", []),
        ("x = f'{a + 1}' + 'b'", []),
        ("x = 'text'", []),
    ],
)
def test_every_small_change_of_a_line_is_made_in_its_place(tool: ModuleType, line: str, wanted: list[str]) -> None:
    found = [one.applied(line) for one in tool.mutants_of(Path("x.py"), line)]
    assert sorted(found) == sorted(wanted) and all(ast.parse(text) for text in found)


def test_lines_are_drawn_by_their_seed_and_each_can_be_read(tool: ModuleType) -> None:
    first, again, other = (tool.chosen("compile", 6, seed) for seed in (1, 1, 2))
    assert first == again != other and len({(one.path, one.line) for one in first}) == 6
    for one in first:
        ast.parse(one.applied(one.path.read_text(encoding="utf-8")))


def test_the_tests_of_a_module_stand_first(tool: ModuleType) -> None:
    assert tool.tests_of(ROOT / "src/foedus/history/hub.py", "history", 3)[0] == "tests/history/test_hub.py"
