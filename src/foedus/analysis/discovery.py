"""Which futures bring an answer about: boxes of parameters, ready to be shown; `foedus.study.discover` finds them."""

from __future__ import annotations

from dataclasses import dataclass

from foedus.analysis.boxes import Counted
from foedus.analysis.explain import Amount

__all__ = ["Discovered", "FoundBox", "Range"]


@dataclass(frozen=True)
class Range:
    """An interval of one parameter.

    Attributes:
        low, high: in its declared unit, infinite where there is no bound; step: to which they are rounded.
        levels: the same as parts of the prior, from 0 to 1.
    """

    parameter: str
    label: str
    unit: str
    low: float
    high: float
    step: float
    levels: tuple[float, float]


@dataclass(frozen=True)
class FoundBox:
    """Ranges that hold together, and what they hold of the futures that matter, counted on futures that had no say in them."""

    ranges: tuple[Range, ...]
    counted: Counted


@dataclass(frozen=True)
class Discovered:
    """The futures that matter, in boxes.

    Attributes:
        target: which futures matter, in words.
        base: their share of all.
        boxes: where they are frequent, clearly more so than elsewhere; the best first, each next one for what those before it leave out.
        together: all boxes at once; None where there are none.
        held_out: futures on which it was counted.
    """

    question: str
    label: str
    target: str
    base: Amount
    boxes: tuple[FoundBox, ...]
    together: Counted | None
    futures: int
    held_out: int
    seed: int
