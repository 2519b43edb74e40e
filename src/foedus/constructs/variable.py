"""`let`, `table` and `param`: what follows from other things, what is read off a line, and what stays as it is."""

from __future__ import annotations

import itertools
import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from foedus.compile.amounts import constant_in, distribution, note_because
from foedus.compile.checks import check_definition
from foedus.compile.dimension import infer
from foedus.compile.kinds import Kind, expect
from foedus.compile.lower import lower_definition
from foedus.compile.meaning import Definition, Lookup
from foedus.compile.program import ParameterSlot
from foedus.compile.scope import Item, Scope, spell
from foedus.compile.value import Value, choose
from foedus.language.clauses import indexed_name, notes
from foedus.language.construct import Construct, Example
from foedus.language.cursor import Cursor
from foedus.language.expressions import constant, expression, number_with_unit, prior, unit
from foedus.language.printer import indexed_text, notes_text, number_text, print_expression, print_prior, quoted, unit_text
from foedus.language.source import Span
from foedus.language.tree import ClaimsPrior, DateLiteral, Expression, Number, Prior, UnitExpression, at_nowhere
from foedus.units import Unit

if TYPE_CHECKING:
    from foedus.compile.builder import Builder

__all__ = ["LET", "PARAM", "TABLE", "Let", "Parameter", "Table", "prior_slot"]

LONGEST_TABLE = 1000


@dataclass(frozen=True)
class Let(Definition):
    """An auxiliary: at every moment its value follows from that of others.

    Attributes:
        indices: over which there is one for each element.
        value: what it follows from.
    """

    kind: ClassVar[str] = "let"

    name: str
    indices: tuple[str, ...]
    unit: UnitExpression
    value: Expression
    label: str = ""
    because: str = ""
    at: Span = at_nowhere()

    @classmethod
    def parse(cls, cursor: Cursor) -> Let:
        at = cursor.advance().at
        name, indices, _ = indexed_name(cursor, "of an auxiliary")
        cursor.needs(":", "and the unit")
        found = unit(cursor)
        cursor.needs("=", "and the definition")
        value = expression(cursor)
        extra = notes(cursor)
        return cls(name, indices, found, value, extra.label, extra.because, at.to(cursor.last))

    def spell(self) -> str:
        text = f"let {indexed_text(self.name, self.indices)} : {unit_text(self.unit)} = {print_expression(self.value)}"
        return text + notes_text(self.label, self.because)

    def over(self) -> tuple[str, ...]:
        return self.indices

    def unit_in(self, scope: Scope) -> Unit:
        return scope.unit(self.unit)

    def check_element(self, scope: Scope, item: Item) -> None:
        check_definition(scope, item, self.value)

    @property
    def formula(self) -> Expression:
        return self.value

    def worth(self, builder: Builder, item: Item) -> int:
        return lower_definition(builder, item, self.value)


