"""Units: dimensions with exponents, and how large one is in the model's own base."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from foedus.errors import suggestion

__all__ = [
    "BUILT_IN_UNITS",
    "DAYS",
    "PREFIXES",
    "UNKNOWN_UNIT",
    "Unit",
    "UnitProblem",
    "UnitTable",
    "read_unit",
    "singular",
    "spell_factors",
    "written_in_months",
]

# how many days one is; a month is a twelfth of a Julian year
DAYS = {
    "second": 1 / 86400,
    "minute": 1 / 1440,
    "hour": 1 / 24,
    "day": 1.0,
    "week": 7.0,
    "month": 365.25 / 12,
    "year": 365.25,
}
_PLAIN = {"m": "m", "g": "g", "metre": "m", "gram": "g", "A": "A", "K": "K", "mol": "mol"}
PREFIXES = {
    "n": 1e-9,
    "u": 1e-6,
    "µ": 1e-6,
    "m": 1e-3,
    "c": 1e-2,
    "d": 1e-1,
    "h": 1e2,
    "k": 1e3,
    "M": 1e6,
    "G": 1e9,
    "T": 1e12,
    "kilo": 1e3,
    "mega": 1e6,
    "giga": 1e9,
    "milli": 1e-3,
    "micro": 1e-6,
}
_OTHER = {"kg": ("g", 1000.0), "km": ("m", 1000.0), "t": ("g", 1e6), "tonne": ("g", 1e6), "ha": ("m2", 1e4)}
BUILT_IN_UNITS = frozenset({*DAYS, *(name + "s" for name in DAYS), *_PLAIN, *_OTHER, "%", "percent", "cm", "mm", "mg"})

UNKNOWN = "?"  # begins the name of a dimension that stands in for an unknown unit
_SMALLEST = 1e-100
Dimensions = tuple[tuple[str, Fraction], ...]


class UnitProblem(Exception):
    """A unit that is not known, with what to do."""

    def __init__(self, message: str, help: str, name: str = "") -> None:
        super().__init__(message)
        self.message, self.help, self.name = message, help, name


@dataclass(frozen=True)
class Unit:
    """A unit of measure.

    Attributes:
        dimensions: base units with their exponents, sorted by name; empty for plain numbers.
        scale: how many base units one of this unit is.
        text: as it is shown.
    """

    dimensions: Dimensions = ()
    scale: float = 1.0
    text: str = ""

    def matches(self, other: Unit) -> bool:
        """Can both be added up? What is not known is given the benefit of the doubt: it is a problem of its own."""
        return self.dimensions == other.dimensions or self.is_unknown or other.is_unknown

    @property
    def is_unknown(self) -> bool:
        """Is something in it that nobody declared?"""
        return any(name.startswith(UNKNOWN) for name, _ in self.dimensions)

    def times(self, other: Unit, sign: int = 1) -> Unit:
        if self.is_unknown or other.is_unknown:
            return UNKNOWN_UNIT
        powers = dict(self.dimensions)
        for name, power in other.dimensions:
            powers[name] = powers.get(name, Fraction(0)) + sign * power
        return Unit(_clean(powers), self.scale * other.scale if sign > 0 else self.scale / (other.scale or math.inf))

    def over(self, other: Unit) -> Unit:
        return self.times(other, -1)

    def to_power(self, power: Fraction) -> Unit:
        if self.is_unknown:
            return self
        try:
            scale = self.scale ** float(power) if self.scale != 1 else 1.0
        except OverflowError:
            scale = math.inf
        return Unit(_clean({name: exponent * power for name, exponent in self.dimensions}), scale)

    @property
    def is_plain(self) -> bool:
        return not self.dimensions or self.is_unknown

    def __str__(self) -> str:
        return self.text or _spell(self.dimensions)


UNKNOWN_UNIT = Unit(((UNKNOWN, Fraction(1)),), 1.0, "?")  # of what has a problem already: it fits any other


def _clean(powers: dict[str, Fraction]) -> Dimensions:
    return tuple(sorted((name, power) for name, power in powers.items() if power))


def _spell(dimensions: Dimensions) -> str:
    def one(name: str, power: Fraction) -> str:
        return name if power == 1 else f"{name}^{power}"

    above = [one(name, power) for name, power in dimensions if power > 0]
    below = [one(name, -power) for name, power in dimensions if power < 0]
    return "*".join(above or ["1"]) + "".join(f"/{name}" for name in below)


class UnitTable:
    """The units that a model knows. Time is counted in the model's own unit of time."""

    def __init__(self, time_unit: str = "week") -> None:
        base = singular(time_unit)
        self.time_unit = base
        self._known: dict[str, Unit] = {"%": Unit((), 0.01, "%"), "percent": Unit((), 0.01, "%")}
        self.declared: dict[str, Unit] = {}
        self.of_months = {"month", "months", "year", "years"}  # a whole number of them is counted by the calendar
        time = ((base, Fraction(1)),)
        for name, days in DAYS.items():
            for spelling in (name, name + "s"):
                self._known[spelling] = Unit(time, 1.0 if name == base else days / DAYS[base], name)
        for name, symbol in _PLAIN.items():
            self._known[name] = Unit(((symbol, Fraction(1)),), 1.0, symbol)
        self._known["m2"] = self._known["m"].to_power(Fraction(2))
        for name, (symbol, scale) in _OTHER.items():
            self._known[name] = Unit(self._known[symbol].dimensions, scale, name)

    @property
    def time(self) -> Unit:
        return self._known[self.time_unit]

    def declare(self, name: str, definition: Unit | None, factor: float = 1.0) -> None:
        """Add a unit: a base unit of its own, or `factor` times another."""
        if definition is None:
            self.declared[name] = Unit(((name, Fraction(1)),), 1.0, name)
        else:
            self.declared[name] = Unit(definition.dimensions, definition.scale * factor, name)

    def assume(self, name: str) -> None:
        """Take an unknown unit for one that fits any other, so that it is a problem once only."""
        self.declared[name] = Unit(((UNKNOWN + name, Fraction(1)),), 1.0, name)

    def named(self, name: str) -> Unit:
        """One unit by its name: declared, known, with a prefix, or in the plural.

        Raises:
            UnitProblem: nothing fits.
        """
        found = self.declared.get(name) or self._known.get(name)
        if found is None and name.endswith("s"):
            found = self.declared.get(name[:-1]) or self._known.get(name[:-1])
        if found is None:
            found = self._with_prefix(name)
        if found is None:
            near = suggestion(name, [*self.declared, *self._known])
            declare = f"{'Or declare' if near else 'Declare'} it: `unit {name}`."
            raise UnitProblem(f"the unit `{name}` is not known.", f"{near} {declare}".strip(), name)
        return found

    def _with_prefix(self, name: str) -> Unit | None:
        for prefix, factor in PREFIXES.items():
            rest = name[len(prefix) :]
            if name.startswith(prefix) and rest:
                base = self.declared.get(rest) or (self._known.get(rest) if rest in _PLAIN else None)
                if base is not None:
                    return Unit(base.dimensions, base.scale * factor, name)
        return None

    def read(self, factors: Iterable[tuple[str, int]]) -> Unit:
        """The unit of a written expression, with its text."""
        factors = list(factors)
        total = Unit()
        for name, power in factors:
            total = total.times(self.named(name).to_power(Fraction(power)))
        if not _SMALLEST < total.scale < 1 / _SMALLEST:
            message = f"the unit `{spell_factors(factors)}` is {total.scale:.3g} base units, out of all proportion."
            raise UnitProblem(message, "Use smaller exponents, or a unit of one's own.")
        return Unit(total.dimensions, total.scale, spell_factors(factors))


