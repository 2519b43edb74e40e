"""`unit`, `index`, `map`, `actor`, `correlate` and `chart`: what variables are made of, and what is said about them."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from foedus.compile.checks import check_names
from foedus.compile.scope import Meaning, Scope
from foedus.language.clauses import names
from foedus.language.construct import Construct, Example
from foedus.language.cursor import Cursor
from foedus.language.expressions import name_with_subscripts, number_with_unit
from foedus.language.printer import name_text, number_text, print_expression, quoted
from foedus.language.reserved import COLUMNS, TIME_WORDS, output_meaning, word_meaning
from foedus.language.source import Span
from foedus.language.tree import Name, Number, UnitExpression, at_nowhere
from foedus.units import Unit, written_in_months

if TYPE_CHECKING:
    from foedus.compile.builder import Builder

__all__ = [
    "ACTOR",
    "CHART",
    "CORRELATE",
    "INDEX",
    "MAP",
    "UNIT",
    "Actor",
    "Chart",
    "Correlate",
    "Index",
    "Map",
    "UnitStatement",
    "coefficients",
    "counts_months",
]


@dataclass(frozen=True)
class UnitStatement(Meaning):
    """A unit of one's own; with a definition, a multiple of another."""

    name: str
    definition: Number | None
    at: Span = at_nowhere()

    @classmethod
    def parse(cls, cursor: Cursor) -> list[UnitStatement]:
        cursor.advance()
        found = []
        while True:
            name = cursor.needs_name("of a unit")
            definition = number_with_unit(cursor) if cursor.takes("=") else None
            found.append(cls(name.text, definition, name.at.to(cursor.last)))
            if not cursor.takes(","):
                return found

    def spell(self) -> str:
        return f"unit {self.name}" + (f" = {number_text(self.definition)}" if self.definition else "")

    def unit_made(self) -> tuple[str, UnitExpression] | None:
        unit = self.definition.unit if self.definition is not None else None
        return None if unit is None else (self.name, unit)

    def ground(self, scope: Scope) -> None:
        problems, name = scope.problems, self.name
        scope.not_values.setdefault(name, "It is a unit: it stands after a number, as in `3 UNIT`.")
        if problems.is_unread(self.at):
            scope.units.assume(name)  # whatever was read of it may be half of what stands there
        elif name in scope.units.declared and not scope.units.declared[name].is_unknown:
            problems.add(self.at, "duplicate-name", f"unit `{name}` is declared twice.", "Remove one.")
        elif name in TIME_WORDS or name == "percent" or word_meaning(name):
            what = word_meaning(name) or "a unit of the language"
            problems.add(self.at, "reserved-name", f"`{name}` has a meaning already: it is {what}.", "Choose another name.")
        elif self.definition is None:
            scope.units.declare(name, None)
        else:
            unit = self.definition.unit
            base = scope.unit(unit) if unit else Unit()
            size = base.scale * self.definition.value
            if 1e-30 < size < 1e30:
                scope.units.declare(name, base, self.definition.value)
                if unit is not None and counts_months(unit, scope.units.of_months):
                    scope.units.of_months.add(name)
            else:
                scope.units.assume(name)
                problems.add(
                    self.at, "bad-unit", f"unit `{name}` would be {size:g} base units.", "Use a positive number of ordinary size."
                )


def counts_months(written: UnitExpression, known: Collection[str]) -> bool:
    """Is it a month, a year, or a unit that is made of those?"""
    return written_in_months(written.factors, known)


@dataclass(frozen=True)
class Index(Meaning):
    """Names of elements, over which variables can be defined."""

    name: str
    elements: tuple[str, ...]
    at: Span = at_nowhere()

    @classmethod
    def parse(cls, cursor: Cursor) -> Index:
        at = cursor.advance().at
        name = cursor.needs_name("of an index").text
        cursor.needs("=", "before the elements")
        return cls(name, names(cursor, "of an element"), at.to(cursor.last))

    def spell(self) -> str:
        return f"index {self.name} = {', '.join(self.elements)}"

    def declares(self) -> tuple[str, ...]:
        return (self.name, *self.elements)

    def ground(self, scope: Scope) -> None:
        problems = scope.problems
        if self.name in scope.indices:
            problems.add(self.at, "duplicate-name", f"index `{self.name}` is declared twice.", "Remove one.")
        if len(set(self.elements)) != len(self.elements):
            problems.add(self.at, "duplicate-name", f"index `{self.name}` names an element twice.", "Remove one.")
        clash = {self.name, *scope.indices} & {*self.elements, *scope.elements}
        if clash:
            problems.add(
                self.at, "duplicate-name", f"`{sorted(clash)[0]}` is both an index and an element.", "Rename one of them."
            )
        column = "a column of saved tables" if self.name in COLUMNS else ""
        for name, what in (
            (self.name, output_meaning(self.name) or column),
            *((one, word_meaning(one)) for one in self.elements),
        ):
            if what:
                problems.add(self.at, "reserved-name", f"`{name}` has a meaning already: it is {what}.", "Choose another name.")
        scope.indices[self.name] = self.elements
        for element in self.elements:
            scope.elements.setdefault(element, []).append(self.name)