@dataclass(frozen=True)
class Table(Lookup):
    """A lookup: piecewise linear through points with rising x (or each y held until the next x), flat outside. `NAME(x)` reads it.

    Attributes:
        of: the unit of x; None where x is a time or a date.
        points: (x, y).
        is_held: does each y hold until the next x?
    """

    kind: ClassVar[str] = "table"
    is_kept: ClassVar[bool] = False
    is_watched: ClassVar[bool] = False
    may_be_set: ClassVar[bool] = False

    name: str
    unit: UnitExpression
    of: UnitExpression | None
    points: tuple[tuple[Number | DateLiteral, Number], ...]
    label: str = ""
    because: str = ""
    at: Span = at_nowhere()
    is_held: bool = False

    @classmethod
    def parse(cls, cursor: Cursor) -> Table:
        at = cursor.advance().at
        name = cursor.needs_name("of a table").text
        cursor.needs(":", "and the unit")
        found = unit(cursor)
        cursor.needs("of", "and the unit of x")
        of = None if cursor.takes("time", "date") else unit(cursor)
        cursor.needs("=", "and the points")
        points: list[tuple[Number | DateLiteral, Number]] = []
        while cursor.takes("("):
            if len(points) >= LONGEST_TABLE:
                message = f"a table has at most {LONGEST_TABLE:,} points."
                raise cursor.problem("table-too-long", message, "Thin it out; it is linear between points.")
            x = constant(cursor)
            cursor.needs(",", "between x and y")
            points.append((x, number_with_unit(cursor)))
            cursor.needs(")", "to close the point")
            cursor.takes(",")
        is_held = cursor.takes("held")
        extra = notes(cursor)
        return cls(name, found, of, tuple(points), extra.label, extra.because, at.to(cursor.last), is_held)

    def spell(self) -> str:
        points = " ".join(
            f"({x.value if isinstance(x, DateLiteral) else number_text(x)}, {number_text(y)})" for x, y in self.points
        )
        of = unit_text(self.of) if self.of else "time"
        points += " held" * self.is_held
        return f"table {self.name} : {unit_text(self.unit)} of {of} = {points}" + notes_text(self.label, self.because)

    def unit_in(self, scope: Scope) -> Unit:
        return scope.unit(self.unit)

    def argument_in(self, scope: Scope) -> Unit:
        return scope.units.time if self.of is None else scope.unit(self.of)

    def check_element(self, scope: Scope, item: Item) -> None:
        unit, of = scope.unit(self.unit), self.argument_in(scope)
        if len(self.points) < 2:
            scope.problems.add(self.at, "short-table", f"table `{self.name}` needs two points or more.", "Write (x, y) (x, y).")
        before = -math.inf
        for at, y in self.points:
            infer(scope, at, {})
            x = constant_in(scope, at, of, "x of a table")
            constant_in(scope, y, unit, "y of a table")
            if x <= before:
                said = f"has the point x = {x:g} twice" if x == before else f"goes back in x: {x:g} after {before:g}"
                scope.problems.add(at.at, "table-not-rising", f"table `{self.name}` {said}.", "Sort the points; each x once.")
            before = x

    def looked_up(self, builder: Builder, x: int) -> int:
        """Exact at the points."""
        graph, scope, unit, of = builder.graph, builder.scope, builder.scope.unit(self.unit), self.argument_in(builder.scope)
        points = [
            (constant_in(scope, at, of, "x of a table") * of.scale, constant_in(scope, y, unit, "y of a table") * unit.scale)
            for at, y in self.points
        ]

        def known(number: float) -> Value:
            return Value(graph, graph.number(number))

        here, value = Value(graph, x), known(points[0][1])
        if self.is_held:
            for x1, y1 in points[1:]:
                value = choose(here < known(x1), value, y1)
            return value.node
        for (x0, y0), (x1, y1) in itertools.pairwise(points):
            slope = known((y1 - y0) / (x1 - x0))
            line = known(y0) + slope * (here - x0)
            value = choose(here < known(x0), value, line)
        last_x, last_y = points[-1]
        return choose(here < known(last_x), value, last_y).node


