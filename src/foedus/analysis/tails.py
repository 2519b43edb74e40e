"""Where a mean is not what a typical future looks like: one rule for every number that stands alone."""

from __future__ import annotations

import math

import numpy as np

from foedus.arrays import Array

__all__ = ["CARRIERS", "UNKNOWN", "carriers_of_mean", "carriers_of_variance", "is_long_tailed", "middle_of"]

UNKNOWN = (math.nan, math.nan)
"""Median and width where there are none: of a chance, of a date."""

CARRIERS = 20.0
"""Futures that must carry a mean or a variance at least, so that something can be told of it: of fewer a statistic is an anecdote."""

_TIMES = 2.0
_PART = 0.1  # of the 90 % interval: nearer to each other mean and median tell the same, however small they are


def is_long_tailed(mean: float | None, median: float | None, width: float = math.nan) -> bool:
    """Do mean and median of an answer differ by more than a factor of two, so that the mean must not stand alone?

    Around zero a factor says nothing, so they must also lie a tenth of the 90 % interval apart.

    Args:
        mean, median: of the answer, in its unit; None or NaN where there is none, of which nothing is said.
        width: of its 90 % interval, in the same unit; NaN where it is not known, and the factor decides.
    """
    if mean is None or median is None or not (math.isfinite(mean) and math.isfinite(median)):
        return False
    low, high = sorted((abs(mean), abs(median)))
    is_far = high > _TIMES * low or mean * median < 0
    return is_far and not abs(mean - median) < _PART * width


def carriers_of_variance(values: Array) -> float:
    """By how many futures the variance of an answer is carried: all n of n for two equal halves, n/3 for a normal law, few of a long tail.

    It is the number of equal squares that would vary as much: (Σd²)²/Σd⁴, d the distance from the mean (Kish's effective number).

    Args:
        values: (future,), in whatever unit; those to which it does not apply are NaN and left out.
    """
    kept = values[~np.isnan(values)]
    return _equal_parts(kept - kept.mean(), 2) if len(kept) else 0.0


def carriers_of_mean(values: Array) -> float:
    """By how many futures the mean of an answer is carried, in the same sense: (Σ|x|)²/Σx²; all of them where all are nothing."""
    return _equal_parts(values[~np.isnan(values)], 1)


def _equal_parts(sizes: Array, power: int) -> float:
    largest = float(np.abs(sizes).max(initial=0.0))
    if not largest > 0:
        return float(len(sizes))
    scaled = np.abs(sizes / largest) ** power
    return float(scaled.sum() ** 2 / (scaled**2).sum())


def middle_of(values: Array) -> tuple[float, float]:
    """The median of an answer and the width of its 90 % interval.

    Args:
        values: (future,), in the unit of the answer; those to which it does not apply are NaN and left out.
    """
    kept = values[~np.isnan(values)]
    if not len(kept):
        return UNKNOWN
    low, middle, high = (float(one) for one in np.quantile(kept, (0.05, 0.5, 0.95)))
    return middle, high - low