@dataclass(frozen=True)
class Map(Meaning):
    """From each element of one index to an element of another.

    Attributes:
        source, target: the two indices.
        pairs: (element, its element of the other index).
    """

    name: str
    source: str
    target: str
    pairs: tuple[tuple[str, str], ...]
    at: Span = at_nowhere()

    @classmethod
    def parse(cls, cursor: Cursor) -> Map:
        at = cursor.advance().at
        name = cursor.needs_name("of a map").text
        cursor.needs(":")
        source = cursor.needs_name("of an index").text
        cursor.needs("->")
        target = cursor.needs_name("of an index").text
        cursor.needs("=")
        pairs = []
        while True:
            left = cursor.needs_name("of an element").text
            cursor.needs("->")
            pairs.append((left, cursor.needs_name("of an element").text))
            if not cursor.takes(","):
                return cls(name, source, target, tuple(pairs), at.to(cursor.last))

    def spell(self) -> str:
        pairs = ", ".join(f"{left} -> {right}" for left, right in self.pairs)
        return f"map {self.name} : {self.source} -> {self.target} = {pairs}"

    def mentions(self) -> frozenset[str]:
        return frozenset((self.source, self.target))

    def ground(self, scope: Scope) -> None:
        problems, name = scope.problems, self.name
        scope.not_values.setdefault(name, "It is a map: it stands in brackets, as in `x[MAP(index)]`.")
        if name in scope.maps or name in scope.indices or name in scope.elements:
            problems.add(self.at, "duplicate-name", f"`{name}` is declared twice.", "Rename one of them.")
        unknown = [one for one in (self.source, self.target) if one not in scope.indices]
        for one in unknown:
            if one not in scope.doubtful:
                problems.add(self.at, "unknown-index", f"`{one}` is no index.", near=(one, scope.indices))
        if unknown or not scope.doubtful.isdisjoint((self.source, self.target)):
            scope.doubtful.add(name)
            return
        self._check_pairs(scope)
        scope.maps[name] = dict(self.pairs)

    def _check_pairs(self, scope: Scope) -> None:
        lefts = [left for left, _ in self.pairs]
        missing = set(scope.indices[self.source]) ^ set(lefts)
        strange = {right for _, right in self.pairs} - set(scope.indices[self.target])
        help = "Name each element of the first index once."
        if missing or strange:
            message = f"map `{self.name}` leaves out or invents {', '.join(sorted(missing | strange))}."
            scope.problems.add(self.at, "bad-map", message, help)
        elif len(set(lefts)) != len(lefts):
            message = f"map `{self.name}` says two things of {next(left for left in lefts if lefts.count(left) > 1)}."
            scope.problems.add(self.at, "bad-map", message, help)


@dataclass(frozen=True)
class Actor(Meaning):
    """Who makes treaties and decides. Where one is declared, all have to be."""

    name: str
    label: str
    at: Span = at_nowhere()

    @classmethod
    def parse(cls, cursor: Cursor) -> list[Actor]:
        cursor.advance()
        found = []
        while True:
            name = cursor.needs_name("of an actor")
            found.append(cls(name.text, cursor.strings(), name.at))
            if not cursor.takes(","):
                return found

    def spell(self) -> str:
        return f"actor {self.name}" + (f" {quoted(self.label)}" if self.label else "")

    def ground(self, scope: Scope) -> None:
        scope.not_values.setdefault(self.name, "It is an actor: it has no value.")
        if self.name in scope.actors:
            scope.problems.add(self.at, "duplicate-name", f"actor `{self.name}` is declared twice.", "Remove one.")
        scope.actors[self.name] = self.label or self.name


@dataclass(frozen=True)
class Correlate(Meaning):
    """Two uncertain parameters that are drawn together, with the coefficient of their normal scores."""

    first: Name
    second: Name
    coefficient: float
    at: Span = at_nowhere()

    @classmethod
    def parse(cls, cursor: Cursor) -> Correlate:
        at = cursor.advance().at
        first = name_with_subscripts(cursor, "of a parameter")
        cursor.needs("with")
        second = name_with_subscripts(cursor, "of a parameter")
        cursor.needs("at")
        coefficient = number_with_unit(cursor)
        return cls(first, second, coefficient.value, at.to(cursor.last))

    def spell(self) -> str:
        return f"correlate {name_text(self.first)} with {name_text(self.second)} at {self.coefficient!r}"

    @classmethod
    def check_all(cls, scope: Scope) -> None:
        """One coefficient for each pair, in whichever order it is written."""
        seen: dict[frozenset[object], Correlate] = {}
        for statement in scope.tree.all(Correlate):
            items = [scope.resolve(name, {}) for name in (statement.first, statement.second)]
            pair: frozenset[object] = frozenset(item.key for item in items if item is not None)
            before = seen.setdefault(pair, statement)
            if None in items or before is statement:
                continue
            line = scope.problems.source.place(before.at.start)[0]
            both = f"`{print_expression(statement.first)}` and `{print_expression(statement.second)}`"
            message = f"{both} are correlated in line {line} already, at {before.coefficient:g}."
            scope.problems.add(statement.at, "repeated-correlation", message, "Keep one of the two.")


