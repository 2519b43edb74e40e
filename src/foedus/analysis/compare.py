"""Answers with their Monte Carlo errors, and paired differences from the baseline."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from foedus.analysis.finding import Answer
from foedus.analysis.spread import calibration_error
from foedus.compile.program import ResultSlot
from foedus.ensemble import Futures

__all__ = ["compare", "compare_runs"]

Array = NDArray[np.float64]


def compare(futures: Futures, slot: ResultSlot) -> dict[str, Answer]:
    """The answer to one question in every scenario, with the paired difference from the first.

    Args:
        futures: an ensemble; futures that failed in any scenario are left out of all.
        slot: the question.
    Returns:
        Scenario name -> answer. The error of a probability is the standard deviation of its Jeffreys posterior, which is the usual
        sqrt(p (1 - p) / n) except near 0 and 1, where it does not vanish. Differences are taken future by future; where a
        question applies only to some futures, by the influence function of the ratio.
    """
    baseline = futures.scenarios[0].name
    first = futures.values(slot.name, baseline)
    return {
        scenario.name: replace(
            _answer(futures.values(slot.name, scenario.name), None if number == 0 else first, slot.kind),
            calibration_error=calibration_error(futures, slot, scenario.name),
        )
        for number, scenario in enumerate(futures.scenarios)
    }


def compare_runs(before: Futures, after: Futures, slot: ResultSlot, scenario: str) -> tuple[Answer, Answer]:
    """The answer to one question in two runs of the same futures on other priors, with the paired difference in the second.

    Args:
        before, after: ensembles of one program, with the same seed, design and number of futures.
        slot: the question.
        scenario: in both.
    Returns:
        The answer before, and the answer after with its difference; over futures that ended well in both.
    """
    is_ok = before.is_ok & after.is_ok
    first, values = (np.where(is_ok, ran.values(slot.name, scenario), np.nan) for ran in (before, after))
    return _answer(first, None, slot.kind), _answer(values, first, slot.kind)


def _answer(values: Array, first: Array | None, kind: str) -> Answer:
    applies = ~np.isnan(values)
    kept = values[applies]
    count = len(kept)
    mean = float(kept.mean()) if count else math.nan
    difference, difference_error = (None, None) if first is None else _difference(values, first)
    if kind == "probability":
        hits = float(kept.sum())
        error = math.nan if not count else math.sqrt((hits + 0.5) * (count - hits + 0.5) / (count + 1.0) ** 2 / (count + 2.0))
        return Answer(mean, None, None, error, difference, difference_error, count)
    error = float(kept.std(ddof=1)) / math.sqrt(count) if count > 1 else math.nan
    points = np.quantile(kept, (0.05, 0.25, 0.5, 0.75, 0.95)) if count else np.full(5, math.nan)
    quantiles = (float(points[0]), float(points[1]), float(points[2]), float(points[3]), float(points[4]))
    return Answer(None, quantiles, mean, error, difference, difference_error, count)


def _difference(values: Array, first: Array) -> tuple[float, float]:
    """The difference of two means over the futures to which each applies, and its standard error."""
    influence = _influence(values) - _influence(first)
    known = ~(np.isnan(values) & np.isnan(first))
    count = len(values)
    difference = float(np.nanmean(values) - np.nanmean(first)) if known.any() and not _is_empty(values, first) else math.nan
    error = float(influence.std(ddof=1)) / math.sqrt(count) if count > 1 else math.nan
    return difference, error


def _is_empty(*arrays: Array) -> bool:
    return any(bool(np.isnan(values).all()) for values in arrays)


def _influence(values: Array) -> Array:
    """How much each future pulls at the mean over those that apply: b (x - m) / mean(b)."""
    applies = ~np.isnan(values)
    if not applies.any():
        return np.zeros(len(values))
    mean = values[applies].mean()
    pull: Array = np.where(applies, values - mean, 0.0) / applies.mean()
    return pull
