"""Dependence from series: two series that are nearer to each other than two independent counts can be.

Independent estimates of one thing share its course, so a high correlation says nothing. But each of them errs, and errors of their own
keep them apart: two counts that each err by at least one per cent (`least_error`) differ by 1.4 per cent in a typical interval. The
test asks how near they are in each interval, and how often chance alone would bring them so near so often. A few intervals far apart
(a correction, a day counted elsewhere) do not hide a copy. Rounding brings figures together as well: half its step is granted.

1. Each series is read as a running total (if it rises), else as totals or as daily means of its intervals.
2. The rarer one sets the intervals; what the other gained in each is read off, its days moved by up to `lag_days`.
3. The logarithms of the ratios are centred on their median, so that a fixed factor between units or measures does not matter.
4. u, the chance that a normal error of that size deviates so little, is uniform for independent counts. Fisher's method (1932) adds
   up −log u: its sum is that of n exponential draws. For small whole numbers the count of equal ones says more: it is held against
   a Poisson binomial law. The clearer of the two is kept; its chance is multiplied by the number of ways tried (Bonferroni).
5. Over all pairs of series by Benjamini and Hochberg.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import combinations, product
from pathlib import Path

import numpy as np
from scipy.special import gammaincc, ndtr

from foedus.arrays import Array
from foedus.evidence.chance import at_least, false_discovery
from foedus.evidence.defaults import DEFAULTS, Defaults
from foedus.evidence.timeseries import TimeSeries, read_series_files
from foedus.evidence.voices import is_same_voice

__all__ = ["FEWEST_INTERVALS", "Copy", "copies_among", "find_copies"]

FEWEST_INTERVALS = 6


@dataclass(frozen=True)
class Copy:
    """Two series held against each other.

    Attributes:
        later, earlier: the one with fewer dates (or coarser figures), and the other. Which one copies, numbers alone cannot say.
        intervals: how many were compared; 0 where there were too few to say anything.
        deviation: the median of |log ratio|, about the fixed ratio.
        ratio: later over earlier, the median.
        lag: days by which the earlier one's dates were moved.
        near: how many intervals deviate by no more than `least_error`.
        chance: the share of false ones among findings as clear as this.
        is_found: chance alone would seldom show it.
    """

    later: TimeSeries
    earlier: TimeSeries
    intervals: int
    deviation: float
    ratio: float
    lag: int
    near: int
    chance: float
    is_found: bool


@dataclass(frozen=True)
class _Reading:
    """A series as a running total: its level at each day, how far rounding may be off in a gain, and whether gaps break it."""

    days: Array
    level: Array
    slack: Array
    has_gaps: bool


@dataclass(frozen=True)
class _Trial:
    """One way of holding two series against each other."""

    intervals: int
    deviation: float
    ratio: float
    lag: int
    near: int
    chance: float


def copies_among(paths: Iterable[str | Path]) -> tuple[tuple[TimeSeries, ...], tuple[Copy, ...]]:
    """The dated series of some files, and which of them are copies of one another."""
    series = read_series_files(paths)
    return series, find_copies(series)


def find_copies(series: Sequence[TimeSeries], defaults: Defaults = DEFAULTS) -> tuple[Copy, ...]:
    """Hold every two series against each other, except those of one named source.

    Args:
        series: of any sources, in any units; calendars (columns that only count days) are passed over.
        defaults: `least_error`, `found_chance`, `lag_days`.
    Returns:
        All pairs that could be compared, the clearest first.
    """
    known = [one for one in series if not _is_calendar(one)]
    pairs = [(one, other) for one, other in combinations(known, 2) if not _is_one_source(one, other)]
    tried = [(*_ordered(one, other), _best(*_ordered(one, other), defaults)) for one, other in pairs]
    compared = [(later, earlier, trial) for later, earlier, trial in tried if trial is not None]
    shares = false_discovery([trial.chance for _, _, trial in compared])
    limit = defaults.setting("found_chance")
    found = [
        Copy(later, earlier, one.intervals, one.deviation, one.ratio, one.lag, one.near, share, share <= limit)
        for (later, earlier, one), share in zip(compared, shares, strict=True)
    ]
    return tuple(sorted(found, key=lambda one: (one.chance, one.deviation, one.later.label, one.earlier.label)))


def _is_one_source(one: TimeSeries, other: TimeSeries) -> bool:
    return one.names_source and other.names_source and is_same_voice(one.source, other.source)


def _is_calendar(series: TimeSeries) -> bool:
    """Whether the figures only count days: a year, a day's number, the length of a month, a constant."""
    steps, gaps = np.diff(series.values), np.diff(series.days)
    is_steady = bool(np.ptp(steps / gaps) <= 1e-9 * max(1.0, float(np.abs(steps / gaps).max()))) if len(steps) else True
    is_length = len(gaps) > 0 and bool(np.array_equal(series.values[1:], gaps))
    is_year = (
        bool(np.all((series.values >= 1500) & (series.values <= 2200) & (series.values % 1 == 0))) and np.ptp(series.values) < 100
    )
    return (
        is_steady
        or is_length
        or bool(is_year and np.all(np.diff(series.values) >= 0) and np.ptp(series.values) < len(series.values))
    )


