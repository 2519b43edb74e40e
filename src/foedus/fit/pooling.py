"""Chances that are alike but not the same: a beta-binomial model with two levels of pooling, by quadrature.

    honoured in a war ~ Binomial(invoked in it, θ of the war)
    θ of a war        ~ Beta(μ κ, (1 - μ) κ)          μ is the mean of the war's period, κ how alike wars are
    logit μ           ~ Normal(m, τ²)                 the periods share m and τ

1/(1+κ), the correlation of two commitments in one war, is uniform; m ~ Normal(0, 1.5²); τ ~ |Normal(0, 1)|.
Everything is a sum over points that lie where the counts say: no draws, the same digits every time, and no figure that hangs on the points.
Those of logit μ and m lie close together about what each period says; those of the correlation (Gauss-Legendre) where any of it is believed;
those of τ in logarithms.
Source: Gelman et al., Bayesian Data Analysis, 3rd ed., section 5.3, for the model with one level.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from scipy.interpolate import PchipInterpolator
from scipy.optimize import brentq
from scipy.special import betainc, betaln, expit, logit
from scipy.stats import norm

from foedus.arrays import Array

__all__ = ["PeriodCounts", "PooledPeriod", "Spread", "pool_periods"]

CENTRE_SD, PERIOD_SD = 1.5, 1.0
_NOTHING = 1e-10  # of the largest: what is believed less counts for nothing
_END, _WIDE = 10.0, 0.15  # logits: how far, and how wide apart
_CLOSE, _REACH = 0.25, 6.0  # standard deviations of what a period says: how close together about it, and how far
_ALIKE = 40  # points of the correlation
_SPREADS = np.exp(np.linspace(math.log(1e-3), math.log(4.5), 48))


@dataclass(frozen=True)
class PeriodCounts:
    """Counts of one period: (group,) each."""

    honoured: Array
    invoked: Array


@dataclass(frozen=True)
class Spread:
    """What is believed of a chance: its 5, 50 and 95 %, mean and standard deviation."""

    p05: float
    p50: float
    p95: float
    mean: float
    sd: float


@dataclass(frozen=True)
class PooledPeriod:
    """What is believed about the period of interest.

    Attributes:
        chance: in a war that is still to come.
        rate: the period's mean μ.
        correlation: posterior mean of the correlation within a war.
    """

    chance: Spread
    rate: Spread
    correlation: float


def pool_periods(of_interest: PeriodCounts, others: tuple[PeriodCounts, ...]) -> PooledPeriod:
    """The chance in a new war of the first period, pooled over wars and periods.

    Args:
        of_interest: the wars of the period in question.
        others: the wars of the other periods.
    """
    periods = (of_interest, *others)
    points, widths = _points(periods)
    alike, parts = _alike(periods, points)
    likely = [_likelihood(one, points, alike) for one in periods]
    weights = likely[0] * _prior(points, widths, likely[1:]) * widths[:, None] * parts
    weights /= weights.sum()
    means = expit(points)
    mean = float(weights.sum(axis=1) @ means)
    square = float(weights.sum(axis=1) @ means**2)
    between = float((weights * np.outer(means * (1 - means), alike)).sum())
    rate = _Steps(points, weights.sum(axis=1))
    chance = _Mixture(means, alike, weights)
    return PooledPeriod(_spread(chance, mean, square + between), _spread(rate, mean, square), float(weights.sum(axis=0) @ alike))


def _spread(law: _Steps | _Mixture, mean: float, square: float) -> Spread:
    low, middle, high = (law.quantile(level) for level in (0.05, 0.5, 0.95))
    return Spread(low, middle, high, mean, math.sqrt(max(0.0, square - mean**2)))


class _Steps:
    """A distribution over points, each with its weight, half of it on either side."""

    def __init__(self, points: Array, weights: Array) -> None:
        counts = weights > _NOTHING * weights.max()
        self.place = PchipInterpolator((np.cumsum(weights) - weights / 2)[counts], points[counts])

    def quantile(self, level: float) -> float:
        return float(expit(self.place(level)))


class _Mixture:
    """The chance in one group: a beta law for each mean and correlation, by their weights."""

    def __init__(self, means: Array, alike: Array, weights: Array) -> None:
        counts = weights > _NOTHING * weights.max()
        strength = np.broadcast_to((1 - alike) / alike, weights.shape)[counts]
        mean = np.broadcast_to(means[:, None], weights.shape)[counts]
        self.first, self.second, self.weights = mean * strength, (1 - mean) * strength, weights[counts] / weights[counts].sum()

    def quantile(self, level: float) -> float:
        def off(place: float) -> float:
            return float(self.weights @ betainc(self.first, self.second, expit(place))) - level

        low, high = -700.0, 36.0  # in logits: as near to 0 and 1 as a double can stand
        if off(low) > 0:
            return 0.0
        return 1.0 if off(high) < 0 else float(expit(brentq(off, low, high, xtol=1e-7)))


def _points(periods: tuple[PeriodCounts, ...]) -> tuple[Array, Array]:
    """(point,): logits of a mean, and how much each stands for: wide apart, but (by a smooth passage) where a period says that it is."""
    fine = np.linspace(-_END, _END, 200_001)
    density = np.full(len(fine), 1 / _WIDE)
    for one in periods:
        honoured, invoked = float(one.honoured.sum()) + 0.5, float(one.invoked.sum()) + 1.0
        spread = math.sqrt(invoked / (honoured * (invoked - honoured)))
        density += np.exp(-(((fine - logit(honoured / invoked)) / (_REACH * spread)) ** 4)) / (_CLOSE * spread)
    passed = np.append(0.0, np.cumsum((density[1:] + density[:-1]) / 2 * np.diff(fine)))
    points = np.interp(np.arange(0.5, passed[-1]), passed, fine)
    return points, 1 / np.interp(points, fine, density)


def _alike(periods: tuple[PeriodCounts, ...], points: Array) -> tuple[Array, Array]:
    """(alike,): the correlation, and how much each stands for: between the least and the most that the counts leave open."""
    tried = expit(np.linspace(-20.0, 12.0, 129))
    open_ = np.zeros(len(tried))
    for one in periods:
        open_ += _logarithms(one, points, tried).max(axis=0)
    left = np.flatnonzero(open_ > open_.max() + math.log(_NOTHING))
    low = 0.0 if left[0] == 0 or tried[left[0]] < 0.1 * tried[left[-1]] else float(tried[left[0] - 1])
    high = 1.0 if left[-1] == len(tried) - 1 else float(tried[left[-1] + 1])
    places, parts = np.polynomial.legendre.leggauss(_ALIKE)
    return low + (high - low) * (places + 1) / 2, parts * (high - low) / 2


def _prior(points: Array, widths: Array, others: list[Array]) -> Array:
    """(point, alike): how likely a mean is by what the other periods say, over what the periods share."""
    centre = norm.pdf(points, 0, CENTRE_SD) * widths
    found: Array = np.zeros((len(points), others[0].shape[1] if others else 1))
    for spread in _SPREADS:
        kernel = norm.pdf(points[:, None], points, spread) * widths  # of a mean, by the middle that the periods share
        kernel /= kernel.sum(axis=1, keepdims=True)
        rest = np.ones((len(points), 1))
        for likely in others:
            rest = rest * (kernel @ likely)
        back = norm.pdf(points[:, None], points, spread)
        back /= (back * widths[:, None]).sum(axis=0)
        found += float(norm.pdf(spread, 0, PERIOD_SD) * spread) * (back @ (centre[:, None] * rest))
    return found


def _likelihood(groups: PeriodCounts, points: Array, alike: Array) -> Array:
    """Likelihood of the counts, up to a factor; (point, alike)."""
    total = _logarithms(groups, points, alike)
    return np.asarray(np.exp(total - total.max()), np.float64)


def _logarithms(groups: PeriodCounts, points: Array, alike: Array) -> Array:
    strength = (1 - alike) / alike
    first, second = np.outer(expit(points), strength), np.outer(expit(-points), strength)
    total = np.zeros(first.shape)
    for (honoured, invoked), times in _counted(groups):
        total += times * (betaln(first + honoured, second + invoked - honoured) - betaln(first, second))
    return total


def _counted(groups: PeriodCounts) -> list[tuple[tuple[float, float], int]]:
    """Equal counts once, with how often they come."""
    pairs, times = np.unique(np.stack([groups.honoured, groups.invoked]), axis=1, return_counts=True)
    return [((float(one), float(other)), int(count)) for one, other, count in zip(*pairs, times, strict=True)]
