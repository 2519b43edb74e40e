"""The one place where statistics of futures get their errors: chances, means, quantiles, dates, and differences of each.

Every statistic is looked at through its influence: how much each future pulls at it. The error is that of a mean of influences: from their
spread where futures are independent, from the spread between replicates where a design ties futures together. So it holds for answers that
apply to some futures only (ratios), for quantiles, and for differences of any two of them on the same futures.

Sources: Hampel 1974 (influence); Woodruff 1952 (quantiles from the error of their level); Brown, Cai & DasGupta 2001 (Jeffreys).
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from foedus.analysis.enough import MEAN, quantile_needs
from foedus.arrays import Array
from foedus.numerics import normal_cdf

__all__ = ["LEVELS", "Estimate", "Sample", "combined", "difference_of", "statistic"]

LEVELS = (0.05, 0.25, 0.5, 0.75, 0.95)
_FASTER, _HIGHER = (
    2.0,
    1.4,
)  # so that over many runs the stated error is the true one within a quarter, up to two errors from a border
_ROUNDING = 1e-12
"""Of a statistic: what sums of doubles leave between two that are the same."""
_HALF_COUNT = 0.5  # of Jeffreys' prior: what a future that has not been seen yet could still be


@dataclass(frozen=True)
class Estimate:
    """A statistic, its standard error, and how each future pulls at it.

    Attributes:
        value: NaN where no future applies, or too few to tell.
        error: one Monte Carlo standard error; NaN where it cannot be known.
        influence: (future,), 0 where the future does not apply.
        count: futures that it rests on.
        straight: how closely it goes with the influences: their correlation, below 1 for a quantile that only jumps from step to step.
    """

    value: float
    error: float
    influence: Array
    count: int
    straight: float = 1.0


@dataclass(frozen=True)
class _Quantile:
    """A quantile, its error, and how far it moves with the share of answers up to each of some borders; `straight` as of an estimate."""

    value: float
    error: float
    straight: float = 1.0
    borders: Array = field(default_factory=lambda: np.zeros(0))
    slopes: Array = field(default_factory=lambda: np.zeros(0))


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
        return replace(found, error=error)

    def mean(self) -> Estimate:
        """The mean over the futures to which it applies."""
        applies, kept = self.applies, self.kept
        if not len(kept):
            return Estimate(math.nan, math.nan, np.zeros(len(self.values)), 0)
        mean = float(kept.mean())
        influence = np.where(applies, self.values - mean, 0.0) / applies.mean()
        if len(kept) < MEAN:
            return Estimate(mean, math.nan, influence, len(kept))
        plain = float(kept.std(ddof=1)) / math.sqrt(len(kept))
        return Estimate(mean, plain if self.replicates is None else _error(influence, self.replicates), influence, len(kept))

    @cached_property
    def ranked(self) -> Array:
        """The answers of the futures to which it applies, in their order."""
        return np.sort(self.kept)

    def quantile(self, level: float) -> Estimate:
        """A quantile: the error of its level, carried over by the spacing of the answers around it."""
        found = self._quantile(level)
        if math.isnan(found.error):
            return Estimate(found.value, found.error, np.zeros(len(self.values)), len(self.ranked))
        return Estimate(found.value, found.error, self._pull(found), len(self.ranked), found.straight)

    def quantile_with_error(self, level: float) -> tuple[float, float]:
        """A quantile and its error, without how each future pulls at it."""
        found = self._quantile(level)
        return found.value, found.error

    def _quantile(self, level: float) -> _Quantile:
        count = len(self.ranked)
        if count < quantile_needs(level):
            return _Quantile(math.nan, math.nan)
        value = _at(self.ranked, level)
        if count < MEAN:
            return _Quantile(value, math.nan)
        level_error = self._level_error(value, level)
        steps = _steps_near(self.ranked, level, level_error)
        if steps is None:
            slope = _slope(self.ranked, level)
            return _Quantile(value, slope * level_error, borders=np.array([value]), slopes=np.array([slope]))
        shares = np.searchsorted(self.ranked, steps, side="right") / count
        return _on_steps(value, steps, _places(shares, level, level_error), level_error)

    def _pull(self, found: _Quantile) -> Array:
        """(future,): how each pulls at a quantile, as strongly as its error says."""
        applies, values = self.applies, np.where(self.applies, self.values, 0.0)
        beyond = np.append(np.cumsum(found.slopes[::-1])[::-1], 0.0)  # of all borders at or above a value
        own = beyond[np.searchsorted(found.borders, values)]
        pull: Array = np.where(applies, own[applies].mean() - own, 0.0) / applies.mean()
        error = _error(pull, self.replicates)
        return pull * (found.error / error) if error > 0 else pull

    def _level_error(self, value: float, level: float) -> float:
        """The error of the share of answers up to a quantile; where many stand on it, from the border that lies nearer to the level."""
        replicates, count = self.replicates, len(self.ranked)
        plain = math.sqrt(level * (1 - level) / count)
        if replicates is None:
            return plain
        if np.count_nonzero(self.kept == value) < 2:
            return _error(self._below(value, level), replicates)
        ends = (value, math.nextafter(value, -math.inf))
        shares = np.searchsorted(self.ranked, ends, side="right") / count
        told = [(abs(float(_places(share, level, plain))), float(share), end) for share, end in zip(shares, ends, strict=True)]
        inner = [one for one in told if 0 < one[1] < 1]
        if not inner:
            return 0.0
        _, share, end = min(inner)
        return plain * _error(self._below(end, level), replicates) / math.sqrt(share * (1 - share) / count)

    def _below(self, value: float, level: float) -> Array:
        """(future,): how each pulls at the share of answers up to a value."""
        applies = self.applies
        pull: Array = np.where(applies, level - (np.where(applies, self.values, 0.0) <= value), 0.0) / applies.mean()
        return pull


def statistic(sample: Sample, name: str) -> Estimate:
    """The statistic of a name: "probability", "mean", "median", or "when" (the median of a date)."""
    if name in ("when", "median"):
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


def _places(shares: Array | float, level: float, error: float) -> Array:
    """How far shares are from a level, in errors of what a share would be there: on the scale on which all shares have the same error.

    Source: Anscombe 1948 (the arc sine of the root).
    """
    apart: Array = np.arcsin(np.sqrt(shares)) - math.asin(math.sqrt(level))
    return 2 * math.sqrt(level * (1 - level)) / error * apart


def _on_steps(value: float, steps: Array, places: Array, error: float) -> _Quantile:
    """A quantile that can only stand on steps: it stands at or below one where the share up to there is enough.

    How far off a border is, is known by the same luck that carries the quantile over it. Taken as it is seen, the chance to be carried over
    would be too small near a border and too large away from it; so where steps are wide it falls off faster, from a higher top.

    Args:
        value: the quantile.
        steps: in their order.
        places: of the upper border of each, as shares of answers counted from the level in their errors.
        error: of a share.
    """
    inner = places[:-1]
    far = float(np.partition(np.abs(inner), 1)[1]) if len(inner) > 1 else math.inf  # the second nearest border
    wide = min(1.0, max(0.0, far - 1.5))
    chances = np.append(normal_cdf((1 + _FASTER * wide) * inner), 1.0)
    weights = np.diff(chances, prepend=0.0)
    spread = math.sqrt(float(weights @ (steps - weights @ steps) ** 2) * (1 + _HIGHER * wide))
    slopes = np.diff(steps) * np.exp(-(inner**2) / 2) / math.sqrt(2 * math.pi)
    straight = min(1.0, float(slopes.sum()) / spread) if spread > 0 else 1.0
    return _Quantile(value, spread, straight, steps[:-1], slopes / error)


def _error(influence: Array, replicates: NDArray[np.int64] | None) -> float:
    """The standard error of the mean of influences.

    Replicates that agree to the last future, although futures differ, leave it open whether the next one would: one future is allowed for.
    """
    count = len(influence)
    if count < MEAN:
        return math.nan
    spread = float(influence.std(ddof=1))
    if replicates is None:
        return spread / math.sqrt(count)
    sizes = np.bincount(replicates)
    parts = np.bincount(replicates, weights=influence) / count - sizes / count * float(influence.mean())
    error = math.sqrt(len(sizes) / (len(sizes) - 1) * float((parts**2).sum()))
    return error if error > 1e-9 * spread else spread / count


def combined(weights: Sequence[float] | Array, estimates: Sequence[Estimate], value: float) -> Estimate:
    """A weighted sum of statistics on the same futures, of which the value is known; its error is known where that of each part is."""
    used = [(float(weight), one) for weight, one in zip(weights, estimates, strict=True) if weight]
    influence = np.zeros(len(estimates[0].influence)) + sum(weight * one.influence for weight, one in used)
    is_known = all(math.isfinite(one.error) for _, one in used)
    return Estimate(value, 0.0 if is_known else math.nan, influence, min((one.count for _, one in used), default=len(influence)))


def difference_of(one: Estimate, first: Estimate, replicates: NDArray[np.int64] | None, unseen: float) -> tuple[float, float]:
    """The difference of two statistics on the same futures, and its standard error.

    Where few futures make the difference, the next ones may make another: their number is smoothed by half a future, and where none does, one
    that has not been seen is allowed for.

    Args:
        one, first: the statistics; the difference is one less first.
        replicates: as of the samples.
        unseen: how far one future may move the statistic's mean that has moved none: 1 for chances, a standard deviation for amounts.
    """
    if math.isnan(one.value) or math.isnan(first.value):
        return math.nan, math.nan
    if abs(one.value - first.value) <= _ROUNDING * max(abs(one.value), abs(first.value)):
        first = replace(first, value=one.value)
    if math.isnan(one.error) or math.isnan(first.error):
        return one.value - first.value, math.nan
    pull = one.influence - first.influence
    count, moved = len(pull), int(np.count_nonzero(pull))
    if not moved:
        return one.value - first.value, unseen / min(one.count, first.count)
    size = float((pull**2).sum()) / moved
    smoothed = _HALF_COUNT * size * (1.0 - moved / count) / count**2
    square = _error(pull, replicates) ** 2 + _apart(one, first, _error(pull, replicates))
    return one.value - first.value, math.sqrt(square + smoothed)


def _apart(one: Estimate, first: Estimate, plain: float) -> float:
    """What the variance of a difference is larger by because both only jump: two that are driven alike do not jump at the same time.

    Of two signs of normals with correlation r the correlation is 2 asin(r) / π (Sheppard 1899).
    """
    together, product = one.straight * first.straight, one.error * first.error
    if together >= 1 or not product > 0:
        return 0.0
    alike = min(1.0, max(-1.0, (one.error**2 + first.error**2 - plain**2) / (2 * product)))
    jumping = min(1.0, (1 - together) / (1 - 2 / math.pi))
    return 2 * product * jumping * (alike - 2 / math.pi * math.asin(alike))