@dataclass(frozen=True)
class Parameter(Definition):
    """A constant of a future: fixed (`value`), or drawn once for each future (`prior`).

    Attributes:
        indices: over which there is one for each element.
        value: of a fixed one.
        prior: what is believed of an uncertain one.
    """

    kind: ClassVar[str] = "param"
    is_kept: ClassVar[bool] = False
    is_watched: ClassVar[bool] = False

    name: str
    indices: tuple[str, ...]
    unit: UnitExpression
    value: Expression | None
    prior: Prior | None
    label: str = ""
    because: str = ""
    at: Span = at_nowhere()

    @classmethod
    def parse(cls, cursor: Cursor) -> Parameter:
        at = cursor.advance().at
        name, indices, _ = indexed_name(cursor, "of a parameter")
        cursor.needs(":", "and the unit of the parameter")
        found = unit(cursor)
        value = law = None
        if cursor.takes("~"):
            law = prior(cursor)
        else:
            cursor.needs("=", "or `~`, and the value")
            value = expression(cursor)
        extra = notes(cursor)
        return cls(name, indices, found, value, law, extra.label, extra.because, at.to(cursor.last))

    def spell(self) -> str:
        text = f"param {indexed_text(self.name, self.indices)} : {unit_text(self.unit)}"
        text += f" ~ {print_prior(self.prior)}" if self.prior is not None else ""
        text += f" = {print_expression(self.value)}" if self.prior is None and self.value is not None else ""
        if isinstance(self.prior, ClaimsPrior) and self.prior.group is None and self.label:
            return f"{text} because {quoted(self.because)} {quoted(self.label)}"  # else the label would name the group
        return text + notes_text(self.label, self.because)

    def over(self) -> tuple[str, ...]:
        return self.indices

    def unit_in(self, scope: Scope) -> Unit:
        return scope.unit(self.unit)

    def check_element(self, scope: Scope, item: Item) -> None:
        if self.value is not None:
            check_definition(scope, item, self.value)
        elif self.prior is not None:
            unit, rests_on_claims = scope.symbols[self.name].unit or Unit(), isinstance(self.prior, ClaimsPrior)
            if isinstance(self.prior, ClaimsPrior) and self.prior.is_belief:
                expect(scope, Kind(Unit()), unit, self.at, f"belief `{self.name}`")
            distribution(scope, self.prior, unit)
            if not rests_on_claims and not self.because:
                note_because(scope, self.at, self.name)

    @property
    def initially(self) -> Expression | None:
        return self.value

    def needs(self, at_start: bool) -> list[Expression | None]:
        return [self.value]

    def input(self, builder: Builder, item: Item) -> ParameterSlot | None:
        if self.prior is not None:
            return prior_slot(builder.scope, item, self.prior, self.because)
        if self.value is None or not builder.is_overridden(item.key):
            return None
        unit, name = builder.scope.symbols[self.name].unit or Unit(), spell(item.key)
        value = constant_in(builder.scope, self.value, unit, f"parameter `{name}`, which a scenario overrides,")
        return ParameterSlot(name, str(unit), unit.scale, self.label, self.because, None, value * unit.scale)

    def worth(self, builder: Builder, item: Item) -> int:
        slot = builder.parameter_of.get(item.key)
        if slot is None and self.value is not None:  # fixed, and no scenario touches it
            return lower_definition(builder, item, self.value)
        return builder.graph.leaf("parameter", slot, "future")


def prior_slot(scope: Scope, item: Item, prior: Prior, because: str) -> ParameterSlot:
    """The slot of an uncertain parameter, with its own prior or with another one."""
    unit, name = scope.symbols[item.key[0]].unit or Unit(), spell(item.key)
    claims = (prior.group or name) if isinstance(prior, ClaimsPrior) else ""
    is_belief, law = isinstance(prior, ClaimsPrior) and prior.is_belief, distribution(scope, prior, unit)
    return ParameterSlot(
        name, str(unit), unit.scale, item.statement.label, because, law, None, claims, False, print_prior(prior), is_belief
    )


LET = Construct(
    "let",
    Let.parse,
    (Let,),
    "because",
    is_variable=True,
    examples=(
        Example(
            'let ratio : 1 = fire[red] / fire[blue] "How many times the enemy\'s fire"',
            "The ratio of the two at every moment.",
            "index side = red, blue\nparam fire[side] : 1 = 2",
        ),
    ),
)
TABLE = Construct(
    "table",
    Table.parse,
    (Table,),
    "because",
    is_variable=True,
    examples=(
        Example(
            "table newness : 1 of week = (0, 1.6) (8, 1.2) (26, 1.0)\nlet shock : 1 = newness(time)",
            "It is 1.6 at first and falls to 1 within half a year; linear between the points, flat outside.",
        ),
        Example("table rain : 1 of time = (2024-11-01, 0.2) (2025-01-01, 1)\nlet mud : 1 = rain(time)", "With dates as x."),
    ),
)
PARAM = Construct(
    "param",
    Parameter.parse,
    (Parameter,),
    "because",
    is_variable=True,
    examples=(
        Example("param portion : 1 = 0.3", "Fixed."),
        Example(
            'param lethality : 1/shell ~ 1e-5 to 4e-5 because "fitted to the year before"',
            "A 90 % interval: drawn once for each future.",
            "unit shell",
        ),
        Example(
            'param troops[red] : person ~ claims "troops of red"',
            "What the claims of a group say together.",
            "index side = red, blue",
        ),
        Example('param arms : 1 ~ belief "arms were sent"', "The log-odds to which claims for and against something add up."),
    ),
)