def _ordered(one: TimeSeries, other: TimeSeries) -> tuple[TimeSeries, TimeSeries]:
    """The rarer, else the coarser one first: it sets the intervals, and it is the likelier copy."""
    first, last = max(one.days[0], other.days[0]), min(one.days[-1], other.days[-1])
    keys = [(int(np.sum((s.days >= first) & (s.days <= last))), -_grain(s.values), s.label) for s in (one, other)]
    return (one, other) if keys[0] <= keys[1] else (other, one)


def _grain(values: Array) -> float:
    """The power of ten to which nine figures in ten are rounded."""
    for power in range(6, -7, -1):
        step = 10.0**power
        if np.mean(np.abs(values / step - np.round(values / step)) < 1e-6) >= 0.9 and np.any(values):
            return step
    return 10.0**-7


def _readings(series: TimeSeries) -> list[_Reading]:
    """The series as a running total, in the ways in which it can be meant."""
    steps, grain = np.diff(series.values), _grain(series.values)
    gaps = np.concatenate([[np.nan], np.diff(series.days)])
    if len(steps) and np.mean(steps >= 0) >= 0.95 and series.values[-1] > series.values[0]:
        return [_Reading(series.days, series.values, np.full(len(series.days), grain / 2), False)]
    if np.any(series.values < 0):
        return []
    totals = _Reading(series.days, np.cumsum(series.values), np.full(len(series.days), grain / 2), True)
    daily = np.concatenate([[0.0], np.cumsum(series.values[1:] * gaps[1:])])
    return [totals, _Reading(series.days, daily, np.concatenate([[0.0], grain * gaps[1:] / 2]), True)]


def _best(later: TimeSeries, earlier: TimeSeries, defaults: Defaults) -> _Trial | None:
    """The way of comparing that speaks most clearly for a copy, its chance corrected for the number of ways; None if there is none."""
    lags = range(-int(defaults.setting("lag_days")), int(defaults.setting("lag_days")) + 1)
    ways = list(product(_readings(later), _readings(earlier), lags))
    trials = [trial for way in ways if (trial := _trial(*way, defaults)) is not None]
    if not trials:
        return None
    # Totals and daily means of equal periods differ by a fixed ratio only: the reading that needs none is the natural one.
    best = min(
        trials, key=lambda trial: (round(math.log(max(trial.chance, 1e-300)), 6), abs(math.log(trial.ratio)), abs(trial.lag))
    )
    return replace(best, chance=min(1.0, best.chance * len(trials)))


def _trial(later: _Reading, earlier: _Reading, lag: int, defaults: Defaults) -> _Trial | None:
    """One comparison, interval by interval."""
    own, other, blur, blur_of_other = _gains(later, earlier, lag)
    is_up = (own > 0) & (other > 0)
    if is_up.sum() < max(FEWEST_INTERVALS, 0.6 * len(own)):
        return None
    logs = np.log(own[is_up] / other[is_up])
    middle = float(np.median(logs))
    # The finer step counts: against a smooth figure the rounding of the other only blurs, it brings nothing together.
    slack = np.minimum(blur, blur_of_other * math.exp(middle))[is_up] / own[is_up]
    deviations = np.abs(logs - middle)
    error = defaults.setting("least_error")
    # Centred on the median, about one of the deviations is zero by construction: the smallest is left out.
    order = np.argsort(deviations, kind="stable")[1:]
    uniform = np.clip(2 * ndtr((deviations + slack)[order] / (math.sqrt(2) * error)) - 1, 1e-12, 1.0)
    by_nearness = float(gammaincc(len(order), -np.log(uniform).sum()))
    equal = np.clip(2 * ndtr(slack[order] / (math.sqrt(2) * error)) - 1, 1e-12, 1.0)
    by_equality = at_least(int((deviations <= slack * (1 + 1e-9))[order].sum()), [float(x) for x in equal])
    chance = 2 * min(by_nearness, by_equality)
    return _Trial(len(logs), float(np.median(deviations)), math.exp(middle), lag, int((deviations <= error).sum()), chance)


def _gains(later: _Reading, earlier: _Reading, lag: int) -> tuple[Array, Array, Array, float]:
    """What both gained in each interval of the rarer one that the other covers, and what rounding may hide of it in both."""
    starts, ends = later.days[:-1], later.days[1:]
    gap = float(np.median(ends - starts))
    days = earlier.days + lag
    is_covered = (starts >= days[0]) & (ends <= days[-1]) & ((ends - starts <= 1.6 * gap) | (not later.has_gaps))
    own = np.diff(later.level)[is_covered]
    other = np.interp(ends, days, earlier.level)[is_covered] - np.interp(starts, days, earlier.level)[is_covered]
    return own, other, later.slack[1:][is_covered], float(np.nanmax(earlier.slack))
