"""What variables are made of: units, indices with their elements, maps between them, actors."""

from __future__ import annotations

from typing import TYPE_CHECKING

from foedus.errors import suggestion
from foedus.language import tree as t
from foedus.language.reserved import COLUMNS, TIME_WORDS, output_meaning, word_meaning
from foedus.units import Unit

if TYPE_CHECKING:
    from foedus.compile.scope import Scope

__all__ = ["declare_ground"]


def declare_ground(scope: Scope, statement: t.Statement) -> None:
    """Units, indices, maps, actors: what variables are made of."""
    if isinstance(statement, t.UnitStatement):
        _declare_unit(scope, statement)
    elif isinstance(statement, t.Index):
        _declare_index(scope, statement)
    elif isinstance(statement, t.Map):
        _declare_map(scope, statement)
    elif isinstance(statement, t.Actor):
        if statement.name in scope.actors:
            scope.problems.add(statement.at, "duplicate-name", f"actor `{statement.name}` is declared twice.", "Remove one.")
        scope.actors[statement.name] = statement.label or statement.name


def _declare_unit(scope: Scope, statement: t.UnitStatement) -> None:
    problems, name = scope.problems, statement.name
    if problems.is_unread(statement.at):
        scope.units.assume(name)  # whatever was read of it may be half of what stands there
    elif name in scope.units.declared and not scope.units.declared[name].is_unknown:
        problems.add(statement.at, "duplicate-name", f"unit `{name}` is declared twice.", "Remove one.")
    elif name in TIME_WORDS or name == "percent" or word_meaning(name):
        what = word_meaning(name) or "a unit of the language"
        problems.add(statement.at, "reserved-name", f"`{name}` has a meaning already: it is {what}.", "Choose another name.")
    elif statement.definition is None:
        scope.units.declare(name, None)
    else:
        unit = statement.definition.unit
        base = scope.unit(unit) if unit else Unit()
        size = base.scale * statement.definition.value
        if 1e-30 < size < 1e30:
            scope.units.declare(name, base, statement.definition.value)
        else:
            scope.units.assume(name)
            help = "Use a positive number of ordinary size."
            problems.add(statement.at, "bad-unit", f"unit `{name}` would be {size:g} base units.", help)


def _declare_map(scope: Scope, statement: t.Map) -> None:
    problems, name = scope.problems, statement.name
    if name in scope.maps or name in scope.indices or name in scope.elements:
        problems.add(statement.at, "duplicate-name", f"`{name}` is declared twice.", "Rename one of them.")
    unknown = [one for one in (statement.source, statement.target) if one not in scope.indices]
    for one in unknown:
        if one not in scope.doubtful:
            problems.add(statement.at, "unknown-index", f"`{one}` is no index.", suggestion(one, scope.indices))
    if unknown or not scope.doubtful.isdisjoint((statement.source, statement.target)):
        scope.doubtful.add(name)
        return
    lefts = [left for left, _ in statement.pairs]
    missing = set(scope.indices[statement.source]) ^ set(lefts)
    strange = {right for _, right in statement.pairs} - set(scope.indices[statement.target])
    if missing or strange:
        message = f"map `{name}` leaves out or invents {', '.join(sorted(missing | strange))}."
        problems.add(statement.at, "bad-map", message, "Name each element of the first index once.")
    elif len(set(lefts)) != len(lefts):
        message = f"map `{name}` says two things of {next(left for left in lefts if lefts.count(left) > 1)}."
        problems.add(statement.at, "bad-map", message, "Name each element of the first index once.")
    scope.maps[name] = statement


def _declare_index(scope: Scope, statement: t.Index) -> None:
    problems = scope.problems
    if statement.name in scope.indices:
        problems.add(statement.at, "duplicate-name", f"index `{statement.name}` is declared twice.", "Remove one.")
    if len(set(statement.elements)) != len(statement.elements):
        problems.add(statement.at, "duplicate-name", f"index `{statement.name}` names an element twice.", "Remove one.")
    clash = {statement.name, *scope.indices} & {*statement.elements, *scope.elements}
    if clash:
        message = f"`{sorted(clash)[0]}` is both an index and an element."
        problems.add(statement.at, "duplicate-name", message, "Rename one of them.")
    column = "a column of saved tables" if statement.name in COLUMNS else ""
    for name, what in ((statement.name, output_meaning(statement.name) or column), *((one, word_meaning(one)) for one in statement.elements)):
        if what:
            problems.add(statement.at, "reserved-name", f"`{name}` has a meaning already: it is {what}.", "Choose another name.")
    scope.indices[statement.name] = statement.elements
    for element in statement.elements:
        scope.elements.setdefault(element, []).append(statement.name)
