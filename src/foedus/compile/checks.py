"""Checks that the pages of several constructs share."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from foedus.compile.amounts import is_bare, known_in
from foedus.compile.dimension import infer
from foedus.compile.kinds import expect
from foedus.compile.scope import Binding, Item, Scope
from foedus.language import Span
from foedus.language.tree import Expression, Name
from foedus.units import Unit

__all__ = [
    "check_definition",
    "check_names",
    "is_chance",
    "is_condition",
    "is_known",
    "is_known_actor",
    "is_moment",
    "refuse_second",
]


def check_definition(scope: Scope, item: Item, expression: Expression) -> None:
    """A definition has the unit that is declared; plain numbers take it."""
    unit = scope.symbols[item.key[0]].unit
    found = infer(scope, expression, item.binding)
    if unit is not None and not is_bare(expression):
        expect(scope, found, unit, expression.at, f"{scope.symbols[item.key[0]].kind} `{item.key[0]}`", is_declared=True)


def is_condition(scope: Scope, expression: Expression, binding: Binding) -> None:
    """Something that is true or not is asked for."""
    found = infer(scope, expression, binding)
    if not found.is_condition and found.unit is not None and not found.unit.is_plain:
        message = f"expected a condition, found a number in {found.unit}."
        scope.problems.add(expression.at, "not-a-condition", message, "Compare it with something: `x > 0`.")


def is_chance(scope: Scope, chance: Expression, binding: Binding) -> None:
    """Note where a chance has a unit, or is known to be none; one that hangs on parameters counts as the end that it passes."""
    expect(scope, infer(scope, chance, binding), Unit(), chance.at, "a chance")
    value = known_in(scope, chance, Unit())
    if value is not None and not 0 <= value <= 1:
        message = f"a chance lies between 0 and 1 (100 %); this is {value:g}."
        scope.problems.add(chance.at, "no-chance", message, "Write, for example, `30 %`.")


def is_moment(scope: Scope, moments: Iterable[Expression | None], binding: Binding) -> None:
    """Dates, or times with a unit."""
    for moment in moments:
        if moment is not None:
            expect(scope, infer(scope, moment, binding), scope.units.time, moment.at, "a moment")


def is_known_actor(scope: Scope, name: str, at: Span) -> None:
    """Where actors are declared, each that is named must be one of them."""
    if scope.actors and name not in scope.actors and name not in scope.doubtful:
        help = f'Declare `actor {name} "…"`.'
        scope.problems.add(at, "unknown-actor", f"`{name}` is no actor.", help, near=(name, scope.actors))


def is_known(scope: Scope, name: str, known: Collection[str], what: str, at: Span) -> None:
    """A scenario or a question that is named must be there."""
    if name not in known and name not in scope.doubtful:
        scope.problems.add(at, f"unknown-{what}", f"there is no {what} `{name}`.", near=(name, known))


def check_names(scope: Scope, names: Iterable[Name]) -> None:
    """Variables that are named as a whole, or with all their indices."""
    for name in names:
        symbol = scope.symbol(name.name, name.at)
        if symbol is not None and name.subscripts:
            scope.resolve(name, {})


def refuse_second(scope: Scope, found: Iterable[tuple[str, Span]], what: str) -> None:
    """Nothing is said twice: of two statements of one name, neither may win in silence."""
    seen: set[str] = set()
    for name, at in found:
        if name in seen:
            scope.problems.add(at, "duplicate-name", f"{what} `{name}` is declared twice.", "Rename one of them.")
        seen.add(name)
