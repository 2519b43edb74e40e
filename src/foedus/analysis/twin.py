"""Whether stated ranges of differences hold the truth in worlds whose truth is known, as often as such ranges should.

A world is a structure (the model, or one of its rivals) with parameters drawn from their priors. The truth in it is the mean paired
difference over luck. It is known from a few lucks only: what these add to the spread between worlds is taken off, by drawing the worlds of
one structure towards their mean (Louis 1984: the spread of estimates is not that of what they estimate).

A range from the mean of the lowest tenth to the mean of the highest holds at least 80 % of any continuous law, 92 % of a normal one. What it
should hold of this very law is counted: the share of the worlds in the range that the worlds themselves give.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from foedus.analysis.explain import Amount
from foedus.analysis.ranges import tail_mean
from foedus.arrays import Array

__all__ = ["ERRORS", "Twin", "TwinCell", "TwinStructure", "Worlds", "coverage_of", "worlds_of"]

ERRORS = 3.0
"""Standard errors by which a range must hold less than it should, to be called too narrow: many ranges are looked at."""
_TOLD = 0.5  # of the spread between worlds, what must be more than luck
_FEWEST = 0.5  # of the draws of parameters: to which a question applies under every structure
Range = tuple[float, float]


@dataclass(frozen=True, eq=False)
class Worlds:
    """The truths of one difference.

    Attributes:
        truths: (structure, draw of the parameters); the model comes first. NaN where the question does not apply.
        weights: (structure,), how much each is believed in; they add up to 1.
        told: of the spread between the worlds as they were seen, the part that is not luck.
    """

    truths: Array
    weights: Array
    told: float

    @property
    def is_told(self) -> bool:
        """Are they known well enough to judge a range?"""
        return self.told >= _TOLD

    @property
    def own_range(self) -> Range:
        """The range that the worlds themselves give, from the mean of their lowest tenth to that of their highest."""
        known = self.truths[:, ~np.isnan(self.truths[0])]
        values, shares = known.ravel(), np.repeat(self.weights / known.shape[1], known.shape[1])
        order = np.argsort(values, kind="stable")
        return tail_mean(values[order], shares[order]), tail_mean(values[order[::-1]], shares[order[::-1]])

    def held(self, stated: Range) -> Array:
        """(structure, draw): 1 where the range holds the truth, 0 where it does not, NaN where there is none."""
        room = 1e-9 * max(abs(stated[0]), abs(stated[1]))  # bits of rounding, where nothing is uncertain
        inside = (self.truths >= stated[0] - room) & (self.truths <= stated[1] + room)
        return np.where(np.isnan(self.truths), np.nan, inside)


def worlds_of(differences: Array, weights: Sequence[float]) -> Worlds | None:
    """The truths from what was seen.

    Args:
        differences: (structure, luck, draw of the parameters), NaN where the question does not apply.
        weights: of the structures.
    Returns:
        None where the question applies in too few of the worlds.
    """
    counts = (~np.isnan(differences)).sum(axis=1)
    kept = (counts > 1).all(axis=0)
    if kept.sum() < 2 or kept.mean() < _FEWEST:
        return None
    seen, counts = differences[:, :, kept], counts[:, kept]
    means = np.nansum(seen, axis=1) / counts
    noise = (np.nansum((seen - means[:, None, :]) ** 2, axis=1) / (counts - 1) / counts).mean(axis=1)
    spread = means.var(axis=1, ddof=1)
    true = np.maximum(0.0, spread - noise)
    middles = means.mean(axis=1)
    pull = np.sqrt(np.divide(true, spread, out=np.zeros_like(true), where=spread > 0))
    shares = np.asarray(weights, dtype=np.float64)
    between = float(shares @ (middles - shares @ middles) ** 2)
    whole = float(shares @ spread) + between
    told = (float(shares @ true) + between) / whole if whole > 0 else 1.0
    truths = np.full((len(means), len(kept)), np.nan)
    truths[:, kept] = middles[:, None] + pull[:, None] * (means - middles[:, None])
    return Worlds(truths, shares, told)


def coverage_of(held: Sequence[Array], weights: Array) -> Amount:
    """How many of the worlds are held, each by its weight, over all ranges together; with the error of so few draws of the parameters.

    One draw of the parameters is seen in every structure and by every range, so it counts once.

    Args:
        held: for each range (structure, draw), of `Worlds.held`; weights: (structure,).
    """
    by_draw = np.stack([weights @ one / weights.sum() for one in held])
    known = ~np.isnan(by_draw)
    seen = known.any(axis=0)
    shares = np.nansum(by_draw, axis=0)[seen] / known.sum(axis=0)[seen]
    draws, whole = len(shares), float(shares.mean())
    error = float(shares.std(ddof=1)) / math.sqrt(draws)
    if not error > 0:  # all alike: what has not been seen yet may still be otherwise
        hits = whole * draws
        error = math.sqrt((hits + 0.5) * (draws - hits + 0.5) / (draws + 1.0) ** 2 / (draws + 2.0))
    return Amount(whole, error)


@dataclass(frozen=True)
class TwinCell:
    """One stated range of a difference.

    Attributes:
        question, label: its name and words; unit: of the difference, "" for a chance.
        scenario: against the baseline.
        stated: the range.
        truths: the range that the worlds themselves give.
        coverage: of the worlds, what the stated range holds; expected: what the other one holds.
    """

    question: str
    label: str
    unit: str
    is_chance: bool
    scenario: str
    stated: Range
    truths: Range
    coverage: Amount
    expected: float

    @property
    def width(self) -> float:
        """The stated width against that of the worlds; infinite where these do not differ."""
        own = self.truths[1] - self.truths[0]
        return (self.stated[1] - self.stated[0]) / own if own > 0 else math.inf

    @property
    def is_narrow(self) -> bool:
        """Does it hold fewer worlds than it should, beyond chance?"""
        return self.coverage.value + ERRORS * self.coverage.error < self.expected


@dataclass(frozen=True)
class TwinStructure:
    """One structure as the truth.

    Attributes:
        weight: how much it is believed in.
        coverage: of its worlds, what all stated ranges together hold.
        unthought: the same where nobody had declared it; None for the model itself.
    """

    name: str
    label: str
    weight: float
    coverage: Amount
    unthought: Amount | None


@dataclass(frozen=True)
class Twin:
    """What came of it.

    Attributes:
        cells: the ranges that could be judged.
        structures: the model first.
        scenarios: name, label, and what the ranges of its differences hold.
        coverage, expected: over all of them.
        untold: ranges that could not be judged, for luck hides how the worlds differ, or the question applies to too few.
        unstated: differences without a range, for they are no moves, or the question asks for a date.
        draws, lucks: of parameters, and for each world; futures: behind the ranges.
    """

    cells: tuple[TwinCell, ...]
    structures: tuple[TwinStructure, ...]
    scenarios: tuple[tuple[str, str, Amount], ...]
    coverage: Amount
    expected: float
    untold: int
    unstated: int
    draws: int
    lucks: int
    futures: int
    seed: int
