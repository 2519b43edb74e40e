"""Units of claims: what one is in another, where both measure the same thing."""

from __future__ import annotations

import re
from functools import lru_cache

from foedus.units import Unit, UnitProblem, UnitTable, read_unit

__all__ = ["conversion"]

_MORE = {
    "km2": ("m2", 1e6),
    "cm2": ("m2", 1e-4),
    "mile": ("m", 1609.344),
    "foot": ("m", 0.3048),
    "yard": ("m", 0.9144),
    "inch": ("m", 0.0254),
    "square_mile": ("m2", 1609.344**2),
    "square_foot": ("m2", 0.3048**2),
    "acre": ("m2", 4046.8564224),
    "hectare": ("m2", 1e4),
    "pound": ("g", 453.59237),
    "ounce": ("g", 28.349523125),
    "m3": ("m^3", 1.0),
    "litre": ("m^3", 1e-3),
    "liter": ("m^3", 1e-3),
    "decade": ("year", 10.0),
    "quarter": ("month", 3.0),
    "fortnight": ("day", 14.0),
    "feet": ("m", 0.3048),
    "inches": ("m", 0.0254),
}
"""Name -> (a unit of the language, how many of it); exact by definition (international yard and pound, 1959)."""
_SQUARE = re.compile(r"\bsquare[ -](mile|foot|feet|kilomet(?:re|er)|met(?:re|er))s?\b")
_SPELT = {
    "kilometre": "km2",
    "kilometer": "km2",
    "metre": "m2",
    "meter": "m2",
    "mile": "square_mile",
    "foot": "square_foot",
    "feet": "square_foot",
}
_SLASHED = re.compile(r"\s+per\s+|\s*/\s*")


@lru_cache(maxsize=4096)
def conversion(found: str, wanted: str) -> float | None:
    """How many `wanted` one `found` is; None where they measure different things.

    Names that no table knows ("shell") are units of their own, whatever stands beside them: shell/week is a twelfth of a year's shell/month.
    """
    if found == wanted:
        return 1.0
    table = UnitTable("day")
    for name, (base, factor) in _MORE.items():
        table.declare(name, _known(table, base), factor)
    one, other = _unit(table, found), _unit(table, wanted)
    if one is None or other is None or one.dimensions != other.dimensions:
        return None
    return one.scale / other.scale


def _known(table: UnitTable, text: str) -> Unit:
    return read_unit(table, text)


def _unit(table: UnitTable, text: str) -> Unit | None:
    """A unit, its unknown names taken for units of their own, singular and plural alike."""
    spelt = _SLASHED.sub("/", _SQUARE.sub(lambda found: _SPELT[found[1]], text.strip()))
    for name in re.findall(r"[^\W\d][\w-]*", spelt):
        try:
            table.named(name)
        except UnitProblem:
            table.declare(name[:-1] if name.endswith("s") and not name.endswith("ss") and len(name) > 3 else name, None)
    try:
        return read_unit(table, spelt)
    except (UnitProblem, ValueError):
        return None
