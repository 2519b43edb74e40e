"""Pieces that statements have in common: a name with its indices, a moment, how often, a label and a reason."""

from __future__ import annotations

from dataclasses import dataclass

from foedus.language.cursor import Cursor
from foedus.language.expressions import constant, duration, name_with_subscripts, number_with_unit, unit
from foedus.language.source import Span
from foedus.language.tree import Expression, Name, Number

__all__ = ["Notes", "every_duration", "indexed_name", "moment", "names", "notes", "numbers"]


@dataclass
class Notes:
    """What may trail any statement: a label and a reason."""

    label: str = ""
    because: str = ""

    def take(self, cursor: Cursor) -> bool:
        if cursor.token.kind == "string":
            self.label += cursor.strings()
            return True
        if cursor.sees("because") and self.because:
            raise cursor.problem("repeated-clause", "`because` stands twice in this statement.", "Keep one of the two.")
        if cursor.takes("because"):
            self.because += cursor.needs_string("after `because`")
            return True
        return False


def notes(cursor: Cursor) -> Notes:
    found = Notes()
    while found.take(cursor):
        pass
    return found


def indexed_name(cursor: Cursor, purpose: str) -> tuple[str, tuple[str, ...], Span]:
    found = name_with_subscripts(cursor, purpose)
    for subscript in found.subscripts:
        if subscript.map is not None:
            raise cursor.problem("bad-index", "a definition takes an index or an element, not a map.", at=subscript.at)
    return found.name, tuple(subscript.name for subscript in found.subscripts), found.at


def moment(cursor: Cursor) -> Expression:
    """A date, a time with a unit, or `the end`."""
    if cursor.takes("the") or cursor.sees("end"):
        at = cursor.needs("end").at
        return Name("end", (), at)
    return constant(cursor)


def every_duration(cursor: Cursor) -> Number:
    """`week`, `4 weeks`: what follows `every`."""
    if cursor.token.kind == "name":
        at = cursor.token.at
        return Number(1.0, unit(cursor), at)
    return duration(cursor, "after `every`")


def names(cursor: Cursor, purpose: str) -> tuple[str, ...]:
    """One name or more, with commas between."""
    found = [cursor.needs_name(purpose).text]
    while cursor.takes(","):
        found.append(cursor.needs_name(purpose).text)
    return tuple(found)


def numbers(cursor: Cursor, count: int, purpose: str) -> tuple[Number, ...]:
    """`(1, 2)`: so many constants in brackets."""
    cursor.needs("(", f"and the numbers {purpose}")
    found = [number_with_unit(cursor)]
    while len(found) < count:
        cursor.needs(",", f"and the next number {purpose}")
        found.append(number_with_unit(cursor))
    cursor.needs(")", f"after the numbers {purpose}")
    return tuple(found)
