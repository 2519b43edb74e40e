"""The command line parses, calls one verb, and hands the result to what shows it: measured on its source."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest
from tests.docs.test_architecture import SOURCE

CLI = SOURCE / "cli"
FILES = sorted(path for path in CLI.glob("*.py") if path.stem != "__init__")
NEUTRAL = tuple(
    f"foedus.{name}."
    for name in (
        "show",
        "errors",
        "files",
        "extras",
        "loopback",
        "wording",
        "bundle.method_charts",
        "bundle.lever_charts",
        "bundle.change_charts",
        "bundle.over_time_chart",
        "bundle.chart_file",
    )
)
OPENS = {"foedus.case.load", "foedus.case.find_case"}
"""What a verb is called with."""
SHOWS = ("_view", "_document", "_html", "_markdown", "_words", "_text", "_pieces")
"""Ends of the names of what makes tables, documents and pages; they stand in the layer of what they show."""
GUARDS = {"check_place", "check_target", "check_chart_path", "browser_printer"}
"""What refuses a place before the work."""


def imported(tree: ast.AST) -> dict[str, str]:
    """Local name -> module and name, of every import from the package."""
    return {
        one.asname or one.name: f"{node.module}.{one.name}"
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("foedus")
        for one in node.names
    }


def is_verb(name: str) -> bool:
    """Is it work, and neither what opens a case, nor what shows a result, nor a type?"""
    last = name.rsplit(".", 1)[1]
    if name.startswith(NEUTRAL) or name in OPENS or last in GUARDS:
        return False
    return not last.endswith(SHOWS) and not last[0].isupper()


@dataclass(frozen=True)
class Walk:
    """The verbs along the ways through the functions of one module."""

    names: Mapping[str, str]
    functions: Mapping[str, ast.FunctionDef]

    @staticmethod
    def of_module(tree: ast.Module) -> Walk:
        return Walk(imported(tree), {node.name: node for node in tree.body if isinstance(node, ast.FunctionDef)})

    def most(self, body: Iterable[ast.stmt], within: tuple[str, ...] = ()) -> int:
        """The most verbs that are called on one way through some statements."""
        return self._way(list(body), within)[0]

    def _way(self, body: list[ast.stmt], within: tuple[str, ...]) -> tuple[int, bool]:
        """(verbs, whether it ends the function)."""
        for place, one in enumerate(body):
            if isinstance(one, ast.If):
                rest = body[place + 1 :]
                first = self._expression(one.test, within)
                ways = [self._way([*part, *rest], within) for part in (one.body, one.orelse)]
                return first + max(way[0] for way in ways) + self._before(body[:place], within), all(way[1] for way in ways)
            if isinstance(one, ast.Return | ast.Raise):
                return self._before(body[: place + 1], within), True
        return self._before(body, within), False

    def _before(self, body: list[ast.stmt], within: tuple[str, ...]) -> int:
        return sum(self._statement(one, within) for one in body)

    def _statement(self, one: ast.stmt, within: tuple[str, ...]) -> int:
        if isinstance(one, ast.With):
            return sum(self._expression(item.context_expr, within) for item in one.items) + self.most(one.body, within)
        if isinstance(one, ast.Try):
            return self.most([*one.body, *one.orelse, *one.finalbody], within) + max(
                (self.most(part.body, within) for part in one.handlers), default=0
            )
        if isinstance(one, ast.For | ast.While):
            return self._expression(one.iter if isinstance(one, ast.For) else one.test, within) + self.most(one.body, within)
        if isinstance(one, ast.FunctionDef | ast.ImportFrom | ast.Import):
            return 0
        return self._expression(one, within)

    def _elsewhere(self, name: str, within: tuple[str, ...]) -> int:
        """The verbs in a function that is imported: those of a helper of the command line are counted too."""
        walk, last = elsewhere(name), name.rsplit(".", 1)[1]
        if walk is None:
            return int(is_verb(name))
        return walk.most(walk.functions[last].body, (*within, last)) if last in walk.functions and last not in within else 0

    def _expression(self, node: ast.AST, within: tuple[str, ...]) -> int:
        if isinstance(node, ast.IfExp):
            ways = max(self._expression(part, within) for part in (node.body, node.orelse))
            return ways + self._expression(node.test, within)
        own = 0
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            name = node.func.id
            if name in self.functions and name not in within:
                own = self.most(self.functions[name].body, (*within, name))
            elif name in self.names:
                own = self._elsewhere(self.names[name], within)
        return own + sum(self._expression(child, within) for child in ast.iter_child_nodes(node))


def elsewhere(name: str) -> Walk | None:
    """The walk of the module of the command line in which a name stands; None for what stands in another layer."""
    path = CLI / f"{name.split('.')[-2]}.py"
    return Walk.of_module(ast.parse(path.read_text(encoding="utf-8"))) if name.startswith("foedus.cli.") else None


def commands(tree: ast.Module) -> list[ast.FunctionDef]:
    """The functions that click calls."""

    def is_command(node: ast.expr) -> bool:
        return isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "command"

    return [node for node in tree.body if isinstance(node, ast.FunctionDef) and any(map(is_command, node.decorator_list))]


def literals(tree: ast.AST) -> list[int]:
    """Lines of dicts with spelled keys inside functions: a document, or fields of one."""
    return [
        node.lineno
        for function in ast.walk(tree)
        if isinstance(function, ast.FunctionDef)
        for one in function.body
        for node in ast.walk(one)
        if isinstance(node, ast.Dict) and any(isinstance(key, ast.Constant) and isinstance(key.value, str) for key in node.keys)
    ]


def drawn(tree: ast.AST) -> list[str]:
    """What is imported to draw with."""
    found = [node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)]
    found += [one.name for node in ast.walk(tree) if isinstance(node, ast.Import) for one in node.names]
    return [name for name in found if name.partition(".")[0] == "rich"]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_command_calls_one_verb(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    walk = Walk.of_module(tree)
    assert {one.name: most for one in commands(tree) if (most := walk.most(one.body, (one.name,))) > 1} == {}


@pytest.mark.parametrize("path", [path for path in FILES if path.stem != "common"], ids=lambda path: path.stem)
def test_a_command_draws_no_table_and_spells_no_document(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    assert (drawn(tree), literals(tree)) == ([], [])


IMPORTS = "from foedus.study.a import verb\nfrom foedus.history.b import other, b_document\nfrom foedus.case import load\n"


@pytest.mark.parametrize(
    "body, most",
    [
        ("found = verb(load('x'))\n  emit_json(b_document(found))", 1),
        ("other(verb(load('x')))", 2),
        ("if a:\n    verb(x)\n  else:\n    other(x)", 1),
        ("if a:\n    return verb(x)\n  other(x)", 1),
        ("if a:\n    verb(x)\n  other(x)", 2),
        ("with bar() as p:\n    verb(p)\n  _help()", 2),
        ("try:\n    verb(x)\n  except E:\n    other(x)", 2),
        ("for one in verb(x):\n    other(one)", 2),
        ("verb(x) if a else other(x)", 1),
        ("later(lambda: other(verb(x)))", 2),
        ("[other(one) for one in verb(x)]", 2),
    ],
)
def test_every_way_through_a_command_is_counted(body: str, most: int) -> None:
    tree = ast.parse(f"{IMPORTS}def _help():\n  other(1)\n@click.command('x')\ndef command():\n  {body}\n")
    (command,) = commands(tree)
    assert Walk.of_module(tree).most(command.body, ("command",)) == most


def test_documents_and_tables_are_seen() -> None:
    tree = ast.parse("import rich.table\nfrom rich.text import Text\ndef f():\n  emit({'a': 1, **b})\n  return {**a}")
    assert (drawn(tree), literals(tree)) == (["rich.text", "rich.table"], [4])
