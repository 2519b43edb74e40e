"""Scores of probabilistic forecasts. Lower is better everywhere; every score is proper, so that honesty pays.

Source: Gneiting & Raftery 2007 (CRPS, Brier, logarithmic), Gneiting & Ranjan 2011 and Allen et al. 2023 (threshold-weighted CRPS),
Murphy 1973 (reliability, resolution, uncertainty).
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from foedus.arrays import Array

__all__ = [
    "Bin",
    "Decomposition",
    "brier",
    "crps_normal",
    "crps_sample",
    "decompose",
    "expected_crps",
    "is_covered",
    "log_of_chance",
    "log_of_sample",
    "mean_difference",
    "pit",
    "reliability_bins",
    "skill",
    "twcrps_sample",
]


def crps_sample(sample: Array, value: float) -> float:
    """The continuous ranked probability score of an evenly weighted sample: mean |x - y| less half the mean |x - x'|.

    Args:
        sample: (member,), in the unit of the value.
        value: what came.
    """
    ranked = np.sort(sample)
    return float(np.abs(ranked - value).mean()) - expected_crps(ranked)


def expected_crps(sample: Array) -> float:
    """What an evenly weighted sample expects its own score to be: half the mean distance between two members, drawn with return."""
    ranked = np.sort(sample)
    count = len(ranked)
    weights = 2.0 * np.arange(1, count + 1) - count - 1
    return float((weights * ranked).sum() / count**2)


def twcrps_sample(sample: Array, value: float, threshold: float, *, is_upper: bool = True) -> float:
    """CRPS in which only what lies beyond a threshold counts: the score of min or max of everything with the threshold."""
    chain = np.maximum if is_upper else np.minimum
    return crps_sample(chain(sample, threshold), float(chain(value, threshold)))


def crps_normal(mean: float, deviation: float, value: float) -> float:
    """CRPS of a normal distribution, in closed form."""
    z = (value - mean) / deviation
    density = math.exp(-z * z / 2) / math.sqrt(2 * math.pi)
    below = 0.5 * math.erfc(-z / math.sqrt(2))
    return deviation * (z * (2 * below - 1) + 2 * density - 1 / math.sqrt(math.pi))


def log_of_sample(sample: Array, value: float) -> float | None:
    """Minus the log of the density that a sample gives to a value; None where all members are equal.

    The density is a Gaussian kernel estimate with Silverman's bandwidth, 0.9 min(s, IQR / 1.34) n^(-1/5).
    """
    spread = float(sample.std(ddof=1)) if len(sample) > 1 else 0.0
    quartiles = np.quantile(sample, (0.25, 0.75))
    between = float(quartiles[1] - quartiles[0]) / 1.34
    width = 0.9 * min(part for part in (spread, between or spread)) * len(sample) ** -0.2
    if not width > 0:
        return None
    exponents = -0.5 * ((value - sample) / width) ** 2
    largest = float(exponents.max())
    total = math.log(float(np.exp(exponents - largest).mean())) + largest
    return -total + math.log(width * math.sqrt(2 * math.pi))


def brier(probability: float, outcome: bool) -> float:
    """The squared distance of a probability from 1 or 0."""
    return (probability - float(outcome)) ** 2


def log_of_chance(probability: float, outcome: bool, futures: int = 0) -> float | None:
    """Minus the log of the probability given to what came; None where nothing was given to it.

    Args:
        futures: how many futures the probability was counted in, 0 where it was stated. A count k of n is read as (k + 1/2) / (n + 1):
            that none of ten thousand futures had it does not make it impossible.
    """
    if futures:
        probability = (probability * futures + 0.5) / (futures + 1)
    given = probability if outcome else 1 - probability
    return -math.log(given) if given > 0 else None


def is_covered(sample: Array, value: float, share: float) -> bool:
    """Is the value inside the central interval that holds `share` of the sample?"""
    low, high = np.quantile(sample, ((1 - share) / 2, (1 + share) / 2))
    return bool(low <= value <= high)


def pit(sample: Array, value: float) -> float:
    """Where the value falls in the sample, in [0, 1]; ties count half. Uniform over many forecasts if they are calibrated."""
    return float((sample < value).mean() + 0.5 * (sample == value).mean())


def skill(score: float, reference: float) -> float | None:
    """One less the ratio of two mean scores; None where the reference is perfect."""
    return 1 - score / reference if reference > 0 else None


@dataclass(frozen=True)
class Bin:
    """Forecasts between `low` and `high`: how many, their mean, and the share that came true."""

    low: float
    high: float
    count: int
    forecast: float
    observed: float


@dataclass(frozen=True)
class Decomposition:
    """Murphy's parts of a mean Brier score over bins: reliability (low is good), resolution (high is good), uncertainty.

    Attributes:
        within: what is left because forecasts in a bin differ; score = reliability - resolution + uncertainty + within.
    """

    reliability: float
    resolution: float
    uncertainty: float
    within: float


def reliability_bins(probabilities: Array, outcomes: Array, edges: Array) -> tuple[Bin, ...]:
    """The calibration curve: forecasts by bins, those without any left out.

    Args:
        probabilities, outcomes: (forecast,); outcomes are 0 or 1.
        edges: rising, from 0 to 1.
    """
    place = np.clip(np.searchsorted(edges, probabilities, side="right") - 1, 0, len(edges) - 2)
    found = []
    for number in range(len(edges) - 1):
        inside = place == number
        if inside.any():
            means = float(probabilities[inside].mean()), float(outcomes[inside].mean())
            found.append(Bin(float(edges[number]), float(edges[number + 1]), int(inside.sum()), *means))
    return tuple(found)


def decompose(probabilities: Array, outcomes: Array, bins: tuple[Bin, ...]) -> Decomposition:
    """Split the mean Brier score over the bins of a calibration curve."""
    count, base = len(outcomes), float(outcomes.mean())
    reliability = sum(one.count * (one.forecast - one.observed) ** 2 for one in bins) / count
    resolution = sum(one.count * (one.observed - base) ** 2 for one in bins) / count
    uncertainty = base * (1 - base)
    score = float(((probabilities - outcomes) ** 2).mean())
    return Decomposition(reliability, resolution, uncertainty, score - reliability + resolution - uncertainty)


def mean_difference(first: Array, second: Array) -> tuple[float | None, float | None]:
    """The mean of first - second over pairs, and its standard error; None where there are too few."""
    difference = np.asarray(first, dtype=np.float64) - np.asarray(second, dtype=np.float64)
    if not len(difference):
        return None, None
    error = float(difference.std(ddof=1) / math.sqrt(len(difference))) if len(difference) > 1 else None
    return float(difference.mean()), error
