"""What is looked at so that a future that fails can say where: checks, stocks, and what may be too large before a stock is."""

from __future__ import annotations

from dataclasses import dataclass

from foedus.compile.canonical import aside

__all__ = ["CheckSlot", "LargeCause", "Level"]


@dataclass(frozen=True)
class CheckSlot:
    """A value that must be a number, or stay in its range: whose it is, and what it means that it is not.

    Attributes:
        variable, element: the name, and its elements where it is indexed.
        kind: of the statement: "stock", "flow", "let", "noise", "question", "decision", "event", "treaty".
        fault: a name of `Status`.
        unit, scale: of the variable; base units per unit. shown: the unit as people are told it.
    """

    variable: str
    element: str
    kind: str
    fault: str
    unit: str
    scale: float
    shown: str = aside("")


@dataclass(frozen=True)
class Level:
    """A stock that must be a number; from a size on it is none, although what flows into it still is.

    Attributes:
        state: its state. rate: the value by which it moves, -1 where it does not.
        check: the number of its row among the checks.
        causes: the numbers of the causes of which its rate is made, and that are not made of its own level.
    """

    state: int
    rate: int
    check: int
    causes: tuple[int, ...]


@dataclass(frozen=True)
class LargeCause:
    """A named value that is too large for a stock where it is so, and is looked at only when a stock breaks.

    Attributes:
        slot: whose it is. value: of the step.
        hides: rows of the checks of what is made of it: where these are broken too, it was broken first.
    """

    slot: CheckSlot
    value: int
    hides: tuple[int, ...]
