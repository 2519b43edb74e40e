"""No modules need each other, neither when they run nor to name each other's types."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
from tests.docs.test_architecture import MODULES, module_name

NAMES = {module_name(path): path for path in MODULES}

Graph = Mapping[str, set[str]]


def imports(tree: ast.AST) -> Iterator[tuple[str, str]]:
    """(module, name) of every import, at the top, inside functions and under TYPE_CHECKING."""
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom):
            yield from ((node.module or "", one.name) for one in node.names)
        elif isinstance(node, ast.Import):
            yield from ((one.name, "") for one in node.names)
        elif isinstance(node, ast.Call) and getattr(node.func, "attr", "") == "import_module":
            yield from ((str(one.value), "") for one in node.args[:1] if isinstance(one, ast.Constant))


def graph() -> dict[str, set[str]]:
    """Which module needs which, be it for a type; a package that only hands on a name stands for itself."""
    found: dict[str, set[str]] = {name: set() for name in NAMES}
    for name, path in NAMES.items():
        for module, one in imports(ast.parse(Path(path).read_text(encoding="utf-8"))):
            target = f"{module}.{one}" if f"{module}.{one}" in NAMES else module
            if target in NAMES and target != name:
                found[name].add(target)
    return found


def circles(needs: Graph) -> list[list[str]]:
    """The sets of modules that all need each other, by Tarjan's method."""
    order: dict[str, int] = {}
    low: dict[str, int] = {}
    stack: list[str] = []
    found: list[list[str]] = []

    def visit(name: str) -> None:
        order[name] = low[name] = len(order)
        stack.append(name)
        for other in sorted(needs[name]):
            if other not in order:
                visit(other)
                low[name] = min(low[name], low[other])
            elif other in stack:
                low[name] = min(low[name], order[other])
        if low[name] == order[name]:
            at = stack.index(name)
            if len(stack) - at > 1:
                found.append(sorted(stack[at:]))
            del stack[at:]

    for name in sorted(needs):
        if name not in order:
            visit(name)
    return found


@pytest.mark.parametrize(
    "needs, wanted",
    [
        ({"a": {"b"}, "b": set()}, []),
        ({"a": {"b"}, "b": {"a"}}, [["a", "b"]]),
        ({"a": {"b"}, "b": {"c"}, "c": {"a"}, "d": {"a"}}, [["a", "b", "c"]]),
    ],
)
def test_a_circle_is_found(needs: Graph, wanted: list[list[str]]) -> None:
    assert circles(needs) == wanted


@pytest.mark.parametrize(
    "text, wanted",
    [
        ("import a.b", [("a.b", "")]),
        ("def f():\n    from a import b", [("a", "b")]),
        ("if TYPE_CHECKING:\n    from a import b", [("a", "b")]),
        ("def f():\n    importlib.import_module('a.b')", [("a.b", "")]),
    ],
)
def test_every_kind_of_import_is_seen(text: str, wanted: list[tuple[str, str]]) -> None:
    assert list(imports(ast.parse(text))) == wanted


def test_no_modules_need_each_other() -> None:
    assert circles(graph()) == []
