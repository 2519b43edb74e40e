"""The one place where statistics of futures get their errors: chances, means, quantiles, dates, and differences of each.

Every statistic is looked at through its influence: how much each future pulls at it. The error is that of a mean of influences: from their
spread where futures are independent, from the spread between replicates where a design ties futures together. So it holds for answers that
apply to some futures only (ratios), for quantiles, and for differences of any two of them on the same futures.

Sources: Hampel 1974 (influence); Woodruff 1952 (quantiles from the error of their level); Brown, Cai & DasGupta 2001 (Jeffreys).
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from foedus.arrays import Array
from foedus.numerics import normal_cdf

__all__ = ["LEVELS", "Estimate", "Sample", "difference_of", "statistic"]

LEVELS = (0.05, 0.25, 0.5, 0.75, 0.95)
_HALF_COUNT = 0.5  # of Jeffreys' prior: what a future that has not been seen yet could still be


@dataclass(frozen=True)
class Estimate:
    """A statistic, its standard error, and how each future pulls at it.

    Attributes:
        value: NaN where no future applies.
        error: one Monte Carlo standard error; NaN where it cannot be known.
        influence: (future,), 0 where the future does not apply.
    """

    value: float
    error: float
    influence: Array


@dataclass(frozen=True, eq=False)
class Sample:
    """The answers of all futures to one question in one scenario.

    Attributes:
        values: (future,), NaN where the question does not apply or the future failed.
        replicates: (future,), the replicate of the design that each belongs to; None where futures are independent.
    """

    values: Array
    replicates: NDArray[np.int64] | None = None

    @cached_property
    def applies(self) -> NDArray[np.bool_]:
        """(future,): does the question apply?"""
        return ~np.isnan(self.values)

    @cached_property
    def kept(self) -> Array:
        """The answers of the futures to which it applies."""
        return self.values[self.applies]

    def probability(self) -> Estimate:
        """The share of ones: with the standard deviation of its Jeffreys posterior, so that none and all have an error too."""
        found = self.mean()
        count = int(self.applies.sum())
        if not count:
            return found
        hits = float(self.kept.sum())
        jeffreys = math.sqrt((hits + _HALF_COUNT) * (count - hits + _HALF_COUNT) / (count + 1.0) ** 2 / (count + 2.0))
        is_constant = hits in (0.0, float(count))
        error = jeffreys if self.replicates is None or is_constant else found.error
        return Estimate(found.value, error, found.influence)

    def mean(self) -> Estimate:
        """The mean over the futures to which it applies."""
        applies, kept = self.applies, self.kept
        if not len(kept):
            return Estimate(math.nan, math.nan, np.zeros(len(self.values)))
        mean = float(kept.mean())
        influence = np.where(applies, self.values - mean, 0.0) / applies.mean()
        if len(kept) < 2:
            return Estimate(mean, math.nan, influence)
        plain = float(kept.std(ddof=1)) / math.sqrt(len(kept))
        return Estimate(mean, plain if self.replicates is None else _error(influence, self.replicates), influence)

    @cached_property
    def ranked(self) -> Array:
        """The answers of the futures to which it applies, in their order."""
        return np.sort(self.kept)

    def quantile(self, level: float) -> Estimate:
        """A quantile: the error of its level, carried over by the spacing of the answers around it."""
        value, error, slope = self._quantile(level)
        if math.isnan(error):
            return Estimate(value, error, np.zeros(len(self.values)))
        return Estimate(value, error, slope * self._below(value, level))

    def quantile_with_error(self, level: float) -> tuple[float, float]:
        """A quantile and its error, without how each future pulls at it."""
        return self._quantile(level)[:2]

    def _quantile(self, level: float) -> tuple[float, float, float]:
        """A quantile, its error, and how far it moves with its level."""
        count = len(self.ranked)
        if count < 2:
            return float(self.ranked[0]) if count else math.nan, math.nan, math.nan
        value = _at(self.ranked, level)
        level_error = self._level_error(value, level)
        steps = _steps_near(self.ranked, level, level_error)
        if steps is None:
            slope = _slope(self.ranked, level)
            return value, slope * level_error, slope
        error = _spread_over_steps(steps, np.searchsorted(self.ranked, steps, side="right") / count, level, level_error)
        return value, error, error / level_error

    def _level_error(self, value: float, level: float) -> float:
        """The error of the share of answers up to a value; where many stand on it, of that below it too: the highest has all up to it."""
        replicates = self.replicates
        if replicates is None:
            return math.sqrt(level * (1 - level) / len(self.ranked))
        error = _error(self._below(value, level), replicates)
        if np.count_nonzero(self.kept == value) < 2:
            return error
        return max(error, _error(self._below(math.nextafter(value, -math.inf), level), replicates))

    def _below(self, value: float, level: float) -> Array:
        """(future,): how each pulls at the share of answers up to a value."""
        applies = self.applies
        pull: Array = np.where(applies, level - (np.where(applies, self.values, 0.0) <= value), 0.0) / applies.mean()
        return pull


def statistic(sample: Sample, name: str) -> Estimate:
    """The statistic of a name: "probability", "mean", or "when" (the median of a date)."""
    if name == "when":
        return sample.quantile(0.5)
    return sample.probability() if name == "probability" else sample.mean()


def _at(ranked: Array, level: float) -> float:
    """The quantile by linear interpolation between order statistics."""
    place = level * (len(ranked) - 1)
    low = math.floor(place)
    high = min(low + 1, len(ranked) - 1)
    return float(ranked[low] + (ranked[high] - ranked[low]) * (place - low))


def _slope(ranked: Array, level: float) -> float:
    """How far a quantile moves with its level: across one and a half times what chance moves the level by, and at least one answer on."""
    count = len(ranked)
    reach = max(1.5 * math.sqrt(level * (1 - level) / count), 1.0 / count)
    low, high = max(0.0, level - reach), min(1.0, level + reach)
    return (_at(ranked, high) - _at(ranked, low)) / (high - low)


def _steps_near(ranked: Array, level: float, error: float) -> Array | None:
    """The values around a quantile where answers come in steps, such as dates and counts, and it stands on one or between two of them.

    None where most answers are their own, or where chance moves the quantile over so many steps that they do not matter.
    """
    count = len(ranked)
    near, likely = (_around(ranked, level, reach) for reach in (3.0 * math.sqrt(level * (1 - level) / count), 2.0 * error))
    steps: Array = np.unique(near)
    return steps if error > 0 and len(steps) <= len(near) / 2 and len(np.unique(likely)) <= 2 else None


def _around(ranked: Array, level: float, reach: float) -> Array:
    count = len(ranked)
    return ranked[max(0, math.floor((level - reach) * count)) : math.ceil((level + reach) * count) + 1]


def _spread_over_steps(steps: Array, shares: Array, level: float, error: float) -> float:
    """The standard deviation of a quantile that can only stand on steps: it stands at or below one where the share up to there is enough.

    Args:
        steps: in their order.
        shares: of the answers up to each of them.
        level: of the quantile.
        error: of a share.
    """
    chances = normal_cdf((shares - level) / error)
    chances[-1] = 1.0
    weights = np.diff(chances, prepend=0.0)
    return math.sqrt(float(weights @ (steps - weights @ steps) ** 2))


def _error(influence: Array, replicates: NDArray[np.int64] | None) -> float:
    """The standard error of the mean of influences."""
    count = len(influence)
    if count < 2:
        return math.nan
    if replicates is None:
        return float(influence.std(ddof=1)) / math.sqrt(count)
    sizes = np.bincount(replicates)
    parts = np.bincount(replicates, weights=influence) / count - sizes / count * float(influence.mean())
    return math.sqrt(len(sizes) / (len(sizes) - 1) * float((parts**2).sum()))


def difference_of(one: Estimate, first: Estimate, replicates: NDArray[np.int64] | None, unseen: float) -> tuple[float, float]:
    """The difference of two statistics on the same futures, and its standard error.

    Where few futures make the difference, the next ones may make another: their number is smoothed by half a future, and where none does, one
    that has not been seen is allowed for.

    Args:
        one, first: the statistics; the difference is one less first.
        replicates: as of the samples.
        unseen: how far one future may move the statistic's mean that has moved none: 1 for chances, a standard deviation for amounts.
    """
    pull = one.influence - first.influence
    count, moved = len(pull), int(np.count_nonzero(pull))
    if math.isnan(one.value) or math.isnan(first.value):
        return math.nan, math.nan
    plain = _error(pull, replicates)
    if not moved:
        return one.value - first.value, unseen / count
    size = float((pull**2).sum()) / moved
    smoothed = _HALF_COUNT * size * (1.0 - moved / count) / count**2
    return one.value - first.value, math.sqrt(plain**2 + smoothed)
