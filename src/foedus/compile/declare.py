"""A name is declared: may it be, over which indices, and which elements has it?"""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterator

from foedus.compile.scope import MOST_ELEMENTS, Item, Named, Scope, Symbol, spell
from foedus.language import Span
from foedus.language.reserved import meaning

__all__ = ["define"]


def define(scope: Scope, statement: Named) -> None:
    """Declare the name of a definition, and its elements; problems are noted."""
    name, kind, written = statement.name, statement.kind, statement.over()
    if not _may_be_declared(scope, name, written, statement.at):
        scope.doubtful.add(name)
        return
    indices = tuple(_index_of(scope, part, statement.at) for part in written)
    if "" in indices:
        scope.doubtful.add(name)
        return
    unit = statement.unit_in(scope)
    symbol = scope.symbols.get(name)
    if symbol is None:
        symbol = scope.symbols[name] = Symbol(name, kind, indices, unit, statement.at, may_be_set=statement.may_be_set)
    elif symbol.kind != kind or symbol.indices != indices or not written:
        line = scope.problems.source.words_for(symbol.at.start, statement.at.start)
        scope.problems.add(
            statement.at,
            "duplicate-name",
            f"`{name}` is declared already in {line}.",
            "Rename one of them.",
        )
        return
    count = math.prod(len(scope.indices.get(part, (part,))) for part in written)
    if count > MOST_ELEMENTS:
        message = f"`{name}` has {count:,} elements; at most {MOST_ELEMENTS:,} are allowed."
        scope.problems.add(statement.at, "too-many-elements", message, "Use fewer indices.")
        scope.doubtful.add(name)
        return
    for elements in _expansions(scope, written):
        if elements in symbol.items:
            message = f"{spell((name, elements))} is defined twice."
            scope.problems.add(statement.at, "duplicate-name", message, "Remove one of the definitions.")
        binding = dict(zip(written, elements, strict=True)) | dict(zip(indices, elements, strict=True))
        symbol.items[elements] = Item((name, elements), statement, binding)


def _may_be_declared(scope: Scope, name: str, written: tuple[str, ...], at: Span) -> bool:
    """Is the name free, and does each of its indices stand for something of its own?"""
    what = meaning(name) or ("an index" if name in scope.indices else "a map" if name in scope.maps else "")
    if what:
        scope.problems.add(at, "reserved-name", f"`{name}` has a meaning already: it is {what}.", "Choose another name.")
        return False
    repeated = next((part for part in written if part in scope.indices and written.count(part) > 1), None)
    if repeated is not None:
        message = f"`{name}` has index `{repeated}` twice: one name cannot stand for two elements at once."
        help = f"Declare a second index with the same elements, `index other = {', '.join(scope.indices[repeated][:3])}`, and use both."
        scope.problems.add(at, "repeated-index", message, help)
        return False
    return True


def _index_of(scope: Scope, part: str, at: Span) -> str:
    if part in scope.indices:
        return part
    if part in scope.elements:
        return scope.elements[part][0]
    if part not in scope.doubtful:
        message, known = f"`{part}` is no index and no element.", (*scope.indices, *scope.elements)
        scope.problems.add(at, "unknown-index", message, f"Declare `index {part} = …`.", near=(part, known))
    return ""


def _expansions(scope: Scope, written: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    return itertools.product(*(scope.indices.get(part, (part,)) for part in written))
