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
from numpy.typing import NDArray
from scipy.optimize import brentq

from foedus.analysis.enough import TILT
from foedus.arrays import Array

__all__ = ["FOLDS", "Tilt", "guide", "guided", "rows_of", "tilt", "weighted_quantile"]

FOLDS = 5
_BEYOND = 3.0  # errors from which a row goes with the gap
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
    return guided(scores, gap, rows_of(scores, gap))


def rows_of(scores: Array, gap: Array) -> tuple[NDArray[np.int64], ...]:
    """For each fifth of the futures the rows (scores, then their squares) that go with the gap beyond chance in the other four."""
    rows, fold = _with_squares(scores), np.arange(len(gap)) % FOLDS
    return tuple(_chosen(rows[:, fold != number], gap[fold != number]) for number in range(FOLDS))


def guided(scores: Array, gap: Array, chosen: tuple[NDArray[np.int64], ...]) -> Array:
    """The same as `guide` by rows that are chosen already."""
    number, fold = len(scores), np.arange(len(gap)) % FOLDS
    found = np.empty(len(gap))
    for own, places in enumerate(chosen):
        used = np.stack(
            [scores[one] if one < number else _square(scores[one - number]) for one in places] or [np.zeros(len(gap))]
        )
        here, others = fold == own, fold != own
        found[here] = _predicted(used[:, others], gap[others], used[:, here])
    return np.clip(found, gap.min(), gap.max())


def _square(scores: Array) -> Array:
    return np.asarray((scores**2 - 1) / math.sqrt(2))


def _with_squares(scores: Array) -> Array:
    return np.concatenate([scores, _square(scores)])


def _chosen(rows: Array, gap: Array) -> NDArray[np.int64]:
    """The rows that go with the gap beyond chance, the closest first."""
    centred, count = rows - rows.mean(axis=1, keepdims=True), len(gap)
    off = gap - float(gap.mean())
    scale = np.sqrt((centred**2).sum(axis=1) * float((off**2).sum()))
    together = np.abs(centred @ off) / np.maximum(scale, 1e-300)
    chosen = np.flatnonzero(together > _BEYOND / math.sqrt(count))
    return chosen[np.argsort(-together[chosen], kind="stable")[: max(1, count // 20)]]


def _predicted(used: Array, gap: Array, wanted: Array) -> Array:
    """Least squares, each slope by as much of it as lies beyond chance, so that no row comes or goes with a single future."""
    middles, middle = used.mean(axis=1, keepdims=True), float(gap.mean())
    centred, off = used - middles, gap - middle
    slopes = np.linalg.solve(centred @ centred.T + 1e-9 * len(gap) * np.eye(len(used)), centred @ off)
    together = (centred @ off) ** 2 / np.maximum((centred**2).sum(axis=1) * float((off**2).sum()), 1e-300)
    beyond = np.maximum(0.0, 1.0 - _BEYOND**2 / len(gap) / np.maximum(together, 1e-300))
    return np.asarray(middle + (slopes * beyond) @ (wanted - middles))


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
