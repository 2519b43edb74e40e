"""Modules that need each other when they run, and apart from them those that only name each other's types: no new ones."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
from tests.docs.test_architecture import MODULES, module_name

NAMES = {module_name(path): path for path in MODULES}
MOST_TYPING, MOST_MODULES = 1, 11

Graph = Mapping[str, set[str]]


def imports(tree: ast.AST, is_typing: bool = False) -> Iterator[tuple[str, str, bool]]:
    """(module, name, for typing only?) of every import, at the top, inside functions and under TYPE_CHECKING."""
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.If) and getattr(node.test, "id", "") == "TYPE_CHECKING":
            for child in node.body:
                yield from imports(ast.Module([child], []), True)
        elif isinstance(node, ast.ImportFrom):
            yield from ((node.module or "", one.name, is_typing) for one in node.names)
        elif isinstance(node, ast.Import):
            yield from ((one.name, "", is_typing) for one in node.names)
        elif (
            isinstance(node, ast.Call)
            and getattr(node.func, "attr", "") == "import_module"
            and isinstance(node.args[0], ast.Constant)
        ):
            yield str(node.args[0].value), "", is_typing
            yield from imports(node, is_typing)
        else:
            yield from imports(node, is_typing)


def graph(*, with_typing: bool) -> dict[str, set[str]]:
    """Which module needs which; a package that only hands on a name stands for itself."""
    found: dict[str, set[str]] = {name: set() for name in NAMES}
    for name, path in NAMES.items():
        for module, one, is_typing in imports(ast.parse(Path(path).read_text(encoding="utf-8"))):
            target = f"{module}.{one}" if f"{module}.{one}" in NAMES else module
            if target in NAMES and target != name and (with_typing or not is_typing):
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
        ("import a.b", [("a.b", "", False)]),
        ("def f():\n    from a import b", [("a", "b", False)]),
        ("if TYPE_CHECKING:\n    from a import b", [("a", "b", True)]),
        ("def f():\n    importlib.import_module('a.b')", [("a.b", "", False)]),
    ],
)
def test_every_kind_of_import_is_seen(text: str, wanted: list[tuple[str, str, bool]]) -> None:
    assert list(imports(ast.parse(text))) == wanted


def test_no_modules_need_each_other() -> None:
    assert circles(graph(with_typing=False)) == []


def test_few_modules_name_each_others_types() -> None:
    found = circles(graph(with_typing=True))
    assert len(found) <= MOST_TYPING and sum(map(len, found)) <= MOST_MODULES, found
