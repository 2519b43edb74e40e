"""A field of a claim that is chosen among candidates, and knows when none of them is more than near.

Day, source and unit stand somewhere around a figure. A candidate is its own where syntax ties the two together, another's where syntax
ties it elsewhere, and open where it is merely within reach. What is open is not taken: the field is told as unknown, and the claim names
the rule that says so, so that no pool, draft or note goes by it before somebody has looked.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum
from typing import Generic, TypeVar

__all__ = ["RIVAL_DAYS", "RIVAL_SPEAKERS", "RIVAL_UNITS", "Bond", "FieldChoice", "choose"]

T = TypeVar("T")

RIVAL_DAYS = "rival-days"
RIVAL_SPEAKERS = "rival-speakers"
RIVAL_UNITS = "rival-units"


class Bond(Enum):
    """How a candidate stands to what it would be a field of."""

    OWN = "tied to it"
    OPEN = "within reach, tied to neither"
    OTHER = "tied to something else"


@dataclass(frozen=True)
class FieldChoice(Generic[T]):
    """What a field is.

    Attributes:
        taken: the candidate that syntax ties to it; None where there is none.
        rivals: those within reach where none is tied to it; the first is the nearest.
    """

    taken: T | None
    rivals: tuple[T, ...] = ()

    @property
    def is_open(self) -> bool:
        """Whether something is there that may be the field, and nothing that is."""
        return bool(self.rivals)


def choose(candidates: Iterable[tuple[T, Bond]]) -> FieldChoice[T]:
    """The first candidate that is its own; else those that are open, as rivals; what is another's is put aside.

    Args:
        candidates: the nearest first.
    """
    within: list[T] = []
    for each, bond in candidates:
        if bond is Bond.OWN:
            return FieldChoice(each)
        if bond is Bond.OPEN:
            within.append(each)
    return FieldChoice(None, tuple(within))
