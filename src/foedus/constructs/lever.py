"""`lever`: a number that somebody can set, with a range and places that have names."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from foedus.compile.amounts import constant_in
from foedus.compile.meaning import Definition
from foedus.compile.override import Override, Overrides, OverrideWord
from foedus.compile.program import ParameterSlot
from foedus.compile.scope import Item, Scope
from foedus.language.clauses import Notes
from foedus.language.construct import Construct, Example
from foedus.language.cursor import Clauses, Cursor
from foedus.language.expressions import expression, unit
from foedus.language.printer import clauses_text, notes_text, print_expression, print_prior, quoted, unit_text
from foedus.language.source import Span
from foedus.language.tree import ClaimsPrior, Expression, Name, UnitExpression, at_nowhere
from foedus.units import Unit

if TYPE_CHECKING:
    from foedus.compile.builder import Builder

__all__ = ["LEVER", "Lever", "Position"]


@dataclass(frozen=True)
class Position:
    """A place of a lever that has a name. `claims`: what the claims of a group say, in each future another value."""

    name: str
    value: Expression | ClaimsPrior
    at: Span = at_nowhere()


@dataclass(frozen=True)
class Lever(Definition):
    """A number that somebody can set, within a range.

    Attributes:
        low, high: the ends of its range.
        default: where it stands by itself; without it, at the position that rests on claims, else at the first one, else at the low end.
        group: under which it is listed.
        positions: places that have names.
        called: a short name, of one or two words, for where there is little room.
    """

    kind: ClassVar[str] = "lever"
    is_watched: ClassVar[bool] = False

    name: str
    unit: UnitExpression
    low: Expression
    high: Expression
    default: Expression | None = None
    label: str = ""
    group: str = ""
    because: str = ""
    positions: tuple[Position, ...] = ()
    at: Span = at_nowhere()
    called: str = ""

    @classmethod
    def parse(cls, cursor: Cursor) -> Lever:
        at = cursor.advance().at
        name = cursor.needs_name("of a lever").text
        cursor.needs(":", "and the unit of the lever")
        found = unit(cursor)
        cursor.needs("from", "and the low end of the lever")
        low = expression(cursor, 5)
        cursor.needs("to", "and the high end of the lever")
        high = expression(cursor, 5)
        extra, group, called, default = Notes(), "", "", None
        positions: list[Position] = []
        clauses = Clauses(cursor)
        while not cursor.at_statement_end():
            if clauses.takes("="):
                default = expression(cursor, 5)
            elif clauses.takes("group"):
                group = cursor.needs_string("after `group`")
            elif clauses.takes("called"):
                called = cursor.needs_string("after `called`")
            elif cursor.takes("named"):
                positions.append(_position(cursor))
                while cursor.takes(","):
                    positions.append(_position(cursor))
            elif not extra.take(cursor):
                break
        places = tuple(positions)
        return cls(name, found, low, high, default, extra.label, group, extra.because, places, at.to(cursor.last), called)

    def spell(self) -> str:
        text = f"lever {self.name} : {unit_text(self.unit)}{clauses_text(('from', self.low), ('to', self.high))}"
        text += f" = {print_expression(self.default, 5)}" if self.default is not None else ""
        text += notes_text(self.label) + (f" called {quoted(self.called)}" if self.called else "")
        text += f" group {quoted(self.group)}" if self.group else ""
        text += notes_text("", self.because)
        places = [
            f"{quoted(place.name)} = "
            + (print_prior(place.value) if isinstance(place.value, ClaimsPrior) else print_expression(place.value, 5))
            for place in self.positions
        ]
        return f"{text} named {', '.join(places)}" if places else text

    def unit_in(self, scope: Scope) -> Unit:
        return scope.unit(self.unit)

    def check_element(self, scope: Scope, item: Item) -> None:
        unit = scope.symbols[self.name].unit or Unit()
        low, high = (constant_in(scope, end, unit, "an end of a lever") for end in (self.low, self.high))
        if low >= high:
            scope.problems.add(self.at, "empty-range", f"lever `{self.name}` has an empty range.", "Write the low end first.")
        names = [position.name for position in self.positions]
        if len(set(names)) != len(names):
            scope.problems.add(self.at, "duplicate-name", f"lever `{self.name}` names a position twice.", "Rename one.")
        values: list[tuple[Expression, str]] = [(self.default, "the default")] if self.default is not None else []
        values += [
            (place.value, f"position `{place.name}`") for place in self.positions if not isinstance(place.value, ClaimsPrior)
        ]
        for value, what in values:
            found = constant_in(scope, value, unit, what)
            if found < low or found > high:
                message = f"{what} of lever `{self.name}` lies outside its range."
                scope.problems.add(value.at, "out-of-range", message, f"Choose a value from {low:g} to {high:g}.")

    def stands_at(self, scope: Scope) -> tuple[float | None, str]:
        """Where it stands by itself: (value in its unit, "") or (None, group of claims)."""
        unit = scope.unit(self.unit)
        if self.default is not None:
            return constant_in(scope, self.default, unit, "the default of a lever"), ""
        for place in self.positions:
            if isinstance(place.value, ClaimsPrior):
                return None, place.value.group or self.name
        values = [place.value for place in self.positions if not isinstance(place.value, ClaimsPrior)]
        return constant_in(scope, values[0] if values else self.low, unit, "the position of a lever"), ""

    def input(self, builder: Builder, item: Item) -> ParameterSlot:
        value, claims = self.stands_at(builder.scope)
        unit = builder.scope.symbols[self.name].unit or Unit()
        base, text = None if value is None else value * unit.scale, f'claims "{claims}"' if claims else ""
        return ParameterSlot(self.name, str(unit), unit.scale, self.label, self.because, None, base, claims, True, text)

    def overridden(self, builder: Builder, item: Item, override: Override, found: Overrides) -> None:
        """A scenario sets a number of the range, or one of the positions."""
        scope, value, unit = builder.scope, override.value, builder.scope.symbols[self.name].unit or Unit()
        if isinstance(value, OverrideWord | Name):
            wanted = value.text if isinstance(value, OverrideWord) else value.name
            positions = {position.name: position.value for position in self.positions}
            if wanted not in positions:
                help = f"Its positions: {', '.join(positions)}." if positions else "It has no named position; write a number."
                message = f"lever `{self.name}` has no position `{wanted}`."
                scope.problems.add(override.at, "unknown-position", message, help, near=(wanted, positions))
                return
            value = positions[wanted]
        if value is not None and not isinstance(value, ClaimsPrior):
            number = constant_in(scope, value, unit, f"the override of `{self.name}`")
            low, high = constant_in(scope, self.low, unit, "the low end"), constant_in(scope, self.high, unit, "the high end")
            if number < low or number > high:
                ends = f"{low:g} to {high:g}{'' if unit.is_plain else f' {unit}'}"
                message = f"lever `{self.name}` goes from {ends}; {number:g} lies outside."
                scope.problems.add(override.at, "out-of-range", message, "Choose a value inside, or widen the lever.")
        builder.set_number(item, dataclasses.replace(override, value=value), found)

    def worth(self, builder: Builder, item: Item) -> int:
        return builder.graph.leaf("parameter", builder.parameter_of[item.key], "future")


def _position(cursor: Cursor) -> Position:
    at = cursor.token.at
    name = cursor.strings() if cursor.token.kind == "string" else cursor.needs_name("of a position").text
    cursor.needs("=", "and the value of the position")
    start = cursor.token.at
    if cursor.takes("claims"):
        group = cursor.advance().text if cursor.token.kind == "string" and cursor.ahead().text != "=" else None
        return Position(name, ClaimsPrior(group, False, start.to(cursor.last)), at.to(cursor.last))
    return Position(name, expression(cursor, 5), at.to(cursor.last))


LEVER = Construct(
    "lever",
    Lever.parse,
    (Lever,),
    "from, to, =, called, group, named, because",
    is_variable=True,
    place="model",
    examples=(
        Example(
            """\
lever contingent : person from 0 person to 100000 person "Foreign troops sent" called "Troops" group "What the north can do"
  named none = 0, "as reported" = claims "foreign troops", "many times more" = 100000""",
            "It stands where the claims say, unless somebody sets it.",
        ),
        Example("lever aid : 1 from 0 to 2 = 1", "It stands at 1."),
    ),
)
