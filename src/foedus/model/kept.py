"""Variables whose trajectories are kept: those that charts name, and those that somebody asks for by name."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from foedus.compile.scope import Item, Key, Scope, spell
from foedus.constructs import tree as t
from foedus.constructs.observe import observed_items
from foedus.errors import InputError, Problem, suggestion
from foedus.parts.private import private_names

if TYPE_CHECKING:
    from foedus.compile.builder import Builder

__all__ = ["charted_items", "is_saved_now", "kept_items", "saved_items"]


def kept_items(scope: Scope, names: Iterable[str]) -> Iterator[Item]:
    """The elements that some names stand for: `front` for all its elements, `front[north]` for one.

    Raises:
        InputError: a name is no variable that changes in time; all such names at once.
    """
    by_name: dict[str, list[Item]] = {}
    for item in _changing(scope):
        for name in dict.fromkeys((item.key[0], spell(item.key).replace(" ", ""))):
            by_name.setdefault(name, []).append(item)
    wanted = {name: by_name.get(name.replace(" ", "")) for name in names}
    problems = [_refusal(scope, name, by_name) for name, items in wanted.items() if items is None]
    if problems:
        raise InputError(problems)
    for items in wanted.values():
        yield from items or ()


def _changing(scope: Scope) -> Iterator[Item]:
    """The elements whose trajectory can be kept."""
    return (item for item in scope.items() if item.statement.is_kept)


def charted_items(scope: Scope) -> list[Item]:
    """The variables that charts and series name."""
    names = [name for chart in scope.tree.all(t.Chart) for name in chart.names]
    names += [series.of for series in scope.tree.all(t.Series)]
    items: dict[Key, Item] = {}
    for name in names:
        symbol = scope.symbols[name.name]
        found = [scope.resolve(name, {})] if name.subscripts or not symbol.indices else list(symbol.items.values())
        items |= {item.key: item for item in found if item is not None}
    return list(items.values())


def saved_items(scope: Scope, save: str) -> list[Item]:
    """The variables that a way of saving means: "none", "observed", "all", or what charts show, and stocks where there is none."""
    if save == "none":
        return []
    if save == "observed":
        return observed_items(scope)
    if save == "all":
        return list(_changing(scope))
    return charted_items(scope) or _shown_stocks(scope)


def _shown_stocks(scope: Scope) -> list[Item]:
    """All stocks but those that are private to a part; all, where there are no others."""
    private = private_names(scope.tree)
    return [item for item in scope.items("stock") if item.key[0] not in private] or list(scope.items("stock"))


def is_saved_now(builder: Builder, first: int, every: int) -> int:
    """The condition that this step is one of those that are saved: each `every`-th from the first."""
    graph = builder.graph
    since = graph.make("subtract", builder.time(), graph.number(builder.moment(first)))
    count = graph.make("divide", since, graph.number(every * builder.step))
    nearest = graph.make("floor", graph.make("add", count, graph.number(0.5)))
    gap = graph.make("absolute", graph.make("subtract", count, nearest))
    return graph.make("less", gap, graph.number(0.25 / every))


def _refusal(scope: Scope, name: str, known: Iterable[str]) -> Problem:
    symbol = scope.symbols.get(name.partition("[")[0])
    if symbol is not None and symbol.kind == "param":
        message, help = f"`{name}` is a parameter: it does not change in time.", "Its draws are always kept; leave it out."
    else:
        near = suggestion(name, known)
        message, help = f"there is no variable `{name}` to keep.", near or "`foedus show CASE` lists them; `all` keeps all."
    return Problem(scope.problems.source.file, 0, 0, "unknown-variable", message, help)
