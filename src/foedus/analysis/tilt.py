"""The nearest distribution of the parameters under which an answer would be another one, on the futures that are there.

Nearest is what differs least in relative entropy. Among all distributions with a stated mean answer that is one whose density is the old
one times exp(λ g), where g is the mean answer given the parameters (exponential tilting). λ is found such that the reweighted futures have
the stated answer exactly. Without luck g is the answer itself. With luck it is a regression of the answer on the parameters, of each fifth
of the futures by the others, so that no future is chosen for its own luck: priors move, and luck keeps its law.

Sources: Kullback 1959; Csiszár 1975.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from scipy.optimize import brentq

from foedus.analysis.enough import TILT
from foedus.arrays import Array

__all__ = ["Tilt", "guide", "tilt", "weighted_quantile"]

_FOLDS = 5
_STRONGEST = 1e4  # standard deviations of the exponent


@dataclass(frozen=True, eq=False)
class Tilt:
    """Futures reweighted to a stated answer.

    Attributes:
        weights: (future,), adding up to 1.
        is_there: they have the stated answer; else they are as near to it as the floor of the effective number lets them be.
        effective: how many futures of equal weight would tell as much.
        entropy: relative to the futures as they were, in nats.
        slope: λ.
    """

    weights: Array
    is_there: bool
    effective: float
    entropy: float
    slope: float


def guide(scores: Array, gap: Array) -> Array:
    """(future,): what the gap is in the mean given the parameters, of each fifth of the futures as the other four say.

    Args:
        scores: (parameter, future), standard normal scores.
        gap: (future,).
    """
    rows = np.concatenate([scores, (scores**2 - 1) / math.sqrt(2)])
    fold = np.arange(len(gap)) % _FOLDS
    found = np.empty(len(gap))
    for number in range(_FOLDS):
        own, others = fold == number, fold != number
        found[own] = _predicted(rows[:, others], gap[others], rows[:, own])
    return np.clip(found, gap.min(), gap.max())


def _predicted(rows: Array, gap: Array, wanted: Array) -> Array:
    """Least squares on the rows that go with the gap beyond chance."""
    middles, middle = rows.mean(axis=1, keepdims=True), float(gap.mean())
    centred, count = rows - middles, len(gap)
    scale = np.sqrt((centred**2).sum(axis=1) * float(((gap - middle) ** 2).sum()))
    together = np.abs(centred @ (gap - middle)) / np.maximum(scale, 1e-300)
    chosen = np.flatnonzero(together > 3 / math.sqrt(count))
    chosen = chosen[np.argsort(-together[chosen], kind="stable")[: max(1, count // 20)]]
    if not len(chosen):
        return np.full(wanted.shape[1], middle)
    used = centred[chosen]
    slopes = np.linalg.solve(used @ used.T + 1e-9 * count * np.eye(len(chosen)), used @ (gap - middle))
    return np.asarray(middle + slopes @ (wanted[chosen] - middles[chosen]))


def tilt(gap: Array, along: Array, fewest: float = TILT) -> Tilt:
    """Reweight futures by exp(λ along) such that the mean of the gap is 0.

    Args:
        gap: (future,), the answer less the stated one; 0 where the question does not apply.
        along: (future,), the gap itself, or its mean given the parameters.
        fewest: effective futures that must be left.
    """
    spread = float(along.std())
    if spread == 0.0 or float(gap.mean()) == 0.0:
        return _tilt(gap, along, 0.0)
    sign = -math.copysign(1.0, float(gap.mean()))
    near, far = 0.0, sign / (4 * spread)
    while _off(gap, along, far) * sign < 0:
        # Where many futures share the largest value their number stays, and a stronger tilt changes nothing more.
        if _effective(_weights(along, far)) < fewest or abs(far) * spread > _STRONGEST:
            return _furthest(gap, along, near, far, fewest)
        near, far = far, far * 1.5
    slope = float(brentq(lambda one: _off(gap, along, one), near, far, xtol=1e-14 / spread, rtol=1e-15))
    found = _tilt(gap, along, slope)
    return found if found.effective >= fewest else _furthest(gap, along, 0.0, slope, fewest)


def _furthest(gap: Array, along: Array, near: float, far: float, fewest: float) -> Tilt:
    """The strongest tilt that leaves enough futures."""
    for _ in range(60):
        middle = (near + far) / 2
        near, far = (middle, far) if _effective(_weights(along, middle)) >= fewest else (near, middle)
    return _tilt(gap, along, near)


def _tilt(gap: Array, along: Array, slope: float) -> Tilt:
    weights = _weights(along, slope)
    entropy = float(weights @ (np.log(np.maximum(weights, 1e-300)) + math.log(len(weights))))
    is_there = abs(float(weights @ gap)) <= 1e-9 * max(1e-300, float(np.abs(gap).max()))
    return Tilt(weights, is_there, _effective(weights), max(0.0, entropy), slope)


def _weights(along: Array, slope: float) -> Array:
    exponent = slope * along
    raw = np.exp(exponent - exponent.max())
    return np.asarray(raw / raw.sum())


def _off(gap: Array, along: Array, slope: float) -> float:
    return float(_weights(along, slope) @ gap)


def _effective(weights: Array) -> float:
    return 1.0 / float((weights**2).sum())


def weighted_quantile(values: Array, weights: Array, level: float) -> float:
    """The smallest value up to which a part `level` of the weight lies."""
    order = np.argsort(values, kind="stable")
    place = int(np.searchsorted(np.cumsum(weights[order]), level * (1 - 1e-12)))
    return float(values[order[min(place, len(values) - 1)]])
