"""What an expression can be, a condition or a number with a unit, and what is said where two of them do not go together."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from foedus.compile.scope import Scope
from foedus.language import Span
from foedus.units import UNKNOWN_UNIT, Unit

__all__ = ["ANY", "CONDITION", "PLAIN", "UNKNOWN", "Kind", "expect", "joined"]


@dataclass(frozen=True)
class Kind:
    """What an expression is: a condition, or a number with a unit (None: any unit fits, as for 0)."""

    unit: Unit | None = None
    is_condition: bool = False

    def __str__(self) -> str:
        return "a condition" if self.is_condition else "0" if self.unit is None else f"{self.unit}"


PLAIN = Kind(Unit())
CONDITION = Kind(Unit(), True)
ANY = Kind(None)
UNKNOWN = Kind(UNKNOWN_UNIT)  # of what has a problem already


def expect(scope: Scope, found: Kind, wanted: Unit, at: Span, what: str, is_declared: bool = False) -> None:
    """Note a problem unless a number of the wanted unit was found (a condition counts as a plain number).

    With `is_declared` the wanted unit is what the text declares, and could be declared otherwise.
    """
    if found.unit is None or found.unit.matches(wanted):
        return
    way = _way_out(scope, found.unit, wanted, is_declared)
    scope.problems.add(at, "units-differ", f"units differ in {what}: found {found.unit}, expected {wanted}.", way)


def _way_out(scope: Scope, found: Unit, wanted: Unit, is_declared: bool = False) -> str:
    ratio = wanted.over(found)
    time = scope.units.time
    otherwise = f", or declare the unit as {found}." if is_declared else "."
    if found.is_plain and not is_declared:
        return f"Give the number its unit: write it with {wanted}."
    if ratio.dimensions == time.dimensions:
        return f"Multiply by a time in {time}{otherwise}"
    if ratio.dimensions == time.to_power(Fraction(-1)).dimensions:
        return f"Multiply by a rate in 1/{time} (or divide by a time){otherwise}"
    if found.is_plain:
        return f"Give the number its unit: write it with {wanted}."
    if wanted.is_plain:
        return f"Divide by one {found}{otherwise}"
    return f"Multiply by something in {Unit(ratio.dimensions)}{otherwise}"


def joined(scope: Scope, left: Kind, right: Kind, at: Span, what: str) -> Kind:
    """The kind of two values that have to be of one."""
    if left.is_condition and right.is_condition:
        return CONDITION
    if left.unit is None:
        return Kind(right.unit)
    if right.unit is not None and not left.unit.matches(right.unit):
        message = f"units differ in {what}: {left.unit} and {right.unit}."
        scope.problems.add(at, "units-differ", message, _way_out(scope, right.unit, left.unit))
    return Kind(left.unit)
