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


def test_a_line_tells_its_number_and_is_worth_what_it_was(tool: ModuleType) -> None:
    """Also where one expression lies in another, and where both begin together."""
    text = "x = 1 + 2 * 3 < 8 and not a"
    found = list(enumerate(tool.mutants_of(Path("x.py"), text)))
    told: list[int] = []
    places = {"a": False, "__import__": lambda name: type(name, (), {"hit": staticmethod(told.append)})}
    changed = tool.telling(text, found)
    exec(changed, places)
    assert places["x"] is True and sorted(told) == [number for number, _ in found]


def test_what_runs_a_line_stands_before_its_neighbours_and_what_fails_anyway_is_left_out(tool: ModuleType) -> None:
    lines = [
        "hit\t3\ta.py::one\t(call)",
        "hit\t3\tb.py::bad\t(setup)",
        "hit\t3\t\t",
        "test\tcall\ta.py::one\t2.0\tpassed",
        "test\tcall\ta.py::two\t0.5\tpassed",
        "test\tcall\ta.py::three\t0.1\tpassed",
        "test\tcall\tb.py::bad\t0.1\tfailed",
        "test\tcall\tc.py::far\t0.1\tpassed",
    ]
    runs = tool.runs_of(lines)
    assert runs.near(3) == ["a.py::one", "a.py::three", "a.py::two"] and runs.near(4) == []


def test_portions_of_tests_grow(tool: ModuleType) -> None:
    tests = list("abcdefg")
    assert list(tool.portions(tests, dict.fromkeys(tests, 2.0), 2.0)) == [["a"], ["b", "c", "d", "e"], ["f", "g"]]