def coefficients(builder: Builder) -> tuple[tuple[int, int, float], ...]:
    """(slot, slot, coefficient) of each correlation; problems are noted."""
    found = [pair for one in builder.scope.tree.all(Correlate) if (pair := _pair(builder, one)) is not None]
    slots = sorted({slot for first, second, _ in found for slot in (first, second)})
    matrix = np.eye(len(slots))
    for first, second, coefficient in found:
        matrix[slots.index(first), slots.index(second)] = matrix[slots.index(second), slots.index(first)] = coefficient
    if slots and np.linalg.eigvalsh(matrix)[0] <= 1e-10:
        help, at = (
            "Make some of them weaker: no joint distribution has these correlations.",
            builder.scope.tree.all(Correlate)[0].at,
        )
        message = "the correlations contradict each other (not positive definite)."
        builder.scope.problems.add(at, "not-positive-definite", message, help)
    return tuple(found)


def _pair(builder: Builder, correlate: Correlate) -> tuple[int, int, float] | None:
    """Both slots, the lower one first; None if one of them is none, or the coefficient is no correlation."""
    problems, slots = builder.scope.problems, []
    for name in (correlate.first, correlate.second):
        item = builder.scope.resolve(name, {})
        slot = builder.parameter_of.get(item.key) if item is not None else None
        uncertain = slot is not None and (builder.parameters[slot].is_uncertain)
        if item is not None and not uncertain:
            problems.add(name.at, "not-uncertain", f"`{name.name}` is no uncertain parameter.", "Give it a prior.")
        slots += [slot] if slot is not None else []
    if not -1 < correlate.coefficient < 1:
        message = f"a correlation lies between -1 and 1; found {correlate.coefficient:g}."
        problems.add(correlate.at, "bad-correlation", message, "Choose a number inside.")
        return None
    if len(slots) < 2:
        return None
    if slots[0] == slots[1]:
        problems.add(correlate.at, "bad-correlation", "a parameter cannot be correlated with itself.", "Remove this.")
    return min(slots), max(slots), correlate.coefficient


@dataclass(frozen=True)
class Chart(Meaning):
    """Variables that are shown together over time."""

    title: str
    names: tuple[Name, ...]
    at: Span = at_nowhere()

    @classmethod
    def parse(cls, cursor: Cursor) -> Chart:
        at = cursor.advance().at
        title = cursor.needs_string("with the title of the chart")
        cursor.needs("of")
        found = [name_with_subscripts(cursor, "of a variable")]
        while cursor.takes(","):
            found.append(name_with_subscripts(cursor, "of a variable"))
        return cls(title, tuple(found), at.to(cursor.last))

    def spell(self) -> str:
        return f"chart {quoted(self.title)} of {', '.join(name_text(name) for name in self.names)}"

    def check(self, scope: Scope) -> None:
        check_names(scope, self.names)


UNIT = Construct(
    "unit",
    UnitStatement.parse,
    (UnitStatement,),
    declares_several=True,
    place="model",
    examples=(Example("unit shell, brigade = 3000 person", "A unit of its own, and a multiple of another one."),),
)
INDEX = Construct(
    "index",
    Index.parse,
    (Index,),
    declares_several=True,
    examples=(
        Example(
            "index side = red, blue\nparam fire[side] : 1 = 2\nlet all_fire : 1 = sum(fire)",
            "What is defined over `side` stands for both of its elements.",
        ),
    ),
)
MAP = Construct(
    "map",
    Map.parse,
    (Map,),
    is_variable=True,
    declares_several=True,
    examples=(
        Example(
            "map enemy : side -> side = red -> blue, blue -> red\nlet danger[side] : 1 = fire[enemy(side)]",
            "Each side is in danger by the fire of the other.",
            "index side = red, blue\nparam fire[side] : 1 = 2",
        ),
    ),
)
ACTOR = Construct(
    "actor",
    Actor.parse,
    (Actor,),
    declares_several=True,
    examples=(Example('actor north "The north", south "The south"', "Two actors, with what they are called in sentences."),),
)
CORRELATE = Construct(
    "correlate",
    Correlate.parse,
    (Correlate,),
    examples=(
        Example(
            "correlate fire with aim at 0.4",
            "Whoever has more fire aims better, too.",
            'param fire : 1 ~ 1 to 3 because "a guess"\nparam aim : 1 ~ 0.2 to 0.4 because "a guess"\nlet hits : 1 = fire * aim',
        ),
    ),
)
CHART = Construct(
    "chart",
    Chart.parse,
    (Chart,),
    place="model",
    examples=(
        Example(
            'chart "Men on both sides" of men',
            "Both elements, over time.",
            "index side = red, blue\nstock men[side] : person = 100 person",
        ),
    ),
)