def written_in_months(factors: Sequence[tuple[str, int]], known: Collection[str]) -> bool:
    """Is a written unit one of those that are made of months, in the plural too?"""
    return len(factors) == 1 and factors[0][1] == 1 and (factors[0][0] in known or factors[0][0].removesuffix("s") in known)


def singular(name: str) -> str:
    return name[:-1] if name.endswith("s") and name[:-1] in DAYS else name


def spell_factors(factors: Iterable[tuple[str, int]]) -> str:
    """How a written unit is printed: `person/week`, `1/shell`, `m^2`."""
    factors = list(factors)
    above = [name if power == 1 else f"{name}^{power}" for name, power in factors if power > 0]
    below = [name if power == -1 else f"{name}^{-power}" for name, power in factors if power < 0]
    return "*".join(above or ["1"]) + "".join(f"/{name}" for name in below)


def read_unit(table: UnitTable, text: str) -> Unit:
    """The unit written as `person/month` or `1`.

    Raises:
        UnitProblem: a part is not known.
    """
    factors: list[tuple[str, int]] = []
    sign = 1
    for part in text.replace("*", " * ").replace("/", " / ").split():
        if part in "*/":
            sign = 1 if part == "*" else -1
        elif part != "1":
            name, _, power = part.partition("^")
            factors.append((name, sign * int(power or 1)))
    return table.read(factors)
