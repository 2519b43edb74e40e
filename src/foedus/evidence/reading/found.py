"""The type of a quantity that was found in a text."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["FoundQuantity"]


@dataclass(frozen=True)
class FoundQuantity:
    """A quantity where it stands.

    Attributes:
        start, end, text: from the qualifier or number to the end of the unit.
        kind: numeric, vague, quantifier, ratio or anaphoric.
        qualifier: eq, about, up_to, at_least, more_than, less_than, between, additional or vague.
        value, low, high: in `unit`; None where the words do not say.
        unit: canonical name of the unit or singular of the counted noun; "" for a bare number.
        unit_text: the unit or the noun with its adjectives, as written.
        dimension: the unit's section of the table; "count" for nouns; "" for a bare number.
        change: "up" or "down" when it says by how much something moved, else "".
        number_start, number_end: the number alone.
        rivals: units that may be its own where none is tied to it; `unit` is empty then.
        loose: seen, but not read whole: it has no value and no ends.
    """

    start: int
    end: int
    text: str
    kind: str
    qualifier: str
    value: float | None
    low: float | None
    high: float | None
    unit: str
    unit_text: str = ""
    dimension: str = ""
    change: str = ""
    number_start: int = 0
    number_end: int = 0
    loose: bool = False
    rivals: tuple[str, ...] = ()
